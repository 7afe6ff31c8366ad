"""From the readings found along a text to milestones: which of them count, and whom each binds.

A text is a list of clauses, apart from each other by ";", full stops, new lines that begin anew, and brackets that hold a milestone
of their own. In a clause the words before a date belong to it; where the clause begins with its date, those behind.
"""

from collections import deque
from collections.abc import Iterator
from itertools import chain, product, zip_longest
from operator import attrgetter

from tdkt_cli.core.phrases.doubts import are_open, impossible_dates, is_doubtful, leave_doubt, left_dates
from tdkt_cli.core.phrases.draft import JOINTS, Draft, Reading, begins, is_break, joint_behind, words_between
from tdkt_cli.core.phrases.grammar import scan
from tdkt_cli.core.phrases.lexicon import END, NUMBER, symbols
from tdkt_cli.core.phrases.parties import Bound, bound, has_act
from tdkt_cli.core.phrases.tokens import Line

_NOBODY = Bound(None, None)
_OF_TIME = symbols("day month hour minute weekday daytime before until latest from on year rhythm") | {NUMBER}
_CONDITIONS = frozenset(("when", "situation", "sudden", "await"))
_Piece = tuple[int, int]  # the first lexeme, and the one behind the last
_QUARTER = 92  # days; "6 tháng đầu năm", "năm 2023" behind words mostly name what is reported on


def readings(line: Line) -> tuple[list[Reading], list[str], list[str]]:
    """Return the milestones of a text, the words that were not read, and those of them that are dates of no calendar."""
    found: list[Reading] = []
    unread: list[str] = []
    impossible: list[str] = []
    for first, after, drafts in _clauses(line, scan(line)):
        kept = _kept(line, first, [draft for draft in drafts if draft.when])
        broken = [words_between(line, draft.first, draft.after) for draft in drafts if not draft.complete]
        uncovered = _uncovered(first, after, drafts, kept)
        never = impossible_dates(line, uncovered)
        impossible += [words_between(line, *place) for place in never]
        told = {at for draft in drafts if not draft.complete for at in range(draft.first, draft.after)}
        alone = [words_between(line, *place) for place in never if place[0] not in told]
        left = [*broken, *left_dates(line, uncovered), *alone]
        manners = _manners(line, drafts, kept)
        sure = not (left or leave_doubt(line, uncovered, kept) or are_open(line, first, kept, manners))
        silent = frozenset(at for draft in manners for at in range(draft.first, draft.after))
        found += _milestones(line, (first, after), kept, silent, sure=sure)
        unread += filter(None, left if kept else [words_between(line, first, after)])
    return found, unread, impossible


def _uncovered(first: int, after: int, drafts: list[Draft], kept: list[Draft]) -> list[int]:
    """The lexemes of a clause that no reading and no name stands on; a number of things is no name."""
    read = {id(draft) for draft in kept}
    understood = (draft for draft in drafts if id(draft) in read or draft.weak or (draft.when is None and draft.marked))
    covered = {at for draft in understood if draft.complete for at in range(draft.first, draft.after)}
    return [at for at in range(first, after) if at not in covered]


def _clauses(line: Line, drafts: list[Draft]) -> Iterator[tuple[int, int, list[Draft]]]:
    """The clauses of a text with their readings; what stands within a reading does not end a clause."""
    inside = {place for draft in drafts for place in range(draft.first, draft.after)}
    end = next(at for at, lexeme in enumerate(line.lexemes) if lexeme.symbol == END)
    stops = {at for at in range(end) if at not in inside and is_break(line, at)}
    brackets = {place for pair in _brackets(line, drafts) for place in pair}
    rest = deque(drafts)
    first = 0
    for stop in sorted(stops | brackets | {end}):
        own = []
        while rest and rest[0].first < stop:
            own.append(rest.popleft())
        if stop > first:
            yield first, stop, own
        first = stop + 1


def _brackets(line: Line, drafts: list[Draft]) -> Iterator[tuple[int, int]]:
    """The outermost brackets that hold a milestone with words of its own: (Sở Y tế trình trước 15/01/2023)."""
    dated = deque(draft for draft in drafts if draft.when and not draft.weak and draft.marked)
    opened: list[int] = []
    for at, lexeme in enumerate(line.lexemes):
        if lexeme.symbol == "(":
            opened.append(at)
        elif lexeme.symbol == ")" and opened:
            start = opened.pop()
            while dated and not opened and dated[0].first < start:
                dated.popleft()
            if not opened and dated and dated[0].after <= at and not begins(line, start + 1, dated[0].first):
                yield start, at


def _kept(line: Line, first: int, drafts: list[Draft]) -> list[Draft]:
    """The readings of a clause that count.

    Beside a date that a marker announces, a bare month or year belongs to a name; beside any date, "theo quy định" is its manner
    unless "và" or "hoặc" makes it another milestone.
    """
    drafts = [draft for draft, after in zip_longest(drafts, drafts[1:]) if not _is_label(line, draft, after)]
    weak = [draft for draft in drafts if draft.weak]
    dated = [draft for draft in drafts if not draft.weak]
    if any(draft.marked for draft in dated):
        dated = [draft for draft in dated if draft.marked or draft.kind == "day"]
    else:
        dated = [draft for draft in dated if _stands(line, first, draft)]
    if not dated:
        return [draft for place, draft in enumerate(weak) if not place or _is_added(line, draft)]
    dates = {draft.first for draft in dated}
    more = [draft for draft in weak if _is_another(line, first, draft, dates)]
    return sorted(dated + more, key=attrgetter("first"))


def _manners(line: Line, drafts: list[Draft], kept: list[Draft]) -> list[Draft]:
    """What beside the readings that count only says how or on which condition, and names no act: "theo quy định"."""
    counted = {id(draft) for draft in kept}
    manners = []
    for draft in drafts:
        symbol = line.symbol(draft.first)
        goes_on = draft.when is not None and has_act(draft.when.waiting or "")  # theo Kế hoạch và gửi báo cáo
        says_how = symbol in _CONDITIONS or (symbol == "by-plan" and not goes_on)
        if draft.weak and id(draft) not in counted and says_how:
            manners.append(draft)
    return manners


def _is_label(line: Line, draft: Draft, following: Draft | None) -> bool:
    """Whether a period only names what is due: "cả năm: trước 10/12"."""
    return line.symbol(draft.after) == ":" and draft.kind == "within" and following is not None and following.marked


def _stands(line: Line, first: int, draft: Draft) -> bool:
    """Whether a period without a marker is a deadline: not where it belongs to a name, as in "Kế hoạch năm 2023"."""
    if line.symbol(draft.after) == "is":  # Năm 2023 là năm ...
        return False
    before, when = line.symbol(draft.first - 1), draft.when
    if draft.kind == "day" or begins(line, first, draft.first) or before == ":":
        return True
    long = when is not None and when.start and when.end and (when.end - when.start).days > _QUARTER
    return not long and before not in ("document", "of")


def _is_added(line: Line, draft: Draft) -> bool:
    before = line.symbol(draft.first - 1)
    return before in JOINTS or (before == "," and line.symbol(draft.first) != "by-plan")


def _is_another(line: Line, first: int, draft: Draft, dates: set[int]) -> bool:
    """Whether what waits or goes on is a milestone beside the dates that begin at `dates`: joined to one, or ongoing at the head."""
    at_head = begins(line, first, draft.first)
    if line.symbol(draft.first - 1) in JOINTS or (at_head and draft.kind == "ongoing"):
        return True
    manner = line.symbol(draft.first) == "by-plan" and not at_head
    joint, after = joint_behind(line, draft)  # "báo cáo theo quy định và hoàn thành trước 15/3" only says how
    return after in dates and (joint == "or" or (joint == "and" and not manner))


def _milestones(
    line: Line, clause: _Piece, kept: list[Draft], silent: frozenset[int], *, sure: bool
) -> Iterator[Reading]:
    """The readings of a clause with their parties and acts; one without words of its own shares those before it.

    `silent`: the places of words that name neither party nor act.
    """
    units: dict[_Piece, list[Draft]] = {}
    for draft in kept:
        units.setdefault((draft.first, draft.after), []).append(draft)
    edges = [clause[0], *chain.from_iterable(units), clause[1]]
    pieces = list(zip(edges[::2], edges[1::2], strict=True))  # before, between and behind the milestones
    bounds = [_bound(line, piece, silent) for piece in pieces]
    date_first = not bounds[0]
    if len(units) > 1 and (kept[0].kind == "ongoing" or not bounds[-1]):
        date_first = False  # trước 31/12 và báo cáo trước 15/01; thường xuyên, gửi báo cáo trước 15/01
    parties = [_NOBODY]
    dated = any(draft.kind not in ("every", "ongoing", "waiting") for draft in kept)
    for place, (unit, drafts) in enumerate(units.items()):
        piece = pieces[place + date_first]
        own = bounds[place + date_first]
        if not date_first and place == len(units) - 1:
            own = _with_rest(line, own, pieces[-1], bounds[-1])
        parties = own or parties
        head = [pieces[0]] if date_first and not place else []
        beside = [each for each in (*head, piece) if _tells_how(line, each, silent) or (own and each == piece)]
        firsts, afters = zip(unit, *beside, strict=True)
        text = words_between(line, min(firsts), max(afters))
        span = (line.lexemes[unit[0]].start, line.lexemes[unit[1] - 1].end)
        certain = sure and not is_doubtful(line, *clause, drafts[0], dated=dated)
        for draft, party in product(drafts, parties):
            stray = place and not own and not draft.marked  # trước 15/3 (đợt 1) và ngày 15/9 (đợt 2)
            is_sure = certain and draft.sure and not stray
            if draft.when:
                yield Reading(when=draft.when, who=party.who, what=party.what, text=text, span=span, sure=is_sure)


def _bound(line: Line, piece: _Piece, silent: frozenset[int]) -> list[Bound]:
    """The parties and acts in the words beside a date, where anything but signs and silent words stands there."""
    label = line.symbol(piece[1] - 1) == ":"
    if all(at in silent or _is_mute(line.symbol(at), label=label) for at in range(*piece)):
        return []
    first = next((at for at in range(*piece) if at not in silent), piece[0])
    if line.symbol(first) != ",":  # which sets a manner or condition apart: Khi có yêu cầu, Sở Y tế gửi báo cáo
        first = piece[0]
    return bound(" ".join(line.text[line.lexemes[first].start : line.lexemes[piece[1] - 1].end].split()))


def _is_mute(symbol: str, *, label: bool) -> bool:
    """Whether a lexeme names neither party nor act: a sign, or, but in a label ("Quý II: trước 15/6"), a trace of time."""
    return len(symbol) == 1 or symbol in JOINTS or (symbol in _OF_TIME and not label)


def _tells_how(line: Line, piece: _Piece, silent: frozenset[int]) -> bool:
    """Whether words that name no act belong to a milestone all the same: "đã", "theo quy định"."""
    told = {at for at in range(*piece) if at in silent or line.symbol(at) in _OF_TIME or line.symbol(at) == "doubt"}
    return bool(told) and all(at in told or _is_mute(line.symbol(at), label=True) for at in range(*piece))


def _with_rest(line: Line, own: list[Bound], rest: _Piece, more: list[Bound]) -> list[Bound]:
    """The act goes on behind its date: Sở Y tế hoàn thành trước 15/3 việc rà soát."""
    if not more or line.symbol(rest[0]) in (",", ".", "(") or len(own) != 1 or own[0].what:
        return own
    return [own[0]._replace(what=more[0].what or more[0].who)]
