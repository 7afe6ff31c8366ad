"""A draft while it is made, how dates of the old plan advance in it, and what a person must decide of its deadlines."""

import re
from calendar import isleap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from tdkt_cli.core.agenda import Office, last_day
from tdkt_cli.core.messages import Message, msg
from tdkt_cli.core.periods import Period, parse_first_day, parse_moment, parse_open_period, parse_period
from tdkt_cli.core.phrases import read
from tdkt_cli.core.plan import Deadline, Kind, Plan, Task
from tdkt_cli.core.resolve import Target
from tdkt_cli.core.roll.year_words import Shift, advanced
from tdkt_cli.core.text import one_line
from tdkt_cli.core.wording import WEEKDAYS, when_words

Topic = Literal["removal", "part", "goal", "day", "words", "progress", "reference"]
Named = tuple[bool, date]  # whether a deadline says `before`, and the date that it names
DATED: tuple[Kind, ...] = ("before", "by", "day", "within", "ongoing")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_WEEKDAYS = tuple(WEEKDAYS.values())
_WEEKEND = msg("weekend")
_INTERVAL = len("2023-02-01/2023-02-10")


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


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Puts under `review` of a new deadline of a task what is to be decided of it."""

    draft: Draft
    task: Task
    deadline: Deadline
    new: dict[str, Any]

    def tell(self, timing: str | None) -> None:
        """Put it there; `timing` is the new time cell of the task."""
        draft, kind, end = self.draft, self.deadline.when.kind, self.deadline.when.end
        goal = end if end and end.year > draft.shift.last else None
        when = when_words(self.deadline.when)
        stays = draft.stays(self.task, self.deadline)
        if stays and goal and goal in draft.period:
            due = msg("a goal of several years, due in this plan: {when}; the date is as it was", when=when)
            self._say("goal", due)
            self._tell_day()
        elif stays:
            far = msg("Proposed for removal: a goal of several years; its date has not been changed here ({when})")
            own = msg("Proposed for removal: its words have a date of their own, which was not changed here ({when})")
            self._say("removal", replace(far if goal else own, args={"when": when}))
        else:
            dated = kind in DATED and end is not None
            if dated:
                self._tell_day()
            self._tell_words(timing, dated=dated)
        for key in ("same_as", "on_task"):
            if key in self.new:
                self._refer(key)
        self._tell_progress()

    def _say(self, topic: Topic, message: Message) -> None:
        ref = f"{self.draft.new_id}/{self.task.id}" + (f"#{self.deadline.id}" if self.deadline.id else "")
        self.draft.review(self.new, ref, topic, message)

    def _tell_day(self) -> None:
        when, first = self.deadline.when, self.deadline.when.end
        value = self.new[when.kind]
        start, end = ends(when.kind, value)
        if end is None or first is None or when.kind == "ongoing":
            return
        repeated = self.draft.office.index.deadline(self.deadline.same_as or "", self.draft.plan)
        if repeated and repeated.plan is self.draft.plan:  # it is said there
            return
        named = start is None or len(value) == _INTERVAL  # not a month or a quarter, which ends as it does
        if named and f"{first:%m-%d}" == "02-29" and not isleap(end.year):
            self._say("day", msg("29/02 does not exist in {year}; {day} is used instead", year=f"{end.year}", day=end))
        elif start is None and f"{end:%m-%d}" == "02-28" and isleap(end.year) and not isleap(first.year):
            self._say("day", msg("February of {year} has 29 days; is {day} still meant?", year=f"{end.year}", day=end))
        last, calendar = last_day(replace(when, end=end)), self.draft.office.calendar
        if last is None or not named or when.approximate or calendar.is_working(last):
            return
        shown = last if last == end else msg("the last day, {day},", day=last)
        working, reason = calendar.last_working_day(last), calendar.reason(last)
        if reason is None or reason == _WEEKEND:
            told = msg("{day} is a {weekday}; the last working day before it is {working}")
            args = {"day": shown, "weekday": _WEEKDAYS[last.weekday()], "working": working}
        else:
            told = msg("{day} is a day off ({reason}); the last working day before it is {working}")
            args = {"day": shown, "reason": reason, "working": working}
        self._say("day", replace(told, args=args))

    def _tell_words(self, timing: str | None, *, dated: bool) -> None:
        """A correction that is no longer needed goes; where words and date do not agree any more, somebody must look."""
        draft, when, reason = self.draft, self.deadline.when, self.deadline.correction
        words, old_words = self.new.get("text") or timing or "", self.task.text(self.deadline) or ""
        agree = dated and names(words, draft.period, ends(when.kind, self.new[when.kind])[1], when.kind)
        if reason is not None:
            now = msg("words and date now agree; corrected in {year}: “{reason}”")
            still = msg("words and date differ as they did in {year}: “{reason}”; is that still so?")
            self._say("words", replace(now if agree else still, args={"year": self._year, "reason": reason}))
            if agree:
                del self.new["correction"]
        elif dated and not agree and names(old_words, draft.plan.period, when.end, when.kind):
            self._say("words", msg("words and date no longer agree; correct one of them"))

    @property
    def _year(self) -> str:
        """The year of the old plan, or its years."""
        first, last = self.draft.shift.first, self.draft.shift.last
        return f"{first}" if first == last else f"{first}-{last}"

    def _tell_progress(self) -> None:
        moved, cancelled = self.deadline.progress.moved, self.deadline.progress.cancelled
        if moved:
            when = when_words(moved[-1].when)
            self._say("progress", msg("in {year} it was moved to: {when}", year=self._year, when=when))
        if cancelled:
            day, reason = cancelled.date, cancelled.reason
            gone = msg("Proposed for removal: cancelled on {day}", day=day)
            because = msg("Proposed for removal: cancelled on {day} ({reason})", day=day, reason=reason)
            self._say("removal", because if reason else gone)

    def _refer(self, key: str) -> None:
        """Let a reference lead to the plan itself, or to what has become of the other plan."""
        typed, draft = self.new[key], self.draft
        index = draft.office.index
        target = next(iter(index.find(typed, draft.plan)), None)
        if target is None:
            return
        _, hash_, deadline = typed.partition("#")
        ref = f"{target.task.id}{hash_}{deadline}"
        if target.plan is draft.plan:
            self.new[key] = ref
            return
        period = target.plan.period
        later = f"{next_id(target.plan, Shift(period.start.year, period.end.year, draft.shift.years))}/{ref}"
        if index.find(later) if key == "on_task" else self._is_same(index.deadline(later, draft.plan)):
            self.new[key] = later
            return
        del self.new[key]
        lost = msg("in {year}: {key} {ref}; {later} is not there yet, or has another date")
        args = {"year": self._year, "key": key, "ref": typed, "later": later}
        self._say("reference", replace(lost, args=args))

    def _is_same(self, target: Target | None) -> bool:
        """Whether a deadline of another plan is one that this one can repeat."""
        if target is None or target.deadline is None or target.deadline.same_as:
            return False
        kind, when = self.deadline.when.kind, target.deadline.when
        return when.kind == kind and (
            kind not in DATED or kind == "ongoing" or ends(kind, self.new[kind])[1] == when.end
        )


def slips(draft: Draft, task: Task) -> dict[date, date]:
    """The dates that the words of a corrected deadline would name in a wrong year, and the right ones."""
    found = {}
    for deadline in task.deadlines:
        words, end = task.text(deadline), deadline.when.end
        if deadline.correction is None or not words or end is None or draft.stays(task, deadline):
            continue
        right = draft.shift.day(end)
        for reading in read(advanced(words, draft.shift).text, right.year).readings:
            wrong = reading.when.end
            if wrong and (wrong.month, wrong.day) == (right.month, right.day) and wrong.year != right.year:
                found[wrong] = right
    return found
