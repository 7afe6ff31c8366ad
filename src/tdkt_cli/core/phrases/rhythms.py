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
from tdkt_cli.core.phrases.lexicon import NUMBER, ROMAN, symbols
from tdkt_cli.core.phrases.limits import clock, clock_after, limit, markers_from
from tdkt_cli.core.phrases.recurring import LAST_DAYS, every, recurring_days
from tdkt_cli.core.phrases.tokens import Line

_EACH = symbols("day week month quarter year")
_REGULARLY, _ONE, _TIME = "định", "một", "lần"


def rhythm(line: Line, at: int) -> list[Draft]:
    """Read a rhythm that begins with its unit-word: "hằng tháng", "hằng quý, chậm nhất ngày 20 tháng cuối quý"."""
    units, after = _units(line, at)
    if not units:
        return _so_often(line, at)
    named = _named_behind(line, at, units[-1], after)
    if named:
        return [*named, *_further(line, named[-1].after)]
    return [Draft(every(LAST_DAYS[unit]), at, after, sure=unit != "week") for unit in units]


def timed(line: Line, at: int) -> list[Draft]:
    """Read a rhythm with a time of day before it, which no recurring deadline holds: trước 17h hằng ngày."""
    found = clock(line, markers_from(line, at)[1])
    here = line.skip(found[1], (",",)) if found else at
    drafts = rhythm(line, here) if here > at and line.symbol(here) in ("rhythm", "every") else []
    return [replace(draft, first=at, sure=False) for draft in drafts]


def ended(line: Line, draft: Draft) -> Draft:
    """Add to a rhythm the last day or the time of day that stands behind it: hằng tháng, đến hết tháng 10/2023."""
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
    """Read a day of each month: báo cáo tháng trước ngày 20."""
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
        counted = line.symbol(joint) == NUMBER and line.symbol(joint + 1) == "month"
        if joint > here and not unit and counted and line.value(joint) in (3, 6, 9):
            unit, after = "half", joint + 2
        named = _named_behind(line, joint, unit, after) if unit and line.symbol(after) == "(" else []
        if not named:
            break
        found += named
        here = named[-1].after
    return found


def _so_often(line: Line, at: int) -> list[Draft]:
    """Read "once in each unit": 01 lần/tháng, một lần mỗi quý."""
    if not _is_one(line, at) or line.key(at + 1) != _TIME:
        return []
    here = line.skip(at + 2, ("/", "and", "within"))
    unit = str(line.value(here)) if line.symbol(here) == "rhythm" else ""
    if here > at + 2 and line.symbol(here) in _EACH:
        unit = line.symbol(here)
    if line.symbol(here + 1) == NUMBER or line.key(here + 1) in ROMAN:
        return []
    return [Draft(every(LAST_DAYS[unit]), at, here + 1, sure=unit != "week")] if unit else []


def _named_behind(line: Line, at: int, unit: str, after: int) -> list[Draft]:
    """The day that stands behind the unit-word."""
    here = line.skip(after, (",", "(", ":", "-"), 3)
    closes = frozenset(")" if line.symbol(here - 1) == "(" else "")
    days = recurring_days(line, here, unit)
    return [replace(draft, first=at, after=line.skip(draft.after, closes)) for draft in days]


def _units(line: Line, at: int) -> tuple[list[str], int]:
    """The units of a rhythm and the place after them: hằng tháng, quý, năm; 6 tháng, năm; 3 tháng một lần."""
    units: list[str] = []
    unit, after = _unit(line, at, begun=False)
    here = at
    while unit and len(units) < LONGEST_LIST:
        if not (units == ["half"] and unit == "year"):
            units.append(unit)
        here = after
        joint = line.skip(here, (",", "and"), 2)
        unit, after = _unit(line, joint, begun=True) if joint > here else ("", here)
    return units, _once(line, here)


def _unit(line: Line, at: int, *, begun: bool) -> tuple[str, int]:
    """The unit of a rhythm, "" for none, and the place after it; `begun`: its unit-word stands before."""
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
    if _is_one(line, at):
        return _unit(line, at + 1, begun=True) if begun and line.symbol(at + 1) == "year" else ("", at)
    if begun and lexeme.symbol in _EACH and line.symbol(at + 1) != NUMBER:
        return _not_dated(line, at, lexeme.symbol)
    return "", at


def _not_dated(line: Line, at: int, unit: str) -> tuple[str, int]:
    return ("", at) if unit == "year" and line.is_year(at + 1) else (unit, at + 1)


def _counted_months(line: Line, at: int) -> tuple[str, int] | None:
    """Read months as a rhythm, 6 tháng, 3 tháng một lần, where "năm" or "một lần" stands behind or a rhythm before."""
    lexeme = line.lexemes[at]
    count = int(lexeme.value) if lexeme.symbol == NUMBER else number_word(line.word(at))
    unit = {1: "month", 3: "quarter", 6: "half", 12: "year"}.get(count or 0)
    here = at + 1
    if unit is None or line.symbol(here) != "month" or line.symbol(here + 1) == "part":
        return None
    here += 1
    joint = line.skip(here, (",", "and"), 2)
    joint += line.symbol(joint + 1) == "year" and _is_one(line, joint)
    year = joint > here and line.symbol(joint) in ("year", "whole-year", "rhythm") and line.symbol(joint + 1) != NUMBER
    rhythmic = line.symbol(at - 1) in ("every", "ongoing", "rhythm", ",", "and") if at else False
    if year or _once(line, here) > here or (rhythmic and line.symbol(here) not in (NUMBER, "word")):
        return unit, here
    return None


def _once(line: Line, at: int) -> int:
    """The place after "một lần", "/lần", "01 lần"."""
    here = line.skip(at, ("/", ","))
    here += _is_one(line, here)
    return here + 1 if line.key(here) == _TIME and here > at else at


def _is_one(line: Line, at: int) -> bool:
    return line.key(at) == _ONE or (line.symbol(at) == NUMBER and line.value(at) == 1)
