"""A difference as machines get it, the same keys always, dates as ISO 8601: what `tdkt diff --format json` prints.

`schemas/difference.schema.json` describes it. A value is as the plan file has it, what says when as an object of all its parts.
"""

from typing import Any

from typing_extensions import TypedDict

from tdkt_cli.core.diff.difference import Change, ChangeKind, GroupKind, PlanChange, Report, TaskChange
from tdkt_cli.core.plan import Deadline, Plan, Task
from tdkt_cli.core.record import json_value

Value = str | bool | int | list[Any] | dict[str, Any] | None


class ChangeRecord(TypedDict):
    """A field that changed; `days` is by how many days the last day became later, and `also` are repeats of the deadline that changed in the same way.

    Each line of `review` is a change of its own.
    """

    change: ChangeKind
    """How: `added`, `removed` or `edited`."""
    field: str
    """The key in the file; `occurred` is that of `after`."""
    occurrence: str | None
    """The day of the occurrence to which the progress belongs; null if it does not belong to one."""
    old: Value
    """The value before; null where it was not there."""
    new: Value
    """The value now; null where it is gone."""
    old_when: dict[str, Any] | None
    """The date before, with all its parts; null if the change is not about dates."""
    new_when: dict[str, Any] | None
    """The date now, with all its parts; null if the change is not about dates."""
    days: int | None
    """By how many days the last day became later, negative if earlier; null if that is not known."""
    also: list[str]
    """The references of repeats that changed so too."""


class VersionRecord(TypedDict):
    """A deadline in one of the versions."""

    ref: str
    """Its reference in that version."""
    deadline: str | None
    """The id of the deadline; null where it has none."""
    what: str | None
    """The act of this milestone; null where it is not given."""
    bound: list[str]
    """Whom it binds: `who`, else `executor`, `advisor`, `lead`."""
    when: dict[str, Any]
    """The date as issued, with all its parts."""
    moved: list[dict[str, Any]]
    """The moves, each with all its parts; the last one counts."""


class DeadlineRecord(TypedDict):
    """A deadline that changed; a split deadline has several in `new`, a merged one has several in `old`."""

    change: GroupKind
    """How: `added`, `removed`, `changed`, `split` or `merged`."""
    old: list[VersionRecord]
    """What it was: one, none, or several that were merged."""
    new: list[VersionRecord]
    """What it is: one, none, or several into which it was split."""
    changes: list[ChangeRecord]
    """The fields that changed."""


class TaskRecord(TypedDict):
    """A task that changed; `former` is its id in the old version if that was different."""

    change: GroupKind
    """How: `added`, `removed` or `changed`."""
    task: str
    """The id of the task."""
    former: str | None
    """Its id in the old version; null where that is the same."""
    title: str
    """The task in one line."""
    changes: list[ChangeRecord]
    """The fields of the task itself that changed."""
    deadlines: list[DeadlineRecord]
    """Its deadlines that changed; with both lists empty it was only renumbered."""


class PlanRecord(TypedDict):
    """A plan that changed; `former` is its id in the old version if that was different."""

    change: GroupKind
    """How: `added`, `removed` or `changed`."""
    plan: str
    """The id of the plan."""
    former: str | None
    """Its id in the old version; null where that is the same."""
    document: str | None
    """The number of the document; null where it has none."""
    title: str
    """The title of the plan."""
    file: str
    """The file of the plan."""
    changes: list[ChangeRecord]
    """The fields of the plan itself that changed."""
    tasks: list[TaskRecord]
    """The tasks that changed."""


class ListedRecord(TypedDict):
    """What was added to a list, removed from it, or changed, by name or day."""

    added: list[str]
    """What was added."""
    removed: list[str]
    """What was removed."""
    changed: list[str]
    """What changed."""


class RegisterRecord(TypedDict):
    """A register that changed; `former` is its name in the old version if that was different."""

    register: str
    """The id of the register."""
    name: str
    """The name of the register."""
    former: str | None
    """Its name in the old version; null where that is the same."""
    bodies: ListedRecord
    """The bodies in it."""
    groups: ListedRecord
    """The groups in it."""


class EventsRecord(TypedDict):
    """The UIDs of the events that change in feeds."""

    added: list[str]
    """New events."""
    changed: list[str]
    """Events that changed."""
    cancelled: list[str]
    """Events that are shown as cancelled."""
    removed: list[str]
    """Events that are gone."""


class UnitsRecord(TypedDict):
    """The units concerned, by the name of their register; null without one."""

    register: str | None
    """The name of the register; null for names that no register has."""
    names: list[str]
    """The names."""


class UnreadRecord(TypedDict):
    """A file that could not be used in one of the versions, and the first thing found in it."""

    version: str
    """In which version: `old` or `new`."""
    rule: str
    """The id of the rule."""
    message: str
    """What is wrong, in the language of the reader."""
    file: str
    """The file."""
    line: int
    """The line in the file."""
    column: int
    """The column, counted in characters."""


class SummaryRecord(TypedDict):
    """How much changed; tasks that were only renumbered are counted apart.

    `reaches_further`: a register or calendar changed, so that deadlines that are not listed may end on another day, or bind others.
    """

    plans: int
    """How many plans changed."""
    tasks: int
    """How many tasks changed, not counting those that were only renumbered."""
    renumbered: int
    """How many tasks were only renumbered."""
    deadlines: int
    """How many deadlines changed."""
    cosmetic: int
    """How many files differ only in how they are written."""
    reaches_further: bool
    """Whether a register or calendar changed, so that deadlines not listed may end on other days or bind others."""


class DifferenceRecord(TypedDict):
    """Everything that is different between two versions of plans."""

    old: str
    """The old version, as typed."""
    new: str | None
    """The new version, as typed; null where it is the files as they are."""
    plans: list[PlanRecord]
    """The plans that changed."""
    registers: list[RegisterRecord]
    """The registers that changed."""
    days: ListedRecord
    """The days off and swapped working days that changed."""
    calendars: ListedRecord
    """The calendars that changed."""
    units: list[UnitsRecord]
    """The units concerned."""
    events: EventsRecord
    """The events in feeds that change."""
    unread: list[UnreadRecord]
    """The files that could not be compared."""
    summary: SummaryRecord
    """How much changed."""


class StepRecord(TypedDict):
    """What a commit did to a task: `ref` is its name after it; `commit`, `author` and `subject` are null for what is not committed.

    `ref` and `task` are null where the file could not be used after that commit.
    """

    commit: str | None
    """The commit; null for what is not committed."""
    date: str | None
    """When it was written, with the zone; null for what is not committed."""
    author: str | None
    """Who wrote it; null for what is not committed."""
    subject: str | None
    """The first line of its message; null for what is not committed."""
    ref: str | None
    """The name of the task after it; null where the file could not be used then."""
    task: TaskRecord | None
    """What it did to the task; null where the file could not be used then."""


def difference_record(report: Report, sides: tuple[str, str | None], unread: list[UnreadRecord]) -> DifferenceRecord:
    """The record of a difference between two versions called so; None is the working tree."""
    difference = report.difference
    return {
        "old": sides[0],
        "new": sides[1],
        "plans": [_plan(plan) for plan in difference.plans],
        "registers": [
            {
                "register": register.id,
                "name": register.name,
                "former": register.former,
                "bodies": json_value(register.bodies),
                "groups": json_value(register.groups),
            }
            for register in difference.registers
        ],
        "days": json_value(difference.days),
        "calendars": json_value(difference.calendars),
        "units": [{"register": name or None, "names": list(names)} for name, names in report.units.items()],
        "events": json_value(report.events),
        "unread": unread,
        "summary": {
            "plans": len(difference.plans),
            "tasks": len(report.tasks),
            "renumbered": report.renumbered,
            "deadlines": sum(task.count for task in report.tasks),
            "cosmetic": report.cosmetic,
            "reaches_further": difference.reaches_further,
        },
    }


def _plan(change: PlanChange) -> PlanRecord:
    plan = change.plan
    return {
        "change": change.kind,
        "plan": plan.id,
        "former": change.old.id if change.old and change.old.id != plan.id else None,
        "document": plan.document.number,
        "title": plan.document.title,
        "file": plan.source.file,
        "changes": [change_record(each) for each in change.changes],
        "tasks": [task_record(each, change.old or plan, plan) for each in change.every_task],
    }


def task_record(change: TaskChange, old: Plan, new: Plan) -> TaskRecord:
    """The record of a task that changed from one version of its plan to another."""
    task = change.task
    return {
        "change": change.kind,
        "task": task.id,
        "former": change.old.id if change.old and change.renumbered else None,
        "title": task.title,
        "changes": [change_record(each) for each in change.changes],
        "deadlines": [
            {
                "change": each.kind,
                "old": [_version(old, change.old or task, deadline) for deadline in each.old],
                "new": [_version(new, task, deadline) for deadline in each.new],
                "changes": [change_record(one) for one in each.changes],
            }
            for each in change.every_deadline
        ],
    }


def _version(plan: Plan, task: Task, deadline: Deadline) -> VersionRecord:
    return {
        "ref": plan.ref(task, deadline),
        "deadline": deadline.id or None,
        "what": deadline.what,
        "bound": json_value(task.bound(deadline)),
        "when": json_value(deadline.when),
        "moved": json_value(deadline.progress.moved),
    }


def change_record(change: Change) -> ChangeRecord:
    """The record of a field that changed."""
    shift = change.shift
    return {
        "change": change.kind,
        "field": change.field,
        "occurrence": json_value(change.occurrence),
        "old": json_value(change.old),
        "new": json_value(change.new),
        "old_when": json_value(shift.old) if shift else None,
        "new_when": json_value(shift.new) if shift else None,
        "days": shift.days if shift else None,
        "also": json_value(change.also),
    }
