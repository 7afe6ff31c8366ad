"""Selecting deadlines by a number of days, unit, plan, state, words and other filters."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypedDict, TypeVar, Unpack

from tdkt_cli.core.agenda import STATES, Item, Office, State
from tdkt_cli.core.messages import msg
from tdkt_cli.core.periods import Period
from tdkt_cli.core.plan import KINDS, Kind, Names
from tdkt_cli.core.query import ROLE_CHOICES, SORTS, Query, RoleChoice, Sort, sorted_items
from tdkt_cli.core.record import Record, record
from tdkt_cli.core.text import nearest, suggest
from tdkt_cli.errors import UnknownNameError, UsageError
from tdkt_cli.files.workspace import Workspace

T = TypeVar("T", bound=str)
MOST_DAYS = 3660
_MOST_CANDIDATES = 8


@dataclass(frozen=True, slots=True, repr=False)
class Entry:
    """A deadline, or one occurrence of a recurring one, as of a day. `item` has its plan, its task and all their fields."""

    item: Item
    office: Office
    today: date

    def __repr__(self) -> str:
        """Return what identifies it; all its fields would fill a screen."""
        return f"<{type(self).__name__} {self.ref} {self.state} {self.last_day}>"

    @property
    def ref(self) -> str:
        """Its reference, such as hanoi-2023/PL1.3#hop; an occurrence's ends in @2023-01-31."""
        return self.item.ref

    @property
    def title(self) -> str:
        """The task in one line."""
        return self.item.task.title

    @property
    def what(self) -> str | None:
        """The act that this milestone asks for, None where the plan names none besides the task."""
        return self.item.deadline.what

    @property
    def bound(self) -> Names:
        """The units that have to act, as the document prints their names."""
        return self.item.bound

    @property
    def last_day(self) -> date | None:
        """The last day in time, None where there is no date."""
        return self.item.last_day

    @property
    def overdue_from(self) -> date | None:
        """The first day on which it is overdue, None where there is no date."""
        return self.item.overdue_from

    @property
    def state(self) -> State:
        """Its state on that day."""
        return self.item.state(self.today, self.office.soon)

    @property
    def days_left(self) -> int | None:
        """The number of days to the last day: 0 on it, negative after it; None once it is closed, or without a date."""
        return self.item.days_left(self.today, self.office.soon)

    def record(self) -> Record:
        """Return all of it as --format json prints it: plain data, dates as ISO 8601."""
        return record(self.item, self.office, self.today)


class AgendaFilters(TypedDict, total=False):
    """The filters of `agenda`; a deadline must pass every filter given, and of a filter's values match one.

    `unit` is a name, short name or id, with or without accents, or a part of just one body's name; it selects what binds the unit, by name
    or in a group. With `role` it selects what the unit does in that role: "lead", "executor", "coordinator", "advisor"; the default is
    "bound". `plan` and `section` are ids; a section includes its subsections. `state` and `kind` take the values of the record. `text` is
    looked for in the deadline and its task, with or without accents. `dates` contains the last day in time, both ends inclusive.
    """

    unit: str | Iterable[str]
    role: RoleChoice
    plan: str | Iterable[str]
    section: str | Iterable[str]
    state: State | Iterable[State]
    kind: Kind | Iterable[Kind]
    text: str
    dates: Period | None


def agenda(
    plans: Workspace,
    *,
    today: date,
    days: int | None = None,
    owed: bool = False,
    sort: Sort = "date",
    **filters: Unpack[AgendaFilters],
) -> list[Entry]:
    """Return the deadlines of the plans that pass the `filters`, as of the day `today`.

    With `days` only those that are open, not overdue, and have their last day at most so many days after today (0 to 3660), the grace day
    of a “before” included, as `tdkt due --days` lists them. `owed` leaves out what the units asked for have delivered already; `days` does
    so too.

    `sort` is "date" (those without a date last), "plan", "unit", "title" or "state"; by "plan" equal ones stay in the order of the file,
    else by date. A deadline that repeats another (same_as) is listed too.

    Raises UnknownNameError for a plan, section or unit that does not exist, UsageError for a value that does not fit, and TypeError for an
    unknown filter.
    """
    if not isinstance(today, date) or isinstance(today, datetime):
        raise UsageError(
            msg("{option} takes a date, such as date(2023, 2, 20), not “{typed}”", option="today", typed=str(today))
        )
    if days is not None and not (isinstance(days, int) and 0 <= days <= MOST_DAYS):
        words = msg("{option} takes a whole number from 0 to {most}, not “{typed}”", option="days", most=MOST_DAYS, typed=days)  # fmt: skip
        raise UsageError(words)
    office, query = plans.office, query_of(plans, **filters)
    until = date.max if days is None else today + timedelta(days=days)

    def is_near(item: Item) -> bool:
        return bool(item.last_day and item.last_day <= until and item.state(today, office.soon) in {"due", "later"})

    selected = (
        item
        for item in plans.items
        if (days is None or is_near(item))
        and query.matches(item, office, today)
        and not ((owed or days is not None) and query.delivered(item, office, today))
    )
    return [Entry(item, office, today) for item in sorted_items(selected, _one_of("sort", sort, SORTS), office, today)]


def query_of(plans: Workspace, **filters: Unpack[AgendaFilters]) -> Query:
    """Return the query for the filters of `agenda`. Raises what `agenda` raises."""
    for name in filters.keys() - AgendaFilters.__annotations__:  # ignoring it would select everything
        near = nearest(name, list(AgendaFilters.__annotations__))
        hint = f". Did you mean '{near}'?" if near else ""
        raise TypeError(f"agenda() got an unexpected keyword argument '{name}'{hint}")
    ids, units = _as_list(filters.get("plan", ())), _as_list(filters.get("unit", ()))
    known = [plan.id for plan in plans.plans]
    for id_ in ids:
        if id_ not in known:
            raise unknown_plan(id_, known)
    asked = _parties(plans.office, units)
    return Query(
        units={id_: plans.office.registers[id_].with_groups(ids) for id_, ids in asked.items()} if units else None,
        asked=asked,
        role=_one_of("role", filters.get("role", "bound"), ROLE_CHOICES),
        plans=frozenset(ids),
        sections=frozenset(_section(plans, id_) for id_ in _as_list(filters.get("section", ()))),
        states=frozenset(_one_of("state", state, STATES) for state in _as_list(filters.get("state", ()))),
        kinds=frozenset(_one_of("kind", kind, KINDS) for kind in _as_list(filters.get("kind", ()))),
        text=filters.get("text", ""),
        dates=filters.get("dates"),
    )


def _as_list(given: T | Iterable[T]) -> list[T]:
    return [given] if isinstance(given, str) else list(given)


def _one_of(name: str, given: T, choices: Collection[T]) -> T:
    if given in choices:
        return given
    words = msg("{option} does not know “{typed}”; it takes {choices}", option=name, typed=given, choices=", ".join(choices))  # fmt: skip
    raise UsageError(words)


def _section(plans: Workspace, id_: str) -> str:
    known = [section for plan in plans.plans for section in plan.sections]
    if id_ in known:
        return id_
    near = msg("there is no section {typed}; did you mean {near}?")
    raise UnknownNameError(suggest(id_, known, near, msg("there is no section {typed}")))


def unknown_plan(id_: str, known: Iterable[str]) -> UnknownNameError:
    """Return the error for an id that none of the `known` plans has."""
    near = msg("there is no plan {typed}; did you mean {near}?")
    return UnknownNameError(suggest(id_, known, near, msg("there is no plan {typed}")))


def _parties(office: Office, names: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return the ids of the bodies and groups with these names, by register. Raises UnknownNameError."""
    ids: dict[str, frozenset[str]] = {}
    for name in names:
        hits = {id_: parties for id_, register in office.registers.items() if (parties := register.search(name))}
        if not hits:
            raise unknown_unit(office, name)
        for id_, parties in hits.items():
            ids[id_] = ids.get(id_, frozenset()) | {party.id for party in parties}
    return ids


def unknown_unit(office: Office, name: str) -> UnknownNameError:
    """Return the error for a name that belongs to no unit, or to several."""
    registers = office.registers.values()
    candidates = list(dict.fromkeys(party.name for register in registers for party in register.candidates(name)))
    if candidates:
        names = "; ".join(candidates[:_MOST_CANDIDATES]) + (" ..." if len(candidates) > _MOST_CANDIDATES else "")
        return UnknownNameError(msg("“{typed}” is ambiguous: {names}", typed=name, names=names))
    known = (known for register in registers for party in register.parties for known in party.names)
    near = msg("“{typed}” is not in any register; did you mean “{near}”?")
    return UnknownNameError(suggest(name, known, near, msg("“{typed}” is not in any register; tdkt units lists them")))
