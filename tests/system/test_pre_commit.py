"""`.pre-commit-hooks.yaml`, by pre-commit itself: an office's repository takes the hooks, as `docs/ci.md` says, from a clone of this one, as it
stands now.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.xdist_group("pre-commit")  # the hooks are installed once, which takes long

ROOT = Path(__file__).parents[2]
PRE_COMMIT = Path(sys.executable).with_name("pre-commit")
GIT = ("git", "-c", "user.name=A", "-c", "user.email=a@example.vn")
REGISTER = """\
tdkt: units/1
id: u
name: Danh bạ thử

bodies:
  - id: so-y-te
    name: Sở Y tế
"""
PLAN = """\
tdkt: plan/1
id: a
document:
  title: Kế hoạch A
  draft: true
period: 2023
units: u

tasks:
  - id: "1"
    title: Họp
    timing: trước ngày 20/02/2023
    executor: Sở Y tế
    deadlines:
      - before: 2023-02-20
"""
WRONG = PLAN.replace("before: 2023-02-20", "before: 2023-02-02")
UNTIDY = PLAN.replace("before: 2023-02-20", "before:   2023-02-20").replace("executor: Sở Y tế", 'executor: "Sở Y tế"')


class Repository:
    """A repository of an office with the hooks of a clone of this project."""

    def __init__(self, folder, settings):
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "TDKT_"))}
        self.env = clean | {
            "PRE_COMMIT_HOME": str(folder / "pre-commit"),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "TDKT_CACHE": "",
            "LC_ALL": "C.UTF-8",
        }
        hooks = folder / "tdkt"
        self.folder = folder
        self.run("git", "clone", "--quiet", "--no-local", ROOT, hooks)
        files = self.run("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", at=ROOT).split("\0")
        self.run("git", "rm", "-r", "--quiet", ".", at=hooks)
        for name in filter(None, files):
            if (ROOT / name).is_file():
                (hooks / name).parent.mkdir(parents=True, exist_ok=True)
                (hooks / name).write_bytes((ROOT / name).read_bytes())
        self.run("git", "add", "--all", at=hooks)
        self.run(*GIT, "commit", "--quiet", "--allow-empty", "--message", "x", at=hooks)
        self.folder = folder / "office"
        self.folder.mkdir()
        revision = self.run("git", "rev-parse", "HEAD", at=hooks).strip()
        settings = settings.replace("https://ĐỊA-CHỈ-KHO-TDKT", str(hooks)).replace("NHÁNH-HOẶC-NHÃN", revision)
        self.run("git", "init", "--quiet", "--initial-branch=main")
        self.write({".pre-commit-config.yaml": settings, "tdkt.toml": ""})
        self.run(PRE_COMMIT, "install")

    def run(self, *command, at=None):
        """Run a command, which must succeed; what it printed."""
        code, said = self.attempt(*command, at=at)
        assert code == 0, (command, said)
        return said

    def attempt(self, *command, at=None):
        """Run a command; its exit code, and what it printed."""
        ended = subprocess.run(
            command,
            cwd=at or self.folder,
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        return ended.returncode, ended.stdout

    def write(self, files):
        for name, text in files.items():
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / name).write_text(text, encoding="utf-8")

    def commit(self, **files):
        """Commit everything with these texts of plans; the exit code, and what was said."""
        self.write({f"plans/{name}.yaml": text for name, text in files.items()})
        self.run("git", "add", "--all")
        return self.attempt(*GIT, "commit", "--message", "x")

    @property
    def commits(self):
        return len(self.run("git", "rev-list", "--all").splitlines())


@pytest.fixture(scope="module")
def installed(tmp_path_factory, block):
    """The repository, with the settings of the documentation; pre-commit has installed the hooks at its first commit."""
    own = Repository(tmp_path_factory.mktemp("pre-commit"), block("ci.md", "yaml", "repos:"))
    code, said = own.commit(**{"a": PLAN, "units/u": REGISTER})
    assert code == 0, said
    assert said.count("Passed") == 2
    return own


@pytest.fixture
def repository(installed):
    """The repository as it was after its first commit."""
    installed.run(
        "git", "reset", "--quiet", "--hard", installed.run("git", "rev-list", "--max-parents=0", "HEAD").strip()
    )
    return installed


def test_a_plan_that_is_right_is_committed(repository):
    assert repository.commit(a=PLAN.replace("Họp", "Họp Hội đồng"))[0] == 0
    assert repository.run("git", "status", "--porcelain") == ""


def test_a_plan_that_is_wrong_is_not_and_tdkt_says_why(repository):
    code, said = repository.commit(a=WRONG)
    assert code == 1
    assert "plans/a.yaml:15:17: TDKT601 ở đây ghi trước 02/02/2023, nhưng lời văn nói: trước 20/02/2023" in said
    assert "- hook id: tdkt-check" in said
    assert repository.commits == 1


def test_only_what_is_staged_of_a_file_counts(repository):
    repository.write({"plans/a.yaml": PLAN.replace("Họp", "Họp Hội đồng")})
    repository.run("git", "add", "--all")
    repository.write({"plans/a.yaml": WRONG})
    assert repository.attempt(*GIT, "commit", "--message", "x")[0] == 0
    assert (repository.folder / "plans" / "a.yaml").read_text(encoding="utf-8") == WRONG


def test_a_change_of_the_register_checks_the_plans_too(repository):
    code, said = repository.commit(**{"units/u": REGISTER.replace("Sở Y tế", "Sở Y học")})
    assert code == 1
    assert "plans/a.yaml:13:15: TDKT301 “Sở Y tế” không có trong danh bạ u" in said


def test_an_untidy_plan_is_formatted_and_committed_the_second_time(repository):
    code, said = repository.commit(a=UNTIDY.replace("Họp", "Họp Hội đồng"))
    assert code == 1
    assert "files were modified by this hook" in said
    assert "đã đưa về dạng chuẩn: plans/a.yaml" in said
    assert (repository.folder / "plans" / "a.yaml").read_text(encoding="utf-8") == PLAN.replace("Họp", "Họp Hội đồng")
    assert repository.commit()[0] == 0


def test_other_files_start_nothing(repository):
    repository.write({"ghi-chu.yaml": "a:   1\n", ".github/workflows/x.yml": "on:   push\n"})
    repository.run("git", "add", "--all")
    code, said = repository.attempt(*GIT, "commit", "--message", "x")
    assert code == 0
    assert said.count("(no files to check)Skipped") == 2


def test_a_new_file_counts_before_it_is_staged(repository):
    repository.write({"plans/b.yaml": "tdkt: plan/1\n", "tdkt.toml": "days = 7\n"})
    repository.run("git", "add", "tdkt.toml")
    code, said = repository.attempt(*GIT, "commit", "--message", "x")
    assert code == 1
    assert "plans/b.yaml:1:1: TDKT" in said
    (repository.folder / "plans" / "b.yaml").unlink()


def test_both_pages_say_the_same_settings(block):
    assert block("ci.md", "yaml", "repos:") == block("ci.en.md", "yaml", "repos:")
