"""`tdkt undo`: take the last edit of the plans back, exactly."""

from pathlib import Path

import typer

from tdkt_cli.commands.shared.options import Writing
from tdkt_cli.commands.shared.session import open_session
from tdkt_cli.commands.shared.transaction import write
from tdkt_cli.core.messages import msg
from tdkt_cli.errors import UsageError
from tdkt_cli.files.edit.undo_log import forget, last, taken_back

EXAMPLES = (
    ("tdkt undo --dry-run", msg("see what would be taken back")),
    ("tdkt undo", msg("take the last edit back")),
)


def run(context: typer.Context, writing: Writing) -> int:
    """Undo the last edit of the plans, exactly; run it again to undo the one before."""
    session = open_session(context, None, writing.today)
    edit = last(session.folder)
    if edit is None:
        raise UsageError(msg("there is nothing to take back here"))
    said = [msg("taken back: {what}", what=what) for what in edit.said]
    return write(session, lambda: taken_back(edit, Path.cwd()), said, writing, lambda *_: forget(session.folder, edit))
