"""Points in time, alone, in ranges and in lists.

    points  = stretch { ("," | "và") stretch }                  15/3, 20/4 và 30/5/2023; tháng 3, 6, 9/2023
    stretch = point [ "-" point ]                               15-20/3/2023; tháng 3-4/2023; quý II - quý IV/2023
    point   = ["ngày"] date | "tháng" m [year] | "quý" q [year] | "năm" y | "cả năm" | months | part
    part    = ("đầu" | "giữa" | "cuối" | "tuần" n | "nửa đầu" ...) ["của"] point

Numbers with signs (`date`, `months`) are read in `chains`. What is no date of the calendar (31/4) is no point.
"""

from collections.abc import Callable
from dataclasses import replace

from tdkt_cli.core.phrases.chains import (
    Expect,
    Found,
    alone,
    months_of_year,
    number_word,
    ordinal,
    read_numbers,
    years_of,
)
from tdkt_cli.core.phrases.lexicon import NUMBER, ROMAN
from tdkt_cli.core.phrases.points import MONTHS, Point, Stretch, filled, joined, neighbours, with_part
from tdkt_cli.core.phrases.tokens import Line

_WHOLE = frozenset(("month", "quarter", "year", "relative-year", "whole-year"))
_WEEKS = {"MO": 2, "TU": 3, "WE": 4}  # "tuần thứ hai": the words are those of a day of the week

LONGEST_LIST = 40  # a longer one is no list of dates; the bound keeps reading linear
_UNITS = frozenset(("day", "month", "quarter", "year"))
_BEHIND_DASH = _UNITS | {"part", "word", NUMBER}

Reader = Callable[[Line, int, Expect], Found | None]


def points(line: Line, at: int, *, led: bool, partial: bool = False) -> tuple[list[Stretch], int] | None:
    """Return the stretches in a list from a place on, what each left out filled in; and the place after them.

    `led`: words before it say that a time follows. `partial`: a day alone will do, since its month stands elsewhere.
    """
    unit = _unit(line, at)
    item = _stretch(line, at, Expect(unit, led))
    items: list[Found] = []
    either = False
    while item and len(items) < LONGEST_LIST:
        items.append(item)
        behind = _joint(line, item[1])
        item = _item(line, behind, unit, item[0]) if behind > item[1] else None
        either = either or (item is not None and line.symbol(behind - 1) == "or")
    while len(items) > 1 and _dangling(line, *items[-1]):
        items.pop()
    # of a choice it is one of them, and nobody knows which
    whole = filled([replace(stretch, sure=stretch.sure and not either) for stretch, _ in items], line.year)
    if not whole or (len(whole) == 1 and whole[0].first.month is None and not partial):
        return None
    return neighbours(whole), items[-1][1]


def lone_day(line: Line, at: int) -> tuple[list[Stretch], int] | None:
    """Return the 08 of "từ 08 đến 12/4/2024": its month stands with the other end."""
    if line.symbol(at) != NUMBER or line.symbol(at + 1) != "until":
        return None
    found = read_numbers(line, at, Expect("day"))
    return ([found[0]], found[1]) if found else None


def _item(line: Line, at: int, unit: str, before: Stretch) -> Found | None:
    """A further item of a list: of the kind of the first, and no label of what stands behind it ("quý II: trước 15/6")."""
    bare = line.symbol(at) == NUMBER and line.symbol(at + 1) not in ("/", "-", ".")
    unit = _unit(line, at) or ("month" if before.is_day and before.worded and bare else unit)
    item = _stretch(line, at, Expect(unit))
    if item is None or line.symbol(item[1]) in _OPENS:
        return None
    stretch, after = item
    if line.symbol(at - 1) == ";" and line.symbol(after) not in _CLOSES:
        return None
    point = stretch.first
    if before.is_day and unit == "month" and point is stretch.last and not point.is_day and point.last is None:
        return alone(replace(point, day=before.first.day), after, worded=True)  # ngày 20 tháng 3, 6, 9
    return item if stretch.last.is_day == before.last.is_day else None


_CLOSES = frozenset((";", ",", "and", ")", "end", "\n", "\t"))
_OPENS = frozenset((":", "before", "until", "latest", "done"))


def _joint(line: Line, at: int) -> int:
    """The place after "," or "và" between two points, else the place itself."""
    here = line.skip(at, (",", "and", "or", "+"), 3)
    if line.symbol(at) == ";" and line.symbol(at + 1) == NUMBER:  # 05/4; 05/7; 05/10/2023
        return at + 1
    return here + (here > at and line.symbol(here) == "on")


def _dangling(line: Line, stretch: Stretch, after: int) -> bool:
    """Whether the last of a list is a bare number, which may count something else: "trước 15/3, 5 đơn vị"."""
    point = stretch.last
    if point.year is not None or (point.is_day and point.month is not None) or point.part:
        return False
    return point.is_day or line.symbol(after) == "word"


def _unit(line: Line, at: int) -> str:
    return line.symbol(at) if line.symbol(at) in _UNITS else ""


def _stretch(line: Line, at: int, expect: Expect) -> Found | None:
    """A point, or two of them joined by a dash."""
    found = _point(line, at, expect)
    if found is None:
        return None
    first, here = found
    if line.symbol(here) == "-" and line.symbol(here + 1) in _BEHIND_DASH and first.first is first.last:
        other = _point(line, here + 1, Expect(expect.unit or _unit(line, here + 1)))
        if other and other[0].first is other[0].last:
            return joined(first.first, other[0].first), other[1]
    return found


def _point(line: Line, at: int, expect: Expect) -> Found | None:
    reader = _READERS.get(line.symbol(at))
    return reader(line, at, expect) if reader else None


def _day(line: Line, at: int, _expect: Expect) -> Found | None:
    """A date after "ngày"; a slip may double the word, a day of the week may stand between."""
    here = line.skip(at + 1, ("day", "weekday", ",", "part"), 3)
    edge = {"end": "last-day", "start": "first-day"}.get(str(line.value(at + 1)))
    if edge and line.symbol(at + 1) == "part" and here == at + 2:
        found = _whole(line, here)
        return alone(replace(found[0], part=edge), found[1]) if found else None
    return read_numbers(line, here, Expect("day"))


def _month(line: Line, at: int, _expect: Expect) -> Found | None:
    """A month after "tháng", or a span of months."""
    if line.symbol(at + 1) == NUMBER:
        return read_numbers(line, at + 1, Expect("month"))
    month, here = ordinal(line, at + 1, "month")
    if month is None:
        return None
    year, here = years_of(line, here)
    return alone(Point(year=year, month=month), here)


def _quarter(line: Line, at: int, _expect: Expect) -> Found | None:
    """A quarter after "quý", or a span: quý I-II/2023."""
    first, here = ordinal(line, at + 1, "quarter")
    if first is None:
        return None
    last = first
    if line.symbol(here) == "-":
        more, after = ordinal(line, here + 1, "quarter")
        if more is not None and line.symbol(after) != NUMBER:
            last, here = more, after
    year, here = years_of(line, here)
    return alone(Point(year=year, month=3 * first - 2, last=3 * last), here) if first <= last else None


def _year(line: Line, at: int, _expect: Expect) -> Found | None:
    """A year after "năm", or a span of years."""
    return read_numbers(line, at + 1, Expect("year"))


def _context_year(line: Line, at: int, _expect: Expect) -> Found | None:
    """The whole year: "cả năm", "trong năm", with or without its number; "năm nay", "năm sau"."""
    relative = line.symbol(at) == "relative-year"
    year, here = years_of(line, at + (not relative))
    return alone(Point(year=year, month=1, last=MONTHS), here) if year or not relative else None


def _whole(line: Line, at: int) -> tuple[Point, int] | None:
    """The months, quarter or year that a part is of; "của" may stand before it."""
    at = line.skip(at, ("of",))
    found = _point(line, at, Expect("")) if line.symbol(at) in _WHOLE else None
    if found is None and line.symbol(at) == "year" and line.symbol(at + 1) != NUMBER:
        found = alone(Point(month=1, last=MONTHS), at + 1)
    if found is None or found[0].first is not found[0].last or found[0].is_day:
        return None
    return found[0].first, found[1]


def _part_of(line: Line, at: int, _expect: Expect) -> Found | None:
    """Read đầu / giữa / cuối, thượng / trung / hạ tuần, nửa đầu ... of months, a quarter or a year; "cuối ngày" of a date."""
    part = str(line.value(at))
    if part == "day-end":
        return read_numbers(line, at + 1, Expect("day"))
    found = _whole(line, at + 1)
    return alone(with_part(found[0], part), found[1]) if found else None


def _week(line: Line, at: int, _expect: Expect) -> Found | None:
    """Read a week of a month: tuần 2 tháng 3, tuần thứ hai của tháng 3."""
    here = line.skip(at + 1, ("nth",))
    lexeme = line.lexemes[here]
    if lexeme.symbol == "weekday":  # "thứ hai", "thứ ba", "thứ tư" were taken for days of the week
        number: int | None = _WEEKS.get(str(lexeme.value))
    else:
        number = int(lexeme.value) if lexeme.symbol == NUMBER else ROMAN.get(lexeme.key) or number_word(line.word(here))
    if number is None or not 1 <= number <= 4:  # weeks of a month
        return None
    found = _whole(line, here + 1)
    if found is None or found[0].last not in (None, found[0].month):
        return None
    return alone(replace(found[0], part=f"week-{number}", approximate=True), found[1])


def _word(line: Line, at: int, expect: Expect) -> Found | None:
    """A further quarter in a list, the "III" of "quý II, III/2023"; sáu tháng đầu năm; T6/2023, Q2/2023."""
    found = _quarter(line, at - 1, expect) if expect.unit == "quarter" else None
    number = number_word(line.word(at))
    if not found and number and line.symbol(at + 1) == "month":
        found = months_of_year(line, number, at + 2)
    if found or line.key(at) not in ("t", "q") or not line.touches(at + 1) or line.symbol(at + 1) != NUMBER:
        return found
    found = (_month if line.key(at) == "t" else _quarter)(line, at, Expect(""))
    return found if found and (found[0].first.year is not None or line.symbol(found[1]) in ("-", "until")) else None


_READERS: dict[str, Reader] = {
    "day": _day,
    NUMBER: read_numbers,
    "month": _month,
    "quarter": _quarter,
    "year": _year,
    "whole-year": _context_year,
    "relative-year": _context_year,
    "part": _part_of,
    "week": _week,
    "word": _word,
}
