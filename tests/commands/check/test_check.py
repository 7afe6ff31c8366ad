"""`tdkt check`: what it prints for whom, and how it ends."""

import json

import pytest

HEAD = """\
    tdkt: plan/1
    id: b
    document:
      number: 2/KH-UBND
      title: Kế hoạch B
      issued: 2022-12-01
    period: 2023
    units: u
    tasks:
      - id: "1"
        title: Nộp báo cáo
        executor: Các sở
        timing: {timing}
        deadlines:
"""
GOOD = HEAD.format(timing="Trước ngày 21/02/2023") + "          - before: 2023-02-21\n"
NOTE = HEAD.format(timing="Đến ngày 30/4/2023") + "          - by: 2023-04-30\n"  # a day off
WARNING = f"""{HEAD.format(timing="Đến 21/02/2023")}\
          - by: 2023-02-21
            text: đến hết ngày 21/02/2023
"""  # not in the row's words
ERROR = HEAD.format(timing="Trước ngày 21/02/2023") + "          - befor: 2023-02-21\n"


@pytest.fixture
def check(tdkt, project):
    """Check a folder whose only plan is this."""

    def run(plan, *typed, toml="", **env):
        folder = project(**{"plans/a.yaml": None, "plans/b.yaml": plan, "tdkt.toml": toml})
        return tdkt("check", *typed, "--today", "2023-02-22", folder=folder, **env)

    return run


def rules(ended):
    return [word for line in ended.lines for word in line.split() if word.startswith("TDKT") and ":" in line.split()[0]]


@pytest.mark.parametrize(
    ("plan", "typed", "toml", "code"),
    [
        (GOOD, (), "", 0),
        (GOOD, ("--strict", "--fail-on", "info"), "", 0),
        (NOTE, (), "", 0),
        (NOTE, ("--strict",), "", 0),
        (NOTE, ("--fail-on", "info"), "", 1),
        (NOTE, ("--fail-on", "INFO"), "", 1),
        (WARNING, (), "", 0),
        (WARNING, ("--strict",), "", 1),
        (WARNING, (), "[check]\nstrict = true\n", 1),
        (WARNING, ("--fail-on", "warning"), "", 1),
        (WARNING, ("--fail-on", "error"), "", 0),
        (ERROR, (), "", 1),
        (ERROR, ("--fail-on", "error"), "", 1),
        (ERROR, (), "lang = 1\n", 1),
    ],
)
@pytest.mark.parametrize("kind", ["text", "json", "jsonl"])
def test_exit_codes(check, plan, typed, toml, code, kind):
    assert check(plan, *typed, "--format", kind, toml=toml).code == code


def test_nothing_is_wrong(check):
    assert check(GOOD) == (0, "đã kiểm tra 2 tệp, không có lỗi\n", "")
    assert check(GOOD, "--lang", "en") == (0, "2 files checked, no errors\n", "")


def test_a_finding_with_its_place_its_line_and_a_caret(check):
    ended = check(ERROR)
    assert ended.lines[:3] == [
        "plans/b.yaml:15:9: TDKT010 ở đây không có khóa “befor”; có phải before?",
        "  15 | - befor: 2023-02-21",
        "     |   ^^^^^",
    ]
    assert ended.lines[-2:] == ["đã kiểm tra 2 tệp, 1 lỗi", "Giải thích quy tắc: tdkt rule TDKT010"]
    assert ended.err == "Tệp phải sửa thì các lệnh khác mới đọc được: plans/b.yaml\n"


def test_in_english(check):
    ended = check(ERROR, "--lang", "en")
    assert ended.lines[0] == "plans/b.yaml:15:9: TDKT010 there is no key “befor” here; did you mean before?"
    assert ended.lines[-2:] == ["2 files checked, 1 error", "tdkt rule TDKT010 explains a rule"]
    assert ended.err == "the other commands do not read these files until they are fixed: plans/b.yaml\n"


def test_notes_are_counted_and_shown_when_asked_for(check):
    ended = check(NOTE)
    assert rules(ended) == []
    assert ended.lines == ["đã kiểm tra 2 tệp, không có lỗi, 1 lưu ý", "Xem các lưu ý: tdkt check --notes"]
    asked = check(NOTE, "--notes")
    assert rules(asked) == ["TDKT203"]
    assert asked.lines[-2:] == [
        "đã kiểm tra 2 tệp, không có lỗi, 1 lưu ý",
        "Giải thích quy tắc: tdkt rule TDKT203",
    ]
    assert rules(check(NOTE, "--fail-on", "info")) == ["TDKT203"]  # what fails the check is shown


def test_the_rule_of_the_first_finding_shown_is_proposed(check):
    plan = NOTE + "          - {id: a, by: 2023-02-21, text: đến hết ngày 21/02/2023}\n"
    plan = plan.replace("- by: 2023-04-30", "- {id: b, by: 2023-04-30}")
    ended = check(plan)
    assert rules(ended) == ["TDKT402"]
    assert ended.lines[-3:] == [
        "đã kiểm tra 2 tệp, 1 cảnh báo, 1 lưu ý",
        "Xem các lưu ý: tdkt check --notes",
        "Giải thích quy tắc: tdkt rule TDKT402",
    ]
    noted = check(plan, "--notes")
    assert rules(noted) == ["TDKT203", "TDKT402"]
    assert noted.lines[-1] == "Giải thích quy tắc: tdkt rule TDKT203"


def test_a_register_that_is_left_out_is_not_read_rather_than_missing(tdkt, project):
    files = {"plans/a.yaml": None, "plans/b.yaml": GOOD, "plans/units/u.yaml": "tdkt: units/1\nid: u\nnam: Danh bạ\n"}
    folder = project(**files)
    for lang, words in (
        ("vi", "TDKT108 danh bạ u chưa đọc được, xem lỗi của tệp đó"),
        ("en", "TDKT108 the register u is not read, see what is wrong with it"),
    ):
        ended = tdkt("check", "--today", "2023-02-22", "--lang", lang, folder=folder)
        assert [line for line in ended.lines if ": TDKT108 " in line] == [f"plans/b.yaml:8:8: {words}"]
        assert ended.code == 1
        assert ended.err.endswith(": plans/units/u.yaml\n")


def test_several_findings_stand_in_the_order_of_the_file(check):
    plan = ERROR.replace("title: Nộp báo cáo", "titel: Nộp báo cáo")
    places = [
        tuple(map(int, line.split(": ")[0].split(":")[1:])) for line in check(plan).lines if line.startswith("plans/")
    ]
    assert len(places) > 2
    assert places == sorted(places)


def test_as_json(check):
    (found,) = check(ERROR, "--format", "json", "--lang", "en").records
    assert found == {
        "rule": "TDKT010", "severity": "error", "message": "there is no key “befor” here; did you mean before?",
        "file": "plans/b.yaml", "line": 15, "column": 9, "end_line": 15, "end_column": 14,
    }  # fmt: skip
    assert [json.loads(line) for line in check(ERROR, "--format", "jsonl", "--lang", "en").lines] == [found]
    assert check(GOOD, "--format", "json").records == []
    assert check(GOOD, "--format", "jsonl").out == ""


def test_machines_get_notes_too(check):
    assert [found["rule"] for found in check(NOTE, "--format", "json").records] == ["TDKT203"]


def test_a_file_that_cannot_be_read_counts_more_than_errors(check):
    assert check(ERROR, "plans/zzz.yaml", "plans/b.yaml").code == 3
    ended = check(GOOD, "plans/zzz.yaml")
    assert (ended.code, ended.lines[0]) == (3, "plans/zzz.yaml:1:1: TDKT001 không có tệp này")


def test_nothing_to_check(tdkt, tmp_path):
    (tmp_path / "plans").mkdir()
    ended = tdkt("check", folder=tmp_path)
    assert (ended.code, rules(ended)) == (3, ["TDKT001"])


def test_settings_that_are_wrong(check):
    ended = check(GOOD, toml='timezone = "Asia/Ha_Noi"\n')
    assert ended.code == 1
    assert ended.lines[0].startswith("tdkt.toml:1:1: TDKT016 không có múi giờ “Asia/Ha_Noi”")


def test_no_colour_where_it_is_not_a_terminal(check):
    assert "\x1b" not in check(ERROR).out


def test_what_does_not_show_is_spelled_in_the_excerpt(check):
    ended = check(GOOD.replace("Nộp báo cáo", "Nộp\u202e báo \x1b[31mcáo"))
    assert ended.code == 1
    assert "TDKT004" in rules(ended)
    assert r"Nộp\u202e báo ^[[31mcáo" in ended.out
    assert not {"\u202e", "\x1b"} & set(ended.out)


@pytest.mark.parametrize(
    ("typed", "vi"),
    [
        (
            ("--format", "xml"),
            "--format: không có “xml”; chỉ nhận text, concise, json, jsonl, github, gitlab, sarif, junit",
        ),
        (("--fail-on", "eror"), "--fail-on: không có “eror”; có phải error?"),
    ],
)
def test_what_does_not_exist(check, typed, vi):
    assert check(GOOD, *typed) == (2, "", f"tdkt: {vi}\n")


def test_the_bundled_plans_have_no_errors_or_warnings(tdkt):
    ended = tdkt("check", "--strict", "--today", "2023-02-01")
    assert ended.code == 0
    assert ended.lines[0].startswith("đã kiểm tra 8 tệp, không có lỗi")
