import csv
import io
import json
from itertools import pairwise

import pytest

from tdkt_cli.render.records import record_lines

JOINER = "\u2060"  # parts a sign that would call somebody from the name
# DESIGN.md, "The record".
RECORD = [
    "ref", "plan", "task", "deadline", "occurrence", "document", "sections", "section", "title", "content", "what",
    "who", "lead", "executor", "coordinator", "advisor", "bound", "bound_ids", "kind", "text", "start", "end",
    "first_kind", "first_end", "time", "approximate", "waiting", "on_task", "event", "correction", "last_day",
    "last_working_day", "overdue_from", "state", "days_left", "done", "moved", "cancelled", "received", "expected",
    "missing", "same_as", "quota", "dossier", "labels", "note", "file", "line",
]  # fmt: skip
NOT_IN_CSV = {
    "sections",
    "content",
    "bound_ids",
    "first_kind",
    "on_task",
    "event",
    "correction",
    "moved",
    "received",
    "quota",
    "dossier",
}  # fmt: skip  (docs/record.md, "CSV")
OCCURRENCES = ["b/1@2023-01-31", "b/1@2023-02-28", "b/1@2023-03-31"]
BY_DATE = [
    "b/1@2023-01-31", "a/1#y-te", "a/5", "b/2", "a/1#hop", "b/3", "b/1@2023-02-28", "a/2", "b/1@2023-03-31", "a/3", "a/4",
]  # fmt: skip


def refs(ended):
    assert (ended.code, ended.err) == (0, "")
    return [json.loads(line)["ref"] for line in ended.lines]


def test_every_command_gives_the_record(office):
    commands = [("list",), ("due",), ("overdue",), ("show", "a/1#hop")]
    for command in commands:
        records = office(*command, "--format", "json").records
        assert records
        assert all(list(record) == RECORD for record in records), command


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ((), BY_DATE),
        (("--unit", "ban thi dua"), ["b/1@2023-01-31", "a/1#hop", "b/3", "b/1@2023-02-28", "b/1@2023-03-31"]),
        (("--unit", "btđ"), ["b/1@2023-01-31", "a/1#hop", "b/3", "b/1@2023-02-28", "b/1@2023-03-31"]),
        (("--unit", "y te"), ["a/1#y-te", "a/2"]),  # by name, and as a member of a class
        (("--unit", "cac so"), ["a/2"]),
        (("--unit", "cac nganh"), []),
        (("--unit", "y te", "--unit", "so-tai-chinh"), ["a/1#y-te", "b/2", "a/2", "a/3"]),
        (("--unit", "ubnd"), ["a/5", "a/4"]),
        (("--unit", "ubnd", "--role", "lead"), ["a/1#y-te", "a/1#hop"]),
        (("--unit", "ubnd", "--role", "executor"), ["a/5", "a/4"]),
        (("--unit", "y te", "--role", "coordinator"), ["a/1#y-te", "a/1#hop"]),
        (("--unit", "y te", "--role", "advisor"), ["a/2"]),
        (("--unit", "y te", "--role", "lead"), []),
        (("--unit", "ban thi dua", "--role", "BOUND", "--plan", "a"), ["a/1#hop"]),
        (("--plan", "a"), [ref for ref in BY_DATE if ref.startswith("a/")]),
        (("--plan", "a", "--plan", "b"), BY_DATE),
        *((("--plan", typed), BY_DATE) for typed in ("a,b", " b , a,")),
        (("--plan", "b,"), ["b/1@2023-01-31", "b/2", "b/3", "b/1@2023-02-28", "b/1@2023-03-31"]),
        (("--section", "I"), ["a/1#y-te", "a/1#hop", "a/2"]),  # with what lies in it
        (("--section", "I.1"), ["a/1#y-te", "a/1#hop"]),
        (("--section", "I.1", "--section", "II"), ["a/1#y-te", "a/5", "a/1#hop", "a/3", "a/4"]),
        (("--section", "I.1,II"), ["a/1#y-te", "a/5", "a/1#hop", "a/3", "a/4"]),
        (("--section", "II", "--plan", "b"), []),
        (("--state", "overdue"), ["b/1@2023-01-31", "a/1#hop", "b/3"]),
        (("--state", "due"), ["b/1@2023-02-28"]),
        (("--state", "later"), ["a/2", "b/1@2023-03-31"]),
        (("--state", "waiting"), ["a/3"]),
        (("--state", "ongoing"), ["a/4"]),
        (("--state", "done_in_time"), ["a/1#y-te"]),
        (("--state", "done-late"), ["a/5"]),
        (("--state", "cancelled"), ["b/2"]),
        (("--state", "Due", "--state", "waiting"), ["b/1@2023-02-28", "a/3"]),
        (("--state", "Due, waiting"), ["b/1@2023-02-28", "a/3"]),
        (("--state", "due,waiting", "--state", "done-late"), ["a/5", "b/1@2023-02-28", "a/3"]),
        (("--state", "waiting", "--plan", "b"), []),
        (("--kind", "every"), OCCURRENCES),
        (("--kind", "before"), ["a/1#hop", "b/3"]),
        (("--kind", "by", "--kind", "day"), ["a/1#y-te", "b/2", "a/2"]),
        (("--kind", "by,day"), ["a/1#y-te", "b/2", "a/2"]),
        (("--kind", "within"), ["a/5"]),
        (("--kind", "ongoing"), ["a/4"]),
        (("--kind", "after"), []),
        (("--text", "hoi dong"), ["a/1#hop"]),
        (("--text", "ĂN  MỪNG"), ["a/2"]),
        (("--text", "ke hoach cua bo"), ["a/3"]),
        (("--text", "phan thu hai"), ["a/5", "a/3", "a/4"]),  # the heading of the section
        (("--text", "b/1@2023-03"), ["b/1@2023-03-31"]),
        *((("--text", typed), ["a/1#y-te", "a/1#hop"]) for typed in ("uoc-mo", "ƯỚC – MƠ", "uoc  mo")),
        (("--text", "hoi nghi"), []),
        (("--month", "2"), ["a/1#y-te", "a/5", "b/2", "a/1#hop", "b/3", "b/1@2023-02-28"]),
        (("--month", "02"), ["a/1#y-te", "a/5", "b/2", "a/1#hop", "b/3", "b/1@2023-02-28"]),
        *((("--month", month), ["a/2", "b/1@2023-03-31"]) for month in ("2023-03", "2023-3", "03/2023", " 03/2023 ")),
        (("--month", "03/2022"), []),
        (("--month", "2022-03"), []),
        *((("--quarter", quarter), BY_DATE[:9]) for quarter in ("1", "I", "i", "Q1", "q1", "2023-Q1")),
        *((("--quarter", quarter), []) for quarter in ("2", "iii", "IV", "Q4", "2024-Q1")),
        *((("--from", day), ["a/2", "b/1@2023-03-31"]) for day in ("2023-03-05", "05/03/2023", "5/3", "5.3.2023", "5-3")),
        (("--from", "6/3"), ["b/1@2023-03-31"]),
        (("--to", "31/1"), ["b/1@2023-01-31"]),
        (("--to", "30/01/2023"), []),
        (("--from", "2023-02-10", "--to", "2023-02-19"), ["a/5", "b/2", "a/1#hop", "b/3"]),
        (("--from", "2023-03-01", "--month", "2"), []),
        (("--month", "2", "--plan", "a", "--state", "overdue", "--kind", "before"), ["a/1#hop"]),
    ],
)  # fmt: skip
def test_filters(office, typed, expected):
    assert refs(office("list", "--format", "jsonl", *typed)) == expected


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("date", BY_DATE),
        ("plan", ["a/1#hop", "a/1#y-te", "a/2", "a/3", "a/4", "a/5", *OCCURRENCES, "b/2", "b/3"]),
        ("unit", ["b/1@2023-01-31", "a/1#hop", "b/3", "b/1@2023-02-28", "b/1@2023-03-31", "a/2", "b/2", "a/3", "a/1#y-te", "a/5", "a/4"]),
        ("title", ["a/2", "a/5", "a/4", "a/3", "b/3", "b/2", *OCCURRENCES, "a/1#y-te", "a/1#hop"]),  # ă after a, đ after d, ư after u
        ("state", ["b/1@2023-01-31", "a/1#hop", "b/3", "b/1@2023-02-28", "a/2", "b/1@2023-03-31", "a/3", "a/4", "a/1#y-te", "a/5", "b/2"]),
    ],
)  # fmt: skip
def test_orders(office, sort, expected):
    assert refs(office("list", "--format", "jsonl", "--sort", sort)) == expected


@pytest.mark.parametrize(
    ("group", "headings"),
    [
        ("near", ["Quá hạn", "Còn 1 đến 7 ngày", "Còn 8 đến 30 ngày", "Còn hơn 30 ngày", "Thường xuyên", "Chưa xác định thời hạn", "Đã hoàn thành hoặc đã hủy"]),
        ("unit", ["Ban Thi đua", "Các sở", "Sở Tài chính", "Sở Y tế", "UBND Thành phố"]),
        ("plan", ["b: Kế hoạch B", "a: Kế hoạch A"]),
        ("section", ["b", "a / Phần thứ nhất / Quý I", "a / Phần thứ hai", "a / Phần thứ nhất"]),
        ("month", ["Tháng 01/2023", "Tháng 02/2023", "Tháng 03/2023", "Chưa xác định thời hạn"]),
        (
            "state",
            ["Chưa hoàn thành (quá hạn)", "Sắp hết hạn", "Chưa hoàn thành (trong hạn)", "Chưa xác định thời hạn", "Thường xuyên",
             "Đã hoàn thành (đúng hạn)", "Đã hoàn thành (quá hạn)", "Đã hủy"],
        ),
    ],
)  # fmt: skip
def test_groups(office, group, headings):
    ended = office("list", "--group-by", group)
    after_empty_lines = [after for before, after in pairwise(["", *ended.lines]) if not before]
    assert after_empty_lines == [*headings, "Tổng cộng 10 việc trong 11 dòng: việc trùng chỉ tính một lần"]
    assert sorted(ended.refs) == sorted(BY_DATE)


def test_whom_several_bind_stands_under_each(tdkt, project):
    plan = """\
        tdkt: plan/1
        id: b
        document: {title: Kế hoạch B}
        period: 2023
        tasks:
          - id: "1"
            title: Báo cáo
            executor: Sở Y tế; Ban Thi đua
            deadlines:
              - by: 2023-06-30
    """
    ended = tdkt("list", "--plan", "b", "--group-by", "unit", folder=project(**{"plans/b.yaml": plan}))
    assert ended.refs == ["b/1", "b/1"]
    assert [ended.lines[0], ended.lines[3], ended.lines[-1]] == ["Ban Thi đua", "Sở Y tế", "Tổng cộng 1 việc"]


def test_plain_lines(office):
    assert office("list", "--plan", "a").lines == [
        "a: Kế hoạch A",
        "T4 01/02/2023  Đã hoàn thành (đúng hạn)  a/1#y-te  Sở Y tế: Trình hồ sơ – Ước mơ",
        "T6 10/02/2023  Đã hoàn thành (quá hạn)   a/5       UBND Thành phố: Biên tập sách",
        "CN 19/02/2023  quá hạn 2 ngày            a/1#hop   Ban Thi đua: Họp Hội đồng – Ước mơ",
        "CN 05/03/2023  còn 11 ngày               a/2       Các sở: Ăn mừng · ngày làm việc cuối: T6 03/03/2023",
        "–              Chưa xác định thời hạn    a/3       Sở Tài chính: Đại hội",
        "–              Thường xuyên              a/4       UBND Thành phố: Dân vận",
        "",
        "Tổng cộng 6 việc",
    ]


@pytest.mark.parametrize(("lang", "words"), [("vi", "Không có việc nào khớp"), ("en", "No deadline fits")])
def test_nothing_fits(office, lang, words):
    ended = office("list", "--text", "zzz", "--lang", lang)
    assert (ended.code, ended.out, ended.err) == (0, f"{words}\n", "")


def test_no_records_are_an_empty_list(office):
    assert office("list", "--text", "zzz", "--format", "json").records == []
    assert office("list", "--text", "zzz", "--format", "jsonl").out == ""
    assert len(office("list", "--text", "zzz", "--format", "csv").lines) == 1


def test_formats_agree(office):
    records = office("list", "--format", "json").records
    lines = office("list", "--format", "jsonl").lines
    assert [json.loads(line) for line in lines] == records
    rows = list(csv.DictReader(io.StringIO(office("list", "--format", "csv").out)))
    assert [row["ref"] for row in rows] == [record["ref"] for record in records] == BY_DATE
    assert office("list", "--format", "plain").out == office("list").out  # not a terminal
    table = office("list", "--format", "table").out
    assert all(f"· {ref}\n" in "\n".join(line.rstrip() for line in table.splitlines()) + "\n" for ref in BY_DATE)


def test_a_record(office):
    (found,) = [record for record in office("list", "--format", "json").records if record["ref"] == "a/1#hop"]
    wanted = dict.fromkeys(RECORD) | {
        "ref": "a/1#hop", "plan": "a", "task": "1", "deadline": "hop", "document": "1/KH-UBND", "sections": ["I", "I.1"],
        "section": ["Phần thứ nhất", "Quý I"], "title": "Ước mơ", "content": "- Xét\n- Trình", "what": "Họp Hội đồng", "who": [],
        "lead": ["UBND Thành phố"], "executor": ["Ban Thi đua"], "coordinator": ["Các sở"], "advisor": [],
        "bound": ["Ban Thi đua"], "bound_ids": ["ban-td"], "kind": "before", "text": "trước ngày 20/02/2023",
        "end": "2023-02-20", "first_kind": "before", "first_end": "2023-02-20", "approximate": False,
        "last_day": "2023-02-19", "last_working_day": "2023-02-17", "overdue_from": "2023-02-21", "state": "overdue",
        "days_left": -3, "moved": [], "received": {}, "missing": [], "quota": [], "labels": ["cờ"], "file": "plans/a.yaml", "line": 27,
    }  # fmt: skip
    assert found == wanted


def test_machine_formats_do_not_depend_on_the_language(office):
    for kind in ("json", "jsonl", "csv", "md"):
        assert office("list", "--format", kind).out == office("list", "--format", kind, "--lang", "en").out


HOSTILE = """\
    tdkt: plan/1
    id: b
    document: {{title: Kế hoạch B}}
    period: 2023
    tasks:
      - id: "1"
        title: {title}
        executor: "-1"
        timing: "+2"
        deadlines:
          - by: 2023-02-01
            what: "@việc"
            done: {{date: 2023-02-01, note: "=x"}}
"""


@pytest.fixture
def hostile(tdkt, project):
    """List a plan with a title that means something to the reader of the output."""

    def run(title, kind):
        folder = project(**{"plans/b.yaml": HOSTILE.format(title=json.dumps(title, ensure_ascii=False))})
        return tdkt("list", "--plan", "b", "--today", "2023-03-01", "--format", kind, folder=folder)

    return run


@pytest.mark.parametrize("title", ["=SUM(A1)", "+1", "-1", "@x"])
def test_csv_keeps_formulas_from_spreadsheets(hostile, title):
    (row,) = csv.DictReader(io.StringIO(hostile(title, "csv").out))
    assert row["title"] == f"'{title}"
    assert (row["executor"], row["text"], row["what"]) == ("'-1", "'+2", "'@việc")


@pytest.mark.parametrize("title", ["  =1+1", "\t=1", "\n-1", "\u00a0@x"])
def test_csv_keeps_formulas_after_white_space_from_spreadsheets(office, title):
    record = office("list", "--format", "json").records[0] | {"title": title}
    text = "\r\n".join(record_lines([record], "csv"))
    assert f",'{title}," in text or f',"\'{title}",' in text


def test_csv_leaves_numbers_alone(office):
    rows = list(csv.DictReader(io.StringIO(office("list", "--format", "csv").out)))
    assert {row["ref"]: row["days_left"] for row in rows}["a/1#hop"] == "-3"
    assert all(row["line"].isdigit() for row in rows)


def test_csv_columns_are_those_that_are_documented(office):
    header = office("list", "--format", "csv").lines[0].split(",")
    assert sorted(header) == sorted(set(RECORD) - NOT_IN_CSV)


@pytest.mark.parametrize("title", ['a "b", c; d', "a | b", "đậm, “trích”"])
def test_csv_quotes_what_it_must(hostile, title):
    (row,) = csv.DictReader(io.StringIO(hostile(title, "csv").out))
    assert row["title"] == title


def test_csv_keeps_lines_of_a_cell_together(tdkt, project):
    plan = HOSTILE.format(title="Báo cáo").replace('timing: "+2"', "timing: |-\n          một\n          hai")
    ended = tdkt("list", "--plan", "b", "--format", "csv", folder=project(**{"plans/b.yaml": plan}))
    (row,) = csv.DictReader(io.StringIO(ended.out))
    assert row["text"] == "một\nhai"


@pytest.mark.parametrize(
    ("title", "escaped"),
    [
        ("a | b", r"a \| b"),
        ("[x](y) <b> *c* _d_ `e`", r"\[x\]\(y\) \<b\> \*c\* \_d\_ \`e\`"),
        ("\\ # ! & ~", r"\\ \# \! \& \~"),
        ("https://x", r"https\://x"),
        (":smile:", r"\:smile\:"),
        ("#1 www.x.vn", rf"\#{JOINER}1 www\.x.vn"),
    ],
)
def test_markdown_is_escaped(hostile, title, escaped):
    lines = hostile(title, "md").lines
    assert lines[:2] == ["| last_day | state | bound | what | title | text | ref |", "|---|---|---|---|---|---|---|"]
    assert lines[2:] == [rf"| 2023-02-01 | done\_in\_time | -1 | @{JOINER}việc | {escaped} | \+2 | b/1 |"]


@pytest.mark.parametrize("title", ["[/]", "[bold]x[/bold]", ":smile:", "[nope] {x}", "%s", "\\n"])
def test_a_title_is_shown_as_it_is(hostile, title):
    for kind in ("plain", "table"):
        assert title in hostile(title, kind).out
    assert json.loads(hostile(title, "jsonl").out)["title"] == title


UNKNOWN = [
    ("--state", "overdu", "“overdu”; có phải overdue?", "“overdu”; did you mean overdue?"),
    (
        "--state", "zzz",
        "“zzz”; chỉ nhận overdue, due, later, waiting, ongoing, done_in_time, done_late, cancelled",
        "“zzz”; it takes overdue, due, later, waiting, ongoing, done_in_time, done_late, cancelled",
    ),
    ("--kind", "befor", "“befor”; có phải before?", "“befor”; did you mean before?"),
    (
        "--kind", "zzz",
        "“zzz”; chỉ nhận before, by, day, within, every, after, ongoing, waiting",
        "“zzz”; it takes before, by, day, within, every, after, ongoing, waiting",
    ),
    ("--role", "led", "“led”; có phải lead?", "“led”; did you mean lead?"),
    ("--sort", "dat", "“dat”; có phải date?", "“dat”; did you mean date?"),
    ("--group-by", "zzz", "“zzz”; chỉ nhận near, unit, plan, section, month, state, waiting",
     "“zzz”; it takes near, unit, plan, section, month, state, waiting"),
    ("--format", "jsom", "“jsom”; có phải json?", "“jsom”; did you mean json?"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("option", "typed", "vi", "en"),
    [
        ("--plan", "aa", "kế hoạch aa; có phải a?", "plan aa; did you mean a?"),
        ("--plan", "zzz", "kế hoạch zzz", "plan zzz"),
        ("--section", "I.2", "mục I.2; có phải I.1?", "section I.2; did you mean I.1?"),
        ("--section", "zzz", "mục zzz", "section zzz"),
    ],
)
def test_a_plan_or_section_that_does_not_exist(office, option, typed, vi, en):
    assert office("list", option, typed) == (2, "", f"tdkt: không có {vi}\n")
    assert office("list", option, typed, "--lang", "en") == (2, "", f"tdkt: there is no {en}\n")


@pytest.mark.parametrize(("option", "typed", "vi", "en"), UNKNOWN)
def test_what_does_not_exist(office, option, typed, vi, en):
    assert office("list", option, typed) == (2, "", f"tdkt: {option}: không có {vi}\n")
    assert office("list", option, typed, "--lang", "en") == (2, "", f"tdkt: {option} does not know {en}\n")


@pytest.mark.parametrize(
    ("command", "option"), [(c, o) for c in ("due", "overdue", "list") for o in ("--sort", "--group-by", "--plan")]
)
def test_every_command_refuses_what_does_not_exist(office, command, option):
    assert office(command, option, "zzz").code == 2


@pytest.mark.parametrize(
    ("typed", "vi", "en"),
    [
        (("--today", "31/02/2023"), "--today: “31/02/2023”: tháng 2/2023 chỉ có 28 ngày", "--today: “31/02/2023”: month 2 of 2023 has 28 days"),
        (("--today", "2023-13-01"), "--today: “2023-13-01”: tháng chỉ từ 01 đến 12", "--today: “2023-13-01”: there are only months 01 to 12"),
        (
            ("--today", "mai"),
            "--today: “mai” không phải là ngày; gõ 20/02/2023 hoặc 2023-02-20",
            "--today: “mai” is not a date; type 20/02/2023 or 2023-02-20",
        ),
        (("--today", "2023-02-22", "--from", "30/2"), "--from: “30/2”: tháng 2/2023 chỉ có 28 ngày", "--from: “30/2”: month 2 of 2023 has 28 days"),
        (("--today", "2023-02-22", "--from", "2/3", "--to", "1/3"), "--from 02/03/2023 sau --to 01/03/2023: không có ngày nào ở giữa", "--from 2023-03-02 comes after --to 2023-03-01: nothing can lie between them"),
        (("--role", "lead"), "--role nói đơn vị làm gì: hãy thêm --unit TÊN", "--role says what a unit does: add --unit NAME"),
        (("--to", "2023/2/3"), "--to: “2023/2/3” chưa đúng cách viết ngày: viết 2023-02-03", "--to: “2023/2/3” is not a date: write 2023-02-03"),
        (("--today", "2023-02-22", "--month", "13"), "--month: “2023-13”: tháng chỉ từ 01 đến 12", "--month: “2023-13”: there are only months 01 to 12"),
        (
            ("--quarter", "5"),
            "--quarter nhận chẳng hạn 1, II, 2023-Q1",
            "--quarter takes for instance 1, II, 2023-Q1",
        ),
        (
            ("--unit", "so y tee"),
            "“so y tee” không có trong danh bạ nào; có phải “Sở Y tế”?",
            "“so y tee” is not in any register; did you mean “Sở Y tế”?",
        ),
        (
            ("--unit", "zzz"),
            "“zzz” không có trong danh bạ nào; xem danh sách: tdkt units",
            "“zzz” is not in any register; tdkt units lists them",
        ),
        (("--nope",), "không có tùy chọn --nope; xem tdkt --help", "there is no option --nope; see tdkt --help"),
    ],
)  # fmt: skip
def test_what_cannot_be_read(tdkt, project, typed, vi, en):
    folder = project()
    assert tdkt("list", *typed, folder=folder) == (2, "", f"tdkt: {vi}\n")
    assert tdkt("list", *typed, "--lang", "en", folder=folder) == (2, "", f"tdkt: {en}\n")


@pytest.mark.parametrize("option", ["--from", "--to"])
def test_a_period_in_place_of_a_day(office, option):
    ended = office("list", option, "2023-02")
    assert ended.code == 2
    assert "within" not in ended.err


def test_several_units_that_fit(office):
    assert office("list", "--unit", "sở") == (2, "", "tdkt: “sở” có thể là: Sở Y tế; Sở Tài chính\n")
    assert office("list", "--unit", "so ", "--lang", "en").err == "tdkt: “so ” is ambiguous: Sở Y tế; Sở Tài chính\n"


def test_more_units_than_a_line_holds_are_cut_off(tdkt):
    err = tdkt("list", "--unit", "so").err
    assert err.count(";") == 7
    assert err.endswith(" ...\n")


def test_no_candidate_stands_twice(tdkt):
    names = tdkt("list", "--unit", "so").err.partition(" có thể là: ")[2].removesuffix(" ...\n").split("; ")
    assert len(names) == len(set(names))


BROKEN = "tdkt: plan/1\nid: c\nperiod: 2023\nmonth: 2\n"


def test_files_left_out(tdkt, project):
    folder = project(**{"plans/c.yaml": BROKEN})
    for command in ("list", "due", "overdue", "show a/1", "units"):
        ended = tdkt(*command.split(), "--today", "2023-02-22", folder=folder)
        assert ended.code == 3, command
        assert ended.out, command  # the rest is shown
        *findings, last = ended.err.splitlines()
        assert last == "đã bỏ qua 1 tệp; xem đầy đủ: tdkt check"
        assert findings
        assert all(line.startswith("plans/c.yaml:") for line in findings)
    assert (
        tdkt("list", "--lang", "en", folder=folder).err.splitlines()[-1]
        == "1 file was left out; tdkt check shows everything"
    )


def test_an_unknown_plan_can_be_one_that_was_left_out(tdkt, project):
    ended = tdkt("list", "--plan", "c", folder=project(**{"plans/c.yaml": BROKEN}))
    assert ended.code == 2
    assert ended.err.splitlines()[-2:] == ["đã bỏ qua 1 tệp; xem đầy đủ: tdkt check", "tdkt: không có kế hoạch c"]
    assert ended.err.startswith("plans/c.yaml:")


def test_only_a_screenful_of_findings(tdkt, project):
    folder = project(**{f"plans/{name}.yaml": "x: 1\n" for name in "cdefghij"})
    lines = tdkt("list", folder=folder).err.splitlines()
    assert len(lines) == 6
    assert lines[-1] == "đã bỏ qua 8 tệp; xem đầy đủ: tdkt check"


def test_a_file_that_is_not_there(office):
    assert office("list", "plans/zzz.yaml") == (
        3,
        "",
        "plans/zzz.yaml:1:1: TDKT001 không có tệp này\nđã bỏ qua 1 tệp; xem đầy đủ: tdkt check\n",
    )


@pytest.mark.parametrize("folder", ["plans", "elsewhere"])
@pytest.mark.parametrize("command", ["list", "due", "overdue"])
def test_no_plans_at_all(tdkt, tmp_path, folder, command):
    (tmp_path / folder).mkdir()
    for lang, words in (
        (
            "vi",
            "TDKT001 ở đây không có kế hoạch nào; ghi tên tệp hoặc thư mục, hoặc chuyển đến thư mục có tdkt.toml",
        ),
        ("en", "TDKT001 there is no plan here; name a file or folder, or go to the folder of tdkt.toml"),
    ):
        for kind, out in ("table", ""), ("plain", ""), ("json", "[]\n"), ("jsonl", ""):
            ended = tdkt(command, "--format", kind, "--lang", lang, folder=tmp_path)
            assert ended == (3, out, f"plans:1:1: {words}\n")


@pytest.mark.parametrize("path", ["plans", "plans/a.yaml", "."])
def test_named_files_and_folders(office, path):
    assert "a/1#hop" in office("list", path).refs
    assert ("b/3" in office("list", path).refs) == (path != "plans/a.yaml")


@pytest.mark.parametrize("option", ["--month", "--quarter", "--from"])
def test_days_typed_short_are_of_the_year_of_today(office, option):
    typed = {"--month": "2", "--quarter": "1", "--from": "1/1"}[option]
    assert office("list", option, typed, "--to", "2023-12-31").refs
    assert not office("list", option, typed, today="2024-02-22").refs


def test_today_by_option_before_the_environment(tdkt, project):
    ended = tdkt("overdue", "--today", "22/2/2023", folder=project(), TDKT_TODAY="2023-02-20")
    assert ended.lines[0] == "Việc quá hạn tính đến thứ Tư 22/02/2023"


def test_today_by_the_environment(tdkt, project):
    folder = project()
    assert (
        tdkt("overdue", folder=folder, TDKT_TODAY="2023-02-20").lines[0] == "Việc quá hạn tính đến thứ Hai 20/02/2023"
    )
    assert tdkt("overdue", folder=folder, TDKT_TODAY="x").err.startswith("tdkt: TDKT_TODAY: “x” không phải là ngày")


@pytest.mark.parametrize(
    ("settings", "env", "typed", "lang"),
    [
        ("", {}, (), "vi"),
        ('lang = "en"\n', {}, (), "en"),
        ('lang = "en"\n', {"TDKT_LANG": "vi"}, (), "vi"),
        ("", {"TDKT_LANG": "en"}, (), "en"),
        ('lang = "en"\n', {"TDKT_LANG": "en"}, ("--lang", "vi"), "vi"),
        ("", {"TDKT_LANG": "vi"}, ("--lang=en",), "en"),
        ("", {"LANG": "en_US.UTF-8"}, (), "vi"),
    ],
)
def test_language_by_option_then_environment_then_settings(tdkt, project, settings, env, typed, lang):
    folder = project(**{"tdkt.toml": settings})
    words = {"vi": "Không có việc nào khớp\n", "en": "No deadline fits\n"}[lang]
    assert tdkt("list", "--text", "zzz", *typed, folder=folder, **env).out == words
    assert tdkt(*typed, "list", "--text", "zzz", folder=folder, **env).out == words


@pytest.mark.parametrize(("env", "typed"), [({}, ("--lang", "fr")), ({"TDKT_LANG": "fr"}, ())])
def test_a_language_that_is_not_spoken(tdkt, env, typed):
    assert tdkt("list", *typed, **env) == (2, "", "tdkt: tdkt không có ngôn ngữ “fr”; chỉ có vi, en\n")


def test_settings_that_are_wrong_are_told_and_left_out(tdkt, project):
    ended = tdkt("list", "--text", "zzz", folder=project(**{"tdkt.toml": 'lang = "fr"\n'}))
    assert (ended.code, ended.out) == (3, "Không có việc nào khớp\n")
    assert ended.err.startswith("tdkt.toml:1:1: TDKT0")
