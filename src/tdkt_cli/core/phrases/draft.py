"""Readings: as drafts, before it is known whom they bind; and as the callers get them."""

from dataclasses import dataclass

from tdkt_cli.core.phrases.lexicon import END, NUMBER
from tdkt_cli.core.phrases.tokens import Line
from tdkt_cli.core.plan import When

_BREAKS = frozenset((END, "\n", "\t", ";"))  # a tab stands between the cells of a row
JOINTS = frozenset(("and", "or"))
_RHYTHMS = frozenset(("rhythm", "ongoing"))
_ALTERNATIVES = _RHYTHMS | {"day", "month"}
_TIMED = _ALTERNATIVES | {"quarter", "year", "numbered", "session", "event"}
_BEGINS_DEADLINE = frozenset((NUMBER, "month", "quarter", "before", "until", "latest"))
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

    @property
    def kind(self) -> str:
        """Return the kind of its `when`; "" without one."""
        return self.when.kind if self.when else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One milestone: when it is, whom it binds and what is to be done, where the phrase says so.

    `text` is the words that it was read from, `span` the characters (end exclusive, of the phrase in NFC) that name its time. It is
    `sure` unless the words allow another reading.
    """

    when: When
    who: str | None
    what: str | None
    text: str
    span: tuple[int, int]
    sure: bool


@dataclass(frozen=True, slots=True)
class Result:
    """All that was read of a phrase; `unread` is what was not, of which `impossible` are dates that no calendar has."""

    phrase: str
    readings: tuple[Reading, ...]
    unread: str
    impossible: tuple[str, ...] = ()


def words_between(line: Line, first: int, after: int) -> str:
    """Return the words from one lexeme up to another (exclusive), on one line, without signs at the ends."""
    if first >= after:
        return ""
    text = " ".join(line.text[line.lexemes[first].start : line.lexemes[after - 1].end].split())
    if line.symbol(after) == ")" and text.count("(") > text.count(")"):
        text += ")"
    return text.strip(" ,;:.-–—+*•")


def begins(line: Line, first: int, at: int) -> bool:
    """Return whether nothing but signs stands between the beginning of a clause and a place in it."""
    return at - first <= _FEW and all(len(line.symbol(place)) == 1 for place in range(first, at))


def is_break(line: Line, at: int) -> bool:
    """Return whether a clause ends here: at ";", at a full stop, at the end of a line that does not go on."""
    if line.symbol(at) != ".":
        return line.symbol(at) in _BREAKS
    after = line.lexemes[at + 1]
    if line.touches(at + 1) or after.symbol in (END, "\n", "-", "*", "+"):
        return after.symbol == END or not line.touches(at + 1)
    return line.touches(at) and line.text[after.start].isupper() and line.key(at - 1) not in _ABBREVIATIONS


def event_end(line: Line, at: int) -> int:
    """Return the place where the words of an event or a condition end."""
    depth, here, plain = 0, at, True
    while not is_break(line, here):
        symbol = line.symbol(here)
        if depth == 0 and (symbol == ")" or (here > at and _ends_event(line, here, plain=plain))):
            break
        depth += (symbol == "(") - (symbol == ")")
        plain = plain and symbol not in _TIMED
        here += 1
    return here


def _ends_event(line: Line, at: int, *, plain: bool) -> bool:
    """Whether the words of an event end here; `plain`: they name no time."""
    symbol = line.symbol(at)
    if symbol == "(":  # theo quy định (đầu tháng 02/2023)
        return line.symbol(at + 1) in ("month", "quarter", "part") or _deadline_follows(line, at + 1)
    ends = symbol in (",", ":") or _deadline_follows(line, at) or joins_deadline(line, at)
    return ends or (plain and _joins_time(line, at))


def joins_deadline(line: Line, at: int) -> bool:
    """Return whether "và" or "hoặc" joins a deadline to what stands before: "khi có yêu cầu hoặc trước ngày 15/3"."""
    return line.symbol(at) in JOINTS and _deadline_follows(line, behind_joint(line, at))


def _joins_time(line: Line, at: int) -> bool:
    """Whether it joins a time without a marker, to an event that names none itself: "khi có yêu cầu hoặc hằng quý"."""
    here = behind_joint(line, at)
    begins_time = {"day"} if line.symbol(here - 1) == "and" else _ALTERNATIVES
    following = line.symbol(here)
    return here > at and following in begins_time and (following in _RHYTHMS or line.symbol(here + 1) == NUMBER)


def behind_joint(line: Line, at: int) -> int:
    """Return the place behind "và", "hoặc", "và/hoặc"; the place itself where none stands."""
    if line.symbol(at) == "and" and line.symbol(at + 1) == "/" and line.symbol(at + 2) == "or":
        return at + 3
    return at + (line.symbol(at) in JOINTS)


def joint_behind(line: Line, draft: Draft) -> tuple[str, int]:
    """Return what joins a reading to what follows it, "and", "or", or "" for neither; and the place after it."""
    at = line.skip(draft.after, (",",))
    after = behind_joint(line, at)
    return (line.symbol(after - 1) if after > at else "", after)


def _deadline_follows(line: Line, at: int) -> bool:
    """Whether a marker with a date stands here: "... của Bộ Nội vụ trước ngày 15/3"."""
    symbol, following = line.symbol(at), line.symbol(at + 1)
    dated = following in _BEGINS_DEADLINE or (following == "day" and line.symbol(at + 2) == NUMBER)
    return symbol == "latest" or (symbol in ("before", "until", "done", "within") and dated)
