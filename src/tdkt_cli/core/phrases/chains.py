"""Numbers joined by signs, read as dates and months; and the years, ordinals and days of the week beside words.

    chain  = n { ("/" | "-" | ".") n }            15/3/2023, 15-20/3, 3-4/2023; a sign may be doubled
    date   = d "/" m ["/" y] | d "tháng" m [year] | d "-" d "/" m [year]
    months = m "/" y | n "tháng" ("đầu" | "cuối") "năm" [year]
    year   = ["/" | "-" | "năm"] y | "năm sau" | "năm nay"
    weekday = "thứ" (n | "hai" ...) | "chủ nhật", in brackets or behind a comma beside a date

What the signs join is looked at as a whole, so that 1.500.000 and 98/2023/NĐ-CP hold no date.
"""

from dataclasses import replace
from typing import NamedTuple

from tdkt_cli.core.periods import LAST_YEAR
from tdkt_cli.core.phrases.lexicon import END, NUMBER, ROMAN, key
from tdkt_cli.core.phrases.points import MONTHS, QUARTERS, Point, Stretch, joined
from tdkt_cli.core.phrases.tokens import YEAR_WIDTH, Line
from tdkt_cli.core.plan import When

_SLIPS = ROMAN | {numeral.replace("i", "l"): number for numeral, number in ROMAN.items()}  # l typed for I
_NUMBERS = {
    key(word): number
    for number, words in enumerate(
        ("", "một nhất", "hai nhì", "ba", "tư bốn", "năm", "sáu", "bảy bẩy", "tám", "chín", "mười")
    )
    for word in words.split()
}
_LONGEST_CHAIN = 8
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_CLOSES = frozenset((END, "\n", "\t", ";", ",", ".", ")", "("))
_GOES_ON = frozenset(("until", "-", "rhythm", "every", "week"))


class Expect(NamedTuple):
    """What stands before a point.

    `unit` is what a bare number counts ("day", "month", "quarter", "year" or ""); `led`: words said that a time follows.
    """

    unit: str = ""
    led: bool = True


Found = tuple[Stretch, int]  # and the place after it


class Chain(NamedTuple):
    """Numbers joined by signs, such as 15/3/2023 or 15-20/3: `groups` are what a dash sets apart from other signs."""

    groups: tuple[tuple[tuple[int, int], ...], ...]  # of (value, digits)
    after: int


def chain(line: Line, at: int) -> Chain | None:
    """Return the numbers joined by signs from a place on. A chain of too many has no groups and is no date."""
    if line.symbol(at) != NUMBER:
        return None
    links = [("", at)]  # a number's place, and the sign before it
    while number := _joined_number(line, links[-1][1] + 1):
        links.append((line.symbol(number - 1), number))
    after = links[-1][1] + 1
    if len(links) > _LONGEST_CHAIN:
        return Chain((), after)
    mixed = len({sign for sign, _ in links[1:]}) > 1
    groups: list[list[tuple[int, int]]] = [[]]
    for sign, number in links:
        if mixed and sign == "-":
            groups.append([])
        lexeme = line.lexemes[number]
        groups[-1].append((int(lexeme.value), lexeme.width))
    return Chain(tuple(map(tuple, groups)), after)


def _joined_number(line: Line, at: int) -> int:
    """The place of the number that a sign joins to the one before it; 0 where none does."""
    sign, here = line.symbol(at), at
    while sign in ("/", "-", ".") and line.symbol(here) == sign:
        here += 1
    close = sign != "." or (line.touches(at) and line.touches(here))
    return here if here > at and close and line.symbol(here) == NUMBER else 0


def years_of(line: Line, at: int) -> tuple[int | None, int]:
    """Return the year named from a place on, and the place after it: /2023, năm 2023, năm sau; None where there is none."""
    here = line.skip(at, ("/", "-", ",", ".", "of", "("))
    while line.symbol(here) == "/":
        here += 1
    if line.symbol(here) == "relative-year" and line.year is not None:
        return line.year + int(line.lexemes[here].value), here + 1
    named = line.symbol(here) == "year"
    here += named
    lexeme = line.lexemes[here]
    if lexeme.symbol != NUMBER or lexeme.width != YEAR_WIDTH or (here == at + 1 and line.symbol(at) in (",", "(")):
        return None, at
    closed = line.symbol(at) == "("
    if closed and line.symbol(here + 1) != ")":
        return None, at
    if not named and line.symbol(here + 1) == "/" and line.symbol(here + 2) == NUMBER:
        return None, at
    return int(lexeme.value), here + 1 + closed


def read_numbers(line: Line, at: int, expect: Expect) -> Found | None:
    """Read a chain of numbers as dates or months, or a day or number of months with words behind it."""
    links = chain(line, at)
    if links is None or not links.groups:
        return None
    after = links.after
    if line.symbol(after) == "/" and line.symbol(after + 1) == "word":
        return None  # the number of a document
    if expect.unit != "month" and len(links.groups) <= 2 and line.symbol(after) == "month":
        count = links.groups[0][0][0] if len(links.groups[0]) == 1 else 0  # 6 tháng đầu năm 2023
        found = months_of_year(line, count, after + 1) or _day_of_month(line, at, links, expect)
        if found:
            return found
    if len(links.groups) == len(links.groups[0]) == 1 and line.symbol(after) == "part":
        return _days_of_month(line, links.groups[0][0][0], after)
    if len(links.groups) == 1:
        return _single(line, links.groups[0], after, expect)
    return _range_of(line, links, expect) if len(links.groups) == 2 else None


def months_of_year(line: Line, count: int, at: int) -> Found | None:
    """Read ("đầu" | "cuối") "năm" [year], of a count of months."""
    if line.symbol(at) != "part" or line.value(at) not in ("start", "end") or not 1 <= count < MONTHS:
        return None
    here = line.skip(at + 1, ("of",))
    year, after = years_of(line, here)
    if year is None and line.symbol(here) not in ("year", "relative-year"):
        return None
    after = max(after, here + 1)
    first, last = (1, count) if line.lexemes[at].value == "start" else (MONTHS + 1 - count, MONTHS)
    return alone(Point(year=year, month=first, last=last), after)


def _day_of_month(line: Line, at: int, links: Chain, expect: Expect) -> Found | None:
    """Read a day of a month: 15 tháng 3 [năm 2023], 15-20 tháng 3; but not "đợt 1 tháng 3", where nothing says that a day follows."""
    days = [number for group in links.groups for number in group]
    month, here = ordinal(line, links.after + 1, "month")
    announced = expect.led or expect.unit == "day" or at == 0 or len(line.symbol(at - 1)) == 1
    if month is None or not announced or len(days) > 2 or any(width > 2 for _, width in days):
        return None
    year, here = years_of(line, here)
    ends = [Point(year=year, month=month, day=day) for day, _ in days]
    return Stretch(ends[0], ends[-1], worded=True), here


def last_date(line: Line, at: int) -> tuple[Point, int] | None:
    """Return the date that a chain ends with, of an anniversary's two the later one; and the place after it."""
    links = chain(line, at)
    point = _end_of_range(links.groups[-1], "") if links and links.groups else None
    return (point, links.after) if links and point and point.is_day else None


def _days_of_month(line: Line, count: int, at: int) -> Found | None:
    """Read some days of a month: 10 ngày đầu tháng 3, 5 ngày cuối tháng."""
    part = {"first-day": "first", "last-day": "last"}.get(str(line.value(at)))
    here = line.skip(at + 1, ("of",))
    if part is None or line.symbol(here) != "month" or not 2 <= count <= 20:
        return None
    month, here = ordinal(line, here + 1, "month")
    year, here = years_of(line, here)
    return alone(Point(year=year, month=month, part=f"{part}-{count}"), here) if month else None


def _single(line: Line, numbers: tuple[tuple[int, int], ...], after: int, expect: Expect) -> Found | None:
    """A chain with signs of one kind: a date, a month of a year, or two years."""
    values, widths = zip(*numbers, strict=True)
    if len(values) == 1:
        return _lone(line, values[0], widths[0], after, expect)
    if len(values) == 2:
        return _pair(line, values, widths, after, expect)
    point = _full_date(values, widths, line.year)
    return alone(point, after) if point else None


def _full_date(values: tuple[int, ...], widths: tuple[int, ...], context: int | None) -> Point | None:
    """Read d/m/y or y-m-d; a year of two digits is read where it is near the year of the context."""
    if len(values) != 3:
        return None
    if widths[0] == YEAR_WIDTH:
        year, month, day = values
    else:
        day, month, year = values
        if widths[2] == 2 and context is not None and abs(year + context - context % 100 - context) <= 1:
            year += context - context % 100
        elif widths[2] != YEAR_WIDTH:
            return None
    point = Point(year=year, month=month, day=day)
    return point if point.period() else None


def _pair(line: Line, values: tuple[int, ...], widths: tuple[int, ...], after: int, expect: Expect) -> Found | None:
    first, second = values
    if widths == (YEAR_WIDTH, YEAR_WIDTH):
        years = Stretch(Point(year=first, month=1, last=MONTHS), Point(year=second, month=1, last=MONTHS))
        return (years, after) if (expect.unit == "year" or expect.led) and years.period() else None
    if widths == (1, YEAR_WIDTH) and expect.unit == "quarter" and 1 <= first <= QUARTERS:
        return alone(Point(year=second, month=3 * first - 2, last=3 * first), after)
    if widths[1] == YEAR_WIDTH:
        point = Point(year=second, month=first)
        return alone(point, after) if point.period() and expect.unit in ("", "month") else None
    if max(widths) > 2:
        return None
    if expect.unit == "month":
        year, after = years_of(line, after)
        months = joined(Point(month=first), Point(year=year, month=second))
        return (months, after) if 1 <= first < second <= MONTHS else None
    if not (expect.led or expect.unit == "day") or line.symbol(after) in ("month", "week", "hour", "workday", "day"):
        return None
    sure = line.symbol(after - 2) != "-"  # 5-10 may be days
    year, after = years_of(line, after)
    point = Point(year=year, month=second, day=first)
    return alone(point, after, sure=sure) if replace(point, year=year or 2000).period() else None  # 2000: a leap year


def _lone(line: Line, value: int, width: int, after: int, expect: Expect) -> Found | None:
    if line.key(after) == "lần":  # tháng 2 lần
        return None
    if expect.unit == "month" and 1 <= value <= MONTHS and width <= 2:
        year, after = years_of(line, after)
        return alone(Point(year=year, month=value), after)
    if expect.unit == "quarter" and 1 <= value <= QUARTERS and width == 1:
        year, after = years_of(line, after)
        return alone(Point(year=year, month=3 * value - 2, last=3 * value), after)
    if width == YEAR_WIDTH:
        counts = line.symbol(after) in ("word", "%", "month", "day")
        bare = not expect.unit and expect.led and not counts and 2000 <= value <= LAST_YEAR  # trước 2025, đến 2030
        point = Point(year=value, month=1, last=MONTHS)
        return alone(point, after) if bare or (expect.unit == "year" and point.period()) else None
    if expect.unit == "day" and 1 <= value <= 31 and width <= 2:
        return alone(Point(day=value), after)
    return None


def _range_of(line: Line, links: Chain, expect: Expect) -> Found | None:
    """Read two ends that a dash joins: 15-20/3/2023, 15/3-20/4, tháng 3-4/2023, 11/2023-02/2024."""
    after = links.after
    first, last = (_end_of_range(group, expect.unit) for group in links.groups)
    if first is None or last is None:
        return None
    if last.year is None:
        year, after = years_of(line, after)
        last = replace(last, year=year)
    if last.is_day and not first.is_day and first.year is None:  # 15-20/3: the bare number is a day
        first = Point(day=first.month)
    if first.is_day and not last.is_day:
        return None
    if (first.day, first.month) == (last.day, last.month) and first.year != last.year:
        return None  # an anniversary: 11/6/1948 - 11/6/2023
    return joined(first, last), after


def _end_of_range(group: tuple[tuple[int, int], ...], unit: str) -> Point | None:
    values, widths = zip(*group, strict=True)
    if len(values) == 1:
        return Point(day=values[0]) if unit == "day" else Point(month=values[0])
    if len(values) == 2 and widths[1] == YEAR_WIDTH:
        return Point(year=values[1], month=values[0])
    if len(values) == 2:
        return Point(month=values[1], day=values[0])
    return _full_date(values, widths, None)


def ordinal(line: Line, at: int, unit: str) -> tuple[int | None, int]:
    """Return the number of a month or quarter: 3, III, ba; and the place after it."""
    lexeme, word = line.lexemes[at], line.word(at)
    often = line.key(at + 1) == "lần"
    most = QUARTERS if unit == "quarter" else MONTHS
    if lexeme.symbol == NUMBER and lexeme.width <= 2 and not often:
        return (int(lexeme.value), at + 1) if 1 <= int(lexeme.value) <= most else (None, at)
    if unit == "quarter" and lexeme.key in _SLIPS:
        return _SLIPS[lexeme.key], at + 1
    value = number_word(word)
    if value is None or value > most or often or (value == 5 and word[0].islower()):  # "tháng, năm" is not May
        return None, at
    more = number_word(line.word(at + 1)) if value == 10 else None
    return (10 + more, at + 2) if more in (1, 2) else (value, at + 1)


def number_word(word: str) -> int | None:
    """Return the number that a word stands for, up to ten."""
    return _NUMBERS.get(key(word))


def alone(point: Point, after: int, *, sure: bool = True, worded: bool = False) -> Found:
    """Return a point by itself, and the place after it."""
    return Stretch(point, point, sure, worded), after


def weekday(line: Line, at: int) -> tuple[str, int]:
    """Return a day of the week and the place after it: thứ Sáu, thứ 6, chủ nhật; "" where none stands."""
    lexeme, number = line.lexemes[at], line.lexemes[at + 1]
    if lexeme.symbol == "weekday":
        return str(lexeme.value), at + 1
    if lexeme.symbol == "nth" and number.symbol == NUMBER and 2 <= int(number.value) <= 7:  # thứ 2 is Monday
        return WEEKDAYS[int(number.value) - 2], at + 2
    return "", at


def weekday_behind(line: Line, at: int) -> tuple[str, int]:
    """Return the day of the week that stands behind a date, and the place after it; not that of a range or a rhythm."""
    day, after = weekday(line, at + 1) if line.symbol(at) in (",", "(") else ("", at)
    if day and line.symbol(at) == "(":
        closed, after = line.symbol(after) == ")", after + 1
        return (day, after) if closed and line.symbol(after) not in _GOES_ON else ("", at)
    return (day, after) if day and line.symbol(after) in _CLOSES else ("", at)


def falls_on(when: When | None, day: str) -> bool:
    """Return whether a date is the day of the week that stands beside it, where one does."""
    return not day or bool(when and when.end and WEEKDAYS[when.end.weekday()] == day)
