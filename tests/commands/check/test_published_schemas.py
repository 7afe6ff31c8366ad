"""The reports of tdkt check against what their readers publish: the schema of SARIF 2.1.0 and what GitHub asks beyond it, and what
GitLab takes as a Code Quality report.
"""

import json
import re
import subprocess
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from jsonschema import Draft202012Validator

from tdkt_cli.render.findings import sarif as sarif_report

SARIF = json.loads((Path(__file__).parents[2] / "published" / "sarif-2.1.0.json").read_text("utf-8"))
# GitLab validates each entry with app/validators/json_schemas/codeclimate.json of its repository, which asks for description,
# fingerprint, severity and location, and no more. What stands here is stricter: it is written from the table “Code Quality report format”
# of GitLab's page “Code Quality” (doc/ci/testing/code_quality.md), of which GitLab publishes no schema.
GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": False,
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!/|\./).+$"},  # relative, without “./”
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {name: {"type": "integer", "minimum": 1} for name in ("begin", "end")},
                    },
                },
            },
        },
    },
}
URI = re.compile(r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-F]{2})+", re.ASCII)

HEAD = """\
    tdkt: plan/1
    id: b
    document:
      number: 2/KH-UBND
      title: Kế hoạch B
      issued: 2022-12-01
    period: 2023
    tasks:
"""


def row(n, deadline="by: 2023-02-21", words="trước ngày 21/02/2023"):
    return f"""\
      - id: "{n}"
        title: Nộp báo cáo
        executor: Các sở
        deadlines:
          - {deadline}
            text: {words}
"""


GOOD = HEAD + row(1, "before: 2023-02-21")
DEEP = "plans/năm 2023/kế hoạch #1 & 100%.yaml"
CASES = {
    "nothing": {"plans/b.yaml": GOOD},
    "errors, warnings and notes": {
        "plans/b.yaml": HEAD + row(1) + row(2, "before: 2023-12-31", "hết năm") + row(3, "by: 2023-04-30", "30/4")
    },
    "a hundred": {"plans/b.yaml": HEAD + "".join(row(n) for n in range(100))},
    "accents, spaces and signs in a name": {DEEP: HEAD + row(1)},
    "something to mend": {
        "plans/b.yaml": HEAD + row(1, "what: Nộp", "đến 21/02/2023") + row(2, "what: Nộp", "hằng tuần")
    },
    "silenced": {"plans/b.yaml": HEAD + row(1, "by: 2023-02-21  # tdkt: ignore[TDKT604] đã hỏi")},
    "silenced without need": {"plans/b.yaml": GOOD.replace("2023-02-21", "2023-02-21  # tdkt: ignore[TDKT604]", 1)},
    "a file that is no YAML": {"plans/b.yaml": "tasks: [\n"},
    "an empty file": {"plans/b.yaml": ""},
    "a file in another encoding": {"plans/b.yaml": b"t\xecm"},
    "settings that are wrong": {"plans/b.yaml": GOOD, "tdkt.toml": "days = 'a'\n"},
    "signs in the text": {"plans/b.yaml": HEAD + row('"<b>&amp;`![x](y)`::error::')},
    "no plan at all": {},
    "outside the repository": {"../ngoài/b.yaml": HEAD + row(1)},
}


@pytest.fixture
def report(tdkt, tmp_path):
    """The report of a case in this format, as text; each case lies in a repository of its own, in a folder below the test's."""
    folder = tmp_path / "kho"

    def run(case, kind, *typed):
        folder.mkdir(exist_ok=True)
        subprocess.run(["git", "init", "--quiet", folder], check=True)
        for name, text in ({"tdkt.toml": ""} | case).items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text if isinstance(text, bytes) else _dedented(text))
        outside = [name for name in case if name.startswith("..")]
        return tdkt("check", *outside, "--format", kind, "--notes", "--today", "2023-01-10", *typed, folder=folder).out

    run.folder = folder
    return run


def _dedented(text):
    return "".join(line.removeprefix("    ") for line in text.splitlines(keepends=True)).encode()


def run_of(text):
    return json.loads(text)["runs"][0]


each_case = pytest.mark.parametrize("case", CASES.values(), ids=CASES)


def test_the_schema_is_one():
    Draft202012Validator.check_schema(SARIF)
    assert list(Draft202012Validator(SARIF).iter_errors({"version": "2.1.0", "runs": [{}]}))


@each_case
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_sarif_fits_its_schema(case, lang, report):
    made = json.loads(report(case, "sarif", "--lang", lang))
    assert [error.message for error in Draft202012Validator(SARIF).iter_errors(made)] == []


@each_case
def test_sarif_has_what_github_asks_for(case, report):
    run = run_of(report(case, "sarif"))
    for rule in run["tool"]["driver"]["rules"]:
        assert re.fullmatch(r"TDKT\d{3}", rule["id"])
        assert all(rule[key]["text"].strip() for key in ("shortDescription", "fullDescription", "help"))
        assert len(rule["shortDescription"]["text"]) <= 1024
        assert len(rule["fullDescription"]["text"]) <= 1024
        assert rule["help"]["markdown"]
        assert rule["properties"]["problem.severity"] in {"error", "warning", "recommendation"}
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"].strip()
        assert result["partialFingerprints"]["primaryLocationLineHash"]
        (location,) = result["locations"]
        region = location["physicalLocation"]["region"]
        assert all(region[key] >= 1 for key in ("startLine", "startColumn", "endLine", "endColumn"))
        assert (region["endLine"], region["endColumn"]) >= (region["startLine"], region["startColumn"])
        assert URI.fullmatch(location["physicalLocation"]["artifactLocation"]["uri"])
    prints = [result["partialFingerprints"]["primaryLocationLineHash"] for result in run["results"]]
    assert len(set(prints)) == len(prints)
    assert run["columnKind"] == "unicodeCodePoints"


def test_a_name_is_percent_encoded_and_leads_back_to_the_file(report):
    (result,) = run_of(report(CASES["accents, spaces and signs in a name"], "sarif", "--select", "TDKT604"))["results"]
    place = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place["uriBaseId"] == "%SRCROOT%"
    assert place["uri"].startswith("plans/n%C4%83m%202023/k%E1%BA%BF%20ho%E1%BA%A1ch%20%231%20%26%20100%25.")
    assert (report.folder / unquote(place["uri"])).is_file()


def test_a_file_outside_the_repository_is_named_in_full(report):
    (result,) = run_of(report(CASES["outside the repository"], "sarif", "--select", "TDKT604"))["results"]
    place = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert set(place) == {"uri"}
    assert Path(unquote(urlsplit(place["uri"]).path)) == report.folder.parent / "ngoài" / "b.yaml"


def test_a_column_counts_letters(report):
    plan = (
        HEAD
        + '      - {id: "1", title: Nộp hồ sơ đề nghị, executor: Các sở, timing: trước 21/02/2023, deadlines: [by: 2023-02-21]}\n'
    )
    (result,) = run_of(report({"plans/b.yaml": plan}, "sarif", "--select", "TDKT604"))["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    line = _dedented(plan).decode().splitlines()[region["startLine"] - 1]
    assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == "by"


def test_no_more_results_than_github_takes_and_the_gravest_of_them(report, monkeypatch):
    monkeypatch.setattr(sarif_report, "MOST", 3)
    plan = HEAD + row(1, "before: 2023-12-31", "hết năm") + "".join(row(n) for n in range(2, 5))
    run = run_of(report({"plans/b.yaml": plan}, "sarif", "--lang", "en"))
    assert [result["level"] for result in run["results"]] == ["error"] * 3
    (told,) = run["invocations"][0]["toolExecutionNotifications"]
    assert re.fullmatch(r"\d+ less severe findings are left out: GitHub takes 3", told["message"]["text"])
    assert "toolExecutionNotifications" not in run_of(report(CASES["nothing"], "sarif"))["invocations"][0]


@each_case
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_gitlab_gets_what_it_documents(case, lang, report):
    made = json.loads(report(case, "gitlab", "--lang", lang))
    assert [error.message for error in Draft202012Validator(GITLAB).iter_errors(made)] == []
    assert len({entry["fingerprint"] for entry in made}) == len(made)  # of two alike GitLab shows one
    assert made or case in (CASES["nothing"], CASES["silenced"])
