"""`tdkt list`: every deadline, or those that the filters choose."""

import typer

from tdkt_cli.commands.choosing import all_items, chosen, grouping, total
from tdkt_cli.commands.options import Filters, Format, Lang, Paths, Today, with_filters
from tdkt_cli.commands.session import chosen_format, open_session, print_records
from tdkt_cli.core.messages import msg
from tdkt_cli.core.record import record
from tdkt_cli.render.view import View, Viewer


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
    office, day = session.workspace.office, session.today
    found = chosen(session, filters, all_items(session))
    if kind not in {"table", "plain"}:
        print_records((record(item, office, day) for item in found), kind)
        return session.end()
    if not session.workspace.plans:
        return session.end()
    groups = Viewer(session.language, office, day).groups(found, grouping(filters, "plan"))
    session.print_view(View("", groups, (total(session, found, msg("No deadline fits")),)), kind)
    return session.end()
