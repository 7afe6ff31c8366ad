"""`docs/examples/gitlab-check.yml` on a merge request: its scripts in bash, against a server that keeps the notes of a merge request as GitLab's
API does.
"""

import json
import re
import shutil
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
JOBS = yaml.safe_load((EXAMPLES / "gitlab-check.yml").read_text(encoding="utf-8"))
MARK = "<!-- tdkt diff -->"
TOKEN, ME, OTHER = "glpat-x", 41, 7
NOTES = "/api/v4/projects/12/merge_requests/3/notes"


class Api(BaseHTTPRequestHandler):
    """Notes of one merge request: at most 100 in a page, 20 unless asked, the newest first; only one's own can be changed."""

    def do_GET(self):
        self._answer("GET")

    def do_POST(self):
        self._answer("POST")

    def do_PUT(self):
        self._answer("PUT")

    def log_message(self, *_):
        pass

    def _answer(self, method):
        address, notes = urlsplit(self.path), self.server.notes
        sent = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        self.server.calls.append(f"{method} {address.path}")
        if self.headers.get("PRIVATE-TOKEN") != TOKEN or self.server.forbidden:
            return self._send(403, {"message": "403 Forbidden"})
        if (method, address.path) == ("GET", "/api/v4/user"):
            return self._send(200, {"id": ME})
        if (method, address.path) == ("GET", NOTES):
            asked = {name: int(values[0]) for name, values in parse_qs(address.query).items()}
            size = min(asked.get("per_page", 20), 100)
            start = (asked.get("page", 1) - 1) * size
            return self._send(200, notes[::-1][start : start + size])
        body = parse_qs(sent, strict_parsing=True, errors="strict")["body"][0]
        if len(body) > 1_000_000:
            return self._send(400, {"message": "too long"})
        if (method, address.path) == ("POST", NOTES):
            notes.append({"id": 500 + len(notes), "author": {"id": ME}, "body": body})
            return self._send(201, notes[-1])
        own = [note for note in notes if address.path == f"{NOTES}/{note['id']}" and note["author"]["id"] == ME]
        if method != "PUT" or not own:
            return self._send(404, {"message": "404 Not found"})
        own[0]["body"] = body
        return self._send(200, own[0])

    def _send(self, code, content):
        data = json.dumps(content).encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


class MergeRequest:
    """A merge request, and the jobs of its pipeline."""

    def __init__(self, office, server):
        self.office, self.server, self.out = office, server, ""

    def push(self, *edits):
        """Push a commit with these edits to the branch, made from where main was at first."""
        run = self.office.run
        git = ("git", "-c", "user.name=A", "-c", "user.email=a@example.vn")
        if "sua" not in run("git", "branch"):
            run("git", "checkout", "--quiet", "-b", "sua")
        for name, old, new in edits:
            path = self.office.desk / name
            text = path.read_text(encoding="utf-8")
            assert old in text
            path.write_text(text.replace(old, new), encoding="utf-8")
        run(*git, "commit", "--quiet", "--all", "--allow-empty", "--message", "x")
        run("git", "push", "--quiet", "--force", "origin", "sua")

    def start(self, job, *, merged=False, **variables):
        """Run a job on the branch, or on the branch merged with main, to try; whether it succeeded."""
        run, work = self.office.run, self.office.clone("builds")
        git = ("git", "-c", "user.name=A", "-c", "user.email=a@example.vn")
        run("git", "checkout", "--quiet", "--detach", "origin/sua", folder=work)
        base = run("git", "merge-base", "origin/main", "HEAD", folder=work).strip()
        source = run("git", "rev-parse", "HEAD", folder=work).strip()
        if merged:
            run(*git, "merge", "--quiet", "--no-ff", "--message", "x", "origin/main", folder=work)
        shutil.rmtree(work / ".git" / "refs" / "remotes")  # a runner fetches one ref only
        env = self.office.env | {
            "GITLAB_CI": "true",
            "TDKT": ".",
            "TDKT_TOKEN": TOKEN,
            "CI_API_V4_URL": f"http://127.0.0.1:{self.server.server_port}/api/v4",
            "CI_MERGE_REQUEST_PROJECT_ID": "12",
            "CI_MERGE_REQUEST_IID": "3",
            "CI_MERGE_REQUEST_DIFF_BASE_SHA": base,
            "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA": source if merged else "",
        }
        self.server.calls.clear()
        ended = subprocess.run(
            ["bash", "-eo", "pipefail", "-c", "\n".join(JOBS[job]["script"])],
            cwd=work,
            env=env | JOBS[job].get("variables", {}) | variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        self.work, self.out = work, ended.stdout
        return ended.returncode == 0

    @property
    def bodies(self):
        return [note["body"] for note in self.server.notes]

    @property
    def calls(self):
        return [call.partition(" ")[0] for call in self.server.calls]


@pytest.fixture
def merge_request(office):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Api)
    server.notes, server.calls, server.forbidden = [], [], False
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield MergeRequest(office, server)
    server.shutdown()
    thread.join()
    server.server_close()


MOVE = ("plans/a.yaml", "before: 2023-02-20", "before: 2023-02-22")
BACK = ("plans/a.yaml", "before: 2023-02-22", "before: 2023-02-20")
WRONG = ("plans/a.yaml", "executor: Sở Y tế", "executor: Sở Y học")


def test_a_wrong_plan_fails_the_check_and_its_report_is_kept(merge_request):
    merge_request.push(WRONG)
    assert not merge_request.start("tdkt-check")
    assert "plans/a.yaml:9:15: TDKT301" in merge_request.out
    artifacts = JOBS["tdkt-check"]["artifacts"]
    assert artifacts["when"] == "always"
    found = json.loads((merge_request.work / artifacts["reports"]["codequality"]).read_text(encoding="utf-8"))
    errors = [each for each in found if each["severity"] == "major"]
    assert [(each["check_name"], each["location"]["path"]) for each in errors] == [("TDKT301", "plans/a.yaml")]


def test_a_plan_that_is_right_passes_and_its_warnings_are_in_the_report(merge_request):
    merge_request.push(MOVE)
    assert merge_request.start("tdkt-check")
    report = merge_request.work / JOBS["tdkt-check"]["artifacts"]["reports"]["codequality"]
    assert {each["check_name"] for each in json.loads(report.read_text(encoding="utf-8"))} == {"TDKT401"}


@pytest.mark.parametrize("merged", [False, True], ids=["branch", "merged result"])
def test_a_merge_request_gets_a_note_with_what_changes(merge_request, office, merged):
    merge_request.push()
    office.run("git", "checkout", "--quiet", "main")
    office.edit("plans/b.yaml", "by: 2023-03-15", "by: 2023-03-16")
    office.run("git", "checkout", "--quiet", "sua")
    merge_request.push(MOVE)
    assert merge_request.start("tdkt-diff", merged=merged), merge_request.out
    (body,) = merge_request.bodies
    assert body.startswith(f"{MARK}\n\n### `a` 1/KH-UBND · Kế hoạch A\n")
    assert "hạn\\: 20/02/2023 -\\> 22/02/2023 " in body
    assert "`b`" not in body
    assert body.endswith(merge_request.out)
    assert office.installed == "-m pip install --quiet .\n"


def test_the_same_note_is_written_anew_and_says_when_nothing_is_left(merge_request):
    merge_request.push(MOVE)
    merge_request.start("tdkt-diff")
    merge_request.push(("plans/b.yaml", "by: 2023-03-15", "by: 2023-03-16"))
    assert merge_request.start("tdkt-diff")
    assert merge_request.calls == ["GET", "GET", "PUT"]
    assert "### `b`" in merge_request.bodies[0]
    merge_request.push(BACK, ("plans/b.yaml", "by: 2023-03-16", "by: 2023-03-15"))
    assert merge_request.start("tdkt-diff")
    assert merge_request.bodies == [f"{MARK}\n\n- không có gì khác\n"]


def test_what_does_not_touch_the_plans_gets_no_note(merge_request):
    merge_request.push()
    assert merge_request.start("tdkt-diff")
    assert (merge_request.calls, merge_request.bodies) == (["GET", "GET"], [])


def test_only_a_note_of_its_own_is_changed_wherever_it_stands(merge_request):
    said = [(ME, "khác"), (ME, f"{MARK}\ncũ"), *[(OTHER, "x")] * 150, (OTHER, f"{MARK} của tôi")]
    merge_request.server.notes[:] = [
        {"id": number, "author": {"id": who}, "body": body} for number, (who, body) in enumerate(said)
    ]
    merge_request.push(MOVE)
    assert merge_request.start("tdkt-diff")
    changed = [number for number, body in enumerate(merge_request.bodies) if body != (said[number][1])]
    assert (changed, len(merge_request.bodies)) == ([1], len(said))
    assert "22/02/2023" in merge_request.bodies[1]


def test_without_a_token_the_log_has_it(merge_request):
    merge_request.push(MOVE)
    assert merge_request.start("tdkt-diff", TDKT_TOKEN="")
    assert merge_request.calls == []
    assert "22/02/2023" in merge_request.out
    assert "Không ghi bình luận: chưa có biến TDKT_TOKEN" in merge_request.out


def test_a_token_without_the_right_fails_a_job_that_may_fail(merge_request):
    merge_request.server.forbidden = True
    merge_request.push(MOVE)
    assert not merge_request.start("tdkt-diff")
    assert JOBS["tdkt-diff"]["allow_failure"] is True
    assert "22/02/2023" in merge_request.out
    assert "403" in merge_request.out
    assert TOKEN not in merge_request.out


def test_a_file_that_cannot_be_compared_is_named_in_the_note(merge_request):
    merge_request.push(MOVE, ("plans/b.yaml", "by: 2023-03-15", "by: 2023-15-03"))
    assert merge_request.start("tdkt-diff")
    assert re.search(r"plans/b\.yaml", merge_request.bodies[0])


def test_a_difference_too_long_for_a_note_is_cut_at_a_line(merge_request, office):
    merge_request.push()
    row = "  - id: N{n}\n    title: {words}\n    executor: Sở Y tế\n    deadlines:\n      - by: 2023-03-01\n"
    path = office.desk / "plans" / "a.yaml"
    text = path.read_text(encoding="utf-8") + "".join(row.format(n=n, words="Nộp báo cáo " * 40) for n in range(2100))
    path.write_text(text, encoding="utf-8")
    merge_request.push()
    assert merge_request.start("tdkt-diff"), merge_request.out[-500:]
    (body,) = merge_request.bodies
    assert 900_000 < len(body) <= 1_000_000
    assert body.splitlines()[-1] == "*Còn nữa; xem tất cả ở nhật ký của tdkt-diff.*"


def test_the_jobs_run_on_merge_requests():
    asked = {"if": '$CI_PIPELINE_SOURCE == "merge_request_event"'}
    assert JOBS["tdkt-diff"]["rules"] == [asked]
    assert JOBS["tdkt-check"]["rules"][0] == asked
    assert JOBS["tdkt-diff"]["variables"] == {"GIT_DEPTH": "0"}


@pytest.mark.parametrize("page", ["ci.md", "ci.en.md"])
def test_a_file_of_ones_own_includes_the_jobs_as_that_of_tdkt_init_does(page, block):
    own = yaml.safe_load(block(page, "yaml", "include:"))
    made = yaml.safe_load((EXAMPLES / "gitlab-pages.yml").read_text(encoding="utf-8"))
    assert own["include"] == made["include"]
    assert own["variables"].keys() == made["variables"].keys() == {"TDKT"}
