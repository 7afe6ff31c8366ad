"""`tdkt note`: write a note on a task or a deadline."""

from typing import Annotated

import typer

from tdkt_cli.commands.shared.completions import refs
from tdkt_cli.commands.shared.options import Writing
from tdkt_cli.commands.shared.parameters import argument, flag
from tdkt_cli.commands.shared.selection import target_of
from tdkt_cli.commands.shared.session import open_session
from tdkt_cli.commands.shared.transaction import Edit, carry_out, one_item, progress_of
from tdkt_cli.core.deadline_yaml import scalar
from tdkt_cli.core.messages import msg
from tdkt_cli.errors import UsageError
from tdkt_cli.files.edit.changes import Put, Replace

Ref = Annotated[str, argument("REF", "A task or deadline: hanoi-2023/PL1.3, PL1.3#hop.", refs)]
Words = Annotated[str, argument("WORDS", "The note, in quotes.")]
Instead = Annotated[bool, flag("--replace", "Replace the existing note.")]

EXAMPLES = (
    ('tdkt note hanoi-2023/PL1.3#hop "Đã gọi Sở Y tế"', msg("write a note beside a deadline")),
    ('tdkt note hanoi-2023/PL1.3 "Chờ hướng dẫn" --replace', msg("replace the note of a task")),
)


def run(context: typer.Context, ref: Ref, words: Words, writing: Writing, instead: Instead = False) -> int:
    """Write a note on a task, on a deadline, or on one occurrence of it."""
    session = open_session(context, None, writing.today)
    if not words.strip():
        raise UsageError(msg("something is missing: {what}", what="WORDS"))
    if "@" in ref:
        item = one_item(session, ref)
        target, path = progress_of(item)
        known, shown = item.progress.note, item.ref
    else:
        target = target_of(session, ref)
        noted = target.deadline or target.task
        path, known, shown = noted.path, noted.note, target.ref
    if known and not instead:
        raise UsageError(
            msg("{ref} has a note: “{note}”; --replace writes another in its place", ref=shown, note=known)
        )
    change = Replace((*path, "note"), scalar(words)) if known else Put(path, "note", scalar(words))
    return carry_out(session, [Edit(target, (change,), msg("{ref}: noted", ref=shown))], writing)
