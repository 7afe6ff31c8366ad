import json
import tempfile
from textwrap import dedent

import pytest

from tdkt_cli.commands.check import fixes

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
    assert ended.err == "not read by the other commands until it is mended: plans/b.yaml\n"


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


# --fix

TASKS = HEAD.partition("      - id:")[0]
UNDATED = HEAD.format(timing="Trước ngày 21/02/2023") + "          - who: Các sở  # mọi sở\n            note: 'a'\n"
DATED = UNDATED.replace("mọi sở\n", "mọi sở\n            before: 2023-02-21\n")
TWO = "Trước ngày 21/02/2023; đến ngày 15/3/2023"


def row(id_, words, deadline):
    """A row whose deadline has its words alone."""
    return f'      - id: "{id_}"\n        title: Việc {id_}\n        timing: {words}\n        deadlines:\n          {deadline}\n'


@pytest.fixture
def mend(tdkt, project):
    """Mend a folder whose plans these are; how it ended, and the bytes of the plans then."""
    folder = project(**{"plans/a.yaml": None, "plans/b.yaml": None})

    def run(*typed, here=".", **plans):
        for name, text in plans.items():
            data = text if isinstance(text, bytes) else dedent(text).encode()
            (folder / "plans" / f"{name}.yaml").write_bytes(data)
        ended = tdkt("check", "--fix", *typed, "--today", "2023-02-22", folder=folder / here)
        return ended, {file.stem: file.read_bytes() for file in sorted((folder / "plans").glob("*.yaml"))}

    return run


def lines_of(text):
    return dedent(text).encode()


def test_a_date_is_written_into_the_file(mend):
    for lang, said, found in (
        ("vi", "đã ghi: plans/b.yaml:15: before: 2023-02-21\n", "đã kiểm tra 2 tệp, không có lỗi\n"),
        ("en", "written: plans/b.yaml:15: before: 2023-02-21\n", "2 files checked, no errors\n"),
    ):
        ended, files = mend("--lang", lang, b=UNDATED)
        assert ended == (0, found, said)
        assert files == {"b": lines_of(DATED)}


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["", "BOM"])
@pytest.mark.parametrize("newline", [b"\n", b"\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("end", [True, False], ids=["", "no last line end"])
def test_everything_else_stays_byte_for_byte(end, newline, mark, mend):
    before, after = (mark + lines_of(text).replace(b"\n", newline) for text in (UNDATED, DATED))
    if not end:
        before, after = before.removesuffix(newline), after.removesuffix(newline)
    ended, files = mend(b=before)
    assert (ended.code, files) == (0, {"b": after})


def test_a_second_run_changes_nothing(mend, tmp_path):
    _, files = mend(b=UNDATED)
    before = (tmp_path / "plans/b.yaml").stat()
    ended, again = mend()
    after = (tmp_path / "plans/b.yaml").stat()
    assert ended == (0, "đã kiểm tra 2 tệp, không có lỗi\n", "")
    assert (again, after.st_ino, after.st_mtime_ns) == (files, before.st_ino, before.st_mtime_ns)


WORDS = [
    "Sở Y tế trình hồ sơ trước ngày 21/02/2023",
    "Chậm nhất 17 giờ ngày 15/3/2023",
    "đầu tháng 6/2023",
    "trước ngày 25 hằng tháng",
    "hằng tuần",
    "trong 10 ngày làm việc kể từ ngày nhận đủ hồ sơ",
    "thường xuyên",
    "từ tháng 02/2023",
    "theo Kế hoạch của Thành phố",
    "Sở Y tế báo cáo khi có yêu cầu",
    "đến khoảng ngày 15/3/2023",
    "Các sở họp vào dịp 12/6/2023",
]


def test_what_is_written_is_what_the_words_say(mend):
    plan = TASKS + "".join(row(number, words, f"- text: {words}") for number, words in enumerate(WORDS, 1))
    ended, _ = mend("--strict", "--unsafe-fixes", b=plan)
    assert (ended.code, rules(ended)) == (0, [])
    assert len(ended.err.splitlines()) == len(WORDS)
    again, _ = mend()
    assert (again.code, again.err) == (0, "")


@pytest.mark.parametrize(
    ("lang", "mark"), [("vi", "chưa chắc: đối chiếu với lời văn"), ("en", "chưa chắc: đối chiếu với lời văn")]
)
def test_a_reading_that_is_not_sure_is_marked(lang, mark, mend):
    _, files = mend("--unsafe-fixes", "--lang", lang, b=UNDATED.replace("Trước ngày 21/02/2023", "hằng tuần"))
    assert f"\n        every: FREQ=WEEKLY;BYDAY=SU  # {mark}\n" in files["b"].decode()
    assert mend()[0].code == 0


def test_the_lines_told_are_those_of_the_file_as_it_is_then(mend):
    plan = TASKS + row(1, "đầu tháng 6/2023", "- text: đầu tháng 6/2023") + row(2, "hằng quý", "- text: hằng quý")
    ended, files = mend("--unsafe-fixes", b=plan)
    lines = files["b"].decode().splitlines()
    told = [int(line.split(":")[2]) for line in ended.err.splitlines()]
    assert [lines[number - 1].strip() for number in told] == ["- text: đầu tháng 6/2023", "- text: hằng quý"]


@pytest.mark.parametrize("words", [TWO, "lịch riêng"])
def test_several_milestones_or_none_are_left_to_a_person(words, mend):
    plan = UNDATED.replace("Trước ngày 21/02/2023", words)
    ended, files = mend(b=plan)
    assert (ended.code, rules(ended), ended.err) == (1, ["TDKT112"], "")
    assert files == {"b": lines_of(plan)}


@pytest.mark.parametrize(
    ("lang", "left", "written"),
    [
        ("vi", "chưa ghi: plans/b.yaml:14: giá trị trong ngoặc nhọn không thêm dòng được; hãy viết không có ngoặc", "đã ghi"),
        ("en", "not written: plans/b.yaml:14: a value in braces takes no new lines; write it without them", "written"),
    ],
)  # fmt: skip
def test_a_deadline_in_braces_is_left_and_still_found(lang, left, written, mend):
    plan = TASKS + row(1, "đến 15/3", "- {who: Các sở}") + row(2, "đến 16/3", "- who: Các sở")
    ended, files = mend("--lang", lang, b=plan)
    assert (ended.code, rules(ended)) == (1, ["TDKT112"])
    assert ended.err.splitlines() == [f"{written}: plans/b.yaml:19: by: 2023-03-16", left]
    assert files == {"b": lines_of(plan + "            by: 2023-03-16\n")}


def test_other_findings_stay_and_count(mend):
    plan = UNDATED + row(2, "đến 15/3", "- by: 2023-03-16")
    ended, files = mend(b=plan)
    assert (ended.code, rules(ended)) == (1, ["TDKT601"])
    assert files == {"b": lines_of(DATED + row(2, "đến 15/3", "- by: 2023-03-16"))}


def test_where_nothing_is_to_be_written_nothing_is_said(mend):
    for plan, code in ((GOOD, 0), (NOTE, 0), (ERROR, 1)):
        ended, files = mend(b=plan)
        assert (ended.code, files) == (code, {"b": lines_of(plan)})
        assert "ghi:" not in ended.err


def test_what_is_suppressed_is_left(mend):
    plan = UNDATED.replace("# mọi sở", "# tdkt: ignore[TDKT112] chờ hướng dẫn")
    ended, files = mend("--strict", b=plan)
    assert (ended.code, ended.err, files) == (0, "", {"b": lines_of(plan)})


def test_for_machines_what_was_written_stands_on_the_error_stream(mend):
    ended, _ = mend("--format", "json", b=UNDATED)
    assert (ended.code, ended.records, ended.err) == (0, [], "đã ghi: plans/b.yaml:15: before: 2023-02-21\n")
    ended, _ = mend("--format", "jsonl", b=UNDATED + row(2, TWO, "- who: Các sở"))
    assert [json.loads(line)["rule"] for line in ended.lines] == ["TDKT112"]


def test_only_the_files_asked_for(mend, tmp_path):
    other = UNDATED.replace("id: b", "id: c")
    ended, files = mend("plans/b.yaml", b=UNDATED, c=other)
    assert (ended.code, files) == (0, {"b": lines_of(DATED), "c": lines_of(other)})
    ended, files = mend("../c.yaml", here="plans/units")
    assert (ended.code, ended.err) == (0, f"đã ghi: {tmp_path}/plans/c.yaml:15: before: 2023-02-21\n")
    assert files["c"] == files["b"].replace(b"id: b", b"id: c")


def test_a_linked_file_is_written_where_it_lies(mend, tmp_path):
    (tmp_path / "luu").mkdir()
    (tmp_path / "luu/b.yaml").write_bytes(lines_of(UNDATED))
    (tmp_path / "plans/b.yaml").symlink_to("../luu/b.yaml")
    ended, files = mend()
    assert (ended.code, files) == (0, {"b": lines_of(DATED)})
    assert (tmp_path / "plans/b.yaml").is_symlink()
    assert (tmp_path / "luu/b.yaml").read_bytes() == lines_of(DATED)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("vi", "chưa ghi: plans/b.yaml: không ghi được: không được phép"),
        ("en", "not written: plans/b.yaml: cannot be written: no permission"),
    ],
)
def test_a_folder_that_takes_no_files(lang, said, mend, monkeypatch):
    def fail(**_more):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(tempfile, "mkstemp", fail)
    ended, files = mend("--lang", lang, b=UNDATED)
    assert (ended.code, ended.err) == (3, f"{said}\n")
    assert (rules(ended), files) == (["TDKT112"], {"b": lines_of(UNDATED)})


def test_a_file_that_changes_meanwhile_is_left_and_the_others_are_written(mend, monkeypatch, tmp_path):
    real = fixes.changed

    def late(path, *more):
        if path.name == "b.yaml":
            (tmp_path / "plans/b.yaml").write_bytes(lines_of(GOOD))
        return real(path, *more)

    monkeypatch.setattr(fixes, "changed", late)
    ended, files = mend(b=UNDATED, c=UNDATED.replace("id: b", "id: c"))
    assert ended.code == 3
    assert ended.err.splitlines() == [
        "chưa ghi: plans/b.yaml: tệp đã bị sửa trong lúc này; hãy chạy lại lệnh",
        "đã ghi: plans/c.yaml:15: before: 2023-02-21",
    ]
    assert files == {"b": lines_of(GOOD), "c": lines_of(DATED.replace("id: b", "id: c"))}


def test_without_fix_no_file_is_touched(check, tmp_path):
    ended = check(UNDATED)
    assert (ended.code, rules(ended)) == (1, ["TDKT112"])
    assert ended.lines[0].endswith(" [--fix sửa được]")
    assert (tmp_path / "plans/b.yaml").read_bytes() == lines_of(UNDATED)
