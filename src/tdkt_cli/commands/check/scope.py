"""What `tdkt check` looks at and tells: every file, the one whose text comes in on the input, or what has changed since a revision.

Rules run over everything in each case, since what one file says can break another.
"""

import os
import re
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import typer

from tdkt_cli.commands.check.stdin import read_input
from tdkt_cli.commands.shared.session import Session, open_session
from tdkt_cli.core.findings import Finding
from tdkt_cli.core.messages import Message, msg, msgs
from tdkt_cli.errors import UsageError
from tdkt_cli.files.config import Config, load_config, shown_path
from tdkt_cli.files.git.baseline import earlier_files, real_path
from tdkt_cli.files.git.command import is_shallow, is_there
from tdkt_cli.files.git.command import repository as repository_above
from tdkt_cli.files.git.revisions import Repository, repository_of
from tdkt_cli.files.workspace import Workspace, files_of, load_all, nothing_found, read_workspace
from tdkt_cli.rules import Context, check

CANNOT_READ = frozenset(("TDKT001", "TDKT002"))
Findings = list[Finding]
_OPTION = "--changed-since"
_NO_REVISION = re.compile(r"^-|\.\.|[\s:?*\[\\]")  # what no branch, tag or commit is called, fetched or not


@dataclass(frozen=True, slots=True)
class Scope:
    """A session, the files that were checked, those that could not be used, which findings are `told`, and what to say of that."""

    session: Session
    files: tuple[str, ...]
    left_out: tuple[str, ...]
    told: Callable[[Findings], Findings]
    said: Message | None = None

    def found(self) -> Findings:
        """Everything that was found: while reading, and by the rules."""
        workspace = self.session.workspace
        nothing = None if workspace.files else nothing_found(workspace, self.session.paths)
        return [*workspace.findings, *([nothing] if nothing else []), *by_rules(self.session, workspace)]


def by_rules(session: Session, workspace: Workspace, files: frozenset[str] | None = None) -> Findings:
    """What the rules find in a workspace, in these files or in all."""
    return check(Context(workspace.plans, workspace.office, session.today, workspace.left_out), files)


def everything(context: typer.Context, paths: list[Path] | None, today: str) -> Scope:
    """Every file that was asked for."""
    session = open_session(context, paths, today)
    return Scope(session, session.workspace.files, session.workspace.left_out, list)


def piped(context: typer.Context, name: str, today: str) -> Scope:
    """The file whose text comes in on the input, among all others as they lie on the disk. Raises UsageError without its name."""
    if not name:
        raise UsageError(msg("something is missing: {what}", what="--stdin-filename"))
    here = Path.cwd()
    config = load_config(here)
    path = _as_read(Path(os.path.normpath(here / name)), files_of(config, [config.plans], here))
    shown = shown_path(path, here)
    _, loaded = read_input(path, shown)
    session = open_session(context, [config.plans, path], today, given={path: loaded})
    left_out = (shown,) if loaded.model is None else ()
    return Scope(session, (shown,), left_out, lambda found: [finding for finding in found if finding.file == shown])


def _as_read(path: Path, files: Collection[Path]) -> Path:
    """The path by which a file is read that may be named through a link, else this path."""
    if path in files:
        return path
    real = os.path.realpath(path)
    return next((file for file in files if os.path.realpath(file) == real), path)


def since(context: typer.Context, paths: list[Path] | None, revision: str, today: str) -> Scope:
    """What has changed since the branch left a revision: the findings in files that differ, and elsewhere those that were not there.

    Raises UsageError for a revision that there is not, and one of `files.git.ERRORS`.
    """
    here = Path.cwd()
    config = load_config(here)
    repository, commit = _base(config, here, paths or [], revision)
    now = load_all(config, paths or [], here)
    then = earlier_files(config, here, repository, commit, paths or [], now)
    session = open_session(context, paths, today, given=now)
    workspace = session.workspace
    if then.whole:
        said = msg("tdkt.toml or a link has changed since {revision}, so everything is told", revision=revision)
        return Scope(session, workspace.files, workspace.left_out, list, said)

    def earlier() -> Workspace:
        unchanged = {path: file for path, file in now.items() if path not in then.files}
        return read_workspace(config, paths or [], here, given={**unchanged, **then.files})

    said = msgs(
        "{n} file has changed since {revision}; of the others only what is new is told",
        "{n} files have changed since {revision}; of the others only what is new is told",
        n=len(then.files),
        revision=revision,
    )
    own = frozenset(shown_path(path, here) for path in (*then.files, *then.foreign))
    return Scope(session, workspace.files, workspace.left_out, partial(_new, session, own, earlier), said)


def _new(session: Session, changed: frozenset[str], earlier: Callable[[], Workspace], found: Findings) -> Findings:
    """Those of these findings that lie in changed files, and elsewhere those that were not there earlier.

    Elsewhere nothing has moved, so a finding is the same when its rule and place are; of several at one place first the one that says the
    same, then the one that names the same, since what is suggested for it may have changed. What cannot be read at all is always told.
    """
    settings = session.workspace.config.findings
    own: Findings = []
    others: Findings = []
    for finding in found:
        is_own = finding.file in changed or finding.rule in CANNOT_READ or finding in settings
        (own if is_own else others).append(finding)
    if not others:
        return own
    workspace = earlier()
    before = [*workspace.findings, *by_rules(session, workspace, frozenset(each.file for each in others))]
    for key in (_words, _names, _place):
        others, before = _less(others, before, key), _less(before, others, key)
    return [*own, *others]


def _less(found: Findings, known: Findings, key: Callable[[Finding], Hashable]) -> Findings:
    """What is left of these findings when each of the known ones takes away one that has the same key."""
    known_keys = Counter(map(key, known))
    left: Findings = []
    for finding in found:
        if known_keys[key(finding)]:
            known_keys[key(finding)] -= 1
        else:
            left.append(finding)
    return left


def _words(finding: Finding) -> Hashable:
    return _place(finding), str(finding.message)


def _names(finding: Finding) -> Hashable:
    return _place(finding), tuple(
        sorted((key, str(value)) for key, value in finding.message.args.items() if key != "near")
    )


def _place(finding: Finding) -> Hashable:
    return finding.rule, finding.file, finding.span


def _base(config: Config, here: Path, paths: Sequence[Path], revision: str) -> tuple[Repository, str]:
    """The repository, and the commit at which what is checked out left a revision. Raises UsageError."""
    asked = [real_path(here / path) for path in paths or (config.plans,)]
    repository = next(filter(None, map(repository_of, asked)), None)
    if repository is None:
        raise UsageError(_no_repository(asked[0]))
    for path, real in zip(paths, asked, strict=False):
        if repository.name(real) is None:
            message = msg(
                "{option}: {path} lies outside the git repository {top}; check it by itself, without {option}",
                option=_OPTION,
                path=str(path),
                top=str(repository.top),
            )
            raise UsageError(message)
    commit = repository.commit(revision)
    head = repository.commit("HEAD")
    base = repository.fork(commit, head) if commit and head else commit
    if base is not None:
        return repository, base
    if not _NO_REVISION.search(revision) and is_shallow(repository.top):
        raise UsageError(
            msg(
                "{option}: this clone does not reach back to “{word}”; fetch the whole history: fetch-depth: 0 in GitHub Actions, "
                "GIT_DEPTH: 0 in GitLab CI, else git fetch --unshallow",
                option=_OPTION,
                word=revision,
            )
        )
    if commit is None:
        raise UsageError(
            msg(
                "{option}: there is no revision “{word}”; name a branch, a tag or a commit, such as origin/main",
                option=_OPTION,
                word=revision,
            )
        )
    raise UsageError(msg("{old} and {new} have no commit in common", old=revision, new="HEAD"))


def _no_repository(folder: Path) -> Message:
    """Why git knows of no repository there."""
    if not is_there():
        return msg(
            "{option} asks git, which is not there or does not run; install git, and see that PATH leads to it",
            option=_OPTION,
        )
    top = repository_above(folder)
    if top is None:
        return msg("{option}: there is no git repository here", option=_OPTION)
    return msg("{option}: git refuses {folder}; see what it says there: git status", option=_OPTION, folder=str(top))
