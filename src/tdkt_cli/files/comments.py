"""Comments of a file, and suppressions among them: `# tdkt: ignore[TDKT301] reason` suppresses these rules on its line."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from tdkt_cli.core.findings import Span, Suppression
from tdkt_cli.files.marks import Node, offsets, scalars

_IGNORE = re.compile(r"#[ \t]*tdkt:[ \t]*ignore\b(?:\[([^\]\n]{0,200})\])?[ \t]*(.*)")
_HASH = re.compile(r"(?:^|(?<=[ \t]))#[ \t]*tdkt:", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment: its text from the `#` on, the offset of that, and its line and column, counted from 0."""

    text: str
    start: int
    line: int
    column: int


def comments(text: str, top: Node | None) -> Iterator[Comment]:
    """Return every comment of a text, without line ends; text inside scalars is no comment."""
    starts, ends = zip(*_texts(text, top), strict=True) if top is not None else ((), ())
    line = line_start = passed = 0
    for match in re.finditer("#", text):
        start = match.start()
        within = bisect_right(starts, start) - 1
        if start < passed or (within >= 0 and start < ends[within]):
            continue
        passed = _line_end(text, start)
        line += text.count("\n", line_start, start)
        line_start = text.rfind("\n", 0, start) + 1
        yield Comment(text[start:passed].rstrip(), start, line, start - line_start)


def suppressions(text: str, top: Node | None) -> Iterator[Suppression]:
    """Return the suppressions in comments; one without brackets names no rule."""
    for comment in comments(text, top) if _HASH.search(text) else ():
        if match := suppression(comment.text):
            rules = tuple(dict.fromkeys(rule.strip() for rule in (match[1] or "").split(",") if rule.strip()))
            line, column = comment.line + 1, comment.column + 1
            span = Span(line, column + match.start(), line, column + match.end())
            yield Suppression(rules, match[2].strip(), span)


def suppression(comment: str) -> re.Match[str] | None:
    """What suppresses in the text of a comment: its rules and its reason."""
    begin = _HASH.search(comment)
    return _IGNORE.match(comment, begin.start()) if begin else None


def _texts(text: str, top: Node) -> Iterator[tuple[int, int]]:
    """From where to where each scalar is text: of a block, that is all but the line of its mark."""
    for event in scalars(top):
        start, end = offsets(event)
        is_block = isinstance(event, yaml.ScalarEvent) and event.style in {"|", ">"}
        yield (_line_end(text, start) if is_block else start), end


def _line_end(text: str, offset: int) -> int:
    end = text.find("\n", offset)
    return end if end >= 0 else len(text)
