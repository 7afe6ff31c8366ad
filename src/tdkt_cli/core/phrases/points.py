"""Points in time as the words leave them: a date, months, a part of months, each perhaps without its year or month.

A `Stretch` is a point, or from one to another. What a date leaves out it takes from the next one in its list or range that names
it, then from the context: in "15/3, 20/4 và 30/5/2023" all are of 2023, in "từ 20/12 đến 10/01/2024" the first is of 2023.
"""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tdkt_cli.core.periods import FIRST_YEAR, LAST_YEAR, Period

MONTHS, QUARTERS = 12, 4
_PART_DAYS: dict[str, tuple[int, int | None]] = {  # None: the last day
    "start": (1, 10), "middle": (11, 20), "end": (21, None), "first-half": (1, 15), "second-half": (16, None),
    "first-day": (1, 1), "first-week": (1, 7), "week-1": (1, 7), "week-2": (8, 14), "week-3": (15, 21), "week-4": (22, 28),
}  # fmt: skip
_LAST_DAYS = {"last-day": 1, "last-week": 7}
_LEAP_YEAR = 2000
_EXACT_PARTS = frozenset(("first-half", "second-half", "first-day", "last-day"))


@dataclass(frozen=True, slots=True)
class Point:
    """A date (`day` set), or the months `month` to `last`, or a part of them. What was left out is None."""

    year: int | None = None
    month: int | None = None
    last: int | None = None
    day: int | None = None
    part: str = ""
    approximate: bool = False

    def period(self) -> Period | None:
        """Return its first and last day, None for what the calendar does not have."""
        if self.year is None or self.month is None or not FIRST_YEAR <= self.year <= LAST_YEAR:
            return None
        last = self.last or self.month
        if not 1 <= self.month <= last <= MONTHS:
            return None
        start, end = date(self.year, self.month, 1), date(self.year, last, monthrange(self.year, last)[1])
        if self.day is not None:
            return (
                Period(start.replace(day=self.day), start.replace(day=self.day)) if 1 <= self.day <= end.day else None
            )
        return _part(Period(start, end), self.part) if self.part else Period(start, end)

    @property
    def is_day(self) -> bool:
        """Return whether it is a single date."""
        return self.day is not None

    @property
    def is_possible(self) -> bool:
        """Return whether it can be a date of some year."""
        return replace(self, year=self.year or _LEAP_YEAR).period() is not None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A point, or from one to another. `sure` is False where the words allow another reading."""

    first: Point
    last: Point
    sure: bool = True
    worded: bool = False  # "20 tháng 3", not "20/3"

    def period(self) -> Period | None:
        """Return its first and last day, None where they do not follow each other."""
        first, last = self.first.period(), self.last.period()
        if first is None or last is None or first.start > last.end:
            return None
        return Period(first.start, last.end)

    @property
    def is_day(self) -> bool:
        """Return whether it is a single date."""
        return self.first is self.last and self.first.is_day

    @property
    def approximate(self) -> bool:
        """Return whether one of its ends is loose."""
        return self.first.approximate or self.last.approximate


def joined(first: Point, last: Point) -> Stretch:
    """Return the stretch from one point to another; the first takes from the second what it leaves out."""
    if first.part and not last.part:
        first = replace(first, approximate=first.approximate and last.approximate)
    if first.month is None:
        first = replace(first, month=last.month)
    if first.year is None and last.year is not None:
        first = replace(first, year=last.year - _is_later(first, last))
    return Stretch(first, last)


def _is_later(point: Point, other: Point) -> bool:
    """Whether a point is later in its year than another; within a month only dates are compared."""
    return (point.month or 0, point.day or 0) > (other.month or 0, (point.is_day and other.day) or 99)


def filled(found: list[Stretch], context: int | None) -> list[Stretch]:
    """Return each stretch with the month and year that it left out, from the next that names them, then from the context.

    A list runs on in time: a date later in the year than the next one is of the year before it.
    """
    whole: list[Stretch] = []
    following: Point | None = None
    for stretch in reversed(found):
        last = _filled_from(stretch.last, following, context)
        ranged = stretch.first is not stretch.last
        first = joined(stretch.first, last).first if ranged else last
        sure = stretch.sure
        if ranged and stretch.last.year is None and first.year != last.year and following is None:
            first, last, sure = replace(first, year=context), replace(last, year=(context or 0) + 1), False
        whole.append(replace(stretch, first=first, last=last, sure=sure))
        following = first
    return whole[::-1]


def _filled_from(point: Point, following: Point | None, context: int | None) -> Point:
    following = following or Point()
    month = following.month if point.month is None else point.month
    year = context if following.year is None else following.year - (bool(point.month) and _is_later(point, following))
    return replace(point, month=month, year=year if point.year is None else point.year)


def neighbours(found: list[Stretch]) -> list[Stretch]:
    """Return the list with neighbouring months or quarters as one period: a thing to be done within them, not in each."""
    runs = [found[0]]
    for stretch in found[1:]:
        left, right = runs[-1].period(), stretch.period()
        adjacent = left and right and left.end + timedelta(days=1) == right.start
        if adjacent and _is_whole(runs[-1]) and _is_whole(stretch):
            runs[-1] = Stretch(runs[-1].first, stretch.last, sure=runs[-1].sure and stretch.sure)
        else:
            runs.append(stretch)
    return runs


def _is_whole(stretch: Stretch) -> bool:
    """Whether it is of whole months or quarters."""
    first, last = stretch.first, stretch.last
    if first is last and (last.last or last.month or 0) - (first.month or 0) >= 3:
        return False
    return not any(point.is_day or point.part for point in (first, last))


def with_part(whole: Point, part: str) -> Point:
    """Return a part of months, a quarter or a year; of a year it is a single day (Civil Code 2015 art. 146)."""
    months = (whole.last or whole.month or 1) - (whole.month or 1) + 1
    approximate = part not in _EXACT_PARTS
    if months == MONTHS and part in ("start", "middle", "end"):
        month, day = {"start": (1, 1), "middle": (6, 30), "end": (12, 31)}[part]
        return Point(year=whole.year, month=month, day=day, approximate=True)
    if months == MONTHS and part in ("first-half", "second-half"):
        return replace(whole, month=1, last=6) if part == "first-half" else replace(whole, month=7, last=MONTHS)
    if months == 3 and part in ("start", "middle", "end") and whole.month:
        month = whole.month + ("start", "middle", "end").index(part)
        return replace(whole, month=month, last=month, approximate=True)
    return replace(whole, part=part, approximate=approximate)


def _part(whole: Period, part: str) -> Period:
    """The days of a part."""
    if part in _PART_DAYS:
        first, last = _PART_DAYS[part]
        return Period(whole.start.replace(day=first), whole.start.replace(day=last) if last else whole.end)
    name, _, count = part.partition("-")  # first-5, last-5
    days = timedelta(days=_LAST_DAYS.get(part) or int(count)) - timedelta(days=1)
    return Period(whole.start, whole.start + days) if name == "first" else Period(whole.end - days, whole.end)
