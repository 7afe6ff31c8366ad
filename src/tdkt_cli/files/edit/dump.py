"""Plain data as the lines of a YAML file: in block style, or between brackets and braces."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from tdkt_cli.core.deadline_yaml import scalar

# A str is a scalar as YAML writes it, its lines after the first to be indented below its key; a key is its text, and is put in quotes
# where YAML wants them.
Data = str | Mapping[str, "Data"] | Sequence["Data"]
INDENT = "  "
_FLOW_SIGNS = re.compile(r"[,\[\]{}?]")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class NoPlaceError(ValueError):
    """A change that the way the file is written leaves no place for."""


def block(key: str, value: Data) -> Iterator[str]:
    """Return the lines of a key with its value, in block style."""
    if isinstance(value, str):
        first, *lines = f"{_key(key)}: {value}".split("\n")
        yield first
    else:
        yield f"{_key(key)}:"
        lines = list(_lines(value))
    yield from (f"{INDENT}{line}" if line else line for line in lines)


def _lines(value: Mapping[str, Data] | Sequence[Data]) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from block(key, inner)
    else:
        for inner in value:
            yield from item(inner)


def item(value: Data) -> Iterator[str]:
    """Return the lines of a list item, in block style."""
    lines = [value] if isinstance(value, str) else _lines(value)
    yield from (f"{'- ' if not number else INDENT if line else ''}{line}" for number, line in enumerate(lines))


def flow(value: Data) -> str:
    """Return a value in flow style. Raises NoPlaceError for text of several lines."""
    if isinstance(value, str):
        if "\n" in value:
            raise NoPlaceError
        plain = value[:1] not in {'"', "'"} and _FLOW_SIGNS.search(value)
        return json.dumps(value, ensure_ascii=False) if plain else value
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{flow_key(key)}: {flow(inner)}' for key, inner in value.items())}}}"
    return f"[{', '.join(map(flow, value))}]"


def flow_key(key: str) -> str:
    """Return a key in flow style."""
    return flow(_key(key))


def _key(text: str) -> str:
    if _DATE.fullmatch(text):
        return text
    return scalar(text) if " ".join(text.split()) == text else json.dumps(text, ensure_ascii=False)
