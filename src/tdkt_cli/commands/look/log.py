"""`tdkt log`: the history of a task or deadline from git, the latest first."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from tdkt_cli.commands.shared.options import TextOrJson
from tdkt_cli.commands.shared.parameters import argument
from tdkt_cli.commands.shared.selection import items_of
from tdkt_cli.commands.shared.session import Session, colour, open_session, print_error, print_json, print_lines
from tdkt_cli.core.diff.compare import Step, traced
from tdkt_cli.core.diff.json_record import StepRecord, task_record
from tdkt_cli.core.messages import msg
from tdkt_cli.core.plan import Plan
from tdkt_cli.core.text import one_line, visible
from tdkt_cli.errors import UNREADABLE, UsageError
from tdkt_cli.files.git.command import is_shallow
from tdkt_cli.files.git.history import Commit, history
from tdkt_cli.files.loader import Loaded, load_bytes
from tdkt_cli.render.diff.changes import ChangeWriter
from tdkt_cli.render.diff.report import Line, task_lines, text_lines
from tdkt_cli.render.findings.text import finding_line

_SHORT = 8
Ref = Annotated[str, argument("REF", "A task or deadline: hanoi-2023/PL1.3, PL1.3#hop.")]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A version of the plan's file: the commit that made it, None for the file as it is now; what happened with it, or what it was read as."""

    commit: Commit | None
    step: Step | None = None
    unread: Loaded | None = None


EXAMPLES = (
    ("tdkt log hanoi-2023/PL1.3", msg("who moved or changed a task, and when")),
    ("tdkt log hanoi-2023/PL1.3#hop --format json", msg("the same of one deadline, for another program")),
)


def run(context: typer.Context, ref: Ref, format_: TextOrJson = "text") -> int:
    """Show the history of a task or deadline: each change of its dates, state, parties and words, and the commit that made it."""
    session = open_session(context, None, "")
    item = items_of(session, ref)[0]
    path = Path.cwd() / item.plan.source.file
    commits = history(path, partly=True)
    if not commits:
        raise UsageError(msg("git has no history of {file}", file=item.plan.source.file))
    entries = _entries(session, item.plan, commits, item.task.id, item.deadline.id if "#" in ref else None)
    if format_ == "json":
        print_json([_record(session, entry) for entry in entries])
    else:
        lines = (line for entry in entries for line in _lines(session, entry))
        print_lines(text_lines(lines, colour=colour(sys.stdout)))
    if is_shallow(path.parent):
        print_error(session.say(msg("this clone has only the recent history; for all of it: git fetch --unshallow")))
    return max(session.end(), UNREADABLE if any(entry.unread for entry in entries) else 0)


def _entries(
    session: Session, plan: Plan, commits: tuple[Commit, ...], task: str, deadline: str | None
) -> list[_Entry]:
    """What happened, the latest first, down to where the task or deadline came into being; and the versions that could not be used."""
    versions: list[tuple[Commit | None, Plan | Loaded]] = []  # as far as they were needed
    usable: list[int] = []

    def plans() -> Iterator[Plan]:
        for commit, version in _versions(plan, commits):
            versions.append((commit, version))
            if isinstance(version, Plan):
                usable.append(len(versions) - 1)
                yield version

    found = {usable[step.place]: step for step in traced(plans(), task, deadline, session.workspace.office)}
    last = max(found, default=-1)
    return [
        _Entry(commit, found.get(place), version if isinstance(version, Loaded) else None)
        for place, (commit, version) in enumerate(versions[: last + 1])
        if place in found or isinstance(version, Loaded)
    ]


def _versions(plan: Plan, commits: tuple[Commit, ...]) -> Iterator[tuple[Commit | None, Plan | Loaded]]:
    """The plan as it is now where that is not committed, then as it was after each commit, the latest first."""
    path = Path.cwd() / plan.source.file
    for place, commit in enumerate(reversed(commits)):
        file = load_bytes(commit.data, path, plan.source.file)
        if place == 0 and (file.source is None or file.source.lines != plan.source.lines):
            yield None, plan
        yield commit, file.plan or file


def _lines(session: Session, entry: _Entry) -> Iterator[Line]:
    yield Line(_heading(session, entry.commit), heading=True)
    if entry.unread:
        finding = finding_line(entry.unread.findings[0], session.language, colour=False)
        yield Line(session.say(msg("this version could not be read: {finding}", finding=finding)), 1)
    if entry.step:
        writer = ChangeWriter(session.language, entry.step.old, entry.step.new)
        heading, *rest = task_lines(entry.step.change, writer)
        yield Line(heading.text, 1, heading.sign, heading.ref)
        yield from rest


def _heading(session: Session, commit: Commit | None) -> str:
    """A commit in a line: name, when it was written, by whom, as what."""
    if commit is None:
        return session.say(msg("not committed yet"))
    moment = commit.authored.astimezone(ZoneInfo(session.workspace.config.settings.timezone))
    when = f"{session.language.date(moment.date())} {moment:%H:%M}"
    return "  ".join(
        (commit.name[:_SHORT], when, *(visible(one_line(words)) for words in (commit.author, commit.subject)))
    )


def _record(session: Session, entry: _Entry) -> StepRecord:
    commit, step = entry.commit, entry.step
    zone = ZoneInfo(session.workspace.config.settings.timezone)
    return {
        "commit": commit.name if commit else None,
        "date": commit.authored.astimezone(zone).isoformat() if commit else None,
        "author": commit.author if commit else None,
        "subject": commit.subject if commit else None,
        "ref": step.new.ref(step.change.task) if step else None,
        "task": task_record(step.change, step.old, step.new) if step else None,
    }
