"""The parts of a published site: what each plan contributes, and the feeds made of all parts.

A part depends on its plan and on what the plan refers to alone, so that one change makes one part anew. The paths of feeds are made
of ids of registers and plans, which are ASCII, so that they can be read in an address and never lead out of the site:

    tat-ca.ics   ke-hoach/hanoi-2023.ics   don-vi/hanoi/so-y-te.ics   vai-tro/lead/hanoi/so-y-te.ics   nam/2023.ics
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from operator import attrgetter
from typing import Literal

from tdkt_cli.core.agenda import Item
from tdkt_cli.core.feeds.events import twice
from tdkt_cli.core.plan import Role
from tdkt_cli.core.query import names_in_role
from tdkt_cli.core.units import Body, Group, Register

Kind = Literal["all", "unit", "plan", "year", "role"]
EVERYTHING, _YEARS = "tat-ca.ics", "nam/"


@dataclass(frozen=True, slots=True)
class Entry:
    """An event of a part: its text without stamps, its last day (ISO 8601), the item that it repeats, the units' feeds it is in."""

    uid: str
    ref: str
    day: str
    repeats: str | None
    done: bool
    feeds: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class PlanPart:
    """What a plan contributes to a site: events, records (JSON lines), rows of the board (JSON), the parties that it names.

    `document` is the number of its document, else its title. `refers` are the other plans that it depends on.
    """

    plan: str
    title: str
    document: str
    issued: str
    entries: tuple[Entry, ...]
    records: tuple[str, ...]
    board: str
    named: tuple[str, ...]
    refers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed: its path in the site, its purpose, its events in order, and the parts that they come from.

    The feed of a unit has its name as `subject`, and the name of its register.
    """

    path: str
    kind: Kind
    subject: str = ""
    role: Role | None = None
    register: str = ""
    entries: tuple[Entry, ...] = ()
    parts: tuple[PlanPart, ...] = ()


def feeds(
    parts: Sequence[PlanPart],
    registers: Iterable[Register],
    roles: Iterable[Role] = (),
    *,
    kept: Collection[str] = (),
    drop_done: bool = False,
) -> Iterator[Feed]:
    """The feeds of these parts. A unit has one as soon as something binds it, by name or in a group.

    Those of the paths `kept` stay, with nothing in them, as long as their unit, plan or year is there.
    """
    groups = _by_path(parts)
    for place in _places(parts, registers, tuple(roles), kept):
        if place.path in groups or place.path in kept:
            found = groups.get(place.path, [])
            own = {part.plan: part for part, _ in found}
            entries = _in_order(entry for _, entry in found if not (drop_done and entry.done))
            yield replace(place, entries=tuple(entries), parts=tuple(own.values()))


def _by_path(parts: Iterable[PlanPart]) -> dict[str, list[tuple[PlanPart, Entry]]]:
    """The events of each feed."""
    groups: dict[str, list[tuple[PlanPart, Entry]]] = {}
    for part in parts:
        for entry in part.entries:
            for path in (EVERYTHING, _plan_path(part.plan), _year_path(entry.day[:4]), *entry.feeds):
                groups.setdefault(path, []).append((part, entry))
    return groups


def _places(
    parts: Sequence[PlanPart], registers: Iterable[Register], roles: tuple[Role, ...], kept: Collection[str]
) -> Iterator[Feed]:
    """Return every possible feed, still empty; feeds of years if there are several years."""
    yield Feed(EVERYTHING, "all")
    for register in registers:
        for party in register.parties:
            for role in (None, *roles):
                kind: Kind = "role" if role else "unit"
                yield Feed(unit_path(register, party, role), kind, party.name, role, register.name)
    yield from (Feed(_plan_path(part.plan), "plan", part.title) for part in parts)
    years = {entry.day[:4] for part in parts for entry in part.entries}
    years |= {path[len(_YEARS) : -len(".ics")] for path in kept if path.startswith(_YEARS)}
    yield from (Feed(_year_path(year), "year", year) for year in sorted(years) if len(years) > 1)


def _in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Return the events of a feed by day, without repeats of another on the same day."""
    found = list(entries)
    repeats = twice((entry.ref, entry.day, entry.repeats) for entry in found)
    return sorted((entry for entry in found if entry.ref not in repeats), key=attrgetter("day", "ref"))


def unit_path(register: Register, party: Body | Group, role: Role | None = None) -> str:
    """Return the path of the feed of a party, or of its role."""
    place = f"{register.id}/{party.id}.ics"
    return f"vai-tro/{role}/{place}" if role else f"don-vi/{place}"


def _plan_path(plan: str) -> str:
    return f"ke-hoach/{plan}.ics"


def _year_path(year: str) -> str:
    return f"{_YEARS}{year}.ics"


@dataclass(frozen=True)
class Reach:
    """Whom the names in plans reach: a body itself, a group also every party in it, however deep."""

    register: Register

    @cached_property
    def _reached(self) -> Mapping[str, list[Body | Group]]:
        reached: dict[str, list[Body | Group]] = {}
        for party in self.register.parties:
            for above in self.register.with_groups([party.id]):
                reached.setdefault(above, []).append(party)
        return reached

    def feeds(self, item: Item, roles: Iterable[Role]) -> Iterator[str]:
        """The paths of the units' feeds that an item is in."""
        for role in (None, *roles):
            for party in self._parties(item, role or "bound"):
                yield unit_path(self.register, party, role)

    def _parties(self, item: Item, role: str) -> Iterable[Body | Group]:
        day = item.plan.names_as_of
        found: dict[str, Body | Group] = {}
        for name in names_in_role(item, role):
            above = self.register.resolve(name, day)
            reached = self._reached.get(above.id, []) if above else []
            found |= {party.id: party for party in reached if party is above or party.valid(day)}
        return found.values()
