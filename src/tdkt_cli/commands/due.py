"""`tdkt due`: what is open, not overdue, and due soon."""

from dataclasses import replace
from datetime import timedelta
from typing import Annotated

import typer

from tdkt_cli.commands.choosing import all_items, chosen, ended_notes, grouping, late_items, late_note, total
from tdkt_cli.commands.options import Filters, Format, Lang, Paths, Today, read_number, with_filters
from tdkt_cli.commands.session import chosen_format, open_session, print_records
from tdkt_cli.core.messages import msg, msgs
from tdkt_cli.core.record import record
from tdkt_cli.render.view import View, Viewer

Days = Annotated[str, typer.Option("--days", metavar="N", help="How many days to look ahead.", show_default=False)]

MOST_DAYS = 3660


@with_filters
def run(
    context: typer.Context,
    filters: Filters,
    paths: Paths = None,
    days: Days = "",
    format_: Format = "",
    today: Today = "",
    _lang: Lang = "",
) -> int:
    """Show what is due in the next days, and whom it binds."""
    kind = chosen_format(format_)
    session = open_session(context, paths, today)
    office, day = session.workspace.office, session.today
    ahead = read_number(days, "--days", MOST_DAYS) if days else session.workspace.config.settings.days
    until = day + timedelta(days=ahead)
    # The occurrence after the last day asked for is needed too: a recurring "before" ends the day before it falls.
    everything = all_items(session, until + timedelta(days=1))
    near = [
        item
        for item in chosen(session, filters, everything, owed=True)
        if item.state(day, office.soon) in {"due", "later"} and item.last_day is not None and item.last_day <= until
    ]
    if kind not in {"table", "plain"}:
        print_records((record(item, office, day) for item in near), kind)
        return session.end()
    if not session.workspace.plans:
        return session.end()
    span = {"today": session.language.day(day), "until": session.language.day(until)}
    title = msgs("Due in {n} day: {today} to {until}", "Due in {n} days: {today} to {until}", n=ahead, **span)
    if not ahead:
        title = msg("Due on {today}", **span)
    dateless = replace(filters, from_="", to="", month="", quarter="", state=None)
    late = late_items(session, dateless, everything)
    groups = Viewer(session.language, office, day).groups(near, grouping(filters, "near"))
    session.print_view(
        View(
            session.say(title),
            groups,
            (
                total(session, near, msg("Nothing is due")),
                *late_note(session, dateless, late),
                *ended_notes(session, dateless, late),
            ),
        ),
        kind,
    )
    return session.end()
