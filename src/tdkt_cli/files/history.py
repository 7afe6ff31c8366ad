"""The history of a file in git: what it held after each change that reached the branch.

Along the first parents, so that a merge counts as one change, as its readers saw it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tdkt_cli.files.git import ERRORS, contents, git

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_HEADER_PARTS = 3


@dataclass(frozen=True, slots=True)
class Commit:
    """What a file held after a commit, and when that was (UTC)."""

    moment: datetime
    data: bytes


def history(path: Path) -> tuple[Commit, ...] | None:
    """The contents of a file from the first commit to the last; nothing where git does not know it.

    None where git has only the end of the history (a shallow clone), of which nothing can be told.
    """
    folder = path.parent
    try:
        if git(folder, "rev-parse", "--is-shallow-repository").strip() != b"false":
            return None
        log = git(
            folder,
            "log",
            "--first-parent",
            "-m",
            "--follow",
            "--raw",
            "--no-abbrev",
            "-z",
            "--format=%x01%ct",
            "--",
            path.name,
        )
        return tuple(_commits(folder, log))
    except ERRORS:
        return ()


def _commits(folder: Path, log: bytes) -> Iterator[Commit]:
    found = [(int(entry.split(b"\0")[0]), blob) for entry in log.split(b"\x01")[1:] if (blob := _blob(entry))]
    held = contents(folder, [blob for _, blob in found])
    for seconds, blob in reversed(found):
        yield Commit(_EPOCH + timedelta(seconds=seconds), held[blob])


def _blob(entry: bytes) -> str:
    """The name of the file's content after a commit, by the line `:100644 100644 old new M` of a raw diff."""
    raw = next((part for part in entry.replace(b"\n", b"").split(b"\0") if part.startswith(b":")), b"")
    fields = raw.split(b" ")
    return fields[3].decode() if len(fields) > _HEADER_PARTS and set(fields[3]) != {ord("0")} else ""
