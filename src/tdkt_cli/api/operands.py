"""What the words of `tdkt diff OLD NEW -- PATH...` and of `diff(OLD, NEW, paths=PATHS)` mean, told as git tells it: revisions first, then paths.

Before a `--` all words are revisions, behind it all are paths. Without one, a word is a revision or a path by which of the two there is; one
that is both must be said more plainly. Two paths and no revision are two things to compare.
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
    """What is compared: two paths, or in a `repository` two commits by their names, the working tree as None.

    `old` and `new` are what people call them; `asked` are the paths to look at alone. With `single` one file is compared with one file,
    whatever their plans are called.
    """

    old: str
    new: str | None
    repository: Repository | None = None
    commits: tuple[str, str | None] = ("", None)
    asked: tuple[Path, ...] = ()
    single: bool = False


def read_sides(
    config: Config,
    here: Path,
    words: Sequence[str | os.PathLike[str]],
    after: Iterable[str | os.PathLike[str]] | None,
) -> Sides:
    """What the words before a `--` mean; `after` are those behind it, None without one. Raises UsageError."""
    repository = repository_of((here / config.plans).resolve())
    kinds = [isinstance(word, str) and _is_revision(repository, here, word, alone=after is None) for word in words]
    revisions = [os.fspath(word) for word, is_revision in zip(words, kinds, strict=True) if is_revision]
    paths = [os.fspath(word) for word, is_revision in zip(words, kinds, strict=True) if not is_revision]
    if False in kinds[: len(revisions)]:
        raise UsageError(msg("write revisions before paths: {words}", words=" ".join([*revisions, *paths])))
    if not revisions and len(paths) == _TWO:
        return _two_paths(here, paths)
    if len(paths) > _TWO and not revisions:
        raise UsageError(msg("two paths are compared with each other; to look at more in git: tdkt diff -- PATH..."))
    if repository is None:
        raise UsageError(msg("there is no git repository here; name two plan files or folders"))
    asked = [Path(path) for path in (*paths, *(after or ()))]
    for path in asked:
        if repository.name(here / path) is None:
            top = str(repository.top)
            raise UsageError(msg("{path} lies outside the git repository {top}", path=str(path), top=top))
    old, new, commits = _commits(repository, revisions)
    return Sides(old, new, repository, commits, tuple(asked))


def _two_paths(here: Path, paths: list[str]) -> Sides:
    for path in paths:
        if not (here / path).exists():
            raise UsageError(msg("there is no file or folder {path}", path=path))
    old, new = (here / path for path in paths)
    if old.is_dir() != new.is_dir():
        raise UsageError(msg("a file and a folder cannot be compared; name two files or two folders"))
    return Sides(paths[0], paths[1], single=old.is_file())


def _is_revision(repository: Repository | None, here: Path, word: str, *, alone: bool) -> bool:
    """Whether a word is a revision, else a path; unless it stands `alone` a `--` says that it is one. Raises UsageError."""
    known = repository is not None and all(repository.commit(part) for part in _parts(word))
    there = alone and (here / word).exists()
    if known and there:
        raise UsageError(
            msg("“{word}” is a revision and a path; write {word} -- for the revision, ./{word} for the path", word=word)
        )
    if not known and not there:
        if not alone:
            raise UsageError(msg("there is no revision “{word}”", word=word))
        raise UsageError(msg("“{word}” is neither a revision of git nor a file or folder", word=word))
    return known


def _parts(word: str) -> list[str]:
    """The revisions in a word: both ends of main..HEAD, where an end that is left out is HEAD."""
    for dots in ("...", ".."):
        one, found, other = word.partition(dots)
        if found and (one or other):
            return [one or "HEAD", other or "HEAD"]
    return [word]


def _commits(repository: Repository, words: list[str]) -> tuple[str, str | None, tuple[str, str | None]]:
    """What the two versions are called, and their commits. Raises UsageError."""
    if len(words) > _TWO or (len(words) == _TWO and any(len(_parts(word)) > 1 for word in words)):
        raise UsageError(msg("at most two revisions are compared: {words}", words=" ".join(words)))
    names = [part for word in words for part in _parts(word)] or ["HEAD"]
    found = [repository.commit(name) for name in names]
    if not words and found[0] is None:  # nothing has been committed yet
        try:
            return "HEAD", None, (repository.nothing(), None)
        except ERRORS:
            raise UsageError(msg("there is no git repository here; name two plan files or folders")) from None
    old, new = found[0] or "", found[1] if len(found) == _TWO else None
    if new and words and "..." in words[0]:
        fork = repository.fork(old, new)
        if fork is None:
            raise UsageError(msg("{old} and {new} have no commit in common", old=names[0], new=names[1]))
        old = fork
    return names[0], names[1] if new else None, (old, new)
