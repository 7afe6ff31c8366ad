"""The syntax tree of a YAML file: the events of the parser, in the shape of the data, with the position of every key and value.

Offsets, lines and columns of the parser count characters from 0, spans from 1. A span is made only when somebody asks for one, since most
files have no findings.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeGuard, cast

import yaml

from tdkt_cli.core.findings import TOP, Path, Span


class Tree:
    """A mapping or list: its first and last event, the events of its keys, and its values by key or index."""

    __slots__ = ("children", "end", "event", "keys")

    def __init__(self, event: yaml.Event) -> None:
        """Begin an empty one; the parser sets `end` when it gets there."""
        self.event = self.end = event
        self.keys: dict[str, yaml.Event] = {}
        self.children: dict[str | int, Node] = {}


Node = Tree | yaml.Event  # a scalar is its own event


def first_event(node: Node) -> yaml.Event:
    """Return the event that begins a value."""
    return node.event if isinstance(node, Tree) else node


def last_part(node: Node) -> Node:
    """Return the scalar, or the list or mapping in brackets, with which a value ends."""
    while isinstance(node, Tree) and node.children and not is_flow(node):
        node = next(reversed(node.children.values()))
    return node


def span_of(node: Node) -> Span:
    """Return the span of the event that begins a value."""
    event = first_event(node)
    start, end = cast("yaml.Mark", event.start_mark), cast("yaml.Mark", event.end_mark)
    return Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def begin_of(node: Node) -> int:
    """Return the offset at which a value begins."""
    return cast("yaml.Mark", first_event(node).start_mark).index


def column_of(node: Node) -> int:
    """Return the column in which a value begins."""
    return cast("yaml.Mark", first_event(node).start_mark).column


def end_of(node: Node) -> int:
    """Return the offset behind a value or event; behind a block scalar, where the next event begins."""
    last = last_part(node)
    return cast("yaml.Mark", (last.end if isinstance(last, Tree) else last).end_mark).index


def is_flow(node: Node) -> bool:
    """Whether a value is a list or mapping in brackets."""
    return isinstance(node, Tree) and bool(getattr(node.event, "flow_style", False))


def is_block_scalar(node: Node) -> TypeGuard[yaml.ScalarEvent]:
    """Whether a value is a text in lines of its own, below `|` or `>`."""
    return isinstance(node, yaml.ScalarEvent) and node.style in {"|", ">"}


def line_end(text: str, offset: int) -> int:
    """Return the offset at which the line of an offset ends."""
    end = text.find("\n", offset)
    return end if end >= 0 else len(text)


def scalars(node: Node | None) -> Iterator[yaml.Event]:
    """Yield the event of every scalar, keys included, in order."""
    if isinstance(node, Tree):
        for place, child in node.children.items():
            if place in node.keys:
                yield node.keys[str(place)]
            yield from scalars(child)
    elif node is not None:
        yield node


@dataclass(frozen=True, slots=True)
class TreeMarks:
    """`core.findings.Marks` for the value at the top of a file, which is None in an empty file."""

    top: Node | None

    def key(self, path: Path) -> Span:
        """Return the span of the key or list item at `path`, else of the nearest value above it."""
        above = self.node(path[:-1])
        key = above.keys.get(str(path[-1])) if path and isinstance(above, Tree) else None
        return _on_one_line(key) if key else self.value(path)

    def value(self, path: Path) -> Span:
        """Return the span of the value at `path`, else of the nearest value above it."""
        node = self.top
        for step in path:
            if not isinstance(node, Tree) or step not in node.children:
                break
            node = node.children[step]
        return _on_one_line(node)

    def node(self, path: Path) -> Node | None:
        """Return the value at exactly this path."""
        node = self.top
        for step in path:
            node = node.children.get(step) if isinstance(node, Tree) else None
        return node


def _on_one_line(node: Node | None) -> Span:
    """Return the span, cut to one character where it would cover several lines."""
    if node is None:
        return TOP
    span = span_of(node)
    return span if span.end_line == span.line else Span(span.line, span.column, span.line, span.column + 1)
