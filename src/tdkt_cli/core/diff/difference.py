"""What a comparison of two versions of plans comes to: plans, in them tasks, in them deadlines, in them fields.

Every `Change` is about one field by the name that it has in a plan file; `occurred` is the key of `after`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from tdkt_cli.core.agenda import Office
from tdkt_cli.core.feeds.editions import EventChanges
from tdkt_cli.core.plan import Deadline, Names, Plan, Task, When

ChangeKind = Literal["added", "removed", "edited"]
GroupKind = Literal["added", "removed", "changed", "split", "merged"]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One of the two versions: plans, and the office that reckons with them."""

    plans: tuple[Plan, ...]
    office: Office


@dataclass(frozen=True, slots=True)
class Shift:
    """A date that changed: what was said of time, what is, and by how many days the last day came later (earlier: negative)."""

    old: When
    new: When
    days: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One field that changed; None stands for nothing. `occurrence` is the day of the occurrence that it is about.

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
        """Whether the field came, went or is another."""
        return "added" if self.old is None else "removed" if self.new is None else "edited"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineChange:
    """A deadline that came, went, changed, was split or made of several."""

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
    """A task that came, went or changed; it was renumbered where the two ids differ."""

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
        """The task as it is, else as it was."""
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
    def count(self) -> int:
        """How many deadlines changed."""
        return len(self.deadlines) if self.old and self.new else len(self.task.deadlines)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanChange:
    """A plan that came, went or changed, in what it says of itself and in its tasks."""

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
        """The plan as it is, else as it was."""
        return self.new or self.old  # type: ignore[return-value] # one of them is there

    @property
    def every_task(self) -> tuple[TaskChange, ...]:
        """The tasks that changed; of a plan that came or went each of its own."""
        if self.old and self.new:
            return self.tasks
        return tuple(
            TaskChange(old=task if self.old else None, new=task if self.new else None) for task in self.plan.tasks
        )


@dataclass(frozen=True, slots=True)
class Listed:
    """What was added to a list, taken from it, and changed in it, by names as people know them."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return bool(self.added or self.removed or self.changed)


@dataclass(frozen=True, slots=True)
class RegisterChange:
    """A register that changed: `former` is its name where that was another; then its bodies and groups."""

    id: str
    name: str
    former: str | None
    bodies: Listed
    groups: Listed


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that is different. `same` are the plans that are not, as they are now; `days` are those of the `calendars`."""

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
        """Whether deadlines that do not differ may end on another day now, or bind others."""
        return bool(self.days) or any(register.bodies or register.groups for register in self.registers)


@dataclass(frozen=True, slots=True)
class Report:
    """A difference and what follows from it: who is concerned, which events change, how many files differ in how they are written."""

    difference: Difference
    units: Mapping[str, Names]
    events: EventChanges
    cosmetic: int

    @property
    def tasks(self) -> list[TaskChange]:
        """The tasks that came, went or changed in more than their ids; of plans that came or went every one."""
        return [task for plan in self.difference.plans for task in plan.every_task if task.touched]

    @property
    def renumbered(self) -> int:
        """How many tasks have another id and nothing else."""
        return sum(not task.touched for plan in self.difference.plans for task in plan.tasks)
