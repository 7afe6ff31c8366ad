"""The operands of `tdkt diff OLD NEW -- PATH...` and of `diff(OLD, NEW, paths=PATHS)`, read as git reads them: revisions, then paths.

Operands before a `--` are revisions, those after it are paths. Without one, an operand is a revision or a path, whichever exists; when both
do, it is refused as ambiguous. Two paths without a revision are compared with each other.
"""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tdkt_cli.core.messages import msg
from tdkt_cli.errors import UsageError
from tdkt_cli.files.config import Config
from tdkt_cli.files.git.command import ERRORS
from tdkt_cli.files.git.revisions import Repository, repository_of

_TWO = 2


@dataclass(frozen=True, slots=True)
class Sides:
    """The two sides of a comparison: two paths, or two commits of a `repository` by their names, None for the working tree.

    `old` and `new` are the names that people typed; `paths` limits the comparison. With `single` one file is compared with one file,
    whatever the ids of their plans.
    """

    old: str
    new: str | None
    repository: Repository | None = None
    commits: tuple[str, str | None] = ("", None)
    paths: tuple[Path, ...] = ()
    single: bool = False


def read_sides(
    config: Config,
    here: Path,
    operands: Sequence[str | os.PathLike[str]],
    after: Iterable[str | os.PathLike[str]] | None,
) -> Sides:
    """Return the sides that the operands before a `--` name; `after` are those behind it, None without one. Raises UsageError."""
    repository = repository_of((here / config.plans).resolve())
    kinds = [
        isinstance(word, str) and _is_revision(repository, here, word, dashes=after is not None) for word in operands
    ]
    revisions = [os.fspath(word) for word, is_revision in zip(operands, kinds, strict=True) if is_revision]
    paths = [os.fspath(word) for word, is_revision in zip(operands, kinds, strict=True) if not is_revision]
    if False in kinds[: len(revisions)]:
        raise UsageError(msg("write revisions before paths: {words}", words=" ".join([*revisions, *paths])))
    if not revisions and len(paths) == _TWO:
        return _two_paths(here, paths)
    if len(paths) > _TWO and not revisions:
        raise UsageError(msg("two paths are compared with each other; to look at more in git: tdkt diff -- PATH..."))
    if repository is None:
        raise UsageError(msg("there is no git repository here; name two plan files or folders"))
    inside = tuple(Path(path) for path in (*paths, *(after or ())))
    for path in inside:
        if repository.name(here / path) is None:
            top = str(repository.top)
            raise UsageError(msg("{path} lies outside the git repository {top}", path=str(path), top=top))
    old, new, commits = _commits(repository, revisions)
    return Sides(old, new, repository, commits, inside)


def _two_paths(here: Path, paths: list[str]) -> Sides:
    for path in paths:
        if not (here / path).exists():
            raise UsageError(msg("there is no file or folder {path}", path=path))
    old, new = (here / path for path in paths)
    if old.is_dir() != new.is_dir():
        raise UsageError(msg("a file and a folder cannot be compared; name two files or two folders"))
    return Sides(paths[0], paths[1], single=old.is_file())


def _is_revision(repository: Repository | None, here: Path, word: str, *, dashes: bool) -> bool:
    """Return whether an operand is a revision, else a path; before `dashes` it must be one. Raises UsageError."""
    is_known = repository is not None and all(map(repository.commit, _ends(word)))
    exists = not dashes and (here / word).exists()
    if is_known and exists:
        raise UsageError(
            msg("“{word}” is a revision and a path; write {word} -- for the revision, ./{word} for the path", word=word)
        )
    if is_known or exists:
        return is_known
    if dashes:
        raise UsageError(msg("there is no revision “{word}”", word=word))
    raise UsageError(msg("“{word}” is neither a git revision nor a file or folder", word=word))


def _ends(word: str) -> list[str]:
    """Return the revisions in an operand: both ends of main..HEAD, where an omitted end is HEAD."""
    for dots in ("...", ".."):
        one, found, other = word.partition(dots)
        if found and (one or other):
            return [one or "HEAD", other or "HEAD"]
    return [word]


def _commits(repository: Repository, operands: list[str]) -> tuple[str, str | None, tuple[str, str | None]]:
    """Return the names of the two sides, and their commits. Raises UsageError."""
    names = [end for word in operands for end in _ends(word)] or ["HEAD"]
    if len(names) > _TWO:
        raise UsageError(msg("at most two revisions are compared: {words}", words=" ".join(operands)))
    found = [repository.commit(name) for name in names]
    if not operands and found[0] is None:  # nothing has been committed yet
        try:
            return "HEAD", None, (repository.nothing(), None)
        except ERRORS:
            raise UsageError(msg("there is no git repository here; name two plan files or folders")) from None
    old, new = found[0] or "", found[1] if len(found) == _TWO else None
    if new and "..." in operands[0]:
        fork = repository.fork(old, new)
        if fork is None:
            raise UsageError(msg("{old} and {new} have no commit in common", old=names[0], new=names[1]))
        old = fork
    return names[0], names[1] if new else None, (old, new)
