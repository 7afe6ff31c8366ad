"""What the commands that change plans share: which items, what is to change, and how it is shown, written and said."""

import difflib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from tdkt_cli.commands.choosing import items_of
from tdkt_cli.commands.session import Session, print_error, print_lines
from tdkt_cli.core.agenda import Item
from tdkt_cli.core.findings import Source
from tdkt_cli.core.messages import Message, msg
from tdkt_cli.core.resolve import Target
from tdkt_cli.errors import UNREADABLE, UsageError
from tdkt_cli.files.changes import Change, Changed, ChangeError, changed, write_all

_SHOWN = 6

Refs = Annotated[
    list[str],
    typer.Argument(metavar="REF...", help="Deadlines: hanoi-2023/PL1.3#hop; of one that recurs, PL1.4@2023-02-28."),
]
On = Annotated[
    str, typer.Option("--on", metavar="DATE", help="The day on which it was; today unless said.", show_default=False)
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show the change of the files and write nothing.")]


def items_to_change(session: Session, refs: Iterable[str]) -> list[Item]:
    """The items that typed references mean, each one deadline or occurrence, none twice. Raises UsageError."""
    found: dict[str, Item] = {}
    for ref in refs:
        meant = items_of(session, ref)
        if len(meant) > 1:
            several = ", ".join(item.ref for item in meant[:_SHOWN]) + (", …" if len(meant) > _SHOWN else "")
            raise UsageError(msg("{ref} has several deadlines; name them: {refs}", ref=ref, refs=several))
        found[meant[0].ref] = meant[0]
    return list(found.values())


def progress_path(item: Item) -> tuple[Target, tuple[str | int, ...]]:
    """Where the progress of an item is recorded: at the deadline that it repeats, or its own, or at its occurrence."""
    own = Target(item.plan, item.task, item.deadline)
    target = item.original if item.shared and item.original else own
    deadline = target.deadline or item.deadline
    occurrence = ("occurrences", item.occurrence.isoformat()) if item.occurrence else ()
    return target, (*deadline.path, *occurrence)


def carry_out(
    session: Session, changes: Iterable[tuple[Target, Change]], said: Iterable[Message], *, dry_run: bool
) -> int:
    """Change the files of these targets, or show how they would change; then say what was done. Returns the exit code."""
    sources: dict[str, Source] = {}
    by_file: dict[str, list[Change]] = {}
    for target, change in changes:
        source = target.plan.source
        sources[source.file] = source
        by_file.setdefault(source.file, []).append(change)
    try:
        files = [changed(Path.cwd() / file, sources[file], own) for file, own in by_file.items()]
        if not dry_run:
            write_all(files)
    except ChangeError as error:
        print_error(session.say(msg("not written: {file}: {problem}", file=error.file, problem=error.message)))
        return UNREADABLE
    print_lines((line for file in files for line in _diff(file)) if dry_run else map(session.say, said))
    return session.end()


def _diff(file: Changed) -> Iterator[str]:
    before, after = (data.decode("utf-8-sig").splitlines() for data in (file.before, file.after))
    yield from difflib.unified_diff(before, after, f"a/{file.file}", f"b/{file.file}", lineterm="")
