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
from tdkt_cli.core.phrases.lexicon import NUMBER, WORD
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
_TERMS = frozenset(
    (
        "document",
        "manner",
        "period",
        "latest",
        "numbered",
        "name-of-years",
        "session",
        "by-plan",
        "every",
        "within",
        "is",
    )
)
_EVENTS = frozenset(("event", "session"))
_ASSEMBLIES = frozenset(("quốc", "hđnd"))
_FAR = 14
_MOST_DAYS = 3660  # as the file format has it


def offset(line: Line, at: int) -> list[Draft]:
    """Trong 10 ngày làm việc kể từ ngày nhận; chậm nhất 03 ngày sau khi ...; 05 ngày trước ngày khai mạc."""
    markers, here = markers_from(line, at)
    here += line.symbol(here) == "after"
    length = duration(line, here)
    if length is None:
        return []
    days, unit, here = length
    turn, begins = _turn(line, here)
    if not turn:
        return []
    end = event_end(line, begins)
    event = _event(line, begins, end, days * turn, unit)
    if event is None:
        return []
    counted = line.symbol(here - 1)
    if counted in ("month", "year") and turn < 0 and not markers:  # báo cáo 6 tháng trước ngày 15/6
        return []
    sure = counted not in ("month", "year") and (turn < 0 or "before" not in markers)  # months differ in length
    return [Draft(When(kind="after", event=event), at, end, sure=sure)]


def _turn(line: Line, at: int) -> tuple[int, int]:
    """Whether a duration leads on from an event (1), back from it (-1) or is none of one (0); and where the event begins."""
    here = at + (line.symbol(at) in (",", "is"))
    symbol = line.symbol(here)
    if symbol in ("from", "after"):
        here += 1 + (line.symbol(here + 1) == "when")
        return 1, here + (line.symbol(here) == ":")
    if symbol == "when" and line.lexemes[here].key in ("sau", "ngay"):
        return 1, here + 1
    if symbol == "before" and line.symbol(at) != ",":
        here += 1 + (line.symbol(here + 1) == "when")
        return -1, here + (line.symbol(here) == ":")
    return 0, at


def duration(line: Line, at: int) -> tuple[int, Unit, int] | None:
    """A number of days and the place after it: 10 ngày làm việc, 05 (năm) ngày, một tuần."""
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
    """trước kỳ họp 10 ngày; sau hội nghị 05 ngày làm việc; trước Tết; trước khi khai giảng."""
    back = line.symbol(at) == "before"
    here = at + 1
    when = line.symbol(here) == "when"
    here += when
    dated = _day_of_event(line, here)
    if not (when or dated or line.symbol(here) in _EVENTS):
        return []
    return _with_duration(line, at, here, turn=-1 if back else 1) or _waiting(line, at, here, event_end(line, here))


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
    while line.symbol(place - 1) == WORD and line.lexemes[place - 1].key in ("ít", "nhất", "tối", "thiểu", "khoảng"):
        place -= 1
    return place


def _day_of_event(line: Line, at: int) -> bool:
    """Whether words name the day: ngày khai mạc, ngày tổ chức hội nghị."""
    return (
        line.symbol(at) == "day"
        and len(line.symbol(at + 1)) > 1
        and line.symbol(at + 1) not in (NUMBER, "part", "named-day", "end", "day", "of", "before", "until")
    )


def condition(line: Line, at: int) -> list[Draft]:
    """Khi có nội dung phát sinh, sau khi có hướng dẫn, chờ ý kiến."""
    if line.lexemes[at].key in ("sau", "ngay"):
        counted = _with_duration(line, at, at + 1, turn=1)
        if counted:
            return counted
    here = at + 1 + (line.symbol(at + 1) in ("have", ":"))
    end = event_end(line, here)
    return _waiting(line, at, here, end)


def awaiting(line: Line, at: int) -> list[Draft]:
    """chờ: what stands behind it, to the end of the clause or "hoặc" with a deadline."""
    here = at + 1 + (line.symbol(at + 1) == ":")
    end = here
    while not is_break(line, end) and not joins_deadline(line, end):
        end += 1
    return _waiting(line, at, here, end)


def by_plan(line: Line, at: int) -> list[Draft]:
    """Theo Kế hoạch của Thành phố, theo tiến độ ..., tùy tình hình thực tế."""
    if line.symbol(at) == "by-plan" and line.symbol(at + 1) not in _TERMS:
        return []
    here = at + (line.symbol(at) == "by-plan")
    end = event_end(line, here)
    return _waiting(line, at, here, end)


def session(line: Line, at: int) -> list[Draft]:
    """(tại | trước | sau) kỳ họp HĐND giữa năm."""
    here = at + (line.symbol(at) in ("on", "at", "within"))
    if line.symbol(here) not in (_EVENTS if here > at else ("session",)):
        return []
    end = event_end(line, here)
    if line.symbol(end) == "," and line.lexemes[end + 1].key in _ASSEMBLIES:  # Kỳ họp thứ 8, Quốc hội khóa XV
        end = event_end(line, end + 1)
    return _waiting(line, at, here, end)


def sudden(line: Line, at: int) -> list[Draft]:
    """đột xuất, khi cần; "thành tích đột xuất" is no time."""
    end = at + 1
    if (
        at
        and line.symbol(end) not in ("when", "by-plan")
        and len(line.symbol(at - 1)) > 1
        and line.symbol(at - 1) not in ("and", "ongoing")
    ):
        return []
    if line.symbol(end) in ("when", "by-plan"):
        return [replace(draft, first=at) for draft in (condition if line.symbol(end) == "when" else by_plan)(line, end)]
    return _waiting(line, at, at, end)


def _waiting(line: Line, at: int, first: int, after: int) -> list[Draft]:
    """What is waited for, in the words from `first` on; nothing where there are none."""
    first += line.symbol(first) == "day" and line.symbol(first + 1) != NUMBER
    words = words_between(line, first, after)
    return [Draft(When(kind="waiting", waiting=words), at, after, weak=True)] if words else []


def ongoing(line: Line, at: int) -> list[Draft]:
    """thường xuyên, with the period in which."""
    here = line.skip(at + 1, (",", "and", "ongoing", "throughout", "done", "("), 4)
    found: list[Draft] = []
    if line.symbol(here) == "from":
        found = span(line, here)
    elif line.symbol(here) in ("within", "until", "whole-year", "year", "quarter", "month", "on", "period", NUMBER):
        found = limit(line, here)
    merged = _over(found[0].when) if len(found) == 1 and found[0].when else None
    if merged and found:
        after = found[0].after + (line.symbol(here - 1) == "(" and line.symbol(found[0].after) == ")")
        return [Draft(merged, at, after, sure=found[0].sure)]
    if line.symbol(at) == "throughout":
        return _throughout(line, at)
    last = max(place for place in range(at, here) if line.symbol(place) == "ongoing") + 1
    return [Draft(When(kind="ongoing"), at, last, weak=True)]


def _throughout(line: Line, at: int) -> list[Draft]:
    """suốt năm, suốt năm 2023."""
    lexeme = line.lexemes[at]
    if not lexeme.value:
        return []
    year, after = years_of(line, at + 1)
    period = Point(year=year or line.year, month=1, last=MONTHS).period()
    return [Draft(When(kind="ongoing", start=period.start, end=period.end), at, after)] if period else []


def _over(when: When) -> When | None:
    """A period as that of something ongoing; "đến" gives its end alone."""
    if when.kind in ("within", "ongoing"):
        return replace(when, kind="ongoing", approximate=False)
    return When(kind="ongoing", end=when.end) if when.kind == "by" and when.time is None else None
