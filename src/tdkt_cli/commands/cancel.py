"""`tdkt cancel`: record that deadlines have been taken back."""

from functools import partial

import typer

from tdkt_cli.commands.editing import Document, Edit, On, Reason, Refs, closed, dated, edit_items, past_day, progress_of
from tdkt_cli.commands.options import ARRANGING, Filters, Lang, Writing, with_options
from tdkt_cli.commands.session import open_session
from tdkt_cli.core.agenda import Item
from tdkt_cli.core.messages import Message, msg
from tdkt_cli.files.changes import Put

EXAMPLES = (
    (
        'tdkt cancel hanoi-2023/PL1.3#hop --document 311/UBND --reason "hoãn họp"',
        msg("cancelled by that document, and why"),
    ),
)


@partial(with_options, without=ARRANGING)
def run(
    context: typer.Context,
    filters: Filters,
    writing: Writing,
    refs: Refs = None,
    on: On = "",
    document: Document = "",
    reason: Reason = "",
    _lang: Lang = "",
) -> int:
    """Record that deadlines are cancelled; of one that recurs, what falls on that day or later."""
    session = open_session(context, None, writing.today)
    day = past_day(session, on)

    def cancelled(item: Item) -> Edit | Message:
        target, path = progress_of(item)
        put = Put(path, "cancelled", dated(f"{day}", document=document, reason=reason))
        return closed(item) or Edit(target, (put,), msg("{ref}: cancelled on {day}", ref=item.ref, day=day))

    return edit_items(session, refs, filters, cancelled, writing, whole=True)
