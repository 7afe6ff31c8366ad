"""Deadlines with a date: before, until, on, from one to another.

    limit   = { marker } ( clock ["," ] date [weekday] | points [weekday] [ clock ] )
    marker  = "trước" | "đến" | "hết" | "chậm nhất" | "hạn cuối" | "hoàn thành" | "vào" | "trong" | "khoảng" | "dịp" ...
    range   = "từ" point ("đến" | "-") point | point "đến" point
    open    = "từ" point | "sau" point
    clock   = h ("giờ" | "h" | ":") [m ["phút"]] [("sáng" | "chiều")]

"trước" before anything makes a `before`; "đến", "hết", "chậm nhất", "hạn" make a `by`; a date with a time of day is a `by`. A month or
year before which something falls is its first day, until which its last.
"""

import datetime as dt
from dataclasses import replace

from tdkt_cli.core.periods import Period
from tdkt_cli.core.phrases.chains import falls_on, last_date, weekday, weekday_behind
from tdkt_cli.core.phrases.dates import lone_day, points
from tdkt_cli.core.phrases.draft import Draft, event_end
from tdkt_cli.core.phrases.lexicon import NUMBER
from tdkt_cli.core.phrases.points import Point, Stretch, joined
from tdkt_cli.core.phrases.tokens import Line
from tdkt_cli.core.plan import When

MARKERS = frozenset(
    ("before", "until", "latest", "on", "within", "about", "occasion", "done", "period", "is", "daytime", ":")
)
_STRONG = frozenset(("before", "until", "latest", "within", "occasion", "about", "done"))
_LEADING = _STRONG | {"on", "daytime"}
_FAINT = frozenset(("done", "period", "is", ":"))  # may stand before a number of things too
_COUNTABLE = frozenset(("word", "document", "place", "numbered", "recurring-thing", "period", "manner"))
_ENDS = frozenset(("before", "until", "latest"))
_OF_A_DAY = frozenset(("day", "by", "before"))
_MOST_MARKERS = 7
_LAST_HOUR = 24
_AFTERNOON = frozenset(("chiều", "tối"))
_FAR = 15  # lexemes before a named day, of "kỷ niệm 70 năm Ngày ..."
_BEFORE_NAMED_DAY = frozenset((NUMBER, "word", "day", "name-of-years", "year", "on", "nth", "event", "-"))


def limit(line: Line, at: int) -> list[Draft]:
    """Read what the markers from a place on say of the points behind them; nothing where no point follows."""
    markers, here = markers_from(line, at)
    clocked = _clock_first(line, at, here)
    if clocked:
        return clocked
    if line.symbol(here) == "from" and here > at and not markers & _ENDS:
        return [replace(draft, first=at) for draft in span(line, here)]
    day, here = _weekday_before(line, here)
    found = points(line, here, led=bool(markers & _LEADING) or bool(day))
    if found is None:
        return _named_day(line, at, here, markers)
    stretches, after = found
    if stretches[0].first.month is None or _is_ratio(line, here, after, faint=markers <= _FAINT):
        return []
    if line.symbol(after) == "until" and len(stretches) == 1 and not markers & _ENDS:
        ranged = _to(line, at, stretches[0], after, markers)
        if ranged:
            return ranged
    if _is_no_deadline(line, at, after, markers):
        return [Draft(None, at, after)]
    announced = bool(markers & _STRONG) or line.symbol(here) == "whole-year"
    lunar = line.symbol(line.skip(after, ("(",))) == "lunar"
    drafts = []
    for stretch in stretches:
        when = None if lunar else when_of(stretch, markers)
        sure = stretch.sure and falls_on(when, day)
        drafts.append(Draft(when, at, after, sure=sure, marked=announced, complete=when is not None))
    drafts = weekday_named(line, drafts)
    time, end = clock_after(line, drafts[-1].after)
    if time is None or len(drafts) > 1 or drafts[0].when is None or drafts[0].kind not in _OF_A_DAY:
        return drafts
    return [replace(drafts[0], when=When(kind="by", end=drafts[0].when.end, time=time), after=end, marked=True)]


def _weekday_before(line: Line, at: int) -> tuple[str, int]:
    """The day of the week that stands before a date, "" for none; and the place where the date begins."""
    day, after = weekday(line, line.skip(at, ("day",)))
    return (day, line.skip(after, (",", "("))) if day else ("", at)


def weekday_named(line: Line, drafts: list[Draft]) -> list[Draft]:
    """Add the day of the week behind a single date to its draft: ngày 15/3 (thứ Tư)."""
    draft = drafts[-1]
    day, after = weekday_behind(line, draft.after)
    if not day or len(drafts) > 1 or draft.kind not in _OF_A_DAY:
        return drafts
    return [replace(draft, after=after, sure=draft.sure and falls_on(draft.when, day))]


def _is_no_deadline(line: Line, at: int, after: int, markers: set[str]) -> bool:
    """Whether a date belongs to a document or to a far view: ngày 26/8/2022 của Thành ủy; đến năm 2030, tầm nhìn đến năm 2045."""
    of_document = not markers and line.symbol(at) == "day" and line.symbol(after) == "of"
    return of_document or line.key(line.skip(after, (",",))) == "tầm"


def _is_ratio(line: Line, at: int, after: int, *, faint: bool) -> bool:
    """Whether two numbers stand before what they count: trước 2/3 thời gian; where words hardly say that a time follows, any two."""
    if after != at + 3 or line.symbol(at) != NUMBER or line.symbol(after) not in _COUNTABLE:
        return False
    first, second = line.lexemes[at], line.lexemes[at + 2]
    return faint or (first.width == second.width == 1 and int(first.value) < int(second.value))


def markers_from(line: Line, at: int) -> tuple[set[str], int]:
    """Return the markers that stand together from a place on, and the place after them."""
    here = line.skip(at, MARKERS, _MOST_MARKERS)
    found = {line.symbol(place) for place in range(at, here)}
    if line.symbol(here) == "now" and found <= {"within", "period", ":"} and line.symbol(here + 1) == "until":
        return markers_from(line, here + 1)
    return found, here


def when_of(stretch: Stretch, markers: set[str]) -> When | None:
    """Return what the markers make of a stretch; None for a date that the calendar does not have."""
    period = stretch.period()
    if period is None:
        return None
    approximate = stretch.approximate or bool(markers & {"about", "occasion"})
    if "before" in markers:
        at_end = stretch.first.part in ("end", "last-day", "last-week")
        return When(kind="before", end=period.end if at_end else period.start)
    if markers & {"until", "latest"} or ("done" in markers and stretch.is_day):
        loose = stretch.first.part in ("start", "middle", "first-week") or "about" in markers
        return When(kind="by", end=_until(stretch.last, period), approximate=loose)
    if stretch.is_day or period.start == period.end:
        return When(kind="day", end=period.end, approximate=approximate)
    return When(kind="within", start=period.start, end=period.end, approximate=approximate)


def _until(last: Point, period: Period) -> dt.date:
    """Until the middle of a month is until its 15th (Civil Code 2015 art. 146)."""
    return period.end.replace(day=15) if last.part == "middle" else period.end


def _named_day(line: Line, at: int, here: int, markers: set[str]) -> list[Draft]:
    """Read a day known by its name: dịp kỷ niệm 70 năm Ngày Giải phóng Thủ đô (10/10/1954 - 10/10/2024); ngày Quốc khánh 02/9."""
    occasion = "occasion" in markers
    if not markers & _STRONG and line.symbol(here) != "day":
        return []
    place = line.skip(here, _BEFORE_NAMED_DAY, _FAR if occasion else 2)
    if line.symbol(place) != "named-day":
        return []
    day, after = str(line.value(place)), place + 1
    point = Point(day=int(day[:2]), month=int(day[2:]))
    dated = last_date(line, line.skip(after, ("(", ",", "day")))  # of an anniversary's two dates the later one
    if dated:
        closes = line.symbol(after) == "(" and line.symbol(dated[1]) == ")"
        point, after = dated[0], dated[1] + closes
    elif line.year is None:
        return []
    point = replace(point, year=point.year or line.year, approximate=occasion)
    when = when_of(Stretch(point, point), markers)
    return [Draft(when, at, after)] if when else []


def span(line: Line, at: int) -> list[Draft]:
    """Read a range, or what goes on without an end: từ 15/3 đến 20/4; từ 15/3."""
    here = line.skip(at + 1, ("on", "is"))
    if line.symbol(here) == "now":
        return [replace(draft, first=at) for draft in from_now(line, here)]
    begins_at = clock(line, here)
    if begins_at and line.symbol(begins_at[1]) in ("until", "-"):  # từ 7h30 đến 11h30 ngày 15/3
        return _clock_first(line, at, here)
    start_time, here = _skip_clock(line, here)
    found = points(line, here, led=True, partial=True) or lone_day(line, here)
    if found is None:
        return []
    (first, *more), after = found
    if more:
        return []
    if first.first is not first.last:
        when = when_of(first, {"within"})
        return [Draft(when, at, after, sure=first.sure)] if when else []
    _, gone_on = clock_after(line, after)
    joint = line.skip(gone_on, (",", "and"))
    sure = start_time is None
    if line.symbol(gone_on) in ("until", "-") or line.symbol(joint) == "until":
        ranged = _to(line, at, first, joint, {"within"})
        if ranged:
            return [replace(draft, sure=draft.sure and sure) for draft in ranged]
        # the end may be an event: từ 15/3 đến khi hoàn thành
        after = event_end(line, gone_on + 1) if line.symbol(gone_on + 1) == "when" else gone_on
        sure = False
    period = first.period()
    after = line.skip(after, ("onward",))
    return [Draft(When(kind="ongoing", start=period.start), at, after, sure=sure)] if period else []


def _skip_clock(line: Line, at: int) -> tuple[dt.time | None, int]:
    """Past a time of day that begins a range, which only its end's could bind."""
    found = clock(line, at)
    if found is None:
        return None, at
    return found[0], line.skip(found[1], (",", "on"))


def _to(line: Line, at: int, first: Stretch, until: int, markers: set[str]) -> list[Draft]:
    """The rest of a range, from "đến" on."""
    here = line.skip(until + 1, ("until", "on", "before"), 2)
    strictly = line.symbol(here - 1) == "before"
    _, here = _skip_clock(line, here)
    found = points(line, here, led=True)
    if found is None or len(found[0]) != 1 or found[0][0].first is not found[0][0].last:
        return []
    last, after = found[0][0].last, found[1]
    own = first.first if _names_year(line, at, until) else replace(first.first, year=None)  # not the context's
    stretch = joined(own, last)
    sure = stretch.sure
    if stretch.first.year != last.year and not _names_year(line, here, after):  # 20/12 đến 10/01, both without a year
        own = replace(stretch.first, year=last.year)
        stretch, sure = replace(stretch, first=own, last=replace(last, year=(last.year or 0) + 1)), False
    period = stretch.period()
    if period is None:
        return [Draft(None, at, after, complete=False)]
    approximate = stretch.approximate or "about" in markers
    end = _until(last, period)
    if strictly:
        end, sure = (replace(last, year=stretch.last.year).period() or period).start - dt.timedelta(days=1), False
    return [Draft(When(kind="within", start=period.start, end=end, approximate=approximate), at, after, sure=sure)]


def _names_year(line: Line, at: int, after: int) -> bool:
    return any(line.symbol(place) == "relative-year" or line.is_year(place) for place in range(at, after))


def half_year(line: Line, at: int) -> list[Draft]:
    """Read half a year or a quarter in words: sáu tháng đầu năm."""
    found = points(line, at, led=True)
    when = when_of(found[0][0], set()) if found else None
    return [Draft(when, at, found[1], marked=False)] if found and when else []


def from_now(line: Line, at: int) -> list[Draft]:
    """Read a limit from now on: từ nay đến hết tháng 6."""
    return [replace(draft, first=at) for draft in limit(line, at + 1)] if line.symbol(at + 1) == "until" else []


def since(line: Line, at: int) -> list[Draft]:
    """Read what goes on from the day after a point, without an end: sau ngày 15/3."""
    time, here = _skip_clock(line, line.skip(at + 1, ("on",)))
    found = points(line, here, led=True)
    if found is None or len(found[0]) != 1:
        return []
    period = found[0][0].period()
    if period is None:
        return [Draft(None, at, found[1], complete=False)]
    start = period.end + dt.timedelta(days=not time)
    return [Draft(When(kind="ongoing", start=start), at, found[1], sure=not time)]


def clock(line: Line, at: int) -> tuple[dt.time | None, int] | None:
    """Return a time of day and the place after it. 24 giờ is the end of the day and no time."""
    lexeme = line.lexemes[at]
    if lexeme.symbol != NUMBER or lexeme.width > 2 or int(lexeme.value) > _LAST_HOUR:
        return None
    hour, minute, here = int(lexeme.value), 0, at + 1
    sign, follows = line.symbol(here), line.lexemes[here + 1]
    minutes = follows.symbol == NUMBER and follows.width <= 2
    if sign != "hour" and not (sign == ":" and minutes and follows.width == 2 and line.touches(here + 1)):
        return None
    here += 1
    close = line.touches(here) or line.symbol(here + 1) not in ("/", "-", ".", "month")
    if minutes and close:
        minute, here = int(follows.value), here + 1
    here = line.skip(here, ("minute", "'", "\u2019", "\u2032"))
    if line.symbol(here) == "daytime":
        hour, here = hour + 12 * (line.key(here) in _AFTERNOON and hour < 12), here + 1
    if minute > 59:
        return None
    return (None if hour == _LAST_HOUR else dt.time(hour, minute)), here


def _clock_first(line: Line, at: int, here: int) -> list[Draft]:
    """Read a time of day with its day behind it: 17 giờ 00 ngày 15/3."""
    found = clock(line, line.skip(here, ("daytime",)))
    if found and line.symbol(found[1]) in ("-", "until"):
        found = clock(line, found[1] + 1)
    if found is None:
        return []
    time, after = found
    named, after = _weekday_before(line, line.skip(after, (",", "on", "("), 3))
    days = points(line, after, led=True)
    if days is None or len(days[0]) != 1 or not days[0][0].is_day:
        return []
    period = days[0][0].period()
    if period is None:
        return [Draft(None, at, days[1], complete=False)]
    closes = line.symbol(after - 1) == "(" and line.symbol(days[1]) == ")"
    when = When(kind="by", end=period.end, time=time)
    if time == dt.time() and any(line.symbol(place) == "before" for place in range(at, after)):
        when = When(kind="before", end=period.end)  # trước 0 giờ: the day itself is too late
    return weekday_named(line, [Draft(when, at, days[1] + closes, sure=falls_on(when, named))])


def clock_after(line: Line, at: int) -> tuple[dt.time | None, int]:
    """Return a time of day behind its date, None for none, and the place after it: ngày 15/3/2023 (trước 17h00)."""
    found = clock(line, line.skip(at, (",", "(", "on", "before", "until", "latest"), 4))
    if found is None or found[0] is None or line.symbol(found[1]) in ("day", "-"):
        return None, at
    return found[0], found[1] + (line.symbol(found[1]) == ")")
