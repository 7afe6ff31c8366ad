"""A draft while it is made, and how dates of the old plan advance in it."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from tdkt_cli.core.agenda import Office
from tdkt_cli.core.messages import Message
from tdkt_cli.core.periods import Period, parse_first_day, parse_moment, parse_open_period, parse_period
from tdkt_cli.core.phrases import read
from tdkt_cli.core.plan import Deadline, Kind, Plan, Task
from tdkt_cli.core.roll.year_words import Shift, advanced
from tdkt_cli.core.text import one_line

Topic = Literal["removal", "part", "goal", "day", "words", "progress", "reference"]
Named = tuple[bool, date]  # whether a deadline says `before`, and the date that it names
DATED: tuple[Kind, ...] = ("before", "by", "day", "within", "ongoing")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")


@dataclass(frozen=True, slots=True)
class Review:
    """What a person must decide of a task or deadline, in the words that stand in the draft."""

    ref: str
    topic: Topic
    words: str


@dataclass(slots=True)
class Draft:
    """The inputs of a draft, then the draft as plain data with its reviews and how many dates went on, how many to a working day.

    `say` words what is to be decided. `changed` maps dates to those that they give way to, since their last day is a day off.
    """

    plan: Plan
    new_id: str
    shift: Shift
    office: Office
    say: Callable[[Message], str]
    changed: Mapping[Named, date] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)
    reviews: list[Review] = field(default_factory=list)
    dates: int = 0
    to_working_days: int = 0

    @property
    def period(self) -> Period:
        """What the draft covers."""
        return Period(self.shift.day(self.plan.period.start), self.shift.day(self.plan.period.end))

    def review(self, into: dict[str, Any], ref: str, topic: Topic, message: Message) -> None:
        """Put something to decide into a mapping of the draft, once."""
        words = one_line(self.say(message))
        if words not in into.get("review", ()):
            into.setdefault("review", []).append(words)
            self.reviews.append(Review(ref, topic, words))

    def stays(self, task: Task, deadline: Deadline) -> bool:
        """Whether a date does not go on: it lies years away, or its words name it and stay, as a goal or an anniversary."""
        kind, end = deadline.when.kind, deadline.when.end
        days = [day for day in (deadline.when.start, end) if day]
        if kind not in DATED or not days:
            return False
        if not all(self.shift.moves(day.year) for day in days):
            return True
        words = task.text(deadline) or ""
        later = advanced(words, self.shift).text
        return names(words, self.plan.period, end, kind) and names(later, self.period, end, kind)

    def given_way(self, deadline: Deadline) -> Iterator[tuple[date, date]]:
        """The days that a deadline would name in the draft and that give way, each with the day that it names instead."""
        days = () if deadline.when.kind == "ongoing" else (deadline.when.start, deadline.when.end)
        for later in (self.shift.day(day) for day in days if day and self.shift.moves(day.year)):
            if new := self.changed.get((deadline.when.kind == "before", later)):
                yield later, new


def names(words: str, period: Period, end: date | None, kind: Kind) -> bool:
    """Whether words of a plan of this period name a date that a deadline of this kind ends on."""
    year = period.start.year if period.start.year == period.end.year else None
    return end is not None and any(
        reading.when.end == end and (reading.when.kind == "before") == (kind == "before")
        for reading in read(words, year).readings
    )


def ends(kind: Kind, value: str) -> tuple[date | None, date | None]:
    """The first and last day that a value of a file names under this key."""
    if kind == "before":
        return None, parse_first_day(value)
    if kind in ("by", "day"):
        return None, parse_moment(value)[0]
    if kind == "ongoing":
        return parse_open_period(value)
    period = parse_period(value)
    return period.start, period.end


def shift_of(plan: Plan, year: int | None) -> Shift:
    """Return the shift that lets a plan begin in `year`, by default right after its period."""
    start, end = plan.period.start, plan.period.end
    years = 1 if year is None else year - start.year
    while year is None and (start.year + years, start.month, start.day) <= (end.year, end.month, end.day):
        years += 1
    return Shift(start.year, end.year, years)


def next_id(plan: Plan, shift: Shift) -> str:
    """Return the id of a plan with its years advanced, or with the new year added."""

    def later(match: re.Match[str]) -> str:
        year = int(match.group())
        return f"{year + shift.years}" if shift.first <= year <= shift.last else match.group()

    new = _YEAR.sub(later, plan.id)
    return new if new != plan.id else f"{plan.id}-{shift.first + shift.years}"
