"""The workflows in `docs/examples` and the commands of `docs/publish.md`, run in scratch repositories.

Steps run with bash as the services run them. What needs the network is replaced: the checkout is a clone of a repository on the disk, pip
is only noted, and what is uploaded or deployed is copied.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import icalendar
import pytest
import yaml

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
TDKT = Path(sys.executable).with_name("tdkt")
INSTALLED = "-m pip install --quiet .\n"

SITE = {
    "feeds.json",
    "index.html",
    "bang-theo-doi.html",
    "plans.json",
    "tat-ca.ics",
    "ke-hoach/a.ics",
    "ke-hoach/b.ics",
    "don-vi/u/so-y-te.ics",
    "don-vi/u/so-tai-chinh.ics",
}
# What one moved deadline of Sở Y tế in plan a must change, and nothing else.
MOVED = {"bang-theo-doi.html", "plans.json", "tat-ca.ics", "ke-hoach/a.ics", "don-vi/u/so-y-te.ics"}


def contents(folder):
    """What every file of a folder holds, git's own left out."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".git" not in path.relative_to(folder).parts
    }


def changed(before, after):
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def event(feed, summary):
    """The event of a feed whose summary begins so."""
    found = icalendar.Calendar.from_ical(feed).walk("VEVENT")
    return next(each for each in found if each["SUMMARY"].startswith(summary))


class GitHub:
    """GitHub Actions and Pages, as far as the example needs them."""

    def __init__(self, office):
        self.office, self.workflow = office, yaml.safe_load((EXAMPLES / "github-pages.yml").read_text(encoding="utf-8"))
        self.artifact, self.live = office.folder / "artifact", office.folder / "live"

    def start(self, event_name="push"):
        """Run the workflow; the steps that ran, by name or action, up to one that failed."""
        (job,) = self.workflow["jobs"].values()
        outputs, ran = {}, []
        for step in job["steps"]:
            if not self._wanted(step.get("if", ""), outputs, event_name):
                continue
            ran.append(step.get("name") or step["uses"].partition("@")[0])
            if "uses" in step:
                self._act(step)
            elif not self._run(step, outputs):
                return [*ran, "failed"]
        return ran

    @staticmethod
    def _wanted(condition, outputs, event_name):
        """Whether a condition holds: comparisons with `||` between them."""
        known = {"github.event_name": event_name} | {f"steps.{name}": value for name, value in outputs.items()}
        parts = [re.fullmatch(r"([\w.]+) == '(\w+)'", part) for part in condition.split(" || ")] if condition else []
        return not parts or any(known[part[1]] == part[2] for part in parts)

    def _act(self, step):
        action, given = step["uses"], step.get("with", {})
        assert re.fullmatch(r"actions/[a-z-]+@v\d+", action)
        match action.partition("@")[0]:
            case "actions/checkout":
                assert given == {"fetch-depth": 0}
                self.work = self.office.clone("runner")
            case "actions/setup-python":
                assert given == {"python-version": "3.13"}
            case "actions/upload-pages-artifact":
                shutil.rmtree(self.artifact, ignore_errors=True)
                shutil.copytree(self.work / given["path"], self.artifact, ignore=shutil.ignore_patterns(".git"))
            case "actions/deploy-pages":
                shutil.rmtree(self.live, ignore_errors=True)
                self.artifact.rename(self.live)

    def _run(self, step, outputs):
        output = self.office.folder / "output"
        output.write_text("", encoding="utf-8")
        env = self.office.env | self.workflow["env"] | {"GITHUB_OUTPUT": str(output), "GITHUB_SHA": "0" * 40}
        ended = subprocess.run(["bash", "-e", "-c", step["run"]], cwd=self.work, env=env, check=False)
        for line in output.read_text(encoding="utf-8").splitlines():
            name, _, value = line.partition("=")
            outputs[f"{step['id']}.outputs.{name}"] = value
        return ended.returncode == 0

    def kept(self):
        """The commits of the branch that keeps the site."""
        return self.office.run("git", "rev-list", "gh-pages", folder=self.office.server).splitlines()


@pytest.fixture
def github(office):
    return GitHub(office)


PREPARED = [
    "actions/checkout",
    "actions/setup-python",
    "Cài tdkt",
    "Kiểm tra kế hoạch",
    "Lấy bản trước",
    "Lập trang",
]
DEPLOYED = [*PREPARED, "Gói trang", "Đưa lên", "Giữ bản này cho lần sau"]


def test_github_pages_get_the_site_and_the_branch_keeps_it(office, github):
    assert github.start() == DEPLOYED
    assert office.installed == INSTALLED
    live = contents(github.live)
    assert set(live) == SITE
    assert b"webcal://lich.example.vn/tdkt/tat-ca.ics" in live["index.html"]
    office.run("git", "fetch", "--quiet", "origin", "gh-pages")
    office.run("git", "checkout", "--quiet", "--detach", "FETCH_HEAD")
    assert contents(office.desk) == live


def test_github_pages_change_by_a_moved_deadline_where_they_must(office, github):
    github.start()
    before = contents(github.live)
    office.move()
    assert github.start() == DEPLOYED
    after = contents(github.live)
    assert changed(before, after) == MOVED
    old, new = (event(site["tat-ca.ics"], "Xét") for site in (before, after))
    assert (old["SEQUENCE"], new["SEQUENCE"]) == (0, 1)
    assert new["LAST-MODIFIED"].dt > old["LAST-MODIFIED"].dt
    for summary in ("Sơ kết", "Báo cáo"):
        assert event(before["tat-ca.ics"], summary) == event(after["tat-ca.ics"], summary)
    assert len(github.kept()) == 2


def test_github_pages_stay_when_nothing_has_changed(office, github):
    github.start()
    office.edit("plans/a.yaml", "within: 2023-06", "within: 2023-06  # ghi chú")
    assert github.start() == PREPARED
    assert len(github.kept()) == 1


def test_github_pages_are_deployed_again_by_hand(github):
    github.start()
    shutil.rmtree(github.live)
    assert github.start("workflow_dispatch") == DEPLOYED[:-1]
    assert set(contents(github.live)) == SITE


def test_github_pages_stay_when_a_plan_is_wrong(office, github):
    github.start()
    before = contents(github.live)
    office.edit("plans/a.yaml", "before: 2023-02-20", "before: 2023-02-30")
    assert github.start() == [*PREPARED[:4], "failed"]
    assert contents(github.live) == before
    assert len(github.kept()) == 1


def test_github_pages_take_a_unit_that_is_gone_through_its_notice(office, github):
    github.start()
    office.edit("plans/a.yaml", "executor: Sở Y tế", "executor: Sở Tài chính")
    office.edit("plans/units/u.yaml", "  - {id: so-y-te, name: Sở Y tế}\n", "")
    github.start()
    feed = contents(github.live)["don-vi/u/so-y-te.ics"]
    assert event(feed, "Lịch này không còn cập nhật")
    office.edit("plans/b.yaml", "by: 2023-03-15", "by: 2023-03-16")
    github.start()
    assert set(contents(github.live)) == SITE - {"don-vi/u/so-y-te.ics"}


class GitLab:
    """GitLab CI and Pages, as far as the example needs them."""

    def __init__(self, office):
        self.office, self.live, self.cache = office, office.folder / "live", office.folder / "cache"
        jobs = yaml.safe_load((EXAMPLES / "gitlab-pages.yml").read_text(encoding="utf-8"))
        self.job, self.variables = jobs.pop("pages"), jobs.pop("variables")
        assert jobs == {"include": [{"local": ".gitlab/kiem-tra.yml"}]}
        assert self.job["variables"]["GIT_DEPTH"] == "0"
        assert self.job["cache"]["paths"] == ["public/"]
        assert self.job["artifacts"]["paths"] == ["public"]

    def start(self):
        """Run the job; whether it succeeded."""
        work = self.office.clone("builds")
        if self.cache.exists():
            shutil.copytree(self.cache, work / "public")
        script = "\n".join(self.job["script"])
        env = self.office.env | self.variables | self.job["variables"]
        if subprocess.run(["bash", "-eo", "pipefail", "-c", script], cwd=work, env=env, check=False).returncode:
            return False
        for place in (self.cache, self.live):
            shutil.rmtree(place, ignore_errors=True)
            shutil.copytree(work / "public", place)
        return True


@pytest.fixture
def gitlab(office):
    return GitLab(office)


def test_gitlab_pages_get_the_site(office, gitlab):
    assert gitlab.start()
    assert office.installed == INSTALLED
    assert set(contents(gitlab.live)) == SITE


@pytest.mark.parametrize("kept", [True, False], ids=["cache kept", "cache lost"])
def test_gitlab_pages_change_by_a_moved_deadline_where_they_must(office, gitlab, kept):
    gitlab.start()
    before = contents(gitlab.live)
    office.move()
    if not kept:
        shutil.rmtree(gitlab.cache)
    assert gitlab.start()
    after = contents(gitlab.live)
    assert changed(before, after) == MOVED
    old, new = (event(site["tat-ca.ics"], "Xét") for site in (before, after))
    assert (old["SEQUENCE"], new["SEQUENCE"]) == (0, 1)
    assert new["LAST-MODIFIED"].dt > old["LAST-MODIFIED"].dt


def test_gitlab_stamps_never_go_back_when_the_cache_comes_and_goes(office, gitlab):
    stamps = []
    for number, lost in enumerate((False, False, True, False, True)):
        office.edit("tdkt.toml", "[publish]", f"# {number}\n[publish]")
        office.edit("plans/a.yaml", f"before: 2023-02-{20 + number}", f"before: 2023-02-{21 + number}")
        if lost:
            shutil.rmtree(gitlab.cache)
        assert gitlab.start()
        found = event(contents(gitlab.live)["tat-ca.ics"], "Xét")
        stamps.append((found["LAST-MODIFIED"].dt, found["SEQUENCE"]))
    assert stamps == sorted(set(stamps))


def test_gitlab_pages_stay_when_nothing_has_changed_or_a_plan_is_wrong(office, gitlab):
    gitlab.start()
    before = contents(gitlab.live)
    office.edit("plans/b.yaml", "by: 2023-03-15", "by: 2023-03-15  # ghi chú")
    assert gitlab.start()
    assert contents(gitlab.live) == before
    office.edit("plans/b.yaml", "by: 2023-03-15", "by: 2023-15-03")
    assert not gitlab.start()
    assert contents(gitlab.live) == before


@pytest.fixture(params=["publish.md", "publish.en.md"])
def page(request):
    return request.param


def test_the_commands_for_a_server_publish_and_stop_at_a_mistake(office, page, block):
    unit = block(page, "ini", "ExecStart")
    commands = re.findall(r"^ExecStart=(.*)$", unit, re.MULTILINE)
    cron = " && ".join(command.removeprefix("/usr/bin/") for command in commands)
    assert block(page, "", "*/15") == f"*/15 * * * * tdkt cd /srv/ke-hoach && {cron}\n"
    site, work = office.folder / "www", office.clone("srv")
    script = cron.replace("/opt/tdkt/bin/tdkt", str(TDKT)).replace("/var/www/tdkt", str(site))
    office.run("sh", "-c", script, folder=work)
    before = contents(site)
    assert set(before) == SITE
    office.move()
    office.run("sh", "-c", script, folder=work)
    assert changed(before, contents(site)) == MOVED
    after = contents(site)
    office.edit("plans/a.yaml", "before: 2023-02-22", "before: 2023-02-31")
    ended = subprocess.run(["sh", "-c", script], cwd=work, env=office.env, capture_output=True, check=False)
    assert ended.returncode == 1
    assert contents(site) == after


def test_the_settings_that_the_page_shows_are_taken(office, page, block):
    settings = block(page, "toml", "[publish]")
    (office.desk / "tdkt.toml").write_text(settings, encoding="utf-8")
    office.run(TDKT, "publish", "site")
    feed = (office.desk / "site" / "tat-ca.ics").read_bytes()
    assert "\r\nX-WR-CALNAME:Thời hạn thi đua\\, khen thưởng\r\n" in feed.decode()
    found = event(feed, "Xét")
    assert found["UID"].endswith("@example.vn")
    assert found["URL"].startswith("https://lich.example.vn/tdkt/bang-theo-doi.html#")
    assert [alarm["TRIGGER"].dt.days for alarm in found.walk("VALARM")] == [-7, -1]


def test_the_command_for_one_calendar_writes_it(office, page, block):
    command = block(page, "sh", "tdkt export")
    office.run("sh", "-c", command)
    assert len(icalendar.Calendar.from_ical((office.desk / "so-y-te.ics").read_bytes()).walk("VEVENT")) == 1
