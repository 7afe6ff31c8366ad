"""Vietnamese text: comparing, searching, sorting and showing it.

Three ways to compare, from strict to loose: as it stands; `name_key`, for names that differ only in how they were typed
(NFC or NFD, capitals, spaces, kinds of dash, old or new tone placement); `fold`, for a search typed without accents.
"""

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from tdkt_cli.core.messages import Message

TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng: the order of Vietnamese dictionaries
_STROKE = "\u0335"
_TONE_MARKS = frozenset(TONES)
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
# In oa, oe and uy the tone stands on the first letter by the old rule (hòa, thủy), on the second by the new one (hoà, thuỷ).
_OLD_PLACEMENT = re.compile(f"([ou])([{TONES}])([aey])")
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: rank for rank, letter in enumerate(_LETTERS, start=1000)}

# What must not reach a terminal, page or calendar as it is, and is refused in files: C0 and C1 controls, line separators that
# hide a line from an editor, bidirectional controls, zero-width characters, lone surrogates, non-characters.
UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff"
    "\U000e0000-\U000e007f]"
)


def one_line(text: str) -> str:
    """Return the text with every run of white space made one space, and none at the ends."""
    return " ".join(text.split())


@lru_cache(maxsize=4096)
def name_key(text: str) -> str:
    """Return the key that spellings of one name share; accents count."""
    decomposed = unicodedata.normalize("NFD", one_line(text).translate(_DASHES).casefold())
    return _OLD_PLACEMENT.sub(r"\1\3\2", decomposed)


def fold(text: str) -> str:
    """Return the text without accents, capitals and hyphens, with single spaces; "đ" becomes "d"."""
    decomposed = unicodedata.normalize("NFD", one_line(text.translate(_DASHES).replace("-", " ")).casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char)).replace("đ", "d")


def lacks_accents(typed: str, text: str) -> bool:
    """Whether a text was typed with none but its own accents, and without some of them; capitals, dashes and spaces do not count."""
    few, all_ = _accented(typed), _accented(text)
    return (
        few != all_
        and len(few) == len(all_)
        and all(one == other and marks <= more for (one, marks), (other, more) in zip(few, all_, strict=True))
    )


def _accented(text: str) -> list[tuple[str, set[str]]]:
    """Return the letters of a text as `fold` has them, each with its marks; the stroke of "đ" is one."""
    letters: list[tuple[str, set[str]]] = [("", set())]
    for char in name_key(text.translate(_DASHES).replace("-", " ")).replace("đ", f"d{_STROKE}"):
        if unicodedata.combining(char):
            letters[-1][1].add(char)
        else:
            letters.append((char, set()))
    return letters


def collation_key(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return a sort key for Vietnamese dictionary order: letters first (d before đ, a before ă before â), then tones."""
    letters: list[int] = []
    tones: list[int] = []
    for char in unicodedata.normalize("NFC", text.casefold()):
        marks = unicodedata.normalize("NFD", char)
        tone = next((mark for mark in marks if mark in _TONE_MARKS), "")
        letter = unicodedata.normalize("NFC", marks.replace(tone, "")) or char
        letters.append(_RANK.get(letter, ord(letter[0]) if ord(letter[0]) < 1000 else ord(letter[0]) + 1000))  # noqa: PLR2004
        tones.append(TONES.index(tone) + 1 if tone else 0)
    return tuple(letters), tuple(tones)


def visible(text: str) -> str:
    """Return the text with every unsafe character spelled out: `^[` for ESC, a code such as U+202E's for what turns writing round."""
    return UNSAFE.sub(_spelled, text)


def visible_line(text: str) -> str:
    """Return the text as `visible` does, with its line ends spelled out too, so that none of it can begin a line, where other programs look for commands."""
    return visible(text).replace("\n", "^J")


def json_text(value: object, indent: int | None = None) -> str:
    """Return JSON in UTF-8, every unsafe character escaped as JSON escapes it."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return UNSAFE.sub(lambda char: json.dumps(char.group())[1:-1], text)


def _spelled(char: re.Match[str]) -> str:
    code = ord(char.group())
    return f"^{chr(code ^ 0x40)}" if code < 0x20 or code == 0x7F else escaped(char)  # noqa: PLR2004


def escaped(char: re.Match[str]) -> str:
    """Return the escape of a matched character by its code point, as YAML and Python write it."""
    code = ord(char.group())
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004


def width(text: str) -> int:
    """Return the terminal cells that the text takes: combining marks none, East Asian wide characters two."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def nearest(word: str, options: list[str]) -> str | None:
    """Return the option most like the word, ignoring accents and case, None where none is near."""
    import difflib  # noqa: PLC0415 - only where something is wrong

    folded = {fold(option): option for option in reversed(options)}
    matches = difflib.get_close_matches(fold(word), folded, n=1, cutoff=0.6)
    return folded[matches[0]] if matches else None


def suggest(typed: str, known: Iterable[str], with_near: Message, without: Message) -> Message:
    """Return `with_near`, whose {near} is the known name most like the one typed, else `without`; both may have {typed}."""
    near = nearest(typed, list(known))
    message = with_near if near else without
    return replace(message, args={**message.args, "typed": typed, "near": near})
