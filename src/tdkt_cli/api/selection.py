"""Choosing deadlines by what is asked for: a period of days, a unit, plans, states, words."""

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
from tdkt_cli.core.text import nearest
from tdkt_cli.errors import UnknownNameError, UsageError
from tdkt_cli.files.workspace import Workspace

T = TypeVar("T", bound=str)
MOST_DAYS = 3660
_MOST_CANDIDATES = 8


@dataclass(frozen=True, slots=True, repr=False)
class Entry:
    """A deadline, or one occurrence of a recurring one, as it stands on a day. `item` has its plan, its task and all that they say."""

    item: Item
    office: Office
    today: date

    def __repr__(self) -> str:
        """What tells it from others; all of what it has would fill a screen."""
        return f"<{type(self).__name__} {self.ref} {self.state} {self.last_day}>"

    @property
    def ref(self) -> str:
        """Its reference, such as hanoi-2023/PL1.3#hop; that of an occurrence ends in @2023-01-31."""
        return self.item.ref

    @property
    def title(self) -> str:
        """The task in one line."""
        return self.item.task.title

    @property
    def what(self) -> str | None:
        """The act of this milestone, None where the task has no other."""
        return self.item.deadline.what

    @property
    def bound(self) -> Names:
        """Whom it binds, as the document prints them."""
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
        """Its state on the day."""
        return self.item.state(self.today, self.office.soon)

    @property
    def days_left(self) -> int | None:
        """How many days are left to the last day: 0 on it, negative after it; None once it is closed, or without a date."""
        return self.item.days_left(self.today, self.office.soon)

    def record(self) -> Record:
        """All of it as the command line prints it with --format json: plain data, dates as ISO 8601."""
        return record(self.item, self.office, self.today)


class AgendaFilters(TypedDict, total=False):
    """What to choose; what is not given does not restrict, and of several values one is enough.

    `unit` is a name, short name or id, with or without accents, or a part of just one body's name: what binds it, by name or in a group.
    With `role` it is what the unit does in that role: "lead", "executor", "coordinator", "advisor"; "bound" unless said. `plan` and
    `section` are ids; a section has those in it too. `state` and `kind` are the words of the record. `text` stands in what the deadline
    and its task say, accents or not. `dates` holds the last day in time, both ends included.
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
    """The deadlines of the plans as they stand on the day `today`, those that the `filters` choose.

    With `days` only what is open, not overdue, and has its last day at most so many days after today (0 to 3660), the grace day of a
    “before” included: what `tdkt due --days` lists. `owed` leaves out what the units asked for have delivered already, as `days` does.

    `sort` is "date" (without a date last), "plan", "unit", "title" or "state"; by "plan" equals stay in the order of the file, else by
    date. What repeats another deadline (same_as) is in the list too.

    Raises UnknownNameError where no plan, section or unit is called so, UsageError for a value that does not fit, and TypeError for a
    filter that there is not.
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
    found = (
        item
        for item in plans.items
        if (days is None or _is_near(item, office, today, until))
        and query.matches(item, office, today)
        and not ((owed or days is not None) and query.delivered(item, office, today))
    )
    return [Entry(item, office, today) for item in sorted_items(found, _one_of("sort", sort, SORTS), office, today)]


def _is_near(item: Item, office: Office, today: date, until: date) -> bool:
    """Whether it is open, not overdue, and has its last day up to `until`."""
    return item.last_day is not None and item.last_day <= until and item.state(today, office.soon) in {"due", "later"}


def query_of(plans: Workspace, **filters: Unpack[AgendaFilters]) -> Query:
    """The query that the filters of `agenda` mean. Raises what `agenda` raises."""
    for name in filters.keys() - AgendaFilters.__annotations__:  # one that is not looked at would choose everything
        near = nearest(name, list(AgendaFilters.__annotations__))
        meant = f". Did you mean '{near}'?" if near else ""
        raise TypeError(f"agenda() got an unexpected keyword argument '{name}'{meant}")
    known = [plan.id for plan in plans.plans]
    for id_ in _several(filters.get("plan", ())):
        if id_ not in known:
            raise unknown_plan(id_, known)
    units = _several(filters.get("unit", ()))
    asked = _parties(plans.office, units)
    return Query(
        units={id_: plans.office.registers[id_].with_groups(ids) for id_, ids in asked.items()} if units else None,
        asked=asked,
        role=_one_of("role", filters.get("role", "bound"), ROLE_CHOICES),
        plans=frozenset(_several(filters.get("plan", ()))),
        sections=frozenset(_section(plans, id_) for id_ in _several(filters.get("section", ()))),
        states=frozenset(_one_of("state", state, STATES) for state in _several(filters.get("state", ()))),
        kinds=frozenset(_one_of("kind", kind, KINDS) for kind in _several(filters.get("kind", ()))),
        text=filters.get("text", ""),
        dates=filters.get("dates"),
    )


def _several(given: T | Iterable[T]) -> list[T]:
    """The values given: a single one is a list of one."""
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
    near = nearest(id_, known)
    if near:
        raise UnknownNameError(msg("there is no section {typed}; did you mean {near}?", typed=id_, near=near))
    raise UnknownNameError(msg("there is no section {typed}", typed=id_))


def unknown_plan(id_: str, known: Iterable[str]) -> UnknownNameError:
    """The error for an id that none of the `known` plans has."""
    near = nearest(id_, list(known))
    if near:
        return UnknownNameError(msg("there is no plan {typed}; did you mean {near}?", typed=id_, near=near))
    return UnknownNameError(msg("there is no plan {typed}", typed=id_))


def _parties(office: Office, names: Iterable[str]) -> dict[str, frozenset[str]]:
    """By register, the ids of the parties meant."""
    found: dict[str, frozenset[str]] = {}
    for name in names:
        hits = {id_: parties for id_, register in office.registers.items() if (parties := register.search(name))}
        if not hits:
            raise unknown_unit(office, name)
        for id_, parties in hits.items():
            found[id_] = found.get(id_, frozenset()) | {party.id for party in parties}
    return found


def unknown_unit(office: Office, name: str) -> UnknownNameError:
    """The error for a name that means no single unit."""
    registers = office.registers.values()
    candidates = list(dict.fromkeys(party.name for register in registers for party in register.candidates(name)))
    if candidates:
        names = "; ".join(candidates[:_MOST_CANDIDATES]) + (" ..." if len(candidates) > _MOST_CANDIDATES else "")
        return UnknownNameError(msg("“{typed}” can be one of: {names}", typed=name, names=names))
    near = nearest(name, [known for register in registers for party in register.parties for known in party.names])
    if near:
        return UnknownNameError(msg("“{typed}” is not in any register; did you mean “{near}”?", typed=name, near=near))
    return UnknownNameError(msg("“{typed}” is not in any register; tdkt units lists them", typed=name))
