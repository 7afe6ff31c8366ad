"""Printing a list of items, for `due`, `overdue` and `list`: records for machines, else a view for people."""

from collections.abc import Callable

from tdkt_cli.commands.shared.session import Session, print_records
from tdkt_cli.core.agenda import Item
from tdkt_cli.core.record import record
from tdkt_cli.render.view import View, Viewer


def report(
    session: Session, found: list[Item], kind: str, by: str | None, title: str, notes: Callable[[], list[str]]
) -> int:
    """Print the items in the format `kind`, for people in groups `by` under a title and with closing notes; the exit code."""
    office, today = session.workspace.office, session.today
    if kind not in {"table", "plain"}:
        print_records((record(item, office, today) for item in found), kind)
    elif session.workspace.plans:
        groups = Viewer(session.language, office, today).groups(found, by)
        session.print_view(View(title, groups, tuple(notes())), kind)
    return session.end()
