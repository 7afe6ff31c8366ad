"""`action.yml` and the workflow that uses it, run on a pull request as GitHub Actions runs them.

Steps are run by bash with GitHub's own options. What needs the network is replaced: the checkout comes from a repository on the disk, pip is
only noted, and gh is a stand-in for the comments of one pull request that keeps the rules of GitHub's API.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
WORKFLOW = yaml.safe_load((ROOT / "docs" / "examples" / "github-check.yml").read_text(encoding="utf-8"))
EXPRESSION = re.compile(r"\$\{\{ (.+?) \}\}")
BOT, NUMBER = "github-actions[bot]", 7
MARKER = "<!-- tdkt diff: . -->"
SHOWN = "hạn\\: 20/02/2023 -\\> 22/02/2023 "

# A page holds at most 100 comments, 30 unless asked; a body at most 65,536 characters; a token may be one that only reads.
GH = """\
import json, os, re, subprocess, sys
STATE = {state!r}
state = json.load(open(STATE, encoding="utf-8"))

def refuse(words, code=1):
    print(f"gh: {{words}}", file=sys.stderr)
    sys.exit(code)

words, options, given = iter(sys.argv[1:]), {{}}, []
for word in words:
    if word in {{"--method", "--jq", "--field"}}:
        options[word] = next(words)
    elif word.startswith("-"):
        assert word in {{"--paginate", "--silent"}}, word
        options[word] = True
    else:
        given.append(word)
assert given[0] == "api" and len(given) == 2, given
if not os.environ.get("GH_TOKEN"):
    refuse("To use GitHub CLI in a GitHub Actions workflow, set the GH_TOKEN environment variable.", 4)
method = options.get("--method") or ("POST" if "--field" in options else "GET")
name, _, query = given[1].partition("?")
state["calls"].append(f"{{method}} {{name}}")
comments = state["comments"]
if method == "GET":
    assert name == "repos/co-quan/ke-hoach/issues/7/comments", name
    size = int(dict(part.split("=") for part in query.split("&")).get("per_page", 30)) if query else 30
    pages = [comments[start : start + size] for start in range(0, len(comments), size)] or [[]]
    for page in pages if "--paginate" in options else pages[:1]:
        subprocess.run(["jq", "--raw-output", options["--jq"]], input=json.dumps(page), text=True, check=True)
else:
    key, _, value = options["--field"].partition("=")
    assert key == "body" and value.startswith("@")
    body = open(value[1:], encoding="utf-8").read()
    own = re.fullmatch(r"repos/co-quan/ke-hoach/issues/comments/([0-9]+)", name)
    if state["reads"]:
        refuse("Resource not accessible by integration (HTTP 403)")
    elif len(body) > 65536:
        refuse("Validation Failed (HTTP 422)")
    elif own:
        assert method == "PATCH"
        (comment,) = [each for each in comments if each["id"] == int(own[1])]
        comment["body"] = body
    else:
        assert (method, name) == ("POST", "repos/co-quan/ke-hoach/issues/7/comments")
        comments.append({{"id": 1000 + len(comments), "user": {{"login": "github-actions[bot]"}}, "body": body}})
json.dump(state, open(STATE, "w", encoding="utf-8"))
"""


class PullRequest:
    """A pull request from a branch, and the workflow that GitHub starts for it."""

    def __init__(self, office, base="main"):
        self.office, self.base = office, base
        self.state, self.page = office.folder / "gh.json", office.folder / "summary.md"
        self.out, self.reads = "", False
        self.state.write_text('{"calls": [], "comments": [], "reads": false}', encoding="utf-8")
        gh = office.folder / "stubs" / "gh"
        gh.write_text(f"#!{sys.executable}\n{GH.format(state=str(self.state))}", encoding="utf-8")
        gh.chmod(0o755)
        if base != "main":
            office.run("git", "push", "--quiet", "origin", f"main:refs/heads/{base}")

    def push(self, **texts):
        """Push a commit with these texts of plans to the branch; GitHub then merges it with the base, to try."""
        for name, text in texts.items():
            (self.office.desk / "plans" / f"{name}.yaml").write_text(text, encoding="utf-8")
        git = ("git", "-c", "user.name=A", "-c", "user.email=a@example.vn")
        if "sua" not in self.office.run("git", "branch"):
            self.office.run("git", "checkout", "--quiet", "-b", "sua")
        self.office.run("git", "add", "--all")
        self.office.run(*git, "commit", "--quiet", "--allow-empty", "--message", "x")
        self.office.run("git", "fetch", "--quiet", "origin")
        self.office.run("git", "checkout", "--quiet", "--detach", f"origin/{self.base}")
        self.office.run(*git, "merge", "--quiet", "--no-ff", "--message", "x", "sua")
        self.office.run("git", "push", "--quiet", "--force", "origin", f"HEAD:refs/pull/{NUMBER}/merge")
        self.office.run("git", "checkout", "--quiet", "sua")

    def start(self, event="pull_request", depth=1, **inputs):
        """Run the workflow with these inputs of the action; whether it succeeded."""
        self.page.write_text("", encoding="utf-8")
        state = json.loads(self.state.read_text(encoding="utf-8"))
        self.state.write_text(json.dumps(state | {"calls": [], "reads": self.reads}), encoding="utf-8")
        self.out, self.ran = "", []
        (job,) = WORKFLOW["jobs"].values()
        checkout, action = job["steps"]
        assert checkout == {"uses": "actions/checkout@v7"}
        assert action == {"uses": "./"}
        self._check_out(event, depth)
        return self._act({name.replace("_", "-"): value for name, value in inputs.items()}, event)

    def _check_out(self, event, depth):
        work = self.office.folder / "runner"
        subprocess.run(["rm", "-rf", work], check=True)
        work.mkdir()
        ref = f"refs/pull/{NUMBER}/merge" if event == "pull_request" else "refs/heads/main"
        here = ref.replace("refs/", "refs/remotes/", 1)
        run = self.office.run
        run("git", "init", "--quiet", folder=work)
        run("git", "remote", "add", "origin", self.office.server.as_uri(), folder=work)
        options, more = ([], ["+refs/heads/*:refs/remotes/origin/*"]) if depth == 0 else ([f"--depth={depth}"], [])
        run("git", "fetch", "--quiet", "--no-tags", *options, "origin", f"+{ref}:{here}", *more, folder=work)
        run("git", "checkout", "--quiet", "--force", here, folder=work)
        self.work = work

    def _act(self, given, event):
        assert set(given) <= set(ACTION["inputs"])
        inputs = {name: given.get(name, each["default"]) for name, each in ACTION["inputs"].items()}
        known = {f"inputs.{name}": value for name, value in inputs.items()} | {
            "github.event_name": event,
            "github.token": "ghs_x",
            "github.event.pull_request.number": NUMBER if event == "pull_request" else "",
        }
        failed = False
        for step in ACTION["runs"]["steps"]:
            condition = str(step.get("if", "")).removeprefix("${{ ").removesuffix(" }}")
            goes = holds(condition, known) if condition else True
            if not goes or (failed and "cancelled()" not in condition):
                outcome = "skipped"
            else:
                self.ran.append(step.get("name") or step["uses"].partition("@")[0])
                outcome = "success" if "uses" in step or self._run(step, known, event) else "failure"
            known[f"steps.{step.get('id')}.outcome"] = outcome
            failed = failed or outcome == "failure"
        return not failed

    def _run(self, step, known, event):
        assert step["shell"] == "bash"
        script = self.office.folder / "step.sh"
        script.write_text(step["run"], encoding="utf-8")
        temporary = self.office.folder / "runner-temp"
        temporary.mkdir(exist_ok=True)
        env = {
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_BASE_REF": self.base if event == "pull_request" else "",
            "GITHUB_REPOSITORY": "co-quan/ke-hoach",
            "GITHUB_STEP_SUMMARY": str(self.page),
            "RUNNER_TEMP": str(temporary),
        } | {name: filled(value, known) for name, value in step.get("env", {}).items()}
        ended = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", script],
            cwd=self.work / filled(step.get("working-directory", "."), known),
            env=self.office.env | env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        self.out += ended.stdout
        return ended.returncode == 0

    @property
    def comments(self):
        return json.loads(self.state.read_text(encoding="utf-8"))["comments"]

    @property
    def calls(self):
        return [call.partition(" ")[0] for call in json.loads(self.state.read_text(encoding="utf-8"))["calls"]]

    def said_before(self, *comments):
        """Let others have commented already: who, and what."""
        ready = [{"id": number, "user": {"login": who}, "body": body} for number, (who, body) in enumerate(comments)]
        self.state.write_text(json.dumps({"calls": [], "comments": ready, "reads": False}), encoding="utf-8")


def holds(condition, known):
    """The value of an expression: names, words in quotes, `==`, `&&`, `!` and cancelled(); KeyError for a name that GitHub does not know."""
    if " && " in condition:
        return all(holds(part, known) for part in condition.split(" && "))
    if " == " in condition:
        one, other = condition.split(" == ")
        return holds(one, known) == holds(other, known)
    if condition.startswith("!"):
        return not holds(condition[1:], known)
    if condition.startswith("'"):
        return condition.strip("'")
    return False if condition == "cancelled()" else known[condition]


def filled(text, known):
    """A value of action.yml with what its expressions give."""
    return EXPRESSION.sub(lambda found: str(holds(found[1], known)), text)


def moved_into(office, name):
    """The folder of this name in the repository, with the office's files in it."""
    own = office.desk / name
    own.mkdir()
    for each in ("tdkt.toml", "plans"):
        (office.desk / each).rename(own / each)
    office.push()
    return own


@pytest.fixture
def request_(office):
    return PullRequest(office)


@pytest.fixture
def plan(office):
    """The text of plan a, its deadline replaced."""
    text = (office.desk / "plans" / "a.yaml").read_text(encoding="utf-8")
    assert "2023-02-20" in text

    def write(day="2023-02-22", **replaced):
        own = text.replace("2023-02-20", day)
        for old, new in replaced.items():
            assert old in own
            own = own.replace(old, new)
        return own

    return write


PREPARED = ["actions/setup-python", "Cài tdkt"]
ALL = [*PREPARED, "Lấy lịch sử của nhánh đích", "Kiểm tra kế hoạch", "Ghi thay đổi vào phần bình luận"]


@pytest.mark.parametrize("depth", [1, 2, 0], ids=["one commit", "two commits", "all"])
def test_a_pull_request_gets_a_comment_with_what_changes(request_, plan, office, depth):
    request_.push(a=plan())
    office.run("git", "checkout", "--quiet", "main")
    office.edit("plans/b.yaml", "by: 2023-03-15", "by: 2023-03-16")
    office.run("git", "checkout", "--quiet", "sua")
    request_.push()
    assert request_.start(depth=depth)
    assert request_.ran == ALL
    assert office.installed == f"-m pip install --quiet {ROOT}\n"
    assert request_.out.endswith("đã kiểm tra 3 tệp, 3 cảnh báo\n")
    (comment,) = request_.comments
    assert comment["body"].startswith(f"{MARKER}\n\n### `a` 1/KH-UBND · Kế hoạch A\n")
    assert SHOWN in comment["body"]
    assert "### `b`" not in comment["body"]
    assert request_.page.read_text(encoding="utf-8").startswith("### tdkt check")


def test_the_same_comment_is_written_anew_and_says_when_nothing_is_left(request_, plan):
    request_.push(a=plan())
    request_.start()
    request_.push(a=plan("2023-02-25"))
    assert request_.start()
    assert request_.calls == ["GET", "PATCH"]
    assert "25/02/2023" in request_.comments[0]["body"]
    request_.push(a=plan("2023-02-20"))
    assert request_.start()
    (comment,) = request_.comments
    assert comment["body"] == f"{MARKER}\n\n- không có gì khác\n"


def test_what_does_not_touch_the_plans_gets_no_comment(request_):
    request_.push()
    assert request_.start()
    assert (request_.calls, request_.comments) == (["GET"], [])


def test_a_plan_that_is_wrong_fails_on_its_line_and_is_compared_still(request_, plan):
    request_.push(a=plan(**{"Sở Y tế": "Sở Y học"}), b="tdkt: plan/1\nid: b\n")
    assert not request_.start()
    assert request_.ran == ALL
    assert "\n::error file=plans/a.yaml,line=9,col=15,endLine=9," in f"\n{request_.out}"
    (comment,) = request_.comments
    assert "Sở Y học" in comment["body"]
    assert "plans/b.yaml" in comment["body"]


def test_a_fork_may_not_comment_and_finds_it_on_the_summary_page(request_, plan):
    request_.reads = True
    request_.push(a=plan())
    assert request_.start()
    assert request_.comments == []
    assert "::warning title=tdkt diff::Không ghi được bình luận" in request_.out
    assert MARKER in request_.page.read_text(encoding="utf-8")
    assert "22/02/2023" in request_.page.read_text(encoding="utf-8")


def test_only_a_comment_of_its_own_is_changed_wherever_it_stands(request_, plan):
    others = [("nguoi-khac", f"{MARKER} của tôi"), *[("nguoi-khac", "x")] * 120, (BOT, "khác"), (BOT, f"{MARKER}\ncũ")]
    request_.said_before(*others)
    request_.push(a=plan())
    assert request_.start()
    assert [each["body"] for each in request_.comments[:-1]] == [body for _, body in others[:-1]]
    assert len(request_.comments) == len(others)
    assert "22/02/2023" in request_.comments[-1]["body"]


def test_a_long_difference_is_cut_at_a_line_and_says_so(request_, plan):
    row = (
        "  - id: N{n}\n    title: Nộp báo cáo 🗓 số {n}\n    executor: Sở Y tế\n    deadlines:\n      - by: 2023-03-01\n"
    )
    request_.push(a=plan() + "".join(row.format(n=n) for n in range(900)))
    assert request_.start(arguments="--ignore TDKT1,TDKT2,TDKT3,TDKT4,TDKT5,TDKT6")
    (comment,) = request_.comments
    *lines, gap, last = comment["body"].splitlines()
    assert 60_000 < len(comment["body"]) <= 65_536
    assert (gap, last) == (
        "",
        "*Còn nữa, xem tất cả bằng lệnh tdkt diff · There is more, see all of it with tdkt diff*",
    )
    assert re.fullmatch(r"- `\+` `N\d+` Nộp báo cáo 🗓 số \d+|  - `\+` .+: 01/03/2023.*Sở Y tế", lines[-1]), lines[-1]


def test_inputs_choose_the_folder_the_arguments_and_whether_to_comment(office):
    own = moved_into(office, "phong ban")
    request = PullRequest(office)
    plan = own / "plans" / "a.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("2023-02-20", "2023-02-22"), encoding="utf-8")
    request.push()
    assert request.start(working_directory="phong ban", comment="false")
    assert (request.ran, request.comments) == (ALL[:-1], [])
    assert not request.start(working_directory="phong ban", arguments="--statistics\n  --strict")
    assert request.out == "3  TDKT401  Thời hạn không có lời văn\n"
    assert request.comments[0]["body"].startswith("<!-- tdkt diff: phong ban -->\n\n### `a`")


def test_an_argument_leaves_out_what_the_branch_did_not_touch(request_, plan):
    request_.push(a=plan())
    assert request_.start(depth=1)
    assert "file=plans/b.yaml" in request_.out
    assert request_.start(depth=1, arguments="--changed-since origin/main")
    assert "file=plans/a.yaml" in request_.out
    assert "file=plans/b.yaml" not in request_.out


def test_a_push_is_only_checked(request_):
    assert request_.start(event="push")
    assert request_.ran == [*PREPARED, "Kiểm tra kế hoạch"]


def test_nothing_from_outside_is_run(office, tmp_path):
    path = moved_into(office, name := "$(touch x)`touch y`") / "plans" / "a.yaml"
    request = PullRequest(office, base="main;touch${IFS}x$(touch${IFS}y)`touch${IFS}z`")
    path.write_text(
        path.read_text(encoding="utf-8").replace("Sơ kết", "$(touch x) `touch y` ::error::z"), encoding="utf-8"
    )
    request.push()
    request.start(working_directory=name, arguments="--select $(touch${IFS}x) * ; touch y")
    assert "$(touch${IFS}x)" in request.out
    assert len(request.comments) == 1
    assert [path for path in tmp_path.rglob("*") if path.name in {"x", "y", "z"}] == []
    assert not re.search(r"^::error::z", request.out, re.MULTILINE)


def test_no_script_holds_an_expression():
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step.get("run", "")


def test_the_workflow_asks_for_just_what_a_comment_needs():
    assert WORKFLOW["permissions"] == {"contents": "read", "pull-requests": "write"}
    assert WORKFLOW[True] == "pull_request"  # YAML 1.1 reads `on` so
    assert WORKFLOW["concurrency"]["cancel-in-progress"] is True


@pytest.mark.parametrize("page", ["ci.md", "ci.en.md"])
def test_the_page_tells_of_every_input(page, block):
    rows = re.findall(r"^\| `([a-z-]+)` \|", (ROOT / "docs" / page).read_text(encoding="utf-8"), re.MULTILINE)
    assert rows == ["with", *ACTION["inputs"]]
    (step,) = yaml.safe_load(block(page, "yaml", "with:"))
    assert set(step["with"]) < set(ACTION["inputs"])
