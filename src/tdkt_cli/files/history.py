"""The history of a file in git: what it held after each change that reached the branch.

Along the first parents, so that a merge counts as one change, as its readers saw it. Git is asked to run nothing of the repository's own
and to fetch nothing.
"""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

_GIT = (
    "git",
    "--no-optional-locks",
    "--literal-pathspecs",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "log.showSignature=false",
    "-c",
    "log.showRoot=true",
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECONDS = 60
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
        if _git(folder, "rev-parse", "--is-shallow-repository").strip() != b"false":
            return None
        log = _git(
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
    except (OSError, ValueError, subprocess.SubprocessError):
        return ()


def _commits(folder: Path, log: bytes) -> Iterator[Commit]:
    found = [(int(entry.split(b"\0")[0]), blob) for entry in log.split(b"\x01")[1:] if (blob := _blob(entry))]
    contents = _contents(folder, [blob for _, blob in found])
    for (seconds, _), data in reversed(list(zip(found, contents, strict=True))):
        yield Commit(_EPOCH + timedelta(seconds=seconds), data)


def _blob(entry: bytes) -> str:
    """The name of the file's content after a commit, by the line `:100644 100644 old new M` of a raw diff."""
    raw = next((part for part in entry.replace(b"\n", b"").split(b"\0") if part.startswith(b":")), b"")
    fields = raw.split(b" ")
    return fields[3].decode() if len(fields) > _HEADER_PARTS and set(fields[3]) != {ord("0")} else ""


def _contents(folder: Path, blobs: list[str]) -> Iterator[bytes]:
    """The contents with these names. Raises ValueError where one is not there."""
    answer = _git(folder, "cat-file", "--batch", given="".join(f"{blob}\n" for blob in blobs).encode())
    at = 0
    for _ in blobs:
        end = answer.index(b"\n", at)
        size = int(answer[at:end].split(b" ")[-1])
        yield answer[end + 1 : end + 1 + size]
        at = end + 1 + size + 1


def _git(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    clean |= {"GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    command = [*_GIT, "-C", str(folder), *arguments]
    return subprocess.run(command, input=given, env=clean, capture_output=True, check=True, timeout=_SECONDS).stdout  # noqa: S603
