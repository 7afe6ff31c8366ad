"""`tdkt due`: what is open, not overdue, and due soon."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Annotated

import typer

from tdkt_cli.commands.choosing import all_items, chosen, ended_notes, grouping, late_items, late_note, total
from tdkt_cli.commands.options import Filters, Format, Lang, Paths, Today, read_number, with_options
from tdkt_cli.commands.report import report
from tdkt_cli.commands.session import Session, chosen_format, open_session
from tdkt_cli.core.messages import msg, msgs

Days = Annotated[str, typer.Option("--days", metavar="N", help="How many days to look ahead.", show_default=False)]

MOST_DAYS = 3660


@with_options
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
    by = grouping(filters, "near")
    day, soon = session.today, session.workspace.office.soon
    ahead = read_number(days, "--days", MOST_DAYS) if days else session.workspace.config.settings.days
    until = day + timedelta(days=ahead)
    # The occurrence after the last day asked for is needed too: a recurring "before" ends the day before it falls.
    everything = all_items(session, until + timedelta(days=1))
    near = [
        item
        for item in chosen(session, filters, everything, owed=True)
        if item.state(day, soon) in {"due", "later"} and item.last_day is not None and item.last_day <= until
    ]

    def notes() -> list[str]:
        dateless = replace(filters, from_="", to="", month="", quarter="", state=None)
        late = late_items(session, dateless, everything)
        sums = late_note(session, dateless, late) + ended_notes(session, dateless, late)
        return [total(session, near, msg("Nothing is due")), *sums]

    return report(session, near, kind, by, _title(session, ahead, until), notes)


def _title(session: Session, ahead: int, until: date) -> str:
    today, last = session.language.day(session.today), session.language.day(until)
    if not ahead:
        return session.say(msg("Due on {today}", today=today))
    days = msgs(
        "Due in {n} day: {today} to {until}", "Due in {n} days: {today} to {until}", n=ahead, today=today, until=last
    )
    return session.say(days)
