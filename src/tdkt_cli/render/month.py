"""A month of the working calendar: a grid of its days, and why each special one is off or worked."""

from collections.abc import Iterator
from datetime import date, timedelta

from tdkt_cli.core.messages import msg, msgs
from tdkt_cli.core.periods import Period
from tdkt_cli.core.text import visible, width
from tdkt_cli.core.workdays import WorkCalendar
from tdkt_cli.render.fields import wrapped
from tdkt_cli.render.language import Language

_WEEK = 7
_BOLD, _DIM, _PLAIN = "\033[1m", "\033[2m", "\033[0m"


def month_lines(month: Period, calendar: WorkCalendar, language: Language, *, colour: bool) -> Iterator[str]:
    """The month as lines. A day off stands in brackets, one worked on a weekend with a plus; colour only underlines that."""
    days = _days(month)
    worked = sum(calendar.is_working(day) for day in days)
    title = language.say(
        msgs(
            "Month {month}: {n} working day", "Month {month}: {n} working days", n=worked, month=f"{month.start:%m/%Y}"
        )
    )
    yield f"{_BOLD}{title}{_PLAIN}" if colour else title
    yield ""
    yield "".join(f"{name:>4} " for name in language.weekdays()).rstrip()
    cells = ["     "] * month.start.weekday() + [_cell(day, calendar, colour=colour) for day in days]
    for first in range(0, len(cells), _WEEK):
        yield "".join(cells[first : first + _WEEK]).rstrip()
    yield ""
    yield language.say(msg("( ) off, + worked; Saturdays and Sundays are off"))
    for day in days:
        reason = calendar.reason(day)
        if reason and not _is_plain_weekend(day, calendar):
            head = f"  {language.day(day, short=True)}  "
            first_line, *rest = wrapped(visible(language.say(reason)), indent=width(head))
            yield head + first_line
            yield from (" " * width(head) + line for line in rest)


def month_records(month: Period, calendar: WorkCalendar, language: Language) -> list[dict[str, object]]:
    """Each day for machines: `date`, `working`, and the `reason` where it is not an ordinary working day."""
    days = ((day, calendar.reason(day)) for day in _days(month))
    return [
        {
            "date": day.isoformat(),
            "working": calendar.is_working(day),
            "reason": language.say(reason) if reason else None,
        }
        for day, reason in days
    ]


def _days(month: Period) -> list[date]:
    count = (month.end - month.start).days + 1
    return [month.start + timedelta(days=offset) for offset in range(count)]


def _is_plain_weekend(day: date, calendar: WorkCalendar) -> bool:
    return day not in calendar.overrides and calendar.reason(day) == msg("weekend")


def _cell(day: date, calendar: WorkCalendar, *, colour: bool) -> str:
    """Five columns: the number, in brackets where it is off, with a plus where it is worked by decision."""
    if not calendar.is_working(day):
        text = f"{f'({day.day})':>5}"
        return f"{_DIM}{text}{_PLAIN}" if colour else text
    return f"{day.day:>4}{'+' if calendar.reason(day) else ' '}"
