"""`tdkt overdue`: what is open and late."""

import typer

from tdkt_cli.commands.choosing import all_items, ended, ended_notes, grouping, late_items, total
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
    """Show what is overdue. Plans whose period has ended are summed up, unless --plan names them."""
    kind = chosen_format(format_)
    session = open_session(context, paths, today)
    office, day = session.workspace.office, session.today
    late = late_items(session, filters, all_items(session, day))
    if kind not in {"table", "plain"}:
        print_records((record(item, office, day) for item in late), kind)
        return session.end()
    if not session.workspace.plans:
        return session.end()
    listed = [item for item in late if filters.plan or not ended(item.plan, day)]
    title = msg("Overdue on {today}", today=session.language.day(day))
    nothing = msg("Nothing is overdue")
    sums = [] if filters.plan else ended_notes(session, filters, late)
    if sums and not listed:
        nothing = msg("Nothing is overdue in plans that are running")
    groups = Viewer(session.language, office, day).groups(listed, grouping(filters, "plan"))
    session.print_view(View(session.say(title), groups, (total(session, listed, nothing), *sums)), kind)
    return session.end()
