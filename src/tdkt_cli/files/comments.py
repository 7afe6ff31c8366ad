"""Comments of a file, and suppressions among them: `# tdkt: ignore[TDKT301] reason` suppresses these rules on its line."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from tdkt_cli.core.findings import Span, Suppression
from tdkt_cli.files.syntax_tree import Node, begin_of, end_of, is_block_scalar, line_end, scalars

_IGNORE = re.compile(r"#[ \t]*tdkt:[ \t]*ignore\b(?:\[([^\]\n]{0,200})\])?[ \t]*(.*)")
_HASH = re.compile(r"(?:^|(?<=[ \t]))#[ \t]*tdkt:", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment: its text from the `#` on, the offset of the `#`, and its line and column, counted from 0."""

    text: str
    start: int
    line: int
    column: int


def comments(text: str, top: Node | None) -> Iterator[Comment]:
    """Return every comment of a text, without line ends; text inside scalars is no comment."""
    ranges = [_text_range(text, event) for event in scalars(top)]
    line = line_start = passed = 0
    for match in re.finditer("#", text):
        start = match.start()
        number = bisect_right(ranges, start, key=lambda each: each[0]) - 1
        if start < passed or (number >= 0 and start < ranges[number][1]):
            continue
        passed = line_end(text, start)
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
    """Match the suppression in the text of a comment: its rules and its reason."""
    hash_sign = _HASH.search(comment)
    return _IGNORE.match(comment, hash_sign.start()) if hash_sign else None


def _text_range(text: str, event: yaml.Event) -> tuple[int, int]:
    """Return the offsets between which a scalar is text; the line of the sign of a block scalar can have a comment."""
    return line_end(text, begin_of(event)) if is_block_scalar(event) else begin_of(event), end_of(event)
