"""A view as plain lines, one for each row: for pipes, and for lists longer than a screen."""

from collections.abc import Iterator

from tdkt_cli.core.text import width
from tdkt_cli.render.layout import padded
from tdkt_cli.render.view import Row, View


def plain_lines(view: View) -> Iterator[str]:
    """Yield the view line by line: headings, one line for each row, closing lines."""
    rows = [row for group in view.groups for row in group.rows]
    widths = [max(map(width, column)) for column in zip(*map(_cells, rows), strict=True)]
    if view.title:
        yield view.title
    for index, group in enumerate(view.groups):
        if group.heading:
            yield from ("",) if index or view.title else ()
            yield group.heading
        for row in group.rows:
            act = f"{row.who}: {row.act}" if row.who else row.act
            details = " · ".join((act, *((row.when,) if row.timed else ()), *row.extra))
            yield "  ".join((*map(padded, _cells(row), widths), details))
    if view.notes and (view.title or rows):
        yield ""
    yield from view.notes


def _cells(row: Row) -> tuple[str, ...]:
    return row.day, row.distance, row.ref
