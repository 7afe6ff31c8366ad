"""The canonical form of plans, registers and calendars, as `tdkt fmt` writes it.

Keys stand in the order of the schema's models; maps of names, dates and sections keep theirs. Two spaces a level, items of lists
one level below their key, block style. A text is plain where YAML reads it back as that text, else in double quotes; one of several
lines, and `content` always, is a literal block. Dates are plain, periods in their shortest form. A blank line stands before the
sections and each list of the top level, and between the items of those. Lines end in LF, the file too.

Comments stand where `Comments` says. Text is never changed, nor broken into lines.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from tdkt_cli.core.deadline_yaml import exact
from tdkt_cli.core.findings import Path
from tdkt_cli.core.periods import DateError, parse_date
from tdkt_cli.core.text import UNSAFE
from tdkt_cli.files.edit.dump import Data, flow
from tdkt_cli.files.loader import MODELS
from tdkt_cli.schema.layout import Shape, shape
from tdkt_cli.schema.scalars import Untyped

_STEP = 2
_BLOCKS = frozenset(("content",))
_PART = "sections"  # of the top level, the one mapping that is set off by a blank line as the lists are
_INDENTED = re.compile(r"\n*[ \t]")
_TEXT = Shape()


@dataclass(frozen=True, slots=True)
class Comments:
    """The comments of a file, from their `#` on, by what they belong to; an empty line between them is kept as "".

    `head` stands before the first key, `above` over a key or item, `behind` on the line of a key or of a value, `foot` at the end of a
    mapping or list. The lists and mappings in `flow` stay in brackets, on one line with the comment behind them.
    """

    head: Sequence[str] = ()
    above: Mapping[Path, Sequence[str]] = field(default_factory=dict)
    behind: Mapping[Path, str] = field(default_factory=dict)
    foot: Mapping[Path, Sequence[str]] = field(default_factory=dict)
    flow: frozenset[Path] = frozenset()


def text_of(data: Mapping[str, Any], comments: Comments | None = None) -> str:
    """Return the canonical text of a file's plain data, as `files.parser` gives it: dicts, lists, str and `Untyped`."""
    model = MODELS.get(str(data.get("tdkt")))
    writer = _Writer(comments or Comments())
    lines = (*writer.comments.head, *writer.mapping(data, shape(model) if model else _TEXT, (), 0))
    return "".join(f"{line}\n" for line in lines)


def settled(value: Any, own: Shape) -> Any:  # noqa: ANN401 - plain data of any shape
    """Return plain data as it is read back from its canonical text: dates and periods in canonical form."""
    if isinstance(value, Mapping):
        return {key: settled(inner, _inner(own, key)) for key, inner in value.items()}
    if isinstance(value, list):
        return [settled(item, own.each or _TEXT) for item in value]
    return _dated(value, own) or value


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes values as lines; a column is where a key or the dash of an item begins."""

    comments: Comments

    def mapping(
        self, data: Mapping[str, Any], own: Shape, path: Path, column: int, *, item: bool = False
    ) -> Iterator[str]:
        """Yield the lines of a mapping; the comments above its first key are left to the caller where it is an `item`."""
        for number, key in enumerate(_ordered(data, own)):
            value, place = data[key], (*path, key)
            if not path and number and (key == _PART or isinstance(value, list)):
                yield ""
            if number or not item:
                yield from self._above(place, column)
            yield from self._entry(f"{' ' * column}{_key(key, own)}:", value, _inner(own, key), place, column)
        if not path and path in self.comments.foot:
            yield ""
        yield from _indented(self.comments.foot.get(path, ()), column)

    def _items(self, data: Sequence[Any], own: Shape, path: Path, column: int) -> Iterator[str]:
        dash = f"{' ' * column}-"
        for index, value in enumerate(data):
            place = (*path, index)
            if index and len(path) == 1:
                yield ""
            yield from self._above(place, column)
            if isinstance(value, Mapping) and value and place not in self.comments.flow:
                inner = own.each or _TEXT
                yield from self._above((*place, _ordered(value, inner)[0]), column)
                first, *rest = self.mapping(value, inner, place, column + _STEP, item=True)
                yield f"{dash} {first.lstrip(' ')}"
                yield from rest
            else:
                yield from self._entry(dash, value, own.each or _TEXT, place, column)
        yield from _indented(self.comments.foot.get(path, ()), column)

    def _entry(self, start: str, value: Any, own: Shape, path: Path, column: int) -> Iterator[str]:  # noqa: ANN401
        """Yield the lines of a key or item that begin with `start`."""
        behind = f"  {self.comments.behind[path]}" if path in self.comments.behind else ""
        if isinstance(value, str):
            first, *rest = _scalar(value, own, path)
            yield f"{start} {first}{behind}"
            yield from _indented(rest, column + _STEP)
        elif not value or path in self.comments.flow:
            yield f"{start} {flow(_in_brackets(value, own))}{behind}"
        else:
            yield f"{start}{behind}"
            below = self.mapping if isinstance(value, Mapping) else self._items
            yield from below(value, own, path, column + _STEP)

    def _above(self, path: Path, column: int) -> Iterator[str]:
        return _indented(self.comments.above.get(path, ()), column)


def _indented(lines: Iterable[str], column: int) -> Iterator[str]:
    return (f"{' ' * column}{line}" if line else "" for line in lines)


def _inner(own: Shape, key: str) -> Shape:
    return own.keys.get(key) or own.each or _TEXT


def _ordered(data: Mapping[str, Any], own: Shape) -> list[str]:
    return [*(key for key in own.keys if key in data), *(key for key in data if key not in own.keys)]


def _key(key: str, own: Shape) -> str:
    """Return a key as it is written: a keyword or date as it is, a name like any text."""
    if key in own.keys:
        return key
    with suppress(DateError):
        parse_date(key)
        return key
    return exact(key)


def _scalar(text: str, own: Shape, path: Path) -> list[str]:
    """Return the line of a scalar, or the head of a block and its lines, not indented."""
    is_long = "\n" in text or path[-1] in _BLOCKS
    if not is_long or isinstance(text, Untyped) or _dated(text, own) is not None:
        return [_inline(text, own)]
    body = text.removesuffix("\n")
    if not body.strip() or body.endswith("\n") or UNSAFE.search(text):  # what a block might lose
        return [_inline(text, own)]
    head = "|" + (str(_STEP) if _INDENTED.match(text) else "") + ("" if text.endswith("\n") else "-")
    return [head, *body.split("\n")]


def _inline(text: str, own: Shape) -> str:
    """Return a scalar as it is written on one line."""
    return _dated(text, own) or (str(text) if isinstance(text, Untyped) else exact(text))


def _dated(text: str, own: Shape) -> str | None:
    """Return the canonical text of a date or period, None for any other scalar."""
    if own.form is None:
        return None
    with suppress(DateError):
        return own.form(text)
    return None


def _in_brackets(value: Any, own: Shape) -> Data:  # noqa: ANN401
    """Return plain data with its keys in order and its scalars as they are written in brackets."""
    if isinstance(value, Mapping):
        return {key: _in_brackets(value[key], _inner(own, key)) for key in _ordered(value, own)}
    if isinstance(value, list):
        return [_in_brackets(item, own.each or _TEXT) for item in value]
    return _inline(value, own)
