"""Registers of bodies and groups, and the resolution of names in plans.

A body is valid from `valid_from` to `valid_to`, both included. A name is looked up as of a date: among bodies that ever bore
it, the one valid on that day wins. Only groups expand. A group that lists no members, or is marked open, has no denominator:
nobody can say how many are still missing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from tdkt_cli.core.findings import Path, Source
from tdkt_cli.core.plan import Names
from tdkt_cli.core.text import fold, name_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A body or a group: what a name in a plan stands for."""

    path: Path
    id: str
    name: str
    short: str | None = None
    aliases: Names = ()
    valid_from: date | None = None
    valid_to: date | None = None
    note: str | None = None

    @property
    def names(self) -> Names:
        """Every name it is known by."""
        return (self.name, *((self.short,) if self.short else ()), *self.aliases)

    def valid(self, day: date) -> bool:
        """Return whether it exists on this day."""
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)


@dataclass(frozen=True, slots=True, kw_only=True)
class Body(Party):
    """One body that acts: a department, a district, a council, a cluster."""

    parent: str | None = None
    successors: Names = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Party):
    """A class of bodies under one name. `members` are ids of bodies or groups."""

    members: Names = ()
    open: bool = False


@dataclass(frozen=True, kw_only=True)
class Register:
    """The bodies and groups that the plans of one place name."""

    id: str
    name: str
    bodies: tuple[Body, ...]
    groups: tuple[Group, ...]
    source: Source

    @property
    def parties(self) -> Iterator[Body | Group]:
        """Bodies, then groups, in the order of the file."""
        yield from self.bodies
        yield from self.groups

    @cached_property
    def by_id(self) -> Mapping[str, Body | Group]:
        """Every party by its id."""
        return {party.id: party for party in self.parties}

    @cached_property
    def by_name(self) -> Mapping[str, tuple[Body | Group, ...]]:
        """Every party that ever bore a name, by the name's key."""
        names: dict[str, tuple[Body | Group, ...]] = {}
        for party in self.parties:
            for key in dict.fromkeys(name_key(name) for name in party.names):
                names[key] = (*names.get(key, ()), party)
        return names

    @cached_property
    def _groups_of(self) -> Mapping[str, tuple[str, ...]]:
        groups: dict[str, tuple[str, ...]] = {}
        for group in self.groups:
            for member in group.members:
                groups[member] = (*groups.get(member, ()), group.id)
        return groups

    def resolve(self, name: str, on: date) -> Body | Group | None:
        """Return the party with this name on a day, else at another time, else None."""
        bearers = self.by_name.get(name_key(name), ())
        return next((party for party in bearers if party.valid(on)), bearers[0] if bearers else None)

    def members(self, party: Body | Group, on: date) -> tuple[Body, ...] | None:
        """Return the bodies of a party on a day, in order; None where a group in it is open."""
        bodies: dict[str, Body] = {}
        return tuple(bodies.values()) if self._collect(party, on, bodies, set()) else None

    def _collect(self, party: Body | Group, on: date, bodies: dict[str, Body], seen: set[str]) -> bool:
        """Add the members of `party` to `bodies`; False where not all of them are known."""
        if isinstance(party, Body):
            if party.valid(on):
                bodies[party.id] = party
            return True
        if party.id in seen or not party.valid(on):
            return True
        seen.add(party.id)
        known = [self.by_id[member] for member in party.members if member in self.by_id]
        closed = [self._collect(member, on, bodies, seen) for member in known]
        return bool(party.members) and len(known) == len(party.members) and not party.open and all(closed)

    def with_groups(self, ids: Iterable[str]) -> frozenset[str]:
        """Return these parties and every group that one of them belongs to, however deep."""
        found: set[str] = set()
        rest = list(ids)
        while rest:
            party = rest.pop()
            if party not in found:
                found.add(party)
                rest.extend(self._groups_of.get(party, ()))
        return frozenset(found)

    def search(self, query: str) -> tuple[Body | Group, ...]:
        """Return the parties with this id or whole name (accents ignored), else the one body whose name has it as a part."""
        folded = fold(query)
        if not folded:
            return ()
        exact = [party for party in self.parties if party.id == query or folded in map(fold, party.names)]
        if exact:
            return tuple(exact)
        parts = self.candidates(query)
        return parts if len(parts) == 1 else ()

    def candidates(self, query: str) -> tuple[Body, ...]:
        """Return the bodies with a name that has these words as a part, accents ignored."""
        folded = fold(query)
        return tuple(body for body in self.bodies if folded and any(folded in fold(name) for name in body.names))
