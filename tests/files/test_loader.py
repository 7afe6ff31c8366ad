"""Loading goes on: past the first problem of a file, past a bad file, and whatever the bytes are."""

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tdkt_cli.core.findings import Severity
from tdkt_cli.core.text import UNSAFE
from tdkt_cli.render.findings.text import finding_text
from tdkt_cli.render.language import LANGUAGES, language
from tdkt_cli.schema.calendar import CalendarModel

FIVE = """\
tdkt: plan/1
id: Vi_Du
document:
  title: no
period: 2023
tasks:
  - id: PL1.3
    title: Họp
    exekutor: Sở Y tế
    deadlines:
      - before: 2023-02-31
    title: Họp Hội đồng
"""
SAID = [
    "plans/nam.yaml:2:5: TDKT016 an id has lower-case letters without accents and digits, joined by “-”, such as so-y-te",
    'plans/nam.yaml:4:10: TDKT013 put it in quotes: "no"; without them it is read as a number, a date or yes/no',
    "plans/nam.yaml:9:5: TDKT010 there is no key “exekutor” here; did you mean executor?",
    "plans/nam.yaml:11:17: TDKT015 “2023-02-31”: month 2 of 2023 has 28 days",
    "plans/nam.yaml:12:5: TDKT008 the key “title” appears here a second time, first on line 8; keep one",
]


def test_every_problem_of_a_file_is_found(load_bytes, lines_of):
    found = load_bytes(FIVE.encode()).findings
    assert sorted(lines_of(found, "en")) == sorted(line.replace("plans/nam", "k") for line in SAID)


def test_check_shows_every_problem_in_order(tdkt):
    code, out, err = tdkt({"tdkt.toml": 'lang = "en"\n', "plans/nam.yaml": FIVE}, "check")
    assert [line for line in out.splitlines() if line.startswith("plans/")] == SAID
    assert "\n1 file checked, 5 errors\n" in out
    assert (code, err) == (1, "the other commands do not read these files until they are fixed: plans/nam.yaml\n")


def test_a_bad_file_does_not_hide_the_others(workspace, plan_text):
    read = workspace({
        "tdkt.toml": "", "plans/a.yaml": plan_text("a"), "plans/b.yaml": FIVE, "plans/c.yaml": "[" * 1000,
        "plans/d.yaml": "\x00", "plans/e.yaml": plan_text("e"), "plans/units/r.yaml": "tdkt: units/1\n",
    })  # fmt: skip
    assert [plan.id for plan in read.plans] == ["a", "e"]
    assert read.left_out == ("plans/b.yaml", "plans/c.yaml", "plans/d.yaml", "plans/units/r.yaml")
    assert {one.file for one in read.findings} == set(read.left_out)
    assert len(read.files) == 6


def test_due_lists_the_others_and_says_what_is_left_out(tdkt, plan_text):
    files = {"a.yaml": plan_text("a"), "b.yaml": "tdkt: plan/2\n", "c.yaml": plan_text("c")}
    files = {"tdkt.toml": "", **{f"plans/{name}": text for name, text in files.items()}}
    code, out, err = tdkt(files, "due", "--lang", "en", "--format", "jsonl")
    assert [line.partition(",")[0] for line in out.splitlines()] == ['{"ref": "a/1"', '{"ref": "c/1"']
    assert err.splitlines() == [
        "plans/b.yaml:1:7: TDKT009 “plan/2” is not a kind of file; did you mean plan/1?",
        "1 file was left out; tdkt check shows everything",
    ]
    assert code == 3
    code, out, err = tdkt(files, "due")
    assert "Việc của a" in out
    assert err.splitlines()[-1] == "đã bỏ qua 1 tệp; xem đầy đủ: tdkt check"
    assert code == 3


def test_check_fails_for_what_is_left_out_and_passes_without(tdkt, plan_text):
    good = {"tdkt.toml": "", "plans/a.yaml": plan_text("a")}
    assert tdkt(good, "check", "plans/a.yaml")[0] == 0
    code, out, err = tdkt(good | {"plans/b.yaml": "tdkt: plan/2\n"}, "check")
    assert "plans/b.yaml:1:7: TDKT009 không có loại tệp “plan/2”; có phải plan/1?" in out
    assert (code, err) == (1, "Tệp phải sửa thì các lệnh khác mới đọc được: plans/b.yaml\n")
    assert tdkt(good, "check", "plans/none.yaml")[0] == 3


def sound(loaded, data):
    """A file gives either a model or an error; every finding lies in it and can be shown."""
    errors = [one for one in loaded.findings if one.severity is Severity.ERROR]
    assert bool(errors) == (loaded.model is None)
    text = data.decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n")
    lines = text.split("\n")
    for one in loaded.findings:
        assert 1 <= one.span.line <= len(lines)
        assert 1 <= one.span.column <= len(lines[one.span.line - 1]) + 1
        assert (one.span.line, one.span.column) <= (one.span.end_line, one.span.end_column)
        for code in LANGUAGES:
            shown = finding_text(one, language(code), colour=False)
            assert not UNSAFE.search(shown)
            assert len(shown.splitlines()) in {1, 3}
    if loaded.model is not None and not isinstance(loaded.model, CalendarModel):
        loaded.model.build(loaded.source)


fuzzed = settings(derandomize=True, database=None, deadline=None, max_examples=300)
WORDS = [
    "tdkt: plan/1\n", "tdkt: units/1\n", "id: a\n", "tasks:\n", "  - ", "deadlines", "by", ": ", ":", "\n", "  ", "- ", "[", "]",
    "{", "}", '"', "'", "&a ", "*a", "!b ", "? ", "| ", ">-", "# ", "# tdkt: ignore[TDKT101] a", "%", "@", "\t", "---", "...", "<<",
    "~", "2023-02-31", "1e3", "no", "Sở", "e\u0301", "\U0001f600", "\\", "\r", "\u2028", "\x00", "\ufeff", ",",
]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "[",
        "{a: b",
        "a: [b",
        "a: 'b",
        "a:\n  - [b\n\n",
        "{a: b\n# c",
        "a: |\n b\n[",
        "---\n",
        "---",
        "---\n\n",
        "%YAML 1.1\n---",
        "? ",
    ],
)
def test_the_end_of_a_file_without_a_last_line_end_lies_in_it(text, load_bytes):
    sound(load_bytes(text.encode()), text.encode())


@given(st.binary(max_size=300))
@fuzzed
def test_random_bytes(load_bytes, data):
    sound(load_bytes(data), data)


# These end in a line end; what ends without one has tests of its own below.
@given(st.lists(st.sampled_from(WORDS), max_size=40).map("".join))
@fuzzed
def test_random_yaml(load_bytes, text):
    sound(load_bytes(text.encode()), text.encode())
    text = "tdkt: plan/1\n" + text
    sound(load_bytes(text.encode()), text.encode())


@st.composite
def mutations(draw):
    """What to do to a file: on which line, and with what."""
    kinds = st.sampled_from(["cut line", "cut text", "repeat", "swap", "insert", "insert byte", "indent", "end"])
    number = st.integers(0, 10**6)
    return draw(st.lists(st.tuples(kinds, number, number, st.sampled_from(WORDS)), min_size=1, max_size=5))


def mutated(data, steps):
    for kind, first, second, words in steps:
        lines = data.split(b"\n")
        line, other = first % len(lines), second % len(lines)
        at = second % (len(lines[line]) + 1)
        if kind == "cut line":
            del lines[line]
        elif kind == "cut text":
            lines[line] = lines[line][:at]
        elif kind == "repeat":
            lines.insert(line, lines[other])
        elif kind == "swap":
            lines[line], lines[other] = lines[other], lines[line]
        elif kind == "insert":
            lines[line] = lines[line][:at] + words.encode() + lines[line][at:]
        elif kind == "insert byte":
            lines[line] = lines[line][:at] + bytes([first % 256]) + lines[line][at:]
        elif kind == "indent":
            lines[line] = b" " * (second % 9) + lines[line].lstrip()
        else:
            lines = [*lines[:line], lines[line][:at]]
        data = b"\n".join(lines)
    return data


@given(which=st.integers(0, 10**6), steps=mutations())
@settings(fuzzed, max_examples=150)
def test_mutated_files(bundled, load_bytes, which, steps):
    data = mutated(bundled[which % len(bundled)].read_bytes(), steps)
    sound(load_bytes(data), data)


def test_the_bundled_files_are_sound(bundled, load_bytes):
    assert len(bundled) >= 8
    for file in bundled:
        data = file.read_bytes()
        sound(load_bytes(data), data)
        assert load_bytes(data).findings == ()


def calls(run):
    """How many Python calls it takes, which grows as the time does but is the same on every machine."""
    count = 0

    def counted(_frame, event, _argument):
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        run()
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize(
    "many",
    [
        lambda n: 'note: "a"\n' * n,
        lambda n: "? a\n" * n,
        lambda n: "- a: b\n" * n,
        lambda n: "# tdkt: ignore[TDKT101] a\n" * n,
        lambda n: '- "a" # tdkt: ignore[TDKT101] b\n' * n,
        lambda n: "- [" + '" # tdkt: a", ' * n + "]\n",
        lambda n: "tdkt: plan/1\n" + "".join(f"{key}: a\n" for key in range(n)),
    ],
)
def test_twice_the_lines_take_twice_the_work(many, load_bytes):
    once, again = (calls(lambda n=n: load_bytes(many(n).encode())) for n in (300, 600))
    assert again < 2.5 * once
