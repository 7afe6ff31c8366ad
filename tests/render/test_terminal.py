"""The rich view: nothing crashes, nothing vanishes, nothing reaches the terminal raw, and every state stands there in words."""

import re
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from rich.cells import cell_len

from tdkt_cli.core.agenda import STATES, Office, items
from tdkt_cli.core.findings import Source, Span
from tdkt_cli.core.periods import Period
from tdkt_cli.core.plan import Cancelled, Deadline, Document, Done, Event, Plan, Progress, Task, When
from tdkt_cli.core.text import UNSAFE, visible
from tdkt_cli.render.language import language
from tdkt_cli.render.terminal import WIDE, show
from tdkt_cli.render.view import Group, View, Viewer

WIDTHS = (20, 40, 80, 132, 200, 400)
TODAY = date(2023, 2, 22)
SGR = re.compile(r"\x1b\[[0-9;]*m")
COLOUR = re.compile(r"\x1b\[(?:[0-9;]*;)?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])[;m]")
TITLES = {
    "plain": "Họp Hội đồng Thi đua - Khen thưởng Thành phố xét khen thưởng cấp Nhà nước",
    "escape": "a\x1b[31mb\x1b]52;c;eA==\x07\x9bc",
    "controls": "a\rb\x08c\x7fd\x00e",
    "closing tag": "[/] kết thúc",
    "unknown tag": "[nope] [bold]đậm[/bold] [link=x]y[/link]",
    "emoji code": ":smile: :bomb:",
    "bidi": "a\u202eb\u2066c\u200bd\ufeffe",
    "400 letters in words": " ".join(["chữ"] * 100),
    "400 letters in one word": "w" * 400,
    "wide": "漢字かな交じり文" * 12,
    "wide and odd": "x漢字y" * 20,
    "decomposed": "Ho\u0323\u0302p Ho\u0323\u0302i đo\u0302\u0300ng " * 8,
    "backslash": "\\[red]a\\",
}
STATE_OF = {
    "overdue": {"end": -3},
    "due": {"end": 3},
    "later": {"end": 30},
    "waiting": {"kind": "waiting"},
    "ongoing": {"kind": "ongoing"},
    "done_in_time": {"end": -3, "done": Done(TODAY - timedelta(4))},
    "done_late": {"end": -3, "done": Done(TODAY)},
    "cancelled": {"end": -3, "cancelled": Cancelled(TODAY)},
}


class _Nowhere:
    def key(self, _path):
        return Span(1, 1, 1, 1)

    value = key


def item(title="Việc", *, who="Sở Y tế", kind="by", end=3, what=None, when=None, **progress):
    day = TODAY + timedelta(end) if kind == "by" else None
    when = when or When(kind=kind, end=day, waiting="Kế hoạch của Bộ" if kind == "waiting" else None)
    deadline = Deadline(path=(), id="hop", when=when, what=what, progress=Progress(**progress))
    task = Task(path=(), id="1", section=None, title=title, deadlines=(deadline,), executor=(who,))
    period = Period(date(2023, 1, 1), date(2023, 12, 31))
    source = Source("a.yaml", (), _Nowhere())
    plan = Plan(
        id="a", document=Document(title="A"), period=period, units=None, sections={}, tasks=(task,), source=source
    )
    (only,) = items([plan], Office())
    return only


def row(title="Việc", lang="vi", **given):
    """An item in words, as every view shows it."""
    return Viewer(language(lang), Office(), TODAY).row(item(title, **given))


@pytest.fixture
def shown(monkeypatch, capsys):
    """What a view looks like on a terminal so wide, with what a terminal or its user says in the environment."""
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "COLORTERM", "LINES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")

    def run(view, width, lang="vi", **env):
        monkeypatch.setenv("COLUMNS", str(width))
        for name, value in env.items():
            monkeypatch.setenv(name, value)
        show(view, language(lang))
        return capsys.readouterr().out

    return run


def characters(text):
    return Counter(char for char in SGR.sub("", text) if not char.isspace())


def view_of(*rows, title="Việc đến hạn trong 14 ngày", heading="Còn 1 đến 7 ngày", notes=("Tổng cộng 1 việc",)):
    return View(title, (Group(heading, rows),), notes)


def all_words(view):
    """Every word of a view, in one text."""
    rows = [
        text
        for group in view.groups
        for one in group.rows
        for text in (one.day, one.distance, one.what, one.title, one.who, one.when, one.ref, *one.extra)
    ]
    return " ".join([view.title, *(group.heading for group in view.groups), *rows, *view.notes])


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_no_line_is_wider_than_the_terminal(shown, width, title):
    view = view_of(row(title), row(title, who=title, what=title), heading=visible(title))
    assert max(cell_len(line) for line in shown(view, width).splitlines()) <= width


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_nothing_vanishes(shown, width, title):
    view = view_of(row(title), row(title, who=title, what=title), row("Việc khác", what="Nộp"))
    missing = characters(all_words(view)) - characters(shown(view, width))
    assert missing == Counter()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
@pytest.mark.parametrize("env", [{}, {"FORCE_COLOR": "1"}], ids=["plain", "colour"])
def test_nothing_raw_reaches_the_terminal(shown, width, title, env):
    out = shown(view_of(row(title, who=title, what=title)), width, **env)
    assert UNSAFE.search(SGR.sub("", out)) is None


@pytest.mark.parametrize("width", [40, 80])
@pytest.mark.parametrize(
    ("title", "spelled"),
    [
        ("a\x1b[31mb", "a^[[31mb"),
        ("a\u202eb", r"a\u202eb"),
        ("a\x9bb", r"a\u009bb"),
        ("[/] [nope] :smile:", "[/] [nope] :smile:"),
    ],
)
def test_what_does_not_show_is_spelled(shown, width, title, spelled):
    assert spelled in shown(view_of(row(title)), width)


@pytest.mark.parametrize(
    "env", [{}, {"FORCE_COLOR": "1"}, {"FORCE_COLOR": "1", "NO_COLOR": "1"}], ids=["plain", "colour", "no colour"]
)
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_state_stands_there_in_words(shown, lang, width, state, env):
    one = row("x", lang, who="y", **STATE_OF[state])
    out = SGR.sub("", shown(view_of(one, title="", heading="", notes=()), width, lang, **env))
    assert [word for word in one.distance.split() if word not in out] == []


def test_every_state_has_its_own_words():
    assert len({row(**STATE_OF[state]).distance for state in STATES}) == len(STATES)


@pytest.mark.parametrize("width", WIDTHS)
def test_colour_says_nothing_that_words_do_not(shown, width):
    view = view_of(*(row(f"Việc {state}", **values) for state, values in STATE_OF.items()))
    plain = shown(view, width)
    assert "\x1b" not in plain
    assert SGR.sub("", shown(view, width, FORCE_COLOR="1")) == plain


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("state", ["overdue", "due", "done_late"])
def test_no_color_and_dumb_terminals(shown, width, state):
    view = view_of(row(**STATE_OF[state]))
    assert COLOUR.search(shown(view, width, FORCE_COLOR="1"))
    assert not COLOUR.search(shown(view, width, FORCE_COLOR="1", NO_COLOR="1"))


def test_a_dumb_terminal_gets_no_escapes(shown):
    out = shown(view_of(row(**STATE_OF["overdue"])), 80, FORCE_COLOR="1", TERM="dumb")
    assert "\x1b" not in out
    assert "quá hạn 3 ngày" in out


@pytest.mark.parametrize("width", WIDTHS)
def test_headings_and_notes(shown, width):
    groups = (Group("Hôm nay", (row("một"),)), Group("Sau đó", (row("hai"),)))
    lines = [line.strip() for line in shown(View("Việc", groups, ("Hết",)), width).splitlines()]
    assert lines[0] == "Việc"
    assert lines.index("Hôm nay") < lines.index("Sau đó") < lines.index("Hết") == len(lines) - 1
    assert ("Ngày cuối" in " ".join(lines)) == (width >= WIDE)


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_to_show(shown, width):
    assert shown(View("", (), ("Không có việc nào khớp",)), width).split() == ["Không", "có", "việc", "nào", "khớp"]


def test_a_row_holds_only_what_can_be_shown():
    hostile = row(TITLES["escape"], who=TITLES["bidi"], what=TITLES["controls"])
    assert UNSAFE.search(f"{hostile.title}{hostile.who}{hostile.what}") is None


def test_only_what_has_no_date_waits():
    event = Event(event="nhận hồ sơ", days=3, unit="calendar")
    awaited = [
        item(when=When(kind="after", event=event)),
        item(kind="waiting"),
        item(when=When(kind="after", event=replace(event, occurred=TODAY))),
        item(),
    ]
    groups = Viewer(language("vi"), Office(), TODAY).groups(awaited, "waiting")
    assert {group.heading: len(group.rows) for group in groups} == {
        "Chờ: Kế hoạch của Bộ": 1,
        "Chờ: Nhận hồ sơ": 1,
        "Không phải chờ": 2,
    }
