"""A view on a terminal, laid out by rich: a block of lines for each item where it is narrow, a row of columns where it is wide.

Colour only repeats what the words say. Red and dark orange are legible on white and on black.
"""

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tdkt_cli.core.messages import msg
from tdkt_cli.render.language import Language
from tdkt_cli.render.view import Group, Row, View

WIDE = 132
_TWO_COLUMNS = 56  # on a narrower terminal, everything stands in one column
_MOST_REFERENCE = 40
_ORANGE = "bold dark_orange3"
_TONES = {"overdue": "bold red", "grace": _ORANGE, "today": _ORANGE, "week": "dark_orange3", "over": "green"}


def show(view: View, language: Language) -> None:
    """Print a view on the terminal; nothing in its text is taken for markup."""
    console = Console(highlight=False, markup=False, emoji=False)
    reference = min(_MOST_REFERENCE, max((len(row.ref) for group in view.groups for row in group.rows), default=0))
    if view.title:
        console.print(Text(view.title, "bold"))
    for index, group in enumerate(view.groups):
        if index or view.title:
            console.print()
        if group.heading:
            console.print(Text(group.heading, "bold underline"))
        if console.width >= WIDE:
            console.print(_columns(group, language, reference, headings=index == 0))
        else:
            console.print(_blocks(group, console.width))
    if view.notes:
        console.print()
    for note in view.notes:
        console.print(Text(note))


def _blocks(group: Group, width: int) -> RenderableType:
    table = Table.grid(padding=(0, 2, 0, 0))
    beside = width >= _TWO_COLUMNS
    if beside:
        table.add_column(no_wrap=True, min_width=13)
    table.add_column(overflow="fold")
    for index, row in enumerate(group.rows):
        if index:
            table.add_row()
        cells = Text.assemble(row.day, "\n", _distance(row)), _body(row)
        table.add_row(*(cells if beside else [Text("\n").join(cells)]))
    return Padding(table, (0, 0, 0, 2)) if beside else table


def _distance(row: Row) -> Text:
    return Text(row.distance, _TONES.get(row.tone, ""))


def _body(row: Row) -> Text:
    lines = _act(row)
    lines.append(f"\n{row.who}" if row.who else "")
    for line in (f"{row.when} · {row.ref}", *row.extra):
        lines.append(f"\n{line}", "dim")
    return lines


def _act(row: Row) -> Text:
    """Return what is to be done; the milestone's own act stands out before its task."""
    return Text.assemble((row.what, "bold"), f" – {row.title}") if row.what else Text.assemble((row.title, "bold"))


def _columns(group: Group, language: Language, reference: int, *, headings: bool) -> RenderableType:
    table = Table(box=None, show_header=headings, header_style="dim", padding=(0, 2, 0, 0), pad_edge=False, expand=True)
    say = language.say
    table.add_column(say(msg("Last day")), no_wrap=True, width=13)
    table.add_column(say(msg("Time left")), width=17, overflow="fold")
    table.add_column(say(msg("What")), ratio=5, overflow="fold")
    table.add_column(say(msg("Who")), ratio=3, overflow="fold")
    table.add_column(say(msg("When")), width=34, overflow="fold")
    table.add_column(say(msg("Reference")), width=reference, overflow="fold")
    for row in group.rows:
        when = Text(row.when)
        for extra in row.extra:
            when.append(f"\n{extra}", "dim")
        table.add_row(row.day, _distance(row), _act(row), Text(row.who), when, Text(row.ref, "dim"))
    return Padding(table, (0, 0, 0, 2))
