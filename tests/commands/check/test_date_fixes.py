"""The dates that tdkt check --fix writes for deadlines that have only words; where none can be written, and why."""

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
ERROR = HEAD.format(timing="Trước ngày 21/02/2023") + "          - befor: 2023-02-21\n"

TASKS = HEAD.partition("      - id:")[0]
UNDATED = HEAD.format(timing="Trước ngày 21/02/2023") + "          - who: Các sở  # mọi sở\n            note: 'a'\n"
DATED = UNDATED.replace("mọi sở\n", "mọi sở\n            before: 2023-02-21\n")
TWO = "Trước ngày 21/02/2023; đến ngày 15/3/2023"


def rules(ended):
    return [word for line in ended.lines for word in line.split() if word.startswith("TDKT") and ":" in line.split()[0]]


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
        ("en", "not written: plans/b.yaml:14: a value in braces cannot take new lines; write it without braces", "written"),
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


def test_without_fix_no_file_is_touched(tdkt, project):
    folder = project(**{"plans/a.yaml": None, "plans/b.yaml": UNDATED})
    ended = tdkt("check", "--today", "2023-02-22", folder=folder)
    assert (ended.code, rules(ended)) == (1, ["TDKT112"])
    assert ended.lines[0].endswith(" [--fix sửa được]")
    assert (folder / "plans/b.yaml").read_bytes() == lines_of(UNDATED)
