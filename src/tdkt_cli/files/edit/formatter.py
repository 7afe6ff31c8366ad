"""Formatting of a file in its canonical form, with a check that nothing was lost.

Line ends are LF, but a file all of whose lines end in CRLF keeps them: so git checks files out on Windows, and what git changes is not a
matter of form. A byte order mark goes.
"""

import codecs
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from tdkt_cli.core.findings import Path as KeyPath
from tdkt_cli.core.findings import Source
from tdkt_cli.core.messages import msg
from tdkt_cli.files.comments import comments
from tdkt_cli.files.edit.canonical import settled, text_of
from tdkt_cli.files.edit.changes import Changed, ChangeError, current_bytes
from tdkt_cli.files.edit.comment_owners import placed
from tdkt_cli.files.loader import MODELS, Loaded, load_text
from tdkt_cli.files.parser import Built, build
from tdkt_cli.files.reader import decode
from tdkt_cli.files.syntax_tree import Node, Tree, TreeMarks, span_of
from tdkt_cli.schema.layout import shape


@dataclass(frozen=True, slots=True)
class Formatted:
    """A file before and after formatting, and how it loads afterwards.

    `moved` are the lines, from 1, of suppressions on whose line something else stands after: somebody has to see what they silence.
    """

    changed: Changed
    again: Loaded
    moved: tuple[int, ...] = ()


def formatted(loaded: Loaded) -> Formatted:
    """Return a file in its canonical form, not yet written. Raises ChangeError."""
    file = loaded.source.file if loaded.source else str(loaded.path)
    return formatted_bytes(current_bytes(loaded.path, file), loaded)


def formatted_bytes(before: bytes, loaded: Loaded) -> Formatted:
    """Return the bytes of a file in its canonical form. Raises ChangeError."""
    source = loaded.source
    if source is None or (text := decode(before, source.file).text) != "\n".join(source.lines) or text is None:
        raise ChangeError(str(loaded.path), msg("the file has changed meanwhile; run the command again"))
    after, again = _canonical(text, loaded, source)
    raw = before.removeprefix(codecs.BOM_UTF8)
    if 0 < raw.count(b"\n") == raw.count(b"\r\n"):
        after = after.replace("\n", "\r\n")
    moved = tuple(_moved(source, again.source)) if again.source and source.suppressions else ()
    return Formatted(Changed(loaded.path, source.file, before, after.encode()), again, moved)


def _canonical(text: str, loaded: Loaded, source: Source) -> tuple[str, Loaded]:
    """Return the canonical text and how it loads. Raises ChangeError where that is not the same data."""
    built = build(text)
    after = text_of(built.data, placed(text, built.top))
    if after == text:
        return after, loaded
    again, rebuilt = load_text(after, loaded.path, source.file), build(after)
    same = (
        again.model == loaded.model
        and rebuilt.data == settled(built.data, shape(MODELS[built.data["tdkt"]]))
        and _texts(after, rebuilt) == _texts(text, built)
        and text_of(rebuilt.data, placed(after, rebuilt.top)) == after
    )
    if not same:
        raise ChangeError(source.file, msg("its canonical form would have another meaning, so it was left as it is"))
    return after, again


def _texts(text: str, built: Built) -> Counter[str]:
    return Counter(comment.text for comment in comments(text, built.top))


def _moved(before: Source, after: Source) -> Iterator[int]:
    """The lines of suppressions that no longer stand on the line of just the same keys and values."""
    kept = Counter(what for _, what in _suppressing(after))
    for line, what in _suppressing(before):
        if not kept[what]:
            yield line
        kept[what] -= 1


def _suppressing(source: Source) -> Iterator[tuple[int, tuple[object, ...]]]:
    """The line of each suppression, and what it says of which keys and values."""
    lines: dict[int, set[tuple[str, KeyPath]]] = {}
    top = source.marks.top if isinstance(source.marks, TreeMarks) else None
    for line, what in _by_line(top, ()):
        lines.setdefault(line, set()).add(what)
    for own in source.suppressions:
        yield own.span.line, (own.rules, own.reason, frozenset(lines.get(own.span.line, ())))


def _by_line(node: Node | None, path: KeyPath) -> Iterator[tuple[int, tuple[str, KeyPath]]]:
    """The line on which each key and value begins."""
    if node is None:
        return
    yield span_of(node).line, ("value", path)
    if isinstance(node, Tree):
        yield from ((span_of(event).line, ("key", (*path, key))) for key, event in node.keys.items())
        for step, child in node.children.items():
            yield from _by_line(child, (*path, step))
