"""Where the keys and values of a file stand: the parser's events, kept in the shape of the data.

Spans are worked out only when somebody asks for one, since most files have nothing to be said about.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

import yaml

from tdkt_cli.core.findings import TOP, Path, Span


class Tree:
    """A mapping or list: the events that begin and end it, the events of its keys, and what is in it by key or index."""

    __slots__ = ("children", "end", "event", "keys")

    def __init__(self, event: yaml.Event) -> None:
        """Begin with nothing in it."""
        self.event = event
        self.end: yaml.Event | None = None
        self.keys: dict[str, yaml.Event] = {}
        self.children: dict[str | int, Node] = {}


Node = Tree | yaml.Event  # a scalar is its own event


def span_of(node: Node) -> Span:
    """The span of a value, or of the event that begins it."""
    event = node.event if isinstance(node, Tree) else node
    start, end = cast("yaml.Mark", event.start_mark), cast("yaml.Mark", event.end_mark)
    return Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def offsets(event: yaml.Event) -> tuple[int, int]:
    """Where an event begins and where it is over, in the text."""
    return cast("yaml.Mark", event.start_mark).index, cast("yaml.Mark", event.end_mark).index


def is_flow(node: Node) -> bool:
    """Whether a value is a list or mapping in brackets."""
    return isinstance(node, Tree) and bool(getattr(node.event, "flow_style", False))


def scalars(node: Node | None) -> Iterator[yaml.Event]:
    """The event of every scalar, keys too, in order."""
    if isinstance(node, Tree):
        for place, child in node.children.items():
            if place in node.keys:
                yield node.keys[str(place)]
            yield from scalars(child)
    elif node is not None:
        yield node


@dataclass(frozen=True, slots=True)
class TreeMarks:
    """`core.findings.Marks` over the top of a file, None where there is nothing in it."""

    top: Node | None

    def key(self, path: Path) -> Span:
        """The span of the key or list item at `path`, else of the nearest thing above it."""
        node, above = self._walk(path)
        key = above.keys.get(str(path[-1])) if above and path else None
        return _on_one_line(key or node)

    def value(self, path: Path) -> Span:
        """The span of the value at `path`, else of the nearest thing above it."""
        return _on_one_line(self._walk(path)[0])

    def node(self, path: Path) -> Node | None:
        """What stands at exactly this path."""
        node = self.top
        for step in path:
            node = node.children.get(step) if isinstance(node, Tree) else None
        return node

    def _walk(self, path: Path) -> tuple[Node | None, Tree | None]:
        """The value at a path, or the last one on the way to it, with the mapping or list that it was looked for in."""
        node, above = self.top, None
        for step in path:
            if not isinstance(node, Tree):
                return node, None
            above = node
            if step not in node.children:
                return node, above
            node = node.children[step]
        return node, above


def _on_one_line(node: Node | None) -> Span:
    """The span, cut to one character where it would run over several lines."""
    if node is None:
        return TOP
    span = span_of(node)
    return span if span.end_line == span.line else Span(span.line, span.column, span.line, span.column + 1)
