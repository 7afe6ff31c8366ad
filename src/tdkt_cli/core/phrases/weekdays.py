"""Days of the week: which one is named, and whether a date beside it falls on it.

weekday = "thứ" (n | "hai" ...) | "chủ nhật"
named   = date ("(" weekday ")" | "," weekday)
"""

from tdkt_cli.core.phrases.lexicon import END, NUMBER
from tdkt_cli.core.phrases.tokens import Line
from tdkt_cli.core.plan import When

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_CLOSES = frozenset((END, "\n", "\t", ";", ",", ".", ")", "("))
_GOES_ON = frozenset(("until", "-", "rhythm", "every", "week"))


def weekday(line: Line, at: int) -> tuple[str, int]:
    """A day of the week and the place after it: thứ Sáu, thứ 6, chủ nhật; "" where none stands."""
    lexeme, number = line.lexemes[at], line.lexemes[at + 1]
    if lexeme.symbol == "weekday":
        return str(lexeme.value), at + 1
    if lexeme.symbol == "nth" and number.symbol == NUMBER and 2 <= int(number.value) <= 7:  # thứ 2 is Monday
        return WEEKDAYS[int(number.value) - 2], at + 2
    return "", at


def weekday_behind(line: Line, at: int) -> tuple[str, int]:
    """The day of the week that stands behind a date, and the place after it; not that of a range or a rhythm."""
    day, after = weekday(line, at + 1) if line.symbol(at) in (",", "(") else ("", at)
    if day and line.symbol(at) == "(":
        closed, after = line.symbol(after) == ")", after + 1
        return (day, after) if closed and line.symbol(after) not in _GOES_ON else ("", at)
    return (day, after) if day and line.symbol(after) in _CLOSES else ("", at)


def falls_on(when: When | None, day: str) -> bool:
    """Whether a date is the day of the week that stands beside it, where one does."""
    return not day or (when is not None and when.end is not None and WEEKDAYS[when.end.weekday()] == day)
