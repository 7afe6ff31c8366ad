"""Transactions: edits of plan files that are all written or none, then reported, checked and committed.

A command makes an `Edit` for each item, or a message that says why it cannot. Items named by references are changed all or none; of
items chosen by filters, those that can be.
"""

import difflib
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from tdkt_cli.commands.shared.commit import git_files, require_repository
from tdkt_cli.commands.shared.options import Filters, Writing
from tdkt_cli.commands.shared.selection import filtered_items, items_of, listed, occurrence_of, read_query, target_of
from tdkt_cli.commands.shared.session import Session, colour, not_written, print_error, print_lines
from tdkt_cli.commands.shared.values import read_day
from tdkt_cli.core.agenda import Item
from tdkt_cli.core.deadline_yaml import scalar
from tdkt_cli.core.findings import Finding, Severity, unpaired
from tdkt_cli.core.findings import Path as KeyPath
from tdkt_cli.core.messages import Message, msg, msgs
from tdkt_cli.core.plan import Progress
from tdkt_cli.core.resolve import Target
from tdkt_cli.core.text import visible_line
from tdkt_cli.errors import OK, UNREADABLE, UsageError
from tdkt_cli.files.edit.changes import Change, Changed, ChangeError, Drop, Put, changed, write_all
from tdkt_cli.files.edit.dump import Data
from tdkt_cli.files.edit.undo_log import remember
from tdkt_cli.render.findings.text import finding_text
from tdkt_cli.rules import Context, check

DEADLINE_DEPTH = 4  # of a deadline's path: tasks, its place, deadlines, its place


@dataclass(frozen=True, slots=True)
class Edit:
    """Changes in the file of a task or deadline, and the message that reports them."""

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
    """Edit the items that references name or filters choose. Returns the exit code.

    `make` gives the edit of an item, or why there is none. With `whole`, a reference to a recurring deadline means all of it. `needs`
    names the arguments that are missing where nothing was typed. Raises UsageError, also where a named item cannot be edited.
    """
    if refs and filters != Filters():
        raise UsageError(msg("name deadlines or choose them by filters, not both"))
    if refs:
        named = {item.ref: item for item in (one_item(session, ref, whole=whole) for ref in refs)}
        edits = [_recorded(item, _required(make(item))) for item in named.values()]
    elif filters == Filters():
        raise UsageError(msg("something is missing: {what}", what=needs))
    else:
        query = read_query(session, filters)
        among = filtered_items(session, filters)
        own = [item for item in among if not query.concerns_others(item, session.workspace.office)]
        found = [(item, make(item)) for item in own]
        edits = [_recorded(item, edit) for item, edit in found if isinstance(edit, Edit)]
        if len(own) < len(among):
            words = msgs("{n} of those chosen binds others too; tdkt received records what one unit delivers",
                         "{n} of those chosen bind others too; tdkt received records what one unit delivers",
                         n=len(among) - len(own))  # fmt: skip
            print_error(session.say(words))
        if not edits:
            raise UsageError(next((one for _, one in found if isinstance(one, Message)), msg("No deadline fits")))
        left = len(found) - len(edits)
        if left:
            words = msgs("{n} of those chosen is left as it is", "{n} of those chosen are left as they are", n=left)
            print_error(session.say(words))
    return carry_out(session, edits, writing)


def _recorded(item: Item, edit: Edit) -> Edit:
    """Return the edit, its message naming the deadline where it is recorded, if that is another."""
    if item.original and edit.target == item.original:
        return replace(edit, said=msg("{said} (recorded at {ref})", said=edit.said, ref=item.original.ref))
    return edit


def _required(edit: Edit | Message) -> Edit:
    if isinstance(edit, Message):
        raise UsageError(edit)
    return edit


def one_item(session: Session, ref: str, *, whole: bool = False) -> Item:
    """Return the one item of a typed reference; with `whole`, that may be all of a recurring deadline. Raises UsageError.

    A duty without a date may arise on any day, so each day is an occurrence of it.
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
    """Return where the progress of an item is recorded: its deadline, or the one that it repeats; or its occurrence there."""
    own = Target(item.plan, item.task, item.deadline)
    target = item.original if item.shared and item.original else own
    deadline = target.deadline or item.deadline
    occurrence = ("occurrences", item.occurrence.isoformat()) if item.occurrence else ()
    return target, (*deadline.path, *occurrence)


def put(item: Item, key: str, value: Data, said: Message) -> Edit:
    """Return the edit that records a value in the progress of an item."""
    target, path = progress_of(item)
    return Edit(target, (Put(path, key, value),), said)


def dropped(item: Item, keys: KeyPath, said: Message) -> Edit:
    """Return the edit that takes what these keys lead to out of the progress of an item."""
    target, path = progress_of(item)
    return Edit(target, (Drop((*path, *keys), DEADLINE_DEPTH),), said)


def past_day(session: Session, typed: str) -> date:
    """Return the day of `--on`, by default today. Raises UsageError for a day to come."""
    day = read_day(typed, session.today, "--on") if typed else session.today
    if day > session.today:
        raise UsageError(msg("--on: {day} has not come yet (today is {today})", day=day, today=session.today))
    return day


def dated(day: date, **details: str) -> Data:
    """Return a day with its details, as the file has it: a mapping only where there are details."""
    more = given(**details)
    return {"date": f"{day}", **more} if more else f"{day}"


def given(**details: str) -> dict[str, str]:
    """Return the details that were typed, as YAML scalars."""
    return {key: value if key == "date" else scalar(value) for key, value in details.items() if value.strip()}


def closed(item: Item) -> Message | None:
    """Return why an item is no longer open, None for an open one."""
    if item.progress.done:
        day = item.progress.done.date
        return msg("{ref} is done already, on {day}; tdkt undone takes that back", ref=item.ref, day=day)
    if item.progress.cancelled:
        day = item.progress.cancelled.date
        return msg("{ref} has been cancelled since {day}; tdkt uncancel reverts that", ref=cancelled_at(item), day=day)
    return None


def cancelled_at(item: Item) -> str:
    """Return the reference at which the cancellation is recorded: an occurrence may be cancelled with the whole."""
    target, _ = progress_of(item)
    deadline = target.deadline or item.deadline
    own = deadline.occurrences.get(item.occurrence, Progress()) if item.occurrence else deadline.progress
    return item.ref if own.cancelled else item.plan.ref(item.task, item.deadline)


def carry_out(session: Session, edits: Collection[Edit], writing: Writing) -> int:
    """Apply edits to their files, as `write` does. Returns the exit code."""
    sources = {edit.target.plan.source.file: edit.target.plan.source for edit in edits}
    # each change once: repeats of a deadline are recorded at the same place
    changes: dict[str, dict[str, Change]] = {file: {} for file in sources}
    for edit in edits:
        changes[edit.target.plan.source.file] |= {repr(change): change for change in edit.changes}

    def files() -> list[Changed]:
        return [changed(Path.cwd() / file, source, changes[file].values()) for file, source in sources.items()]

    return write(session, files, [edit.said for edit in edits], writing, partial(remember, session.folder))


def write(
    session: Session,
    make: Callable[[], list[Changed]],
    said: Iterable[Message],
    writing: Writing,
    remember_edit: Callable[[list[Changed], list[str]], None],
) -> int:
    """Write changed files, or with --dry-run print their diff. Returns the exit code.

    Afterwards print what was done and the findings that are new, remember the edit for undo, and commit or print how.
    """
    try:
        files = make()
        if writing.dry_run:
            print_lines(line for file in files for line in diff_lines(file))
            return session.end()
        names = [file.file for file in files]
        in_git = git_files(names)
        if writing.commit:
            require_repository(in_git).refuse_uncommitted()
        write_all(files)
    except ChangeError as error:
        print_error(session.say(not_written(error.file, error.message)))
        return UNREADABLE
    words = [session.say(message) for message in said]
    remember_edit(files, words)
    print_lines(words)
    _show_new_findings(session, names)
    code = in_git.commit(session, words, asked=writing.commit) if in_git else OK
    return max(session.end(), code)


def _show_new_findings(session: Session, files: Collection[str]) -> None:
    def words_of(finding: Finding) -> tuple[str, str, str]:
        """Return what identifies a finding when lines above it are added or removed."""
        return finding.rule, str(finding.message), finding.excerpt.strip()

    for finding in unpaired(_found(session.reread(files), files), _found(session, files), words_of):
        print_error(finding_text(finding, session.language, colour=colour(sys.stderr)))


def _found(session: Session, files: Collection[str]) -> list[Finding]:
    """Return the findings in these files, without notes."""
    workspace = session.workspace
    found = check(Context(workspace.plans, workspace.office, session.today, workspace.left_out), files)
    return [finding for finding in found if finding.severity > Severity.INFO]


def diff_lines(file: Changed) -> Iterator[str]:
    """Return the unified diff of a file, without line ends and byte order mark."""
    before, after = (data.decode("utf-8-sig").splitlines() for data in (file.before, file.after))
    name = visible_line(file.file)
    yield from difflib.unified_diff(before, after, f"a/{name}", f"b/{name}", lineterm="")
