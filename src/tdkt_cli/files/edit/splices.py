"""Changes of a YAML text that touch only the lines of what changes: keys and items put in and taken out, scalars replaced.

A place is an offset into the text as it was read (line ends are LF there), in code points. A change is a `Splice`; a file's own line
ends and byte order mark come back when splices are applied to its bytes. New keys and items are in block style inside block mappings
and lists, in flow style inside brackets. Comments stay where they are, except one inside or behind what is taken out.
"""

import codecs
import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import yaml

from tdkt_cli.core.findings import Path, Source, Span
from tdkt_cli.files.edit.dump import INDENT, Data, NoPlaceError, block, flow, flow_key, item
from tdkt_cli.files.parser import build
from tdkt_cli.files.syntax_tree import (
    Node,
    Tree,
    TreeMarks,
    begin_of,
    column_of,
    end_of,
    is_block_scalar,
    is_flow,
    last_part,
    line_end,
)

_GAP = re.compile(r"(?:[ \t\n]|#[^\n]*)*")  # what may stand between two items in brackets
_BLOCK_HEAD = re.compile(r"[|>][-+0-9]*( +#[^\n]*)?")


@dataclass(frozen=True, slots=True)
class Splice:
    """Replaces the characters from `start` up to `end` by `text`."""

    start: int
    end: int
    text: str


def spliced(data: bytes, splices: Iterable[Splice]) -> bytes:
    """Return the bytes of a file with these changes; texts for one place are inserted in the order given.

    No splice lies inside another. Two that overlap both delete only; what both delete goes once.
    """
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    raw = data.removeprefix(mark).decode()
    returns = [match.start() - number for number, match in enumerate(re.finditer("\r\n", raw))]
    pieces, at = [], 0
    for splice in sorted(splices, key=lambda one: (one.start, one.end)):
        start, end = (offset + bisect_left(returns, offset) for offset in (splice.start, splice.end))
        newline = _newline(raw, start) or ("\r\n" if returns else "\n")
        pieces += [raw[at : max(at, start)], splice.text.replace("\n", newline)]
        at = end
    return mark + "".join((*pieces, raw[at:])).encode()


def _newline(raw: str, offset: int) -> str:
    """Return how the line of an offset ends, or the line before it where it is the last; empty for the only line."""
    after = raw.find("\n", offset)
    place = after if after >= 0 else raw.rfind("\n", 0, offset)
    return "" if place < 0 else "\r\n" if raw[place - 1 : place] == "\r" else "\n"


@dataclass(frozen=True)
class Editor:
    """Makes the splices for changes of one file. Its methods raise NoPlaceError for a change that the text has no place for."""

    source: Source

    def put(self, path: Path, key: str, value: Data, *, first: bool = False) -> Splice:
        """Put a new key into the mapping at `path`, as its last or `first`."""
        if filled := self._filled(path, block(key, value)):
            return filled
        mapping = self._tree(path)
        following = next(iter(mapping.children), None) if first else None
        if is_flow(mapping):
            return self._into_flow(mapping, f"{flow_key(key)}: {flow(value)}", following)
        if following is None:
            return _below(line_end(self._text, self._end(mapping)), block(key, value), column_of(mapping))
        start = self._start(mapping, following)
        return Splice(start, start, "".join(f"{line}\n{' ' * column_of(mapping)}" for line in block(key, value)))

    def put_lines(self, path: Path, lines: Iterable[str]) -> Splice:
        """Put keys, as lines of YAML, into the mapping at `path`, behind its first text."""
        mapping = self._tree(path)
        text = next((child for child in mapping.children.values() if not isinstance(child, Tree)), None)
        if text is None or is_flow(mapping):
            raise NoPlaceError
        return _below(line_end(self._text, self._end(text)), lines, column_of(mapping))

    def takes_lines(self, path: Path) -> bool:
        """Whether lines can be put into the mapping at `path`; one in braces takes none."""
        try:
            self.put_lines(path, ())
        except NoPlaceError:
            return False
        return True

    def append(self, path: Path, value: Data, after: int | None = None) -> Splice:
        """Put a value into the list at `path`, behind the item at `after`, else as its last.

        A blank line comes before it if one separates the items there, and in a list at the top of the file that has only one item.
        """
        if filled := self._filled(path, item(value)):
            return filled
        items = self._tree(path)
        last = len(items.children) - 1
        after = last if after is None else after
        if is_flow(items):
            return self._into_flow(items, flow(value), after + 1 if after < last else None)
        is_apart = self._is_apart(items, after) if last else len(path) == 1
        place = self._item_end(items.children[after], column_of(items))
        return _below(place, [*([""] if is_apart else []), *item(value)], column_of(items))

    def drop(self, path: Path) -> Splice:
        """Take the key or item at `path` out, with a comment behind it; the only one of a mapping or list has to stay."""
        above, key = self._tree(path[:-1]), path[-1]
        places = list(above.children)
        if len(places) == 1:
            raise NoPlaceError
        at = places.index(key)
        before = above.children[places[at - 1]] if at else None
        following = self._start(above, places[at + 1]) if at + 1 < len(places) else None
        if is_flow(above):
            return self._out_of_flow(above, before, key)
        start, end = self._start(above, key), self._end(above.children[key])
        line, behind = self._text.rfind("\n", 0, start) + 1, line_end(self._text, end) + 1
        if self._text[line:start].strip(" "):  # a key behind “- ”
            if following is None:
                raise NoPlaceError
            if not self._text[behind:following].strip():
                return Splice(start, following, "")
            return Splice(len(self._text[:start].rstrip(" ")), behind - 1, "")
        if before and following is None and isinstance(key, int):  # with the blank line that separates the last item
            line -= self._text[line_end(self._text, self._end(before)) : line] == "\n\n"
        if behind > len(self._text):  # without a line end
            return Splice(line if self._text[:line].endswith("\n\n") else line - 1, len(self._text), "")
        return Splice(line, *self._lines_below(before, behind, column_of(above)))

    def replace(self, path: Path, value: str) -> Splice:
        """Give the scalar at `path` another value; a comment behind the sign of a block scalar stays."""
        node = self._node(path)
        if isinstance(node, Tree):
            raise NoPlaceError
        head = _BLOCK_HEAD.match(self._text, begin_of(node))
        comment = head[1] or "" if head else ""
        return Splice(begin_of(node), self._end(node), (flow(value) if self._is_in_flow(path) else value) + comment)

    def reword(self, path: Path, old: str, new: str) -> Splice:
        """Replace words of the scalar at `path`, in whatever style it is.

        They have to stand there once, and the new ones have to fit the style.
        """
        node = self._node(path)
        if not isinstance(node, yaml.ScalarEvent):
            raise NoPlaceError
        start, end = begin_of(node), self._end(node)
        if self._text.count(old, start, end) != 1:
            raise NoPlaceError
        place = self._text.index(old, start)
        behind = place + len(old)
        if not is_block_scalar(node):
            written = self._text[start:place] + new + self._text[behind:end]
            read = build(f"[{written}]" if self._is_in_flow(path) else f"- {written}").data
            if read != [node.value.replace(old, new)]:
                raise NoPlaceError
        return Splice(place, behind, new)

    def recomment(self, span: Span, text: str) -> Splice:
        """Replace a comment, or the end of one; an empty text removes it, and its line where nothing else stands there."""
        line = self._line_begins[span.line - 1]
        start, end = line + span.column - 1, line + span.end_column - 1
        if text:
            return Splice(start, end, text)
        start = line + len(self._text[line:start].rstrip())
        end = line_end(self._text, end)
        if start > line:
            return Splice(start, end, "")
        return Splice(line, end + 1, "") if end < len(self._text) else Splice(max(line - 1, 0), end, "")

    @cached_property
    def _text(self) -> str:
        return "\n".join(self.source.lines)

    @cached_property
    def _line_begins(self) -> list[int]:
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

    def _is_in_flow(self, path: Path) -> bool:
        return bool(path) and is_flow(self._tree(path[:-1]))

    def _start(self, above: Tree, place: str | int) -> int:
        """Return where a key begins, with a “?” before it, or the dash of an item in block style."""
        if isinstance(place, str):
            start = begin_of(above.keys[place])
            before = self._text[:start].rstrip(" ")
            return len(before) - 1 if before.endswith("?") and not before.endswith("-?") else start
        start = begin_of(above.children[place])
        return start if is_flow(above) else self._dash(start, column_of(above))

    def _dash(self, start: int, dash_column: int) -> int:
        """Return where the dash of an item is whose value begins at `start`; only comments and empty lines stand between."""
        while start >= 0:
            line = self._text.rfind("\n", 0, start) + 1
            if self._text[line : line + dash_column + 1].strip(" ") == "-":
                return line + dash_column
            between = self._text[line:start].strip(" ?")
            if between and not between.startswith("#"):
                break
            start = line - 1
        raise NoPlaceError

    def _end(self, node: Node) -> int:
        """Return the offset behind the last character of a value; the event of a block scalar ends where the next thing begins."""
        last = last_part(node)
        if not is_block_scalar(last):
            return end_of(last)
        lines = self._text[begin_of(last) : end_of(last)].split("\n")
        least = len(lines) - 1 if _keeps(lines[0]) else 1
        indent = self._block_indent(last)
        while len(lines) > least and not lines[-1].strip(" ") and len(lines[-1]) <= indent:
            lines.pop()
        return begin_of(last) + len("\n".join(lines))

    def _block_indent(self, node: yaml.ScalarEvent) -> int:
        """Return how many spaces stand before each line of a block scalar that are not part of its text."""
        written = self._text[begin_of(node) : end_of(node)].split("\n")[1:]
        return _first_spaces(written) - _first_spaces(node.value.split("\n"))

    def _lines_below(self, before: Node | None, start: int, indent: int) -> tuple[int, str]:
        """Return up to where the lines from `start` on are rewritten, and how, when nothing separates them from the value `before` them.

        Empty lines and indented comments would become part of a block scalar: such a comment is indented by `indent` instead.
        """
        last = last_part(before) if before else None
        if last is None or not is_block_scalar(last):
            return start, ""
        least, keeps = self._block_indent(last), _keeps(self._text[begin_of(last) :].split("\n", 1)[0])
        rest = ""
        while start < len(self._text):
            end = line_end(self._text, start)
            line = self._text[start:end]
            words = line.strip(" ")
            if words and (not words.startswith("#") or _spaces(line) < least):
                break
            start = min(end + 1, len(self._text))
            if words:
                return start, f"{rest}{' ' * indent}{words}" + self._text[end:start]
            rest += "" if keeps or len(line) > least else line + self._text[end:start]
        return start, rest

    def _is_apart(self, items: Tree, after: int) -> bool:
        """Whether a blank line stands before the item at `after`, or behind it where it is the first."""
        above = max(after - 1, 0)
        return "\n\n" in self._text[self._end(items.children[above]) : self._start(items, above + 1)].replace(" ", "")

    def _item_end(self, node: Node, dash_column: int) -> int:
        """Return where the last line of an item ends; comments below that are indented deeper than its dash belong to it."""
        place = at = line_end(self._text, self._end(node))
        while at < len(self._text):
            start, at = at + 1, line_end(self._text, at + 1)
            line = self._text[start:at]
            if line.strip() and not line.lstrip().startswith("#"):
                break
            if _spaces(line) > dash_column and line.strip():
                place = at
        return place

    def _filled(self, path: Path, lines: Iterable[str]) -> Splice | None:
        """Return what puts lines in place of empty brackets behind a key, None where there are none; a comment behind them stays."""
        node = self._node(path)
        if not isinstance(node, Tree) or node.children or not path or self._is_in_flow(path):
            return None
        key = self._tree(path[:-1]).keys.get(str(path[-1]))
        end = end_of(node)
        if key is None or not re.fullmatch(r": *[\[{][^\n]*", self._text[end_of(key) : end]):
            return None
        below = _below(line_end(self._text, end), lines, column_of(key) + len(INDENT))
        return Splice(end_of(key) + 1, below.end, self._text[end : below.end] + below.text)

    def _into_flow(self, tree: Tree, text: str, following: str | int | None) -> Splice:
        """Return what puts text into a list or mapping in brackets, before what is `following` or at the end."""
        if self._text[begin_of(tree)] not in "{[":  # one key alone in a list in brackets: [by: 2023-02-20]
            raise NoPlaceError
        if following is not None:
            place = self._start(tree, following)
            return Splice(place, place, f"{text}, ")
        if tree.children:
            place = self._end(next(reversed(tree.children.values())))
            return Splice(place, place, f", {text}")
        place = end_of(tree.event)
        return Splice(place, place, text + (" " if self._text.startswith("#", place) else ""))

    def _out_of_flow(self, above: Tree, before: Node | None, place: str | int) -> Splice:
        start, end = self._start(above, place), self._end(above.children[place])
        gap = _GAP.match(self._text, end)
        comma = gap.end() if gap and self._text.startswith(",", gap.end()) else None
        if before and not self._text[(last := self._end(before)) : start].strip(" ,"):
            return Splice(last, end, "")
        end = end if comma is None else comma + 1
        line, behind = self._text.rfind("\n", 0, start) + 1, line_end(self._text, end)
        if not self._text[line:start].strip() and not re.sub(r"^[ \t]+#.*", "", self._text[end:behind]).strip():
            return Splice(line, behind + 1, "")  # it has lines of its own
        return Splice(start, end + _spaces(self._text[end:behind]), "")


def _spaces(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _first_spaces(lines: Iterable[str]) -> int:
    return next((_spaces(line) for line in lines if line.strip(" ")), 0)


def _keeps(head: str) -> bool:
    """Whether a block scalar with this first line keeps the empty lines at its end."""
    return "+" in head.split(" ", maxsplit=1)[0]


def _below(place: int, lines: Iterable[str], indent: int) -> Splice:
    """Return what inserts lines below the line that ends here."""
    return Splice(place, place, "".join(f"\n{' ' * indent}{line}".rstrip(" ") for line in lines))
