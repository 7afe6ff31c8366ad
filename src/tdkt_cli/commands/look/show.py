"""`tdkt show`: one task or deadline, whole."""

from typing import Annotated

import typer

from tdkt_cli.commands.shared.completions import refs
from tdkt_cli.commands.shared.options import Format, Paths, Today
from tdkt_cli.commands.shared.parameters import argument
from tdkt_cli.commands.shared.selection import items_of
from tdkt_cli.commands.shared.session import chosen_format, open_session, print_lines, print_records
from tdkt_cli.core.messages import msg
from tdkt_cli.core.record import record
from tdkt_cli.render.sheet import sheet_lines

Ref = Annotated[str, argument("REF", "A task or deadline: hanoi-2023/PL1.3, PL1.3#hop.", refs)]

EXAMPLES = (
    ("tdkt show hanoi-2023/PL1.3", msg("a task with all its deadlines")),
    ("tdkt show hanoi-2023/PL1.3#hop", msg("one deadline: its words as issued, and the date tdkt works out")),
)


def run(context: typer.Context, ref: Ref, paths: Paths = None, format_: Format = "", today: Today = "") -> int:
    """Show a task or a deadline whole: as issued, as reckoned, what has been done."""
    kind = chosen_format(format_)
    session = open_session(context, paths, today)
    found = items_of(session, ref)
    office = session.workspace.office
    if kind in {"table", "plain"}:
        print_lines(sheet_lines(found, session.language, office, session.today))
    else:
        print_records((record(item, office, session.today) for item in found), kind)
    return session.end()
