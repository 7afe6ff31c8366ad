"""Changes of a YAML text that touch only the lines of what changes: keys and items put in and taken out, scalars replaced.

A place is an offset into the text as it was read (line ends are LF there). A change is a `Splice`; a file's own line ends and byte
order mark come back when splices are applied to its bytes. What is put in is written in block style inside block mappings and in
flow style inside flow mappings; comments stay where they are, but for one behind a value that is taken out.
"""

import codecs
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import cast

import yaml

from tdkt_cli.core.findings import Path, Source
from tdkt_cli.files.marks import Node, Tree, TreeMarks

Data = str | Mapping[str, "Data"] | Sequence["Data"]  # a str is a scalar as YAML writes it
_INDENT = "  "
_FLOW_SIGNS = re.compile(r"[,\[\]{}]")


class NoPlaceError(ValueError):
    """There is no place for a change, because of how the file is written."""


@dataclass(frozen=True, slots=True, order=True)
class Splice:
    """The characters from `start` up to `end` give way to `text`."""

    start: int
    end: int
    text: str


def spliced(data: bytes, splices: Iterable[Splice]) -> bytes:
    """The bytes of a file with these changes, which do not overlap."""
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    raw = data.removeprefix(mark).decode()
    ends = "\r\n" if "\r\n" in raw else "\n"
    pieces, at = [], 0
    for splice in sorted(splices):
        start, end = _raw(raw, splice.start), _raw(raw, splice.end)
        pieces += [raw[at:start], splice.text.replace("\n", _line_end(raw, start) or ends)]
        at = end
    return mark + "".join((*pieces, raw[at:])).encode()


def _raw(raw: str, offset: int) -> int:
    """An offset into a text whose line ends are LF, as an offset into the text as it stands in the file."""
    passed = 0
    for end in re.finditer("\r\n", raw):
        if end.start() - passed >= offset:
            break
        passed += 1
    return offset + passed


def _line_end(raw: str, offset: int) -> str:
    """How the line ends in which an offset lies, or the one before it where it is the last."""
    after = raw.find("\n", offset)
    place = after if after >= 0 else raw.rfind("\n", 0, offset)
    return "" if place < 0 else "\r\n" if raw[place - 1 : place] == "\r" else "\n"


@dataclass(frozen=True)
class Editor:
    """Finds the places of changes in one file."""

    source: Source

    def put(self, path: Path, key: str, value: Data) -> Splice:
        """Put a key that is not there into the mapping at `path`, as its last. Raises NoPlaceError."""
        mapping = self._tree(path)
        if _is_flow(mapping):
            return self._into_flow(mapping, f"{key}: {_flow(value)}")
        first = cast("yaml.Mark", next(iter(mapping.keys.values())).start_mark)
        return self._below(mapping, list(block(key, value)), first.column)

    def append(self, path: Path, value: Data) -> Splice:
        """Put a value into the list at `path`, as its last. Raises NoPlaceError."""
        items = self._tree(path)
        if _is_flow(items):
            return self._into_flow(items, _flow(value))
        return self._below(items, list(_item(value)), cast("yaml.Mark", items.event.start_mark).column)

    def drop(self, path: Path) -> Splice:
        """Take the key or item at `path` out, with a comment behind it. Raises NoPlaceError for the last one of its kind."""
        above, key = self._tree(path[:-1]), path[-1]
        places = list(above.children)
        if len(places) == 1:
            raise NoPlaceError
        at = places.index(key)
        starts = [self._start(above, place) for place in places]
        end = self._end(above.children[key])
        if _is_flow(above):
            if at + 1 < len(places):
                return Splice(starts[at], starts[at + 1], "")
            return Splice(self._end(above.children[places[at - 1]]), end, "")
        line = self._text.rfind("\n", 0, starts[at]) + 1
        behind = self._line_end(end) + 1
        if not self._text[line : starts[at]].strip(" "):
            before = line - 1 if behind > len(self._text) and line else line  # the last line of a file that has no end
            return Splice(before, min(behind, len(self._text)), "")
        if at + 1 == len(places) or self._text[behind : starts[at + 1]].strip():
            raise NoPlaceError  # a comment stands between a key behind “- ” and the next one
        return Splice(starts[at], starts[at + 1], "")

    def replace(self, path: Path, value: str) -> Splice:
        """Give the scalar at `path` another value."""
        node = self._node(path)
        if isinstance(node, Tree):
            raise NoPlaceError
        written = value if not self._in_flow(path) else _flow(value)
        return Splice(self._offset(cast("yaml.Mark", node.start_mark)), self._end(node), written)

    @cached_property
    def _text(self) -> str:
        return "\n".join(self.source.lines)

    def _node(self, path: Path) -> Node:
        marks = self.source.marks
        node = marks.node(path) if isinstance(marks, TreeMarks) else None
        if node is None:
            raise NoPlaceError
        return node

    def _tree(self, path: Path) -> Tree:
        node = self._node(path)
        if not isinstance(node, Tree) or not node.children:
            raise NoPlaceError
        return node

    def _in_flow(self, path: Path) -> bool:
        return any(_is_flow(self._tree(path[:depth])) for depth in range(len(path)))

    def _offset(self, mark: yaml.Mark) -> int:
        lines = self.source.lines
        return sum(len(line) + 1 for line in lines[: mark.line]) + mark.column

    def _start(self, above: Tree, place: str | int) -> int:
        """Where a key begins, or the dash of an item."""
        if isinstance(place, str):
            return self._offset(cast("yaml.Mark", above.keys[place].start_mark))
        child = above.children[place]
        event = child.event if isinstance(child, Tree) else child
        start = self._offset(cast("yaml.Mark", event.start_mark))
        return start if _is_flow(above) else self._text.rfind("-", 0, start)

    def _end(self, node: Node) -> int:
        """Where the last character of a value is over."""
        if isinstance(node, Tree):
            if _is_flow(node) or not node.children:
                return self._offset(cast("yaml.Mark", node.end.end_mark)) if node.end else len(self._text)
            return max(self._end(child) for child in node.children.values())
        end = self._offset(cast("yaml.Mark", node.end_mark))
        if getattr(node, "style", None) in {"|", ">"}:  # it ends where the next thing begins
            return (
                len(self._text[:end].rstrip("\n "))
                if not self._keeps(node)
                else len(self._text[:end].rstrip(" ").removesuffix("\n"))
            )
        return end

    def _keeps(self, node: yaml.Event) -> bool:
        """Whether a block scalar keeps the empty lines at its end."""
        mark = cast("yaml.Mark", node.start_mark)
        return "+" in self.source.lines[mark.line][mark.column :].split(" ")[0]

    def _line_end(self, offset: int) -> int:
        end = self._text.find("\n", offset)
        return end if end >= 0 else len(self._text)

    def _below(self, tree: Tree, lines: list[str], column: int) -> Splice:
        place = self._line_end(self._end(tree))
        return Splice(place, place, "".join(f"\n{' ' * column}{line}" for line in lines))

    def _into_flow(self, tree: Tree, text: str) -> Splice:
        place = self._end(list(tree.children.values())[-1])
        return Splice(place, place, f", {text}")


def _is_flow(tree: Tree) -> bool:
    return bool(getattr(tree.event, "flow_style", False))


def block(key: str, value: Data) -> Iterator[str]:
    """The lines of a key with its value, in block style."""
    if isinstance(value, str):
        yield f"{key}: {value}"
        return
    yield f"{key}:"
    lines = _lines(value)
    yield from (f"{_INDENT}{line}" for line in lines)


def _lines(value: Mapping[str, Data] | Sequence[Data]) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from block(key, inner)
    else:
        for inner in value:
            yield from _item(inner)


def _item(value: Data) -> Iterator[str]:
    """The lines of an item of a list, in block style."""
    lines = [value] if isinstance(value, str) else list(_lines(value))
    yield from (f"{'- ' if not number else _INDENT}{line}" for number, line in enumerate(lines))


def _flow(value: Data) -> str:
    if isinstance(value, str):
        plain = not value.startswith('"') and _FLOW_SIGNS.search(value)
        return json.dumps(value, ensure_ascii=False) if plain else value
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key}: {_flow(inner)}' for key, inner in value.items())}}}"
    return f"[{', '.join(map(_flow, value))}]"
