"""Transliteration for consoles: letters that an encoding lacks are replaced by similar ones that it has.

`ế` becomes `ê` with a tone mark (code page 1258), else `ê` (1252), else `e`; `đ` becomes `d`, a dash `-`, an arrow `->`. What has no
likeness is left for the caller to escape.
"""

import unicodedata
from collections.abc import Iterator

from tdkt_cli.core.text import TONES

_LIKE = {
    "đ": "d", "Đ": "D",
    "“": '"', "”": '"', "‘": "'", "’": "'",
    "–": "-", "—": "-", "−": "-", "•": "-", "·": "-", "…": "...",
    "→": "->", "←": "<-", "✓": "+", "✗": "x", "×": "x",
    "─": "-", "━": "-", "│": "|", "┃": "|", "╸": "-", "╺": "-", "█": "#", "░": ".", "▶": ">",
    "\u00a0": " ", "\u202f": " ",
}  # fmt: skip
_ALPHABET = "ăâđêôơưĂÂĐÊÔƠƯ"
_TONED = "ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"


def spelled(char: str, encoding: str) -> str | None:
    """Return the nearest replacement of a character in this encoding, None where there is none; empty for a lone accent."""
    return next((text for text in _spellings(char) if carries(encoding, text)), None)


def _spellings(char: str) -> Iterator[str]:
    """Yield replacements of a character, the nearest first."""
    parts = unicodedata.normalize("NFD", char)
    base, marks = parts[0], sorted(parts[1:], key=TONES.__contains__)  # the tone is the first to go
    for number in range(len(marks), -1, -1):
        letter = unicodedata.normalize("NFC", base + "".join(marks[:number]))
        if number < len(marks):
            yield letter + "".join(marks[number:])
        yield letter
    if unicodedata.combining(char):
        yield ""
    yield _LIKE.get(base, base)


def carries(encoding: str, text: str) -> bool:
    """Whether an encoding has every character of a text; one that nobody knows has none."""
    try:
        text.encode(encoding)
    except (UnicodeError, LookupError):
        return False
    return True


def carries_vietnamese(encoding: str) -> bool:
    """Whether an encoding has every Vietnamese letter."""
    return carries(encoding, _ALPHABET + _TONED)
