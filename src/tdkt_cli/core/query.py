"""Queries: filters, orders and groups of items, shared by `due`, `overdue` and `list`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Literal

from tdkt_cli.core.agenda import STATES, Item, Office, State, binds_several, delivered
from tdkt_cli.core.periods import Period
from tdkt_cli.core.plan import Kind, Names, section_path
from tdkt_cli.core.text import collation_key, fold

Sort = Literal["date", "plan", "unit", "title", "state"]
SORTS: tuple[Sort, ...] = ("date", "plan", "unit", "title", "state")
GROUPS = ("near", "unit", "plan", "section", "month", "state", "waiting")
RoleChoice = Literal["bound", "lead", "executor", "coordinator", "advisor"]
ROLE_CHOICES: tuple[RoleChoice, ...] = ("bound", "lead", "executor", "coordinator", "advisor")


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """The filters of a query; empty ones do not restrict. `dates` is about the last day in time, both ends included.

    `units` maps a register's id to the ids of the parties asked for, groups included: a name that stands for one of them in
    the role `role` matches. `asked` are those parties without their groups.
    """

    units: Mapping[str, frozenset[str]] | None = None
    asked: Mapping[str, frozenset[str]] = field(default_factory=dict)
    role: str = "bound"
    plans: frozenset[str] = frozenset()
    sections: frozenset[str] = frozenset()
    states: frozenset[State] = frozenset()
    kinds: frozenset[Kind] = frozenset()
    text: str = ""
    dates: Period | None = None

    def matches(self, item: Item, office: Office, today: date) -> bool:
        """Whether the item passes the filters."""
        return (
            (not self.plans or item.plan.id in self.plans)
            and (not self.kinds or item.when.kind in self.kinds)
            and (not self.states or item.state(today, office.soon) in self.states)
            and (not self.sections or not self.sections.isdisjoint(section_path(item.task.section)))
            and (self.dates is None or (item.last_day is not None and item.last_day in self.dates))
            and (self.units is None or self._names_unit(item, office))
            and (not self.text or (fold(self.text) or self.text) in _words(item))
        )

    def concerns_others(self, item: Item, office: Office) -> bool:
        """Whether an item was chosen by a unit that is only one of several that it binds, so that it is not that unit's alone."""
        asked = self.asked.get(item.plan.units or "", frozenset())
        register = office.register(item.plan)
        if self.units is None or register is None or not binds_several(item, office):
            return False
        parties = (register.resolve(name, item.plan.names_as_of) for name in item.bound)
        return not {party.id for party in parties if party} <= asked

    def delivered(self, item: Item, office: Office, today: date) -> bool:
        """Whether those asked for whom the item binds had delivered by `today`, so that nothing of it is open for them."""
        asked = self.asked.get(item.plan.units or "", frozenset())
        register = office.register(item.plan)
        if self.role != "bound" or not register or not asked or not item.progress.received:
            return False
        parties = (register.resolve(name, item.plan.names_as_of) for name in item.bound)
        bound = {party.id for party in parties if party}
        concerned = {unit for unit in asked if not bound.isdisjoint(register.with_groups([unit]))}
        return bool(concerned) and concerned <= delivered(item, office, today).keys()

    def _names_unit(self, item: Item, office: Office) -> bool:
        register = office.register(item.plan)
        wanted = (self.units or {}).get(item.plan.units or "", frozenset())
        names = names_in_role(item, self.role)
        parties = (register.resolve(name, item.plan.names_as_of) for name in names) if register else ()
        return any(party is not None and party.id in wanted for party in parties)


def names_in_role(item: Item, role: str) -> Names:
    """The parties of an item in one of the roles of `ROLE_CHOICES`, as printed."""
    return item.bound if role == "bound" else getattr(item.task, role)


def _words(item: Item) -> str:
    task, deadline = item.task, item.deadline
    headings = (item.plan.sections.get(section, "") for section in section_path(task.section))
    own = (
        item.ref,
        task.title,
        task.content,
        task.timing,
        task.note,
        deadline.what,
        deadline.text,
        deadline.when.waiting,
    )
    names = chain(task.lead, task.executor, task.coordinator, task.advisor, deadline.who, task.labels)
    return fold(" ".join(filter(None, chain(own, names, headings))))


def _by_date(item: Item) -> date:
    return item.last_day or date.max


def sorted_items(found: Iterable[Item], sort: str, office: Office, today: date) -> list[Item]:
    """The items in one of the orders of `SORTS`; by plan, equals stay in the order of the file, else by date."""
    keys: dict[str, Callable[[Item], object]] = {
        "plan": lambda item: item.plan.id,
        "unit": lambda item: [collation_key(name) for name in item.bound],
        "title": lambda item: collation_key(item.task.title),
        "state": lambda item: STATES.index(item.state(today, office.soon)),
    }
    ordered = list(found)
    if sort != "plan":
        ordered.sort(key=_by_date)
    if sort in keys:
        ordered.sort(key=keys[sort])  # type: ignore[arg-type]
    return ordered
