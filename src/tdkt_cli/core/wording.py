"""What a deadline says of time, as a message: before 20/02/2023, from 01/02/2023 to 10/02/2023, in quarter II/2023."""

from datetime import date, timedelta

from tdkt_cli.core.messages import Message, msg, msgs
from tdkt_cli.core.plan import When
from tdkt_cli.core.text import one_line

_QUARTERS = ((1, 1, 3), (4, 1, 6), (7, 1, 9), (10, 1, 12))  # first month, first day, last month
_ROMAN = ("I", "II", "III", "IV")


def when_words(when: When) -> Message:
    """What a deadline says of time: before 20/02/2023, until 30/11/2023 17:00, from 01/02/2023 to 10/02/2023."""
    if when.kind == "before" and when.end:
        return msg("before {day}", day=when.end)
    if when.kind == "by" and when.end:
        return (
            msg("by {day} {time}", day=when.end, time=f"{when.time:%H:%M}")
            if when.time
            else msg("by {day}", day=when.end)
        )
    if when.kind == "day" and when.end:
        return msg("around {day}", day=when.end) if when.approximate else msg("on {day}", day=when.end)
    if when.kind == "within" and when.start and when.end:
        return _period(when.start, when.end, approximate=when.approximate)
    if when.kind == "every":
        return msg("recurring, {day}", day=when.end) if when.end else msg("recurring ({rule})", rule=when.rrule or "")
    if when.kind == "after" and when.event:
        return _after(when)
    if when.kind == "ongoing":
        return msg("ongoing, {start} to {end}", start=when.start, end=when.end) if when.end else msg("ongoing")
    return msg("waiting for: {what}", what=one_line(when.waiting or ""))


def _period(start: date, end: date, *, approximate: bool) -> Message:
    """A period by its name where it is a whole month, quarter or year, else by its ends."""
    if approximate:
        return msg("about {start} to {end}", start=start, end=end)
    year = f"{start.year}"
    whole = (
        (start.month, start.day, end.month)
        if start.year == end.year and end + timedelta(days=1) == _first_after(end)
        else None
    )
    if whole and whole[1] == 1 and whole[0] == whole[2]:
        return msg("in month {month}", month=f"{start:%m/%Y}")
    if whole in _QUARTERS:
        return msg("in quarter {quarter}/{year}", quarter=_ROMAN[_QUARTERS.index(whole)], year=year)
    if whole == (1, 1, 12):
        return msg("in {year}", year=year)
    return msg("{start} to {end}", start=start, end=end)


def _first_after(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def _after(when: When) -> Message:
    event = when.event
    if event is None:  # an `after` has one
        return msg("no date yet")
    count = abs(event.days)
    if event.days < 0:
        days = msgs("{n} day before: {event}", "{n} days before: {event}", n=count, event=event.event)
    elif event.unit == "working":
        days = msgs("{n} working day after: {event}", "{n} working days after: {event}", n=count, event=event.event)
    else:
        days = msgs("{n} day after: {event}", "{n} days after: {event}", n=count, event=event.event)
    return msg("{days} ({end})", days=days, end=when.end) if when.end else days
