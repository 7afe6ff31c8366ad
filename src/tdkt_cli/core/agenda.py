"""What is due: every deadline of the plans as an item with its last day, and its state on a given day.

The rule that everything else follows: remind early, accuse late. A `before` date is itself too late by the letter of the
law, so the last day is the day before it; but plans write "trước 31/12" for the end of the year, so an item is overdue only
after the named date has ended too. That one day is its grace day; the setting `before = "strict"` takes it away.

On any day every open item is in exactly one of: later, due, overdue, waiting, ongoing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal

from tdkt_cli.core.periods import Period
from tdkt_cli.core.plan import Deadline, Done, Names, Plan, Progress, Task, When
from tdkt_cli.core.recurrence import occurrences
from tdkt_cli.core.resolve import Index, Target
from tdkt_cli.core.units import Group, Register
from tdkt_cli.core.workdays import WorkCalendar

State = Literal["overdue", "due", "later", "waiting", "ongoing", "done_in_time", "done_late", "cancelled"]
STATES: tuple[State, ...] = ("overdue", "due", "later", "waiting", "ongoing", "done_in_time", "done_late", "cancelled")
OPEN_STATES: tuple[State, ...] = STATES[:5]

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What deadlines are reckoned with: registers, working days, references, and two settings.

    `soon` is how many days before its last day an item counts as due; `strict` takes the grace day of a `before` away.
    """

    registers: Mapping[str, Register] = field(default_factory=dict)
    calendar: WorkCalendar = field(default_factory=WorkCalendar)
    index: Index = field(default_factory=lambda: Index(()))
    soon: int = 7
    strict: bool = False

    def register(self, plan: Plan) -> Register | None:
        """The register in which a plan's names are looked up."""
        return self.registers.get(plan.units or "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A deadline, or one occurrence of a recurring one, with what follows from its words.

    `last_day` is the last day in time, `overdue_from` the first day on which it is overdue; both are None where there is no
    date. `done` is its completion, for a class also by the last delivery that was missing.
    """

    plan: Plan
    task: Task
    deadline: Deadline
    when: When
    progress: Progress
    occurrence: date | None = None
    last_day: date | None = None
    overdue_from: date | None = None
    original: Target | None = None
    done: Done | None = None
    awaited_done: bool = False

    @property
    def ref(self) -> str:
        """Its reference, with the occurrence where there is one."""
        return self.plan.ref(self.task, self.deadline) + (f"@{self.occurrence}" if self.occurrence else "")

    @property
    def bound(self) -> Names:
        """Whom it binds, as printed."""
        return self.task.bound(self.deadline)

    def state(self, today: date, soon: int) -> State:
        """Its state on a day. What is recorded for a later day has not happened yet."""
        if self.progress.cancelled and self.progress.cancelled.date <= today:
            return "cancelled"
        if self.done and self.done.date <= today:
            late = self.overdue_from is not None and self.done.date >= self.overdue_from
            return "done_late" if late else "done_in_time"
        if self.last_day is None or self.overdue_from is None:
            return "ongoing" if self.when.kind == "ongoing" else "waiting"
        if today >= self.overdue_from:
            return "overdue"
        return "due" if (self.last_day - today).days <= soon else "later"


def items(plans: Iterable[Plan], office: Office, until: date | None = None) -> Iterator[Item]:
    """Every deadline of the plans in their order, each recurring one once for each occurrence in its plan's period.

    Occurrences after `until` are left out.
    """
    for plan in plans:
        for task, deadline in plan.deadlines():
            yield from _items_of(plan, task, deadline, office, until)


def _items_of(plan: Plan, task: Task, deadline: Deadline, office: Office, until: date | None) -> Iterator[Item]:
    original = office.index.deadline(deadline.same_as, plan) if deadline.same_as else None
    progress = deadline.progress
    if original and original.deadline and progress == Progress():
        progress = original.deadline.progress
    when = progress.moved[-1].when if progress.moved else deadline.when
    plain = Item(plan=plan, task=task, deadline=deadline, when=when, progress=progress, original=original)
    if when.kind == "every" and when.rrule:
        end = min(plan.period.end, until) if until else plan.period.end
        for day in occurrences(when.rrule, Period(plan.period.start, max(end, plan.period.start - _DAY))):
            own = deadline.occurrences.get(day, Progress())
            own = replace(own, done=own.done or progress.done, cancelled=own.cancelled or progress.cancelled)
            at = own.moved[-1].when if own.moved else replace(when, end=day)
            yield _reckoned(replace(plain, when=at, progress=own, occurrence=day), office)
        return
    yield _reckoned(plain, office)
    for day, own in deadline.occurrences.items():
        at = own.moved[-1].when if own.moved else when
        yield _reckoned(replace(plain, when=at, progress=own, occurrence=day), office)


def _reckoned(item: Item, office: Office) -> Item:
    """The item with its days, its deliveries and what it waits for worked out."""
    when = item.when
    if when.event and when.event.occurred:
        end = office.calendar.end_of_period(when.event.occurred, when.event.days, working=when.event.unit == "working")
        when = replace(when, end=end)
    last_day, overdue_from = _days(when, strict=office.strict)
    done = item.progress.done
    if not done and item.progress.received:
        expected, missing = deliveries(item, office)
        done = (
            Done(max(delivery.date for delivery in item.progress.received.values()))
            if expected and not missing
            else None
        )
    awaited_done = bool(when.on_task) and _awaited_done(item, office)
    return replace(item, when=when, last_day=last_day, overdue_from=overdue_from, done=done, awaited_done=awaited_done)


def _days(when: When, *, strict: bool) -> tuple[date | None, date | None]:
    """The last day in time and the first day on which it is overdue."""
    if when.end is None or when.kind == "ongoing":
        return None, None
    if (when.bound if when.kind == "every" else when.kind) == "before":
        return when.end - _DAY, when.end if strict else when.end + _DAY
    return when.end, when.end + _DAY


def deliveries(item: Item, office: Office) -> tuple[int | None, Names]:
    """How many bodies a deadline for a class binds, and which of them have not delivered; None where nobody knows."""
    register = office.register(item.plan)
    if register is None:
        return None, ()
    day = item.plan.names_as_of
    parties = [party for name in item.bound if (party := register.resolve(name, day))]
    if len(parties) < len(item.bound) or not any(isinstance(party, Group) for party in parties):
        return None, ()
    bodies = {}
    for party in parties:
        members = register.members(party, day)
        if members is None:
            return None, ()
        bodies.update({body.id: body for body in members})
    delivered = {party.id for name in item.progress.received if (party := register.resolve(name, day))}
    return len(bodies), tuple(body.name for body in bodies.values() if body.id not in delivered)


def _awaited_done(item: Item, office: Office) -> bool:
    """Whether the task that a waiting item waits for is done, so that its date can be recorded."""
    if not item.when.on_task:
        return False
    targets = office.index.find(item.when.on_task, item.plan)
    return bool(targets) and all(deadline.progress.done for deadline in targets[0].task.deadlines)
