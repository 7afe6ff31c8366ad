"""Changes of plan files: described in the data, applied only to the lines concerned.

A changed file is read again before it is written: it must load, and hold the old data with just these changes. Several files are
written all or none: each is written in full beside its place before the first takes it, and what has taken its place gives way again
where a later one cannot. Only a kill between two of these steps leaves some changed and some not, each of them whole.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from tdkt_cli.core.findings import Comment, Lines, Source, Words
from tdkt_cli.core.findings import Path as KeyPath
from tdkt_cli.core.messages import Message, msg, reason
from tdkt_cli.files.edit.dump import Data, NoPlaceError, block
from tdkt_cli.files.edit.splices import Editor, Splice, spliced
from tdkt_cli.files.loader import load_text
from tdkt_cli.files.parser import build
from tdkt_cli.files.reader import decode
from tdkt_cli.files.syntax_tree import TreeMarks
from tdkt_cli.files.writer import BusyError, draft, locked, put_in_place, real, undisturbed

_MEANWHILE = msg("the file has changed meanwhile; run the command again")


class ChangeError(Exception):
    """A file that cannot be changed as asked; `message` says why, `file` which one."""

    def __init__(self, file: str, message: Message) -> None:
        """Refuse with this message."""
        super().__init__(f"{file}: {message}")
        self.file, self.message = file, message


@dataclass(frozen=True, slots=True)
class Put:
    """Put a key into the mapping at `path`, last or `first`; missing parts of the path are created."""

    path: KeyPath
    key: str
    value: Data
    first: bool = False


@dataclass(frozen=True, slots=True)
class Drop:
    """Drop the key at `path`, and every mapping below the depth `floor` that becomes empty."""

    path: KeyPath
    floor: int


@dataclass(frozen=True, slots=True)
class Append:
    """Append a value to the list at `path`, behind the item at `after` or last; a missing list is created."""

    path: KeyPath
    value: Data
    after: int | None = None


@dataclass(frozen=True, slots=True)
class Replace:
    """Replace the scalar at `path`."""

    path: KeyPath
    value: str


# Lines and Words are those of core/findings.py, where what mends a finding is made of them.
Change = Put | Drop | Append | Replace | Lines | Words


@dataclass(frozen=True, slots=True)
class Changed:
    """A file before and after its changes."""

    path: Path
    file: str
    before: bytes
    after: bytes


def current_bytes(path: Path, file: str) -> bytes:
    """Return the content of a file that messages call `file`. Raises ChangeError."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise ChangeError(file, msg("cannot be read: {reason}", reason=reason(error))) from error


def changed(path: Path, source: Source, changes: Iterable[Change], comments: Iterable[Comment] = ()) -> Changed:
    """Return the file with these changes, applied in order, comments first; not yet written. Raises ChangeError."""
    before = current_bytes(path, source.file)
    if decode(before, source.file).text != "\n".join(source.lines):
        raise ChangeError(source.file, _MEANWHILE)
    wanted = _data("\n".join(source.lines))
    after = spliced(before, [Editor(source).recomment(each.span, each.text) for each in comments])
    for steps in _rounds(wanted, changes, source):
        editor = Editor(source if after == before else _read(after, source.file))
        splices = []
        for asked, step in steps:
            with _refusing(source, asked):
                splices.append(_splice(editor, step))
        after = spliced(after, splices)
    text = decode(after, source.file).text or ""
    if _data(text) != wanted or load_text(text, Path(source.file), source.file).model is None:
        raise ChangeError(source.file, msg("the file would not mean exactly that, so it was left as it is"))
    return Changed(path, source.file, before, after)


def obstacles(source: Source, changes: Iterable[Change], made: Changed | None = None) -> Iterator[Message | None]:
    """What keeps each of these changes from being made, were it the only one, in a file as it is or as `made` leaves it.

    The file is read once for them all, so that each takes next to no time.
    """
    now = _read(made.after, source.file) if made else source
    data, editor = _data("\n".join(now.lines)), Editor(now)
    for change in changes:
        try:
            with _refusing(source, change):
                _splice(editor, _resolved(data, change))
        except ChangeError as error:
            yield error.message
        else:
            yield None


def _read(data: bytes, file: str) -> Source:
    text = decode(data, file).text or ""
    return Source(file, tuple(text.split("\n")), TreeMarks(build(text).top))


def _data(text: str) -> Any:  # noqa: ANN401 - plain data of any shape
    """What a text says; a block of words at the end of a file has a line end, as it has once something stands below it."""
    return build(text if text.endswith("\n") else f"{text}\n").data


@contextmanager
def _refusing(source: Source, change: Change) -> Iterator[None]:
    try:
        yield
    except NoPlaceError as error:
        line = str(source.marks.key(change.path).line)
        problem = msg("line {line} is written in a way that cannot be changed here; change it by hand", line=line)
        raise ChangeError(source.file, problem) from error


def _rounds(data: Any, changes: Iterable[Change], source: Source) -> list[list[tuple[Change, Change]]]:  # noqa: ANN401
    """The changes, each with what it comes to, in rounds; they are made in the plain data. Raises ChangeError.

    A change that touches nothing that an earlier one touches can be made in one go with it; else it goes into a later round, so that a
    file is read once a round and not once a change.
    """
    rounds: list[list[tuple[Change, Change]]] = []
    touched = _Touched()
    for change in changes:
        with _refusing(source, change):
            step = _resolved(data, change)
            is_last = (isinstance(step, Put) and not step.first) or (isinstance(step, Append) and step.after is None)
            number = touched.by(step, beside=is_last and bool(_at(data, step.path)))
            _carry_out(data, step)
        rounds += [[] for _ in range(number - len(rounds) + 1)]
        rounds[number].append((change, step))
    return rounds


class _Touched:
    """Where earlier changes are made, and in which round: changes touch where one's place is the other's, or lies inside it."""

    def __init__(self) -> None:
        self._at: dict[KeyPath, tuple[int, object]] = {}
        self._inside: dict[KeyPath, int] = {}

    def by(self, step: Change, *, beside: bool) -> int:
        """The round for a change; `beside` others of its kind, it comes behind something that is there, as they do."""
        place = step.path[:-1] if isinstance(step, Drop) else step.path
        kind = type(step) if beside else object()
        depths = range(len(place))
        number, same = self._at.get(place, (-1, kind))
        number += same is not kind
        above = (self._at[place[:n]][0] + 1 for n in depths if place[:n] in self._at)
        number = max(number, self._inside.get(place, -1) + 1, *above)
        self._at[place] = number, kind
        for n in depths:
            self._inside[place[:n]] = max(number, self._inside.get(place[:n], -1))
        return number


def _resolved(data: Any, change: Change) -> Change:  # noqa: ANN401
    """Return the change of existing data that a change amounts to. Raises NoPlaceError."""
    match change:
        case Append() if not _is_there(data, change.path):
            return _whole(data, Put(change.path[:-1], str(change.path[-1]), [change.value]))
        case Put():
            return _whole(data, change)
        case Drop(path, floor):
            while len(path) > floor + 1 and len(_at(data, path[:-1])) == 1:  # so that no empty mapping stays
                path = path[:-1]
            return Drop(path, floor)
        case Words(path):
            for depth in range(len(path), 0, -1):
                with suppress(NoPlaceError):
                    _at(data, path[:depth], str)
                    return replace(change, path=path[:depth])
            raise NoPlaceError
    return change


def _carry_out(data: Any, step: Change) -> None:  # noqa: ANN401
    """Apply a change to the plain data. Raises NoPlaceError."""
    match step:
        case Put(path, key, value):
            _at(data, path, dict)[key] = _plain(value)
        case Append(path, value, after):
            items = _at(data, path, list)
            items.insert(len(items) if after is None else after + 1, _plain(value))
        case Drop(path):
            _at(data, path)
            del _at(data, path[:-1])[path[-1]]
        case Replace(path, value):
            _at(data, path)
            _at(data, path[:-1])[path[-1]] = _plain(value)
        case Lines(path, lines):
            _at(data, path, dict).update(build("\n".join(lines)).data or {})
        case Words(path, old, new):
            _at(data, path[:-1])[path[-1]] = _at(data, path, str).replace(old, new)


def _splice(editor: Editor, step: Change) -> Splice:
    """Return the splice of the text that makes a change. Raises NoPlaceError."""
    match step:
        case Put(path, key, value, first):
            return editor.put(path, key, value, first=first)
        case Append(path, value, after):
            return editor.append(path, value, after)
        case Drop(path):
            return editor.drop(path)
        case Replace(path, value):
            return editor.replace(path, value)
        case Lines(path, lines):
            return editor.put_lines(path, lines)
        case Words(path, old, new):
            return editor.reword(path, old, new)


def _plain(value: Data) -> Any:  # noqa: ANN401
    """A value as it is read back. Raises NoPlaceError for one that is no YAML."""
    return _at(build("\n".join(block("value", value))).data, ("value",))


def _at(data: Any, path: KeyPath, kind: type = object) -> Any:  # noqa: ANN401
    """Return the value at a path, of this kind. Raises NoPlaceError."""
    for step in path:
        if not isinstance(data, dict if isinstance(step, str) else list):
            raise NoPlaceError
        try:
            data = cast("Any", data)[step]
        except LookupError as error:
            raise NoPlaceError from error
    if not isinstance(data, kind):
        raise NoPlaceError
    return data


def _is_there(data: Any, path: KeyPath) -> bool:  # noqa: ANN401
    """Whether there is something at a path. Raises NoPlaceError where something else stands in the way."""
    for depth, step in enumerate(path):
        above = _at(data, path[:depth])
        if isinstance(above, dict) and step not in above:
            return False
    return _at(data, path) is not None


def _whole(data: Any, put: Put) -> Put:  # noqa: ANN401
    """The same with a path that is there: mappings that are missing become part of the value."""
    path, key, value = put.path, put.key, put.value
    while not _is_there(data, path):
        path, key, value = path[:-1], str(path[-1]), {key: value}
    return replace(put, path=path, key=key, value=value)


def write_all(files: Iterable[Changed]) -> None:
    """Write all of these files, or none. Raises ChangeError."""
    places: list[tuple[Changed, Path]] = []
    for file in files:
        with _writing(file):
            places.append((file, real(file.path)))
    try:
        with locked(target for _, target in places), undisturbed():
            _write(places)
    except BusyError as error:
        message = msg("another command is writing in this folder; run the command again")
        raise ChangeError(places[0][0].file, message) from error


@contextmanager
def _writing(file: Changed) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ChangeError(file.file, msg("cannot be written: {reason}", reason=reason(error))) from error


def _write(places: Sequence[tuple[Changed, Path]]) -> None:
    with ExitStack() as stack:
        drafts = []
        for file, target in places:
            with _writing(file):
                if target.read_bytes() != file.before:
                    raise ChangeError(file.file, _MEANWHILE)
                drafts.append(stack.enter_context(draft(target, file.after)))
        for number, (file, _) in enumerate(places):
            try:
                with _writing(file):
                    drafts[number].take_place()
            except ChangeError as error:
                raise _put_back(places[:number], error) from error


def _put_back(places: Sequence[tuple[Changed, Path]], error: ChangeError) -> ChangeError:
    """Give files their old content back where nobody has changed them since; the same error, or one that says which keep the new."""
    stuck = []
    for file, target in places:
        with suppress(OSError):
            if target.read_bytes() == file.after:
                put_in_place(target, file.before)
                continue
        stuck.append(file.file)
    if not stuck:
        return error
    message = msg(
        "{problem}; these files were already changed and could not be restored: {files}",
        problem=error.message,
        files=", ".join(stuck),
    )
    return ChangeError(error.file, message)
