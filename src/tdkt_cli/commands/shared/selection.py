"""From what is typed to the items that it means: filters for `due`, `overdue` and `list`, references."""

import shlex
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import PurePath
from typing import NoReturn

from tdkt_cli.api.selection import AgendaFilters, agenda, query_of, unknown_unit
from tdkt_cli.commands.shared.options import Filters, read_dates
from tdkt_cli.commands.shared.session import Session
from tdkt_cli.commands.shared.values import choice, read_day, split
from tdkt_cli.core.agenda import STATES, Item, items
from tdkt_cli.core.messages import Message, msg, msgs
from tdkt_cli.core.plan import KINDS, Plan
from tdkt_cli.core.query import GROUPS, ROLE_CHOICES, SORTS, Query
from tdkt_cli.core.resolve import Target
from tdkt_cli.core.text import nearest
from tdkt_cli.errors import UNREADABLE, UnknownNameError, UsageError

_MOST_REFS = 8


def chosen(session: Session, filters: Filters, *, days: int | None = None, owed: bool = False) -> list[Item]:
    """The items that the filters choose, in their order; `days` and `owed` as in `agenda`. Raises UsageError for what does not exist."""
    sort = choice(filters.sort, SORTS, "--sort") if filters.sort else "date"
    meant = _meant(filters, session.today)
    with _telling_what_was_left_out(session):
        found = agenda(session.workspace, today=session.today, days=days, owed=owed, sort=sort, **meant)
    return [entry.item for entry in found]


def grouping(filters: Filters, default: str | None) -> str | None:
    """The grouping asked for, else the default. Raises UsageError."""
    return choice(filters.group_by, GROUPS, "--group-by") if filters.group_by else default


def read_query(session: Session, filters: Filters) -> Query:
    """The query that the filters mean. Raises UsageError."""
    with _telling_what_was_left_out(session):
        return query_of(session.workspace, **_meant(filters, session.today))


def _meant(filters: Filters, today: date) -> AgendaFilters:
    """What was typed, read. Raises UsageError."""
    role = choice(filters.role, ROLE_CHOICES, "--role")
    if role != "bound" and not filters.unit:
        raise UsageError(msg("--role says what a unit does: add --unit NAME"))
    return {
        "unit": filters.unit or (),
        "role": role,
        "plan": split(filters.plan),
        "section": split(filters.section),
        "state": [choice(state, STATES, "--state") for state in split(filters.state)],
        "kind": [choice(kind, KINDS, "--kind") for kind in split(filters.kind)],
        "text": filters.text,
        "dates": read_dates(filters, today),
    }


@contextmanager
def _telling_what_was_left_out(session: Session) -> Iterator[None]:
    """Where a name is not known, say first which files were left out: it may stand in one of them."""
    try:
        yield
    except UnknownNameError:
        session.end()
        raise


def refuse_unit(session: Session, typed: str) -> NoReturn:
    """Raise the UsageError for a name that means no single unit."""
    with _telling_what_was_left_out(session):
        raise unknown_unit(session.workspace.office, typed)


def late_items(session: Session, filters: Filters) -> list[Item]:
    """The items that the filters choose and that are overdue, in their order. Raises UsageError."""
    office, today = session.workspace.office, session.today
    return [item for item in chosen(session, filters, owed=True) if item.state(today, office.soon) == "overdue"]


def late_note(session: Session, filters: Filters, late: list[Item]) -> list[str]:
    """How much is overdue in plans that are running, in a line with the command that lists it; nothing where nothing is."""
    running = [item for item in late if not ended(item.plan, session.today)]
    if not running:
        return []
    command = overdue_command(session, filters)
    return [session.say(msg("{n} overdue; {command}", n=counted(running), command=command))]


def ended_notes(session: Session, filters: Filters, late: list[Item]) -> list[str]:
    """How much is overdue in each plan that has ended, a line each with the command that lists it."""
    notes = []
    for plan in dict.fromkeys(item.plan.id for item in late if ended(item.plan, session.today)):
        found = [item for item in late if item.plan.id == plan]
        command = overdue_command(session, replace(filters, plan=[plan]))
        notes.append(
            session.say(
                msg("{plan}, which has ended: {n} overdue; {command}", plan=plan, n=counted(found), command=command)
            )
        )
    return notes


def overdue_command(session: Session, filters: Filters) -> str:
    """The command that lists what is overdue with the same filters, paths and day."""
    words = ["tdkt", "overdue", *map(str, session.paths)]
    for option, values in (
        ("--unit", filters.unit),
        ("--plan", filters.plan),
        ("--section", filters.section),
        ("--kind", filters.kind),
        ("--from", [filters.from_] if filters.from_ else None),
        ("--to", [filters.to] if filters.to else None),
        ("--month", [filters.month] if filters.month else None),
        ("--quarter", [filters.quarter] if filters.quarter else None),
    ):
        words += [word for value in values or () for word in (option, value)]
    words += ["--role", filters.role] if filters.role != "bound" else []
    words += ["--text", filters.text] if filters.text else []
    words += ["--today", session.today.isoformat()] if session.today_typed else []
    return shlex.join(words)


def total(session: Session, found: list[Item], nothing: Message) -> str:
    """How many things there are to do, in a line that also accounts for the rows that repeat others."""
    count = counted(found)
    if not found:
        return session.say(nothing)
    if count == len(found):
        return session.say(msgs("{n} deadline", "{n} deadlines", n=count))
    rows = msgs(
        "{n} deadline in {rows} rows: what repeats another is counted once",
        "{n} deadlines in {rows} rows: what repeats another is counted once",
        n=count,
        rows=len(found),
    )
    return session.say(rows)


def ended(plan: Plan, today: date) -> bool:
    """Whether a plan's period is over."""
    return plan.period.end < today


def counted(found: list[Item]) -> int:
    """How many things there are to do: what repeats another item counts once with it."""
    return len({item.original.ref if item.original else item.ref for item in found})


def items_of(session: Session, ref: str) -> list[Item]:
    """The items that a typed reference means: those of a task, of a deadline, or one occurrence. Raises UsageError."""
    target, day = target_of(session, ref), occurrence_of(session, ref)
    found = [item for item in _items_in(session, target) if day in (None, item.occurrence)]
    if not found:
        raise UsageError(msg("the deadline {ref} does not fall on {day}", ref=target.ref, day=day))
    return found


def target_of(session: Session, ref: str) -> Target:
    """The task or deadline that a typed reference means; it may be shortened. Raises UsageError."""
    index = session.workspace.office.index
    targets = index.find(ref) or index.find_loosely(ref) or index.find_shortened(ref)
    if len(targets) == 1:
        return targets[0]
    session.end()  # it may stand in a file that was left out
    if targets:
        raise UsageError(msg("{ref} is ambiguous: {refs}", ref=ref, refs=listed(target.ref for target in targets)))
    plan_id = ref.partition("@")[0].rpartition("/")[0]
    unread = next((file for file in session.workspace.left_out if PurePath(file).stem == plan_id), None)
    if unread:
        raise UsageError(
            msg("{file} cannot be read, so nothing can be done with {ref}", file=unread, ref=ref), UNREADABLE
        )
    plan = next((plan for plan in session.workspace.plans if plan.id == ref), None)
    if plan and plan.tasks:
        task = Target(plan, plan.tasks[0]).ref
        raise UsageError(msg("{ref} is a plan; name a task or deadline of it, such as {task}", ref=ref, task=task))
    known = index.refs()
    plain = {known_ref.partition("/")[2]: known_ref for known_ref in reversed(known)}
    near = nearest(ref, known) if "/" in ref else plain.get(nearest(ref, list(plain)) or "")
    if near:
        raise UsageError(msg("there is no {ref}; did you mean {near}?", ref=ref, near=near))
    raise UsageError(msg("there is no {ref}; tdkt list shows every reference", ref=ref))


def occurrence_of(session: Session, ref: str) -> date | None:
    """The occurrence that a typed reference names after “@”, None where it names none. Raises UsageError."""
    day = ref.partition("@")[2]
    return read_day(day, session.today, ref) if day else None


def listed(refs: Iterable[str]) -> str:
    """The first of many references on one line."""
    found = list(refs)
    return ", ".join(found[:_MOST_REFS]) + (", …" if len(found) > _MOST_REFS else "")


def _items_in(session: Session, target: Target) -> list[Item]:
    return [
        item
        for item in items((target.plan,), session.workspace.office)
        if item.task is target.task and target.deadline in (None, item.deadline)
    ]
