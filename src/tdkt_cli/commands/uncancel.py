"""`tdkt uncancel`: take back that deadlines have been cancelled."""

from functools import partial

import typer

from tdkt_cli.commands.editing import DEADLINE_DEPTH, Edit, Refs, cancelled_at, edit_items, progress_of
from tdkt_cli.commands.options import ARRANGING, Filters, Lang, Writing, with_options
from tdkt_cli.commands.session import open_session
from tdkt_cli.core.agenda import Item
from tdkt_cli.core.messages import Message, msg
from tdkt_cli.files.changes import Drop

EXAMPLES = (("tdkt uncancel hanoi-2023/PL1.3#hop", msg("it counts again")),)


@partial(with_options, without=ARRANGING)
def run(context: typer.Context, filters: Filters, writing: Writing, refs: Refs = None, _lang: Lang = "") -> int:
    """Take back that deadlines are cancelled."""
    session = open_session(context, None, writing.today)

    def open_again(item: Item) -> Edit | Message:
        if not item.progress.cancelled:
            return msg("{ref} is not cancelled", ref=item.ref)
        if cancelled_at(item) != item.ref:
            return msg(
                "{ref} is cancelled with the whole; tdkt uncancel {whole}", ref=item.ref, whole=cancelled_at(item)
            )
        target, path = progress_of(item)
        drop = Drop((*path, "cancelled"), DEADLINE_DEPTH)
        return Edit(target, (drop,), msg("{ref}: no longer cancelled", ref=item.ref))

    return edit_items(session, refs, filters, open_again, writing, whole=True)
