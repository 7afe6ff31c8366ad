"""`tdkt done` and `tdkt undone`: record that deadlines have been met, and take that back."""

import typer

from tdkt_cli.commands.shared.options import Document, Filters, Note, On, Refs, Writing
from tdkt_cli.commands.shared.session import open_session
from tdkt_cli.commands.shared.transaction import Edit, closed, dated, dropped, edit_items, past_day, put
from tdkt_cli.core.agenda import Item
from tdkt_cli.core.messages import Message, msg

EXAMPLES = (
    (
        "tdkt done hanoi-2023/PL1.3#hop --on 18/02/2023 --document 311/UBND",
        msg("done on that day, as that document shows"),
    ),
    ("tdkt done --plan hanoi-2023 --month 2023-01 --dry-run", msg("see what would be recorded for all of January")),
    ("tdkt done hanoi-2023/PL1.3#hop --commit", msg("record it, and put it into git")),
)


def run(
    context: typer.Context,
    filters: Filters,
    writing: Writing,
    refs: Refs = None,
    on: On = "",
    document: Document = "",
    note: Note = "",
) -> int:
    """Record that deadlines are done. All of them are recorded, or none."""
    session = open_session(context, None, writing.today)
    day = past_day(session, on)
    value = dated(day, document=document, note=note)

    def done(item: Item) -> Edit | Message:
        return closed(item) or put(item, "done", value, msg("{ref}: done on {day}", ref=item.ref, day=day))

    return edit_items(session, refs, filters, done, writing)


REVERSE_EXAMPLES = (("tdkt undone hanoi-2023/PL1.3#hop", msg("it is open again")),)


def reverse(context: typer.Context, filters: Filters, writing: Writing, refs: Refs = None) -> int:
    """Revert that deadlines are done: all of them, or none."""

    def undone(item: Item) -> Edit | Message:
        if not item.progress.done:
            return msg("{ref} is not recorded as done", ref=item.ref)
        return dropped(item, ("done",), msg("{ref}: no longer done", ref=item.ref))

    return edit_items(open_session(context, None, writing.today), refs, filters, undone, writing)
