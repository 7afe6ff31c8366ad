"""Recurring deadlines: the part of RFC 5545 RRULE that office plans need, expanded within the plan's period.

A rule names its day: `FREQ=MONTHLY;BYMONTHDAY=-1` ("hằng tháng": the last day of each month), never only a rhythm, so that no
occurrence depends on the day on which a plan begins. Days are the smallest step.
"""

from collections.abc import Iterator
from datetime import date, datetime, time

from tdkt_cli.core.messages import msg
from tdkt_cli.core.periods import DateError, Period

_FREQUENCIES = {
    "DAILY": (),
    "WEEKLY": ("BYDAY",),
    "MONTHLY": ("BYMONTHDAY", "BYDAY"),
    "YEARLY": ("BYMONTHDAY", "BYDAY", "BYYEARDAY"),
}
_PARTS = (
    "FREQ",
    "INTERVAL",
    "COUNT",
    "UNTIL",
    "BYMONTH",
    "BYMONTHDAY",
    "BYYEARDAY",
    "BYWEEKNO",
    "BYDAY",
    "BYSETPOS",
    "WKST",
)
_LONGEST = 200


def check_rule(rule: str) -> str:
    """The rule itself when tdkt can expand it. Raises DateError that says what is wrong."""
    if len(rule) > _LONGEST:
        raise DateError(msg("the rule is longer than {n} characters", n=_LONGEST))
    parts = dict(part.partition("=")[::2] for part in rule.split(";"))
    unknown = [name for name in parts if name not in _PARTS]
    if unknown:
        raise DateError(
            msg("“{part}” is not a part of an RRULE that tdkt reads: {parts}", part=unknown[0], parts=", ".join(_PARTS))
        )
    frequency = parts.get("FREQ", "")
    if frequency not in _FREQUENCIES:
        raise DateError(msg("an RRULE begins with FREQ=DAILY, WEEKLY, MONTHLY or YEARLY"))
    if _FREQUENCIES[frequency] and not any(part in parts for part in _FREQUENCIES[frequency]):
        raise DateError(
            msg("the rule names no day: add for instance BYMONTHDAY=-1 (the last day of the month) or BYDAY=FR")
        )
    if not parts.get("INTERVAL", "1").isdecimal() or int(parts.get("INTERVAL", "1")) < 1:
        raise DateError(msg("INTERVAL must be a whole number from 1"))
    try:
        next(occurrences(rule, Period(date(2000, 1, 1), date(2000, 1, 31))), None)
    except (ValueError, TypeError, KeyError, IndexError):
        raise DateError(
            msg("“{rule}” is not an RRULE as RFC 5545 defines it, such as FREQ=MONTHLY;BYMONTHDAY=25", rule=rule)
        ) from None
    return rule


def occurrences(rule: str, within: Period) -> Iterator[date]:
    """The days on which the rule falls, in order, from the first to the last day of `within`."""
    from dateutil.rrule import rrulestr  # noqa: PLC0415 - slow to import, and few plans have a rule

    start = datetime.combine(within.start, time())
    for moment in rrulestr(rule, dtstart=start):
        day = moment.date()
        if day > within.end:
            return
        yield day
