"""TDKT303 to TDKT308: the registers of units."""

from collections import Counter
from collections.abc import Iterator
from pathlib import PurePath

from tdkt_cli.core.findings import Path, Severity
from tdkt_cli.core.messages import msg
from tdkt_cli.core.text import name_key, nearest
from tdkt_cli.core.units import Body, Group, Register
from tdkt_cli.rules.rule import Context, Hit, register_rule


@register_rule("TDKT303", Severity.ERROR)
def name_of_two(register: Register, _context: Context) -> Iterator[Hit]:
    """One name for two bodies at the same time.

    A plan that uses it could mean either. The same name is fine where one body ended before the other began.
    """
    for key, bearers in register.by_name.items():
        for index, party in enumerate(bearers):
            other = next((earlier for earlier in bearers[:index] if _overlap(earlier, party)), None)
            if other:
                name = next(name for name in party.names if name_key(name) == key)
                yield Hit(msg("“{name}” is a name of {other} too", name=name, other=other.id), (*party.path, "id"))


def _overlap(one: Body | Group, other: Body | Group) -> bool:
    latest_start = max((party.valid_from for party in (one, other) if party.valid_from), default=None)
    return latest_start is None or (one.valid(latest_start) and other.valid(latest_start))


@register_rule("TDKT304", Severity.ERROR)
def unknown_id(register: Register, _context: Context) -> Iterator[Hit]:
    """An id that the register does not have, as member, parent or successor."""
    for name, path in _references(register):
        if name not in register.by_id:
            near = nearest(name, list(register.by_id))
            suggestion = msg("there is no {id} in the register; did you mean {near}?", id=name, near=near)
            yield Hit(suggestion if near else msg("there is no {id} in the register; add it", id=name), path)


def _references(register: Register) -> Iterator[tuple[str, Path]]:
    for body in register.bodies:
        if body.parent:
            yield body.parent, (*body.path, "parent")
        yield from ((successor, (*body.path, "successors", index)) for index, successor in enumerate(body.successors))
    for group in register.groups:
        yield from ((member, (*group.path, "members", index)) for index, member in enumerate(group.members))


@register_rule("TDKT305", Severity.ERROR)
def group_in_itself(register: Register, _context: Context) -> Iterator[Hit]:
    """A group that is a member of itself, directly or through other groups."""
    for group in register.groups:
        parents = [other.id for other in register.groups if group.id in other.members]
        if group.id in register.with_groups(parents):
            yield Hit(msg("the group {id} is a member of itself", id=group.id), (*group.path, "id"))


@register_rule("TDKT306", Severity.ERROR)
def duplicate_register_id(register: Register, _context: Context) -> Iterator[Hit]:
    """Two bodies or groups with one id."""
    counts = Counter(party.id for party in register.parties)
    for party in register.parties:
        if counts[party.id] > 1:
            yield Hit(msg("the id {id} appears more than once in the register", id=party.id), (*party.path, "id"))


@register_rule("TDKT307", Severity.ERROR)
def register_id_is_not_file_name(register: Register, _context: Context) -> Iterator[Hit]:
    """A register whose id is not its file's name."""
    stem = PurePath(register.source.file).stem
    if register.id != stem:
        message = msg("the id is {id}, the file is called {stem}; make them the same", id=register.id, stem=stem)
        yield Hit(message, ("id",))


@register_rule("TDKT308", Severity.ERROR)
def ends_before_it_begins(register: Register, _context: Context) -> Iterator[Hit]:
    """A body or group that ends before it begins."""
    for party in register.parties:
        if party.valid_from and party.valid_to and party.valid_from > party.valid_to:
            message = msg("the start, {start}, is after the end, {end}", start=party.valid_from, end=party.valid_to)
            yield Hit(message, (*party.path, "valid_to"))
