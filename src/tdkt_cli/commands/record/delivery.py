"""Bodies that deliver for a deadline binding a class, found by the names typed."""

from collections.abc import Iterable, Sequence

from tdkt_cli.commands.shared.selection import refuse_unit
from tdkt_cli.commands.shared.session import Session
from tdkt_cli.core.agenda import Item, binds_several, bound_bodies, counted_at
from tdkt_cli.core.messages import Message, msg, msgs
from tdkt_cli.core.text import fold
from tdkt_cli.core.units import Body, Group
from tdkt_cli.errors import UsageError

_NAMED = 3


def named_bodies(session: Session, item: Item, typed: Iterable[str]) -> list[Body]:
    """The bodies meant by names as people type them, among those that may deliver for an item. Raises UsageError.

    A part of a name is enough where it is in that of only one of the bodies bound.
    """
    office = session.workspace.office
    register = office.register(counted_at(item).plan)
    if register is None:
        raise UsageError(msg("{plan} names no register, so no delivery can be recorded", plan=item.plan.id))
    bound = bound_bodies(item, office)
    if bound is not None and not binds_several(item, office):
        raise UsageError(msg("{ref} binds one body only; tdkt done records it", ref=item.ref))
    found = []
    for name in typed:
        whole = [party for party in register.search(name) if isinstance(party, Body)]
        parts = [body for body in bound or () if any(fold(name) in fold(own) for own in body.names)]
        hits = [body for body in whole if bound is None or body in bound] or (parts if not whole else [])
        groups = [party for party in register.search(name) if isinstance(party, Group)]
        if groups and not hits:
            raise UsageError(
                msg("“{name}” is a group; name its units, or record all of it by tdkt done", name=groups[0].name)
            )
        if not hits and whole:
            raise UsageError(msg("“{name}” is not bound by {ref}", name=whole[0].name, ref=item.ref))
        if len(hits) != 1:
            refuse_unit(session, name)
        found.append(hits[0])
    return list(dict.fromkeys(found))


def names_of(bodies: Sequence[Body]) -> Message | str:
    """The names of bodies in a line that can head a commit: of many, the first."""
    names = "; ".join(body.name for body in bodies[:_NAMED])
    more = len(bodies) - _NAMED
    return msgs("{first} and {n} more body", "{first} and {n} more bodies", first=names, n=more) if more > 0 else names
