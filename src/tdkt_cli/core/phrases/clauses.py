"""From the readings found along a text to milestones: which of them count, and whom each binds.

A text is a list of clauses, apart from each other by ";", full stops, new lines that begin anew, and brackets that hold a milestone
of their own. In a clause the words before a date belong to it; where the clause begins with its date, those behind.
"""

from collections.abc import Iterator

from tdkt_cli.core.phrases.doubts import impossible_dates, is_doubtful, leave_doubt, left_dates
from tdkt_cli.core.phrases.draft import Draft, begins, is_break, words_between
from tdkt_cli.core.phrases.grammar import scan
from tdkt_cli.core.phrases.lexicon import END
from tdkt_cli.core.phrases.parties import Bound, bound
from tdkt_cli.core.phrases.reading import Reading
from tdkt_cli.core.phrases.tokens import Line

_NOBODY = Bound(None, None)
_Units = dict[tuple[int, int], list[Draft]]


def readings(line: Line) -> tuple[list[Reading], list[str], list[str]]:
    """The milestones of a text, the words that were not read, and those of them that are dates of no calendar."""
    found: list[Reading] = []
    unread: list[str] = []
    impossible: list[str] = []
    for first, after, drafts in _clauses(line, scan(line)):
        kept = _kept(line, first, [draft for draft in drafts if draft.when])
        broken = [words_between(line, draft.first, draft.after) for draft in drafts if not draft.complete]
        uncovered = _uncovered(first, after, drafts, kept)
        never = impossible_dates(line, uncovered)
        impossible += never
        left = [*broken, *left_dates(line, uncovered), *(words for words in never if words not in broken)]
        sure = not left and not leave_doubt(line, uncovered, kept)
        found += _milestones(line, first, after, kept, sure=sure)
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
    rest = iter(drafts)
    draft = next(rest, None)
    first = 0
    for stop in sorted(stops | brackets | {end}):
        own = []
        while draft is not None and draft.first < stop:
            own.append(draft)
            draft = next(rest, None)
        if stop > first:
            yield first, stop, own
        first = stop + 1


def _brackets(line: Line, drafts: list[Draft]) -> Iterator[tuple[int, int]]:
    """The outermost brackets that hold a milestone with words of its own: (Sở Y tế trình trước 15/01/2023)."""
    dated = iter([draft for draft in drafts if draft.when and not draft.weak and draft.marked])
    draft = next(dated, None)
    opened: list[int] = []
    for at, lexeme in enumerate(line.lexemes):
        if lexeme.symbol == "(":
            opened.append(at)
        elif lexeme.symbol == ")" and opened:
            start = opened.pop()
            while draft is not None and not opened and draft.first < start:
                draft = next(dated, None)
            if not opened and draft is not None and draft.after <= at and not begins(line, start + 1, draft.first):
                yield start, at


def _kept(line: Line, first: int, drafts: list[Draft]) -> list[Draft]:
    """The readings of a clause that count.

    Beside a date that a marker announces, a bare month or year belongs to a name; beside any date, "theo quy định" is its manner
    unless "và" or "hoặc" makes it another milestone.
    """
    drafts = [draft for place, draft in enumerate(drafts) if not _is_label(line, draft, drafts[place + 1 :])]
    announced = any(draft.marked and not draft.weak for draft in drafts)
    if announced:
        strong = [draft.marked or _is_day(draft) for draft in drafts]
    else:
        strong = [_stands(line, first, draft) for draft in drafts]
    if not any(is_strong and not draft.weak for is_strong, draft in zip(strong, drafts, strict=True)):
        weak = [draft for draft in drafts if draft.weak]
        return [draft for place, draft in enumerate(weak) if not place or _is_added(line, draft)]
    return [
        draft
        for is_strong, draft in zip(strong, drafts, strict=True)
        if (_is_coordinate(line, draft) or _leads(line, first, draft) if draft.weak else is_strong)
    ]


def _is_label(line: Line, draft: Draft, others: list[Draft]) -> bool:
    """Whether a period only names what is due: "cả năm: trước 10/12"."""
    return (
        line.symbol(draft.after) == ":"
        and bool(others)
        and others[0].marked
        and draft.when is not None
        and draft.when.kind == "within"
    )


def _is_day(draft: Draft) -> bool:
    return draft.when is not None and draft.when.kind == "day"


def _stands(line: Line, first: int, draft: Draft) -> bool:
    """Whether a period without a marker is a deadline: not where it belongs to a name, as in "Kế hoạch năm 2023"."""
    if line.symbol(draft.after) == "is":  # Năm 2023 là năm ...
        return False
    if _is_day(draft) or begins(line, first, draft.first) or line.symbol(draft.first - 1) == ":":
        return True
    long = (
        draft.when is not None
        and draft.when.start
        and draft.when.end
        and (draft.when.end - draft.when.start).days > _QUARTER
    )
    return not long and line.symbol(draft.first - 1) not in ("document", "of")


_QUARTER = 92  # days; "6 tháng đầu năm", "năm 2023" behind words mostly name what is reported on


def _is_coordinate(line: Line, draft: Draft) -> bool:
    return draft.first > 0 and line.symbol(draft.first - 1) in ("and", "or")


def _is_added(line: Line, draft: Draft) -> bool:
    return _is_coordinate(line, draft) or (
        line.symbol(draft.first - 1) == "," and line.symbol(draft.first) != "by-plan"
    )


def _leads(line: Line, first: int, draft: Draft) -> bool:
    """Whether something ongoing stands at the head of its clause, beside a date that is for something else."""
    return draft.when is not None and draft.when.kind == "ongoing" and begins(line, first, draft.first)


def _milestones(line: Line, first: int, after: int, kept: list[Draft], *, sure: bool) -> Iterator[Reading]:
    """The readings of a clause with their parties and acts; one without words of its own shares those before it."""
    units: _Units = {}
    for draft in kept:
        units.setdefault((draft.first, draft.after), []).append(draft)
    edges = [first, *(edge for unit in units for edge in unit), after]
    pieces = [(edges[place], edges[place + 1]) for place in range(0, len(edges), 2)]
    date_first = not _bound(line, pieces[0]) and not _leads_on(kept, len(units))
    if len(units) > 1 and not _bound(line, pieces[-1]):
        date_first = False  # trước 31/12 và báo cáo trước 15/01
    parties = [_NOBODY]
    dated = any(draft.when and draft.when.kind not in ("every", "ongoing", "waiting") for draft in kept)
    for place, (unit, drafts) in enumerate(units.items()):
        piece = pieces[place + date_first]
        own = _bound(line, piece)
        if not date_first and place == len(units) - 1:
            own = _with_rest(line, own, pieces[-1])
        parties = own or parties
        text = (
            words_between(line, min(piece[0], unit[0]), max(piece[1], unit[1])) if own else words_between(line, *unit)
        )
        span = (line.lexemes[unit[0]].start, line.lexemes[unit[1] - 1].end)
        certain = sure and not is_doubtful(line, first, after, drafts[0], dated=dated)
        for draft in drafts:
            when = draft.when
            if when:
                stray = place and not own and not draft.marked  # trước 15/3 (đợt 1) và ngày 15/9 (đợt 2)
                sure_of_it = certain and draft.sure and not stray
                yield from (
                    Reading(when=when, who=each.who, what=each.what, text=text, span=span, sure=sure_of_it)
                    for each in parties
                )


def _leads_on(kept: list[Draft], units: int) -> bool:
    """Whether something ongoing stands first and the words behind it belong to the date that follows."""
    return units > 1 and kept[0].when is not None and kept[0].when.kind == "ongoing"


def _bound(line: Line, piece: tuple[int, int]) -> list[Bound]:
    if piece[0] >= piece[1]:
        return []
    return bound(" ".join(line.text[line.lexemes[piece[0]].start : line.lexemes[piece[1] - 1].end].split()))


def _with_rest(line: Line, own: list[Bound], rest: tuple[int, int]) -> list[Bound]:
    """The act goes on behind its date: Sở Y tế hoàn thành trước 15/3 việc rà soát."""
    if rest[0] >= rest[1] or line.symbol(rest[0]) in (",", ".", "(") or len(own) != 1 or own[0].what:
        return own
    more = _bound(line, rest)
    return [own[0]._replace(what=more[0].what or more[0].who)] if more else own
