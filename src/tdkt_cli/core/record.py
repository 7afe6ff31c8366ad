"""The record: a deadline as machines get it, the same keys always, dates as ISO 8601.

`tdkt list --format json` prints a list of these; `schemas/record.schema.json` describes them. What depends on today (`state`,
`days_left`) is left out of everything stored or published.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time
from typing import Any

from typing_extensions import TypedDict

from tdkt_cli.core.agenda import Item, Office, State, deliveries, reckoned_end
from tdkt_cli.core.plan import Dossier, Kind, Move, section_path


class DoneRecord(TypedDict):
    """A completion or delivery."""

    date: str
    """The day it happened."""
    document: str | None
    """The document that proves it; null where none is given."""
    note: str | None
    """A note; null where there is none."""


class MoveRecord(TypedDict):
    """A move to a new date, by a document of `date`."""

    kind: Kind
    """The date key of the new date."""
    start: str | None
    """The first day of the new date; null unless it is a period."""
    end: str | None
    """The last date that the new words name."""
    time: str | None
    """The new time of day, `17:00`; null where there is none."""
    date: str | None
    """The day of the document that moved it; null where none is given."""
    document: str | None
    """The document that moved it; null where none is given."""
    reason: str | None
    """Why; null where no reason is given."""


class CancelledRecord(TypedDict):
    """A cancelled deadline."""

    date: str
    """The day it happened."""
    document: str | None
    """The document that proves it; null where none is given."""
    reason: str | None
    """Why; null where no reason is given."""


class EventRecord(TypedDict):
    """The event that a deadline counts from."""

    event: str
    """The event, in words."""
    days: int
    """How many days after it; a negative number is before it."""
    unit: str
    """Whether `working` days or `calendar` days are counted."""
    occurred: str | None
    """The day on which it occurred; null while that is not known."""


class QuotaRecord(TypedDict):
    """How many a party may or must propose."""

    who: str
    """Who may propose, as printed."""
    what: str
    """What is proposed: collectives, persons ..."""
    max: int | None
    """At most this many; null if there is no upper limit."""
    min: int | None
    """At least this many; null if there is no lower limit."""
    exactly: int | None
    """Exactly this many; null if no exact number is required."""


class DossierRecord(TypedDict):
    """What a dossier holds."""

    to: str | None
    """To whom it is sent; null where that is not given."""
    copies: int | None
    """How many copies; null where that is not given."""
    items: list[str]
    """The papers in it, as printed."""


class Record(TypedDict):
    """One deadline, or one occurrence of a recurring one."""

    ref: str
    """The reference: `hanoi-2023/PL1.3#hop`; that of an occurrence ends in `@2023-01-31`."""
    plan: str
    """The id of the plan."""
    task: str
    """The id of the task."""
    deadline: str | None
    """The id of the deadline; null where it has none."""
    occurrence: str | None
    """The day of this occurrence; null where it is not one of several."""
    document: str | None
    """The number of the document; null where it has none."""
    sections: list[str]
    """The ids of the sections, outermost first."""
    section: list[str]
    """The headings of the sections; one that is not declared has none here."""
    title: str
    """The task in one line."""
    content: str | None
    """The cell as issued; null where it is not given."""
    what: str | None
    """The act of this milestone; null where it is not given."""
    who: list[str]
    """The `who` of the milestone, as printed."""
    lead: list[str]
    """Who leads the task, as printed."""
    executor: list[str]
    """Who executes the task, as printed."""
    coordinator: list[str]
    """Who coordinates, as printed."""
    advisor: list[str]
    """Who advises, as printed."""
    bound: list[str]
    """Whom it binds: `who`, else `executor`, `advisor`, `lead`."""
    bound_ids: list[str]
    """The ids of `bound` in the register; groups stay groups, unknown names are left out."""
    kind: Kind
    """The date key that counts now."""
    text: str | None
    """The words as issued: `text`, else `timing`; null where neither is given."""
    start: str | None
    """The first day of a `within`, or of an `ongoing` with a period; null otherwise and where the start is open."""
    end: str | None
    """The last date that the words name: for `before` the named date, for `after` the computed one; null if there is none or the end is open."""
    first_kind: Kind
    """The date key as issued."""
    first_end: str | None
    """The `end` as issued, even after a move; for an occurrence its day, for an `after` whose event has occurred the computed date."""
    time: str | None
    """The time of day `17:00` in the configured zone; null where there is none."""
    approximate: bool
    """Whether the date is approximate."""
    waiting: str | None
    """What it waits for, as issued; it stays after a move. Null where it was not issued as `waiting`."""
    on_task: str | None
    """The task that it waits for, as written in the file; null where none is given."""
    event: EventRecord | None
    """The event that it counts from; it stays after a move. Null where `first_kind` is not `after`."""
    correction: str | None
    """Why the date differs from the words; null where it does not."""
    last_day: str | None
    """The last day in time; null where there is no date."""
    last_working_day: str | None
    """`last_day` if it is a working day, else the working day before it; null if `last_day` is null."""
    overdue_from: str | None
    """The first day on which it is overdue; null if `last_day` is null."""
    state: State
    """The state as of today."""
    days_left: int | None
    """Days from today to `last_day`, negative once it is over; null where it is done, cancelled, or without `last_day`."""
    done: DoneRecord | None
    """The completion; null where none is recorded."""
    moved: list[MoveRecord]
    """The moves; the last one counts."""
    cancelled: CancelledRecord | None
    """The cancellation; null where there is none."""
    received: dict[str, DoneRecord]
    """What has been delivered, by the name of the body; all that is recorded."""
    expected: int | None
    """How many bodies it binds, as a class or several by name; null for one body, an open class, an unknown name, or without a register."""
    missing: list[str]
    """Those of them that are not in `received`, as the register names them; empty where `expected` is null."""
    same_as: str | None
    """The full reference of the original (as written, where it is not found); null where it repeats nothing."""
    quota: list[QuotaRecord]
    """How many may or must be proposed."""
    dossier: DossierRecord | None
    """What the dossier holds; null where there is none."""
    labels: list[str]
    """The labels of the task."""
    note: str | None
    """The notes of the deadline, of the occurrence, then of the task, on lines of their own; null where there is none."""
    file: str
    """The file, relative to the working directory where it lies below it."""
    line: int
    """The line in the file."""


def record(item: Item, office: Office, today: date) -> Record:
    """Return the record of an item as of `today`."""
    plan, task, deadline, when, progress = item.plan, item.task, item.deadline, item.when, item.progress
    sections = section_path(task.section)
    expected, missing = deliveries(item, office, date.max)  # all that is recorded: only state and days_left know today
    first_end = item.occurrence if deadline.when.kind == "every" else reckoned_end(deadline.when, office)
    notes = dict.fromkeys(note for note in (deadline.note, progress.note, task.note) if note)
    return {
        "ref": item.ref,
        "plan": plan.id,
        "task": task.id,
        "deadline": deadline.id or None,
        "occurrence": json_value(item.occurrence),
        "document": plan.document.number,
        "sections": list(sections),
        "section": [plan.sections[section] for section in sections if section in plan.sections],
        "title": task.title,
        "content": task.content,
        "what": deadline.what,
        "who": list(deadline.who),
        "lead": list(task.lead),
        "executor": list(task.executor),
        "coordinator": list(task.coordinator),
        "advisor": list(task.advisor),
        "bound": list(item.bound),
        "bound_ids": office.party_ids(plan, item.bound),
        "kind": when.kind,
        "text": task.text(deadline),
        "start": json_value(when.start),
        "end": json_value(when.end),
        "first_kind": deadline.when.kind,
        "first_end": json_value(first_end),
        "time": json_value(when.time),
        "approximate": when.approximate,
        "waiting": deadline.when.waiting,
        "on_task": deadline.when.on_task,
        "event": json_value(deadline.when.event),
        "correction": deadline.correction,
        "last_day": json_value(item.last_day),
        "last_working_day": json_value(item.last_day and office.calendar.last_working_day(item.last_day)),
        "overdue_from": json_value(item.overdue_from),
        "state": item.state(today, office.soon),
        "days_left": item.days_left(today, office.soon),
        "done": json_value(item.done),
        "moved": [_move(move) for move in progress.moved],
        "cancelled": json_value(progress.cancelled),
        "received": json_value(progress.received),
        "expected": expected,
        "missing": list(missing),
        "same_as": item.original.ref if item.original else deadline.same_as,
        "quota": json_value(deadline.quota),
        "dossier": _dossier(deadline.dossier) if deadline.dossier else None,
        "labels": list(task.labels),
        "note": "\n".join(notes) or None,
        "file": plan.source.file,
        "line": plan.source.marks.key(deadline.path).line,
    }


def stored_record(item: Item, office: Office) -> dict[str, object]:
    """Return the record without what depends on today, for what is published."""
    whole = record(item, office, date.min)
    return {key: value for key, value in whole.items() if key not in {"state", "days_left"}}


def _move(move: Move) -> MoveRecord:
    when = move.when
    return {
        "kind": when.kind,
        "start": json_value(when.start),
        "end": json_value(when.end),
        "time": json_value(when.time),
        "date": json_value(move.date),
        "document": move.document,
        "reason": move.reason,
    }


def _dossier(dossier: Dossier) -> DossierRecord:
    return {"to": dossier.to, "copies": dossier.copies, "items": list(dossier.items)}


def json_value(value: Any) -> Any:  # noqa: ANN401 - whatever a plan holds
    """Return a value of a plan as JSON has it: dates as ISO 8601, times to the minute, a dataclass as the object of its fields."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, tuple):
        return [json_value(each) for each in value]
    if isinstance(value, Mapping):
        return {str(key): json_value(each) for key, each in value.items()}
    if is_dataclass(value):
        return {field.name: json_value(getattr(value, field.name)) for field in fields(value)}
    return value
