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

_WEEKS = {"MO": 2, "TU": 3, "WE": 4}  # "tuần thứ hai": the words are those of a day of the week

LONGEST_LIST = 40  # a longer one is no list of dates; the bound keeps reading linear
_UNITS = frozenset(("day", "month", "quarter", "year"))

Reader = Callable[[Line, int, Expect], Found | None]


def points(line: Line, at: int, *, led: bool, partial: bool = False) -> tuple[list[Stretch], int] | None:
    """The stretches in a list from a place on, what each left out filled in; and the place after them.

    `led`: words before it say that a time follows. `partial`: a day alone will do, since its month stands elsewhere.
    """
    unit = _unit(line, at)
    first = _stretch(line, at, Expect(unit, led))
    if first is None:
        return None
    found, here = [first[0]], first[1]
    ends = [here]
    either = False
    while len(found) < LONGEST_LIST:
        behind = _joint(line, here)
        item = _item(line, behind, unit, found) if behind > here else None
        if item is None:
            break
        either = either or line.symbol(behind - 1) == "or"
        found.append(item[0])
        here = item[1]
        ends.append(here)
    while len(found) > 1 and _dangling(line, found[-1], ends[-1]):
        found.pop()
        ends.pop()
    if either:  # one of them, and nobody knows which
        found = [replace(stretch, sure=False) for stretch in found]
    whole = filled(found, line.year)
    if len(whole) == 1 and whole[0].first.month is None and not partial:
        return None
    return neighbours(whole), ends[-1]


def lone_day(line: Line, at: int) -> tuple[list[Stretch], int] | None:
    """The 08 of "từ 08 đến 12/4/2024": its month stands with the other end."""
    if line.symbol(at) != NUMBER or line.symbol(at + 1) != "until":
        return None
    found = read_numbers(line, at, Expect("day"))
    return ([found[0]], found[1]) if found else None


def _item(line: Line, at: int, unit: str, found: list[Stretch]) -> Found | None:
    """A further item of a list: of the kind of the first, and no label of what stands behind it ("quý II: trước 15/6")."""
    before = found[-1]
    expect = Expect(_unit(line, at) or ("month" if _is_day_of_month(before, line, at) else unit))
    item = _stretch(line, at, expect)
    if (
        item is None
        or line.symbol(item[1]) in _OPENS
        or (line.symbol(at - 1) == ";" and line.symbol(item[1]) not in _CLOSES)
    ):
        return None
    stretch, after = item
    if (
        before.is_day
        and stretch.first is stretch.last
        and not stretch.is_day
        and stretch.first.last is None
        and expect.unit == "month"
    ):
        day = replace(stretch.first, day=before.first.day)  # ngày 20 tháng 3, 6, 9
        return Stretch(day, day, worded=True), after
    return item if stretch.last.is_day == before.last.is_day else None


def _is_day_of_month(before: Stretch, line: Line, at: int) -> bool:
    """Whether "tháng" stood in the item before and a bare number goes on with its months: ngày 20 tháng 3, 6."""
    return before.is_day and before.worded and line.symbol(at) == NUMBER and line.symbol(at + 1) not in ("/", "-", ".")


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
    reader = _READERS.get(line.symbol(at))
    found = reader(line, at, expect) if reader else None
    if found is None:
        return None
    stretch, here = found
    if (
        line.symbol(here) == "-"
        and line.symbol(here + 1) in ("month", "quarter", "year", "day", "part", "word", NUMBER)
        and stretch.first is stretch.last
    ):
        unit = expect.unit or _unit(line, here + 1)
        reader = _READERS.get(line.symbol(here + 1))
        other = reader(line, here + 1, Expect(unit)) if reader else None
        if other and other[0].first is other[0].last:
            return joined(stretch.first, other[0].first), other[1]
    return stretch, here


def _day(line: Line, at: int, _expect: Expect) -> Found | None:
    """A date after "ngày"; a slip may double the word, a day of the week may stand between."""
    here = line.skip(at + 1, ("day", "weekday", ",", "part"), 3)
    if line.symbol(at + 1) == "part" and line.lexemes[at + 1].value in ("end", "start") and here == at + 2:
        return _edge_day(line, at + 1)
    return read_numbers(line, here, Expect("day")) if line.symbol(here) == NUMBER else None


def _edge_day(line: Line, at: int) -> Found | None:
    found = _whole(line, at + 1 + (line.symbol(at + 1) == "of"))
    if found is None:
        return None
    return alone(replace(found[0], part="last-day" if line.lexemes[at].value == "end" else "first-day"), found[1])


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


def _quarter_item(line: Line, at: int, expect: Expect) -> Found | None:
    """A further quarter in a list: the "III" of "quý II, III/2023"."""
    return _quarter(line, at - 1, expect) if expect.unit == "quarter" else None


def _year(line: Line, at: int, _expect: Expect) -> Found | None:
    """A year after "năm", or a span of years."""
    return read_numbers(line, at + 1, Expect("year"))


def _context_year(line: Line, at: int, _expect: Expect) -> Found | None:
    """The whole year: "cả năm", "trong năm", with or without its number."""
    year, here = years_of(line, at + 1)
    return alone(Point(year=year, month=1, last=MONTHS), here)


def _relative_year(line: Line, at: int, _expect: Expect) -> Found | None:
    year, here = years_of(line, at)
    return alone(Point(year=year, month=1, last=MONTHS), here) if year else None


def _whole(line: Line, at: int) -> tuple[Point, int] | None:
    """The months, quarter or year that a part is of."""
    reader = {
        "month": _month,
        "quarter": _quarter,
        "year": _year,
        "relative-year": _relative_year,
        "whole-year": _context_year,
    }.get(line.symbol(at))
    found = reader(line, at, Expect("")) if reader else None
    if found is None and line.symbol(at) == "year" and line.symbol(at + 1) != NUMBER:
        found = alone(Point(month=1, last=MONTHS), at + 1)
    if found is None or found[0].first is not found[0].last or found[0].is_day:
        return None
    return found[0].first, found[1]


def _part_of(line: Line, at: int, _expect: Expect) -> Found | None:
    """đầu / giữa / cuối, thượng / trung / hạ tuần, nửa đầu ... of months, a quarter or a year; "cuối ngày" of a date."""
    part = str(line.lexemes[at].value)
    if part == "day-end":
        return read_numbers(line, at + 1, Expect("day"))
    here = at + 1 + (line.symbol(at + 1) == "of")
    if line.symbol(here) == "-" and line.symbol(here + 1) == "part":
        return None
    found = _whole(line, here)
    return alone(with_part(found[0], part), found[1]) if found else None


def _week(line: Line, at: int, _expect: Expect) -> Found | None:
    """tuần 2 tháng 3, tuần thứ hai của tháng 3."""
    here = at + 1 + (line.symbol(at + 1) == "nth")
    lexeme = line.lexemes[here]
    if line.symbol(here) == "weekday":  # "thứ hai", "thứ ba", "thứ tư" were taken for days of the week
        number: int | None = _WEEKS.get(str(lexeme.value))
    else:
        number = int(lexeme.value) if lexeme.symbol == NUMBER else ROMAN.get(lexeme.key) or number_word(line.word(here))
    if number is None or not 1 <= number <= 4:  # weeks of a month
        return None
    found = _whole(line, here + 1 + (line.symbol(here + 1) == "of"))
    if found is None or found[0].last not in (None, found[0].month):
        return None
    return alone(replace(found[0], part=f"week-{number}", approximate=True), found[1])


def _half_year(line: Line, at: int, _expect: Expect) -> Found | None:
    """nửa đầu năm is a part; "nửa năm đầu" and "sáu tháng đầu năm" come by their words."""
    number = number_word(line.word(at))
    if number is None or line.symbol(at + 1) != "month" or line.symbol(at + 2) != "part":
        return None
    return (
        months_of_year(line, number, at + 2)
        if line.lexemes[at + 2].value in ("start", "end") and number < MONTHS
        else None
    )


def _abbreviated(line: Line, at: int, _expect: Expect) -> Found | None:
    """T6/2023, Q2/2023: the number stands close behind, the year behind that."""
    unit = {"t": "month", "q": "quarter"}.get(line.lexemes[at].key)
    if unit is None or not line.touches(at + 1) or line.symbol(at + 1) != NUMBER:
        return None
    found = read_numbers(line, at + 1, Expect("month")) if unit == "month" else _quarter(line, at, Expect(""))
    goes_on = line.symbol(found[1]) in ("-", "until") if found else False
    return found if found and (found[0].first.year is not None or goes_on) else None


_READERS: dict[str, Reader] = {
    "day": _day,
    NUMBER: read_numbers,
    "month": _month,
    "quarter": _quarter,
    "year": _year,
    "whole-year": _context_year,
    "relative-year": _relative_year,
    "part": _part_of,
    "week": _week,
    "word": lambda line, at, expect: (
        _quarter_item(line, at, expect) or _half_year(line, at, expect) or _abbreviated(line, at, expect)
    ),
}
