"""Messages for the dates of deadlines: before 20/02/2023, from 01/02/2023 to 10/02/2023, the 25th of each month.

In Vietnamese these are words of plans themselves, so that `phrases` reads back what stands here.
"""

from calendar import monthrange
from datetime import date
from functools import reduce

from tdkt_cli.core.messages import Message, msg, msgs
from tdkt_cli.core.plan import Event, When
from tdkt_cli.core.text import one_line

_QUARTERS = {(1, 3): "I", (4, 6): "II", (7, 9): "III", (10, 12): "IV"}  # by the first and last month
_QUARTER_ENDS, _QUARTER_STARTS = "3,6,9,12", "1,4,7,10"
_LAST_WORKDAY = {"BYDAY": "MO,TU,WE,TH,FR", "BYSETPOS": "-1"}
WEEKDAYS = {
    "MO": msg("Monday"),
    "TU": msg("Tuesday"),
    "WE": msg("Wednesday"),
    "TH": msg("Thursday"),
    "FR": msg("Friday"),
    "SA": msg("Saturday"),
    "SU": msg("Sunday"),
}


def when_words(when: When) -> Message:
    """Return the message for a date: before 20/02/2023, until 30/11/2023 17:00, from 01/02/2023 to 10/02/2023."""
    if when.kind == "before" and when.end:
        return msg("before {day}", day=when.end)
    if when.kind == "by" and when.end:
        return _by(when, when.end)
    if when.kind == "day" and when.end:
        return msg("around {day}", day=when.end) if when.approximate else msg("on {day}", day=when.end)
    if when.kind == "within" and when.start and when.end:
        return _period(when.start, when.end, approximate=when.approximate)
    if when.kind == "every":
        return msg("recurring, {day}", day=when.end) if when.end else rule_words(when)
    if when.kind == "after" and when.event:
        days = _after(when.event)
        return msg("{days} ({end})", days=days, end=when.end) if when.end else days
    if when.kind == "ongoing":
        return _ongoing(when)
    return msg("waiting for: {what}", what=one_line(when.waiting or ""))


def rule_words(when: When) -> Message:
    """Return the message for a recurrence: by the 20th of the last month of each quarter, Friday of each week."""
    parts = dict(part.split("=") for part in (when.rrule or "").split(";") if "=" in part)
    frequency, until = parts.pop("FREQ", ""), parts.pop("UNTIL", "")
    rhythm = _rhythms(frequency, parts) if "INTERVAL" not in parts else None
    if rhythm is None:
        return msg("recurring ({rule})", rule=when.rrule or "")
    words = _bounded(when, *rhythm)
    return msg("{recurring}, until {day}", recurring=words, day=date.fromisoformat(until)) if until else words


def _bounded(when: When, plain: Message | None, on_day: Message) -> Message:
    if when.bound == "before":
        return msg("before {recurring}", recurring=on_day)
    if when.bound == "day":
        return on_day
    return plain or msg("by {recurring}", recurring=on_day)


def _rhythms(frequency: str, parts: dict[str, str]) -> tuple[Message | None, Message] | None:
    """Return a rhythm in words, first without its day where it ends with its unit; None where it has no short words."""
    days, months = parts.get("BYMONTHDAY", ""), parts.get("BYMONTH", "")
    if frequency == "DAILY" and not parts:
        return msg("each day"), msg("each day")
    if frequency == "WEEKLY" and set(parts) == {"BYDAY"}:
        named = msg("{weekdays} of each week", weekdays=_listed([WEEKDAYS[day] for day in parts["BYDAY"].split(",")]))
        return (msg("each week") if parts["BYDAY"] == "SU" else None), named
    if frequency == "MONTHLY" and parts == _LAST_WORKDAY:
        return None, msg("the last working day of each month")
    if frequency == "YEARLY" and set(parts) == {"BYMONTH", "BYMONTHDAY"}:
        return _yearly(days, months)
    if frequency == "MONTHLY" and set(parts) <= {"BYMONTH", "BYMONTHDAY"} and days:
        return _monthly(days, months)
    return None


def _monthly(days: str, months: str) -> tuple[Message | None, Message] | None:
    last = days == "-1"
    if not last and "-" in days:
        return None
    days = _spaced(days)
    if not months:
        monthly = msg("each month"), msg("the last day of each month")
        return monthly if last else (None, msg("day {days} of each month", days=days))
    if months == _QUARTER_ENDS:
        quarterly = msg("each quarter"), msg("the last day of each quarter")
        return quarterly if last else (None, msg("day {days} of the last month of each quarter", days=days))
    if months == _QUARTER_STARTS and not last:
        return None, msg("day {days} of the first month of each quarter", days=days)
    return None


def _yearly(days: str, months: str) -> tuple[Message | None, Message] | None:
    if days == "-1":
        plain = {"12": msg("each year"), "6,12": msg("each half-year and year")}.get(months)
        months = _spaced(months)
        last_day = msg("the last day of month {months} of each year", months=months)
        return plain or msg("month {months} of each year", months=months), last_day
    if not days.isdigit():
        return None
    dates = ", ".join(f"{days}/{month}" for month in months.split(","))
    return None, msg("{dates} of each year", dates=dates)


def _spaced(numbers: str) -> str:
    return numbers.replace(",", ", ")


def _listed(words: list[Message]) -> Message:
    return reduce(lambda first, second: msg("{first}, {second}", first=first, second=second), words)


def _by(when: When, day: date) -> Message:
    if when.time:
        return msg("by {day} {time}", day=day, time=f"{when.time:%H:%M}")
    return msg("by about {day}", day=day) if when.approximate else msg("by {day}", day=day)


def _ongoing(when: When) -> Message:
    if when.start and when.end:
        return msg("ongoing, {start} to {end}", start=when.start, end=when.end)
    if when.start:
        return msg("ongoing, from {start}", start=when.start)
    return msg("ongoing, until {end}", end=when.end) if when.end else msg("ongoing")


def _period(start: date, end: date, *, approximate: bool) -> Message:
    """Return a period by its name where it is a whole month, quarter or year, else by its ends."""
    if approximate:
        return msg("about {start} to {end}", start=start, end=end)
    months, year = (start.month, end.month), f"{start.year}"
    if start.year != end.year or start.day != 1 or end.day != monthrange(end.year, end.month)[1]:
        return msg("{start} to {end}", start=start, end=end)
    if start.month == end.month:
        return msg("in month {month}", month=f"{start:%m/%Y}")
    if months in _QUARTERS:
        return msg("in quarter {quarter}/{year}", quarter=_QUARTERS[months], year=year)
    return msg("in {year}", year=year) if months == (1, 12) else msg("{start} to {end}", start=start, end=end)


def _after(event: Event) -> Message:
    name, count = one_line(event.event), abs(event.days)
    if event.days < 0 and event.unit == "working":
        return msgs("{n} working day before: {event}", "{n} working days before: {event}", n=count, event=name)
    if event.days < 0:
        return msgs("{n} day before: {event}", "{n} days before: {event}", n=count, event=name)
    if event.unit == "working":
        return msgs("{n} working day after: {event}", "{n} working days after: {event}", n=count, event=name)
    return msgs("{n} day after: {event}", "{n} days after: {event}", n=count, event=name)
