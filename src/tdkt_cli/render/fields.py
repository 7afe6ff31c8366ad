"""Names with values below each other, and paragraphs, wrapped to the width of the terminal."""

import shutil
import sys
import textwrap
from collections.abc import Iterator

from tdkt_cli.core.messages import Message
from tdkt_cli.core.text import visible, width
from tdkt_cli.render.language import Language

Field = tuple[Message, str]
_WIDEST = 110  # longer lines are hard to read, however wide the terminal


def field_lines(fields: list[Field], language: Language) -> Iterator[str]:
    """The fields that have a value: their names in a column, the values wrapped beside them."""
    filled = [(language.say(name), value) for name, value in fields if value.strip()]
    room = max((width(name) for name, _ in filled), default=0)
    for name, value in filled:
        lines = [line for paragraph in visible_lines(value) for line in wrapped(paragraph, indent=room + 4)]
        yield f"  {name}{' ' * (room - width(name))}  {lines[0]}"
        yield from (f"  {' ' * room}  {line}" for line in lines[1:])


def visible_lines(text: str) -> list[str]:
    """The lines of a text from a file, nothing unsafe in them."""
    return [visible(line) for line in text.rstrip("\n").split("\n")]


def wrapped(paragraph: str, *, indent: int = 0) -> list[str]:
    """The lines of a paragraph on a terminal, less `indent` columns; where the output is no terminal, one line."""
    if not sys.stdout.isatty():
        return [paragraph]
    room = max(20, min(_WIDEST, shutil.get_terminal_size().columns) - indent)
    return textwrap.wrap(paragraph, room, break_on_hyphens=False) or [""]
