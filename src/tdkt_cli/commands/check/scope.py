"""The files that `tdkt check` reports on: all, the one on the standard input, or those that differ from a revision.

The rules always run over all files, because a change of one can break another.
"""

import os
import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from itertools import filterfalse
from pathlib import Path

import typer

from tdkt_cli.commands.check.stdin import read_input
from tdkt_cli.commands.shared.session import Session, open_session
from tdkt_cli.core.findings import Finding, unpaired
from tdkt_cli.core.messages import Message, msg, msgs
from tdkt_cli.errors import UsageError
from tdkt_cli.files.config import Config, load_config, shown_path
from tdkt_cli.files.git.changed_since import earlier_files, real_path
from tdkt_cli.files.git.command import is_shallow, is_there
from tdkt_cli.files.git.command import repository as repository_above
from tdkt_cli.files.git.revisions import Repository, repository_of
from tdkt_cli.files.workspace import Workspace, files_of, load_all, nothing_found, read_workspace
from tdkt_cli.rules import Context, check

CANNOT_READ = frozenset(("TDKT001", "TDKT002"))
Findings = list[Finding]
_OPTION = "--changed-since"
_NO_REVISION = re.compile(r"^-|\.\.|[\s:?*\[\\]")  # no branch, tag or commit has such a name


@dataclass(frozen=True, slots=True)
class Scope:
    """A session with all files, and the names of those that are checked and of those that cannot be used.

    `select` returns the findings to report; `note` tells people which ones are not reported, None when all are.
    """

    session: Session
    files: tuple[str, ...]
    left_out: tuple[str, ...]
    select: Callable[[Findings], Findings]
    note: Message | None = None

    def findings(self) -> Findings:
        """Return all findings: those from reading the files and those of the rules."""
        workspace = self.session.workspace
        nothing = None if workspace.files else nothing_found(workspace, self.session.paths)
        return [*workspace.findings, *([nothing] if nothing else []), *_by_rules(self.session, workspace)]


def _by_rules(session: Session, workspace: Workspace, files: frozenset[str] | None = None) -> Findings:
    return check(Context(workspace.plans, workspace.office, session.today, workspace.left_out), files)


def all_files(context: typer.Context, paths: list[Path], today: str) -> Scope:
    """Return the scope of every file asked for."""
    session = open_session(context, paths, today)
    return Scope(session, session.workspace.files, session.workspace.left_out, list)


def stdin_file(context: typer.Context, name: str, today: str) -> Scope:
    """Return the scope of the file whose text is on the standard input, beside the others on disk. Raises UsageError without its name."""
    if not name:
        raise UsageError(msg("something is missing: {what}", what="--stdin-filename"))
    here = Path.cwd()
    config = load_config(here)
    path, files = Path(os.path.normpath(here / name)), files_of(config, [config.plans], here)
    if path not in files:  # it may be named through a link
        real = os.path.realpath(path)
        path = next((file for file in files if os.path.realpath(file) == real), path)
    shown = shown_path(path, here)
    _, loaded = read_input(path, shown)
    session = open_session(context, [config.plans, path], today, given={path: loaded})
    left_out = (shown,) if loaded.model is None else ()
    return Scope(session, (shown,), left_out, lambda found: [finding for finding in found if finding.file == shown])


def changed_files(context: typer.Context, paths: list[Path], revision: str, today: str) -> Scope:
    """Return the scope of what has changed since the branch left a revision.

    Reported are all findings in files that differ, and in other files the new ones. What cannot be read at all is always reported.

    Raises UsageError for a revision that does not exist, and one of `files.git.ERRORS`.
    """
    here = Path.cwd()
    config = load_config(here)
    repository, commit = _base(config, here, paths, revision)
    now = load_all(config, paths, here)
    then = earlier_files(config, here, repository, commit, paths, now)
    session = open_session(context, paths, today, given=now)
    files, left_out = session.workspace.files, session.workspace.left_out
    if then.whole:
        note = msg("tdkt.toml or a link has changed since {revision}, so everything is reported", revision=revision)
        return Scope(session, files, left_out, list, note)
    changed = {shown_path(path, here) for path in (*then.files, *then.foreign)}

    def is_reported(finding: Finding) -> bool:
        return finding.file in changed or finding.rule in CANNOT_READ or finding in config.findings

    def select(found: Findings) -> Findings:
        others = list(filterfalse(is_reported, found))
        if others:
            earlier = read_workspace(config, paths, here, given={**now, **then.files})
            in_files = frozenset(finding.file for finding in others)
            others = _new(others, [*earlier.findings, *_by_rules(session, earlier, in_files)])
        return [*filter(is_reported, found), *others]

    note = msgs(
        "{n} file has changed since {revision}; in the other files only new findings are reported",
        "{n} files have changed since {revision}; in the other files only new findings are reported",
        n=len(then.files),
        revision=revision,
    )
    return Scope(session, files, left_out, select, note)


def _new(findings: Findings, earlier: Findings) -> Findings:
    """Return the findings in unchanged files that have no counterpart among the earlier ones.

    Nothing has moved in these files, so rule and place identify a finding. Of several at one place, those with equal messages are paired
    first, then those that name the same thing: the suggestion in a message may have changed.
    """
    keys: tuple[Callable[[Finding], Hashable], ...] = (
        lambda each: (_place(each), str(each.message)),
        lambda each: (
            _place(each),
            frozenset((name, str(value)) for name, value in each.message.args.items() if name != "near"),
        ),
        _place,
    )
    for key in keys:
        findings, earlier = unpaired(findings, earlier, key), unpaired(earlier, findings, key)
    return findings


def _place(finding: Finding) -> Hashable:
    return finding.rule, finding.file, finding.span


def _base(config: Config, here: Path, paths: Sequence[Path], revision: str) -> tuple[Repository, str]:
    """Return the repository, and the commit at which the current branch left a revision. Raises UsageError."""
    asked = [real_path(here / path) for path in paths or (config.plans,)]
    repository = next(filter(None, map(repository_of, asked)), None)
    if repository is None:
        raise UsageError(_no_repository(asked[0]))
    for path, real in zip(paths, asked, strict=False):
        if repository.name(real) is None:
            raise UsageError(
                msg(
                    "{option}: {path} lies outside the git repository {top}; check it by itself, without {option}",
                    option=_OPTION,
                    path=str(path),
                    top=str(repository.top),
                )
            )
    commit, head = repository.commit(revision), repository.commit("HEAD")
    base = repository.fork(commit, head) if commit and head else commit
    if base is not None:
        return repository, base
    if not _NO_REVISION.search(revision) and is_shallow(repository.top):
        problem = msg(
            "{option}: this clone does not reach back to “{word}”; fetch the whole history: fetch-depth: 0 in GitHub Actions, "
            "GIT_DEPTH: 0 in GitLab CI, else git fetch --unshallow",
            option=_OPTION,
            word=revision,
        )
    elif commit is None:
        problem = msg(
            "{option}: there is no revision “{word}”; name a branch, a tag or a commit, such as origin/main",
            option=_OPTION,
            word=revision,
        )
    else:
        problem = msg("{old} and {new} have no commit in common", old=revision, new="HEAD")
    raise UsageError(problem)


def _no_repository(folder: Path) -> Message:
    """Return the reason why git finds no repository there."""
    if not is_there():
        return msg(
            "{option} needs git, which is missing or does not run; install git, and check that it is on PATH",
            option=_OPTION,
        )
    top = repository_above(folder)
    if top is None:
        return msg("{option}: there is no git repository here", option=_OPTION)
    return msg("{option}: git refuses {folder}; see what it says there: git status", option=_OPTION, folder=str(top))
