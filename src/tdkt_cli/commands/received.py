"""`tdkt received`: record which bodies have delivered for a deadline that binds a class."""

from datetime import date
from typing import Annotated

import typer

from tdkt_cli.commands.completing import refs, units
from tdkt_cli.commands.delivering import named_bodies, names_of
from tdkt_cli.commands.editing import Document, Edit, Note, On, carry_out, dated, one_item, past_day, progress_of
from tdkt_cli.commands.options import Lang, Writing, with_options
from tdkt_cli.commands.session import open_session
from tdkt_cli.core.agenda import delivered, deliveries
from tdkt_cli.core.messages import msg
from tdkt_cli.errors import UsageError
from tdkt_cli.files.changes import Put

Ref = Annotated[str, typer.Argument(metavar="REF", help="A deadline: hanoi-2023/PL1.3#hop.", autocompletion=refs)]
Units = Annotated[
    list[str],
    typer.Argument(metavar="UNIT...", help="Who has delivered; accents may be left out.", autocompletion=units),
]

EXAMPLES = (
    ('tdkt received hanoi-2023/PL1.9#quan-huyen "ba dinh" "dong da"', msg("two districts have delivered today")),
    ('tdkt received hanoi-2023/PL1.9#quan-huyen "ba dinh" --on 15/01/2023', msg("it was on another day")),
)


@with_options
def run(
    context: typer.Context,
    ref: Ref,
    units: Units,
    writing: Writing,
    *,
    on: On = "",
    document: Document = "",
    note: Note = "",
    _lang: Lang = "",
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
    value = dated(f"{day}", document=document, note=note)
    puts = tuple(Put((*path, "received"), body.name, value) for body in bodies)
    said = msg("{ref}: received from {names} on {day}", ref=item.ref, names=names_of(bodies), day=day)
    expected, missing = deliveries(item, office, date.max)
    if expected is not None:
        said = msg("{said} ({n} of {all})", said=said, n=expected - len(missing) + len(bodies), all=expected)
    return carry_out(session, [Edit(target, puts, said)], writing)
