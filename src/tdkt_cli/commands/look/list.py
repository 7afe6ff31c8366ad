"""`tdkt list`: every deadline, or those that the filters choose."""

import typer

from tdkt_cli.commands.look.listing import print_items, total
from tdkt_cli.commands.shared.options import Filters, Format, Lang, Paths, Today, with_options
from tdkt_cli.commands.shared.selection import filtered_items, grouping
from tdkt_cli.commands.shared.session import chosen_format, open_session
from tdkt_cli.commands.shared.values import split
from tdkt_cli.core.messages import msg

EXAMPLES = (
    ("tdkt list --plan hanoi-2023 --quarter 2023-Q2", msg("the second quarter of one plan")),
    ("tdkt list --state waiting --group-by waiting", msg("what has no date yet, by what it waits for")),
    ('tdkt list --text "co thi dua" --format json', msg("everything about one subject, for another program")),
)


@with_options
def run(
    context: typer.Context,
    filters: Filters,
    paths: Paths = None,
    format_: Format = "",
    today: Today = "",
    _lang: Lang = "",
) -> int:
    """List every deadline, or those that the filters choose."""
    kind = chosen_format(format_)
    session = open_session(context, paths, today)
    asked = {*split(filters.state), *split(filters.kind)}
    only_waiting = bool(asked) and asked <= {"waiting", "after"}
    by = grouping(filters, "waiting" if only_waiting else "plan")
    found = filtered_items(session, filters)
    return print_items(session, found, kind, by, "", lambda: [total(session, found, msg("No deadline fits"))])
