"""The agenda: every deadline as an item with its last day, and its state on a given day.

The rule that everything else follows: remind early, accuse late. A `before` date is itself too late by the letter of the
law, so the last day is the day before it; but plans write "trước 31/12" for the end of the year, so an item is overdue only
after the named date has ended too. That one day is its grace day; the setting `before = "strict"` takes it away.

On any day every open item is in exactly one of: later, due, overdue, waiting, ongoing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal, get_args

from tdkt_cli.core.plan import Deadline, Done, Names, Plan, Progress, Task, When
from tdkt_cli.core.recurrence import occurrences
from tdkt_cli.core.resolve import Index, Target
from tdkt_cli.core.units import Body, Group, Register
from tdkt_cli.core.workdays import WorkCalendar

State = Literal["overdue", "due", "later", "waiting", "ongoing", "done_in_time", "done_late", "cancelled"]
STATES: tuple[State, ...] = get_args(State)
OPEN_STATES: tuple[State, ...] = STATES[:5]

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What last days and states depend on besides plans: registers, working days, references, and two settings.

    `soon` is how many days before its last day an item counts as due; `strict` takes the grace day of a `before` away.
    """

    registers: Mapping[str, Register] = field(default_factory=dict)
    calendar: WorkCalendar = field(default_factory=WorkCalendar)
    index: Index = field(default_factory=lambda: Index(()))
    soon: int = 7
    strict: bool = False

    def register(self, plan: Plan) -> Register | None:
        """Return the register in which a plan's names are looked up."""
        return self.registers.get(plan.units or "")

    def parties(self, plan: Plan, names: Iterable[str]) -> list[Body | Group | None]:
        """Return the party of each name in a plan, None for an unknown one; nothing without a register."""
        register = self.register(plan)
        return [register.resolve(name, plan.names_as_of) for name in names] if register else []

    def party_ids(self, plan: Plan, names: Iterable[str]) -> list[str]:
        """Return the register's ids of names in a plan; groups stay groups, unknown names are left out."""
        return [party.id for party in self.parties(plan, names) if party]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A deadline, or one occurrence of a recurring one, with what follows from its words.

    `last_day` is the last day in time, `overdue_from` the first day on which it is overdue; both are None where there is no
    date. `done` is its completion, for a class also by the last delivery that was missing. `original` is the deadline that it
    repeats; it is `shared` when that one's progress counts for it. `awaited` are the items of the task that it waits for.
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
    shared: bool = False
    awaited: "tuple[Item, ...]" = ()

    @property
    def ref(self) -> str:
        """Its reference, with the occurrence where there is one."""
        return self.plan.ref(self.task, self.deadline) + (f"@{self.occurrence}" if self.occurrence else "")

    @property
    def bound(self) -> Names:
        """Whom it binds, as printed."""
        return self.task.bound(self.deadline)

    def awaited_done(self, today: date, soon: int) -> bool:
        """Whether the task that it waits for is done, so that its date can be recorded."""
        return bool(self.awaited) and not any(item.state(today, soon) in OPEN_STATES for item in self.awaited)

    def state(self, today: date, soon: int) -> State:
        """Return its state on a day; progress dated later has not happened yet."""
        cancelled = self.progress.cancelled
        if cancelled and cancelled.date <= today and not (self.done and self.done.date <= cancelled.date):
            return "cancelled"
        if self.done and self.done.date <= today:
            late = self.overdue_from is not None and self.done.date >= self.overdue_from
            return "done_late" if late else "done_in_time"
        if self.last_day is None or self.overdue_from is None:
            return "ongoing" if self.when.kind == "ongoing" else "waiting"
        if today >= self.overdue_from:
            return "overdue"
        return "due" if (self.last_day - today).days <= soon else "later"

    def days_left(self, today: date, soon: int) -> int | None:
        """Return the days from a day to the last day, 0 on it; None once it is closed, or without a date."""
        return (self.last_day - today).days if self.last_day and self.state(today, soon) in OPEN_STATES else None


def items(plans: Iterable[Plan], office: Office) -> Iterator[Item]:
    """Return every deadline in the order of the plans, a recurring one once for each occurrence in its plan's period."""
    for plan in plans:
        for task, deadline in plan.deadlines():
            yield from _items_of(plan, task, deadline, office)


def _items_of(plan: Plan, task: Task, deadline: Deadline, office: Office, *, follow: bool = True) -> Iterator[Item]:
    original = office.index.deadline(deadline.same_as, plan) if deadline.same_as else None
    shared = original is not None and not deadline.has_progress
    source = original.deadline if shared and original and original.deadline else deadline
    item = Item(
        plan=plan,
        task=task,
        deadline=deadline,
        when=deadline.when,
        progress=source.progress,
        original=original,
        shared=shared,
    )
    found = _recurring(item, source) if deadline.when.kind == "every" else _single(item, source)
    yield from (_reckoned(each, office, follow=follow) for each in found)


def _recurring(item: Item, source: Deadline) -> Iterator[Item]:
    """Yield an item for each day of a recurring deadline."""
    for day in occurrences(item.when.rrule or "", item.plan.period):
        yield _occurrence(item, day, source.occurrences.get(day, Progress()), replace(item.when, end=day))


def _single(item: Item, source: Deadline) -> Iterator[Item]:
    """Yield the item after its last move, then the occurrences recorded of a waiting duty."""
    moved = item.progress.moved
    yield replace(item, when=moved[-1].when) if moved else item
    for day, progress in source.occurrences.items():
        yield _occurrence(item, day, progress, item.when)


def _occurrence(item: Item, day: date, progress: Progress, when: When) -> Item:
    """Return one occurrence; a cancelled recurrence cancels what falls on the day of cancellation or later."""
    whole = item.progress.cancelled
    cancelled = progress.cancelled or (whole if whole and whole.date <= day else None)
    return replace(
        item,
        occurrence=day,
        progress=replace(progress, cancelled=cancelled),
        when=progress.moved[-1].when if progress.moved else when,
    )


def _reckoned(item: Item, office: Office, *, follow: bool) -> Item:
    """Return the item with its days and completion, and with `follow` also the tasks that it waits for."""
    when = replace(item.when, end=reckoned_end(item.when, office))
    return replace(
        item,
        when=when,
        last_day=last_day(when),
        overdue_from=_overdue_from(when, strict=office.strict),
        done=item.progress.done or (_all_delivered(item, office) if item.progress.received else None),
        awaited=_awaited(item, office) if follow and when.on_task else (),
    )


def reckoned_end(when: When, office: Office) -> date | None:
    """Return the last date that the words name; for an offset from an event, the computed date once the event has occurred."""
    if when.event is None or when.event.occurred is None:
        return when.end
    return office.calendar.end_of_period(when.event.occurred, when.event.days, working=when.event.unit == "working")


def carried_from(when: When, office: Office) -> date | None:
    """Return the day off on which a period ended before its end moved (Civil Code art. 148), else None."""
    event = when.event
    if event is None or event.occurred is None or event.unit == "working" or event.days <= 0:
        return None
    counted = office.calendar.counted(event.occurred, event.days)
    return counted if counted != reckoned_end(when, office) else None


def last_day(when: When) -> date | None:
    """Return the last day in time (inclusive), None without a date."""
    if when.end is None or when.kind == "ongoing":
        return None
    return when.end - _DAY if _is_before(when) else when.end


def _overdue_from(when: When, *, strict: bool) -> date | None:
    """Return the first day on which it is overdue, None without a date."""
    if when.end is None or when.kind == "ongoing":
        return None
    return when.end if strict and _is_before(when) else when.end + _DAY


def _is_before(when: When) -> bool:
    return (when.bound if when.kind == "every" else when.kind) == "before"


def deliveries(item: Item, office: Office, today: date) -> tuple[int | None, Names]:
    """Return how many bodies a deadline for a class binds, and those that had not delivered by `today`; None for an open group."""
    bodies = bound_bodies(item, office)
    if bodies is None or not binds_several(item, office):
        return None, ()
    received = delivered(item, office, today)
    return len(bodies), tuple(body.name for body in bodies if body.id not in received)


def _all_delivered(item: Item, office: Office) -> Done | None:
    """Return the last delivery as the completion of a deadline, None while one is missing."""
    received = delivered(item, office, date.max)
    bodies = bound_bodies(item, office)
    if not bodies or any(body.id not in received for body in bodies):
        return None
    return Done(max(received[body.id].date for body in bodies))


def counted_at(item: Item) -> Target:
    """Return where the deliveries of an item are recorded: the deadline that it repeats, or its own."""
    return item.original if item.shared and item.original else Target(item.plan, item.task, item.deadline)


def delivered(item: Item, office: Office, today: date) -> dict[str, Done]:
    """Return the deliveries up to `today`, by the id of the body."""
    received = {name: done for name, done in item.progress.received.items() if done.date <= today}
    parties = zip(office.parties(counted_at(item).plan, received), received.values(), strict=False)
    earliest_last = sorted(parties, key=lambda delivery: delivery[1].date, reverse=True)
    return {party.id: done for party, done in earliest_last if party}


def _bound_parties(item: Item, office: Office) -> list[Body | Group | None]:
    counted = counted_at(item)
    return office.parties(counted.plan, counted.task.bound(counted.deadline)) if counted.deadline else []


def binds_several(item: Item, office: Office) -> bool:
    """Whether an item binds a class or several parties, so that each delivers for itself."""
    parties = [party for party in _bound_parties(item, office) if party]
    return any(isinstance(party, Group) for party in parties) or len({party.id for party in parties}) > 1


def bound_bodies(item: Item, office: Office) -> tuple[Body, ...] | None:
    """Return the bodies that a deadline binds, by name or through groups; None where a group is open."""
    plan = counted_at(item).plan
    register = office.register(plan)
    parties = _bound_parties(item, office)
    if register is None or not parties or None in parties:
        return None
    members = [register.members(party, plan.names_as_of) for party in parties if party]
    if None in members:
        return None
    return tuple({body.id: body for bodies in members for body in bodies or ()}.values())


def _awaited(item: Item, office: Office) -> tuple[Item, ...]:
    """Return the items of the task that an item waits for, one step deep."""
    return tuple(
        awaited
        for target in office.index.find(item.when.on_task or "", item.plan)[:1]
        for deadline in ((target.deadline,) if target.deadline else target.task.deadlines)
        for awaited in _items_of(target.plan, target.task, deadline, office, follow=False)
    )


@dataclass(frozen=True, slots=True)
class Delivery:
    """A body that a deadline binds. `done` is its delivery, None while it is missing; `late` how many days late, 0 in time.

    What is missing is late by the days that it is overdue.
    """

    body: Body
    done: Done | None
    late: int


def standing(item: Item, office: Office, today: date) -> tuple[Delivery, ...]:
    """Return every body that an item binds with its delivery up to `today`; for an open group, those that delivered."""
    received = delivered(item, office, today)
    register = office.register(counted_at(item).plan)
    bound = bound_bodies(item, office)
    known = bound if bound is not None else [register.by_id[id_] for id_ in received] if register else []
    return tuple(
        Delivery(body, received.get(body.id), _days_late(item, received.get(body.id), today))
        for body in known
        if isinstance(body, Body)
    )


def _days_late(item: Item, done: Done | None, today: date) -> int:
    day = done.date if done else today
    return max((day - item.overdue_from).days + 1, 0) if item.overdue_from else 0
