"""The reports of tdkt check for CI services: what stands in them, what is detected, and that no text of a file acts in them."""

import json
import os
import subprocess
from xml.etree import ElementTree as ET

import pytest

ROW = """\
      - id: "{n}"
        title: Nộp báo cáo
        executor: Các sở
        deadlines:
          - {key}: 2023-02-21
            text: {text}
"""
WRONG = ROW.format(n=1, key="by", text="trước ngày 21/02/2023") + ROW.format(n=2, key="before", text="hết năm")
MANY = "".join(ROW.format(n=n, key="by", text="trước ngày 21/02/2023") for n in range(12))


@pytest.fixture
def check(tdkt, alone):
    """Check a folder whose only tasks are these."""

    def run(tasks, *typed, **env):
        run.folder = alone(tasks)
        return tdkt("check", *typed, "--today", "2023-02-22", folder=run.folder, **env)

    return run


def test_concise_is_a_line_for_each(check):
    ended = check(WRONG, "--format", "concise")
    found = json.loads(check(WRONG, "--format", "json").out)
    wanted = [(entry["line"], entry["rule"]) for entry in found if entry["severity"] != "info"]
    assert [(int(line.split(":")[1]), line.split()[1]) for line in ended.lines] == wanted


def test_github_shows_ten_of_each_severity_on_their_lines(check):
    ended = check(MANY, "--format", "github")
    errors = [line for line in ended.lines if line.startswith("::error ")]
    assert len(errors) == 10
    assert errors[0].startswith("::error file=plans/b.yaml,line=13,col=9,endLine=13,endColumn=11,title=TDKT604::")
    rest = [line for line in ended.lines if line.startswith("plans/b.yaml:") and "TDKT604" in line]
    assert len(rest) == 2
    assert ended.lines[-1].startswith("đã kiểm tra 1 tệp, 12 lỗi")


def test_github_is_detected_and_gets_a_summary(check, tmp_path):
    env = {"GITHUB_ACTIONS": "true"}
    page = tmp_path / "page.md"
    page.write_text("trước\n")
    ended = check(MANY, **env, GITHUB_STEP_SUMMARY=str(page))
    assert ended.lines[0].startswith("::error file=plans/b.yaml,")
    lines = page.read_text("utf-8").splitlines()
    assert lines[:2] == ["trước", "### tdkt check: đã kiểm tra 1 tệp, 12 lỗi, 12 cảnh báo"]
    assert sum(line.startswith("| lỗi | `plans/b.yaml:") for line in lines) == 12
    assert not check(MANY, "--format", "text", **env).out.startswith("::")


def test_no_text_of_a_file_is_a_command(check):
    plan = ROW.format(n=1, key='"::stop-commands::x%0A::error::y', text='x"') + "::set-output name=a::##[error]b"
    for kind in ("github", "concise"):
        ended = check(plan, "--format", kind)
        assert [
            line for line in ended.lines if line.startswith("::") and not line.startswith("::error file=plans")
        ] == []
    plan = ROW.format(n=1, key='"##[add-mask]b\\n::error::c"', text="x")
    found = check(plan, "--format", "github").out
    assert "##[" not in "\n".join(line for line in found.splitlines() if not line.startswith("::error "))
    assert "\n::error::c" not in found


def test_gitlab_gets_a_code_quality_report(check):
    report = json.loads(check(MANY, "--format", "gitlab").out)
    assert {entry["check_name"] for entry in report} >= {"TDKT604"}
    first = report[0]
    assert first["location"] == {"path": "plans/b.yaml", "lines": {"begin": 13, "end": 13}}
    assert first["severity"] in {"info", "minor", "major", "critical", "blocker"}
    assert len({entry["fingerprint"] for entry in report}) == len(report)


def test_fingerprints_last_when_lines_above_come(check):
    before = json.loads(check(MANY, "--format", "gitlab").out)
    after = json.loads(check(f"    # một\n    # hai\n{MANY}", "--format", "gitlab").out)
    assert [entry["fingerprint"] for entry in before] == [entry["fingerprint"] for entry in after]
    assert after[0]["location"]["lines"]["begin"] == 15


def test_gitlab_is_detected_and_the_log_has_the_text(check):
    ended = check(WRONG, GITLAB_CI="true")
    assert ended.lines[0].startswith("plans/b.yaml:13:9: TDKT604 ")
    report = json.loads((check.folder / "gl-code-quality-report.json").read_text("utf-8"))
    assert report[0]["check_name"] == "TDKT604"


def test_sarif_says_where_and_explains_the_rules(check):
    (run,) = json.loads(check(WRONG, "--format", "sarif").out)["runs"]
    result = run["results"][0]
    assert (result["ruleId"], result["level"]) == ("TDKT604", "error")
    location = result["locations"][0]["physicalLocation"]
    assert location["artifactLocation"] == {"uri": "plans/b.yaml", "uriBaseId": "%SRCROOT%"}
    assert location["region"] == {"startLine": 13, "startColumn": 9, "endLine": 13, "endColumn": 11}
    rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
    assert (rule["id"], rule["shortDescription"]["text"]) == ("TDKT604", "Đúng ngày nhưng sai khóa.")


def test_junit_has_a_case_for_each_file_and_a_failure_for_what_fails(check):
    suite = ET.fromstring(check(WRONG, "--format", "junit").out).find("testsuite")  # noqa: S314 - our own
    case = suite.find("testcase")
    assert (case.get("name"), suite.get("failures")) == ("plans/b.yaml", str(len(case.findall("failure"))))
    assert case.find("failure").get("type") == "TDKT604"


def test_github_names_files_from_the_top_of_the_repository(tdkt, alone, tmp_path):
    office = tmp_path / "office"
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    alone(WRONG, "office/plans/b.yaml")
    ended = tdkt("check", "plans", "--format", "github", folder=office)
    assert ended.lines[0].startswith("::error file=office/plans/b.yaml,")
    assert "office/" not in tdkt("check", "plans", "--format", "junit", folder=office).out


def test_a_report_goes_into_a_file(check):
    ended = check(WRONG, "--format", "sarif", "--output", "found.sarif")
    assert ended.lines[0].startswith("plans/b.yaml:13:9: TDKT604 ")
    assert json.loads((check.folder / "found.sarif").read_text("utf-8"))["version"] == "2.1.0"


def test_a_report_that_cannot_be_written(check):
    ended = check(WRONG, "--format", "sarif", "--output", "nowhere/found.sarif")
    assert (ended.code, ended.err) == (3, "chưa ghi: nowhere/found.sarif: không có ở đó\n")


NAMED = "plans/a\n::stop-commands::e\n.yaml"


@pytest.mark.parametrize("kind", ["", "text", "concise", "github", "json", "jsonl", "junit"])
@pytest.mark.parametrize("typed", [(), ("--output", "report")])
def test_no_name_of_a_file_is_a_command(tdkt, alone, kind, typed):
    folder = alone(WRONG, **{NAMED: "tdkt: plan/1\n"})
    chosen = ("--format", kind) if kind else ()
    ended = tdkt("check", *chosen, *typed, folder=folder, GITHUB_ACTIONS="true")
    texts = [ended.out, ended.err, *[path.read_text("utf-8") for path in folder.glob("report")]]
    assert [line for text in texts for line in text.splitlines() if line.lstrip().startswith("::stop")] == []
    assert kind in {"json", "jsonl", "junit"} or ": plans/a^J::stop-commands::e^J.yaml\n" in ended.err


def test_no_name_of_a_file_is_a_command_where_others_leave_it_out(tdkt, project):
    folder = project(**{NAMED: "tdkt: plan/1\n"})
    assert "\nplans/a^J::stop-commands::e^J.yaml:" in f"\n{tdkt('due', folder=folder).err}"


def test_no_name_of_a_file_is_a_command_in_a_diff_of_what_would_be_mended(tdkt, alone):
    folder = alone(WRONG.replace("by: 2023-02-21", "by: 2023-02-21  # tdkt: ignore[TDKT601] x"), NAMED)
    lines = tdkt("check", "--diff", folder=folder).lines
    assert lines[:2] == ["--- a/plans/a^J::stop-commands::e^J.yaml", "+++ b/plans/a^J::stop-commands::e^J.yaml"]


@pytest.mark.parametrize("kind", ["json", "jsonl"])
def test_a_name_that_is_no_utf8_is_escaped_in_json(tdkt, project, kind):
    folder = project()
    (folder / os.fsdecode(b"plans/\xff.yaml")).write_text("tdkt: plan/1\n")
    ended = tdkt("check", "--format", kind, "--output", "found", folder=folder)
    text = (folder / "found").read_text("utf-8")
    found = json.loads(text) if kind == "json" else [json.loads(line) for line in text.splitlines()]
    assert "plans/\udcff.yaml" in {each["file"] for each in found}
    assert ended.code != 0


@pytest.mark.parametrize("typed", [(), ("--output", "found.txt")])
def test_a_summary_that_cannot_be_written_is_said(check, tmp_path, typed):
    page = tmp_path / "nowhere" / "page.md"
    ended = check(MANY, *typed, "--format", "github", GITHUB_STEP_SUMMARY=str(page))
    assert (ended.code, ended.err) == (3, f"chưa ghi: {page}: không có ở đó\n")
    assert ended.lines[-1].startswith("đã kiểm tra 1 tệp, 12 lỗi") or typed
