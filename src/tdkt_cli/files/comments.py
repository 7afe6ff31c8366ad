"""Comments that speak to tdkt: `# tdkt: ignore[TDKT301] reason` silences these rules on its line."""

import re
from collections.abc import Iterator
from itertools import islice

import yaml

from tdkt_cli.core.findings import Span, Suppression
from tdkt_cli.files.marks import Node, scalars, span_of

_IGNORE = re.compile(r"#[ \t]*tdkt:[ \t]*ignore\b(?:\[([^\]\n]{0,200})\])?[ \t]*(.*)")
_MOST = 20  # on one line
_HASH = re.compile(r"(?:^|(?<=[ \t]))#[ \t]*tdkt:")


def suppressions(lines: tuple[str, ...], top: Node | None) -> Iterator[Suppression]:
    """Every suppression in a comment; the same words inside a text are text. Without brackets it names no rule."""
    marked = [(number, line) for number, line in enumerate(lines, 1) if "tdkt:" in line and _HASH.search(line)]
    texts = _by_line(top) if marked else {}
    for number, line in marked:
        starts = (match.start() for match in islice(_HASH.finditer(line), _MOST))
        beside = texts.get(number, ())
        start = next((start for start in starts if not any(_inside(number, start + 1, text) for text in beside)), None)
        match = _IGNORE.match(line, start) if start is not None else None
        if match:
            rules = tuple(dict.fromkeys(rule.strip() for rule in (match[1] or "").split(",") if rule.strip()))
            yield Suppression(rules, match[2].strip(), Span(number, match.start() + 1, number, match.end() + 1))


def _by_line(top: Node | None) -> dict[int, list[yaml.ScalarEvent]]:
    """The quoted and block texts that a line belongs to."""
    texts: dict[int, list[yaml.ScalarEvent]] = {}
    for event in scalars(top):
        if isinstance(event, yaml.ScalarEvent) and event.style:
            span = span_of(event)
            for line in range(span.line, span.end_line + 1):
                texts.setdefault(line, []).append(event)
    return texts


def _inside(line: int, column: int, event: yaml.ScalarEvent) -> bool:
    span = span_of(event)
    if event.style in {"|", ">"}:  # a block scalar begins on the line after its mark
        return line > span.line and (line, column) < (span.end_line, span.end_column)
    return (span.line, span.column) <= (line, column) < (span.end_line, span.end_column)
