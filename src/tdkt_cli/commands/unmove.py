"""`tdkt unmove`: take back the last move of deadlines."""

from functools import partial

import typer

from tdkt_cli.commands.editing import DEADLINE_DEPTH, Edit, Refs, edit_items, progress_of
from tdkt_cli.commands.options import ARRANGING, Filters, Lang, Writing, with_options
from tdkt_cli.commands.session import open_session
from tdkt_cli.core.agenda import Item
from tdkt_cli.core.messages import Message, msg
from tdkt_cli.core.wording import when_words
from tdkt_cli.files.changes import Drop

EXAMPLES = (("tdkt unmove hanoi-2023/PL1.3#hop", msg("the date before it counts again")),)


@partial(with_options, without=ARRANGING)
def run(context: typer.Context, filters: Filters, writing: Writing, refs: Refs = None, _lang: Lang = "") -> int:
    """Take back the last move of deadlines: the date before it holds again."""
    session = open_session(context, None, writing.today)

    def moved_back(item: Item) -> Edit | Message:
        moves = item.progress.moved
        if not moves:
            return msg("{ref} has not been moved", ref=item.ref)
        target, path = progress_of(item)
        drop = Drop((*path, "moved", len(moves) - 1), DEADLINE_DEPTH)
        said = msg("{ref}: no longer moved to {when}", ref=item.ref, when=when_words(moves[-1].when))
        return Edit(target, (drop,), said)

    return edit_items(session, refs, filters, moved_back, writing)
