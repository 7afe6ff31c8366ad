"""The model of a difference: plans, their tasks, deadlines and fields that were added, removed or changed; the units affected.

Every `Change` is about one field by the name that it has in a plan file; `occurred` is the key of `after`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Literal, cast

from tdkt_cli.core.agenda import Office
from tdkt_cli.core.feeds.editions import EventChanges
from tdkt_cli.core.plan import ROLES, Deadline, Names, Plan, Task, When
from tdkt_cli.core.text import collation_key

ChangeKind = Literal["added", "removed", "edited"]
GroupKind = Literal["added", "removed", "changed", "split", "merged"]
_LEFT_OUT = frozenset({"note", "review", "labels", "former_ids", *ROLES})  # what tells nobody to do another thing


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One of the two versions: its plans and office."""

    plans: tuple[Plan, ...]
    office: Office


@dataclass(frozen=True, slots=True)
class Shift:
    """A date that changed: before, now, and by how many days the last day became later (negative: earlier)."""

    old: When
    new: When
    days: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One field that changed, None for no value. `occurrence` is the day of the occurrence to which it belongs.

    The values of `received` are those of the parties whose delivery changed. Of `review` every line is a change of its own, one that
    was settled or one that came. `superseded` is a date that did not count, since it was moved: the date as issued, or a move before
    the last. `also` are the deadlines that repeat this one and changed so too.
    """

    field: str
    old: object = None
    new: object = None
    occurrence: date | None = None
    shift: Shift | None = None
    superseded: bool = False
    also: tuple[str, ...] = ()

    @property
    def kind(self) -> ChangeKind:
        """Whether the field was added, removed or edited."""
        return "added" if self.old is None else "removed" if self.new is None else "edited"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineChange:
    """A deadline that was added, removed, changed, split or merged."""

    old: tuple[Deadline, ...]
    new: tuple[Deadline, ...]
    changes: tuple[Change, ...] = ()

    @property
    def kind(self) -> GroupKind:
        """What became of it."""
        if not self.old or not self.new:
            return "removed" if self.old else "added"
        return "split" if len(self.new) > 1 else "merged" if len(self.old) > 1 else "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskChange:
    """A task that was added, removed or changed; it was renumbered if the two ids differ."""

    old: Task | None
    new: Task | None
    changes: tuple[Change, ...] = ()
    deadlines: tuple[DeadlineChange, ...] = ()

    @property
    def kind(self) -> GroupKind:
        """What became of it."""
        return "changed" if self.old and self.new else "removed" if self.old else "added"

    @property
    def task(self) -> Task:
        """The new task, else the old one."""
        return self.new or self.old  # type: ignore[return-value] # one of them is there

    @property
    def renumbered(self) -> bool:
        """Whether it has another id now."""
        return bool(self.old and self.new and self.old.id != self.new.id)

    @property
    def touched(self) -> bool:
        """Whether more than its id changed."""
        return bool(not (self.old and self.new) or self.changes or self.deadlines)

    @property
    def every_deadline(self) -> tuple[DeadlineChange, ...]:
        """The deadlines that changed; all of them for an added or removed task."""
        if self.old and self.new:
            return self.deadlines
        return tuple(
            DeadlineChange(old=(each,) if self.old else (), new=(each,) if self.new else ())
            for each in self.task.deadlines
        )

    @property
    def count(self) -> int:
        """How many deadlines changed."""
        return len(self.every_deadline)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanChange:
    """A plan that was added, removed or changed, in its own fields or in its tasks."""

    old: Plan | None
    new: Plan | None
    changes: tuple[Change, ...] = ()
    tasks: tuple[TaskChange, ...] = ()

    @property
    def kind(self) -> GroupKind:
        """What became of it."""
        return "changed" if self.old and self.new else "removed" if self.old else "added"

    @property
    def plan(self) -> Plan:
        """The new plan, else the old one."""
        return self.new or self.old  # type: ignore[return-value] # one of them is there

    @property
    def every_task(self) -> tuple[TaskChange, ...]:
        """The tasks that changed; all of them for an added or removed plan."""
        if self.old and self.new:
            return self.tasks
        return tuple(
            TaskChange(old=task if self.old else None, new=task if self.new else None) for task in self.plan.tasks
        )


@dataclass(frozen=True, slots=True)
class Listed:
    """What was added to a list, removed from it and changed in it, by the names that people know."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return bool(self.added or self.removed or self.changed)


@dataclass(frozen=True, slots=True)
class RegisterChange:
    """A register that changed, with its bodies and groups; `former` is its old name if that was different."""

    id: str
    name: str
    former: str | None
    bodies: Listed
    groups: Listed


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that differs. `same` are the unchanged plans; `days` are the changed days of the `calendars`."""

    plans: tuple[PlanChange, ...] = ()
    same: tuple[Plan, ...] = ()
    registers: tuple[RegisterChange, ...] = ()
    days: Listed = Listed()
    calendars: Listed = Listed()

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return bool(self.plans or self.registers or self.days or self.calendars)

    @property
    def reaches_further(self) -> bool:
        """Whether unchanged deadlines may now end on another day, or bind others."""
        return bool(self.days) or any(register.bodies or register.groups for register in self.registers)


@dataclass(frozen=True, slots=True)
class Report:
    """A difference and its consequences: units affected, events that change, files that differ only in how they are written."""

    difference: Difference
    units: Mapping[str, Names]
    events: EventChanges
    cosmetic: int

    @property
    def tasks(self) -> list[TaskChange]:
        """The tasks that were added, removed or changed in more than their ids; all of an added or removed plan."""
        return [task for plan in self.difference.plans for task in plan.every_task if task.touched]

    @property
    def renumbered(self) -> int:
        """How many tasks changed only their id."""
        return sum(not task.touched for plan in self.difference.plans for task in plan.tasks)


def affected(difference: Difference, old: Office, new: Office) -> dict[str, tuple[str, ...]]:
    """Return the names of the units affected, by the name of their register, in Vietnamese order.

    These are bound by a changed deadline, before or after, or were added to or removed from a task. Each is called as its register
    calls it; a name that the register does not know stands as printed, under "" without a register.
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
    for each in change.every_task:
        task = each.old if old else each.new
        if task is None:
            continue
        for deadline in _concerned(each, task, old=old):
            yield from task.bound(deadline)
        for field in each.changes:
            if field.field in ROLES:
                own, others = (field.old, field.new) if old else (field.new, field.old)
                yield from (name for name in cast("Names", own or ()) if name not in cast("Names", others or ()))


def _repeating(change: PlanChange, office: Office) -> Iterator[str]:
    """Yield the parties bound by deadlines that repeat a changed one."""
    for task in change.tasks:
        for ref in (ref for deadline in task.deadlines for each in deadline.changes for ref in each.also):
            target = office.index.deadline(ref, change.plan)
            if target and target.deadline:
                yield from target.task.bound(target.deadline)


def _concerned(change: TaskChange, task: Task, *, old: bool) -> Iterator[Deadline]:
    """Return the deadlines of one version whose parties are affected: all where the task itself changed, else those that changed."""
    if any(each.field not in _LEFT_OUT for each in change.changes):
        yield from task.deadlines
        return
    for each in change.every_deadline:
        if each.kind != "changed" or any(field.field != "review" for field in each.changes):
            yield from each.old if old else each.new
