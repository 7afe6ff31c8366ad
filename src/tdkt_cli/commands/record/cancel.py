"""`tdkt cancel` and `tdkt uncancel`: record that deadlines have been cancelled, and take that back."""

import typer

from tdkt_cli.commands.shared.options import Document, Filters, On, Reason, Refs, Writing
from tdkt_cli.commands.shared.session import open_session
from tdkt_cli.commands.shared.transaction import Edit, cancelled_at, closed, dated, dropped, edit_items, past_day, put
from tdkt_cli.core.agenda import Item
from tdkt_cli.core.messages import Message, msg

EXAMPLES = (
    (
        'tdkt cancel hanoi-2023/PL1.3#hop --document 311/UBND --reason "hoãn họp"',
        msg("cancelled by that document, and why"),
    ),
)


def run(
    context: typer.Context,
    filters: Filters,
    writing: Writing,
    refs: Refs = None,
    on: On = "",
    document: Document = "",
    reason: Reason = "",
) -> int:
    """Record that deadlines are cancelled; for a recurring one, what falls on that day or later."""
    session = open_session(context, None, writing.today)
    day = past_day(session, on)
    value = dated(day, document=document, reason=reason)

    def cancelled(item: Item) -> Edit | Message:
        return closed(item) or put(item, "cancelled", value, msg("{ref}: cancelled on {day}", ref=item.ref, day=day))

    return edit_items(session, refs, filters, cancelled, writing, whole=True)


REVERSE_EXAMPLES = (("tdkt uncancel hanoi-2023/PL1.3#hop", msg("it counts again")),)


def reverse(context: typer.Context, filters: Filters, writing: Writing, refs: Refs = None) -> int:
    """Revert that deadlines are cancelled."""

    def open_again(item: Item) -> Edit | Message:
        ref, whole = item.ref, cancelled_at(item)
        if not item.progress.cancelled:
            return msg("{ref} is not cancelled", ref=ref)
        if whole != ref:
            return msg(
                "{ref} is cancelled as part of the whole; tdkt uncancel {whole} reverts that", ref=ref, whole=whole
            )
        return dropped(item, ("cancelled",), msg("{ref}: no longer cancelled", ref=ref))

    return edit_items(open_session(context, None, writing.today), refs, filters, open_again, writing, whole=True)
