"""Edits that change only the lines they must: comments, order, quoting and line endings of everything else stay byte for byte.

A file is edited as it was read: when it has changed since, or the result would not load with just the asked change, it is
left as it is.
"""

from collections.abc import Iterable
from pathlib import Path

from tdkt_cli.core.findings import Fix, Source
from tdkt_cli.core.messages import Message, msg
from tdkt_cli.files.loading import load_text
from tdkt_cli.files.marks import Tree, TreeMarks, end_of, span_of
from tdkt_cli.files.reading import decode
from tdkt_cli.files.writing import write_whole


class EditError(Exception):
    """A file that cannot be edited; `message` says why."""

    def __init__(self, message: Message) -> None:
        """Refuse with this message."""
        super().__init__(str(message))
        self.message = message


def apply(path: Path, source: Source, fixes: Iterable[Fix], mark: str) -> list[Fix]:
    """Write the lines of these fixes into a file; lines that are not sure end in the comment `mark`.

    Returns the fixes that were made: a mapping in flow style ({text: ...}) has no lines of its own and is left. Raises EditError.
    """
    data = _bytes(path)
    if decode(data, source.file).text != "\n".join(source.lines):
        raise EditError(msg("the file has changed meanwhile; run the command again"))
    ending = b"\r\n" if b"\r\n" in data else b"\n"
    lines = data.split(b"\n")
    lines = [line + b"\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
    places = {fix: place for fix in fixes if (place := _place(source, fix))}
    for fix, (line, column) in sorted(places.items(), key=lambda entry: entry[1], reverse=True):
        note = "" if fix.sure else f"  # {mark}"
        new = [
            f"{' ' * column}{text}{'' if number else note}".encode() + ending for number, text in enumerate(fix.lines)
        ]
        if line == len(lines) and not lines[-1].endswith(b"\n"):
            lines[-1] += ending
            new[-1] = new[-1].removesuffix(ending)
        lines[line:line] = new
    if places:
        _write(path, source, b"".join(lines))
    return list(places)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise EditError(msg("cannot be read: {reason}", reason=error.strerror or type(error).__name__)) from error


def _write(path: Path, source: Source, data: bytes) -> None:
    text = decode(data, source.file).text
    if text is None or load_text(text, path, source.file).model is None:
        raise EditError(msg("the file would not be readable any more, so it was left as it is"))
    try:
        write_whole(path, data.decode())
    except OSError as error:
        raise EditError(msg("cannot be written: {reason}", reason=error.strerror or type(error).__name__)) from error


def _place(source: Source, fix: Fix) -> tuple[int, int] | None:
    """The line (from 0) before which the lines of a fix go, behind the first value of its mapping; and their column."""
    tree = source.marks.node(fix.path) if isinstance(source.marks, TreeMarks) else None
    if not isinstance(tree, Tree) or not tree.keys or getattr(tree.event, "flow_style", False):
        return None
    first, key = next(iter(tree.keys.items()))
    end = end_of(tree.children[first])
    line = end.line if end.column > 1 else end.line - 1
    while end.column == 1 and not source.lines[line - 1].strip():  # a block scalar ends where the next token begins
        line -= 1
    return line, span_of(key).column - 1
