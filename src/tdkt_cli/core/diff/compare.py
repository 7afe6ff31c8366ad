"""Comparison of two versions of plans by task and deadline, not by line.

Plans are the same by their id, tasks and deadlines as `matching` says. What differs in order, white space or Unicode form alone is no
difference. A deadline that repeats another (`same_as`) and changes as that one does is said there once.

`traced` follows a task or deadline back through the versions of its plan, through renumberings, renamed deadlines and splits.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from difflib import SequenceMatcher
from itertools import chain, pairwise, zip_longest
from typing import TypeVar

from tdkt_cli.core.agenda import Office, last_day, reckoned_end
from tdkt_cli.core.diff.difference import (
    Change,
    DeadlineChange,
    Difference,
    Listed,
    PlanChange,
    RegisterChange,
    Shift,
    Snapshot,
    TaskChange,
)
from tdkt_cli.core.diff.matching import matched_deadlines, matched_plans, matched_tasks, normal, same_text, without
from tdkt_cli.core.plan import ROLES, Deadline, Document, Dossier, Move, Names, Plan, Progress, Task, When
from tdkt_cli.core.units import Party, Register
from tdkt_cli.core.workdays import WorkCalendar

T = TypeVar("T")
# What a deadline has of the one that it repeats.
_SHARED = frozenset({"when", "moved", "occurred", "done", "cancelled", "received"})
_DOCUMENT_FIELDS = tuple(field.name for field in fields(Document) if field.name != "review")
_PLAN_FIELDS = ("period", "units")
_TASK_FIELDS = ("title", "content", "section", "timing", *ROLES, "labels", "note", "publish")
_DEADLINE_FIELDS = ("id", "what", "who", "text", "correction", "same_as", "quota", "dossier", "publish", "note")
_UNORDERED = frozenset({*ROLES, "who", "labels", "quota", "items"})


def compare(old: Snapshot, new: Snapshot, *, as_one: bool = False) -> Difference:
    """Return the difference of two versions; `as_one` compares their only plans, whatever their ids."""
    single = as_one and len(old.plans) == len(new.plans) == 1
    pairs = [(old.plans[0], new.plans[0])] if single else _same_plans(old.plans, new.plans)
    found = [_plan_change(one, other, old.office, new.office) for one, other in pairs]
    changed = tuple(_said_once(found, new.office))
    kept = {id(plan.plan) for plan in changed}
    return Difference(
        plans=changed,
        same=tuple(plan.plan for plan in found if id(plan.plan) not in kept),
        registers=tuple(_registers(old.office.registers, new.office.registers)),
        days=_days(old.office.calendar, new.office.calendar),
        calendars=_listed(old.office.calendar.names, new.office.calendar.names, lambda name: name),
    )


def _same_plans(old: Sequence[Plan], new: Sequence[Plan]) -> list[tuple[Plan | None, Plan | None]]:
    """The plans of both versions in pairs, in the order of `new`; those that are gone come last."""
    matched, gone, _ = matched_plans(old, new)
    partner = {j: old[i] for i, j in matched}
    return [*((partner.get(j), plan) for j, plan in enumerate(new)), *((old[i], None) for i in gone)]


def _plan_change(old: Plan | None, new: Plan | None, before: Office, after: Office) -> PlanChange:
    if old is None or new is None:
        return PlanChange(old=old, new=new)
    changes = [] if old.id == new.id else [Change(field="id", old=old.id, new=new.id)]
    changes += _fields(old.document, new.document, _DOCUMENT_FIELDS)
    changes += _reviews(old.document.review, new.document.review)
    changes += _fields(old, new, _PLAN_FIELDS)
    for section in dict.fromkeys((*new.sections, *old.sections)):
        one, other = old.sections.get(section), new.sections.get(section)
        if not same_text(one, other):
            changes.append(Change(field=f"sections.{section}", old=one, new=other))
    return PlanChange(old=old, new=new, changes=tuple(changes), tasks=tuple(_tasks(old, new, before, after)))


def _tasks(old: Plan, new: Plan, before: Office, after: Office) -> Iterator[TaskChange]:
    """Return the changed tasks in the order of the new plan; removed ones at their old places."""
    pairs, gone, come = matched_tasks(old, new)
    places = dict(pairs)
    changes: list[tuple[float, TaskChange]] = [(j, TaskChange(old=None, new=new.tasks[j])) for j in come]
    for i in gone:
        above = next((places[k] for k in range(i - 1, -1, -1) if k in places), -1)
        changes.append((above + 0.5, TaskChange(old=old.tasks[i], new=None)))
    ids = {old.tasks[i].id: new.tasks[j].id for i, j in pairs}
    for i, j in pairs:
        change = _task_change(_referring(old.tasks[i], ids), new.tasks[j], before, after)
        if change.touched or change.renumbered:
            changes.append((j, change))
    return (change for _, change in sorted(changes, key=lambda found: found[0]))


def _referring(task: Task, ids: Mapping[str, str]) -> Task:
    """Return the task with its references to renumbered tasks updated."""

    def now(ref: str | None) -> str | None:
        id_, hash_, rest = (ref or "").partition("#")
        return f"{ids[id_]}{hash_}{rest}" if id_ in ids else ref

    return replace(
        task,
        deadlines=tuple(
            replace(each, same_as=now(each.same_as), when=replace(each.when, on_task=now(each.when.on_task)))
            for each in task.deadlines
        ),
    )


def _task_change(old: Task, new: Task, before: Office, after: Office) -> TaskChange:
    changes = _fields(old, new, _TASK_FIELDS)
    if {*old.former_ids} - {new.id} != {*new.former_ids} - {old.id}:
        changes.append(Change(field="former_ids", old=_value(old.former_ids), new=_value(new.former_ids)))
    changes += _reviews(old.review, new.review)
    found = []
    for one, other in matched_deadlines(old, new):
        olds, news = tuple(old.deadlines[i] for i in one), tuple(new.deadlines[j] for j in other)
        if len(olds) == len(news) == 1:
            own = tuple(_deadline(olds[0], news[0], before, after))
            found += [DeadlineChange(old=olds, new=news, changes=own)] if own else []
        else:
            found.append(DeadlineChange(old=olds, new=news))
    return TaskChange(old=old, new=new, changes=tuple(changes), deadlines=tuple(found))


def _deadline(old: Deadline, new: Deadline, before: Office, after: Office) -> Iterator[Change]:
    moved = bool(old.progress.moved or new.progress.moved)
    yield from (replace(each, superseded=moved) for each in _when(old.when, new.when, before, after))
    yield from _progress(old.progress, new.progress, (old.when, new.when), (before, after))
    for day in sorted({*old.occurrences, *new.occurrences}):
        one, other = (deadline.occurrences.get(day, Progress()) for deadline in (old, new))
        whens = tuple(replace(each.when, end=day) if each.when.kind == "every" else each.when for each in (old, new))
        yield from _progress(one, other, (whens[0], whens[1]), (before, after), day)
    yield from _fields(old, new, _DEADLINE_FIELDS)
    yield from _reviews(old.review, new.review)


def _when(old: When, new: When, before: Office, after: Office) -> Iterator[Change]:
    if old.on_task != new.on_task:
        yield Change(field="on_task", old=old.on_task, new=new.on_task)
    if _same_when(old, new):
        return
    shift = _shift(old, new, before, after)
    if old.event and new.event and replace(old.event, occurred=None) == replace(new.event, occurred=None):
        yield Change(field="occurred", old=old.event.occurred, new=new.event.occurred, shift=shift)
    else:
        yield Change(field="when", old=old, new=new, shift=shift)


def _same_when(old: When, new: When) -> bool:
    """Whether two dates are the same; those without a key are compared by their words."""
    words = same_text(old.waiting, new.waiting) or (old.unread and new.unread)
    events = [each.event and replace(each.event, event=normal(each.event.event)) for each in (old, new)]
    one = replace(old, waiting=None, on_task=None, event=events[0])
    return words and one == replace(new, waiting=None, on_task=None, event=events[1])


def _shift(old: When, new: When, before: Office, after: Office) -> Shift:
    one, other = (replace(when, end=reckoned_end(when, office)) for when, office in ((old, before), (new, after)))
    days = [last_day(one), last_day(other)]
    return Shift(one, other, (days[1] - days[0]).days if days[0] and days[1] else None)


def _progress(
    old: Progress, new: Progress, whens: tuple[When, When], offices: tuple[Office, Office], day: date | None = None
) -> Iterator[Change]:
    ends = [own.moved[-1].when if own.moved else when for own, when in zip((old, new), whens, strict=True)]
    shift = None if _same_when(ends[0], ends[1]) else _shift(ends[0], ends[1], *offices)
    for one, other, last in _moves(old.moved, new.moved):
        yield Change(
            field="moved", old=one, new=other, occurrence=day, shift=shift if last else None, superseded=not last
        )
    names = [name for name in {**old.received, **new.received} if old.received.get(name) != new.received.get(name)]
    given = [{name: own.received[name] for name in names if name in own.received} for own in (old, new)]
    received = [Change(field="received", old=_value(given[0]), new=_value(given[1]))] if names else []
    changes = (*_fields(old, new, ("done", "cancelled")), *received, *_fields(old, new, ("note",)))
    yield from (replace(each, occurrence=day) for each in changes)


def _moves(old: Sequence[Move], new: Sequence[Move]) -> Iterator[tuple[Move | None, Move | None, bool]]:
    """The moves that differ, each with its counterpart, and whether it is the last one, which counts; the last are counterparts."""
    for tag, i, i_end, j, j_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            to_the_end = i_end == len(old) and j_end == len(new)
            pairs = list(zip_longest(reversed(old[i:i_end]), reversed(new[j:j_end])))
            yield from ((*pairs[k], to_the_end and k == 0) for k in reversed(range(len(pairs))))


def _fields(old: object, new: object, names: Iterable[str]) -> list[Change]:
    pairs = {name: (getattr(old, name), getattr(new, name)) for name in names}
    found = {name: pair for name, pair in pairs.items() if not _same(name, *pair)}
    return [Change(field=name, old=_value(one), new=_value(other)) for name, (one, other) in found.items()]


def _reviews(old: Names, new: Names) -> Iterator[Change]:
    """The lines that were settled, then those that came to be decided, each a change of its own."""
    before, after = ({normal(line) for line in lines} for lines in (old, new))
    yield from (Change(field="review", old=line) for line in old if normal(line) not in after)
    yield from (Change(field="review", new=line) for line in new if normal(line) not in before)


def _same(name: str, old: object, new: object) -> bool:
    if isinstance(old, str | None) and isinstance(new, str | None):
        return same_text(old, new)
    if name in _UNORDERED and isinstance(old, tuple) and isinstance(new, tuple):
        return len(old) == len(new) and not without(old, new)
    if isinstance(old, Dossier) and isinstance(new, Dossier):
        return not _fields(old, new, ("to", "copies", "items"))
    return old == new


def _value(value: object) -> object:
    """Return the value, None for an empty one."""
    return None if value in ((), "", {}) else value


def _said_once(plans: Sequence[PlanChange], office: Office) -> Iterator[PlanChange]:
    """Yield the plans that changed, without the changes of repeats that changed like the deadline they repeat."""
    changed = [
        (plan.plan, plan.plan.ref(task.task, change.new[0]), change)
        for plan in plans
        for task in plan.tasks
        for change in task.deadlines
        if change.kind == "changed"
    ]
    by_ref = {ref: change for _, ref, change in changed}
    said: set[int] = set()  # changes of repeats, by identity
    also: dict[int, list[str]] = defaultdict(list)  # the repeats of a change, by its identity
    for plan, ref, change in changed:
        repeated = change.new[0].same_as
        original = office.index.deadline(repeated, plan) if repeated else None
        first = by_ref.get(original.ref) if original else None
        if first is None or first is change:
            continue
        for each in change.changes:
            if each.field in _SHARED and each in first.changes:
                said.add(id(each))
                also[id(first.changes[first.changes.index(each)])].append(ref)

    def left(change: DeadlineChange) -> DeadlineChange:
        own = (replace(each, also=tuple(also[id(each)])) for each in change.changes if id(each) not in said)
        return replace(change, changes=tuple(own))

    for whole in plans:
        tasks = []
        for task in whole.tasks:
            deadlines = (each for each in map(left, task.deadlines) if each.changes or each.kind != "changed")
            tasks.append(replace(task, deadlines=tuple(deadlines)))
        rest = replace(whole, tasks=tuple(task for task in tasks if task.touched or task.renumbered))
        if rest.changes or rest.tasks or rest.kind != "changed":
            yield rest


def _registers(old: Mapping[str, Register], new: Mapping[str, Register]) -> Iterator[RegisterChange]:
    for id_ in dict.fromkeys((*new, *old)):
        one, other = old.get(id_), new.get(id_)
        named = other or one
        bodies = _parties(one.bodies if one else (), other.bodies if other else ())
        groups = _parties(one.groups if one else (), other.groups if other else ())
        former = one.name if one and other and one.name != other.name else None
        if named and (former or bodies or groups):
            yield RegisterChange(id_, named.name, former, bodies, groups)


def _parties(old: Sequence[Party], new: Sequence[Party]) -> Listed:
    one, other = ({party.id: replace(party, path=()) for party in parties} for parties in (old, new))
    return _listed(one, other, lambda party: party.name)


def _days(old: WorkCalendar, new: WorkCalendar) -> Listed:
    one, other = (
        {
            str(day): (str(day), own.overrides[day], own.decisions.get(day), own.notes.get(day))
            for day in sorted(own.overrides)
        }
        for own in (old, new)
    )
    return _listed(one, other, lambda day: day[0])


def _listed(old: Mapping[str, T], new: Mapping[str, T], name: Callable[[T], str]) -> Listed:
    return Listed(
        added=tuple(name(new[key]) for key in new if key not in old),
        removed=tuple(name(old[key]) for key in old if key not in new),
        changed=tuple(name(new[key]) for key in new if key in old and old[key] != new[key]),
    )


@dataclass(frozen=True, slots=True)
class Step:
    """What changed with the version at this place; it came into being where `change` has no old task, or no old deadline."""

    place: int
    change: TaskChange
    old: Plan
    new: Plan


def traced(plans: Iterable[Plan], task: str, deadline: str | None, office: Office) -> Iterator[Step]:
    """Return what changed for a task of the first of these versions, the latest first; only for its `deadline` if one is named.

    No more versions are taken than are needed.
    """
    for place, (new, old) in enumerate(pairwise(chain(plans, (None,)))):
        now = next((each for each in new.tasks if each.id == task), None) if new else None
        if new is None or now is None:
            return
        found = _plan_change(old, new, office, office).every_task
        change = next((each for each in found if each.new is now), None)
        if change is None:
            continue
        if deadline is not None:
            change = _about(change, now, deadline)
        if change.touched or change.renumbered:
            yield Step(place, change, old or new, new)
        if change.old is None:
            return
        task = change.old.id
        if deadline is not None and change.deadlines:
            before = change.deadlines[0].old
            if not before:
                return
            deadline = before[0].id


def _about(change: TaskChange, now: Task, deadline: str) -> TaskChange:
    """Return the part of a change that is about one deadline and the parties of its task."""
    own = replace(now, deadlines=tuple(each for each in now.deadlines if each.id == deadline))
    return replace(
        change,
        new=now if change.old else own,
        changes=tuple(each for each in change.changes if each.field in ROLES),
        deadlines=tuple(each for each in change.deadlines if any(own.id == deadline for own in each.new)),
    )
