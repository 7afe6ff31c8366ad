"""`tdkt received` and `tdkt unreceived`: record which bodies have delivered for a deadline that binds a class, and take that back."""

from datetime import date
from typing import Annotated

import typer

from tdkt_cli.commands.record.delivery import named_bodies, names_of
from tdkt_cli.commands.shared.completions import refs, units
from tdkt_cli.commands.shared.options import Document, Note, On, Writing
from tdkt_cli.commands.shared.parameters import argument
from tdkt_cli.commands.shared.session import open_session
from tdkt_cli.commands.shared.transaction import DEADLINE_DEPTH, Edit, carry_out, dated, one_item, past_day, progress_of
from tdkt_cli.core.agenda import delivered, deliveries
from tdkt_cli.core.messages import msg
from tdkt_cli.errors import UsageError
from tdkt_cli.files.edit.changes import Drop, Put

Ref = Annotated[str, argument("REF", "A deadline: hanoi-2023/PL1.3#hop.", refs)]
Units = Annotated[list[str], argument("UNIT...", "Who has delivered; accents may be left out.", units)]

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
    bodies = named_bodies(session, item, units)
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
    said = msg("{ref}: received from {names} on {day}", ref=item.ref, names=names_of(bodies), day=day)
    expected, missing = deliveries(item, office, date.max)
    if expected is not None:
        said = msg("{said} ({n} of {all})", said=said, n=expected - len(missing) + len(bodies), all=expected)
    return carry_out(session, [Edit(target, puts, said)], writing)


REVERSE_EXAMPLES = (('tdkt unreceived hanoi-2023/PL1.9#quan-huyen "ba dinh"', msg("it has not delivered after all")),)


def reverse(context: typer.Context, ref: Ref, units: Units, writing: Writing) -> int:
    """Revert that bodies have delivered."""
    session = open_session(context, None, writing.today)
    item = one_item(session, ref)
    bodies = named_bodies(session, item, units)
    target, path = progress_of(item)
    register = session.workspace.office.registers[target.plan.units or ""]
    day = target.plan.names_as_of
    written = {name: register.resolve(name, day) for name in item.progress.received}
    for body in bodies:
        if body not in written.values():
            raise UsageError(msg("{ref} has not been received from {name}", ref=item.ref, name=body.name))
    names = [name for name, body in written.items() if body in bodies]  # a body can stand there under several
    drops = tuple(Drop((*path, "received", name), DEADLINE_DEPTH) for name in names)
    said = msg("{ref}: no longer received from {names}", ref=item.ref, names=names_of(bodies))
    return carry_out(session, [Edit(target, drops, said)], writing)
