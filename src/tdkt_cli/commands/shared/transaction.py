"""What the commands that change plans share: which deadlines, what is to change of each, and how it is shown, written, said and kept.

A command makes an `Edit` of each item that is meant, or says in a message why there is none to make. Items named by references are
changed all or none; of those that filters choose, only the ones that can be are.
"""

import difflib
import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated

from tdkt_cli.commands.shared.commit import keeper, needed
from tdkt_cli.commands.shared.completions import refs
from tdkt_cli.commands.shared.options import Filters, Writing
from tdkt_cli.commands.shared.parameters import argument, option
from tdkt_cli.commands.shared.selection import chosen, items_of, listed, occurrence_of, read_query, target_of
from tdkt_cli.commands.shared.session import Session, colour, not_written, print_error, print_lines
from tdkt_cli.commands.shared.values import read_day
from tdkt_cli.core.agenda import Item
from tdkt_cli.core.deadline_yaml import scalar
from tdkt_cli.core.findings import Finding, Severity, Source
from tdkt_cli.core.findings import Path as KeyPath
from tdkt_cli.core.messages import Message, msg, msgs
from tdkt_cli.core.plan import Progress
from tdkt_cli.core.resolve import Target
from tdkt_cli.core.text import visible_line
from tdkt_cli.errors import OK, UNREADABLE, UsageError
from tdkt_cli.files.edit.changes import Change, Changed, ChangeError, changed, write_all
from tdkt_cli.files.edit.dump import Data
from tdkt_cli.files.edit.undo_log import remember
from tdkt_cli.render.findings.text import finding_text
from tdkt_cli.rules import Context, check

DEADLINE_DEPTH = 4  # of a deadline's path: tasks, its place, deadlines, its place

Refs = Annotated[
    list[str] | None,
    argument(
        "[REF]...",
        "Deadlines: hanoi-2023/PL1.3#hop; for one occurrence, PL1.4@2023-02-28. Without any, those that the filters select.",
        refs,
    ),
]
On = Annotated[str, option("--on", "DATE", "The day on which it happened; by default, today.")]
Document = Annotated[str, option("--document", "NUMBER", "The document that shows it.")]
Reason = Annotated[str, option("--reason", "WORDS", "The reason for it.")]
Note = Annotated[str, option("--note", "WORDS", "A note.")]


@dataclass(frozen=True, slots=True)
class Edit:
    """What is to change in the file of a task or deadline, and what to say once it has."""

    target: Target
    changes: tuple[Change, ...]
    said: Message


def edit_items(
    session: Session,
    refs: Iterable[str] | None,
    filters: Filters,
    make: Callable[[Item], Edit | Message],
    writing: Writing,
    *,
    whole: bool = False,
    needs: str = "REF",
) -> int:
    """Change every item that is meant; with `whole`, a reference to what recurs means all of it. Returns the exit code.

    `needs` are the words of the command line that are missing where nothing names or chooses an item.

    Raises UsageError where nothing is meant, or where a named item cannot be changed.
    """
    if refs and filters != Filters():
        raise UsageError(msg("name deadlines or choose them by filters, not both"))
    if refs:
        named = {item.ref: item for item in (one_item(session, ref, whole=whole) for ref in refs)}
        edits = [_made(_recorded(item, make(item))) for item in named.values()]
    elif filters == Filters():
        raise UsageError(msg("something is missing: {what}", what=needs))
    else:
        query = read_query(session, filters)
        among = chosen(session, filters)
        own = [item for item in among if not query.concerns_others(item, session.workspace.office)]
        found = [_recorded(item, make(item)) for item in own]
        edits = [edit for edit in found if isinstance(edit, Edit)]
        if len(own) < len(among):
            words = msgs("{n} of those chosen binds others too; tdkt received records what one unit delivers",
                         "{n} of those chosen bind others too; tdkt received records what one unit delivers",
                         n=len(among) - len(own))  # fmt: skip
            print_error(session.say(words))
        if not edits:
            raise UsageError(next((one for one in found if isinstance(one, Message)), msg("No deadline fits")))
        left = len(found) - len(edits)
        if left:
            words = msgs("{n} of those chosen is left as it is", "{n} of those chosen are left as they are", n=left)
            print_error(session.say(words))
    return carry_out(session, edits, writing)


def _recorded(item: Item, edit: Edit | Message) -> Edit | Message:
    """An edit that says where it is recorded, when not at the item itself."""
    if isinstance(edit, Edit) and item.original and edit.target == item.original:
        return replace(edit, said=msg("{said} (recorded at {ref})", said=edit.said, ref=item.original.ref))
    return edit


def _made(edit: Edit | Message) -> Edit:
    if isinstance(edit, Message):
        raise UsageError(edit)
    return edit


def one_item(session: Session, ref: str, *, whole: bool = False) -> Item:
    """The one item that a typed reference means; with `whole`, that may be all of what recurs. Raises UsageError where it means several.

    That is also an occurrence of a duty without a date that has not been heard of yet, since it may arise at any time.
    """
    target, day = target_of(session, ref), occurrence_of(session, ref)
    if day and target.deadline is None and len(target.task.deadlines) == 1:
        target = replace(target, deadline=target.task.deadlines[0])
    if day and target.deadline and target.deadline.when.kind == "waiting":
        plain = items_of(session, target.ref)
        arisen = replace(plain[0], occurrence=day, progress=Progress(), done=None)
        return next((item for item in plain if item.occurrence == day), arisen)
    meant = items_of(session, ref)
    if whole and day is None and len({item.deadline.path for item in meant}) == 1:
        target, _ = progress_of(meant[0])
        return replace(meant[0], occurrence=None, progress=(target.deadline or meant[0].deadline).progress)
    if len(meant) > 1:
        several = listed(item.ref for item in meant)
        raise UsageError(msg("{ref} has several deadlines; name them: {refs}", ref=ref, refs=several))
    return meant[0]


def progress_of(item: Item) -> tuple[Target, KeyPath]:
    """Where the progress of an item is recorded: at the deadline that it repeats, or its own, or at its occurrence."""
    own = Target(item.plan, item.task, item.deadline)
    target = item.original if item.shared and item.original else own
    deadline = target.deadline or item.deadline
    occurrence = ("occurrences", item.occurrence.isoformat()) if item.occurrence else ()
    return target, (*deadline.path, *occurrence)


def past_day(session: Session, typed: str) -> date:
    """The day that `--on` names, today unless it names one. Raises UsageError for a day that has not come yet."""
    day = read_day(typed, session.today, "--on") if typed else session.today
    if day > session.today:
        raise UsageError(msg("--on: {day} has not come yet (today is {today})", day=day, today=session.today))
    return day


def dated(day: str, **details: str) -> Data:
    """A day, with those details that were given: a mapping only where there are some."""
    more = given(**details)
    return {"date": day, **more} if more else day


def given(**details: str) -> dict[str, str]:
    """Those details that were given, as the file writes them."""
    return {key: value if key == "date" else scalar(value) for key, value in details.items() if value.strip()}


def closed(item: Item) -> Message | None:
    """Why an item is not open any more, None while it is."""
    if item.progress.done:
        day = item.progress.done.date
        return msg("{ref} is done already, on {day}; tdkt undone takes that back", ref=item.ref, day=day)
    if item.progress.cancelled:
        day = item.progress.cancelled.date
        return msg("{ref} has been cancelled since {day}; tdkt uncancel reverts that", ref=cancelled_at(item), day=day)
    return None


def cancelled_at(item: Item) -> str:
    """The reference under which the cancellation of an item is recorded: for an occurrence, that can be the whole."""
    target, _ = progress_of(item)
    deadline = target.deadline or item.deadline
    own = deadline.occurrences.get(item.occurrence, Progress()) if item.occurrence else deadline.progress
    return item.ref if own.cancelled else item.plan.ref(item.task, item.deadline)


def carry_out(session: Session, edits: Collection[Edit], writing: Writing) -> int:
    """Change the files that these edits are about, as `put_in_place` does. Returns the exit code."""
    sources = {edit.target.plan.source.file: edit.target.plan.source for edit in edits}
    changes: dict[str, list[Change]] = {file: [] for file in sources}
    for edit in edits:
        changes[edit.target.plan.source.file] += edit.changes

    def files() -> list[Changed]:
        return [_changed(source, changes[file]) for file, source in sources.items()]

    return put_in_place(session, files, [edit.said for edit in edits], writing, partial(remember, session.folder))


def put_in_place(
    session: Session,
    make: Callable[[], list[Changed]],
    said: Iterable[Message],
    writing: Writing,
    remembered: Callable[[list[Changed], list[str]], None],
) -> int:
    """Write changed files, or show how they would change. Returns the exit code.

    Then say what was done, what `tdkt check` finds now that it did not find before, and how git keeps it.
    """
    try:
        files = make()
        if writing.dry_run:
            print_lines(line for file in files for line in diff_lines(file))
            return session.end()
        names = [file.file for file in files]
        found = keeper(names)
        if writing.commit:
            needed(found).refuse_unkept()
        write_all(files)
    except ChangeError as error:
        print_error(session.say(not_written(error.file, error.message)))
        return UNREADABLE
    words = [session.say(message) for message in said]
    remembered(files, words)
    print_lines(words)
    _show_new_findings(session, names)
    kept = found.keep(session, words, by_itself=writing.commit) if found else OK
    return max(session.end(), kept)


def _changed(source: Source, changes: Iterable[Change]) -> Changed:
    """A file with its changes; what repeats a deadline is recorded there, once."""
    own = {repr(change): change for change in changes}
    return changed(Path.cwd() / source.file, source, own.values())


def _show_new_findings(session: Session, files: Collection[str]) -> None:
    known = Counter(map(_words_of, _found(session, files)))
    for finding in _found(session.reread(files), files):
        if known[_words_of(finding)]:
            known[_words_of(finding)] -= 1
        else:
            print_error(finding_text(finding, session.language, colour=colour(sys.stderr)))


def _words_of(finding: Finding) -> tuple[str, str, str]:
    """What stays of a finding when lines above it come or go."""
    return finding.rule, str(finding.message), finding.excerpt.strip()


def _found(session: Session, files: Collection[str]) -> list[Finding]:
    """What the rules find in some files, but notes."""
    workspace = session.workspace
    found = check(Context(workspace.plans, workspace.office, session.today, workspace.left_out), files)
    return [finding for finding in found if finding.severity > Severity.INFO]


def diff_lines(file: Changed) -> Iterator[str]:
    """The lines of a unified diff of a file before and after; line ends and a byte order mark are no part of it."""
    before, after = (data.decode("utf-8-sig").splitlines() for data in (file.before, file.after))
    name = visible_line(file.file)
    yield from difflib.unified_diff(before, after, f"a/{name}", f"b/{name}", lineterm="")
