"""A month of the working calendar: a grid of its days, and why each special one is off or worked."""

from collections.abc import Iterator
from datetime import date, timedelta

from tdkt_cli.core.messages import msg, msgs
from tdkt_cli.core.periods import Period
from tdkt_cli.core.text import visible, width
from tdkt_cli.core.workdays import WorkCalendar
from tdkt_cli.render.language import Language
from tdkt_cli.render.layout import BOLD, DIM, hanging, styled

_WEEK = 7


def month_lines(month: Period, calendar: WorkCalendar, language: Language, *, colour: bool) -> Iterator[str]:
    """Yield the lines of a month. A day off stands in brackets, a worked weekend day has a plus; colour only repeats that."""
    days = _days(month)
    worked = sum(map(calendar.is_working, days))
    title = msgs(
        "Month {month}: {n} working day", "Month {month}: {n} working days", n=worked, month=f"{month.start:%m/%Y}"
    )
    yield styled(language.say(title), BOLD, colour=colour)
    yield ""
    yield "".join(f"{name:>4} " for name in language.weekdays()).rstrip()
    cells = ["     "] * month.start.weekday() + [_cell(day, calendar, colour=colour) for day in days]
    for first in range(0, len(cells), _WEEK):
        yield "".join(cells[first : first + _WEEK]).rstrip()
    yield ""
    yield language.say(msg("( ) off, + worked; Saturdays and Sundays are off"))
    for day in days:
        reason = calendar.reason(day)
        if reason and reason != msg("weekend"):
            start = f"  {language.day(day, short=True)}  "
            yield from hanging(start, visible(language.say(reason)), indent=width(start))


def month_records(month: Period, calendar: WorkCalendar, language: Language) -> list[dict[str, object]]:
    """Return each day for other programs: `date`, `working`, and the `reason` unless it is an ordinary working day."""
    return [
        {
            "date": day.isoformat(),
            "working": calendar.is_working(day),
            "reason": language.say(reason) if (reason := calendar.reason(day)) else None,
        }
        for day in _days(month)
    ]


def _days(month: Period) -> list[date]:
    return [month.start + timedelta(offset) for offset in range((month.end - month.start).days + 1)]


def _cell(day: date, calendar: WorkCalendar, *, colour: bool) -> str:
    """Return five columns: the number, in brackets on a day off, with a plus on a day that is worked by decision."""
    if not calendar.is_working(day):
        return styled(f"{f'({day.day})':>5}", DIM, colour=colour)
    return f"{day.day:>4}{'+' if calendar.reason(day) else ' '}"
