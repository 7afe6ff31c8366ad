"""From text to lexemes: the numbers, signs and phrases of time that the grammar speaks of.

The text is taken in NFC. A lexeme knows its symbol (of the lexicon, `NUMBER`, `WORD`, or the sign itself), and the characters
it stands on. Where a whole text was typed without accents, the phrases are looked for without them; a single word that
lost its accents is known where what follows leaves no doubt ("thang 6", "nam 2023").
"""

import re
import unicodedata
from collections.abc import Container
from typing import Final, NamedTuple

from tdkt_cli.core.phrases.lexicon import END, EXACT, NUMBER, PLAIN, WORD, Trie, key
from tdkt_cli.core.text import fold

_TOKEN = re.compile(r"[0-9]+|(?:[^\W\d_]|[\u0300-\u036f])+|\n|\t|[^\w\s]|_", re.UNICODE)
_DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d\xad")
_SLASHES = frozenset("/\u2044\u2215\uff0f\\")
_BULLETS = frozenset("*\u2022\u25cf\u25aa\u00b7")
_LONGEST_NUMBER = 9
YEAR_WIDTH: Final = 4
_LOOK_AHEAD: Final = 8  # lexemes
_JOINING = frozenset(map(key, ("của", "và", "với", "cho", "theo", "tại", "ngày", "trước", "đến", "từ")))
_BEGINS_A_DATE = frozenset(map(key, ("ngày", "tháng", "quý", "ngay", "thang", "quy")))
_BEGIN_ANEW = frozenset(("-", "*", "+", "(", "\n", "\t"))
# What a word without accents means, where a number follows, else always.
_BEFORE_NUMBER = {"ngay": "ngày", "nam": "năm", "den": "đến", "quy": "quý", "tu": "từ", "het": "hết"}
_ALWAYS = {"truoc": "trước", "trươc": "trước", "thang": "tháng", "tháńg": "tháng"}


class Lexeme(NamedTuple):
    """A word of the grammar, on the characters `start` to `end` (exclusive). `value` is a number's or a phrase's."""

    symbol: str
    value: int | str
    start: int
    end: int
    key: str = ""

    @property
    def width(self) -> int:
        """Return how many characters it stands on; for a number, how many digits it has."""
        return self.end - self.start


class Line(NamedTuple):
    """A text as lexemes, and the year that its dates without a year belong to; it ends in some `END`, to look ahead into."""

    text: str
    lexemes: tuple[Lexeme, ...]
    year: int | None
    accented: bool = True

    def symbol(self, at: int) -> str:
        """Return the symbol at a place."""
        return self.lexemes[at].symbol

    def word(self, at: int) -> str:
        """Return the characters of a lexeme."""
        return self.text[self.lexemes[at].start : self.lexemes[at].end]

    def is_year(self, at: int) -> bool:
        """Return whether a number of four digits stands at a place."""
        return self.symbol(at) == NUMBER and self.lexemes[at].width == YEAR_WIDTH

    def value(self, at: int) -> int | str:
        """Return the value of a number or of a phrase."""
        return self.lexemes[at].value

    def key(self, at: int) -> str:
        """Return what all spellings of a word have in common; of a phrase that of its first word."""
        return self.lexemes[at].key

    def skip(self, at: int, symbols: Container[str], most: int = 1) -> int:
        """Return the place behind at most so many lexemes with these symbols."""
        end = at + most
        while at < end and self.lexemes[at].symbol in symbols:
            at += 1
        return at

    def touches(self, at: int) -> bool:
        """Return whether no space stands between a lexeme and the one before it."""
        return at > 0 and self.lexemes[at - 1].end == self.lexemes[at].start


def lex(text: str, year: int | None) -> Line:
    """Split a text into its lexemes; `year` is that of dates without one."""
    text = unicodedata.normalize("NFC", text)
    tokens = _unwrapped([_token(match) for match in _TOKEN.finditer(text)], text)
    accented = any(char.isalpha() and not char.isascii() for char in text)
    trie = EXACT if accented else PLAIN
    keys = [_known(tokens, at, text) if accented else fold(token.key) for at, token in enumerate(tokens)]
    lexemes: list[Lexeme] = []
    at = 0
    while at < len(tokens):
        lexeme, at = _longest(tokens, keys, at, trie)
        lexemes.append(lexeme)
    end = Lexeme(END, 0, len(text), len(text))
    return Line(text, (*lexemes, *(end,) * _LOOK_AHEAD), year, accented)


def _unwrapped(tokens: list[Lexeme], text: str) -> list[Lexeme]:
    """The tokens without the ends of lines that go on below: only a bullet, a bracket, a capital or another end begins anew."""
    kept = []
    for at, token in enumerate(tokens):
        following = tokens[at + 1 : at + 2]
        goes_on = any(each.symbol not in _BEGIN_ANEW and not text[each.start].isupper() for each in following)
        if token.symbol != "\n" or not (goes_on or (at and tokens[at - 1].key in _JOINING)):
            kept.append(token)
    return kept


def _token(match: re.Match[str]) -> Lexeme:
    word, (start, end) = match.group(), match.span()
    if word.isascii() and word.isdigit():
        return Lexeme(NUMBER, int(word) if len(word) <= _LONGEST_NUMBER else -1, start, end)
    if word[0].isalpha():
        return Lexeme(WORD, 0, start, end, key(word))
    sign = "-" if word in _DASHES else "/" if word in _SLASHES else "*" if word in _BULLETS else word
    return Lexeme(sign, 0, start, end)


def _known(tokens: list[Lexeme], at: int, text: str) -> str:
    """The key of a word, with the accents that it lost; a name (Việt Nam) has not lost any."""
    word = tokens[at].key
    if word in _ALWAYS:
        return key(_ALWAYS[word])
    number = tokens[at + 1] if at + 1 < len(tokens) else None
    if word not in _BEFORE_NUMBER or number is None or number.symbol != NUMBER or text[tokens[at].start].isupper():
        return word
    return key(_BEFORE_NUMBER[word]) if word != "nam" or number.width == YEAR_WIDTH else word


def _is_before(node: Trie, following: list[Lexeme]) -> bool:
    """Whether "năm trước" is a year and a "trước": báo cáo năm trước ngày 10/12."""
    begins_date = any(each.symbol == NUMBER or each.key in _BEGINS_A_DATE for each in following)
    return node.symbol == "relative-year" and node.value == "-1" and begins_date


def _longest(tokens: list[Lexeme], keys: list[str], at: int, trie: Trie) -> tuple[Lexeme, int]:
    """The longest phrase that begins at a place, else the token itself; and the place after it."""
    found, after = tokens[at], at + 1
    node, here = trie, at
    while here < len(tokens) and tokens[here].symbol == WORD:
        branch = node.branches.get(keys[here])
        if branch is None:
            break
        node, here = branch, here + 1
        if node.symbol and not _is_before(node, tokens[here : here + 1]):
            found = Lexeme(node.symbol, node.value, tokens[at].start, tokens[here - 1].end, keys[at])
            after = here
    return found, after
