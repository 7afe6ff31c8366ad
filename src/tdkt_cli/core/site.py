"""The feeds of a published site: for everything, each plan, each unit, each role if asked, each year; and what they hold.

Their paths are made of ids of registers and plans, which are ASCII, so that they can be read in an address and never lead out of
the site:

    tat-ca.ics   ke-hoach/hanoi-2023.ics   don-vi/hanoi/so-y-te.ics   vai-tro/lead/hanoi/so-y-te.ics   nam/2023.ics
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from tdkt_cli.core.agenda import Item, Office
from tdkt_cli.core.plan import Plan, Role
from tdkt_cli.core.query import names_in_role
from tdkt_cli.core.units import Body, Group, Register

Key = TypeVar("Key", int, str)
Kind = Literal["all", "year", "plan", "unit", "role"]
FOLDERS: Mapping[Kind, str] = {"year": "nam", "plan": "ke-hoach", "unit": "don-vi", "role": "vai-tro"}
EVERYTHING = "tat-ca.ics"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One feed: where it lies in the site, what it is for, and its items."""

    path: str
    kind: Kind
    items: tuple[Item, ...]
    plan: Plan | None = None
    party: Body | Group | None = None
    role: Role | None = None
    year: int | None = None


def feeds(items: Sequence[Item], office: Office, roles: Iterable[Role] = ()) -> Iterator[Feed]:
    """The feeds of these items. A unit has one as soon as something binds it, by name or in a group."""
    yield Feed(path=EVERYTHING, kind="all", items=tuple(items))
    years = _grouped((item.last_day.year, item) for item in items if item.last_day)
    for year in sorted(years) if len(years) > 1 else ():
        yield Feed(path=f"{FOLDERS['year']}/{year}.ics", kind="year", items=tuple(years[year]), year=year)
    plans = {item.plan.id: item.plan for item in items}
    by_plan = _grouped((item.plan.id, item) for item in items)
    for name in sorted(plans):
        path = f"{FOLDERS['plan']}/{name}.ics"
        yield Feed(path=path, kind="plan", items=tuple(by_plan[name]), plan=plans[name])
    for register in office.registers.values():
        own = [item for item in items if item.plan.units == register.id]
        yield from _of_register(register, own, roles)


def _of_register(register: Register, items: list[Item], roles: Iterable[Role]) -> Iterator[Feed]:
    reach = _Reach(register)
    for party, found in reach.concerned(items, "bound"):
        path = f"{FOLDERS['unit']}/{register.id}/{party.id}.ics"
        yield Feed(path=path, kind="unit", items=tuple(found), party=party)
    for role in roles:
        for party, found in reach.concerned(items, role):
            path = f"{FOLDERS['role']}/{role}/{register.id}/{party.id}.ics"
            yield Feed(path=path, kind="role", items=tuple(found), party=party, role=role)


def _grouped(pairs: Iterable[tuple[Key, Item]]) -> dict[Key, list[Item]]:
    groups: dict[Key, list[Item]] = {}
    for key, item in pairs:
        groups.setdefault(key, []).append(item)
    return groups


class _Reach:
    """Whom the names in plans reach: a body itself, a group also every party in it, however deep."""

    def __init__(self, register: Register) -> None:
        """Of this register."""
        self._register = register
        self._reached: dict[str, list[Body | Group]] = {}
        for party in register.parties:
            for above in register.with_groups([party.id]):
                self._reached.setdefault(above, []).append(party)

    def concerned(self, items: Iterable[Item], role: str) -> Iterator[tuple[Body | Group, list[Item]]]:
        """The parties that items reach in a role, in the order of the register, with those items."""
        found = _grouped((party.id, item) for item in items for party in self._of(item, role))
        for party in self._register.parties:
            if party.id in found:
                yield party, found[party.id]

    def _of(self, item: Item, role: str) -> Iterable[Body | Group]:
        day = item.plan.names_as_of
        named = (self._register.resolve(name, day) for name in names_in_role(item, role))
        return {
            party.id: party
            for above in named
            if above
            for party in self._reached.get(above.id, (above,))
            if party is above or party.valid(day)
        }.values()
