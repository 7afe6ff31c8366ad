"""Items as plain lines, one each, for pipes and for lists longer than a screen."""

from collections.abc import Iterator

from tdkt_cli.core.text import width
from tdkt_cli.render.view import Row, View


def plain(view: View) -> Iterator[str]:
    """A view line by line: headings, one line for each row, closing lines."""
    rows = [row for group in view.groups for row in group.rows]
    widths = [max((width(cell) for cell in column), default=0) for column in zip(*map(_cells, rows), strict=True)]
    if view.title:
        yield view.title
    for index, group in enumerate(view.groups):
        if group.heading:
            yield from ("",) if index or view.title else ()
            yield group.heading
        for row in group.rows:
            cells = (cell + " " * (space - width(cell)) for cell, space in zip(_cells(row), widths, strict=True))
            act = f"{row.who}: {row.act}" if row.who else row.act
            yield "  ".join((*cells, " · ".join((act, *((row.when,) if row.timed else ()), *row.extra))))
    if view.notes and (view.title or rows):
        yield ""
    yield from view.notes


def _cells(row: Row) -> tuple[str, ...]:
    return row.day, row.distance, row.ref
