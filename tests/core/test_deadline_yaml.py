"""What is written as lines of a plan is read back as what it was."""

import datetime as dt
from pathlib import Path
from textwrap import indent

import pytest
import yaml
from hypothesis import assume, example, given
from hypothesis import strategies as st

from tdkt_cli.core.deadline_yaml import party_lines, scalar, slug, when_lines
from tdkt_cli.core.plan import Event, When
from tdkt_cli.core.text import UNSAFE, one_line
from tdkt_cli.files.loader import load_text

TASK = """\
tdkt: plan/1
id: a
document:
  title: Kế hoạch
period: 2023
tasks:
  - id: "1"
    title: Họp
    deadlines:
      -
"""
SIGNS = "-?:,[]{}#&*!|>'\"%@` ~.0123456789eExXoObBaAfF_+nyNYtTrufalsON\\/=<()—“”ếđ\u0301\u00a0\u3000\t\n"
LOOK_ALIKES = [
    "true", "False", "YES", "no", "On", "off", "y", "N", "null", "Null", "~", "=", "<<", "---", "...", "- a", "? a", ": a", "a:", "a: b",
    "a #b", "#a", "&a", "*a", "!a", "!!str a", "%a", "@a", "`a", "|", ">-", "[a]", "{a: b}", "a]", "'a'", '"a"', 'a "b"', "a\\nb", "0", "-1",
    "+1", "1.5", ".5", "1.", "1e3", "1_000", "017", "0o17", "0x1F", "0xff", "0b11", "12:30", "1:2:3", ".inf", "-.INF", ".nan", "2023-02-21",
    "2023-02-21T17:00", "2023-02-21 17:00:00Z", "2023", "15/3/2023", "98/2023/NĐ-CP", "12 quận", "a: ", " a", "a\n\nb",
]  # fmt: skip
texts = st.one_of(
    st.sampled_from(LOOK_ALIKES),
    st.text(st.one_of(st.sampled_from(SIGNS), st.characters(exclude_categories=["Cs"])), max_size=30),
    st.from_regex(r"[-+]?[0-9_.,eExXob:TZ -]{1,12}", fullmatch=True),
)
years = (dt.date(1900, 1, 1), dt.date(2199, 12, 31))
dates = st.dates(*years)
pairs = st.tuples(dates, dates).map(sorted)
times = st.times().map(lambda time: time.replace(second=0, microsecond=0, tzinfo=None))
words = texts.filter(lambda text: one_line(text) and not UNSAFE.search(one_line(text))).map(one_line)
whens = st.one_of(
    st.builds(lambda end: When(kind="before", end=end), dates),
    st.builds(
        lambda end, time, loose: When(kind="by", end=end, time=time, approximate=loose),
        dates, st.none() | times, st.booleans(),
    ),
    st.builds(lambda end, loose: When(kind="day", end=end, approximate=loose), dates, st.booleans()),
    st.builds(
        lambda pair, loose: When(kind="within", start=pair[0], end=pair[1], approximate=loose), pairs, st.booleans()
    ),
    st.builds(
        lambda rule, bound: When(kind="every", rrule=rule, bound=bound),
        st.sampled_from(["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,FR", "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1"]),
        st.sampled_from(["before", "by", "day"]),
    ),
    st.builds(
        lambda event, days, unit, occurred: When(
            kind="after", event=Event(event=event, days=days, unit=unit, occurred=occurred)
        ),
        words, st.integers(-3660, 3660), st.sampled_from(["working", "calendar"]), st.none() | dates,
    ),
    st.just(When(kind="ongoing")),
    st.builds(lambda pair: When(kind="ongoing", start=pair[0], end=pair[1]), pairs),
    st.builds(lambda start: When(kind="ongoing", start=start), dates),
    st.builds(lambda end: When(kind="ongoing", end=end), dates),
    st.builds(lambda text: When(kind="waiting", waiting=text), words),
)  # fmt: skip


def loaded(lines):
    """The deadline of a plan that has these lines."""
    text = TASK.removesuffix("-\n") + indent("\n".join(lines), " " * 8).replace(" " * 8, "- ", 1) + "\n"
    read = load_text(text, Path("a.yaml"), "a.yaml")
    assert read.model, f"{read.findings[0].message}\n{text}"
    ((_, deadline),) = read.model.build(read.source).deadlines()
    return deadline


@given(texts)
def test_a_text_is_read_back_as_one_line(text):
    assume(one_line(text) and not UNSAFE.search(one_line(text)))
    assert loaded(["by: 2023-02-21", f"what: {scalar(text)}"]).what == one_line(text)


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_what_yaml_takes_for_something_else_is_read_back(text):
    assert loaded(["by: 2023-02-21", f"what: {scalar(text)}"]).what == one_line(text)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
@example("a\x00b")
@example("\x1b[31m")
@example("\x9b\u202e\ufeff\u2028")
@example("\U000e0041")
def test_what_does_not_show_is_spelled_so_that_any_yaml_reads_it(text):
    written = scalar(text)
    assert UNSAFE.search(written) is None
    assert yaml.BaseLoader(f"what: {written}").get_single_data() == {"what": one_line(text)}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Sở Y tế", "Sở Y tế"),
        ("Các quận, huyện, thị xã", "Các quận, huyện, thị xã"),
        ("trước ngày 15/3/2023", "trước ngày 15/3/2023"),
        ("15/3/2023", "15/3/2023"),
        ("98/2023/NĐ-CP", "98/2023/NĐ-CP"),
        ("“Người tốt, việc tốt”", "“Người tốt, việc tốt”"),
        ("(Sở Y tế trình)", "(Sở Y tế trình)"),
        ("họp\n  Hội đồng", "họp Hội đồng"),
        ("Họp: xét", '"Họp: xét"'),
        ("Sở A #1", '"Sở A #1"'),
        ("[Sở Y tế]", '"[Sở Y tế]"'),
        ("- trình", '"- trình"'),
        ('"Người tốt"', r'"\"Người tốt\""'),
        ("2023", '"2023"'),
        ("17:00", '"17:00"'),
        ("không", "không"),
        ("No", '"No"'),
        ("", '""'),
    ],
)
def test_quotes_only_where_they_must_be(text, written):
    assert scalar(text) == written


@given(whens)
def test_when_it_is_is_read_back(when):
    assert loaded(when_lines(when)).when == when


@pytest.mark.parametrize(
    ("when", "lines"),
    [
        (When(kind="before", end=dt.date(2023, 2, 21)), ["before: 2023-02-21"]),
        (When(kind="by", end=dt.date(2023, 2, 21), time=dt.time(17)), ["by: 2023-02-21T17:00"]),
        (When(kind="day", end=dt.date(2023, 6, 11), approximate=True), ["day: 2023-06-11", "approximate: true"]),
        (When(kind="within", start=dt.date(2023, 4, 1), end=dt.date(2023, 6, 30)), ["within: 2023-Q2"]),
        (When(kind="every", rrule="FREQ=MONTHLY;BYMONTHDAY=25"), ["every: FREQ=MONTHLY;BYMONTHDAY=25"]),
        (
            When(kind="every", rrule="FREQ=MONTHLY;BYMONTHDAY=25", bound="before"),
            ["every: FREQ=MONTHLY;BYMONTHDAY=25", "bound: before"],
        ),
        (
            When(kind="after", event=Event(event="nhận: đủ hồ sơ", days=10, unit="working")),
            ["after:", '  event: "nhận: đủ hồ sơ"', "  days: 10", "  unit: working"],
        ),
        (
            When(kind="after", event=Event(event="kỳ họp", days=-15, occurred=dt.date(2023, 7, 4))),
            ["after:", "  event: kỳ họp", "  days: -15", "  occurred: 2023-07-04"],
        ),
        (When(kind="ongoing"), ["ongoing: true"]),
        (When(kind="ongoing", start=dt.date(2024, 2, 1)), ["ongoing: 2024-02-01/.."]),
        (When(kind="ongoing", end=dt.date(2024, 12, 31)), ["ongoing: ../2024-12-31"]),
        (
            When(kind="waiting", waiting="Kế hoạch của\nThành phố"),
            ["waiting: Kế hoạch của Thành phố"],
        ),
    ],
)
def test_when_it_is_as_lines(when, lines):
    assert when_lines(when) == lines


@given(words.filter(lambda text: ";" not in text), words)
def test_who_and_what_are_read_back(who, what):
    deadline = loaded(["by: 2023-02-21", *party_lines(who, what)])
    assert (deadline.who, deadline.what) == ((who,), what[:1].upper() + what[1:])


def test_who_and_what_where_there_are_any():
    assert party_lines(None, None) == []
    assert party_lines("Sở Y tế", None) == ["who: Sở Y tế"]
    assert party_lines(None, "đăng ký") == ["what: Đăng ký"]


@pytest.mark.parametrize(
    ("words", "id_"),
    [
        ("Sở Y tế", "so-y-te"),
        ("Các quận, huyện, thị xã thuộc Thành phố", "cac-quan-huyen-thi"),
        ("ĐH – CĐ", "dh-cd"),
        ("…", "moc"),
        ("", "moc"),
    ],
)
def test_an_id_from_words(words, id_):
    assert slug(words) == id_


@given(texts)
def test_an_id_is_one(text):
    assert loaded([f"id: {scalar(slug(text))}", "by: 2023-02-21"]).id == slug(text)
