"""`tdkt done`: record that deadlines have been met."""

from typing import Annotated

import typer

from tdkt_cli.commands.editing import DryRun, On, Refs, carry_out, items_to_change, progress_path
from tdkt_cli.commands.options import Lang, Today, read_day
from tdkt_cli.commands.session import open_session
from tdkt_cli.core.entry import scalar
from tdkt_cli.core.messages import msg
from tdkt_cli.core.resolve import Target
from tdkt_cli.errors import UsageError
from tdkt_cli.files.changes import Change, Put

Document = Annotated[
    str, typer.Option("--document", metavar="NUMBER", help="The document that shows it.", show_default=False)
]
Note = Annotated[str, typer.Option("--note", metavar="WORDS", help="A note.", show_default=False)]


def run(
    context: typer.Context,
    refs: Refs,
    on: On = "",
    document: Document = "",
    note: Note = "",
    dry_run: DryRun = False,
    today: Today = "",
    _lang: Lang = "",
) -> int:
    """Record that deadlines are done. All of them are recorded, or none."""
    session = open_session(context, None, today)
    day = read_day(on, session.today, "--on") if on else session.today
    more = {"document": scalar(document), "note": scalar(note)}
    details = {key: value for key, value in more.items() if value != scalar("")}
    changes: list[tuple[Target, Change]] = []
    said = []
    for item in items_to_change(session, refs):
        if item.progress.done:
            raise UsageError(
                msg(
                    "{ref} is done already, on {day}; tdkt undone takes that back",
                    ref=item.ref,
                    day=item.progress.done.date,
                )
            )
        if item.progress.cancelled:
            raise UsageError(msg("{ref} is cancelled since {day}", ref=item.ref, day=item.progress.cancelled.date))
        target, path = progress_path(item)
        value = {"date": f"{day}", **details} if details else f"{day}"
        changes.append((target, Put(path, "done", value)))
        said.append(msg("{ref}: done on {day}", ref=item.ref, day=day))
    return carry_out(context, session, changes, said, dry_run=dry_run)
