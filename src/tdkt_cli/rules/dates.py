"""TDKT201 to TDKT207: dates that are impossible or doubtful."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from tdkt_cli.core.agenda import Item, items
from tdkt_cli.core.findings import Path, Severity
from tdkt_cli.core.messages import Message, msg
from tdkt_cli.core.periods import Period
from tdkt_cli.core.plan import Plan, Progress, When
from tdkt_cli.core.recurrence import occurrences
from tdkt_cli.core.resolve import Index
from tdkt_cli.rules.rule import Context, Hit, each_progress, plan_rule


@plan_rule("TDKT201", Severity.ERROR)
def start_after_end(plan: Plan, _context: Context) -> Iterator[Hit]:
    """A period that ends before it starts."""
    periods: list[tuple[Period | When, Path]] = [(plan.period, ("period",))]
    for _, deadline in plan.deadlines():
        periods.append((deadline.when, (*deadline.path, deadline.when.kind)))
        for progress, path in each_progress(deadline):
            periods += [(move.when, (*path, "moved", n, move.when.kind)) for n, move in enumerate(progress.moved)]
    for period, path in periods:
        if is_reversed(period):
            yield Hit(msg("the start, {start}, is after the end, {end}", start=period.start, end=period.end), path)


def is_reversed(period: Period | When) -> bool:
    """Return whether a period starts after its end."""
    return bool(period.start and period.end and period.start > period.end)


@plan_rule("TDKT202", Severity.WARNING)
def outside_period(plan: Plan, context: Context) -> Iterator[Hit]:
    """A date outside the plan's period.

    Usually the year is mistyped. If the document means it, suppress the finding with the reason.
    """
    for item in _issued(plan, context):
        day = next((day for day in (item.when.start, item.last_day) if day and day not in plan.period), None)
        if day:
            start, end = plan.period.start, plan.period.end
            message = msg("{day} is outside the period of the plan, {start} to {end}", day=day, start=start, end=end)
            yield _date_hit(item, message)


@plan_rule("TDKT203", Severity.INFO)
def last_day_off(plan: Plan, context: Context) -> Iterator[Hit]:
    """A last day on a day off.

    The date stays as issued; it is shown with the last working day before it, since nobody receives anything on the day
    itself.
    """
    calendar = context.office.calendar
    for item in _issued(plan, context):
        day = item.last_day
        if day and item.when.kind != "every" and not calendar.is_working(day):
            working = calendar.last_working_day(day)
            message = msg(
                "the last day, {day}, is a day off; the last working day is {working}", day=day, working=working
            )
            yield _date_hit(item, message)


@plan_rule("TDKT204", Severity.WARNING)
def milestone_after_task(plan: Plan, context: Context) -> Iterator[Hit]:
    """A milestone of another party that is later than the task that needs it.

    Dossiers must come in before the meeting that decides on them; if the date is later, usually the month is mistyped.
    """
    dated = [(item, item.last_day) for item in _issued(plan, context) if item.last_day]
    ends: dict[str, date] = {}
    for item, day in dated:
        if not item.deadline.who:
            ends[item.task.id] = max(day, ends.get(item.task.id, day))
    for item, day in dated:
        end = ends.get(item.task.id)
        if end and item.deadline.who and day > end:
            message = msg("this milestone ends on {day}, after the task that needs it ({main})", day=day, main=end)
            yield _date_hit(item, message)


@plan_rule("TDKT205", Severity.WARNING)
def issued_after_due(plan: Plan, context: Context) -> Iterator[Hit]:
    """A deadline that was over before the plan was issued.

    Nobody could have met it: the year is mistyped, or the document only records it.
    """
    issued = plan.document.issued
    for item in _issued(plan, context):
        if issued and item.overdue_from and item.when.kind != "every" and item.overdue_from <= issued:
            message = msg("over since {day}, but the plan was issued on {issued}", day=item.overdue_from, issued=issued)
            yield _date_hit(item, message)


@plan_rule("TDKT206", Severity.ERROR)
def never_falls(plan: Plan, _context: Context) -> Iterator[Hit]:
    """A recurring deadline that never falls in the plan's period.

    It would be listed nowhere. Usually UNTIL or the month is mistyped.
    """
    for _, deadline in plan.deadlines():
        if deadline.when.rrule and not any(occurrences(deadline.when.rrule, plan.period)):
            message = msg("never falls between {start} and {end}", start=plan.period.start, end=plan.period.end)
            yield Hit(message, (*deadline.path, "every"))


@plan_rule("TDKT207", Severity.WARNING)
def skips_a_month(plan: Plan, _context: Context) -> Iterator[Hit]:
    """A monthly deadline that skips months.

    As RFC 5545 says, a 29th, 30th or 31st, or a fifth Friday, does not fall in a month that has none. BYMONTHDAY=-1 is
    the last day of every month, BYDAY=-1FR the last Friday.
    """
    for _, deadline in plan.deadlines():
        rule = deadline.when.rrule or ""
        is_monthly = "FREQ=MONTHLY" in rule and "INTERVAL" not in rule and "UNTIL" not in rule
        if is_monthly and (day := _skipped_month(rule, plan.period)):
            message = msg("never falls in {month}; for the last day of a month use BYMONTHDAY=-1", month=f"{day:%m/%Y}")
            yield Hit(message, (*deadline.path, "every"))


def _skipped_month(rule: str, period: Period) -> date | None:
    """Return the first day of the first whole month of a period that a monthly rule names and in which it does not fall."""
    days = occurrences(rule, period)
    named = re.search(r"BYMONTH=([\d,]+)", rule)
    months = named[1].split(",") if named else [str(month) for month in range(1, 13)]
    missed = {date(year, int(month), 1) for year in range(period.start.year, period.end.year + 1) for month in months}
    missed -= {day.replace(day=1) for day in days}
    whole = (day for day in missed if day in period and day.replace(day=monthrange(day.year, day.month)[1]) in period)
    return min(whole, default=None) if days else None  # a rule that never falls breaks TDKT206


def _issued(plan: Plan, context: Context) -> Iterator[Item]:
    """Yield the items of a plan with the dates as issued, without any progress."""
    office = replace(context.office, index=Index(()))  # the other rules' index keeps the deadlines as they are
    for task in plan.tasks:
        issued = tuple(replace(each, progress=Progress(), occurrences={}, same_as=None) for each in task.deadlines)
        yield from items((replace(plan, tasks=(replace(task, deadlines=issued),)),), office)


def _date_hit(item: Item, message: Message) -> Hit:
    return Hit(message, (*item.deadline.path, item.deadline.when.kind))
