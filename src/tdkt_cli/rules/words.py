"""TDKT112, TDKT601 to TDKT607: the date that is entered for a deadline compared with the words of the document.

The words of a deadline are its `text`, else the time cell of its task. They are parsed with the year of the plan where it covers one
year. Where a `correction` says that the date differs on purpose, only the correction itself is checked. `entered` is the date in the file,
`stated` the one that the words say.
"""

from collections.abc import Iterator
from functools import lru_cache

from tdkt_cli.core.deadline_yaml import party_lines, when_lines
from tdkt_cli.core.findings import Fix, Lines, Path, Removal, Severity
from tdkt_cli.core.messages import Message, msg, msgs
from tdkt_cli.core.periods import Period
from tdkt_cli.core.phrases import Reading, Result, read
from tdkt_cli.core.plan import Deadline, Plan, Task, When
from tdkt_cli.core.recurrence import occurrences
from tdkt_cli.core.wording import when_words
from tdkt_cli.rules.dates import is_reversed
from tdkt_cli.rules.rule import Context, Hit, plan_rule

_read = lru_cache(maxsize=4096)(read)
_DATED = frozenset(("before", "by", "day", "within", "every"))


@plan_rule("TDKT112", Severity.ERROR)
def deadline_without_date(plan: Plan, _context: Context) -> Iterator[Hit]:
    """A deadline that has words but no date.

    It is listed as waiting until somebody reads the words: add one of before, by, day, within, every, after, ongoing, waiting.
    tdkt check --fix does so where the words name one milestone for sure.
    """
    for task, deadline in plan.deadlines():
        if deadline.when.unread:
            result = _parsed(plan, task.text(deadline))
            fix = None
            if not result.readings:
                message = msg("no date yet: add before, by, day, within, every, after, ongoing or waiting")
            elif len(result.readings) == 1:
                message = msg("no date yet; the words say: {when}", when=when_words(result.readings[0].when))
                fix = _date_fix(deadline, result)
            else:
                message = msgs(
                    "no date yet; the words name {n} milestone: {first}",
                    "no date yet; the words name {n} milestones: {first} ...; make each a deadline (tdkt read shows how)",
                    n=len(result.readings),
                    first=when_words(result.readings[0].when),
                )
            yield Hit(message, deadline.path, at_key=True, fix=fix)


def _date_fix(deadline: Deadline, result: Result) -> Fix:
    """Return the fix that adds what the only reading of the words says, and changes nothing that is there."""
    reading = result.readings[0]
    parties = party_lines(None if deadline.who else reading.who, None if deadline.what else reading.what)
    return Fix(Lines(deadline.path, (*when_lines(reading.when), *parties)), reading.sure and not result.unread)


@plan_rule("TDKT601", Severity.ERROR)
def date_differs(plan: Plan, _context: Context) -> Iterator[Hit]:
    """A date that differs from the words of the document.

    Usually one of the two is mistyped. If the document itself is wrong, keep its words, and write the right date and
    the reason under correction.
    """
    for deadline, readings, same_day in _differing(plan):
        if not same_day:
            yield Hit(_difference(deadline.when, readings, plan), (*deadline.path, deadline.when.kind))


@plan_rule("TDKT602", Severity.ERROR)
def date_not_held(plan: Plan, _context: Context) -> Iterator[Hit]:
    """A date in the words of the document that no deadline of the task has.

    Every date in the time cell is a deadline of its own, with the party that it binds; if one is missing, somebody
    misses it.
    """
    for task in plan.tasks:
        excused = {
            reading.when
            for deadline in task.deadlines
            if _is_excused(plan, task, deadline)
            for reading in _parsed(plan, task.text(deadline)).readings
        }
        lost: dict[When, Hit] = {}
        for path, reading in _sure_readings(plan, task):
            when = reading.when
            if when.kind in _DATED and when not in excused and not _is_held(when, task, plan.period):
                message = msg("no deadline matches “{when}”: “{words}”", when=when_words(when), words=reading.text)
                lost.setdefault(when, Hit(message, path))
        yield from lost.values()


@plan_rule("TDKT603", Severity.WARNING)
def milestone_lost(plan: Plan, _context: Context) -> Iterator[Hit]:
    """Words that bind several parties, and fewer deadlines than parties.

    A different party or a different act is a deadline of its own, even on one date, so that each can be reminded and done.
    """
    for task in plan.tasks:
        parties: dict[tuple[Path, When], dict[str, None]] = {}
        for path, reading in _sure_readings(plan, task):
            if reading.who:
                parties.setdefault((path, reading.when), {})[reading.who] = None
        hits: dict[Path, Hit] = {}
        for (path, when), names in parties.items():
            held = sum(_agrees(deadline.when, when, plan.period) for deadline in task.deadlines)
            if 0 < held < len(names):
                message = msgs(
                    "{when}: the words bind {n} party ({names}), but there are {held} deadlines",
                    "{when}: the words bind {n} parties ({names}), but the task has only this many deadlines: {held}",
                    n=len(names),
                    when=when_words(when),
                    names="; ".join(names),
                    held=held,
                )
                hits.setdefault(path, Hit(message, path))
        yield from hits.values()


@plan_rule("TDKT604", Severity.ERROR)
def kind_differs(plan: Plan, _context: Context) -> Iterator[Hit]:
    """The right date under the wrong key.

    “Trước 20/02” ends a day earlier than “đến 20/02”: before and by are not the same.
    """
    for deadline, _, same_day in _differing(plan):
        if same_day:
            yield Hit(_difference(deadline.when, same_day, plan), (*deadline.path, deadline.when.kind), at_key=True)


def _differing(plan: Plan) -> Iterator[tuple[Deadline, list[Reading], list[Reading]]]:
    """Yield the deadlines that agree with none of the sure readings of their words: these, and those of them on the same day."""
    for task, deadline in _compared(plan):
        readings = _sure(_parsed(plan, task.text(deadline)))
        if readings and not any(_agrees(deadline.when, reading.when, plan.period) for reading in readings):
            yield deadline, readings, [each for each in readings if _is_same_day(deadline.when, each.when)]


@plan_rule("TDKT605", Severity.INFO)
def words_not_understood(plan: Plan, _context: Context) -> Iterator[Hit]:
    """Words about time that tdkt is not sure to understand.

    Compare them with the date yourself. If the date is right, nothing is wrong, and a correction with the reason says
    so.
    """
    hits: dict[tuple[Path, str], Hit] = {}
    for task, deadline in _compared(plan):
        result, path = _parsed(plan, task.text(deadline)), _text_path(task, deadline)
        parts = result.unread.split("; ")  # a date that no calendar has breaks TDKT607
        unread = "; ".join(part for part in parts if not any(date in part for date in result.impossible))
        if unread:
            hits.setdefault((path, unread), Hit(msg("not understood: “{words}”", words=unread), path))
        for reading in result.readings:
            held = any(_agrees(other.when, reading.when, plan.period) for other in task.deadlines)
            if not reading.sure and not held:
                hits.setdefault((path, reading.text), Hit(_difference(deadline.when, [reading], plan), path))
    yield from hits.values()


@plan_rule("TDKT606", Severity.WARNING)
def needless_correction(plan: Plan, _context: Context) -> Iterator[Hit]:
    """A correction that is not needed.

    The date is the one that the words name, so there is nothing to correct; delete the correction, or correct the date.
    """
    for task, deadline in plan.deadlines():
        if deadline.correction and task.text(deadline) and not deadline.when.unread:
            readings = _parsed(plan, task.text(deadline)).readings
            if readings and all(_agrees(deadline.when, reading.when, plan.period) for reading in readings):
                path = (*deadline.path, "correction")
                message = msg("the words say the same: {when}", when=when_words(deadline.when))
                yield Hit(message, path, at_key=True, fix=Fix(Removal(path), sure=False))


@plan_rule("TDKT607", Severity.WARNING)
def impossible_date(plan: Plan, _context: Context) -> Iterator[Hit]:
    """A date in the words that no calendar has.

    Dates such as 31/4 or 29/02/2023 are slips in the document, and the people who act on it must know which day is
    meant. Ask the issuer, and settle it with a correction that gives the reason.
    """
    places = dict.fromkeys(
        (_text_path(task, deadline), words)
        for task, deadline in _compared(plan)
        for words in _parsed(plan, task.text(deadline)).impossible
    )
    yield from (Hit(msg("no calendar has this date: “{words}”", words=words), path) for path, words in places)


def _agrees(entered: When, stated: When, period: Period) -> bool:
    """Return whether an entered date is what the words of a plan of this period say.

    by, day and within that end on one day are due on the same day, so only before differs from them; an approximate date may be
    entered as any period that overlaps it.
    """
    if stated.kind == "every":
        return _recurs_alike(entered, stated, period)
    if entered.kind != stated.kind:
        return _ends_alike(entered, stated)
    if entered.kind == "waiting":
        return True
    if entered.kind == "ongoing":
        is_within = entered.start in (None, stated.start) and entered.end in (None, stated.end)
        return is_within or stated.start is stated.end is None
    if entered.event and stated.event:
        return (entered.event.days, entered.event.unit) == (stated.event.days, stated.event.unit)
    if stated.approximate and entered.start and entered.end and stated.start and stated.end:
        return entered.start <= stated.end and stated.start <= entered.end
    return (entered.start, entered.end, entered.time) == (stated.start, stated.end, stated.time) or (
        _ends_alike(entered, stated) and entered.time is None
    )


def _ends_alike(entered: When, stated: When) -> bool:
    """Return whether two dates of different kinds are due on one day; an approximate period contains the day that stands for it."""
    if entered.kind == "within" and stated.kind == "ongoing":
        return stated.end is None or stated.end == entered.end
    if not {entered.kind, stated.kind} <= {"by", "day", "within"} or entered.kind == stated.kind == "within":
        return False
    if stated.approximate and entered.start and entered.end and stated.end:
        return entered.start <= stated.end <= entered.end
    return entered.end == stated.end


def _recurs_alike(entered: When, stated: When, period: Period) -> bool:
    """Return whether a date recurs as the words say, or is one of the days on which it does."""
    days = occurrences(stated.rrule or "", period)
    if entered.kind == "every":
        # "Ngày 25" and "chậm nhất ngày 25" end alike; only "trước" is another day.
        same_bound = (entered.bound == "before") == (stated.bound == "before")
        own = occurrences(entered.rrule or "", period)
        return same_bound and own == days and (bool(days) or entered.rrule == stated.rrule)
    return entered.end in days and entered.kind in (("before",) if stated.bound == "before" else ("by", "day"))


def _is_same_day(entered: When, stated: When) -> bool:
    """Return whether both name one date under different keys."""
    kinds = {entered.kind, stated.kind}
    return entered.end is not None and entered.end == stated.end and len(kinds) > 1 and "every" not in kinds


def _is_held(stated: When, task: Task, period: Period) -> bool:
    """Return whether a date of the words stands in a deadline of the task; a period is held by a narrower date in it too."""
    whens = [deadline.when for deadline in task.deadlines]
    ends = {when.end for when in whens}
    if stated.kind == "every":
        days = occurrences(stated.rrule or "", period)
        return ends.issuperset(days) or any(_agrees(when, stated, period) for when in whens if when.kind == "every")
    span = Period(stated.start, stated.end) if stated.kind == "within" and stated.start and stated.end else None
    if span and any(end and end in span for end in ends):
        return True
    return any(_agrees(when, stated, period) or _is_same_day(when, stated) for when in whens)


def _is_excused(plan: Plan, task: Task, deadline: Deadline) -> bool:
    """Return whether another rule covers the words of a deadline: they are corrected, have no date yet, or differ from it."""
    if deadline.correction is not None or deadline.when.unread:
        return bool(deadline.text) or len(task.deadlines) == 1
    readings = _sure(_parsed(plan, task.text(deadline)))
    return not any(_agrees(deadline.when, reading.when, plan.period) for reading in readings)


def _compared(plan: Plan) -> Iterator[tuple[Task, Deadline]]:
    """Yield the deadlines that have words and a date, which is neither corrected nor reversed (TDKT201)."""
    for task, deadline in plan.deadlines():
        is_dated = deadline.correction is None and not deadline.when.unread and not is_reversed(deadline.when)
        if task.text(deadline) and is_dated:
            yield task, deadline


def _sure_readings(plan: Plan, task: Task) -> Iterator[tuple[Path, Reading]]:
    """Yield the sure readings of the time cell of a task, and of each different text of its deadlines, with its path."""
    texts: dict[str, Path] = {}
    for deadline in task.deadlines:
        texts.setdefault(deadline.text or "", (*deadline.path, "text"))
    for words, path in ((task.timing or "", (*task.path, "timing")), *texts.items()):
        yield from ((path, reading) for reading in _sure(_parsed(plan, words)))


def _sure(result: Result) -> list[Reading]:
    return [reading for reading in result.readings if reading.sure]


def _parsed(plan: Plan, words: str | None) -> Result:
    return _read(words or "", plan_year(plan))


def plan_year(plan: Plan) -> int | None:
    """Return the year that a date without one belongs to: that of a plan which covers one year."""
    return plan.period.start.year if plan.period.start.year == plan.period.end.year else None


def _difference(entered: When, stated: list[Reading], plan: Plan) -> Message:
    """Return the message that the words say something else, with the hint that their year may be a slip."""
    first = stated[0].when
    theirs = when_words(first)
    for reading in stated[1:]:
        theirs = msg("{first}; {second}", first=theirs, second=when_words(reading.when))
    message = msg("the file says {ours}, but the words say: {theirs}", ours=when_words(entered), theirs=theirs)
    if first.kind == "waiting" and entered.end:
        return msg("{difference}; write waiting, and the date under moved with its document", difference=message)
    if first.end and first.end not in plan.period and entered.end and entered.end in plan.period:
        return msg(
            "{difference}; that is outside the plan, so if the document is wrong, write a correction",
            difference=message,
        )
    return message


def _text_path(task: Task, deadline: Deadline) -> Path:
    return (*deadline.path, "text") if deadline.text else (*task.path, "timing")
