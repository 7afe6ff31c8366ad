"""Deadlines that hang on something else: offsets from an event, what waits for another document, what goes on.

    offset  = { marker } duration ("kể từ" | "sau" | "sau khi" | "trước" | "trước khi") event
            | ("trước" | "sau") event duration
    duration = n ["(" words ")"] ("ngày làm việc" | "ngày" | "tuần" | "tháng" | "năm")
    waiting = "theo" term words | ("khi" | "sau khi" | "trước khi" | "chờ") words | ("trước" | "sau" | "tại") event | session
    ongoing = ("thường xuyên" | "liên tục" | "định kỳ" ...) [ ["trong"] points | "đến" point | range ]
    event, words = what stands up to the end of the clause, a comma, or the next deadline

An event that is a date has occurred on it. Weeks count seven days, months thirty; hours are not read.
"""

from dataclasses import replace

from tdkt_cli.core.phrases.chains import number_word, years_of
from tdkt_cli.core.phrases.dates import points
from tdkt_cli.core.phrases.draft import Draft, event_end, is_break, joins_deadline, words_between
from tdkt_cli.core.phrases.lexicon import NUMBER, WORD, symbols
from tdkt_cli.core.phrases.limits import limit, markers_from, span
from tdkt_cli.core.phrases.points import MONTHS, Point
from tdkt_cli.core.phrases.tokens import Line
from tdkt_cli.core.plan import Event, Unit, When

_UNITS: dict[str, tuple[int, Unit]] = {
    "workday": (1, "working"),
    "day": (1, "calendar"),
    "week": (7, "calendar"),
    "month": (30, "calendar"),
    "year": (365, "calendar"),
}
_TERMS = symbols("document manner period latest numbered name-of-years session by-plan every within is")
_EVENTS = frozenset(("event", "session"))
_NO_EVENT_DAY = symbols("part named-day end day of before until") | {NUMBER}
_AT_LEAST = frozenset(("ít", "nhất", "tối", "thiểu", "khoảng"))
_ASSEMBLIES = frozenset(("quốc", "hđnd"))
_FAR = 14
_PERIODS = symbols("within until whole-year year quarter month on period") | {NUMBER}
_MOST_DAYS = 3660  # as the file format has it


def offset(line: Line, at: int) -> list[Draft]:
    """Read an offset from an event: trong 10 ngày làm việc kể từ ngày nhận; 05 ngày trước ngày khai mạc."""
    markers, here = markers_from(line, at)
    length = duration(line, line.skip(here, ("after",)))
    if length is None:
        return []
    days, unit, here = length
    turn, begins = _turn(line, here)
    rough = line.symbol(here - 1) in ("month", "year")  # which differ in length
    if not turn or (rough and turn < 0 and not markers):  # báo cáo 6 tháng trước ngày 15/6
        return []
    end = event_end(line, begins)
    event = _event(line, begins, end, days * turn, unit)
    if event is None:
        return []
    sure = not rough and (turn < 0 or "before" not in markers)
    return [Draft(When(kind="after", event=event), at, end, sure=sure)]


def _turn(line: Line, at: int) -> tuple[int, int]:
    """Whether a duration leads on from an event (1), back from it (-1) or is none of one (0); and where the event begins."""
    here = line.skip(at, (",", "is"))
    symbol = line.symbol(here)
    if symbol == "when" and line.key(here) in ("sau", "ngay"):
        return 1, here + 1
    turn = 1 if symbol in ("from", "after") else -1 if symbol == "before" and line.symbol(at) != "," else 0
    return turn, line.skip(line.skip(here + 1, ("when",)), (":",))


def duration(line: Line, at: int) -> tuple[int, Unit, int] | None:
    """Return a number of days, what they are, and the place after them: 10 ngày làm việc, 05 (năm) ngày, một tuần."""
    lexeme = line.lexemes[at]
    count = int(lexeme.value) if lexeme.symbol == NUMBER and lexeme.width <= 4 else number_word(line.word(at))
    here = at + 1
    if line.symbol(here) == "(" and line.symbol(here + 2) == ")":
        here += 3
    if not count or line.symbol(here) not in _UNITS:
        return None
    size, unit = _UNITS[line.symbol(here)]
    if line.symbol(here) in ("month", "week", "day") and line.symbol(here + 1) == NUMBER:
        return None
    days = count * size
    return (days, unit, here + 1) if days <= _MOST_DAYS else None


def _event(line: Line, first: int, after: int, days: int, unit: Unit) -> Event | None:
    """The event of an offset; one that is a date has occurred."""
    words = words_between(line, first, after)
    if not words:
        return None
    dated = points(line, first, led=True)
    if dated and dated[1] >= after and len(dated[0]) == 1 and dated[0][0].is_day:
        period = dated[0][0].period()
        if period is not None:
            return Event(event=words, days=days, unit=unit, occurred=period.start)
    bare = first + (line.symbol(first) == "day")
    return Event(event=words_between(line, bare, after), days=days, unit=unit) if bare < after else None


def before_event(line: Line, at: int) -> list[Draft]:
    """Read what falls before or after an event: trước kỳ họp 10 ngày; trước Tết; trước khi khai giảng."""
    here = line.skip(at + 1, ("when",))
    symbol, following = line.symbol(here), line.symbol(here + 1)
    named = symbol == "day" and len(following) > 1 and following not in _NO_EVENT_DAY  # ngày khai mạc
    if here == at + 1 and not named and symbol not in _EVENTS:
        return []
    turn = -1 if line.symbol(at) == "before" else 1
    return _with_duration(line, at, here, turn=turn) or _waiting(line, at, here)


def _with_duration(line: Line, at: int, first: int, *, turn: int) -> list[Draft]:
    """An event with the duration behind it: trước kỳ họp 10 ngày."""
    end = event_end(line, first)
    for place in range(first + 1, min(end, first + _FAR)):
        start = place + (line.symbol(place) in ("latest", "done"))
        length = duration(line, start)
        if length and length[2] >= end and not points(line, start, led=False):
            event = _event(line, first, _trimmed(line, place), length[0] * turn, length[1])
            return [Draft(When(kind="after", event=event), at, length[2])] if event else []
    return []


def _trimmed(line: Line, place: int) -> int:
    while line.symbol(place - 1) == WORD and line.lexemes[place - 1].key in _AT_LEAST:
        place -= 1
    return place


def condition(line: Line, at: int) -> list[Draft]:
    """Read a condition: khi có nội dung phát sinh, sau khi có hướng dẫn."""
    counted = _with_duration(line, at, at + 1, turn=1) if line.key(at) in ("sau", "ngay") else []
    return counted or _waiting(line, at, line.skip(at + 1, ("have", ":")))


def awaiting(line: Line, at: int) -> list[Draft]:
    """Read what is waited for behind "chờ", to the end of the clause or "hoặc" with a deadline."""
    here = end = line.skip(at + 1, (":",))
    while not is_break(line, end) and not joins_deadline(line, end):
        end += 1
    return _waiting(line, at, here, end)


def by_plan(line: Line, at: int) -> list[Draft]:
    """Read what follows another document or how things go: theo Kế hoạch của Thành phố, tùy tình hình thực tế."""
    here = line.skip(at, ("by-plan",))
    return _waiting(line, at, here) if here == at or line.symbol(here) in _TERMS else []


def session(line: Line, at: int) -> list[Draft]:
    """Read a session as what is waited for: (tại | trước | sau) kỳ họp HĐND giữa năm."""
    here = line.skip(at, ("on", "at", "within"))
    if line.symbol(here) not in (_EVENTS if here > at else ("session",)):
        return []
    end = event_end(line, here)
    if line.symbol(end) == "," and line.lexemes[end + 1].key in _ASSEMBLIES:  # Kỳ họp thứ 8, Quốc hội khóa XV
        end = event_end(line, end + 1)
    return _waiting(line, at, here, end)


def sudden(line: Line, at: int) -> list[Draft]:
    """Read what comes suddenly: đột xuất, khi cần; "thành tích đột xuất" is no time."""
    reader = {"when": condition, "by-plan": by_plan}.get(line.symbol(at + 1))
    if reader:
        return [replace(draft, first=at) for draft in reader(line, at + 1)]
    before = line.symbol(at - 1) if at else ""
    return _waiting(line, at, at, at + 1) if len(before) <= 1 or before in ("and", "ongoing") else []


def _waiting(line: Line, at: int, first: int, after: int | None = None) -> list[Draft]:
    """What is waited for, in the words of an event from `first` on, or up to `after`; nothing where there are none."""
    after = event_end(line, first) if after is None else after
    first += line.symbol(first) == "day" and line.symbol(first + 1) != NUMBER
    words = words_between(line, first, after)
    return [Draft(When(kind="waiting", waiting=words), at, after, weak=True)] if words else []


def ongoing(line: Line, at: int) -> list[Draft]:
    """Read what goes on, with the period in which: thường xuyên trong năm 2023."""
    here = line.skip(at + 1, (",", "and", "ongoing", "throughout", "done", "("), 4)
    found: list[Draft] = []
    if line.symbol(here) == "from":
        found = span(line, here)
    elif line.symbol(here) in _PERIODS:
        found = limit(line, here)
    merged = _over(found[0].when) if len(found) == 1 and found[0].when else None
    if merged:
        after = found[0].after + (line.symbol(here - 1) == "(" and line.symbol(found[0].after) == ")")
        return [Draft(merged, at, after, sure=found[0].sure)]
    if line.symbol(at) == "ongoing":
        last = max(place for place in range(at, here) if line.symbol(place) == "ongoing") + 1
        return [Draft(When(kind="ongoing"), at, last, weak=True)]
    if not line.value(at):  # suốt, without "năm"
        return []
    year, after = years_of(line, at + 1)
    period = Point(year=year or line.year, month=1, last=MONTHS).period()
    return [Draft(When(kind="ongoing", start=period.start, end=period.end), at, after)] if period else []


def _over(when: When) -> When | None:
    """A period as that of something ongoing; "đến" gives its end alone."""
    if when.kind in ("within", "ongoing"):
        return replace(when, kind="ongoing", approximate=False)
    return When(kind="ongoing", end=when.end) if when.kind == "by" and when.time is None else None
