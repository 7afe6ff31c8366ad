"""Every reading along a text: which of the small parsers may begin at which word, the most specific first."""

from collections.abc import Callable

from tdkt_cli.core.phrases import events, limits, names, rhythms
from tdkt_cli.core.phrases.dates import points
from tdkt_cli.core.phrases.draft import Draft, is_break
from tdkt_cli.core.phrases.lexicon import END, NUMBER, WORD, symbols
from tdkt_cli.core.phrases.recurring import recurring_days
from tdkt_cli.core.phrases.tokens import Line

Production = Callable[[Line, int], list[Draft]]


def _glued(line: Line, at: int) -> list[Draft]:
    """Read a number that a letter touches as no date: l5/3/2023."""
    return names.amount(line, at) if line.touches(at) and line.symbol(at - 1) == WORD else []


def _lunar(line: Line, at: int) -> list[Draft]:
    """Read a day by the moon, which is not dated: rằm tháng 7, mùng 5."""
    found = points(line, at + 1, led=True, partial=True)
    return [Draft(None, at, found[1] if found else at + 1, complete=False)]


def _bare(line: Line, at: int) -> list[Draft]:
    """Read a date without a word before it, which is one only where nothing else stands in its clause: 15/3."""
    if at and not (is_break(line, at - 1) or line.symbol(at - 1) in ("(", "-", "*", "+", ":")):
        return []
    found = points(line, at, led=True)
    if found is None or not (is_break(line, found[1]) or line.symbol(found[1]) in (")", ":", "(")):
        return []
    if _is_heading(line, at) or (at and line.symbol(at - 1) == "(" and line.is_year(at)):
        return []  # 1.1. Phát động; kế hoạch 5 năm (2021 - 2025)
    whens = [(limits.when_of(stretch, set()), stretch.sure) for stretch in found[0]]
    drafts = [Draft(when, at, found[1], sure=sure, marked=False) for when, sure in whens if when]
    return limits.weekday_named(line, drafts) if len(drafts) == len(whens) else []


def _is_heading(line: Line, at: int) -> bool:
    """Whether a number such as 1.1 begins a heading: two numbers and a dot between are no date by themselves."""
    first, second, third, fourth = (line.symbol(at + ahead) for ahead in range(1, 5))
    return first == "." and (fourth != NUMBER if third == "." else second == NUMBER)


_LIMIT: tuple[Production, ...] = (limits.limit,)
_POINTED = (recurring_days, *_LIMIT)
_MARKED = (recurring_days, rhythms.timed, events.offset, *_LIMIT)
_GROUPS: tuple[tuple[str, tuple[Production, ...]], ...] = (
    ("until latest done", _MARKED),
    ("before", (*_MARKED, events.before_event)),
    ("within", (*_MARKED, events.session)),
    ("on", (recurring_days, rhythms.timed, *_LIMIT, events.session)),
    ("about occasion period day quarter part weekday nth daytime", _POINTED),
    ("month", (rhythms.monthly_report, *_POINTED)),
    ("is year whole-year relative-year week named-day", _LIMIT),
    ("from", (limits.span,)),
    ("now", (limits.from_now,)),
    ("after", (events.offset, limits.since, events.before_event)),
    ("when", (events.offset, events.condition)),
    ("by-plan situation", (events.by_plan,)),
    ("sudden", (events.sudden,)),
    ("await", (events.awaiting,)),
    ("at session", (events.session,)),
    ("rhythm every", (rhythms.rhythm,)),
    ("ongoing", (rhythms.rhythm, events.ongoing)),
    ("throughout", (events.ongoing,)),
    ("last-workday", (recurring_days,)),
    ("lunar", (_lunar,)),
    ("numbered", (names.numbered,)),
    ("document", (names.document,)),
    ("name-of-years", (names.period_of_years,)),
    ("place", (names.place,)),
    ("as-of", (names.as_of,)),
    (NUMBER, (_glued, names.coded, rhythms.rhythm, *_MARKED, _bare, names.amount)),
    (WORD, (rhythms.rhythm, events.offset, limits.half_year)),
)
_PRODUCTIONS = {symbol: productions for group, productions in _GROUPS for symbol in symbols(group)}


def scan(line: Line) -> list[Draft]:
    """Return every reading along a text, and every term that only looks like one, in order."""
    drafts: list[Draft] = []
    at = 0
    while line.symbol(at) != END:
        found = next(filter(None, (production(line, at) for production in _PRODUCTIONS.get(line.symbol(at), ()))), None)
        if found:
            if found[-1].when and found[-1].when.kind == "every":
                found = [rhythms.ended(line, draft) for draft in found]
            drafts += found
            at = max(found[-1].after, at + 1)
        else:
            at += 1
    return drafts
