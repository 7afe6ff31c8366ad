"""Selection of deadlines by what was typed: filters, or references such as `hanoi-2023/PL1.3#hop`."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import PurePath
from typing import NoReturn

from tdkt_cli.api.selection import AgendaFilters, agenda, query_of, unknown_unit
from tdkt_cli.commands.shared.options import Filters, read_dates
from tdkt_cli.commands.shared.session import Session
from tdkt_cli.commands.shared.values import choice, read_day, split
from tdkt_cli.core.agenda import STATES, Item, items
from tdkt_cli.core.messages import msg
from tdkt_cli.core.plan import KINDS
from tdkt_cli.core.query import Query, Sort
from tdkt_cli.core.resolve import Target
from tdkt_cli.core.text import nearest
from tdkt_cli.errors import UNREADABLE, UnknownNameError, UsageError

_MOST_REFS = 8


def filtered_items(
    session: Session, filters: Filters, sort: Sort = "date", *, days: int | None = None, owed: bool = False
) -> list[Item]:
    """Return the items that pass the filters, in this order; `days` and `owed` as in `agenda`.

    Raises UsageError for unknown names.
    """
    parsed = _parsed(filters, session.today)
    with _left_out_files_named(session):
        entries = agenda(session.workspace, today=session.today, days=days, owed=owed, sort=sort or "date", **parsed)
    return [entry.item for entry in entries]


def read_query(session: Session, filters: Filters) -> Query:
    """Return the query of the filters. Raises UsageError."""
    with _left_out_files_named(session):
        return query_of(session.workspace, **_parsed(filters, session.today))


def _parsed(filters: Filters, today: date) -> AgendaFilters:
    """Return the filters as arguments of `agenda`. Raises UsageError."""
    if filters.role and filters.role != "bound" and not filters.unit:
        raise UsageError(msg("--role says what a unit does: add --unit NAME"))
    return {
        "unit": filters.unit or (),
        "role": filters.role or "bound",
        "plan": split(filters.plan),
        "section": split(filters.section),
        "state": [choice(state, STATES, "--state") for state in split(filters.state)],
        "kind": [choice(kind, KINDS, "--kind") for kind in split(filters.kind)],
        "text": filters.text,
        "dates": read_dates(filters, today),
    }


@contextmanager
def _left_out_files_named(session: Session) -> Iterator[None]:
    """Before the error for an unknown name, print which files were left out: the name may be in one of them."""
    try:
        yield
    except UnknownNameError:
        session.end()
        raise


def refuse_unit(session: Session, typed: str) -> NoReturn:
    """Raise the UsageError for a name that does not identify one unit."""
    with _left_out_files_named(session):
        raise unknown_unit(session.workspace.office, typed)


def items_of(session: Session, ref: str) -> list[Item]:
    """Return the items of a typed reference: those of a task, of a deadline, or one occurrence. Raises UsageError."""
    target, day = target_of(session, ref), occurrence_of(session, ref)
    found = [
        item
        for item in items((target.plan,), session.workspace.office)
        if item.task is target.task and target.deadline in (None, item.deadline) and day in (None, item.occurrence)
    ]
    if not found:
        raise UsageError(msg("the deadline {ref} does not fall on {day}", ref=target.ref, day=day))
    return found


def target_of(session: Session, ref: str) -> Target:
    """Return the task or deadline of a typed reference, which may be shortened. Raises UsageError."""
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
    """Return the day after the “@” of a typed reference, None without one. Raises UsageError."""
    day = ref.partition("@")[2]
    return read_day(day, session.today, ref) if day else None


def listed(refs: Iterable[str]) -> str:
    """Return references in one line, at most eight of them."""
    found = list(refs)
    return ", ".join(found[:_MOST_REFS]) + (", …" if len(found) > _MOST_REFS else "")
