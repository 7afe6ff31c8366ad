"""The help, the version, and what is typed that the program itself does not know."""

import platform
import re
from importlib import metadata

import pytest

from tdkt_cli.app import COMMANDS

FILTERS = {
    "unit",
    "role",
    "plan",
    "section",
    "state",
    "kind",
    "text",
    "from",
    "to",
    "month",
    "quarter",
    "sort",
    "group-by",
}
COMMON = {"lang", "help"}
WRITING = COMMON | {"dry-run", "commit", "today"}
CHOOSING = FILTERS - {"sort", "group-by"}
EDITS = CHOOSING | WRITING
OPTIONS = {
    "add": COMMON
    | {
        "id",
        "section",
        "heading",
        "title",
        "content",
        "lead",
        "executor",
        "coordinator",
        "advisor",
        "text",
        "before",
        "by",
    }
    | {
        "day",
        "within",
        "every",
        "waiting",
        "ongoing",
        "deadline-id",
        "what",
        "who",
        "note",
        "first-id",
        "commit",
        "dry-run",
        "today",
    },
    "init": COMMON | {"ci"},
    "new": COMMON
    | {"title", "year", "issuer", "number", "issued", "place", "signer", "units", "output", "dry-run", "today"},
    "due": FILTERS | COMMON | {"days", "format", "today"},
    "overdue": FILTERS | COMMON | {"format", "today"},
    "list": FILTERS | COMMON | {"format", "today"},
    "show": COMMON | {"format", "today"},
    "check": COMMON
    | {"select", "ignore", "statistics", "format", "output", "today", "strict", "fail-on", "fix", "notes"}
    | {"diff", "unsafe-fixes", "changed-since", "stdin-filename"},
    "fmt": COMMON | {"check", "diff", "stdin-filename"},
    "done": EDITS | {"on", "document", "note"},
    "undone": EDITS,
    "move": EDITS | {"as", "on", "document", "reason"},
    "unmove": EDITS,
    "received": WRITING | {"on", "document", "note"},
    "unreceived": WRITING,
    "missing": CHOOSING | COMMON | {"format", "today"},
    "cancel": EDITS | {"on", "document", "reason"},
    "uncancel": EDITS,
    "occurred": EDITS,
    "note": WRITING | {"replace"},
    "undo": WRITING,
    "roll": COMMON | {"year", "id", "output", "working-days", "dry-run"},
    "diff": COMMON | {"format", "plan", "exit-code"},
    "log": COMMON | {"format"},
    "read": COMMON | {"format", "jsonl", "year"},
    "workdays": COMMON | {"format", "today"},
    "units": COMMON | {"format", "today"},
    "export": CHOOSING | COMMON | {"output", "previous", "span", "lead-days", "done", "name", "domain", "url", "today"},
    "publish": COMMON | {"no-cache", "previous", "role", "span", "lead-days", "done", "name", "domain", "url"},
    "rule": COMMON | {"format"},
    "doctor": COMMON | {"format"},
    "schema": COMMON | {"write"},
    "completion": COMMON,
}
ENGLISH = [
    "Usage:",
    "Options:",
    "Arguments:",
    "Commands:",
    "Show",
    "Only",
    "Last day",
    "The ",
    "How",
    "List",
    "Print",
    "Check",
    "required",
]
PHRASE = '"trước ngày 15/3/2023"'  # an example of what is read
METAVARS = re.compile(r"TDKT\d+|JSON Schema")


def words(text):
    """The text on one line, as it would stand on a terminal wide enough."""
    return " ".join(text.split())


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_is_explained(tdkt, command, lang):
    ended = tdkt("--lang", lang, command, "--help")
    assert (ended.code, ended.err) == (0, "")
    listed = ended.out.partition({"vi": "Tùy chọn:", "en": "Options:"}[lang])[2]
    listed, _, examples = listed.partition({"vi": "Ví dụ:", "en": "Examples:"}[lang])
    assert 1 <= len(re.findall(rf"^  tdkt {command}\b.*\n      \S", examples, re.MULTILINE)) <= 4
    found = re.findall(r"^  (?:-[a-z], )?--([a-z-]+)", listed, re.MULTILINE)
    assert sorted(found) == sorted(OPTIONS[command])
    explained = re.split(r"^  --[a-z-]+", listed, flags=re.MULTILINE)[1:]
    assert all(len(text.split()) >= 3 for text in explained)  # at least two words beside what is typed


@pytest.mark.parametrize("command", COMMANDS)
def test_vietnamese_help_has_no_english_words(tdkt, command):
    text = METAVARS.sub("", words(tdkt(command, "--help").out))
    assert [word for word in ENGLISH if word in text] == []
    assert text.startswith("Cách dùng: tdkt ")
    assert "Tùy chọn: " in text


@pytest.mark.parametrize("command", ["units", "rule"])
def test_defaults_are_said_in_vietnamese(tdkt, command):
    assert "[mặc định: text]" in words(tdkt(command, "--help").out)


@pytest.mark.parametrize("columns", ["30", "80", "200"])
@pytest.mark.parametrize("command", COMMANDS)
def test_no_default_is_said_in_english(tdkt, command, columns):
    assert "[default" not in words(tdkt(command, "--help", COLUMNS=columns).out)


@pytest.mark.parametrize("command", ["due", "overdue", "list"])
def test_the_role_unless_said_stands_in_the_explanation(tdkt, command):
    vietnamese, english = (words(tdkt("--lang", lang, command, "--help").out) for lang in ("vi", "en"))
    assert "[mặc định: " not in vietnamese
    assert "[default: " not in english
    assert "The role of --unit; by default, whatever binds it." in english


@pytest.mark.parametrize("command", COMMANDS)
def test_english_help(tdkt, command):
    text = words(tdkt("--lang", "en", command, "--help").out)
    assert text.startswith(f"Usage: tdkt {command} ")
    text = text.partition("Examples:")[0]  # where names from the plans stand
    assert text.replace(PHRASE, "").isascii()


def test_the_commands(tdkt):
    for lang, heading in (("vi", "Xem:"), ("en", "Look:")):
        listed = tdkt("--lang", lang, "--help").out.partition(f"{heading}\n")[2]
        assert re.findall(r"^  ([a-z]+)  +\S", listed, re.MULTILINE) == list(COMMANDS)
    assert re.findall(r"^\w[\w, ]*:$", tdkt("--help").out, re.MULTILINE) == [
        "Tùy chọn:",
        "Xem:",
        "Ghi tiến độ:",
        "Lập kế hoạch:",
        "Kiểm tra, xem lại:",
        "Công bố:",
        "Cài đặt:",
        "Ví dụ:",
    ]
    assert "Deadlines of government work plans" in tdkt("--lang", "en", "--help").out
    vietnamese = words(tdkt("--help").out)
    assert [word for word in ENGLISH if word in METAVARS.sub("", vietnamese)] == []


def test_without_a_command_the_help_goes_to_the_error_stream(tdkt):
    ended = tdkt()
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("Cách dùng: tdkt ")


@pytest.mark.parametrize(
    ("lang", "last"),
    [
        ("vi", "Khi báo lỗi, xin gửi kèm các dòng này và kết quả của tdkt doctor."),
        ("en", "To report a bug, send these lines and the output of tdkt doctor."),
    ],
)
def test_the_version(tdkt, lang, last):
    ended = tdkt("--lang", lang, "--version")
    assert (ended.code, ended.err) == (0, "")
    version, python, libraries, report = ended.lines
    assert re.fullmatch(r"tdkt \d+\.\d+\.\d+\S*", version)
    assert python == f"Python {platform.python_version()}, {platform.platform()}"
    assert f"pydantic {metadata.version('pydantic')}, typer {metadata.version('typer')}, " in libraries
    assert report == last


@pytest.mark.parametrize(
    ("command", "vi", "en"),
    [
        ("check", "0 đạt 1 không đạt 3 có tệp", "0 the check passes 1 the check fails 3 a file"),
        ("diff", "1 với --exit-code: có khác biệt", "1 with --exit-code: there are differences"),
        ("fmt", "1 với --check: có tệp chưa ở dạng chuẩn", "1 with --check: some are not"),
        ("doctor", "0 không có gì sai 1 có chỗ sai", "0 nothing is wrong 1 something is wrong"),
    ],
)
def test_exit_codes(tdkt, command, vi, en):
    assert vi in words(tdkt(command, "--help").out).partition("Mã thoát: ")[2]
    assert en in words(tdkt("--lang", "en", command, "--help").out).partition("Exit codes: ")[2]


@pytest.mark.parametrize(
    ("typed", "vi", "en"),
    [
        (["lsit"], "không có lệnh “lsit”; có phải list?", "there is no command “lsit”; did you mean list?"),
        (["zzzz"], "không có lệnh “zzzz”; xem tdkt --help", "there is no command “zzzz”; see tdkt --help"),
        (["due", "--days"], "--days cần một giá trị; xem tdkt --help", "--days needs a value; see tdkt --help"),
        (
            ["due", "--dayz", "3"],
            "không có tùy chọn --dayz; có phải --days?",
            "there is no option --dayz; did you mean --days?",
        ),
        (["--nope"], "không có tùy chọn --nope; xem tdkt --help", "there is no option --nope; see tdkt --help"),
        (
            ["rule", "TDKT203", "x"],
            "thừa chữ: x; đặt các chữ đi cùng nhau trong ngoặc kép",
            "too many words: x; put words that belong together in quotes",
        ),
    ],
)
def test_what_the_program_does_not_know(tdkt, typed, vi, en):
    assert tdkt(*typed) == (2, "", f"tdkt: {vi}\n")
    assert tdkt("--lang", "en", *typed) == (2, "", f"tdkt: {en}\n")


@pytest.mark.parametrize(("lang", "words"), [("vi", "--strict không nhận giá trị"), ("en", "--strict takes no value")])
def test_a_flag_with_a_value(tdkt, lang, words):
    assert tdkt("check", "--strict=1", "--lang", lang) == (2, "", f"tdkt: {words}\n")
