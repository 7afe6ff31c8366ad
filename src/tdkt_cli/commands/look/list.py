"""`tdkt list`: every deadline, or those that the filters choose."""

import typer

from tdkt_cli.commands.look.listing import print_items, total
from tdkt_cli.commands.shared.options import Arrangement, Filters, Format, Paths, Today
from tdkt_cli.commands.shared.selection import filtered_items
from tdkt_cli.commands.shared.session import open_session
from tdkt_cli.commands.shared.values import split
from tdkt_cli.core.messages import msg

EXAMPLES = (
    ("tdkt list --plan hanoi-2023 --quarter 2023-Q2", msg("the second quarter of one plan")),
    ("tdkt list --state waiting --group-by waiting", msg("what has no date yet, by what it waits for")),
    ('tdkt list --text "co thi dua" --format json', msg("everything about one subject, for another program")),
)


def run(
    context: typer.Context,
    filters: Filters,
    arrangement: Arrangement,
    paths: Paths = None,
    format_: Format = "",
    today: Today = "",
) -> int:
    """List every deadline, or those that the filters choose."""
    session = open_session(context, paths, today)
    asked = {*split(filters.state), *split(filters.kind)}
    only_waiting = bool(asked) and asked <= {"waiting", "after"}
    by = arrangement.group_by or ("waiting" if only_waiting else "plan")
    found = filtered_items(session, filters, arrangement.sort)
    return print_items(session, found, format_, by, "", lambda: [total(session, found, msg("No deadline fits"))])
