"""`tdkt undone`: take back that deadlines have been met."""

import typer

from tdkt_cli.commands.editing import DryRun, Refs, carry_out, items_to_change, progress_path
from tdkt_cli.commands.options import Lang, Today
from tdkt_cli.commands.session import open_session
from tdkt_cli.core.messages import msg
from tdkt_cli.core.resolve import Target
from tdkt_cli.errors import UsageError
from tdkt_cli.files.changes import Change, Drop

_DEADLINE = 4  # the depth of a deadline: tasks, its place, deadlines, its place


def run(context: typer.Context, refs: Refs, dry_run: DryRun = False, today: Today = "", _lang: Lang = "") -> int:
    """Take back that deadlines are done. All of them are taken back, or none."""
    session = open_session(context, None, today)
    changes: list[tuple[Target, Change]] = []
    said = []
    for item in items_to_change(session, refs):
        if not item.progress.done:
            raise UsageError(msg("{ref} is not recorded as done", ref=item.ref))
        target, path = progress_path(item)
        changes.append((target, Drop((*path, "done"), floor=_DEADLINE)))
        said.append(msg("{ref}: no longer done", ref=item.ref))
    return carry_out(context, session, changes, said, dry_run=dry_run)
