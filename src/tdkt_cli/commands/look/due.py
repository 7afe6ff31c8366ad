"""`tdkt due`: what is open, not overdue, and due soon."""

from dataclasses import replace
from datetime import timedelta
from typing import Annotated

import typer

from tdkt_cli.api.selection import MOST_DAYS
from tdkt_cli.commands.look.listing import ended_notes, overdue_items, print_items, running_note, total
from tdkt_cli.commands.shared.options import Arrangement, Filters, Format, Paths, Today
from tdkt_cli.commands.shared.parameters import option
from tdkt_cli.commands.shared.selection import filtered_items
from tdkt_cli.commands.shared.session import Session, open_session
from tdkt_cli.commands.shared.values import read_number
from tdkt_cli.core.messages import msg, msgs

Days = Annotated[str, option("--days", "N", "How many days to look ahead.")]

EXAMPLES = (
    ("tdkt due --days 14", msg("what must be done in the next 14 days, nearest first")),
    ('tdkt due --unit "so y te"', msg("only what binds Sở Y tế, by name or in a group")),
    ("tdkt due --format csv > viec.csv", msg("the same as a table for Excel")),
)


def run(
    context: typer.Context,
    filters: Filters,
    arrangement: Arrangement,
    paths: Paths = None,
    days: Days = "",
    format_: Format = "",
    today: Today = "",
) -> int:
    """Show what is due in the next days, and whom it binds."""
    session = open_session(context, paths, today)
    ahead = read_number(days, "--days", MOST_DAYS) if days else session.workspace.config.settings.days
    near = filtered_items(session, filters, arrangement.sort, days=ahead)

    def notes() -> list[str]:
        dateless = replace(filters, from_="", to="", month="", quarter="", state=None)
        overdue = overdue_items(session, dateless)
        sums = running_note(session, dateless, overdue) + ended_notes(session, dateless, overdue)
        return [total(session, near, msg("Nothing is due")), *sums]

    return print_items(session, near, format_, arrangement.group_by or "near", _title(session, ahead), notes)


def _title(session: Session, ahead: int) -> str:
    today, last = session.language.day(session.today), session.language.day(session.today + timedelta(days=ahead))
    if not ahead:
        return session.say(msg("Due on {today}", today=today))
    days = msgs(
        "Due in {n} day: {today} to {until}", "Due in {n} days: {today} to {until}", n=ahead, today=today, until=last
    )
    return session.say(days)
