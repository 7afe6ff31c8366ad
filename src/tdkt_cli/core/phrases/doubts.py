"""What makes a reading less than sure: traces of time in its clause that nobody read, and words that turn its meaning.

A reading is taken for certain only where the whole clause is understood: no second date, weekday or rhythm is left beside it, it is not
denied ("không", "chưa", "đã") or moved ("gia hạn"), and it does not only describe something ("ngân sách hằng năm").
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from tdkt_cli.core.phrases.chains import Chain, chain, last_date, ordinal, years_of
from tdkt_cli.core.phrases.draft import Draft, Reading, begins, joint_behind, words_between
from tdkt_cli.core.phrases.lexicon import NUMBER
from tdkt_cli.core.phrases.points import Point
from tdkt_cli.core.phrases.recurring import LAST_DAYS
from tdkt_cli.core.phrases.tokens import YEAR_WIDTH, Line

_TURNS = frozenset(("doubt", "lunar"))
_TIMES = frozenset(("weekday", "rhythm", "next-month", "quarter-end", "quarter-start"))
_LEADS = frozenset(("before", "until", "latest", "from", "week", "day"))
_ANNOUNCE = frozenset(("day", "before", "until", "latest", "from"))
_COUNTED = frozenset(("hour", "workday", "day", "week", "next-month"))
_RESTRICTS = frozenset(("part", "week", "event", "nth"))
_NOUNS = frozenset(("word", "document", "place", "numbered", "recurring-thing", "manner"))
_EXCEPTION = re.compile(r"\briêng\b", re.IGNORECASE)
_FAR = 60  # characters
_FEW = 4
_LONG_AGO = 1  # years before the plan's


def left_dates(line: Line, uncovered: list[int]) -> list[str]:
    """Return the dates that stand in a clause and belong to no reading."""
    left = []
    for at, _ in _chains(line, uncovered):
        point, after = last_date(line, at) or (None, at)
        if point and point.is_possible and not _counts(line, at, after):
            left.append(words_between(line, at, after))
    return left


def impossible_dates(line: Line, uncovered: list[int]) -> list[tuple[int, int]]:
    """Return the places of what is written as a date and is none of the calendar: 31/4/2023, trước 31/6, ngày 30 tháng 2."""
    ends = ((at, _end_of_no_day(line, at, links)) for at, links in _chains(line, uncovered) if len(links.groups) == 1)
    return [(at, after) for at, after in ends if after]


def _end_of_no_day(line: Line, at: int, links: Chain) -> int:
    """The place behind what is written as a date and is none; 0 where it is not."""
    numbers, after = links.groups[0], links.after
    announced = line.symbol(at - 1) in _ANNOUNCE
    if line.symbol(after) == "month" and len(numbers) == 1 and announced:
        month, here = ordinal(line, after + 1, "month")
        year, here = years_of(line, here)
        return 0 if month is None or Point(day=numbers[0][0], month=month, year=year).is_possible else here
    yearly = line.symbol(after) == "rhythm" and len(numbers) == 2 and numbers[0][0] <= 31 and numbers[1][0] <= 12
    return after if _is_no_day(numbers, announced=announced or yearly) else 0


def _chains(line: Line, uncovered: list[int]) -> Iterator[tuple[int, Chain]]:
    """The chains of numbers among these places, each once, with the place on which it begins."""
    past = 0
    for at in uncovered:
        links = chain(line, at) if at >= past else None
        if links is not None:
            past = links.after
            yield at, links


def _is_no_day(numbers: tuple[tuple[int, int], ...], *, announced: bool) -> bool:
    """Whether numbers have the form of a date, d/m/y or after a marker d/m, and no year has that day."""
    values, widths = zip(*numbers, strict=True)
    if max(widths[:2]) > 2 or (widths[2:] != (YEAR_WIDTH,) and not (len(widths) == 2 and announced)):
        return False
    year = values[2] if len(values) > 2 else None
    return not Point(day=values[0], month=values[1], year=year).is_possible


def _counts(line: Line, at: int, after: int) -> bool:
    """Whether two numbers are a part of a number of things: 3/7 doanh nghiệp."""
    first, second = line.lexemes[at].value, line.lexemes[after - 1].value
    return after == at + 3 and line.symbol(after) in _NOUNS and int(first) <= int(second)


def leave_doubt(line: Line, uncovered: list[int], kept: list[Draft]) -> bool:
    """Return whether what nobody read makes every reading of the clause unsure."""
    recurs = any(draft.kind in ("every", "ongoing") for draft in kept)
    return any(_is_trace(line, at, recurs=recurs) for at in uncovered)


def are_open(line: Line, first: int, kept: list[Draft], manners: list[Draft]) -> bool:
    """Return whether the readings of a clause are a choice, or a condition that stands before one may be more than its manner."""
    dates = {draft.first for draft in kept}
    conditions = (_is_condition(line, first, manner, dates) for manner in manners)
    return any(_is_choice(line, *pair) for pair in pairwise(kept)) or any(conditions)


def _is_choice(line: Line, before: Draft, after: Draft) -> bool:
    """Whether "hoặc" stands between two readings, or "và" behind what waits: "khi có yêu cầu và trước 15/3"."""
    if before.after > after.first:  # of one list
        return False
    joint = joint_behind(line, before)
    return "or" in (joint[0], line.symbol(after.first - 1)) or (
        before.kind == "waiting" and joint == ("and", after.first)
    )


def _is_condition(line: Line, first: int, manner: Draft, dates: set[int]) -> bool:
    """Whether a date stands right behind a condition, or behind a manner without an act: "khi có yêu cầu trước 15/3"."""
    if line.symbol(manner.first) == "by-plan" and not begins(line, first, manner.first):
        return False
    near = range(manner.after, manner.after + _FEW)
    return any(at in dates and begins(line, manner.after, at) for at in near)


def _is_trace(line: Line, at: int, *, recurs: bool) -> bool:
    symbol, following = line.symbol(at), line.symbol(at + 1)
    if symbol in _TURNS or symbol in _TIMES:
        return True
    if symbol == "/" and following == NUMBER and at and line.symbol(at - 1) != NUMBER:
        return not line.is_year(at + 1)  # quý I/202
    if symbol == NUMBER:
        recurring = recurs and line.lexemes[at].width <= 2 and following in ("-", "month", "year")
        return recurring or following in _COUNTED or line.key(at + 1) == "lần"
    if symbol in _LEADS and (following == NUMBER or (following == "day" and symbol != "day")):
        return True
    return recurs and (symbol in _RESTRICTS or (symbol in ("month", "quarter") and following == NUMBER))


def is_doubtful(line: Line, first: int, after: int, draft: Draft, *, dated: bool) -> bool:
    """Return whether a reading may only describe something, or tells of the past; `dated`: a date stands in its clause."""
    when = draft.when
    if when is None:
        return False
    places = range(draft.first, draft.after)
    in_figures = any(line.symbol(at) in ("/", "-") or line.is_year(at) for at in places)
    if not (line.accented or in_figures):
        return True  # without accents, quy may be quý or quỹ
    if when.kind != "every" and line.symbol(draft.after) in ("rhythm", "every"):
        return True
    day, of_unit = when.end or when.start, when.rrule in LAST_DAYS.values()
    past = day is not None and line.year is not None and day.year < line.year - _LONG_AGO
    if past or (dated and of_unit):
        return True
    if begins(line, first, draft.first):
        return False
    if draft.weak and when.kind == "waiting":
        return line.lexemes[draft.first].start - line.lexemes[first].start > _FAR
    before = line.symbol(draft.first - 1)
    if of_unit:
        inside = draft.after < after and line.symbol(draft.after) not in (",", ")", ":", "(")
        return inside or before in ("document", "recurring-thing")
    # Tờ trình ngày 15/3/2023; Hà Nội, ngày 09 tháng 12 năm 2022
    of_document = line.symbol(first) == "document" or (before == "," and draft.first - first <= _FEW)
    return of_document and not draft.marked and when.kind == "day"


def with_exceptions(found: Sequence[Reading]) -> list[Reading]:
    """Return the readings of a phrase, in order; what recurs is not sure where a later one is an exception: "riêng quý IV trước ngày 10/12"."""
    excepted = [place for place, reading in enumerate(found) if _EXCEPTION.search(reading.text)]
    last = max(excepted, default=0)
    return [
        replace(reading, sure=False) if reading.when.kind == "every" and place < last else reading
        for place, reading in enumerate(found)
    ]
