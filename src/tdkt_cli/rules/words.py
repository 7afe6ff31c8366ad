"""TDKT112, TDKT601 to TDKT607: the date to act on against the words of the document.

The words of a deadline are its `text`, else the time cell of its task. They are read with the year of the plan where it covers one
year. Where a `correction` says that the date differs on purpose, only the correction itself is looked at.
"""

from collections.abc import Iterator
from functools import lru_cache

from tdkt_cli.core.deadline_yaml import party_lines, when_lines
from tdkt_cli.core.findings import Fix, Lines, Path, Removal, Severity
from tdkt_cli.core.messages import Message, msg, msgs
from tdkt_cli.core.phrases import Reading, Result, read
from tdkt_cli.core.plan import Deadline, Plan, Task, When
from tdkt_cli.core.recurrence import occurrences
from tdkt_cli.core.wording import when_words
from tdkt_cli.rules.registry import Context, Hit, plan_rule

_DATED = frozenset(("before", "by", "day", "within", "every"))


@plan_rule("TDKT112", Severity.ERROR)
def deadline_without_date(plan: Plan, _context: Context) -> Iterator[Hit]:
    """A deadline that has words but no date.

    It is listed as waiting until somebody reads the words: add one of before, by, day, within, every, after, ongoing, waiting.
    tdkt check --fix does so where the words name one milestone for sure.
    """
    for task, deadline in plan.deadlines():
        if deadline.when.unread:
            result = _words(plan, task, deadline)
            fix = _fix(deadline, result) if len(result.readings) == 1 else None
            yield Hit(_without_date(result.readings), deadline.path, at_key=True, fix=fix)


def _without_date(readings: tuple[Reading, ...]) -> Message:
    if not readings:
        return msg("no date yet: add before, by, day, within, every, after, ongoing or waiting")
    if len(readings) == 1:
        return msg("no date yet; the words say: {when}", when=when_words(readings[0].when))
    return msgs(
        "no date yet; the words name {n} milestone: {first}",
        "no date yet; the words name {n} milestones: {first} ...; make each a deadline (tdkt read shows how)",
        n=len(readings),
        first=when_words(readings[0].when),
    )


def _fix(deadline: Deadline, result: Result) -> Fix:
    """The lines that the words of a deadline give it; what it has stays."""
    reading = result.readings[0]
    parties = party_lines(None if deadline.who else reading.who, None if deadline.what else reading.what)
    lines = Lines(deadline.path, (*when_lines(reading.when), *parties))
    return Fix(lines, reading.sure and not result.unread)


@plan_rule("TDKT601", Severity.ERROR)
def date_differs(plan: Plan, _context: Context) -> Iterator[Hit]:
    """A date that differs from the words of the document.

    Mostly one of the two is mistyped. Where the document itself is wrong, keep its words, write the right date and the reason
    under correction.
    """
    for deadline, said in _differing(plan):
        if not any(_same_day(deadline.when, reading.when) for reading in said):
            yield Hit(_both(deadline.when, said, plan), (*deadline.path, deadline.when.kind))


@plan_rule("TDKT602", Severity.ERROR)
def date_not_held(plan: Plan, _context: Context) -> Iterator[Hit]:
    """A date in the words of the document that no deadline of the task holds.

    Every date of the time cell is a deadline of its own, each with the party that it binds; a lost one is missed by somebody.
    """
    for task in plan.tasks:
        excused = [
            reading.when
            for deadline in task.deadlines
            if _is_excused(plan, task, deadline)
            for reading in _words(plan, task, deadline).readings
        ]
        told: list[When] = []
        for path, result in _texts(plan, task):
            for reading in _sure(result):
                if reading.when.kind not in _DATED or reading.when in (*excused, *told):
                    continue
                if not _is_held(reading.when, task, plan):
                    told.append(reading.when)
                    yield Hit(
                        msg("no deadline holds “{when}”: “{words}”", when=when_words(reading.when), words=reading.text),
                        path,
                    )


@plan_rule("TDKT603", Severity.WARNING)
def milestone_lost(plan: Plan, _context: Context) -> Iterator[Hit]:
    """Words that bind several parties, and fewer deadlines than parties.

    A different party or a different act is a deadline of its own, even on one date, so that each can be reminded and done.
    """
    for task in plan.tasks:
        for path, result in _texts(plan, task):
            parties: dict[When, list[str]] = {}
            for reading in _sure(result):
                if reading.who and reading.who not in parties.setdefault(reading.when, []):
                    parties[reading.when].append(reading.who)
            for when, names in parties.items():
                held = sum(agrees(deadline.when, when, plan) for deadline in task.deadlines)
                if 0 < held < len(names):
                    yield Hit(
                        msgs(
                            "{when}: the words bind {n} party ({names}), here stand {held} deadlines",
                            "{when}: the words bind {n} parties ({names}), the task has only so many deadlines: {held}",
                            n=len(names),
                            when=when_words(when),
                            names="; ".join(names),
                            held=held,
                        ),
                        path,
                    )
                    break


@plan_rule("TDKT604", Severity.ERROR)
def kind_differs(plan: Plan, _context: Context) -> Iterator[Hit]:
    """The right date under the wrong key.

    “Trước 20/02” ends a day earlier than “đến 20/02”: before and by are not the same.
    """
    for deadline, said in _differing(plan):
        same_day = [reading for reading in said if _same_day(deadline.when, reading.when)]
        if same_day:
            yield Hit(_both(deadline.when, same_day, plan), (*deadline.path, deadline.when.kind), at_key=True)


def _differing(plan: Plan) -> Iterator[tuple[Deadline, list[Reading]]]:
    """The deadlines that agree with none of the sure readings of their words."""
    for task, deadline in _compared(plan):
        said = _sure(_words(plan, task, deadline))
        if said and not any(agrees(deadline.when, reading.when, plan) for reading in said):
            yield deadline, said


@plan_rule("TDKT605", Severity.INFO)
def words_not_understood(plan: Plan, _context: Context) -> Iterator[Hit]:
    """Words of time that tdkt does not understand for sure.

    Compare them with the date yourself. Nothing is wrong as long as the date is right; a correction with the reason says so.
    """
    told: set[tuple[Path, str]] = set()
    for task, deadline in _compared(plan):
        result = _words(plan, task, deadline)
        path = _text_path(task, deadline)
        for words, message in _doubts(plan, task, deadline, result):
            if (path, words) not in told:
                told.add((path, words))
                yield Hit(message, path)


def _doubts(plan: Plan, task: Task, deadline: Deadline, result: Result) -> Iterator[tuple[str, Message]]:
    unread = _not_told(result)
    if unread:
        yield unread, msg("not understood: “{words}”", words=unread)
    for reading in result.readings:
        held = any(agrees(other.when, reading.when, plan) for other in task.deadlines)
        if not reading.sure and not held:
            yield reading.text, _both(deadline.when, [reading], plan)


def _not_told(result: Result) -> str:
    """What was not read, without what TDKT607 says of it: the dates that no calendar has."""
    parts = result.unread.split("; ")
    return "; ".join(part for part in parts if not any(date in part for date in result.impossible))


@plan_rule("TDKT606", Severity.WARNING)
def needless_correction(plan: Plan, _context: Context) -> Iterator[Hit]:
    """A correction that is not needed.

    The date is the one that the words name, so there is nothing to correct; delete the correction, or correct the date.
    """
    for task, deadline in plan.deadlines():
        if deadline.correction and task.text(deadline) and not deadline.when.unread:
            result = _words(plan, task, deadline)
            if result.readings and all(agrees(deadline.when, reading.when, plan) for reading in result.readings):
                path = (*deadline.path, "correction")
                message = msg("the words say the same: {when}", when=when_words(deadline.when))
                yield Hit(message, path, at_key=True, fix=Fix(Removal(path), sure=False))


@plan_rule("TDKT607", Severity.WARNING)
def impossible_date(plan: Plan, _context: Context) -> Iterator[Hit]:
    """A date in the words that no calendar has.

    31/4, 29/02/2023: the document has a slip, and whoever acts on it must know which day is meant. Ask the issuer; a correction
    with the reason settles it.
    """
    told: set[tuple[Path, str]] = set()
    for task, deadline in _compared(plan):
        for words in _words(plan, task, deadline).impossible:
            place = (_text_path(task, deadline), words)
            if place not in told:
                told.add(place)
                yield Hit(msg("no calendar has this date: “{words}”", words=words), place[0])


def agrees(encoded: When, said: When, plan: Plan) -> bool:
    """Whether a date of the file is what the words say.

    by, day and within that end on one day are due on the same day, so only before is told from them; what is approximate may be
    written as any period that overlaps it.
    """
    if said.kind == "every":
        return _falls(encoded, said, plan)
    if encoded.kind != said.kind:
        return _ends_alike(encoded, said)
    if encoded.kind == "waiting":
        return True
    if encoded.kind == "ongoing":
        return (
            encoded.start in (None, said.start) and encoded.end in (None, said.end)
        ) or said.start is said.end is None
    if encoded.kind == "after" and encoded.event and said.event:
        return (encoded.event.days, encoded.event.unit) == (said.event.days, said.event.unit)
    if said.approximate and encoded.start and encoded.end and said.start and said.end:
        return encoded.start <= said.end and said.start <= encoded.end
    return (encoded.start, encoded.end, encoded.time) == (said.start, said.end, said.time) or (
        _ends_alike(encoded, said) and encoded.time is None
    )


def _ends_alike(encoded: When, said: When) -> bool:
    """Whether two dates of different kinds are due on one day; a loose period holds the day that stands for it."""
    if encoded.kind == "within" and said.kind == "ongoing":
        return said.end is None or said.end == encoded.end
    if "before" in (encoded.kind, said.kind) or not {encoded.kind, said.kind} <= {"by", "day", "within"}:
        return False
    if encoded.kind == said.kind == "within":
        return False
    if said.approximate and encoded.start and encoded.end and said.end:
        return encoded.start <= said.end <= encoded.end
    return encoded.end == said.end


def _falls(encoded: When, said: When, plan: Plan) -> bool:
    """Whether a date recurs as the words say, or is one of the days on which it does."""
    days = occurrences(said.rrule or "", plan.period)
    strictly = said.bound == "before"
    if encoded.kind == "every":
        # "Ngày 25" and "chậm nhất ngày 25" end alike; only "trước" is another day.
        own = occurrences(encoded.rrule or "", plan.period)
        return (encoded.bound == "before") == strictly and own == days and (bool(days) or encoded.rrule == said.rrule)
    return encoded.end in days and (encoded.kind == "before") == strictly and encoded.kind in ("before", "by", "day")


def plan_year(plan: Plan) -> int | None:
    """The year of a plan that covers one: what a date without a year in its words belongs to."""
    return plan.period.start.year if plan.period.start.year == plan.period.end.year else None


@lru_cache(maxsize=4096)
def _read(words: str, year: int | None) -> Result:
    return read(words, year)


def _words(plan: Plan, task: Task, deadline: Deadline) -> Result:
    return _read(task.text(deadline) or "", plan_year(plan))


def _sure(result: Result) -> list[Reading]:
    return [reading for reading in result.readings if reading.sure]


def _compared(plan: Plan) -> Iterator[tuple[Task, Deadline]]:
    """The deadlines whose date stands beside words, and is not corrected."""
    return (
        (task, deadline)
        for task, deadline in plan.deadlines()
        if task.text(deadline)
        and deadline.correction is None
        and not (deadline.when.unread or _is_reversed(deadline.when))
    )


def _is_reversed(when: When) -> bool:
    """Whether its start lies after its end, which TDKT201 says."""
    return bool(when.start and when.end and when.start > when.end)


def _is_excused(plan: Plan, task: Task, deadline: Deadline) -> bool:
    """Whether what the words of a deadline say is told elsewhere: they are corrected, not encoded yet, or differ."""
    if deadline.correction is not None or deadline.when.unread:
        return bool(deadline.text) or len(task.deadlines) == 1
    said = _sure(_words(plan, task, deadline))
    return not any(agrees(deadline.when, reading.when, plan) for reading in said)


def _texts(plan: Plan, task: Task) -> Iterator[tuple[Path, Result]]:
    """The words of a task: its time cell, and those of each deadline."""
    if task.timing:
        yield (*task.path, "timing"), _read(task.timing, plan_year(plan))
    for words in dict.fromkeys(deadline.text for deadline in task.deadlines if deadline.text):
        deadline = next(deadline for deadline in task.deadlines if deadline.text == words)
        yield (*deadline.path, "text"), _read(words, plan_year(plan))


def _is_held(said: When, task: Task, plan: Plan) -> bool:
    """Whether a date of the words stands in a deadline of the task; a period is held by a narrower date in it too."""
    ends = {deadline.when.end for deadline in task.deadlines}
    if said.kind == "every":
        days = occurrences(said.rrule or "", plan.period)
        return any(
            agrees(deadline.when, said, plan) for deadline in task.deadlines if deadline.when.kind == "every"
        ) or ends >= set(days)
    within = said.kind == "within" and any(
        end and said.start and said.end and said.start <= end <= said.end for end in ends
    )
    return within or any(agrees(each.when, said, plan) or _same_day(each.when, said) for each in task.deadlines)


def _same_day(encoded: When, said: When) -> bool:
    """Whether both name one date, be it in another way."""
    return (
        encoded.end is not None
        and encoded.end == said.end
        and encoded.kind != said.kind
        and "every" not in (encoded.kind, said.kind)
    )


def _both(encoded: When, said: list[Reading], plan: Plan) -> Message:
    """The date and what the words say; with the hint that the year of the words may be a slip."""
    theirs = when_words(said[0].when)
    for reading in said[1:]:
        theirs = msg("{first}; {second}", first=theirs, second=when_words(reading.when))
    message = msg("here {ours}, but the words say: {theirs}", ours=when_words(encoded), theirs=theirs)
    if said[0].when.kind == "waiting" and encoded.end:
        return msg("{difference}; write waiting, and the date under moved with its document", difference=message)
    end = said[0].when.end
    if end and end not in plan.period and encoded.end and encoded.end in plan.period:
        return msg(
            "{difference}; that is outside the plan, so if the document is wrong, write a correction",
            difference=message,
        )
    return message


def _text_path(task: Task, deadline: Deadline) -> Path:
    return (*deadline.path, "text") if deadline.text else (*task.path, "timing")
