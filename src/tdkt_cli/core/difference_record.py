"""A difference as machines get it, the same keys always, dates as ISO 8601: what `tdkt diff --format json` prints.

`schemas/difference.schema.json` describes it. A value is as the plan file has it, what says when as an object of all its parts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time
from typing import Any

from typing_extensions import TypedDict

from tdkt_cli.core.difference import (
    Change,
    ChangeKind,
    DeadlineChange,
    GroupKind,
    Listed,
    PlanChange,
    RegisterChange,
    Report,
    TaskChange,
)
from tdkt_cli.core.plan import Deadline, Plan, Task

Value = str | bool | int | list[Any] | dict[str, Any] | None


class ChangeRecord(TypedDict):
    """A field that changed; `days` is by how many days the last day came later, `also` are repeats of the deadline that changed so too.

    Of `review` every line is a change of its own.
    """

    change: ChangeKind
    field: str
    occurrence: str | None
    old: Value
    new: Value
    old_when: dict[str, Any] | None
    new_when: dict[str, Any] | None
    days: int | None
    also: list[str]


class VersionRecord(TypedDict):
    """A deadline in one of the versions."""

    ref: str
    deadline: str | None
    what: str | None
    bound: list[str]
    when: dict[str, Any]
    moved: list[dict[str, Any]]


class DeadlineRecord(TypedDict):
    """A deadline that changed; one that was split has several in `new`, one that was made of several has several in `old`."""

    change: GroupKind
    old: list[VersionRecord]
    new: list[VersionRecord]
    changes: list[ChangeRecord]


class TaskRecord(TypedDict):
    """A task that changed; `former` is its id in the old version where that was another."""

    change: GroupKind
    task: str
    former: str | None
    title: str
    changes: list[ChangeRecord]
    deadlines: list[DeadlineRecord]


class PlanRecord(TypedDict):
    """A plan that changed; `former` is its id in the old version where that was another."""

    change: GroupKind
    plan: str
    former: str | None
    document: str | None
    title: str
    file: str
    changes: list[ChangeRecord]
    tasks: list[TaskRecord]


class ListedRecord(TypedDict):
    """What came into a list, went, and changed, by name or day."""

    added: list[str]
    removed: list[str]
    changed: list[str]


class RegisterRecord(TypedDict):
    """A register that changed; `former` is its name in the old version where that was another."""

    register: str
    name: str
    former: str | None
    bodies: ListedRecord
    groups: ListedRecord


class EventsRecord(TypedDict):
    """The UIDs of the events that change in feeds."""

    added: list[str]
    changed: list[str]
    cancelled: list[str]
    removed: list[str]


class UnitsRecord(TypedDict):
    """Those concerned, by the name of their register; null without one."""

    register: str | None
    names: list[str]


class UnreadRecord(TypedDict):
    """A file that could not be used in one of the versions, and the first thing found in it."""

    version: str
    rule: str
    message: str
    file: str
    line: int
    column: int


class SummaryRecord(TypedDict):
    """How much changed; tasks that were only renumbered are counted apart.

    `reaches_further`: a register or calendar changed, so that deadlines that are not listed may end on another day, or bind others.
    """

    plans: int
    tasks: int
    renumbered: int
    deadlines: int
    cosmetic: int
    reaches_further: bool


class DifferenceRecord(TypedDict):
    """Everything that is different between two versions of plans."""

    old: str
    new: str | None
    plans: list[PlanRecord]
    registers: list[RegisterRecord]
    days: ListedRecord
    calendars: ListedRecord
    units: list[UnitsRecord]
    events: EventsRecord
    unread: list[UnreadRecord]
    summary: SummaryRecord


class StepRecord(TypedDict):
    """What a commit did to a task: `ref` is its name after it; `commit`, `author` and `subject` are null for what is not committed.

    `ref` and `task` are null where the file could not be used after that commit.
    """

    commit: str | None
    date: str | None
    author: str | None
    subject: str | None
    ref: str | None
    task: TaskRecord | None


def difference_record(report: Report, sides: tuple[str, str | None], unread: list[UnreadRecord]) -> DifferenceRecord:
    """The record of a difference between two versions called so; None is the working tree."""
    difference = report.difference
    return {
        "old": sides[0],
        "new": sides[1],
        "plans": [_plan(plan) for plan in difference.plans],
        "registers": [_register(register) for register in difference.registers],
        "days": _listed(difference.days),
        "calendars": _listed(difference.calendars),
        "units": [{"register": name or None, "names": list(names)} for name, names in report.units.items()],
        "events": {
            "added": list(report.events.added),
            "changed": list(report.events.changed),
            "cancelled": list(report.events.cancelled),
            "removed": list(report.events.removed),
        },
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
        "deadlines": [_deadline(each, (old, change.old), (new, change.new)) for each in _deadlines(change)],
    }


def _deadlines(change: TaskChange) -> Iterable[DeadlineChange]:
    if change.old and change.new:
        return change.deadlines
    found = change.task.deadlines
    return (DeadlineChange(old=(each,) if change.old else (), new=(each,) if change.new else ()) for each in found)


def _deadline(change: DeadlineChange, old: tuple[Plan, Task | None], new: tuple[Plan, Task | None]) -> DeadlineRecord:
    return {
        "change": change.kind,
        "old": [_version(*old, deadline) for deadline in change.old],
        "new": [_version(*new, deadline) for deadline in change.new],
        "changes": [change_record(each) for each in change.changes],
    }


def _version(plan: Plan, task: Task | None, deadline: Deadline) -> VersionRecord:
    return {
        "ref": plan.ref(task, deadline) if task else "",
        "deadline": deadline.id or None,
        "what": deadline.what,
        "bound": list(task.bound(deadline)) if task else [],
        "when": _object(deadline.when),
        "moved": [_object(move) for move in deadline.progress.moved],
    }


def change_record(change: Change) -> ChangeRecord:
    """The record of a field that changed."""
    shift = change.shift
    return {
        "change": change.kind,
        "field": change.field,
        "occurrence": change.occurrence.isoformat() if change.occurrence else None,
        "old": _value(change.old),
        "new": _value(change.new),
        "old_when": _object(shift.old) if shift else None,
        "new_when": _object(shift.new) if shift else None,
        "days": shift.days if shift else None,
        "also": list(change.also),
    }


def _register(change: RegisterChange) -> RegisterRecord:
    return {
        "register": change.id,
        "name": change.name,
        "former": change.former,
        "bodies": _listed(change.bodies),
        "groups": _listed(change.groups),
    }


def _listed(listed: Listed) -> ListedRecord:
    return {"added": list(listed.added), "removed": list(listed.removed), "changed": list(listed.changed)}


def _object(value: Any) -> dict[str, Any]:  # noqa: ANN401 - any of the plan's dataclasses
    return {field.name: _value(getattr(value, field.name)) for field in fields(value)}


def _value(value: Any) -> Any:  # noqa: ANN401 - whatever a plan holds
    """A value as JSON has it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, tuple):
        return [_value(each) for each in value]
    if isinstance(value, Mapping):
        return {str(key): _value(each) for key, each in value.items()}
    return _object(value) if is_dataclass(value) else value
