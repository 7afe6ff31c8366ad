"""Bad input: every kind is refused where it stands, in words, in Vietnamese and in English; and what only looks odd is read."""

import os
import unicodedata
from datetime import date
from textwrap import dedent, indent

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tdkt_cli.core.findings import Finding, Severity, Span
from tdkt_cli.core.messages import msg
from tdkt_cli.files.loader import load
from tdkt_cli.files.parser import build
from tdkt_cli.files.reader import MAX_BYTES
from tdkt_cli.render.findings.text import finding_text
from tdkt_cli.render.language import language
from tdkt_cli.schema.scalars import Untyped

HEAD = """\
tdkt: plan/1
id: vi-du
document:
  title: Kế hoạch
period: 2023
"""
TASK = """\
tasks:
  - id: PL1.3
    title: Họp
    deadlines:
"""
KEYS = "id, section, title, content, timing, lead, executor, coordinator, advisor, deadlines, labels, note, review, former_ids, publish"
KINDS = "plan/1, units/1, calendar/1"


def deadline(lines):
    return HEAD + TASK + indent(dedent(lines).strip("\n"), " " * 6) + "\n"


def task(lines):
    return deadline("- by: 2023-02-20") + indent(dedent(lines).strip("\n"), " " * 4) + "\n"


LIST = (
    "TDKT012",
    "ở đây phải là danh sách: mỗi dòng một mục, bắt đầu bằng “- ”",
    "this must be a list: one item per line, each with “- ”",
)
MAPPING = (
    "TDKT012",
    "ở đây phải là các khóa kèm giá trị, mỗi dòng một khóa: “khóa: giá trị”",
    "this must have keys with values, one per line: “key: value”",
)
TEXT = ("TDKT012", "ở đây phải là chữ", "this must be text")
ONE_LINE = (
    "TDKT016",
    "chỉ được một dòng; nguyên văn để ở content",
    "this must be one line; the whole text belongs in content",
)
BODY = "tdkt: units/1\nid: a\nname: b\nbodies:\n  - id: x\n    name: {}\n"
WHOLE = ("TDKT012", "ở đây phải là số nguyên", "this must be a whole number")
FLAG = ("TDKT012", "ở đây phải là true hoặc false", "this must be true or false")
NO_VALUE = (
    "TDKT012",
    "ở đây chưa có giá trị; viết vào, hoặc bỏ khóa này",
    "there is no value here; write it, or leave the key out",
)
NO_TEXT = (
    "TDKT012",
    "ở đây chưa có chữ; viết vào, hoặc bỏ khóa này",
    "there is no text here; write it, or leave the key out",
)
EMPTY_LIST = (
    "TDKT012",
    "danh sách trống; viết ít nhất một mục, bắt đầu bằng “- ”",
    "this list is empty; write at least one item, each with “- ”",
)
TAG = (
    "TDKT006",
    "không dùng thẻ (“!...”); đặt giá trị trong ngoặc kép",
    "tags (“!...”) are not used here; put the value in quotes",
)
ANCHOR = (
    "TDKT006",
    "không dùng neo (“&...”); đặt giá trị trong ngoặc kép",
    "anchors (“&...”) are not used here; put the value in quotes",
)
ALIAS = (
    "TDKT006",
    "không dùng tham chiếu (“*tên”): viết hẳn giá trị ra",
    "aliases (“*name”) are not used here: write the value out",
)
MERGE = (
    "TDKT006",
    "không dùng khóa gộp (“<<”): viết hẳn các khóa ra",
    "merge keys (“<<”) are not used here: write the keys out",
)
DOCUMENTS = (
    "TDKT006",
    "mỗi tệp chỉ có một văn bản YAML: xóa dòng “---” hoặc tách tệp",
    "a file holds one document: delete the line “---” or split the file",
)
KEY_OF_TEXT = (
    "TDKT006",
    "khóa là chữ, không phải danh sách hay nhóm khóa; đặt trong ngoặc kép",
    "a key is plain text, not a list or mapping; put it in quotes",
)
TAB = (
    "TDKT005",
    "thụt đầu dòng bằng phím Tab; thay bằng dấu cách, mỗi cấp hai dấu cách",
    "the indentation contains a tab; use spaces, two for each level",
)
DEEP = ("TDKT007", "lồng sâu quá 24 cấp", "nested deeper than 24 levels")
BRACKETS = (
    "TDKT014",
    "không dùng ngoặc vuông, vì dấu phẩy thuộc về tên: viết tên như văn bản, cách nhau bằng “;”, hoặc mỗi dòng một tên với “- ”",
    "do not use brackets, since a comma belongs to a name: write the names as printed, separated by “;”, or one per line with “- ”",
)
NO_HEADER = ("TDKT009", f"thiếu khóa tdkt; viết một trong: {KINDS}", f"the key tdkt is missing; write one of: {KINDS}")
TASK_ID = (
    "TDKT016",
    "mã gồm chữ không dấu và số, nối bằng “.”, “-” hoặc “_”, ví dụ PL1.3",
    "an id has letters without accents and digits, joined by “.”, “-” or “_”, such as PL1.3",
)
SLUG = (
    "TDKT016",
    "mã gồm chữ thường không dấu và số, nối bằng “-”, ví dụ so-y-te",
    "an id has lower-case letters without accents and digits, joined by “-”, such as so-y-te",
)
NOT_UTF8 = (
    "TDKT003",
    "tệp không phải UTF-8 (byte {}); lưu lại bằng mã “UTF-8” trong trình soạn thảo",
    "the file is not UTF-8 (byte {}); save it as “UTF-8” in the editor",
)


def no_key(key, near):
    return (
        "TDKT010",
        f"ở đây không có khóa “{key}”; có phải {near}?",
        f"there is no key “{key}” here; did you mean {near}?",
    )


def no_task_key(key):
    return (
        "TDKT010",
        f"ở đây không có khóa “{key}”; các khóa là {KEYS}",
        f"there is no key “{key}” here; the keys are {KEYS}",
    )


def missing(key):
    return "TDKT011", f"ở đây thiếu khóa {key}", f"the key {key} is missing here"


def twice(key, line):
    return (
        "TDKT008",
        f"khóa “{key}” lặp lại, đã có ở dòng {line}; chỉ giữ một",
        f"the key “{key}” appears here a second time, first on line {line}; keep one",
    )


def quote(text):
    return (
        "TDKT013",
        f'đặt trong ngoặc kép: "{text}"; nếu không sẽ bị hiểu là số, ngày hoặc đúng/sai',
        f'put it in quotes: "{text}"; without them it is read as a number, a date or yes/no',
    )


def hidden(code):
    return (
        "TDKT004",
        f"ở đây có ký tự ẩn {code}; xóa nó đi",
        f"this is an invisible character, {code}; delete it",
    )


def one_of(choices):
    return "TDKT016", f"ở đây phải là một trong: {choices}", f"this must be one of: {choices}"


def fits_not(vi, en):
    return "TDKT016", vi, en


def not_yaml(vi, en):
    return "TDKT005", vi, en


def of_each(key):
    return (
        "TDKT017",
        f"với every, {key} ghi ở occurrences, theo từng ngày: 2023-01-31: {{{key}: ...}}",
        f"with every, write {key} under occurrences, by date: 2023-01-31: {{{key}: ...}}",
    )


DONE_CANCELLED = "TDKT017", "done và cancelled loại trừ nhau", "done and cancelled exclude each other"


def no_date(text):
    return (
        "TDKT015",
        f"“{text}” không phải là ngày: viết năm-tháng-ngày, ví dụ 2023-02-20",
        f"“{text}” is not a date: write year-month-day, as in 2023-02-20",
    )


def no_period(text):
    return (
        "TDKT015",
        f"“{text}” không phải là khoảng thời gian: viết 2023-06, 2023-Q2, 2023-H1, 2023, hoặc hai ngày hay hai tháng như 2023-02-01/2023-10-31",
        f"“{text}” is not a period: write 2023-06, 2023-Q2, 2023-H1, 2023, or two dates or months as in 2023-02-01/2023-10-31",
    )


def written_so(text, iso):
    return "TDKT015", f"“{text}” chưa đúng cách viết ngày: viết {iso}", f"“{text}” is not a date: write {iso}"


def no_month(text):
    return "TDKT015", f"“{text}”: tháng chỉ từ 01 đến 12", f"“{text}”: there are only months 01 to 12"


def february(text):
    return "TDKT015", f"“{text}”: tháng 2/2023 chỉ có 28 ngày", f"“{text}”: month 2 of 2023 has 28 days"


def no_year(year, text):
    return (
        "TDKT015",
        f"năm {year} trong “{text}” không nằm trong khoảng 1900 đến 2199",
        f"the year {year} in “{text}” is not between 1900 and 2199",
    )


def table(cases):
    """Parametrize over cases by name: a text with marks, and the finding at each mark."""
    return pytest.mark.parametrize("case", cases.values(), ids=cases.keys())


@table({
    "unknown": (task("»exekutor: Sở Y tế"), no_key("exekutor", "executor")),
    "unknown, nothing near": (task("»Ghi chú: a"), no_task_key("Ghi chú")),
    "unknown at the top": (deadline("- by: 2023-02-20") + "»secttions:\n  a: b\n", no_key("secttions", "sections")),
    "unknown in a deadline": (deadline("- by: 2023-02-20\n  »txt: a"), no_key("txt", "text")),
    "unknown in a completion": (deadline("- by: 2023-02-20\n  done: {date: 2023-02-18, »dokument: a}"), no_key("dokument", "document")),
    "unknown in a delivery": (deadline("- by: 2023-02-20\n  received:\n    Sở Y tế:\n      date: 2023-02-18\n      »dokument: a"), no_key("dokument", "document")),
    "missing at the top": ("»" + HEAD, missing("tasks")),
    "missing in a mapping": ("tdkt: plan/1\nid: a\n»document:\n  number: 1/KH\nperiod: 2023\ntasks: []\n", missing("title")),
    "missing in an item of a list": (HEAD + TASK.replace("- id: PL1.3\n    title: Họp", "- »title: Họp") + "      - by: 2023-02-20\n", missing("id")),
    "duplicate": (task("note: a\n»note: b"), twice("note", 11)),
    "duplicate, quoted": (task("note: a\nlabels:\n  - b\n»'note': b"), twice("note", 11)),
    "duplicate, twice": (task("note: a\n»note: b\n»note: c"), twice("note", 11), twice("note", 11)),
    "duplicate date": (deadline("- before: 2023-02-24\n  »before: 2023-02-28"), twice("before", 10)),
    "list as key": (task("? »[a]\n: b"), KEY_OF_TEXT),
})  # fmt: skip
def test_keys(case, refuses):
    refuses(*case)


def test_every_missing_key_is_named(load_bytes, lines_of):
    found = lines_of(load_bytes(b"tdkt: plan/1\nid: a\n").findings, "en")
    assert found == [f"k.yaml:1:1: TDKT011 the key {key} is missing here" for key in ("document", "period", "tasks")]


@table({
    "text for list": (task("labels: »quý I"), LIST),
    "mapping for list": (task("labels:\n  »a: b"), LIST),
    "mapping for parties": (task("executor:\n  »a: b"), LIST),
    "list for text": (task("note:\n  »- a"), TEXT),
    "mapping for text": (task("note:\n  »a: b"), TEXT),
    "mapping for an item": (task("labels:\n  - »a: b"), TEXT),
    "text for mapping": ("tdkt: plan/1\nid: a\ndocument: »Kế hoạch\nperiod: 2023\ntasks: []\n", MAPPING),
    "list for mapping": (HEAD + "sections:\n  »- a\ntasks: []\n", MAPPING),
    "text for a task": (HEAD + "tasks:\n  - »Họp\n", MAPPING),
    "list for date": (deadline("- by:\n    »- 2023-02-20"), ("TDKT015", "ở đây phải là ngày hoặc khoảng thời gian, ví dụ 2023-02-20", "this must be a date or period, such as 2023-02-20")),
    "words for number": (deadline("- by: 2023-02-20\n  dossier:\n    copies: »hai\n    items:\n      - a"), WHOLE),
    "fraction for number": (deadline("- by: 2023-02-20\n  dossier:\n    copies: »1.5\n    items:\n      - a"), WHOLE),
    "quoted number": (deadline("- by: 2023-02-20\n  dossier:\n    copies: »'2'\n    items:\n      - a"), WHOLE),
    "yes for true": (task("publish: »yes"), FLAG),
    "quoted true": (task("publish: »'true'"), FLAG),
    "lines for one line": (task("").replace("title: Họp", "title: »|-\n      a\n      b"), ONE_LINE),
    "none of the choices": (deadline("- every: FREQ=DAILY\n  bound: »until"), one_of("before, by, day")),
    "brackets around parties": (task("executor: »[Các quận, huyện, thị xã]"), BRACKETS),
    "brackets around one party": (task("lead: »[Sở Y tế]"), BRACKETS),
    "brackets in a deadline": (deadline("- by: 2023-02-20\n  who: »[a, b]"), BRACKETS),
})  # fmt: skip
def test_kinds_of_values(case, refuses):
    refuses(*case)


@table({
    "nothing": (task("note:»"), NO_VALUE),
    "nothing for list": (task("labels:»\nnote: a"), NO_VALUE),
    "tilde": (task("note: »~"), NO_VALUE),
    "null": (task("note: »null"), NO_VALUE),
    "nothing for an item": (task("labels:\n  -»"), NO_VALUE),
    "nothing for a date": (deadline("- by:»"), NO_VALUE),
    "nothing for a key": (task("»~: a"), NO_VALUE),
    "empty quotes": (task("note: »''"), NO_TEXT),
    "spaces in quotes": (task('note: »"  "'), NO_TEXT),
    "empty block": (task("note: »|\ntiming: a"), NO_TEXT),
    "empty quotes for a party": (task("executor: »''"), NO_TEXT),
    "empty quotes for an item": (task("executor:\n  - Sở Y tế\n  - »''"), NO_TEXT),
    "empty quotes for a date": (deadline("- by: »''"), no_date("")),
    "empty list": (HEAD + "tasks:\n  - id: a\n    title: b\n    deadlines: »[]\n", EMPTY_LIST),
})  # fmt: skip
def test_empty_values(case, refuses):
    refuses(*case)


@pytest.mark.parametrize("written", [";", "' ; ; '"])
def test_semicolons_alone_are_no_party(written, refuses):
    refuses(task(f"executor: »{written}"), NO_TEXT)
    refuses(deadline(f"- by: 2023-02-20\n  who: »{written}"), NO_TEXT)


def test_a_semicolon_at_the_end_adds_no_party(load_bytes):
    assert load_bytes(task("executor: Sở Y tế;").encode()).model.tasks[0].executor == ("Sở Y tế",)


@table({
    "title": (task("").replace("title: Họp", r'title: »"a\nb"'), ONE_LINE),
    "title, tab": (task("").replace("title: Họp", r'title: »"a\tb"'), ONE_LINE),
    "title of the document": (HEAD.replace("title: Kế hoạch", r'title: »"a\tb"') + "tasks: []\n", ONE_LINE),
    "number of the document": (HEAD.replace("title: ", 'number: »"1\\n2"\n  title: ') + "tasks: []\n", ONE_LINE),
    "section": (HEAD + 'sections:\n  a: »"x\\ny"\ntasks: []\n', ONE_LINE),
    "label": (task('labels:\n  - a\n  - »"a\\tb"'), ONE_LINE),
    "party": (task('executor: »"a\\nb; c"'), ONE_LINE),
    "party of a list": (task("executor:\n  - a\n  - »|-\n    b\n    c"), ONE_LINE),
    "what": (deadline('- by: 2023-02-20\n  what: »"a\\nb"'), ONE_LINE),
    "body": (BODY.format('»"a\\tb"\n    short: »"a\\nb"\n    aliases:\n      - »"a\\nb"'), *3 * [ONE_LINE]),
    "group": (BODY.replace("bodies", "groups").format('»"a\\nb"'), ONE_LINE),
})  # fmt: skip
def test_names_labels_and_headings_are_one_line(case, refuses):
    refuses(*case)


@pytest.mark.parametrize(
    "head", ["tdkt: units/1\nid: r\n", "tdkt: calendar/1\nid: vn\ndays: []\n"], ids=["units", "calendar"]
)
def test_the_name_of_a_register_or_calendar_is_one_line(head, refuses):
    refuses(head + 'name: »"a\\nb"\n', ONE_LINE)


def test_a_line_end_after_a_name_is_not_part_of_it(load_bytes):
    assert load_bytes(task("").replace("title: Họp", "title: |\n      Họp").encode()).model.tasks[0].title == "Họp"


@table({
    "31 February": (deadline("- before: »2023-02-31"), february("2023-02-31")),
    "31/02": (deadline("- before: »31/02/2023"), february("31/02/2023")),
    "day 0": (deadline("- by: »2023-02-00"), february("2023-02-00")),
    "dd/mm/yyyy": (deadline("- by: »20/02/2023"), written_so("20/02/2023", "2023-02-20")),
    "d.m.yyyy": (deadline("- day: »1.2.2023"), written_so("1.2.2023", "2023-02-01")),
    "yyyy-m-d": (deadline("- by: »2023-2-3"), written_so("2023-2-3", "2023-02-03")),
    "mm/dd/yyyy": (deadline("- by: »02/20/2023"), no_month("02/20/2023")),
    "month 13": (deadline("- by: »2023-13-01"), no_month("2023-13-01")),
    "month 13 alone": (deadline("- before: »2023-13"), no_month("2023-13")),
    "year 20233": (deadline("- by: »20233-02-20"), no_date("20233-02-20")),
    "year 20233 as period": (HEAD.replace("2023", "»20233") + "tasks: []\n", no_period("20233")),
    "year 3023": (deadline("- by: »3023-01-01"), no_year(3023, "3023-01-01")),
    "year 0000": (deadline("- by: »0000-01-01"), no_year(0, "0000-01-01")),
    "wide digits": (deadline("- by: »２０２３-02-20"), no_date("２０２３-02-20")),
    "a day alone": (deadline("- by: »15"), no_date("15")),
    "month for a day": (deadline("- by: »2023-02"), ("TDKT015", "“2023-02” là khoảng thời gian: ghi ở within", "“2023-02” is a period: put it under within")),
    "words": (deadline("- by: »cuối tháng 2"), no_date("cuối tháng 2")),
    "hour 25": (deadline("- by: »2023-02-20T25:00"), ("TDKT015", "không có giờ 25:00 trong ngày", "there is no time 25:00 in a day")),
    "quarter 5": (deadline("- within: »2023-Q5"), no_period("2023-Q5")),
    "interval in words": (deadline("- within: »15/3/2023 - 20/3/2023"), no_period("15/3/2023 - 20/3/2023")),
    "key that is a date": (deadline("- every: FREQ=DAILY\n  occurrences:\n    »2023-02-31:\n      note: a"), february("2023-02-31")),
})  # fmt: skip
def test_dates(case, refuses):
    refuses(*case)


@pytest.mark.parametrize(
    "scalar",
    ["no", "Yes", "on", "y", "true", "1", "01", "+1", "1_000", "1:30", "1.5", ".5", "1e3", "0x1F", "0o17", "0b1", "-.inf", ".NaN",
     "2023-02-20", "2023-2-3", "2023-02-20 17:00:00", "2023-02-20T17:00:00Z"],
)  # fmt: skip
def test_text_that_must_be_quoted(scalar, refuses, load_bytes):
    refuses(task(f"note: »{scalar}"), quote(scalar))
    refuses(task(f"labels:\n  - a\n  - »{scalar}"), quote(scalar))
    assert load_bytes(task(f"note: '{scalar}'").encode()).model.tasks[0].note == scalar


@pytest.mark.parametrize("scalar", ["no", "true", "01", "1.5", "2023-02-20"])
def test_a_correction_is_text_too(scalar, refuses, load_bytes):
    refuses(deadline(f"- by: 2023-02-20\n  correction: »{scalar}"), quote(scalar))
    for written in f"'{scalar}'", "''":  # an empty one is for the rules
        loaded = load_bytes(deadline(f"- by: 2023-02-20\n  correction: {written}").encode())
        assert loaded.model.tasks[0].deadlines[0].correction == written.strip("'")


@given(st.text("0123456789abfxoyYnNeEsS+-._:~tTzZ", min_size=1, max_size=12))
@settings(derandomize=True, database=None, deadline=None, max_examples=500)
def test_what_yaml_1_1_takes_for_something_else_is_not_text(scalar):
    tag = yaml.SafeLoader("").resolve(yaml.ScalarNode, scalar, (True, False)).removeprefix("tag:yaml.org,2002:")
    built = build(f"- {scalar}\n")
    if isinstance(built.data, list) and built.data and not isinstance(built.data[0], list | dict) and tag != "str":
        assert built.data[0] is None if tag == "null" else isinstance(built.data[0], Untyped)


@table({
    "several kinds": (deadline("- »by: 2023-02-20\n  before: 2023-02-24\n  waiting: a"), (
        "TDKT017",
        "mỗi thời hạn chỉ có một khóa ngày, ở đây có before, by, waiting; ngày khác thì ghi thành thời hạn khác",
        "a deadline must have exactly one of these keys, but has before, by, waiting; a second date is a second deadline",
    )),
    "companion alone": (deadline("- »by: 2023-02-20\n  bound: by"), ("TDKT017", "bound chỉ đi cùng every", "bound can only be used with every")),
    "every and done": (deadline("- »every: FREQ=DAILY\n  done: 2023-01-01"), of_each("done")),
    "every and received": (deadline("- »every: FREQ=DAILY\n  received:\n    Sở Y tế: 2023-01-01"), of_each("received")),
    "every and moved": (deadline("- »every: FREQ=DAILY\n  moved:\n    - by: 2023-01-01"), of_each("moved")),
    "done and cancelled": (deadline("- »by: 2023-02-20\n  done: 2023-01-01\n  cancelled: 2023-01-02"), DONE_CANCELLED),
    "move without date": (deadline("- by: 2023-02-20\n  moved:\n    - »reason: a"), ("TDKT017", "mỗi lần chuyển hạn có đúng một trong before, by, day, within", "a move has exactly one of before, by, day, within")),
    "quota without number": (deadline("- by: 2023-02-20\n  quota:\n    - »who: a\n      what: b"), ("TDKT017", "mỗi chỉ tiêu có đúng một trong max, min, exactly", "a quota has exactly one of max, min, exactly")),
    "working day and day off": ("tdkt: calendar/1\nid: vn\nname: a\ndays:\n  - »date: 2024-05-04\n    decision: a\n", ("TDKT017", "mỗi ngày có đúng một trong off: true, working: true", "a day has exactly one of off: true, working: true")),
})  # fmt: skip
def test_keys_that_exclude_each_other(case, refuses):
    refuses(*case)


def test_a_whole_recurrence_can_be_cancelled(load_bytes):
    (when,) = load_bytes(deadline("- every: FREQ=DAILY\n  cancelled: 2023-01-01").encode()).model.tasks[0].deadlines
    assert when.cancelled.date == date(2023, 1, 1)


def test_an_occurrence_is_not_done_and_cancelled(refuses):
    own = "    2023-01-31:\n      »done: 2023-01-01\n      cancelled: 2023-01-02"
    refuses(deadline(f"- every: FREQ=DAILY\n  occurrences:\n{own}"), DONE_CANCELLED)


@pytest.mark.parametrize("days", [-3660, 0, 3660])
def test_some_years_after_an_event(days, load_bytes):
    (after,) = load_bytes(deadline(f"- after:\n    event: a\n    days: {days}").encode()).model.tasks[0].deadlines
    assert after.after.days == days


@pytest.mark.parametrize("days", [-999999, -3661, 3661])
def test_too_many_years_after_an_event(days, refuses):
    refuses(
        deadline(f"- after:\n    event: a\n    days: »{days}"), ("TDKT016", "tối đa 3.660 ngày", "at most 3,660 days")
    )


@pytest.mark.parametrize("period", ["2023/2042", "2023-07/2043-06", "2023-07-15/2043-07-14"])
def test_a_plan_of_twenty_years(period, load_bytes):
    assert load_bytes((HEAD.replace("2023", period) + "tasks: []\n").encode()).findings == ()


@pytest.mark.parametrize("period", ["2023/2043", "2023/2044", "2023-07/2043-07", "2023-07-15/2043-07-15", "1900/2199"])
def test_a_plan_of_more_than_twenty_years(period, refuses):
    refuses(HEAD.replace("2023", f"»{period}") + "tasks: []\n", ("TDKT016", "tối đa 20 năm", "at most 20 years"))


def test_a_deadline_of_no_kind_is_read_as_waiting(load_bytes):
    when = load_bytes(deadline("- text: khi có hướng dẫn").encode()).model.tasks[0].deadlines[0].build((), None).when
    assert (when.kind, when.waiting, when.unread) == ("waiting", "khi có hướng dẫn", True)


@table({
    "python tag": (task("note: »!!python/name:os.system a"), TAG),
    "own tag": (task("note: »!foo a"), TAG),
    "tag of a list": (task("labels: »!!set\n  - a"), TAG),
    "tag of a key": (task("»!foo note: a"), TAG),
    "not specific tag": (task("note: »! a"), TAG),
    "documents": (deadline("- by: 2023-02-20") + "»---\ntdkt: plan/1\n", DOCUMENTS),
    "anchor": (task("note: »&a b"), ANCHOR),
    "anchor of a list": (task("labels: »&a\n  - b"), ANCHOR),
    "anchor and tag": (task("note: »»&a !b c"), TAG, ANCHOR),
    "anchor and alias": (task("note: »&a b\nlabels:\n  - »*a"), ANCHOR, ALIAS),
    "alias of nothing": ("»*a\n", ALIAS),
    "merge key": (deadline("- by: 2023-02-20\n  »<<: {text: a}"), MERGE),
    "alias bomb": (
        "»a: »&a [b, b]\n" + "".join(f"{key}: »&{key} [»*{last}, »*{last}]\n" for last, key in zip("acde", "cdef", strict=True)),
        NO_HEADER, ANCHOR, *4 * [ANCHOR, ALIAS, ALIAS],
    ),
})  # fmt: skip
def test_what_yaml_can_do_and_plans_do_not_need(case, refuses):
    refuses(*case)


@pytest.mark.parametrize(
    ("opening", "column"),
    [("[", 25), ("{", 25), ("- ", 49), ("? ", 49), ("[{", 25), ("{a: ", 97), ("- ? ", 49)],
)
def test_a_hundred_thousand_levels(opening, column, refuses):
    depth = 100_000
    text = opening * depth
    refuses(f"{text[: column - 1]}»{text[column - 1 :]}", DEEP)


def test_a_bomb_of_merge_keys_is_never_composed(load_bytes):
    lines = ["a0: &a0 {b: c}"] + [f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}" for n in range(1, 40)]
    found = load_bytes("\n".join(lines).encode()).findings
    assert {one.rule for one in found} == {"TDKT006"}
    assert len(found) <= 60


@table({
    "tab before a key": (deadline("- by: 2023-02-20") + "»\tnote: a\n", TAB),
    "tab before an item": (HEAD + "tasks:\n»\t- id: a\n", TAB),
    "colon in a value": (task("note: a»: b"), not_yaml("dấu “:” và dấu cách ở đây bị hiểu là khóa mới; đặt cả giá trị trong ngoặc kép", "a “:” followed by a space here begins a new key; put the whole value in quotes")),
    "open quotes": (task('note: »"a'), not_yaml("tệp kết thúc khi chưa đóng ngoặc; đóng ngoặc lại", "the file ends inside quotes or brackets; close them")),
    "open bracket": (task("labels: [»a"), not_yaml("dấu “[” chưa đóng; viết danh sách mỗi dòng một mục, bắt đầu bằng “- ”", "the “[” is not closed; write the list one item a line, each with “- ”")),
    "open brace": (task("labels: {a: »b"), not_yaml("dấu “{” chưa đóng; viết mỗi dòng một khóa", "the “{” is not closed; write one key a line")),
    "at sign": (task("note: »@a"), not_yaml("giá trị không thể bắt đầu bằng ký tự này; đặt giá trị trong ngoặc kép", "this character cannot begin a value; put the value in quotes")),
    "list beside its key": (task("labels: »- a"), not_yaml("danh sách bắt đầu ở dòng riêng, bên dưới khóa", "a list begins on a line of its own, below its key")),
    "key without colon": (task("note: a\n»timing\nlabels:\n  - a"), not_yaml("sau khóa phải có “:” và dấu cách, rồi đến giá trị", "a key must be followed by “:” and a space, then its value")),
    "unknown escape": (task(r'note: "a»\q"'), not_yaml("dấu “\\” có nghĩa riêng trong dấu nháy kép; dùng dấu nháy đơn (')", "“\\” has a meaning between double quotes; use single quotes")),
    "surrogate as escape": (task(r'note: "\u»d800"'), not_yaml("không phải YAML: found invalid Unicode character escape code", "this is not YAML: found invalid Unicode character escape code")),
    "YAML 2": ("»%YAML 2.0\n---\na: b\n", not_yaml("không phải YAML: found incompatible YAML document", "this is not YAML: found incompatible YAML document")),
})  # fmt: skip
def test_syntax(case, refuses):
    refuses(*case)


CONFLICT = not_yaml(
    "còn dấu xung đột của git; giữ lại một bản và xóa các dấu",
    "this is a git merge conflict; keep one version and delete the markers",
)


@table({
    "whole": (task("»<<<<<<< HEAD\nnote: a\n=======\nnote: b\n>>>>>>> nhánh").replace("    »<", "»<").replace("    =", "=").replace("    >", ">"), CONFLICT),
    "two": ("a: b\n»<<<<<<< HEAD\n>>>>>>> a\n<<<<<<< HEAD\n>>>>>>> a\n", CONFLICT),
    "its end": (task("note: a") + "»>>>>>>> 1a2b3c\n", CONFLICT),
    "without a name": ("»<<<<<<<\na: b\n", CONFLICT),
    "amid bad YAML": ("»<<<<<<< HEAD\n\t[\n", CONFLICT),
    "CRLF": ("a: b\r\n»<<<<<<< HEAD\r\n", CONFLICT),
})  # fmt: skip
def test_the_marks_of_a_merge_conflict_are_one_error(case, refuses):
    refuses(*case)


@pytest.mark.parametrize("text", ["<<<<<<< a", "a <<<<<<< b", "=======", ">>>>>>>> a"])
def test_what_only_resembles_a_merge_conflict_is_text(text, load_bytes):
    assert load_bytes(task(f"note: |-\n  {text}").encode()).model.tasks[0].note == text


HIDDEN = {
    "U+0000": r"\0", "U+0008": r"\b", "U+000D": r"\r", "U+001B": r"\e", "U+007F": r"\x7f", "U+0085": r"\N", "U+009B": r"\x9b",
    "U+00AD": r"\xad", "U+061C": r"\u061c", "U+200B": r"\u200b", "U+200F": r"\u200f", "U+2028": r"\L", "U+2029": r"\P",
    "U+202E": r"\u202e", "U+2066": r"\u2066", "U+FEFF": r"\ufeff", "U+FFFE": r"\ufffe", "U+E0041": r"\U000e0041",
}  # fmt: skip


CODES = {code: int(code.replace("U+", "0x"), 0) for code in HIDDEN}


@pytest.mark.parametrize(
    "around", ["note: a # b»{}c", "note: a»{}c", "note: 'a»{}c'", "no»{}te: a", "# »{}note: a", "note: |\n  a»{}c"]
)
@pytest.mark.parametrize("code", HIDDEN)
def test_hidden_characters(code, around, refuses):
    refuses(task(around.format(chr(CODES[code]))), hidden(code))


@pytest.mark.parametrize(("code", "escape"), HIDDEN.items())
def test_hidden_characters_as_escapes(code, escape, refuses):
    refuses(task(f'note: »"a{escape}b"'), hidden(code))
    refuses(deadline(f'- by: 2023-02-20\n  who:\n    - »"a{escape}b"'), hidden(code))


def test_a_key_after_a_hidden_line_end_is_not_read(refuses):
    refuses(
        deadline("- by: 2023-02-20 # a»\u2028  text: a\n  note: b»\x85»\rc"),
        *map(hidden, ["U+2028", "U+0085", "U+000D"]),
    )


@pytest.mark.parametrize(
    ("data", "place", "byte"),
    [
        ("tdkt: plan/1\nid: a # ngày\n".encode("latin-1"), "2:11", "0xe0"),
        ("tdkt: plan/1\n".encode("utf-16"), "1:1", "0xff"),
        ("# ngày ".encode() + b"\xed\xa0\x80", "1:8", "0xed"),
        (b"# \xc0\xaf", "1:3", "0xc0"),
        (b"a\r\nb: ng\xe1\xba", "2:6", "0xe1"),
        (b"\xef\xbb\xbf\xff", "1:1", "0xff"),
        (b"\xef\xbb\xbfa\nb\xff", "2:2", "0xff"),
    ],
)  # fmt: skip
def test_not_utf8(data, place, byte, load_bytes, lines_of):
    rule, vi, en = NOT_UTF8
    found = load_bytes(data).findings
    assert lines_of(found, "vi") == [f"k.yaml:{place}: {rule} {vi.format(byte)}"]
    assert lines_of(found, "en") == [f"k.yaml:{place}: {rule} {en.format(byte)}"]


def test_utf16_without_mark_is_refused(load_bytes):
    loaded = load_bytes(deadline("- by: 2023-02-20").encode("utf-16-le"))
    assert {one.rule for one in loaded.findings} & {"TDKT003", "TDKT004"}
    assert loaded.model is None


@table({
    "near": ("tdkt: »plan/2\n", ("TDKT009", "không có loại tệp “plan/2”; có phải plan/1?", "“plan/2” is not a kind of file; did you mean plan/1?")),
    "near units": ("tdkt: »unit/1\n", ("TDKT009", "không có loại tệp “unit/1”; có phải units/1?", "“unit/1” is not a kind of file; did you mean units/1?")),
    "unknown": ("tdkt: »zzz\n", ("TDKT009", f"không có loại tệp “zzz”; viết một trong: {KINDS}", f"“zzz” is not a kind of file; write one of: {KINDS}")),
    "number": ("tdkt: »1\n", ("TDKT009", f"không có loại tệp “1”; viết một trong: {KINDS}", f"“1” is not a kind of file; write one of: {KINDS}")),
    "missing": ("»id: a\n", NO_HEADER),
    "list": ("»- tdkt: plan/1\n", NO_HEADER),
    "text": ("»tdkt\n", NO_HEADER),
    "empty": ("»", NO_HEADER),
    "empty document": ("»---\n", NO_HEADER),
    "empty document in words": ("»--- ~\n", NO_HEADER),
    "empty documents": ("---\n»---\n", DOCUMENTS),
    "comments": ("»# tdkt: plan/1\n\n# id: a\n", NO_HEADER),
})  # fmt: skip
def test_headers(case, refuses):
    refuses(*case)


def rrule(vi, en):
    return "TDKT016", vi, en


@table({
    "no day": ("FREQ=MONTHLY", rrule("quy tắc lặp chưa nêu ngày: thêm chẳng hạn BYMONTHDAY=-1 (ngày cuối tháng) hoặc BYDAY=FR (thứ Sáu)", "the rule names no day: add for instance BYMONTHDAY=-1 (the last day of the month) or BYDAY=FR")),
    "frequency": ("FREQ=HOURLY", rrule("RRULE bắt đầu bằng FREQ=DAILY, WEEKLY, MONTHLY hoặc YEARLY", "an RRULE begins with FREQ=DAILY, WEEKLY, MONTHLY or YEARLY")),
    "words": ("hằng tháng", rrule("ở đây phải là RRULE (RFC 5545), ví dụ FREQ=MONTHLY;BYMONTHDAY=25 (ngày 25 hằng tháng) hoặc FREQ=WEEKLY;BYDAY=FR (thứ Sáu hằng tuần)", "this must be an RRULE (RFC 5545), such as FREQ=MONTHLY;BYMONTHDAY=25 or FREQ=WEEKLY;BYDAY=FR")),
    "unknown part": ("FREQ=MONTHLY;COUNT=3", rrule("“COUNT” không phải là phần của RRULE mà tdkt đọc được: FREQ, INTERVAL, BYMONTH, BYMONTHDAY, BYYEARDAY, BYDAY, BYSETPOS, UNTIL", "“COUNT” is not a part of an RRULE that tdkt reads: FREQ, INTERVAL, BYMONTH, BYMONTHDAY, BYYEARDAY, BYDAY, BYSETPOS, UNTIL")),
    "day 32": ("FREQ=MONTHLY;BYMONTHDAY=32", rrule("“BYMONTHDAY=32” không đúng theo RFC 5545", "“BYMONTHDAY=32” is not as RFC 5545 defines it")),
    "never": ("FREQ=MONTHLY;BYMONTHDAY=30;BYMONTH=2", rrule("không tháng nào trong số này có nhiều ngày như vậy", "none of these months has that many days")),
    "long": ("FREQ=DAILY" + ";" * 200, rrule("quy tắc lặp dài quá 200 ký tự", "the rule is longer than 200 characters")),
})  # fmt: skip
def test_recurrence_rules(case, refuses):
    rule, expected = case
    refuses(deadline(f"- every: »{rule}"), expected)


@table({
    "accent": (HEAD + TASK.replace("PL1.3", "»Mục-3") + "      - by: 2023-02-20\n", TASK_ID),
    "space": (HEAD + TASK.replace("PL1.3", "»PL 1") + "      - by: 2023-02-20\n", TASK_ID),
    "dot at the end": (HEAD + TASK.replace("PL1.3", "»'1.'") + "      - by: 2023-02-20\n", TASK_ID),
    "way out": (HEAD + TASK.replace("PL1.3", "»../a") + "      - by: 2023-02-20\n", TASK_ID),
    "wide digit": (HEAD + TASK.replace("PL1.3", "»１") + "      - by: 2023-02-20\n", TASK_ID),
    "line end": (HEAD + TASK.replace("PL1.3", r'»"a\n"') + "      - by: 2023-02-20\n", TASK_ID),
    "number": (HEAD + TASK.replace("PL1.3", "»9") + "      - by: 2023-02-20\n", quote("9")),
    "section": (HEAD + "sections:\n  »Mục 1: a\ntasks: []\n", TASK_ID),
    "plan": (HEAD.replace("vi-du", "»Vi_Du") + "tasks: []\n", SLUG),
    "plan, way out": (HEAD.replace("vi-du", "»../a") + "tasks: []\n", SLUG),
    "register": (HEAD + "units: »hà-nội\ntasks: []\n", SLUG),
    "body": ("tdkt: units/1\nid: a\nname: b\nbodies:\n  - id: »Sở\n    name: b\n", SLUG),
})  # fmt: skip
def test_ids(case, refuses):
    refuses(*case)


def huge(folder):
    with (folder / "huge").open("wb") as file:
        file.truncate(10**10)
    return folder / "huge"


def just_too_large(folder):
    (folder / "large").write_bytes(b"#" * (MAX_BYTES + 1))
    return folder / "large"


def pipe(folder):
    if not hasattr(os, "mkfifo"):
        pytest.skip("there are no pipes in folders here")
    os.mkfifo(folder / "pipe")
    return folder / "pipe"


def link(target):
    def make(folder):
        (folder / "link").symlink_to(target)
        return folder / "link"

    return make


@pytest.mark.parametrize(
    ("make", "rule", "vi", "en"),
    [
        (huge, "TDKT002", "tệp nặng 9536.7 MB, chỉ đọc tối đa 4 MB; tách kế hoạch ra", "the file has 9536.7 MB, at most 4 MB are read; split the plan"),
        (just_too_large, "TDKT002", "tệp nặng 4.0 MB, chỉ đọc tối đa 4 MB; tách kế hoạch ra", "the file has 4.0 MB, at most 4 MB are read; split the plan"),
        (pipe, "TDKT002", "đây không phải tệp thường", "this is not a regular file"),
        (lambda folder: folder, "TDKT001", "đây là thư mục, không phải tệp", "this is a folder, not a file"),
        (lambda folder: folder / "none.yaml", "TDKT001", "không có tệp này", "there is no such file"),
        (link("none.yaml"), "TDKT001", "không có tệp này", "there is no such file"),
        (link("../../outside"), "TDKT001", "liên kết này dẫn ra ngoài thư mục kế hoạch; đặt chính tệp vào đây", "this link leads out of the folder of the plans; put the file itself here"),
        (link("/dev/null"), "TDKT001", "liên kết này dẫn ra ngoài thư mục kế hoạch; đặt chính tệp vào đây", "this link leads out of the folder of the plans; put the file itself here"),
        (link("link"), "TDKT001", "liên kết này dẫn vòng về chính nó", "this link leads back to itself"),
    ],
    ids=["huge", "just too large", "pipe", "folder", "missing", "dangling link", "link out", "link to a device", "link loop"],
)  # fmt: skip
def test_files_that_are_not_read(make, rule, vi, en, tmp_path, lines_of):
    folder = tmp_path / "plans"
    folder.mkdir()
    loaded = load(make(folder), "k.yaml", folder)
    assert lines_of(loaded.findings, "vi") == [f"k.yaml:1:1: {rule} {vi}"]
    assert lines_of(loaded.findings, "en") == [f"k.yaml:1:1: {rule} {en}"]
    assert loaded.model is None


def test_a_file_of_the_largest_size_is_read(tmp_path):
    text = deadline("- by: 2023-02-20").encode()
    (tmp_path / "a.yaml").write_bytes(text + b"#" * (MAX_BYTES - len(text)))
    assert load(tmp_path / "a.yaml", "a.yaml").model.id == "vi-du"


TWO = unicodedata.normalize("NFD", "é")  # two characters in one cell
SHOWN = {
    "key": ("vi", task("exekutor: Sở Y tế"), """\
        k.yaml:11:5: TDKT010 ở đây không có khóa “exekutor”; có phải executor?
          11 | exekutor: Sở Y tế
             | ^^^^^^^^"""),
    "date": ("en", deadline("- before: 2023-02-31 # tháng Hai"), """\
        k.yaml:10:17: TDKT015 “2023-02-31”: month 2 of 2023 has 28 days
          10 | - before: 2023-02-31 # tháng Hai
             |           ^^^^^^^^^^"""),
    "hidden": ("vi", task("note: a\x1b]52;c\u202e"), """\
        k.yaml:11:12: TDKT004 ở đây có ký tự ẩn U+001B; xóa nó đi
          11 | note: a^[]52;c\\u202e
             |        ^^
        k.yaml:11:18: TDKT004 ở đây có ký tự ẩn U+202E; xóa nó đi
          11 | note: a^[]52;c\\u202e
             |               ^^^^^^"""),
    "wide and combining": ("en", task(f'"{TWO}漢字": a'), f"""\
        k.yaml:11:5: TDKT010 there is no key “{TWO}漢字” here; the keys are {KEYS}
          11 | "{TWO}漢字": a
             | ^^^^^^^"""),
    "tab": ("vi", HEAD + "tasks:\n\t- id: a\n", """\
        k.yaml:7:1: TDKT005 thụt đầu dòng bằng phím Tab; thay bằng dấu cách, mỗi cấp hai dấu cách
          7 | - id: a
            | ^"""),
    "far right": ("en", task(f"note: {'a' * 150} \x00 {'b' * 150}"), f"""\
        k.yaml:11:162: TDKT004 this is an invisible character, U+0000; delete it
          11 | …{'a' * 49} ^@ {'b' * 48}…
             |  {' ' * 50}^^"""),
    "long value": ("en", task(f"labels: {'a' * 150}"), f"""\
        k.yaml:11:13: TDKT012 this must be a list: one item per line, each with “- ”
          11 | labels: {'a' * 92}…
             |         {'^' * 92}"""),
    "nothing to show": ("en", "", "k.yaml:1:1: TDKT009 the key tdkt is missing; write one of: plan/1, units/1, calendar/1"),
}  # fmt: skip


@pytest.mark.parametrize(("code", "text", "shown"), SHOWN.values(), ids=SHOWN)
def test_excerpt_and_caret(code, text, shown, load_bytes):
    found = load_bytes(text.encode()).findings
    assert "\n".join(finding_text(one, language(code), colour=False) for one in found) == dedent(shown)


@pytest.mark.parametrize(
    ("char", "spelled"), [("\r\r", "^M"), ("\x1f", "^_"), ("\x85", r"\u0085"), ("\u2028", r"\u2028")]
)
def test_excerpt_shows_a_hidden_character_at_the_end_of_a_line(char, spelled, load_bytes):
    found = load_bytes(task(f"note: a{char}").encode()).findings[0]
    assert f"note: a{spelled}\n" in finding_text(found, language("en"), colour=False)


NFC, NFD = (unicodedata.normalize(form, "Sở Y tế") for form in ("NFC", "NFD"))
COMMENTED = """\
# a
tdkt: plan/1 # b
# c
id: vi-du
document: # d
  # e
  title: Kế hoạch # f
period: 2023
tasks:
# g
  - id: PL1.3
    # h
    title: Họp
    deadlines: # i
      - by: 2023-02-20
        # j
# k"""


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + deadline("- by: 2023-02-20").encode(),
        deadline("- by: 2023-02-20").replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + deadline("- by: 2023-02-20").replace("\n", "\r\n").encode(),
        b"---\n" + deadline("- by: 2023-02-20").encode() + b"...\n",
        COMMENTED.encode(),
        deadline("- by: 2023-02-20").replace("id:", '"id":').replace("by:", "'by':").encode(),
        deadline("- {by: 2023-02-20}").encode(),
        deadline("- by: '2023-02-20'").encode(),
        deadline('- by: "2023-02-\\\n      20"').encode(),
        unicodedata.normalize("NFD", deadline("- by: 2023-02-20")).encode(),
    ],
    ids=["BOM", "CRLF", "BOM and CRLF", "document marks", "comments", "quoted keys", "flow", "quoted date", "continued", "NFD"],
)  # fmt: skip
def test_accepted(data, load_bytes):
    loaded = load_bytes(data)
    assert loaded.findings == ()
    plan = loaded.model.build(loaded.source)
    assert (plan.id, plan.tasks[0].id, plan.tasks[0].deadlines[0].when.end.isoformat()) == (
        "vi-du",
        "PL1.3",
        "2023-02-20",
    )
    assert unicodedata.normalize("NFC", plan.tasks[0].title) == "Họp"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("|-\n  a\n\n  b # c", "a\n\nb # c"),
        ("|\n  a: b\n", "a: b\n"),
        (">-\n  a\n  b\n\n  c", "a b\nc"),
        ("'a: ''b'''", "a: 'b'"),
        (r'"\x41\t\"b\" \u1ebf"', 'A\t"b" ế'),
        ("a#b", "a#b"),
        ("😀 → “a”", "😀 → “a”"),
        ("2023-02-20 đến 2023-02-28", "2023-02-20 đến 2023-02-28"),
        (NFC, NFC),
        (NFD, NFD),
    ],
)
def test_text_is_read_as_written(written, read, load_bytes):
    loaded = load_bytes(task(f"note: {written}").encode())
    assert loaded.findings == ()
    assert loaded.model.tasks[0].note == read


@pytest.mark.parametrize("registered", [NFC, NFD])
@pytest.mark.parametrize("named", [NFC, NFD])
def test_names_are_compared_as_nfc(registered, named, load_bytes):
    loaded = load_bytes(f"tdkt: units/1\nid: r\nname: R\nbodies:\n  - id: so-y-te\n    name: {registered}\n".encode())
    register = loaded.model.build(loaded.source)
    assert register.resolve(named, date(2023, 1, 1)).id == "so-y-te"
    assert [party.id for party in register.search(named)] == ["so-y-te"]


def test_positions_hold_with_mark_and_crlf(load_bytes, lines_of):
    text = "\ufeff" + task("exekutor: a").replace("\n", "\r\n")
    assert lines_of(load_bytes(text.encode()).findings, "en") == [
        "k.yaml:11:5: TDKT010 there is no key “exekutor” here; did you mean executor?"
    ]
    assert lines_of(load_bytes("\ufeffa\u202e\r\n".encode()).findings, "en") == [
        "k.yaml:1:2: TDKT004 this is an invisible character, U+202E; delete it"
    ]


@pytest.mark.parametrize(
    ("severity", "vi", "en"),
    [
        (Severity.ERROR, "", ""),
        (Severity.WARNING, " [cảnh báo]", " [warning]"),
        (Severity.INFO, " [lưu ý]", " [note]"),
    ],
)
def test_what_is_less_than_an_error_says_so_at_the_end(severity, vi, en, lines_of):
    found = [Finding("TDKT203", severity, msg("there is no such file"), "k.yaml", Span(3, 5, 3, 9))]
    assert lines_of(found, "vi") == [f"k.yaml:3:5: TDKT203 không có tệp này{vi}"]
    assert lines_of(found, "en") == [f"k.yaml:3:5: TDKT203 there is no such file{en}"]
