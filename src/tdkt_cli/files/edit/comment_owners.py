"""The owners of comments: the key, item or document that each comment belongs to and moves with.

A comment on a line of its own belongs to the key or item that follows; where it is indented deeper than that, or nothing follows, to
the end of the mapping or list whose column it keeps to. A comment behind something belongs to the key or item that stands there; where
there is no room for it, or one is there already, it goes above. What stands before the first key belongs to the file.

A suppression counts for its line, so a list or mapping in brackets on one line stays so when a suppression stands behind it.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from tdkt_cli.core.findings import Path
from tdkt_cli.files.comments import Comment, comments, suppression
from tdkt_cli.files.edit.canonical import Comments
from tdkt_cli.files.syntax_tree import Node, Tree, begin_of, column_of, end_of, first_event, is_flow


@dataclass(frozen=True, slots=True)
class _Place:
    """A key or item: its path, where its key or dash begins, at which column, and is over; its value, and where that begins and is over."""

    path: Path
    start: int
    column: int
    head_end: int
    node: Node
    value_start: int
    end: int


def placed(text: str, top: Node | None) -> Comments:
    """Return the comments of a text by their owners; none where the text is no mapping or list."""
    found = list(comments(text, top))
    return _Placing(text, top, found).comments if found and isinstance(top, Tree) else Comments()


class _Placing:
    def __init__(self, text: str, top: Tree, found: list[Comment]) -> None:
        self._text = text
        self._bare = _without(text, found)
        self._places = list(_places(self._bare, top, ()))
        self._starts = [place.start for place in self._places]
        self._by_path = {place.path: place for place in self._places}
        self._root = _Place((), 0, 0, 0, top, begin_of(top), end_of(top))
        self._behind: dict[Path, str] = {}
        self._flow: set[Path] = set()
        self._lines: defaultdict[str, defaultdict[Path, list[str]]] = defaultdict(lambda: defaultdict(list))
        self._last: tuple[int, tuple[str, Path]] | None = None  # where the last one is over, and what it belongs to
        for comment in found:
            self._place(comment)
        head, above, foot = (self._lines[kind] for kind in ("head", "above", "foot"))
        self.comments = Comments(head[()], above, self._behind, foot, frozenset(self._flow))

    def _place(self, comment: Comment) -> None:
        line = comment.start - comment.column
        code = self._bare[line : comment.start].rstrip()
        owner = self._owner(line + len(code) - 1) if code else None
        if owner and self._has_room(owner, comment):
            self._behind[owner.path] = comment.text
            return
        kind, path = ("above", owner.path) if owner else self._of_its_own(comment)
        lines = self._lines[kind][path]
        end = comment.start + len(comment.text)
        if self._last and self._last[1] == (kind, path) and self._is_blank_between(self._last[0], comment.start):
            lines.append("")
        lines.append(comment.text)
        self._last = (end, (kind, path))
        after = None if owner else self._following(comment.start)
        is_over_next = after and (kind == "head" or (kind, path) == ("above", after.path))
        if after and is_over_next and self._is_blank_between(end, after.start):
            lines.append("")

    def _owner(self, last: int) -> _Place | None:
        """What the character before a comment belongs to, None for marks of a document."""
        number = bisect_right(self._starts, last)
        if not number:
            return None
        place = self._places[number - 1]
        sign = self._bare[last]
        if last < place.head_end or (not isinstance(place.node, Tree) and place.value_start <= last < place.end):
            return place
        if sign in "]}":
            return next((own for own in self._around(place, last) if own.path and own.end == last + 1), None)
        if sign == ",":
            return self._by_path[place.path[: len(next(self._around(place, last)).path) + 1]]
        return place if last < place.end else None

    def _has_room(self, owner: _Place, comment: Comment) -> bool:
        if owner.path in self._behind:
            return False
        if not isinstance(owner.node, Tree) or not owner.node.children:
            return True
        on_one_line = is_flow(owner.node) and self._text.find("\n", owner.value_start, owner.end) < 0
        if on_one_line and owner.end < comment.start and suppression(comment.text):
            self._flow.add(owner.path)
            return True
        return isinstance(owner.path[-1], str)

    def _of_its_own(self, comment: Comment) -> tuple[str, Path]:
        """What a comment on a line of its own belongs to."""
        number = bisect_right(self._starts, comment.start)
        if not number:
            return "head", ()
        before, after = self._places[number - 1], self._following(comment.start)
        if before.value_start > comment.start and (is_flow(before.node) or not isinstance(before.node, Tree)):
            return "above", before.path
        around = next(self._around(before, comment.start), None)
        if around:
            if after and after.start < around.end:
                return "above", after.path
            return ("foot" if isinstance(around.node, Tree) and around.node.children else "above"), around.path
        ended = [
            before.path[:depth]
            for depth in range(len(before.path))
            if not (after and len(after.path) > depth and after.path[:depth] == before.path[:depth])
            and not is_flow(self._at(before.path[:depth]).node)
        ]
        goes_on = self._last and after and self._last[1] == ("above", after.path)
        if after and (goes_on or not ended or comment.column <= after.column):
            return "above", after.path
        if self._last and self._last[1][0] == "foot" and self._last[1][1] in ended:  # no deeper than the comment before
            ended = ended[: ended.index(self._last[1][1]) + 1]
        columns = {path: self._by_path[before.path[: len(path) + 1]].column for path in ended}
        fitting = [path for path in ended if columns[path] <= comment.column] or ended[:1]
        return "foot", max(fitting, key=lambda path: columns[path], default=())

    def _following(self, offset: int) -> _Place | None:
        number = bisect_right(self._starts, offset)
        return self._places[number] if number < len(self._places) else None

    def _around(self, place: _Place, offset: int) -> Iterator[_Place]:
        """The lists and mappings in brackets around an offset that lies in this place or behind it, innermost first."""
        return (own for own in self._above(place) if is_flow(own.node) and own.value_start <= offset < own.end)

    def _above(self, place: _Place) -> Iterator[_Place]:
        """A place and what it is in, innermost first."""
        return (self._at(place.path[:depth]) for depth in range(len(place.path), -1, -1))

    def _at(self, path: Path) -> _Place:
        return self._by_path[path] if path else self._root

    def _is_blank_between(self, start: int, end: int) -> bool:
        between = self._text[start:end]
        return not between.strip() and between.count("\n") > 1


def _without(text: str, found: list[Comment]) -> str:
    """Return the text with spaces in place of comments."""
    pieces, at = [], 0
    for comment in found:
        pieces += [text[at : comment.start], " " * len(comment.text)]
        at = comment.start + len(comment.text)
    return "".join((*pieces, text[at:]))


def _places(bare: str, tree: Tree, path: Path) -> Iterator[_Place]:
    """Return the places in a list or mapping, in the order of the text."""
    for step, node in tree.children.items():
        event = tree.keys[str(step)] if step in tree.keys else first_event(node)
        start, head_end = begin_of(event), end_of(event)
        if step not in tree.keys and is_flow(tree):
            head_end = start
        elif step not in tree.keys:
            event, start = tree.event, bare.rfind("-", 0, start)
            head_end = start + 1
        yield _Place((*path, step), start, column_of(event), head_end, node, begin_of(node), end_of(node))
        if isinstance(node, Tree):
            yield from _places(bare, node, (*path, step))
