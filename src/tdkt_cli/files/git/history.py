"""The history of a file in git: its content after each change on the branch.

Along the first parents, so that a merge counts as one change, as its readers saw it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tdkt_cli.files.git.command import ERRORS, contents, git, is_shallow
from tdkt_cli.files.reader import MAX_BYTES

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FORMAT = "--format=%x01%H%x00%ct%x00%at%x00%an%x00%s"
_OPTIONS = ("--first-parent", "-m", "--follow", "--raw", "--no-abbrev", "-z", "--encoding=UTF-8", _FORMAT)
_FIELDS = 5
_HASH = re.compile(rb"\x01[0-9a-f]{40,64}")


@dataclass(frozen=True, slots=True)
class Commit:
    """What a file held after a commit, and when that was (UTC); the commit's name, and when, by whom and as what it was written.

    The data are None where they are more than is read of a file.
    """

    moment: datetime
    data: bytes | None
    name: str = ""
    authored: datetime = _EPOCH
    author: str = ""
    subject: str = ""


def history(path: Path, *, partly: bool = False) -> tuple[Commit, ...] | None:
    """Return the versions of a file from the first commit to the last; none where git does not track it.

    None where git has only the end of the history (a shallow clone), of which nothing can be told; `partly` takes that end.
    """
    folder = path.parent
    try:
        if not partly and is_shallow(folder):
            return None
        return tuple(_commits(folder, git(folder, "log", *_OPTIONS, "--", path.name)))
    except ERRORS:
        return ()


def _commits(folder: Path, log: bytes) -> Iterator[Commit]:
    found = [(fields, blob) for fields, blob in _entries(log.split(b"\0")) if blob]
    held = contents(folder, [blob for _, blob in found], MAX_BYTES)
    for (name, committed, authored, author, subject), blob in reversed(found):
        moment, written = (_EPOCH + timedelta(seconds=int(seconds)) for seconds in (committed, authored))
        yield Commit(moment, held.get(blob), name.lstrip("\x01"), written, author, subject)


def _entries(parts: list[bytes]) -> Iterator[tuple[list[str], str]]:
    """The fields of each commit, and the name of what the file held after it, empty where it was taken away.

    By their places: a subject may look like anything but has no NUL. A file's change is `:100644 100644 old new M`, then its names.
    """
    at = 0
    while at < len(parts):
        if not _HASH.fullmatch(parts[at]):
            at += 1
            continue
        fields = [part.decode(errors="replace") for part in parts[at : at + _FIELDS]]
        at += _FIELDS
        raw = parts[at].lstrip(b"\n").split(b" ") if at < len(parts) else []
        if raw and raw[0].startswith(b":"):
            yield fields, raw[3].decode() if raw[3].strip(b"0") else ""
            at += 3 if raw[4][:1] in {b"R", b"C"} else 2
