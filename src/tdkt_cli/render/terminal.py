"""Items on a terminal: a block of lines each where it is narrow, a row of columns where it is wide.

Colour only underlines what the words say. Red and dark orange are legible on white and on black.
"""

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tdkt_cli.core.messages import msg
from tdkt_cli.render.language import Language
from tdkt_cli.render.view import Group, Row, View

WIDE = 132
_TWO_COLUMNS = 56  # narrower than this, everything goes below each other
_REFERENCE = 40
_ORANGE = "bold dark_orange3"
_TONES = {"overdue": "bold red", "grace": _ORANGE, "today": _ORANGE, "week": "dark_orange3", "over": "green"}
_HEADINGS = (msg("Last day"), msg("Time left"), msg("What"), msg("Who"), msg("When"), msg("Reference"))


def show(view: View, language: Language) -> None:
    """Print a view on the terminal, with nothing read into its text."""
    console = Console(highlight=False, markup=False, emoji=False)
    room = min(_REFERENCE, max((len(row.ref) for group in view.groups for row in group.rows), default=0))
    if view.title:
        console.print(Text(view.title, "bold"))
    for index, group in enumerate(view.groups):
        if index or view.title:
            console.print()
        if group.heading:
            console.print(Text(group.heading, "bold underline"))
        if console.width >= WIDE:
            console.print(_wide(group, language, room, headings=index == 0))
        else:
            console.print(_narrow(group, console.width))
    if view.notes:
        console.print()
    for note in view.notes:
        console.print(Text(note))


def _narrow(group: Group, width: int) -> RenderableType:
    table = Table.grid(padding=(0, 2, 0, 0))
    if width < _TWO_COLUMNS:
        table.add_column(overflow="fold")
        for index, row in enumerate(group.rows):
            if index:
                table.add_row()
            table.add_row(_near(row).append("\n").append_text(_body(row)))
        return table
    table.add_column(no_wrap=True, min_width=13)
    table.add_column(overflow="fold")
    for index, row in enumerate(group.rows):
        if index:
            table.add_row()
        table.add_row(_near(row), _body(row))
    return Padding(table, (0, 0, 0, 2))


def _near(row: Row) -> Text:
    return Text.assemble(row.day, "\n", (row.distance, _TONES.get(row.tone, "")))


def _body(row: Row) -> Text:
    lines = _act(row)
    lines.append(f"\n{row.who}" if row.who else "")
    for line in (f"{row.when} · {row.ref}", *row.extra):
        lines.append(f"\n{line}", "dim")
    return lines


def _act(row: Row) -> Text:
    """What is to be done, the milestone's own act standing out before its task."""
    return Text.assemble((row.what, "bold"), f" – {row.title}") if row.what else Text.assemble((row.title, "bold"))


def _wide(group: Group, language: Language, room: int, *, headings: bool) -> RenderableType:
    table = Table(box=None, show_header=headings, header_style="dim", padding=(0, 2, 0, 0), pad_edge=False, expand=True)
    said = [language.say(heading) for heading in _HEADINGS]
    table.add_column(said[0], no_wrap=True, width=13)
    table.add_column(said[1], width=17, overflow="fold")
    table.add_column(said[2], ratio=5, overflow="fold")
    table.add_column(said[3], ratio=3, overflow="fold")
    table.add_column(said[4], width=34, overflow="fold")
    table.add_column(said[5], width=room, overflow="fold")
    for row in group.rows:
        when = Text(row.when)
        for extra in row.extra:
            when.append(f"\n{extra}", "dim")
        near = Text(row.distance, _TONES.get(row.tone, ""))
        table.add_row(row.day, near, _act(row), Text(row.who), when, Text(row.ref, "dim"))
    return Padding(table, (0, 0, 0, 2))
