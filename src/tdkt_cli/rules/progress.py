"""TDKT501 to TDKT505: recorded progress."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from tdkt_cli.core.agenda import last_day
from tdkt_cli.core.findings import Path, Severity
from tdkt_cli.core.messages import msg
from tdkt_cli.core.plan import Plan
from tdkt_cli.core.recurrence import occurrences
from tdkt_cli.rules.rule import Context, Hit, each_progress, plan_rule


@plan_rule("TDKT501", Severity.WARNING)
def done_before_issued(plan: Plan, _context: Context) -> Iterator[Hit]:
    """Done before the plan was issued."""
    issued = plan.document.issued
    for kind, day, path in _days(plan):
        if issued and day < issued and kind in {"done", "received"}:
            yield Hit(msg("done on {day}, before the plan was issued on {issued}", day=day, issued=issued), path)


@plan_rule("TDKT502", Severity.ERROR)
def in_the_future(plan: Plan, context: Context) -> Iterator[Hit]:
    """Progress on a day that has not come yet.

    What is done, delivered or cancelled does not count until that day. Usually the month or the year is mistyped.
    """
    for _, day, path in _days(plan):
        if day > context.today:
            yield Hit(msg("{day} has not come yet (today is {today})", day=day, today=context.today), path)


@plan_rule("TDKT503", Severity.WARNING)
def moved_earlier(plan: Plan, _context: Context) -> Iterator[Hit]:
    """Moved to an earlier date.

    It happens, but usually the month or the year is mistyped.
    """
    for _, deadline in plan.deadlines():
        for progress, path in each_progress(deadline):
            when = deadline.when
            if path != deadline.path:  # an occurrence: it falls on its own day
                when = replace(when, end=date.fromisoformat(str(path[-1])) if when.kind == "every" else None)
            for index, move in enumerate(progress.moved):
                old, new = last_day(when), last_day(move.when)
                if old and new and new < old:
                    message = msg("moved from {old} back to {new}, which is earlier", old=old, new=new)
                    yield Hit(message, (*path, "moved", index, move.when.kind))
                when = move.when


@plan_rule("TDKT504", Severity.ERROR)
def received_from_stranger(plan: Plan, context: Context) -> Iterator[Hit]:
    """Received from a body that the deadline does not bind.

    Only bodies that the deadline binds, by name or as members of its class, can deliver. In an open class, whose members are
    not all known, any body of the register can.
    """
    register = context.office.register(plan)
    if register is None:
        return
    day = plan.names_as_of
    for task, deadline in plan.deadlines():
        parties = [register.resolve(name, day) for name in task.bound(deadline)]
        members = [register.members(party, day) if party else None for party in parties]
        bound = {body.id for bodies in members for body in bodies or ()}
        names = [(name, (*path, "received", name)) for each, path in each_progress(deadline) for name in each.received]
        for name, path in names:
            party = register.resolve(name, day)
            if party is None:
                message = msg(
                    "“{name}” is not in the register {register}; add it there", name=name, register=register.id
                )
                yield Hit(message, path, at_key=True)
            elif None not in members and party.id not in bound:
                message = msg("“{name}” is not bound by this deadline of {task}", name=name, task=task.id)
                yield Hit(message, path, at_key=True)


@plan_rule("TDKT505", Severity.ERROR)
def no_such_occurrence(plan: Plan, _context: Context) -> Iterator[Hit]:
    """Progress of an occurrence that the rule does not have.

    The date must be one of those on which the deadline falls, or the progress counts for nothing.
    """
    for _, deadline in plan.deadlines():
        if deadline.when.rrule:
            days = frozenset(occurrences(deadline.when.rrule, plan.period))
            for day in deadline.occurrences:
                if day not in days:
                    path = (*deadline.path, "occurrences", day.isoformat())
                    yield Hit(msg("the deadline does not fall on {day}", day=day), path, at_key=True)


def _days(plan: Plan) -> Iterator[tuple[str, date, Path]]:
    """Yield the dates of all progress, each with its key and its path."""
    for _, deadline in plan.deadlines():
        event = deadline.when.event
        # A deadline before its event needs the day of the event in advance.
        if event and event.occurred and event.days >= 0:
            yield "occurred", event.occurred, (*deadline.path, "after", "occurred")
        for progress, path in each_progress(deadline):
            if progress.done:
                yield "done", progress.done.date, (*path, "done")
            if progress.cancelled:
                yield "cancelled", progress.cancelled.date, (*path, "cancelled")
            for name, delivery in progress.received.items():
                yield "received", delivery.date, (*path, "received", name)
            for index, move in enumerate(progress.moved):
                if move.date:
                    yield "moved", move.date, (*path, "moved", index, "date")
