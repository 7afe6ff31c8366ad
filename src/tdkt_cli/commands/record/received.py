"""`tdkt received` and `tdkt unreceived`: record which bodies have delivered for a deadline that binds a class, and take that back."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Annotated

import typer

from tdkt_cli.commands.shared.completions import refs, units
from tdkt_cli.commands.shared.options import Document, Note, On, Writing
from tdkt_cli.commands.shared.parameters import argument
from tdkt_cli.commands.shared.selection import refuse_unit
from tdkt_cli.commands.shared.session import Session, open_session
from tdkt_cli.commands.shared.transaction import DEADLINE_DEPTH, Edit, carry_out, dated, one_item, past_day, progress_of
from tdkt_cli.core.agenda import Item, binds_several, bound_bodies, counted_at, delivered, deliveries
from tdkt_cli.core.messages import Message, msg, msgs
from tdkt_cli.core.text import fold
from tdkt_cli.core.units import Body, Group
from tdkt_cli.errors import UsageError
from tdkt_cli.files.edit.changes import Drop, Put

Ref = Annotated[str, argument("REF", "A deadline: hanoi-2023/PL1.3#hop.", refs)]
Units = Annotated[list[str], argument("UNIT...", "Who has delivered; accents may be left out.", units)]
_NAMED = 3  # bodies in a line that can head a commit

EXAMPLES = (
    ('tdkt received hanoi-2023/PL1.9#quan-huyen "ba dinh" "dong da"', msg("two districts have delivered today")),
    ('tdkt received hanoi-2023/PL1.9#quan-huyen "ba dinh" --on 15/01/2023', msg("it was on another day")),
)


def run(
    context: typer.Context,
    ref: Ref,
    units: Units,
    writing: Writing,
    *,
    on: On = "",
    document: Document = "",
    note: Note = "",
) -> int:
    """Record that bodies have delivered. When all of them have, the deadline is done."""
    session = open_session(context, None, writing.today)
    day = past_day(session, on)
    item = one_item(session, ref)
    bodies = _named_bodies(session, item, units)
    office = session.workspace.office
    before = delivered(item, office, date.max)
    for body in bodies:
        if body.id in before:
            earlier = before[body.id].date
            raise UsageError(
                msg("{ref} has been received from {name}, on {day}", ref=item.ref, name=body.name, day=earlier)
            )
    target, path = progress_of(item)
    value = dated(day, document=document, note=note)
    puts = tuple(Put((*path, "received"), body.name, value) for body in bodies)
    said = msg("{ref}: received from {names} on {day}", ref=item.ref, names=_names_of(bodies), day=day)
    expected, missing = deliveries(item, office, date.max)
    if expected is not None:
        said = msg("{said} ({n} of {all})", said=said, n=expected - len(missing) + len(bodies), all=expected)
    return carry_out(session, [Edit(target, puts, said)], writing)


REVERSE_EXAMPLES = (('tdkt unreceived hanoi-2023/PL1.9#quan-huyen "ba dinh"', msg("it has not delivered after all")),)


def reverse(context: typer.Context, ref: Ref, units: Units, writing: Writing) -> int:
    """Revert that bodies have delivered."""
    session = open_session(context, None, writing.today)
    item = one_item(session, ref)
    bodies = _named_bodies(session, item, units)
    target, path = progress_of(item)
    register = session.workspace.office.registers[target.plan.units or ""]
    day = target.plan.names_as_of
    written = {name: register.resolve(name, day) for name in item.progress.received}
    for body in bodies:
        if body not in written.values():
            raise UsageError(msg("{ref} has not been received from {name}", ref=item.ref, name=body.name))
    names = [name for name, body in written.items() if body in bodies]  # a body can stand there under several
    drops = tuple(Drop((*path, "received", name), DEADLINE_DEPTH) for name in names)
    said = msg("{ref}: no longer received from {names}", ref=item.ref, names=_names_of(bodies))
    return carry_out(session, [Edit(target, drops, said)], writing)


def _named_bodies(session: Session, item: Item, typed: Iterable[str]) -> list[Body]:
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
        known = register.search(name)
        whole = [party for party in known if isinstance(party, Body)]
        groups = [party for party in known if isinstance(party, Group)]
        parts = [body for body in bound or () if any(fold(name) in fold(own) for own in body.names)]
        hits = [body for body in whole if bound is None or body in bound] or (parts if not whole else [])
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


def _names_of(bodies: Sequence[Body]) -> Message | str:
    """The names of bodies in a line that can head a commit: of many, the first."""
    names = "; ".join(body.name for body in bodies[:_NAMED])
    more = len(bodies) - _NAMED
    return msgs("{first} and {n} more body", "{first} and {n} more bodies", first=names, n=more) if more > 0 else names
