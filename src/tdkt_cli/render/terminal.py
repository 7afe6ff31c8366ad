"""Items on a terminal: a few lines each where it is narrow, columns where it is wide. Colour only underlines the words."""

from rich import box
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tdkt_cli.core.messages import msg
from tdkt_cli.render.language import Language
from tdkt_cli.render.view import Group, Row, View

WIDE = 132
# Dark orange and red are legible on white and on black.
_TONES = {
    "overdue": "bold red",
    "grace": "bold dark_orange3",
    "today": "bold dark_orange3",
    "week": "dark_orange3",
    "over": "green",
}
_DIM = "dim"


def show(view: View, language: Language) -> None:
    """Print a view on the terminal, with nothing read into its text."""
    console = Console(highlight=False, markup=False, emoji=False)
    if view.title:
        console.print(Text(view.title, "bold"))
    for group in view.groups:
        console.print()
        if group.heading:
            console.print(Text(group.heading, "bold"))
        console.print(_wide(group, language) if console.width >= WIDE else _narrow(group, console.width))
    if view.notes:
        console.print()
    for note in view.notes:
        console.print(Text(note))


def _narrow(group: Group, width: int) -> RenderableType:
    table = Table.grid(padding=(0, 2, 0, 0), expand=False)
    if width < 60:  # noqa: PLR2004 - too narrow for columns
        table.add_column(overflow="fold")
        for row in group.rows:
            table.add_row(Text.assemble(_lead(row), "\n", _body(row)))
    else:
        table.add_column(no_wrap=True)
        table.add_column(no_wrap=True, min_width=12)
        table.add_column(overflow="fold")
        for row in group.rows:
            table.add_row(Text(row.day), Text(row.distance, _TONES.get(row.tone, "")), _body(row))
    return Padding(table, (0, 0, 0, 2))


def _lead(row: Row) -> Text:
    return Text.assemble(row.day, "  ", (row.distance, _TONES.get(row.tone, "")))


def _body(row: Row) -> Text:
    lines = Text(row.body)
    lines.append(f"\n{row.who}" if row.who else "")
    lines.append(f"\n{row.when} · {row.ref}", _DIM)
    for extra in row.extra:
        lines.append(f"\n{extra}", _DIM)
    return lines


def _wide(group: Group, language: Language) -> RenderableType:
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1), header_style=_DIM, show_edge=False, pad_edge=False)
    headings = (msg("Last day"), msg("Time left"), msg("What"), msg("Who"), msg("When"), msg("Reference"))
    for heading, options in zip(headings, _COLUMNS, strict=True):
        table.add_column(language.say(heading), **options)  # type: ignore[arg-type]
    for row in group.rows:
        when = Text(row.when)
        for extra in row.extra:
            when.append(f"\n{extra}", _DIM)
        table.add_row(
            Text(row.day),
            Text(row.distance, _TONES.get(row.tone, "")),
            Text(row.body),
            Text(row.who),
            when,
            Text(row.ref, _DIM),
        )
    return Padding(table, (0, 0, 0, 2))


_COLUMNS: tuple[dict[str, object], ...] = (
    {"no_wrap": True},
    {"no_wrap": True, "min_width": 12},
    {"ratio": 4, "min_width": 40},
    {"ratio": 2, "min_width": 20},
    {"ratio": 2, "min_width": 20},
    {"overflow": "fold", "min_width": 22},
)
