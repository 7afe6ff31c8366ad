"""`tdkt undone`: take back that deadlines have been met."""

from functools import partial

import typer

from tdkt_cli.commands.editing import DEADLINE_DEPTH, Edit, Refs, edit_items, progress_of
from tdkt_cli.commands.options import ARRANGING, Filters, Lang, Writing, with_options
from tdkt_cli.commands.session import open_session
from tdkt_cli.core.agenda import Item
from tdkt_cli.core.messages import Message, msg
from tdkt_cli.files.changes import Drop

EXAMPLES = (("tdkt undone hanoi-2023/PL1.3#hop", msg("it is open again")),)


@partial(with_options, without=ARRANGING)
def run(context: typer.Context, filters: Filters, writing: Writing, refs: Refs = None, _lang: Lang = "") -> int:
    """Take back that deadlines are done. All of them are taken back, or none."""
    session = open_session(context, None, writing.today)

    def undone(item: Item) -> Edit | Message:
        if not item.progress.done:
            return msg("{ref} is not recorded as done", ref=item.ref)
        target, path = progress_of(item)
        drop = Drop((*path, "done"), DEADLINE_DEPTH)
        return Edit(target, (drop,), msg("{ref}: no longer done", ref=item.ref))

    return edit_items(session, refs, filters, undone, writing)
