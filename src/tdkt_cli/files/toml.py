"""What the reader of TOML complains of, in our words: it says where and what in English, and only there."""

import re
import tomllib

from tdkt_cli.core.findings import Span
from tdkt_cli.core.messages import Message, msg

_PLACE = re.compile(r" \(at line (\d+), column (\d+)\)$")
_TWICE = msg("this is not TOML: this stands there twice; keep one")
_QUOTES = msg("this is not TOML: quotes are opened here and not closed")
_BACKSLASH = msg("this is not TOML: \\ means something in double quotes; write \\\\, or the text in single quotes")
# Each complaint by how it begins (tomllib of Python 3.11 to 3.14).
_COMPLAINTS = {
    "Invalid statement": msg("this is not TOML: here must stand a key with its value, or a table, such as [check]"),
    "Expected newline": msg("this is not TOML: what stands behind the value belongs into a line of its own"),
    "Invalid initial character for a key": msg(
        "this is not TOML: a key is letters and digits without accents, - and _"
    ),
    "Expected '=' after a key": msg("this is not TOML: = is missing behind the key"),
    "Unclosed array": msg("this is not TOML: a bracket is not closed; ] is missing"),
    "Unclosed inline table": msg("this is not TOML: a brace is not closed"),
    "Expected ']": msg("this is not TOML: the name of a table ends with ]"),
    "Cannot ": _TWICE,
    "Duplicate ": _TWICE,
    "Unescaped '\\'": _BACKSLASH,
    "Invalid hex value": _BACKSLASH,
    "Escaped character": _BACKSLASH,
    "Unterminated string": _QUOTES,
    "Illegal character '\\n'": _QUOTES,
    "Expected ": _QUOTES,
    "Invalid date": msg("this is not TOML: there is no such date or time"),
    "Invalid value": msg("this is not TOML: text stands in quotes; numbers, true and false without"),
}


def complaint(error: tomllib.TOMLDecodeError, text: str) -> tuple[Message, Span]:
    """What is wrong with a text that is not TOML, and where."""
    words = str(error)
    known = (message for start, message in _COMPLAINTS.items() if words.startswith(start))
    place = _PLACE.search(words)
    if place:
        line, column = int(place[1]), int(place[2])
    else:  # at the end of it, where only line ends may follow
        lines = text.rstrip("\n").split("\n")
        line, column = len(lines), len(lines[-1]) + 1
    return next(known, msg("this is not TOML that can be read")), Span(line, column, line, column + 1)
