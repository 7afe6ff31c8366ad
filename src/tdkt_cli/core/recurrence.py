"""Recurring deadlines: the part of RFC 5545 RRULE that office plans need, expanded within the plan's period.

    DAILY    may have INTERVAL
    WEEKLY   has BYDAY (MO ... SU), may have INTERVAL
    MONTHLY  has BYMONTHDAY (1 to 31; -1 to -31 from the end) or BYDAY, may have BYMONTH or INTERVAL
    YEARLY   has BYMONTH with BYMONTHDAY or BYDAY, or BYYEARDAY (1 to 366; -1 to -366), may have INTERVAL
    BYDAY    in a month may number its days (2MO, -1FR); BYSETPOS picks one of several (BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1)
    UNTIL    is a last day, 20231031, with any of them

A rule names its day: `FREQ=MONTHLY;BYMONTHDAY=-1` ("hằng tháng": the last day of each month), never only a rhythm, so that no
occurrence depends on the day on which a plan begins; only an INTERVAL counts from there. Days are the smallest step. What could
never fall is not read, so that no search for the next day runs long.
"""

import re
from datetime import date, datetime, time
from functools import lru_cache
from itertools import takewhile

from tdkt_cli.core.messages import Message, msg
from tdkt_cli.core.periods import DateError, Period

_DAYS = frozenset(("BYMONTHDAY", "BYDAY", "BYYEARDAY"))
_GOES_WITH = {
    "DAILY": frozenset(("INTERVAL",)),
    "WEEKLY": frozenset(("BYDAY", "INTERVAL")),
    "MONTHLY": frozenset(("BYMONTHDAY", "BYDAY", "BYMONTH", "BYSETPOS", "INTERVAL")),
    "YEARLY": frozenset(("BYMONTHDAY", "BYDAY", "BYYEARDAY", "BYMONTH", "BYSETPOS", "INTERVAL")),
}
_ONE = {
    "INTERVAL": r"[1-9]\d{0,2}",
    "BYMONTH": r"(?:[1-9]|1[0-2])",
    "BYMONTHDAY": r"-?(?:[1-9]|[12]\d|3[01])",
    "BYYEARDAY": r"-?(?:[1-9]\d?|[12]\d\d|3[0-5]\d|36[0-6])",
    "BYDAY": r"(?:[+-]?[1-5])?(?:MO|TU|WE|TH|FR|SA|SU)",
    "BYSETPOS": r"-?[1-4]",
    "UNTIL": r"\d{8}",
}
_SINGLE = frozenset(("INTERVAL", "BYSETPOS", "UNTIL"))
_PARTS = ("FREQ", *_ONE)
_DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_LONGEST = 200


def check_rule(rule: str) -> str:
    """Return the rule if tdkt can expand it. Raises DateError that says what is wrong."""
    if len(rule) > _LONGEST:
        raise DateError(msg("the rule is longer than {n} characters", n=_LONGEST))
    pairs = [part.partition("=")[::2] for part in rule.split(";")]
    parts = dict(pairs)
    problem = _wrong_part(pairs) or _wrong_rhythm(parts) or _never_falls(parts)
    if problem:
        raise DateError(problem)
    return rule


@lru_cache(maxsize=1024)
def occurrences(rule: str, within: Period) -> tuple[date, ...]:
    """Return the days of a checked rule within a period, both ends included, in order."""
    from dateutil.rrule import rrulestr  # noqa: PLC0415 - slow to import, and few plans have a rule

    days = (moment.date() for moment in rrulestr(rule, dtstart=datetime.combine(within.start, time())))
    return tuple(takewhile(lambda day: day <= within.end, days))


def _wrong_part(pairs: list[tuple[str, str]]) -> Message | None:
    """Return a message for a part that is unknown, stands twice, or has a value that RFC 5545 does not allow."""
    seen = {"FREQ"} if pairs[0][0] == "FREQ" else set()
    for name, value in pairs[len(seen) :]:
        if name not in _PARTS:
            return msg(
                "“{part}” is not a part of an RRULE that tdkt reads: {parts}", part=name, parts=", ".join(_PARTS)
            )
        if name in seen:
            return msg("{part} appears twice in the rule", part=name)
        seen.add(name)
        if not _is_valid(name, value):
            return msg("“{part}={value}” is not as RFC 5545 defines it", part=name, value=value)
    return None


def _is_valid(name: str, value: str) -> bool:
    one = _ONE.get(name, ".*")  # FREQ is checked with the rhythm
    if not re.fullmatch(one if name in _SINGLE else f"{one}(?:,{one})*", value, re.ASCII | re.DOTALL):
        return False
    try:
        return name != "UNTIL" or bool(date.fromisoformat(value))
    except ValueError:
        return False


def _wrong_rhythm(parts: dict[str, str]) -> Message | None:
    """Return a message for what the rhythm of the rule lacks or cannot be used with."""
    frequency = parts.get("FREQ", "")
    if frequency not in _GOES_WITH:
        return msg("an RRULE begins with FREQ=DAILY, WEEKLY, MONTHLY or YEARLY")
    for name in parts:
        if name not in _GOES_WITH[frequency] and name not in {"FREQ", "UNTIL"}:
            return msg("{part} cannot be used with FREQ={frequency}", part=name, frequency=frequency)
    days = sorted(_DAYS & parts.keys())
    if frequency != "DAILY" and not days:
        return msg("the rule names no day: add for instance BYMONTHDAY=-1 (the last day of the month) or BYDAY=FR")
    if len(days) > 1:
        return msg("{parts} do not go together: keep one", parts=" + ".join(days))
    if frequency == "YEARLY" and ("BYMONTH" in parts) == ("BYYEARDAY" in parts):
        return msg("a yearly rule has BYMONTH with its day, or BYYEARDAY")
    return None


def _never_falls(parts: dict[str, str]) -> Message | None:
    """Return a message for what keeps a well-formed rule from ever having an occurrence."""
    months = [int(month) for month in parts.get("BYMONTH", "").split(",") if month]
    days = [abs(int(day)) for day in parts.get("BYMONTHDAY", "").split(",") if day]
    numbered = any(char.isdigit() for char in parts.get("BYDAY", ""))
    if days and min(days) > max((_DAYS_IN_MONTH[month - 1] for month in months), default=31):
        return msg("none of these months has that many days")
    if months and "INTERVAL" in parts and parts["FREQ"] == "MONTHLY":
        return msg("{parts} do not go together: keep one", parts="BYMONTH + INTERVAL")
    if numbered and parts["FREQ"] == "WEEKLY":
        return msg("{part} cannot be used with FREQ={frequency}", part=f"BYDAY={parts['BYDAY']}", frequency="WEEKLY")
    if "BYSETPOS" in parts and ("BYDAY" not in parts or numbered):
        return msg("BYSETPOS picks among the days of BYDAY without numbers")
    return None
