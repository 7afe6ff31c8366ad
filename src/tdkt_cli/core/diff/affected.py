"""Units affected by a difference: those bound by a changed deadline, before or after, and those added to or removed from a task."""

from collections.abc import Iterator
from itertools import chain

from tdkt_cli.core.agenda import Office
from tdkt_cli.core.diff.difference import Difference, PlanChange, TaskChange
from tdkt_cli.core.plan import ROLES, Deadline, Names, Task
from tdkt_cli.core.text import collation_key

_LEFT_OUT = frozenset({"note", "review", "labels", "former_ids", *ROLES})  # what tells nobody to do another thing


def affected(difference: Difference, old: Office, new: Office) -> dict[str, tuple[str, ...]]:
    """Return the names of the units affected, by the name of their register, in Vietnamese order.

    Each is called as its register calls it; a name that the register does not know stands as printed, under "" without a register.
    """
    found: dict[str, set[str]] = {}
    for change in difference.plans:
        for plan, office, names in (
            (change.old, old, _names(change, old=True)),
            (change.new, new, chain(_names(change, old=False), _repeating(change, new))),
        ):
            if plan is not None:
                register = office.register(plan)
                parties = ((name, register.resolve(name, plan.names_as_of) if register else None) for name in names)
                found.setdefault(register.name if register else "", set()).update(
                    party.name if party else name for name, party in parties
                )
    return {
        register: tuple(sorted(names, key=collation_key))
        for register, names in sorted(found.items(), key=lambda item: collation_key(item[0]))
        if names
    }


def _names(change: PlanChange, *, old: bool) -> Iterator[str]:
    """Yield the parties affected by a changed plan: all of them where the plan was added or removed."""
    if change.kind != "changed":
        yield from (name for task, deadline in change.plan.deadlines() for name in task.bound(deadline))
    for each in change.tasks:
        task = each.old if old else each.new
        if task is None:
            continue
        for deadline in _concerned(each, task, old=old):
            yield from task.bound(deadline)
        for field in each.changes:
            if field.field in ROLES:
                yield from _other(field.old, field.new) if old else _other(field.new, field.old)


def _repeating(change: PlanChange, office: Office) -> Iterator[str]:
    """Yield the parties bound by deadlines that repeat a changed one."""
    for task in change.tasks:
        for ref in (ref for deadline in task.deadlines for each in deadline.changes for ref in each.also):
            target = office.index.deadline(ref, change.plan)
            if target and target.deadline:
                yield from target.task.bound(target.deadline)


def _concerned(change: TaskChange, task: Task, *, old: bool) -> Iterator[Deadline]:
    """Return the deadlines of one version whose parties are affected: all where the task itself changed, else those that changed."""
    if change.kind != "changed" or any(each.field not in _LEFT_OUT for each in change.changes):
        yield from task.deadlines
    else:
        for each in change.deadlines:
            if each.kind != "changed" or any(field.field != "review" for field in each.changes):
                yield from each.old if old else each.new


def _other(names: object, others: object) -> Names:
    """Return the names of the first that are not among the second."""
    known = others if isinstance(others, tuple) else ()
    return tuple(name for name in names if name not in known) if isinstance(names, tuple) else ()
