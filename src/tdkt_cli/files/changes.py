"""Changes of plan files: what is to be in a file's data, carried out on the lines that say it, and nothing else.

A changed file is read again before it is written: it must load, and hold the old data with just these changes. Several files are
written all or none.
"""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tdkt_cli.core.findings import Path as KeyPath
from tdkt_cli.core.findings import Source
from tdkt_cli.core.messages import Message, msg, reason
from tdkt_cli.files.builder import build
from tdkt_cli.files.loading import load_text
from tdkt_cli.files.reading import decode
from tdkt_cli.files.splices import Data, Editor, NoPlaceError, Splice, block, spliced
from tdkt_cli.files.writing import write_whole

_MEANWHILE = msg("the file has changed meanwhile; run the command again")


class ChangeError(Exception):
    """Files that cannot be changed as asked; `message` says why, `file` in which."""

    def __init__(self, file: str, message: Message) -> None:
        """Refuse with this message."""
        super().__init__(f"{file}: {message}")
        self.file, self.message = file, message


@dataclass(frozen=True, slots=True)
class Put:
    """A key that comes into the mapping at `path`; of that path, what is missing comes too."""

    path: KeyPath
    key: str
    value: Data


@dataclass(frozen=True, slots=True)
class Drop:
    """The key at `path` goes, and with it every mapping below the depth `floor` that would be left empty."""

    path: KeyPath
    floor: int


@dataclass(frozen=True, slots=True)
class Append:
    """A value that comes into the list at `path`, as its last; a list that is missing comes too."""

    path: KeyPath
    value: Data


@dataclass(frozen=True, slots=True)
class Replace:
    """Another value for the scalar at `path`."""

    path: KeyPath
    value: str


Change = Put | Drop | Append | Replace


@dataclass(frozen=True, slots=True)
class Changed:
    """A file before and after its changes."""

    path: Path
    file: str
    before: bytes
    after: bytes


def changed(path: Path, source: Source, changes: Iterable[Change]) -> Changed:
    """The file with these changes, one after another, not yet written. Raises ChangeError."""
    try:
        before = after = path.read_bytes()
    except OSError as error:
        raise ChangeError(source.file, msg("cannot be read: {reason}", reason=reason(error))) from error
    if decode(before, source.file).text != "\n".join(source.lines):
        raise ChangeError(source.file, _MEANWHILE)
    for change in changes:
        after, source = _with(after, source, change)
    return Changed(path, source.file, before, after)


def _with(data: bytes, source: Source, change: Change) -> tuple[bytes, Source]:
    expected = build("\n".join(source.lines)).data
    try:
        splice = _carried_out(expected, Editor(source), change)
    except NoPlaceError as error:
        line = str(source.marks.key(change.path).line)
        problem = msg("line {line} is written in a way that cannot be changed here; change it by hand", line=line)
        raise ChangeError(source.file, problem) from error
    after = spliced(data, [splice])
    text = decode(after, source.file).text or ""
    loaded = load_text(text, Path(source.file), source.file)
    if loaded.model is None or loaded.source is None or build(text).data != expected:
        raise ChangeError(source.file, msg("the file would not say just that, so it was left as it is"))
    return after, loaded.source


def _carried_out(data: Any, editor: Editor, change: Change) -> Splice:  # noqa: ANN401 - plain data of any shape
    """The splice of a change, which is made in the plain data too. Raises NoPlaceError."""
    match change:
        case Drop():
            gone = _topmost(data, change)
            del _at(data, gone[:-1])[gone[-1]]
            return editor.drop(gone)
        case Replace():
            _at(data, change.path[:-1])[change.path[-1]] = _plain(change.value)
            return editor.replace(change.path, change.value)
        case Append() if _is_there(data, change.path):
            _at(data, change.path).append(_plain(change.value))
            return editor.append(change.path, change.value)
        case Append():
            put = _whole(data, Put(change.path[:-1], str(change.path[-1]), [change.value]))
        case Put():
            put = _whole(data, change)
    _at(data, put.path)[put.key] = _plain(put.value)
    return editor.put(put.path, put.key, put.value)


def _plain(value: Data) -> Any:  # noqa: ANN401
    """A value as it is read back."""
    return build("\n".join(block("value", value))).data["value"]


def _at(data: Any, path: KeyPath) -> Any:  # noqa: ANN401
    for step in path:
        data = data[step]
    return data


def _is_there(data: Any, path: KeyPath) -> bool:  # noqa: ANN401
    try:
        _at(data, path)
    except KeyError:
        return False
    return True


def _whole(data: Any, put: Put) -> Put:  # noqa: ANN401
    """The same with a path that is there: mappings that are missing become part of the value."""
    path, key, value = put.path, put.key, put.value
    while not _is_there(data, path):
        path, key, value = path[:-1], str(path[-1]), {key: value}
    return Put(path, key, value)


def _topmost(data: Any, drop: Drop) -> KeyPath:  # noqa: ANN401
    """What has to go so that nothing empty stays."""
    path = drop.path
    while len(path) > drop.floor + 1 and len(_at(data, path[:-1])) == 1:
        path = path[:-1]
    return path


def write_all(files: Iterable[Changed]) -> None:
    """Write all of these files, or none. Raises ChangeError."""
    written: list[Changed] = []
    for file in files:
        problem = _write(file)
        if problem:
            for other in written:
                with suppress(OSError):
                    write_whole(other.path, other.before.decode())
            raise ChangeError(file.file, problem)
        written.append(file)


def _write(file: Changed) -> Message | None:
    """Why a file was not written, None where it was."""
    try:
        if file.path.read_bytes() != file.before:
            return _MEANWHILE
        write_whole(file.path, file.after.decode())
    except OSError as error:
        return msg("cannot be written: {reason}", reason=reason(error))
    return None
