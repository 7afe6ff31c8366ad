"""TDKT201 to TDKT207: dates that cannot be, or that somebody should look at."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from tdkt_cli.core.agenda import Item, items
from tdkt_cli.core.findings import Path, Severity
from tdkt_cli.core.messages import Message, msg
from tdkt_cli.core.periods import Period
from tdkt_cli.core.plan import Deadline, Plan, Progress, When
from tdkt_cli.core.recurrence import occurrences
from tdkt_cli.rules.registry import Context, Hit, each_progress, plan_rule

_DAY = timedelta(days=1)


@plan_rule("TDKT201", Severity.ERROR)
def start_after_end(plan: Plan, _context: Context) -> Iterator[Hit]:
    """A period that ends before it starts."""
    if plan.period.start > plan.period.end:
        yield Hit(_reversed(plan.period.start, plan.period.end), ("period",))
    for _, deadline in plan.deadlines():
        if _is_reversed(deadline.when):
            yield Hit(_reversed(deadline.when.start, deadline.when.end), _date_path(deadline))
        for progress, path in each_progress(deadline):
            for index, move in enumerate(progress.moved):
                if _is_reversed(move.when):
                    yield Hit(_reversed(move.when.start, move.when.end), (*path, "moved", index, move.when.kind))


def _is_reversed(when: When) -> bool:
    return bool(when.start and when.end and when.start > when.end)


def _reversed(start: date | None, end: date | None) -> Message:
    return msg("the start, {start}, is after the end, {end}", start=start, end=end)


@plan_rule("TDKT202", Severity.WARNING)
def outside_period(plan: Plan, context: Context) -> Iterator[Hit]:
    """A date outside the plan's period.

    Mostly a mistyped year. Where the document means it, suppress the finding with the reason.
    """
    for item in _issued(plan, context):
        day = next((day for day in (item.when.start, item.last_day) if day and day not in plan.period), None)
        if day:
            yield Hit(
                msg(
                    "{day} is outside the period of the plan, {start} to {end}",
                    day=day,
                    start=plan.period.start,
                    end=plan.period.end,
                ),
                _date_path(item.deadline),
            )


@plan_rule("TDKT203", Severity.INFO)
def last_day_off(plan: Plan, context: Context) -> Iterator[Hit]:
    """A last day on a day off.

    The date stays as issued; it is shown with the last working day before it, since on the day itself nobody receives.
    """
    for item in _issued(plan, context):
        if item.last_day and item.when.kind != "every" and not context.office.calendar.is_working(item.last_day):
            working = context.office.calendar.last_working_day(item.last_day)
            yield Hit(
                msg(
                    "the last day, {day}, is a day off; the last working day is {working}",
                    day=item.last_day,
                    working=working,
                ),
                _date_path(item.deadline),
            )


@plan_rule("TDKT204", Severity.WARNING)
def milestone_after_task(plan: Plan, context: Context) -> Iterator[Hit]:
    """A milestone of another party later than the task that needs it.

    Dossiers must come in before the meeting that decides on them; a later date is mostly a mistyped month.
    """
    last: dict[str, Item] = {}
    found = list(_issued(plan, context))
    for item in found:
        known = last.get(item.task.id)
        if (
            item.last_day
            and not item.deadline.who
            and (known is None or item.last_day > (known.last_day or item.last_day))
        ):
            last[item.task.id] = item
    for item in found:
        main = last.get(item.task.id)
        if main and main.last_day and item.deadline.who and item.last_day and item.last_day > main.last_day:
            yield Hit(
                msg(
                    "this milestone ends on {day}, after the task that needs it ({main})",
                    day=item.last_day,
                    main=main.last_day,
                ),
                _date_path(item.deadline),
            )


@plan_rule("TDKT205", Severity.WARNING)
def issued_after_due(plan: Plan, context: Context) -> Iterator[Hit]:
    """A deadline that was over before the plan was issued.

    Nobody could have met it: the year is mistyped, or the document only records it.
    """
    issued = plan.document.issued
    for item in _issued(plan, context):
        if issued and item.overdue_from and item.when.kind != "every" and item.overdue_from <= issued:
            yield Hit(
                msg("over since {day}, but the plan was issued on {issued}", day=item.overdue_from, issued=issued),
                _date_path(item.deadline),
            )


@plan_rule("TDKT206", Severity.ERROR)
def never_falls(plan: Plan, _context: Context) -> Iterator[Hit]:
    """A recurring deadline that never falls in the plan's period.

    It would be listed nowhere. Mostly UNTIL or the month is mistyped.
    """
    for _, deadline in plan.deadlines():
        if deadline.when.rrule and not any(occurrences(deadline.when.rrule, plan.period)):
            message = msg("never falls between {start} and {end}", start=plan.period.start, end=plan.period.end)
            yield Hit(message, _date_path(deadline))


@plan_rule("TDKT207", Severity.WARNING)
def skips_a_month(plan: Plan, _context: Context) -> Iterator[Hit]:
    """A monthly deadline that skips months.

    A 29th, 30th or 31st, or a fifth Friday, falls in no month that has none, as RFC 5545 has it. BYMONTHDAY=-1 is the last day
    of every month, BYDAY=-1FR the last Friday.
    """
    for _, deadline in plan.deadlines():
        rule = deadline.when.rrule or ""
        if "FREQ=MONTHLY" in rule and "INTERVAL" not in rule and "UNTIL" not in rule:
            skipped = next(_skipped_months(rule, plan.period), None)
            if skipped:
                message = msg(
                    "falls on no day of {month}; the last day of a month is BYMONTHDAY=-1", month=f"{skipped:%m/%Y}"
                )
                yield Hit(message, _date_path(deadline))


def _skipped_months(rule: str, period: Period) -> Iterator[date]:
    """The first days of the months, wholly in a period, that a monthly rule names and in which it does not fall."""
    named = re.search(r"BYMONTH=([\d,]+)", rule)
    months = {int(month) for month in named[1].split(",")} if named else set(range(1, 13))
    falls = {(day.year, day.month) for day in occurrences(rule, period)}
    if not falls:  # TDKT206 says so
        return
    for year in range(period.start.year, period.end.year + 1):
        for month in sorted(months):
            first = date(year, month, 1)
            if (
                first in period
                and (year, month) not in falls
                and (first + timedelta(days=31)).replace(day=1) - _DAY in period
            ):
                yield first


def _issued(plan: Plan, context: Context) -> Iterator[Item]:
    """The items of a plan by the dates as issued, whatever has happened since."""
    tasks = tuple(replace(task, deadlines=tuple(map(_untouched, task.deadlines))) for task in plan.tasks)
    return items((replace(plan, tasks=tasks),), context.office)


def _untouched(deadline: Deadline) -> Deadline:
    return replace(deadline, progress=Progress(), occurrences={}, same_as=None)


def _date_path(deadline: Deadline) -> Path:
    return (*deadline.path, deadline.when.kind)
