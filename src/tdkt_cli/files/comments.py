"""Comments that speak to tdkt: `# tdkt: ignore[TDKT301] reason` silences these rules on its line."""

import re
from collections.abc import Iterator

import yaml

from tdkt_cli.core.findings import Span, Suppression
from tdkt_cli.files.marks import Node, scalars, span_of

_IGNORE = re.compile(r"(?:^|(?<=[ \t]))#[ \t]*tdkt:[ \t]*ignore\[([^\]\n]{0,200})\][ \t]*(.*)")


def suppressions(lines: tuple[str, ...], top: Node | None) -> Iterator[Suppression]:
    """Every suppression in a comment; the same words inside a text are text."""
    found = [
        (number, match) for number, line in enumerate(lines, 1) if "tdkt:" in line and (match := _IGNORE.search(line))
    ]
    texts = [event for event in scalars(top) if isinstance(event, yaml.ScalarEvent) and event.style] if found else []
    for number, match in found:
        column = match.start() + 1
        if not any(_inside(number, column, event) for event in texts):
            rules = tuple(rule.strip() for rule in match[1].split(",") if rule.strip())
            yield Suppression(rules, match[2].strip(), Span(number, column, number, match.end() + 1))


def _inside(line: int, column: int, event: yaml.ScalarEvent) -> bool:
    span = span_of(event)
    if event.style in {"|", ">"}:  # a block scalar begins on the line after its mark
        return line > span.line and (line, column) < (span.end_line, span.end_column)
    return (span.line, span.column) <= (line, column) < (span.end_line, span.end_column)
