"""What the commands that change plans share: which items, what is to change, and how it is shown, written and said."""

import difflib
import shlex
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from tdkt_cli.commands.choosing import items_of
from tdkt_cli.commands.session import Session, colour, open_session, print_error, print_lines
from tdkt_cli.core.agenda import Item
from tdkt_cli.core.findings import Finding, Severity, Source
from tdkt_cli.core.messages import Message, msg
from tdkt_cli.core.resolve import Target
from tdkt_cli.errors import UNREADABLE, UsageError
from tdkt_cli.files.changes import Change, Changed, ChangeError, changed, write_all
from tdkt_cli.render.findings import finding_text
from tdkt_cli.rules import Context, check

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
    context: typer.Context,
    session: Session,
    changes: Iterable[tuple[Target, Change]],
    said: Sequence[Message],
    *,
    dry_run: bool,
) -> int:
    """Change the files of these targets, or show how they would change. Returns the exit code.

    Then say what was done, what `tdkt check` finds now that it did not find before, and how git keeps it.
    """
    sources: dict[str, Source] = {}
    by_file: dict[str, list[Change]] = {}
    for target, change in changes:
        sources[target.plan.source.file] = target.plan.source
        own = by_file.setdefault(target.plan.source.file, [])
        if change not in own:  # what repeats a deadline is recorded there
            own.append(change)
    try:
        files = [changed(Path.cwd() / file, sources[file], own) for file, own in by_file.items()]
        if dry_run:
            print_lines(line for file in files for line in _diff(file))
            return session.end()
        write_all(files)
    except ChangeError as error:
        print_error(session.say(msg("not written: {file}: {problem}", file=error.file, problem=error.message)))
        return UNREADABLE
    print_lines(map(session.say, said))
    known = {(finding.rule, str(finding.message)) for finding in _found(session, by_file)}
    for finding in _found(open_session(context, None, session.today.isoformat()), by_file):
        if (finding.rule, str(finding.message)) not in known:
            print_error(finding_text(finding, session.language, colour=colour(sys.stderr)))
    if any((folder / ".git").exists() for folder in (Path.cwd(), *Path.cwd().parents)):
        print_error(session.say(msg("to keep it: {command}", command=_commit(session, said, by_file))))
    return session.end()


def _found(session: Session, files: Collection[str]) -> list[Finding]:
    """What the rules find in some files, but notes."""
    workspace = session.workspace
    found = check(Context(workspace.plans, workspace.office, session.today, workspace.left_out))
    return [finding for finding in found if finding.file in files and finding.severity > Severity.INFO]


def _commit(session: Session, said: Sequence[Message], files: Iterable[str]) -> str:
    """The git command that commits these files with a message that says what was done."""
    words = said[0] if len(said) == 1 else msg("{first}, and {n} more", first=said[0], n=len(said) - 1)
    return shlex.join(["git", "commit", "--message", session.say(words), "--", *files])


def _diff(file: Changed) -> Iterator[str]:
    before, after = (data.decode("utf-8-sig").splitlines() for data in (file.before, file.after))
    yield from difflib.unified_diff(before, after, f"a/{file.file}", f"b/{file.file}", lineterm="")
