"""The record: a deadline as machines get it, the same keys always, dates as ISO 8601.

`tdkt list --format json` prints a list of these; `schemas/record.schema.json` describes them. What depends on today (`state`,
`days_left`) is left out of everything stored or published.
"""

from datetime import date

from typing_extensions import TypedDict

from tdkt_cli.core.agenda import Item, Office, State, deliveries, reckoned_end
from tdkt_cli.core.plan import Cancelled, Done, Dossier, Event, Kind, Move, Quota, section_path


class DoneRecord(TypedDict):
    """A completion or delivery."""

    date: str
    document: str | None
    note: str | None


class MoveRecord(TypedDict):
    """A move to a new date, by a document of `date`."""

    kind: Kind
    start: str | None
    end: str | None
    time: str | None
    date: str | None
    document: str | None
    reason: str | None


class CancelledRecord(TypedDict):
    """A deadline taken back."""

    date: str
    document: str | None
    reason: str | None


class EventRecord(TypedDict):
    """The event that a deadline counts from."""

    event: str
    days: int
    unit: str
    occurred: str | None


class QuotaRecord(TypedDict):
    """How many a party may or must propose."""

    who: str
    what: str
    max: int | None
    min: int | None
    exactly: int | None


class DossierRecord(TypedDict):
    """What a dossier holds."""

    to: str | None
    copies: int | None
    items: list[str]


class Record(TypedDict):
    """One deadline, or one occurrence of a recurring one."""

    ref: str
    plan: str
    task: str
    deadline: str | None
    occurrence: str | None
    document: str | None
    sections: list[str]
    section: list[str]
    title: str
    content: str | None
    what: str | None
    who: list[str]
    lead: list[str]
    executor: list[str]
    coordinator: list[str]
    advisor: list[str]
    bound: list[str]
    bound_ids: list[str]
    kind: Kind
    text: str | None
    start: str | None
    end: str | None
    first_kind: Kind
    first_end: str | None
    time: str | None
    approximate: bool
    waiting: str | None
    on_task: str | None
    event: EventRecord | None
    correction: str | None
    last_day: str | None
    last_working_day: str | None
    overdue_from: str | None
    state: State
    days_left: int | None
    done: DoneRecord | None
    moved: list[MoveRecord]
    cancelled: CancelledRecord | None
    received: dict[str, DoneRecord]
    expected: int | None
    missing: list[str]
    same_as: str | None
    quota: list[QuotaRecord]
    dossier: DossierRecord | None
    labels: list[str]
    note: str | None
    file: str
    line: int


def record(item: Item, office: Office, today: date) -> Record:
    """The record of an item as of `today`."""
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
        "occurrence": _iso(item.occurrence),
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
        "bound_ids": bound_ids(item, office),
        "kind": when.kind,
        "text": task.text(deadline),
        "start": _iso(when.start),
        "end": _iso(when.end),
        "first_kind": deadline.when.kind,
        "first_end": _iso(first_end),
        "time": when.time.isoformat("minutes") if when.time else None,
        "approximate": when.approximate,
        "waiting": deadline.when.waiting,
        "on_task": deadline.when.on_task,
        "event": _event(deadline.when.event),
        "correction": deadline.correction,
        "last_day": _iso(item.last_day),
        "last_working_day": _iso(office.calendar.last_working_day(item.last_day)) if item.last_day else None,
        "overdue_from": _iso(item.overdue_from),
        "state": item.state(today, office.soon),
        "days_left": item.days_left(today, office.soon),
        "done": _done(item.done) if item.done else None,
        "moved": [_move(move) for move in progress.moved],
        "cancelled": _cancelled(progress.cancelled),
        "received": {name: _done(delivery) for name, delivery in progress.received.items()},
        "expected": expected,
        "missing": list(missing),
        "same_as": item.original.ref if item.original else deadline.same_as,
        "quota": [_quota(quota) for quota in deadline.quota],
        "dossier": _dossier(deadline.dossier),
        "labels": list(task.labels),
        "note": "\n".join(notes) or None,
        "file": plan.source.file,
        "line": plan.source.marks.key(deadline.path).line,
    }


def stored_record(item: Item, office: Office) -> dict[str, object]:
    """The record less what depends on today, for what is published."""
    whole = record(item, office, date.min)
    return {key: value for key, value in whole.items() if key not in {"state", "days_left"}}


def bound_ids(item: Item, office: Office) -> list[str]:
    """The register's ids of the parties that an item binds; groups stay groups, unknown names have none."""
    register = office.register(item.plan)
    parties = (register.resolve(name, item.plan.names_as_of) for name in item.bound) if register else ()
    return [party.id for party in parties if party]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _done(done: Done) -> DoneRecord:
    return {"date": done.date.isoformat(), "document": done.document, "note": done.note}


def _move(move: Move) -> MoveRecord:
    when = move.when
    return {
        "kind": when.kind,
        "start": _iso(when.start),
        "end": _iso(when.end),
        "time": when.time.isoformat("minutes") if when.time else None,
        "date": _iso(move.date),
        "document": move.document,
        "reason": move.reason,
    }


def _cancelled(cancelled: Cancelled | None) -> CancelledRecord | None:
    if cancelled is None:
        return None
    return {"date": cancelled.date.isoformat(), "document": cancelled.document, "reason": cancelled.reason}


def _event(event: Event | None) -> EventRecord | None:
    if event is None:
        return None
    return {"event": event.event, "days": event.days, "unit": event.unit, "occurred": _iso(event.occurred)}


def _quota(quota: Quota) -> QuotaRecord:
    return {"who": quota.who, "what": quota.what, "max": quota.max, "min": quota.min, "exactly": quota.exactly}


def _dossier(dossier: Dossier | None) -> DossierRecord | None:
    if dossier is None:
        return None
    return {"to": dossier.to, "copies": dossier.copies, "items": list(dossier.items)}
