"""Which rules tdkt check applies: chosen on the command line and in tdkt.toml, everywhere or by file; and how often each finds something."""

import json

import pytest

TASKS = """\
      - id: "1"
        title: Nộp báo cáo
        executor: Các sở
        timing: Trước ngày 21/02/2023
        deadlines:
          - by: 2023-02-21
      - id: "2"
        title: Nộp báo cáo
        executor: Các sở
        timing: Đến ngày 30/4/2023
        deadlines:
          - by: 2023-04-30
      - id: "3"
        title: Nộp báo cáo
        executor: Các sở
        deadlines:
          - by: 2024-02-21
"""


@pytest.fixture
def found(tdkt, alone):
    """The rules that find something in a folder whose only tasks are these."""

    def run(*typed, toml="", tasks=TASKS):
        folder = alone(tasks, **{"tdkt.toml": toml})
        run.ended = tdkt("check", "--format", "json", "--today", "2023-01-10", *typed, folder=folder)
        return sorted({entry["rule"] for entry in json.loads(run.ended.out)}) if run.ended.out else []

    return run


ALL = ["TDKT202", "TDKT203", "TDKT401", "TDKT604"]
CHOICES = [
    ([], "", ALL),
    (["--select", "TDKT2"], "", ["TDKT202", "TDKT203"]),
    (["--select", "TDKT604,TDKT401"], "", ["TDKT401", "TDKT604"]),
    (["--ignore", "TDKT2", "--ignore", "TDKT604"], "", ["TDKT401"]),
    (["--select", "TDKT2", "--ignore", "TDKT203"], "", ["TDKT202"]),
    ([], '[check]\nselect = ["TDKT2"]\n', ["TDKT202", "TDKT203"]),
    (["--select", "TDKT6"], '[check]\nselect = ["TDKT2"]\n', ["TDKT604"]),
    ([], '[check]\nignore = ["TDKT2"]\n', ["TDKT401", "TDKT604"]),
    (["--ignore", "TDKT4"], '[check]\nignore = ["TDKT2"]\n', ["TDKT604"]),
    ([], '[check.per_file_ignores]\n"plans/*" = ["TDKT"]\n', []),
    ([], '[check.per_file_ignores]\n"plans/cu/*" = ["TDKT"]\n', ALL),
]


@pytest.mark.parametrize(("typed", "toml", "rules"), CHOICES)
def test_which_rules_are_applied(found, typed, toml, rules):
    assert found(*typed, toml=toml) == rules


def test_what_is_ignored_does_not_fail_the_check(found):
    assert found("--ignore", "TDKT604") == ["TDKT202", "TDKT203", "TDKT401"]
    assert found.ended.code == 0
    found()
    assert found.ended.code == 1


def test_a_file_that_cannot_be_read_is_told_all_the_same(found):
    assert found("--select", "TDKT2", "--ignore", "TDKT0", tasks="      - [") == ["TDKT005"]
    assert found.ended.code == 1


@pytest.mark.parametrize(
    ("typed", "toml"), [(["--select", "TDKT999"], ""), (["--ignore", "x"], ""), ([], '[check]\nignore = ["x"]\n')]
)
def test_a_rule_that_there_is_not(found, typed, toml):
    assert found(*typed, toml=toml) == []
    assert found.ended.code == 2
    assert found.ended.err.endswith("; xem danh sách: tdkt rule\n")


def test_how_often_each_rule_finds_something(tdkt, alone):
    folder = alone(TASKS)
    ended = tdkt("check", "--statistics", "--today", "2023-01-10", folder=folder)
    assert ended.code == 1
    assert ended.lines == [
        "1  TDKT202  Ngày nằm ngoài thời gian của kế hoạch",
        "1  TDKT203  Ngày cuối rơi vào ngày nghỉ",
        "1  TDKT401  Thời hạn không có lời văn",
        "1  TDKT604  Đúng ngày nhưng sai khóa",
    ]


# severities

SEVERITIES = [
    ('TDKT604 = "warning"', {"TDKT202": "warning", "TDKT203": "info", "TDKT401": "warning", "TDKT604": "warning"}, 0),
    ('TDKT203 = "error"', {"TDKT202": "warning", "TDKT203": "error", "TDKT401": "warning", "TDKT604": "error"}, 1),
    ('TDKT2 = "error"', {"TDKT202": "error", "TDKT203": "error", "TDKT401": "warning", "TDKT604": "error"}, 1),
    (
        'TDKT2 = "error", TDKT203 = "warning", TDKT = "info"',
        {"TDKT202": "error", "TDKT203": "warning", "TDKT401": "info", "TDKT604": "info"},
        1,
    ),
    ('TDKT = "info"', {"TDKT202": "info", "TDKT203": "info", "TDKT401": "info", "TDKT604": "info"}, 0),
]


@pytest.mark.parametrize(("table", "wanted", "code"), SEVERITIES)
def test_how_grave_a_finding_is_is_for_the_office_to_say(found, table, wanted, code):
    found(toml=f"[check]\nseverity = {{ {table} }}\n")
    assert {entry["rule"]: entry["severity"] for entry in found.ended.records} == wanted
    assert found.ended.code == code


def test_a_severity_holds_in_every_report(tdkt, alone):
    folder = alone(TASKS, **{"tdkt.toml": '[check]\nseverity = { TDKT203 = "error", TDKT604 = "info" }\n'})

    def check(*typed):
        return tdkt("check", "--today", "2023-01-10", *typed, folder=folder)

    assert "2 cảnh báo, 1 lưu ý" in check().out
    assert [line.split(": ")[1][:7] for line in check().lines if ": TDKT" in line] == ["TDKT203", "TDKT401", "TDKT202"]
    assert "::error file=plans/b.yaml,line=20," in check("--format", "github").out
    assert '"severity": "major"' in check("--format", "gitlab").out
    run = check("--format", "sarif", "--notes").records["runs"][0]
    levels = {result["ruleId"]: result["level"] for result in run["results"]}
    assert levels == {"TDKT202": "warning", "TDKT203": "error", "TDKT401": "warning", "TDKT604": "note"}
    rules = {rule["id"]: rule["defaultConfiguration"]["level"] for rule in run["tool"]["driver"]["rules"]}
    assert rules == levels
    assert check("--fail-on", "error", "--ignore", "TDKT203").code == 0


def test_a_file_that_cannot_be_read_stays_an_error(found):
    assert found(tasks="      - [", toml='[check]\nseverity = { TDKT = "info" }\n') == ["TDKT005"]
    assert (found.ended.records[0]["severity"], found.ended.code) == ("error", 1)


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ('{ TDKT999 = "error" }', "không có quy tắc TDKT999; xem danh sách: tdkt rule"),
    ],
)
def test_a_severity_of_no_rule(found, table, words):
    assert found(toml=f"[check]\nseverity = {table}\n") == []
    assert (found.ended.code, found.ended.err) == (2, f"tdkt: {words}\n")


def test_a_severity_that_there_is_not(found):
    assert "TDKT016" in found(toml='[check]\nseverity = { TDKT203 = "grave" }\n')
    (told,) = [entry for entry in found.ended.records if entry["rule"] == "TDKT016"]
    assert (told["file"], told["line"]) == ("tdkt.toml", 2)
    assert "error, warning, info" in told["message"]
