"""Lines of text for a terminal or a pipe: padded, coloured, wrapped to the width of the terminal, in two columns."""

import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator

from tdkt_cli.core.messages import Message
from tdkt_cli.core.text import visible, width
from tdkt_cli.render.language import Language

Field = tuple[Message, str]
BOLD, DIM, PLAIN = "\033[1m", "\033[2m", "\033[0m"
_WIDEST = 110  # longer lines are hard to read, however wide the terminal


def styled(text: str, style: str, *, colour: bool = True) -> str:
    """Return the text in an ANSI style; as it is without `colour` or for the style ""."""
    return f"{style}{text}{PLAIN}" if colour and style else text


def padded(text: str, columns: int) -> str:
    """Return the text with spaces after it, so that it takes that many columns."""
    return text + " " * (columns - width(text))


def wrapped(paragraph: str, *, indent: int = 0) -> list[str]:
    """Return the lines of a paragraph on a terminal, less `indent` columns; one line where the output is not a terminal."""
    if not sys.stdout.isatty():
        return [paragraph]
    columns = max(20, min(_WIDEST, shutil.get_terminal_size().columns) - indent)
    return textwrap.wrap(paragraph, columns, break_on_hyphens=False) or [""]


def hanging(start: str, paragraph: str, *, indent: int, style: str = "") -> Iterator[str]:
    """Yield the lines of a wrapped paragraph: the first after `start`, the others `indent` columns from the left."""
    first, *rest = wrapped(paragraph, indent=indent)
    yield start + styled(first, style)
    yield from (" " * indent + styled(line, style) for line in rest)


def field_lines(fields: Iterable[Field], language: Language) -> Iterator[str]:
    """Yield the fields that have a value: their names in a column, the values wrapped beside them."""
    filled = [(language.say(name), value.rstrip("\n")) for name, value in fields if value.strip()]
    name_width = max((width(name) for name, _ in filled), default=0)
    for name, value in filled:
        for place, paragraph in enumerate(value.split("\n")):
            start = padded("" if place else name, name_width)
            yield from hanging(f"  {start}  ", visible(paragraph), indent=name_width + 4)
