"""From filters as typed to the items they choose, for `due`, `overdue` and `list`."""

from dataclasses import replace
from datetime import date
from typing import NoReturn

from tdkt_cli.commands.options import Filters, choice, read_dates
from tdkt_cli.commands.session import Session
from tdkt_cli.core.agenda import STATES, Item, items
from tdkt_cli.core.messages import msg, msgs
from tdkt_cli.core.plan import KINDS, Plan
from tdkt_cli.core.query import GROUPS, ROLE_CHOICES, SORTS, Query, sorted_items
from tdkt_cli.core.text import nearest
from tdkt_cli.errors import UsageError
from tdkt_cli.files.workspace import Workspace

_MOST_CANDIDATES = 8


def all_items(session: Session, until: date | None = None) -> list[Item]:
    """Every item of the plans; the occurrences after `until` are left out."""
    return list(items(session.workspace.plans, session.workspace.office, until))


def chosen(session: Session, filters: Filters, among: list[Item]) -> list[Item]:
    """Those items that the filters choose, in their order. Raises UsageError for what does not exist."""
    office, today = session.workspace.office, session.today
    query = read_query(session, filters)
    sort = choice(filters.sort, SORTS, "--sort") if filters.sort else "date"
    return sorted_items((item for item in among if query.matches(item, office, today)), sort, office, today)


def grouping(filters: Filters, default: str | None) -> str | None:
    """The grouping asked for, else the default. Raises UsageError."""
    return choice(filters.group_by, GROUPS, "--group-by") if filters.group_by else default


def read_query(session: Session, filters: Filters) -> Query:
    """The query that the filters mean. Raises UsageError."""
    workspace = session.workspace
    query = Query(
        role=choice(filters.role, ROLE_CHOICES, "--role"),
        plans=frozenset(_plans(session, filters.plan or [])),
        sections=frozenset(_sections(workspace, filters.section or [])),
        states=frozenset(choice(state, STATES, "--state") for state in filters.state or []),  # type: ignore[misc]
        kinds=frozenset(choice(kind, KINDS, "--kind") for kind in filters.kind or []),  # type: ignore[misc]
        text=filters.text,
        dates=read_dates(filters, session.today),
    )
    return replace(query, units=_units(workspace, filters.unit)) if filters.unit else query


def _plans(session: Session, typed: list[str]) -> list[str]:
    known = [plan.id for plan in session.workspace.plans]
    for plan in typed:
        if plan not in known:
            session.end()  # it may be a file that was left out
            _unknown("--plan", plan, known)
    return typed


def _sections(workspace: Workspace, typed: list[str]) -> list[str]:
    known = [section for plan in workspace.plans for section in plan.sections]
    for section in typed:
        if section not in known:
            _unknown("--section", section, known)
    return typed


def _units(workspace: Workspace, typed: list[str]) -> dict[str, frozenset[str]]:
    """By register, the ids of the parties meant and of the groups that they belong to."""
    found: dict[str, set[str]] = {}
    for name in typed:
        hits = {
            id_: parties for id_, register in workspace.office.registers.items() if (parties := register.search(name))
        }
        if not hits:
            refuse_unit(workspace, name)
        for register_id, parties in hits.items():
            register = workspace.office.registers[register_id]
            found.setdefault(register_id, set()).update(register.with_groups(party.id for party in parties))
    return {register_id: frozenset(ids) for register_id, ids in found.items()}


def refuse_unit(workspace: Workspace, typed: str) -> NoReturn:
    """Raise the UsageError for a name that means no single unit."""
    registers = workspace.office.registers.values()
    candidates = [party.name for register in registers for party in register.candidates(typed)]
    if candidates:
        names = "; ".join(candidates[:_MOST_CANDIDATES]) + (" ..." if len(candidates) > _MOST_CANDIDATES else "")
        raise UsageError(msg("“{typed}” can be one of: {names}", typed=typed, names=names))
    near = nearest(typed, [name for register in registers for party in register.parties for name in party.names])
    if near:
        raise UsageError(msg("“{typed}” is not in any register; did you mean “{near}”?", typed=typed, near=near))
    raise UsageError(msg("“{typed}” is not in any register; tdkt units lists them", typed=typed))


def _unknown(option: str, typed: str, known: list[str]) -> NoReturn:
    near = nearest(typed, known)
    if near:
        raise UsageError(
            msg("{option} does not know “{typed}”; did you mean “{near}”?", option=option, typed=typed, near=near)
        )
    raise UsageError(msg("{option} does not know “{typed}”", option=option, typed=typed))


def overdue_notes(session: Session, filters: Filters, among: list[Item]) -> list[str]:
    """How much is overdue, in a line; for plans whose period has ended, a line each with the command that lists it."""
    query = read_query(session, replace(filters, from_="", to="", month="", quarter="", state=None))
    office = session.workspace.office
    late: dict[str, list[Item]] = {}
    for item in among:
        if item.state(session.today, office.soon) == "overdue" and query.matches(item, office, session.today):
            late.setdefault(item.plan.id, []).append(item)
    running = [item for found in late.values() for item in found if not ended(item.plan, session.today)]
    notes = (
        [msgs("{n} overdue; tdkt overdue lists it", "{n} overdue; tdkt overdue lists them", n=counted(running))]
        if running
        else []
    )
    notes += [
        msgs("{plan}, which has ended: {n} overdue; tdkt overdue --plan {plan}", "{plan}, which has ended: {n} overdue; tdkt overdue --plan {plan}",
             n=counted(found), plan=plan)
        for plan, found in late.items() if ended(found[0].plan, session.today)
    ]  # fmt: skip
    return [session.say(note) for note in notes]


def ended(plan: Plan, today: date) -> bool:
    """Whether a plan's period is over."""
    return plan.period.end < today


def counted(found: list[Item]) -> int:
    """How many things there are to do: what repeats another item counts once with it."""
    return len({item.original.ref if item.original else item.ref for item in found})
