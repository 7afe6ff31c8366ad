"""Edits that change only the lines they must: comments, order, quoting and line endings of everything else stay byte for byte.

A file is edited as it was read: when it has changed since, or the result would not load with just the asked change, it is
left as it is.
"""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from tdkt_cli.core.entry import UNSURE
from tdkt_cli.core.findings import Fix, Source
from tdkt_cli.core.messages import Message, msg, reason
from tdkt_cli.core.plan import Plan, Task, When
from tdkt_cli.files.loading import load_text
from tdkt_cli.files.marks import Tree, TreeMarks, span_of
from tdkt_cli.files.reading import decode
from tdkt_cli.files.writing import write_whole
from tdkt_cli.schema.plan import PlanModel


class EditError(Exception):
    """A file that cannot be edited; `message` says why."""

    def __init__(self, message: Message) -> None:
        """Refuse with this message."""
        super().__init__(str(message))
        self.message = message


def apply(path: Path, source: Source, fixes: Iterable[Fix]) -> dict[Fix, int]:
    """Write the lines of these fixes into a file; lines that are not sure end in a comment that says so.

    Returns the fixes that were made, each with the line on which its mapping begins now. A mapping in flow style ({text: ...}) has no lines
    of its own and is left. Raises EditError.
    """
    data = _bytes(path)
    if decode(data, source.file).text != "\n".join(source.lines):
        raise EditError(msg("the file has changed meanwhile; run the command again"))
    places = {fix: place for fix in fixes if (place := _place(source, fix))}
    lines = _by_line_feeds(data)
    made: dict[Fix, int] = {}
    for fix, (line, column) in sorted(places.items(), key=lambda entry: entry[1]):
        above = sum(len(other.lines) for other in made)
        lines[line + above : line + above] = _new_lines(fix, column, lines, line + above)
        made[fix] = source.marks.key(fix.path).line + above
    if made:
        _write(path, source, b"".join(lines), made)
    return made


def _by_line_feeds(data: bytes) -> list[bytes]:
    parts = data.split(b"\n")
    return [part + b"\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


def _new_lines(fix: Fix, column: int, lines: list[bytes], at: int) -> list[bytes]:
    """The lines of a fix with the ending of the line before them, which gets one where it ends the file without."""
    before = lines[at - 1]
    ending = (
        b"\r\n" if before.endswith(b"\r\n") or (not before.endswith(b"\n") and lines[0].endswith(b"\r\n")) else b"\n"
    )
    note = "" if fix.sure else f"  # {UNSURE}"
    new = [f"{' ' * column}{text}{'' if number else note}".encode() + ending for number, text in enumerate(fix.lines)]
    if not before.endswith(b"\n"):
        lines[at - 1] += ending
        new[-1] = new[-1].removesuffix(ending)
    return new


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise EditError(msg("cannot be read: {reason}", reason=reason(error))) from error


def _write(path: Path, source: Source, data: bytes, fixes: Iterable[Fix]) -> None:
    text = decode(data, source.file).text
    if text is None or not _only_added("\n".join(source.lines), text, source.file, {fix.path for fix in fixes}):
        raise EditError(msg("the file would not be readable any more, so it was left as it is"))
    try:
        write_whole(path, data.decode())
    except OSError as error:
        raise EditError(msg("cannot be written: {reason}", reason=reason(error))) from error


def _only_added(old: str, new: str, shown: str, changed: set[tuple[str | int, ...]]) -> bool:
    """Whether two texts hold the same plan but for the date, party and act of the deadlines at these paths.

    A block of words at the very end of a file that ends without a line end gets one.
    """
    before, after = (_plan(text, shown) for text in (old, new))
    if before is None or after is None or len(before.tasks) != len(after.tasks):
        return False
    return all(
        _without(task, changed) == _without(other, changed)
        for task, other in zip(before.tasks, after.tasks, strict=True)
    )


def _plan(text: str, shown: str) -> Plan | None:
    loaded = load_text(text, Path(shown), shown)
    return loaded.model.build(loaded.source) if isinstance(loaded.model, PlanModel) and loaded.source else None


def _without(task: Task, changed: set[tuple[str | int, ...]]) -> Task:
    blank = When(kind="ongoing")
    deadlines = (
        replace(deadline, when=blank, who=(), what=None, text=(deadline.text or "").rstrip("\n"))
        if deadline.path in changed
        else deadline
        for deadline in task.deadlines
    )
    return replace(task, deadlines=tuple(deadlines))


def _place(source: Source, fix: Fix) -> tuple[int, int] | None:
    """The line (from 0) before which the lines of a fix go, behind the first text of its mapping; and their column."""
    tree = source.marks.node(fix.path) if isinstance(source.marks, TreeMarks) else None
    if not isinstance(tree, Tree) or getattr(tree.event, "flow_style", False):
        return None
    first = next((key for key in tree.keys if not isinstance(tree.children.get(key), Tree)), None)
    if first is None:
        return None
    start = span_of(tree.children[first])
    line = start.end_line if start.end_column > 1 else start.end_line - 1
    keeps = "+" in source.lines[start.line - 1][start.column - 1 :].split(" ")[0]
    while (
        start.end_column == 1 and not keeps and not source.lines[line - 1].strip()
    ):  # a block ends where the next token begins
        line -= 1
    return line, span_of(tree.keys[first]).column - 1
