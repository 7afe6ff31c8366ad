"""Queries: filters, orders and groups of items, shared by `due`, `overdue` and `list`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Any, Literal, get_args

from tdkt_cli.core.agenda import STATES, Item, Office, State, binds_several, delivered
from tdkt_cli.core.periods import Period
from tdkt_cli.core.plan import Kind, Names, section_path
from tdkt_cli.core.text import collation_key, fold

Sort = Literal["date", "plan", "unit", "title", "state"]
SORTS: tuple[Sort, ...] = get_args(Sort)
GROUPS = ("near", "unit", "plan", "section", "month", "state", "waiting")
RoleChoice = Literal["bound", "lead", "executor", "coordinator", "advisor"]
ROLE_CHOICES: tuple[RoleChoice, ...] = get_args(RoleChoice)


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
        if self.units is None or not binds_several(item, office):
            return False
        return not set(office.party_ids(item.plan, item.bound)) <= asked

    def delivered(self, item: Item, office: Office, today: date) -> bool:
        """Whether those asked for whom the item binds had delivered by `today`, so that nothing of it is open for them."""
        asked = self.asked.get(item.plan.units or "", frozenset())
        register = office.register(item.plan)
        if self.role != "bound" or not register or not asked or not item.progress.received:
            return False
        bound = set(office.party_ids(item.plan, item.bound))
        concerned = {unit for unit in asked if not bound.isdisjoint(register.with_groups([unit]))}
        return bool(concerned) and concerned <= delivered(item, office, today).keys()

    def _names_unit(self, item: Item, office: Office) -> bool:
        wanted = (self.units or {}).get(item.plan.units or "", frozenset())
        return not wanted.isdisjoint(office.party_ids(item.plan, names_in_role(item, self.role)))


def names_in_role(item: Item, role: str) -> Names:
    """Return the parties of an item in one of the roles of `ROLE_CHOICES`, as printed."""
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


def sorted_items(found: Iterable[Item], sort: str, office: Office, today: date) -> list[Item]:
    """Return the items in one of the orders of `SORTS`; by plan, equals stay in the order of the file, else by date."""
    keys: dict[str, Callable[[Item], Any]] = {
        "plan": lambda item: item.plan.id,
        "unit": lambda item: [collation_key(name) for name in item.bound],
        "title": lambda item: collation_key(item.task.title),
        "state": lambda item: STATES.index(item.state(today, office.soon)),
    }
    ordered = list(found)
    if sort != "plan":
        ordered.sort(key=lambda item: item.last_day or date.max)
    if sort in keys:
        ordered.sort(key=keys[sort])
    return ordered
