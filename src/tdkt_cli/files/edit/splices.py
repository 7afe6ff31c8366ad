"""Splices of a YAML text: keys and items put in or dropped and scalars replaced, touching only their lines.

A place is an offset into the text as it was read (line ends are LF there), in code points. A change is a `Splice`; a file's own line
ends and byte order mark come back when splices are applied to its bytes. What is put in is written in block style inside block mappings
and in flow style inside flow mappings; comments stay where they are, but for one inside or behind what is taken out.
"""

import codecs
import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import TypeGuard, cast

import yaml

from tdkt_cli.core.findings import Path, Source, Span
from tdkt_cli.files.edit.dump import INDENT, Data, NoPlaceError, block, flow, flow_key, item
from tdkt_cli.files.marks import Node, Tree, TreeMarks, is_flow
from tdkt_cli.files.parser import build

_GAP = re.compile(r"(?:[ \t\n]|#[^\n]*)*")  # what may stand between two things in braces
_HEAD = re.compile(r"[|>][-+0-9]*( +#[^\n]*)?")


@dataclass(frozen=True, slots=True)
class Splice:
    """Replaces the characters from `start` up to `end` (exclusive) by `text`."""

    start: int
    end: int
    text: str


def spliced(data: bytes, splices: Iterable[Splice]) -> bytes:
    """Return the bytes of a file with these splices; those at one place in the order given.

    None lies inside another, and where two overlap they only take out; what both take out goes once.
    """
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    raw = data.removeprefix(mark).decode()
    returns = [found.start() - number for number, found in enumerate(re.finditer("\r\n", raw))]
    pieces, at = [], 0
    for splice in sorted(splices, key=lambda one: (one.start, one.end)):
        start, end = (offset + bisect_left(returns, offset) for offset in (splice.start, splice.end))
        pieces += [
            raw[at : max(at, start)],
            splice.text.replace("\n", _line_end(raw, start) or ("\r\n" if returns else "\n")),
        ]
        at = end
    return mark + "".join((*pieces, raw[at:])).encode()


def _line_end(raw: str, offset: int) -> str:
    """How the line ends in which an offset lies, or the one before it where it is the last."""
    after = raw.find("\n", offset)
    place = after if after >= 0 else raw.rfind("\n", 0, offset)
    return "" if place < 0 else "\r\n" if raw[place - 1 : place] == "\r" else "\n"


@dataclass(frozen=True)
class Editor:
    """Finds the places of changes in one file."""

    source: Source

    def put(self, path: Path, key: str, value: Data, *, first: bool = False) -> Splice:
        """Put a key that is not there into the mapping at `path`, as its last or `first`. Raises NoPlaceError."""
        if self._gives_way(path):
            return self._filled(path, block(key, value))
        mapping = self._tree(path)
        if first and mapping.children:
            lines = [f"{flow_key(key)}: {flow(value)}"] if is_flow(mapping) else block(key, value)
            between = ", " if is_flow(mapping) else f"\n{' ' * _column(mapping)}"
            start = self._start(mapping, next(iter(mapping.children)))
            return Splice(start, start, "".join(f"{line}{between}" for line in lines))
        if is_flow(mapping):
            return self._into_flow(mapping, f"{flow_key(key)}: {flow(value)}")
        return _below(self._line_end(self._end(mapping)), block(key, value), _column(mapping))

    def put_lines(self, path: Path, lines: Iterable[str]) -> Splice:
        """Put keys, as lines of YAML, into the mapping at `path`, behind its first text. Raises NoPlaceError."""
        mapping = self._tree(path)
        first = next((child for child in mapping.children.values() if not isinstance(child, Tree)), None)
        if first is None or is_flow(mapping):
            raise NoPlaceError
        return _below(self._line_end(self._end(first)), lines, _column(mapping))

    def takes_lines(self, path: Path) -> bool:
        """Whether lines can be put into the mapping at `path`: into one in braces they cannot."""
        try:
            self.put_lines(path, ())
        except NoPlaceError:
            return False
        return True

    def append(self, path: Path, value: Data, after: int | None = None) -> Splice:
        """Put a value into the list at `path`, behind the item at `after`, else as its last. Raises NoPlaceError.

        A blank line is put before it where one stands between the items there, and in a list of the file's top that has but one.
        """
        if self._gives_way(path):
            return self._filled(path, item(value))
        items = self._tree(path)
        last = len(items.children) - 1
        after = last if after is None else after
        if is_flow(items):
            if after >= last:
                return self._into_flow(items, flow(value))
            start = self._start(items, after + 1)
            return Splice(start, start, f"{flow(value)}, ")
        apart = self._apart(items, after) if last else len(path) == 1
        place = self._behind(items.children[after], _column(items))
        return _below(place, [*([""] if apart else []), *item(value)], _column(items))

    def drop(self, path: Path) -> Splice:
        """Take the key or item at `path` out, with a comment behind it. Raises NoPlaceError for the last one of its kind."""
        above, key = self._tree(path[:-1]), path[-1]
        places = list(above.children)
        if len(places) == 1:
            raise NoPlaceError
        at = places.index(key)
        before, after = (places[at - 1] if at else None), (places[at + 1] if at + 1 < len(places) else None)
        if is_flow(above):
            return self._out_of_flow(above, before, key)
        start, end = self._start(above, key), self._end(above.children[key])
        line, behind = self._text.rfind("\n", 0, start) + 1, self._line_end(end) + 1
        if self._text[line:start].strip(" "):  # a key behind “- ”
            if after is None:
                raise NoPlaceError
            follows = self._start(above, after)
            if not self._text[behind:follows].strip():
                return Splice(start, follows, "")
            return Splice(len(self._text[:start].rstrip(" ")), behind - 1, "")
        if isinstance(key, int) and before is not None and after is None:
            line = self._without_gap(above.children[before], line)
        if behind <= len(self._text):
            behind, rest = (
                self._freed(above.children[before], behind, _column(above)) if before is not None else (behind, "")
            )
            return Splice(line, behind, rest)
        return Splice(line if self._text[:line].endswith("\n\n") else line - 1, len(self._text), "")  # no end of line

    def replace(self, path: Path, value: str) -> Splice:
        """Give the scalar at `path` another value."""
        node = self._node(path)
        if isinstance(node, Tree):
            raise NoPlaceError
        start = _begin(node)
        head = _HEAD.match(self._text, start) if _is_block_scalar(node) else None
        written = value if not self._in_flow(path) else flow(value)
        return Splice(start, self._end(node), written + (head[1] or "" if head else ""))

    def reword(self, path: Path, old: str, new: str) -> Splice:
        """Replace words in the scalar at `path`, whatever its style.

        Raises NoPlaceError unless they stand there once, and where the new ones would need another style.
        """
        node = self._node(path)
        if not isinstance(node, yaml.ScalarEvent):
            raise NoPlaceError
        start, end = _begin(node), self._end(node)
        if self._text.count(old, start, end) != 1:
            raise NoPlaceError
        place = self._text.index(old, start)
        behind = place + len(old)
        if not _is_block_scalar(node):
            written, wanted = self._text[start:place] + new + self._text[behind:end], node.value.replace(old, new)
            flows = self._in_flow(path)
            read = build(f"value: [{written}]" if flows else f"value: {written}").data
            if read != {"value": [wanted] if flows else wanted}:
                raise NoPlaceError
        return Splice(place, behind, new)

    def recomment(self, span: Span, text: str) -> Splice:
        """Replace a comment, or its end, by a text; an empty one deletes it, and its line if nothing else is on it."""
        line = self._begins[span.line - 1]
        start, end = line + span.column - 1, line + span.end_column - 1
        if text:
            return Splice(start, end, text)
        start = line + len(self._text[line:start].rstrip())
        end = self._line_end(end)
        if start > line:
            return Splice(start, end, "")
        return Splice(line, end + 1, "") if end < len(self._text) else Splice(max(line - 1, 0), end, "")

    @cached_property
    def _text(self) -> str:
        return "\n".join(self.source.lines)

    @cached_property
    def _begins(self) -> list[int]:
        """Return the offset of each line."""
        return list(accumulate((len(line) + 1 for line in self.source.lines), initial=0))

    def _node(self, path: Path) -> Node:
        marks = self.source.marks
        node = marks.node(path) if isinstance(marks, TreeMarks) else None
        if node is None:
            raise NoPlaceError
        return node

    def _tree(self, path: Path) -> Tree:
        node = self._node(path)
        if not isinstance(node, Tree):
            raise NoPlaceError
        return node

    def _in_flow(self, path: Path) -> bool:
        return any(is_flow(self._tree(path[:depth])) for depth in range(len(path)))

    def _start(self, above: Tree, place: str | int) -> int:
        """Where a key begins, with a “?” before it, or the dash of an item in block style."""
        if isinstance(place, str):
            start = _begin(above.keys[place])
            before = self._text[:start].rstrip(" ")
            return len(before) - 1 if before.endswith("?") and not before.endswith("-?") else start
        start = _begin(above.children[place])
        return start if is_flow(above) else self._dash(start, _column(above))

    def _dash(self, start: int, column: int) -> int:
        """Where the dash of an item is that begins at `start`; only comments and empty lines can lie between."""
        while start >= 0:
            line = self._text.rfind("\n", 0, start) + 1
            if self._text[line : line + column + 1].strip(" ") == "-":
                return line + column
            between = self._text[line:start].strip(" ?")
            if between and not between.startswith("#"):
                break
            start = line - 1
        raise NoPlaceError

    def _end(self, node: Node) -> int:
        """Where the last character of a value is over."""
        if isinstance(node, Tree):
            if is_flow(node) or not node.children:
                return cast("yaml.Mark", node.end.end_mark).index if node.end else len(self._text)
            return self._end(next(reversed(node.children.values())))
        return self._block_end(node) if _is_block_scalar(node) else cast("yaml.Mark", node.end_mark).index

    def _block_end(self, node: yaml.ScalarEvent) -> int:
        """Where a block scalar ends; by its mark it ends where the next thing begins."""
        start, end = _begin(node), cast("yaml.Mark", node.end_mark).index
        lines = self._text[start:end].split("\n")
        least = len(lines) - 1 if _keeps(lines[0]) else 1
        indent = self._indent(node)
        while len(lines) > least and not lines[-1].strip(" ") and len(lines[-1]) <= indent:
            lines.pop()
        return start + len("\n".join(lines))

    def _indent(self, node: yaml.ScalarEvent) -> int:
        """Return the indentation of a block scalar's lines."""
        lines = self._text[_begin(node) : cast("yaml.Mark", node.end_mark).index].split("\n")[1:]
        written, read = (
            next((line for line in found if line.strip(" ")), "") for found in (lines, node.value.split("\n"))
        )
        return _spaces(written) - _spaces(read)

    def _without_gap(self, before: Node, line: int) -> int:
        """Where the last item of a list begins together with the one empty line that sets it apart from the value `before` it."""
        gap = self._text[self._line_end(self._end(before)) : line]
        return line - 1 if gap == "\n\n" else line

    def _freed(self, before: Node, start: int, column: int) -> tuple[int, str]:
        """Up to where the lines from `start` on have to be written anew, and how, once nothing stands between them and this value.

        Empty lines and indented comments would become part of a block scalar; such a comment is put into this column.
        """
        while isinstance(before, Tree) and before.children and not is_flow(before):
            before = next(reversed(before.children.values()))
        if isinstance(before, Tree) or not _is_block_scalar(before):
            return start, ""
        indent, keeps = self._indent(before), _keeps(self._text[_begin(before) :].split("\n", 1)[0])
        rest = ""
        while start < len(self._text):
            end = self._line_end(start)
            line = self._text[start:end]
            words = line.strip(" ")
            if words and (not words.startswith("#") or _spaces(line) < indent):
                break
            start = min(end + 1, len(self._text))
            if words:
                return start, f"{rest}{' ' * column}{words}" + self._text[end:start]
            rest += "" if keeps or len(line) > indent else line + self._text[end:start]
        return start, rest

    def _line_end(self, offset: int) -> int:
        end = self._text.find("\n", offset)
        return end if end >= 0 else len(self._text)

    def _apart(self, items: Tree, after: int) -> bool:
        """Whether a blank line stands before the item at `after`, or behind it where it is the first."""
        above = max(after - 1, 0)
        return "\n\n" in self._text[self._end(items.children[above]) : self._start(items, above + 1)].replace(" ", "")

    def _behind(self, node: Node, column: int) -> int:
        """Where the last line of an item ends whose dash stands in this column: comments indented deeper belong to it."""
        place = at = self._line_end(self._end(node))
        while at < len(self._text):
            start, at = at + 1, self._line_end(at + 1)
            line = self._text[start:at]
            if line.strip() and not line.lstrip().startswith("#"):
                break
            if _spaces(line) > column and line.strip():
                place = at
        return place

    def _gives_way(self, path: Path) -> bool:
        """Whether empty brackets stand there, on the line of their key, that block style can replace."""
        node = self._node(path)
        if not isinstance(node, Tree) or node.children or not path or self._in_flow(path):
            return False
        key = self._tree(path[:-1]).keys.get(str(path[-1]))
        start, end = _begin(node), self._end(node)
        between = self._text[cast("yaml.Mark", key.end_mark).index : start] if key else ""
        return between.rstrip(" ") == ":" and "\n" not in self._text[start:end]

    def _filled(self, path: Path, lines: Iterable[str]) -> Splice:
        """Empty brackets give way to what comes in, in lines of its own; what stands behind them stays there."""
        key, tree = self._tree(path[:-1]).keys[str(path[-1])], self._tree(path)
        end = self._end(tree)
        line_end = self._line_end(end)
        start = len(self._text[: _begin(tree)].rstrip(" "))
        below = _below(line_end, lines, cast("yaml.Mark", key.start_mark).column + len(INDENT))
        return Splice(start, line_end, self._text[end:line_end] + below.text)

    def _into_flow(self, tree: Tree, text: str) -> Splice:
        if self._text[_begin(tree)] not in "{[":  # one key alone in a list in brackets: [by: 2023-02-20]
            raise NoPlaceError
        if tree.children:
            place = self._end(next(reversed(tree.children.values())))
            return Splice(place, place, f", {text}")
        place = cast("yaml.Mark", tree.event.end_mark).index
        return Splice(place, place, text + (" " if self._text.startswith("#", place) else ""))

    def _out_of_flow(self, above: Tree, before: str | int | None, place: str | int) -> Splice:
        start, end = self._start(above, place), self._end(above.children[place])
        gap = _GAP.match(self._text, end)
        comma = gap.end() if gap and self._text.startswith(",", gap.end()) else None
        if before is not None and not self._text[(last := self._end(above.children[before])) : start].strip(" ,"):
            return Splice(last, end, "")
        end = end if comma is None else comma + 1
        line, line_end = self._text.rfind("\n", 0, start) + 1, self._line_end(end)
        if not self._text[line:start].strip() and not re.sub(r"^[ \t]+#.*", "", self._text[end:line_end]).strip():
            return Splice(line, line_end + 1, "")  # it stands on lines of its own
        return Splice(start, end + _spaces(self._text[end:line_end]), "")


def _begin(node: Node) -> int:
    return cast("yaml.Mark", (node.event if isinstance(node, Tree) else node).start_mark).index


def _column(tree: Tree) -> int:
    return cast("yaml.Mark", tree.event.start_mark).column


def _spaces(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _keeps(head: str) -> bool:
    """Whether a block scalar that begins so keeps the empty lines at its end."""
    return "+" in head.split(" ", maxsplit=1)[0]


def _is_block_scalar(node: yaml.Event) -> TypeGuard[yaml.ScalarEvent]:
    return isinstance(node, yaml.ScalarEvent) and node.style in {"|", ">"}


def _below(place: int, lines: Iterable[str], column: int) -> Splice:
    """Lines that come in at the end of the line that ends here."""
    return Splice(place, place, "".join(f"\n{' ' * column}{line}".rstrip(" ") for line in lines))
