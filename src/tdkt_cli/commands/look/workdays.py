"""`tdkt workdays`: a month of the working calendar, with its days off and why."""

import sys
from typing import Annotated

import typer

from tdkt_cli.commands.shared.options import TextOrJson, Today
from tdkt_cli.commands.shared.parameters import argument
from tdkt_cli.commands.shared.session import colour, open_session, print_json, print_lines
from tdkt_cli.commands.shared.values import read_month
from tdkt_cli.core.messages import msg
from tdkt_cli.render.month import month_lines, month_records

Month = Annotated[str, argument("[MONTH]", "The month: 2026-04, 04/2026 or 4; by default, this month.")]

EXAMPLES = (
    ("tdkt workdays 2026-04", msg("April 2026: days off, and why")),
    ("tdkt workdays", msg("this month")),
)


def run(context: typer.Context, month: Month = "", format_: TextOrJson = "text", today: Today = "") -> int:
    """Show a month with its working days, its days off and why they are off."""
    session = open_session(context, None, today)
    period = read_month(month or f"{session.today:%Y-%m}", session.today, "MONTH")
    calendar = session.workspace.office.calendar
    if format_ == "json":
        print_json(month_records(period, calendar, session.language))
    else:
        print_lines(month_lines(period, calendar, session.language, colour=colour(sys.stdout)))
    return session.end(plans=False)
