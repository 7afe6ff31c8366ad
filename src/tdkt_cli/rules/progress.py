"""TDKT501 to TDKT505: what is recorded of progress."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from tdkt_cli.core.agenda import last_day
from tdkt_cli.core.findings import Path, Severity
from tdkt_cli.core.messages import msg
from tdkt_cli.core.plan import Deadline, Plan, When
from tdkt_cli.core.recurrence import occurrences
from tdkt_cli.rules.registry import Context, Hit, each_progress, plan_rule


@plan_rule("TDKT501", Severity.WARNING)
def done_before_issued(plan: Plan, _context: Context) -> Iterator[Hit]:
    """Done before the plan was issued."""
    issued = plan.document.issued
    for day, path in _days(plan, ("done", "received")):
        if issued and day < issued:
            yield Hit(msg("done on {day}, before the plan was issued on {issued}", day=day, issued=issued), path)


@plan_rule("TDKT502", Severity.ERROR)
def in_the_future(plan: Plan, context: Context) -> Iterator[Hit]:
    """Progress on a day that has not come yet.

    What is done, delivered or cancelled does not count until that day. Mostly the month or the year is mistyped.
    """
    for day, path in _days(plan, ("done", "received", "cancelled", "moved", "occurred")):
        if day > context.today:
            yield Hit(msg("{day} has not come yet (today is {today})", day=day, today=context.today), path)


@plan_rule("TDKT503", Severity.WARNING)
def moved_earlier(plan: Plan, _context: Context) -> Iterator[Hit]:
    """Moved to an earlier date.

    It happens, but mostly the month or the year is mistyped.
    """
    for _, deadline in plan.deadlines():
        for progress, path in each_progress(deadline):
            known = deadline.when if path == deadline.path else _at(deadline, str(path[-1]))
            for index, move in enumerate(progress.moved):
                old, new = known and last_day(known), last_day(move.when)
                if old and new and new < old:
                    message = msg("moved from {old} back to {new}, which is earlier", old=old, new=new)
                    yield Hit(message, (*path, "moved", index, move.when.kind))
                known = move.when


def _at(deadline: Deadline, day: str) -> When | None:
    return replace(deadline.when, end=date.fromisoformat(day)) if deadline.when.kind == "every" else None


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
        parties = [party for name in task.bound(deadline) if (party := register.resolve(name, day))]
        members = [register.members(party, day) for party in parties]
        bound = {body.id for bodies in members for body in bodies or ()}
        is_open = None in members or len(parties) < len(task.bound(deadline))
        for name, path in _receivers(deadline):
            party = register.resolve(name, day)
            if party is None:
                yield Hit(
                    msg("“{name}” is not in the register {register}; add it there", name=name, register=register.id),
                    path,
                    at_key=True,
                )
            elif not is_open and party.id not in bound:
                yield Hit(
                    msg("“{name}” is not bound by this deadline of {task}", name=name, task=task.id), path, at_key=True
                )


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
                    yield Hit(
                        msg("the deadline does not fall on {day}", day=day),
                        (*deadline.path, "occurrences", day.isoformat()),
                        at_key=True,
                    )


def _receivers(deadline: Deadline) -> Iterator[tuple[str, Path]]:
    for progress, path in each_progress(deadline):
        yield from ((name, (*path, "received", name)) for name in progress.received)


def _days(plan: Plan, kinds: tuple[str, ...]) -> Iterator[tuple[date, Path]]:
    """Every date of progress of these kinds, with its path."""
    for _, deadline in plan.deadlines():
        event = deadline.when.event
        if (
            "occurred" in kinds and event and event.occurred and event.days >= 0
        ):  # what comes before an event needs its day ahead
            yield event.occurred, (*deadline.path, "after", "occurred")
        for progress, path in each_progress(deadline):
            if "done" in kinds and progress.done:
                yield progress.done.date, (*path, "done")
            if "cancelled" in kinds and progress.cancelled:
                yield progress.cancelled.date, (*path, "cancelled")
            if "received" in kinds:
                yield from ((delivery.date, (*path, "received", name)) for name, delivery in progress.received.items())
            if "moved" in kinds:
                yield from (
                    (move.date, (*path, "moved", n, "date")) for n, move in enumerate(progress.moved) if move.date
                )
