"""What the parts of the grammar hand to each other: a reading before it is known whom it binds."""

from dataclasses import dataclass
from typing import NamedTuple

from tdkt_cli.core.phrases.lexicon import END, NUMBER
from tdkt_cli.core.phrases.tokens import Line
from tdkt_cli.core.plan import When

BREAKS = frozenset((END, "\n", "\t", ";"))  # a tab stands between the cells of a row
JOINTS = frozenset(("and", "or"))
_RHYTHMS = frozenset(("rhythm", "ongoing"))
_ALTERNATIVES = _RHYTHMS | {"day", "month"}
_TIMED = _ALTERNATIVES | {"quarter", "year", "numbered", "session", "event"}
_FEW = 4
_ABBREVIATIONS = frozenset(("tp", "tx", "ts", "ths", "pgs", "gs", "q", "p", "h", "tt", "bs", "st"))


@dataclass(frozen=True, slots=True)
class Draft:
    """A reading of the lexemes `first` to `after` (exclusive).

    `marked`: a word such as "trước" or "trong" says that it is a deadline. `weak`: it only says so where nothing else in its
    clause does ("theo quy định"). A draft without `when` is a term that only looks like a time.
    """

    when: When | None
    first: int
    after: int
    sure: bool = True
    marked: bool = True
    weak: bool = False
    complete: bool = True


def words_between(line: Line, first: int, after: int) -> str:
    """The words from one lexeme up to another, on one line, without signs at the ends."""
    if first >= after:
        return ""
    text = " ".join(line.text[line.lexemes[first].start : line.lexemes[after - 1].end].split())
    if line.symbol(after) == ")" and text.count("(") > text.count(")"):
        text += ")"
    return text.strip(" ,;:.-–—+*•")


def begins(line: Line, first: int, at: int) -> bool:
    """Whether nothing but signs stands between the beginning of a clause and a place in it."""
    return at - first <= _FEW and all(len(line.symbol(place)) == 1 for place in range(first, at))


def is_break(line: Line, at: int) -> bool:
    """Whether a clause ends here: at ";", at a full stop, at the end of a line that does not go on."""
    symbol = line.symbol(at)
    if symbol == ".":
        return _stops(line, at)
    return symbol in BREAKS


def _stops(line: Line, at: int) -> bool:
    after = line.lexemes[at + 1]
    if line.touches(at + 1) and after.symbol != END:
        return False
    before = line.lexemes[at - 1] if at else after
    return (
        after.symbol in (END, "\n")
        or (line.text[after.start].isupper() and before.key not in _ABBREVIATIONS and line.touches(at))
        or after.symbol in ("-", "*", "+")
    )


def event_end(line: Line, at: int) -> int:
    """Where the words of an event or a condition end."""
    depth, here, plain = 0, at, True
    while not is_break(line, here):
        symbol = line.symbol(here)
        depth += symbol == "("
        if symbol == ")" and depth == 0:
            break
        depth -= symbol == ")"
        if here > at and symbol == "(" and depth == 1 and _date_in_brackets(line, here + 1):
            break
        if here > at and depth == 0 and (symbol in (",", ":") or _deadline_follows(line, here)):
            break
        if here > at and depth == 0 and (joins_deadline(line, here) or (plain and _joins_time(line, here))):
            break
        plain = plain and symbol not in _TIMED
        here += 1
    return here


def joins_deadline(line: Line, at: int) -> bool:
    """Whether "và" or "hoặc" joins a deadline to what stands before: "khi có yêu cầu hoặc trước ngày 15/3"."""
    return line.symbol(at) in JOINTS and _deadline_follows(line, behind_joint(line, at))


def _joins_time(line: Line, at: int) -> bool:
    """Whether it joins a time without a marker, to an event that names none itself: "khi có yêu cầu hoặc hằng quý"."""
    here = behind_joint(line, at)
    begins_time = {"day"} if line.symbol(here - 1) == "and" else _ALTERNATIVES
    following = line.symbol(here)
    return here > at and following in begins_time and (following in _RHYTHMS or line.symbol(here + 1) == NUMBER)


def behind_joint(line: Line, at: int) -> int:
    """The place behind "và", "hoặc", "và/hoặc"; the place itself where none stands."""
    if line.symbol(at) == "and" and line.symbol(at + 1) == "/" and line.symbol(at + 2) == "or":
        return at + 3
    return at + (line.symbol(at) in JOINTS)


class Joint(NamedTuple):
    """What stands behind a reading: "and", "or", or "" for neither; and the place after it."""

    symbol: str
    after: int


def joint_behind(line: Line, draft: Draft) -> Joint:
    """What joins a reading to what follows it."""
    at = draft.after + (line.symbol(draft.after) == ",")
    after = behind_joint(line, at)
    return Joint(line.symbol(after - 1), after) if after > at else Joint("", at)


def _date_in_brackets(line: Line, at: int) -> bool:
    """Whether a bracket tells when: "theo quy định (đầu tháng 02/2023)"."""
    return line.symbol(at) in ("month", "quarter", "part") or _deadline_follows(line, at)


def _deadline_follows(line: Line, at: int) -> bool:
    """Whether a marker with a date stands here: "... của Bộ Nội vụ trước ngày 15/3"."""
    symbol, following = line.symbol(at), line.symbol(at + 1)
    if symbol == "latest":
        return True
    if symbol not in ("before", "until", "done", "within"):
        return False
    return (
        following in (NUMBER, "month", "quarter")
        or (following == "day" and line.symbol(at + 2) == NUMBER)
        or following in ("before", "until", "latest")
    )
