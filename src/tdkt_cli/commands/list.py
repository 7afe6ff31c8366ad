"""`tdkt list`: every deadline, or those that the filters choose."""

import typer

from tdkt_cli.commands.choosing import all_items, chosen, grouping, total
from tdkt_cli.commands.options import Filters, Format, Lang, Paths, Today, with_filters
from tdkt_cli.commands.report import report
from tdkt_cli.commands.session import chosen_format, open_session
from tdkt_cli.core.messages import msg


@with_filters
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
    by = grouping(filters, "plan")
    found = chosen(session, filters, all_items(session))
    return report(session, found, kind, by, "", lambda: [total(session, found, msg("No deadline fits"))])
