"""Rhythms: what recurs by its unit, with or without the day.

    timed     = marker* clock [","] rhythm
    rhythm    = units [","] ["("] [days] [")"] { ("," | "và") unit "(" days ")" } | "01 lần" "/" unit | "báo cáo tháng" days
    ended     = rhythm [","] ("đến" date | clock)
    units     = unit-word { ("," | "và") unit } | "6 tháng" ("," | "và") "năm" | n "tháng" "một lần"
    unit-word = ("hằng" | "hàng" | "mỗi" | "định kỳ" ...) ("ngày" | "tuần" | "tháng" | "quý" | "năm")

A rhythm without a day ends with its unit: hằng tháng is the last day of each month. The days are those of `recurring`.
"""

from dataclasses import replace

from tdkt_cli.core.phrases.chains import number_word
from tdkt_cli.core.phrases.dates import LONGEST_LIST
from tdkt_cli.core.phrases.draft import Draft
from tdkt_cli.core.phrases.lexicon import NUMBER, ROMAN
from tdkt_cli.core.phrases.limits import clock, clock_after, limit, markers_from
from tdkt_cli.core.phrases.recurring import LAST_DAYS, every, recurring_days
from tdkt_cli.core.phrases.tokens import Line

_EACH = {"day": "day", "week": "week", "month": "month", "quarter": "quarter", "year": "year"}


def rhythm(line: Line, at: int) -> list[Draft]:
    """A rhythm that begins with its unit-word: "hằng tháng", "hằng quý, chậm nhất ngày 20 tháng cuối quý"."""
    units, after = _units(line, at)
    if not units:
        return _so_often(line, at)
    named = _named_behind(line, at, units, after)
    if named:
        return [*named, *_further(line, named[-1].after)]
    return [Draft(every(LAST_DAYS[unit]), at, after, sure=unit != "week") for unit in units]


def timed(line: Line, at: int) -> list[Draft]:
    """A rhythm with a time of day before it, which no recurring deadline holds: trước 17h hằng ngày."""
    found = clock(line, markers_from(line, at)[1])
    here = found[1] + (line.symbol(found[1]) == ",") if found else at
    drafts = rhythm(line, here) if here > at and line.symbol(here) in ("rhythm", "every") else []
    return [replace(draft, first=at, sure=False) for draft in drafts]


def ended(line: Line, draft: Draft) -> Draft:
    """A rhythm with the last day or the time of day that stands behind it: hằng tháng, đến hết tháng 10/2023."""
    time, after = clock_after(line, draft.after)
    if time:
        return replace(draft, after=after, sure=False)
    here = draft.after + (line.symbol(draft.after) == ",")
    found = limit(line, here) if line.symbol(here) == "until" and draft.when else []
    last = found[0].when if len(found) == 1 and found[0].complete else None
    if last is None or last.end is None or last.kind != "by" or last.time or draft.when is None:
        return draft
    rule = f"{draft.when.rrule};UNTIL={last.end:%Y%m%d}"
    return replace(draft, when=replace(draft.when, rrule=rule), after=found[0].after)


def monthly_report(line: Line, at: int) -> list[Draft]:
    """báo cáo tháng trước ngày 20: a day of each month."""
    if not at or line.symbol(at - 1) != "document" or line.symbol(at + 1) not in ("before", "until", "latest"):
        return []
    days = recurring_days(line, at + 1, unit="month")
    return days if "BYMONTHDAY" in str(days[0].when.rrule if days and days[0].when else "") else []


def _further(line: Line, at: int) -> list[Draft]:
    """More units, each with its days in brackets: "... 6 tháng (trước 20/6) và năm (trước 20/12)"."""
    found: list[Draft] = []
    here = at
    while len(found) < LONGEST_LIST and line.symbol(here - 1) == ")":
        joint = line.skip(here, (",", "and"), 2)
        unit, after = _unit(line, joint, begun=True) if joint > here else ("", here)
        if not unit:
            unit, after = _bare_count(line, joint) if joint > here else ("", here)
        named = _named_behind(line, joint, [unit], after) if unit and line.symbol(after) == "(" else []
        if not named:
            break
        found += named
        here = named[-1].after
    return found


def _bare_count(line: Line, at: int) -> tuple[str, int]:
    """6 tháng, 9 tháng with a day in brackets behind."""
    lexeme = line.lexemes[at]
    if lexeme.symbol == NUMBER and line.symbol(at + 1) == "month":
        return ("half", at + 2) if lexeme.value in (6, 9, 3) else ("", at)
    return "", at


def _so_often(line: Line, at: int) -> list[Draft]:
    """01 lần/tháng, một lần mỗi quý: once in each unit."""
    lexeme, times = line.lexemes[at], line.lexemes[at + 1]
    once = (lexeme.symbol == NUMBER and lexeme.value == 1) or lexeme.key == _ONE
    if not once or times.key != _TIME:
        return []
    here = at + 2 + (line.symbol(at + 2) in ("/", "and", "within"))
    lexeme = line.lexemes[here]
    unit = str(lexeme.value) if lexeme.symbol == "rhythm" else _EACH.get(lexeme.symbol, "") if here > at + 2 else ""
    if line.symbol(here + 1) == NUMBER or line.lexemes[here + 1].key in ROMAN:
        return []
    return [Draft(every(LAST_DAYS[unit]), at, here + 1, sure=unit != "week")] if unit else []


def _named_behind(line: Line, at: int, units: list[str], after: int) -> list[Draft]:
    """The day that stands behind the unit-word."""
    here = line.skip(after, (",", "(", ":", "-"), 3)
    days = recurring_days(line, here, unit=units[-1])
    if days:
        bracketed = line.symbol(here - 1) == "("
        return [
            replace(draft, first=at, after=draft.after + (bracketed and line.symbol(draft.after) == ")"))
            for draft in days
        ]
    return []


def _units(line: Line, at: int) -> tuple[list[str], int]:
    """The units of a rhythm and the place after them: hằng tháng, quý, năm; 6 tháng, năm; 3 tháng một lần."""
    found, here = _unit(line, at, begun=False)
    if not found:
        return [], at
    units = [found]
    while len(units) < LONGEST_LIST:
        joint = line.skip(here, (",", "and"), 2)
        more, after = _unit(line, joint, begun=True) if joint > here else ("", here)
        if not more:
            break
        if not (units == ["half"] and more == "year"):
            units.append(more)
        here = after
    return units, _once(line, here)


def _unit(line: Line, at: int, *, begun: bool) -> tuple[str, int]:
    lexeme = line.lexemes[at]
    if lexeme.symbol == "rhythm":
        return _not_dated(line, at, str(lexeme.value))
    regular = lexeme.symbol == "every" or (lexeme.symbol == "ongoing" and lexeme.key == _REGULARLY)
    if regular and line.symbol(at + 1) not in ("every", "ongoing"):
        return _unit(line, at + 1, begun=True)
    counted = _counted_months(line, at)
    if counted:
        return counted
    if lexeme.symbol == "whole-year" and begun and line.symbol(at + 1) != NUMBER:
        return "year", at + 1
    if (lexeme.symbol == NUMBER and lexeme.value == 1) or lexeme.key == _ONE:
        return _unit(line, at + 1, begun=True) if begun and line.symbol(at + 1) == "year" else ("", at)
    if begun and lexeme.symbol in _EACH and line.symbol(at + 1) != NUMBER:
        return _not_dated(line, at, _EACH[lexeme.symbol])
    return "", at


_REGULARLY, _ONE = "định", "một"


def _not_dated(line: Line, at: int, unit: str) -> tuple[str, int]:
    return ("", at) if unit == "year" and line.is_year(at + 1) else (unit, at + 1)


def _counted_months(line: Line, at: int) -> tuple[str, int] | None:
    """6 tháng, 3 tháng một lần: months as a rhythm, where "năm" or "một lần" stands behind or a rhythm before."""
    lexeme = line.lexemes[at]
    count = int(lexeme.value) if lexeme.symbol == NUMBER else number_word(line.word(at))
    unit = {1: "month", 3: "quarter", 6: "half", 12: "year"}.get(count or 0)
    here = at + 1
    if unit is None or line.symbol(here) != "month" or line.symbol(here + 1) == "part":
        return None
    here += 1
    joint = line.skip(here, (",", "and"), 2)
    joint += (
        (line.lexemes[joint].key == _ONE or line.lexemes[joint].value == 1) if line.symbol(joint + 1) == "year" else 0
    )
    year = joint > here and line.symbol(joint) in ("year", "whole-year", "rhythm") and line.symbol(joint + 1) != NUMBER
    rhythmic = line.symbol(at - 1) in ("every", "ongoing", "rhythm", ",", "and") if at else False
    if year or _once(line, here) > here or (rhythmic and line.symbol(here) not in (NUMBER, "word")):
        return unit, here
    return None


def _once(line: Line, at: int) -> int:
    """The place after "một lần", "/lần", "01 lần"."""
    here = at + (line.symbol(at) in ("/", ","))
    one = line.lexemes[here]
    here += (one.symbol == NUMBER and one.value == 1) or one.key == _ONE
    return here + 1 if line.lexemes[here].key == _TIME and here > at else at


_TIME = "lần"
