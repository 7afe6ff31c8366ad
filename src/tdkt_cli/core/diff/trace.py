"""The history of a task or deadline: each version of its plan in which it changed.

It is followed back through renumberings, renamed deadlines and splits, as `compare` tells them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from tdkt_cli.core.agenda import Office
from tdkt_cli.core.diff.compare import compare_two
from tdkt_cli.core.diff.difference import TaskChange
from tdkt_cli.core.plan import ROLES, Plan, Task


@dataclass(frozen=True, slots=True)
class Step:
    """What changed with the version at this place; it came into being where `change` has no old task, or no old deadline."""

    place: int
    change: TaskChange
    old: Plan
    new: Plan


def traced(plans: Iterable[Plan], task: str, deadline: str | None, office: Office) -> Iterator[Step]:
    """Return what changed for a task of the first of these versions, the latest first; only for its `deadline` if one is named.

    No more versions are taken than are needed.
    """
    for place, (new, old) in enumerate(pairwise(chain(plans, (None,)))):
        now = next((each for each in new.tasks if each.id == task), None) if new else None
        if new is None or now is None:
            return
        whole = _change(old, new, now, office)
        change = whole if deadline is None or whole is None else _about(whole, now, deadline)
        if change is not None and (change.touched or change.renumbered):
            yield Step(place, change, old or new, new)
        if whole is None or change is None:
            continue
        if whole.old is None:
            return
        task = whole.old.id
        if deadline is not None:
            befores = [each.old for each in change.deadlines]
            if befores == [()]:
                return
            deadline = befores[0][0].id if befores else deadline


def _change(old: Plan | None, new: Plan, now: Task, office: Office) -> TaskChange | None:
    if old is None:
        return TaskChange(old=None, new=now)
    found = compare_two(old, new, (office, office)).tasks
    return next((each for each in found if each.new is now), None)


def _about(change: TaskChange, now: Task, deadline: str) -> TaskChange:
    """Return the part of a change that is about one deadline and the parties of its task."""
    if change.old is None:
        return TaskChange(
            old=None, new=replace(now, deadlines=tuple(each for each in now.deadlines if each.id == deadline))
        )
    return replace(
        change,
        changes=tuple(each for each in change.changes if each.field in ROLES),
        deadlines=tuple(each for each in change.deadlines if any(own.id == deadline for own in each.new)),
    )
