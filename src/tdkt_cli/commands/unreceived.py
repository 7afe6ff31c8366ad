"""`tdkt unreceived`: take back that bodies have delivered."""

import typer

from tdkt_cli.commands.delivering import named_bodies, names_of
from tdkt_cli.commands.editing import DEADLINE_DEPTH, Edit, carry_out, one_item, progress_of
from tdkt_cli.commands.options import Lang, Writing, with_options
from tdkt_cli.commands.received import Ref, Units
from tdkt_cli.commands.session import open_session
from tdkt_cli.core.messages import msg
from tdkt_cli.errors import UsageError
from tdkt_cli.files.changes import Drop

EXAMPLES = (('tdkt unreceived hanoi-2023/PL1.9#quan-huyen "ba dinh"', msg("it has not delivered after all")),)


@with_options
def run(context: typer.Context, ref: Ref, units: Units, writing: Writing, _lang: Lang = "") -> int:
    """Take back that bodies have delivered."""
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
