"""Reviews of a draft's deadline, for a person to decide: days off, goals, corrections, moves, references."""

from calendar import isleap
from collections.abc import Mapping
from datetime import date
from typing import Any

from tdkt_cli.core.messages import Message, msg
from tdkt_cli.core.phrases import read
from tdkt_cli.core.plan import Deadline, Task
from tdkt_cli.core.resolve import Target
from tdkt_cli.core.roll.draft import DATED, Draft, ends, last_day_of, next_id
from tdkt_cli.core.roll.year_words import Shift, advanced
from tdkt_cli.core.wording import WEEKDAYS, when_words
from tdkt_cli.core.workdays import WorkCalendar

_WEEKDAYS = tuple(WEEKDAYS.values())
_WEEKEND = msg("weekend")
_FEBRUARY, _SHORT = 2, 28
_INTERVAL = len("2023-02-01/2023-02-10")


def tell(draft: Draft, task: Task, deadline: Deadline, new: dict[str, Any], timing: str | None) -> None:
    """Put under `review` of a new deadline what is to be decided of it; `timing` is the new time cell of its task."""
    ref = f"{draft.new_id}/{task.id}" + (f"#{deadline.id}" if deadline.id else "")
    kind = deadline.when.kind
    if draft.stays(task, deadline) and draft.is_due(deadline):
        due = msg(
            "a goal of several years, due in this plan: {when}; the date is as it was", when=when_words(deadline.when)
        )
        draft.review(new, ref, "goal", due)
        _tell_day(draft, deadline, ref, new)
    elif draft.stays(task, deadline):
        draft.review(new, ref, "removal", _stays(draft, deadline))
    elif kind in DATED and deadline.when.end:
        _tell_day(draft, deadline, ref, new)
        _tell_words(draft, task, deadline, ref, new, timing)
    elif deadline.correction:
        _tell_correction(draft, deadline, ref, new)
    for key in ("same_as", "on_task"):
        if key in new:
            _refer(draft, deadline, ref, new, key)
    _tell_progress(draft, deadline, ref, new)


def _stays(draft: Draft, deadline: Deadline) -> Message:
    when = when_words(deadline.when)
    if deadline.when.end and deadline.when.end.year > draft.shift.last:
        return msg(
            "Proposed for removal: a goal of several years; its date has not been changed here ({when})", when=when
        )
    return msg(
        "Proposed for removal: its words have a date of their own, which was not changed here ({when})", when=when
    )


def _tell_day(draft: Draft, deadline: Deadline, ref: str, new: dict[str, Any]) -> None:
    kind, value = deadline.when.kind, new[deadline.when.kind]
    start, end = ends(kind, value)
    first = deadline.when.end
    if end is None or first is None or kind == "ongoing" or _is_repeated(draft, deadline):
        return
    named = start is None or len(value) == _INTERVAL  # not a month or a quarter, which ends as it does
    if named and (first.month, first.day) == (_FEBRUARY, _SHORT + 1) and not isleap(end.year):
        draft.review(
            new, ref, "day", msg("29/02 does not exist in {year}; {day} is used instead", year=f"{end.year}", day=end)
        )
    elif (end.month, end.day) == (_FEBRUARY, _SHORT) and isleap(end.year) and not isleap(first.year) and start is None:
        ends_later = msg("February of {year} has 29 days; is {day} still meant?", year=f"{end.year}", day=end)
        draft.review(new, ref, "day", ends_later)
    last = last_day_of(kind, end)
    if last and named and not deadline.when.approximate and not draft.office.calendar.is_working(last):
        draft.review(new, ref, "day", _day_off(draft.office.calendar, last, is_named=last == end))


def _is_repeated(draft: Draft, deadline: Deadline) -> bool:
    """Whether a deadline repeats another of its plan, where what is to be decided of it is said."""
    target = draft.office.index.deadline(deadline.same_as, draft.plan) if deadline.same_as else None
    return target is not None and target.plan is draft.plan


def _day_off(calendar: WorkCalendar, day: date, *, is_named: bool) -> Message:
    """What a last day on a day off is; one that is not the date named is called the last day."""
    working, reason = calendar.last_working_day(day), calendar.reason(day)
    shown = day if is_named else msg("the last day, {day},", day=day)
    if reason is None or reason == _WEEKEND:
        return msg(
            "{day} is a {weekday}; the last working day before it is {working}",
            day=shown,
            weekday=_WEEKDAYS[day.weekday()],
            working=working,
        )
    return msg(
        "{day} is a day off ({reason}); the last working day before it is {working}",
        day=shown,
        reason=reason,
        working=working,
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


def _tell_words(
    draft: Draft, task: Task, deadline: Deadline, ref: str, new: dict[str, Any], timing: str | None
) -> None:
    """A correction that is no longer needed goes; where words and date do not agree any more, somebody must look."""
    kind = deadline.when.kind
    _, end = ends(kind, new[kind])
    words = new.get("text") or timing or ""
    agree = draft.says(words, end, kind)
    if deadline.correction is not None and not agree:
        _tell_correction(draft, deadline, ref, new)
    elif deadline.correction is not None:
        new.pop("correction", None)
        settled = msg(
            "words and date now agree; corrected in {year}: “{reason}”", year=_year(draft), reason=deadline.correction
        )
        draft.review(new, ref, "words", settled)
    elif not agree and draft.said(task.text(deadline) or "", deadline.when.end, kind):
        draft.review(new, ref, "words", msg("words and date no longer agree; correct one of them"))


def _tell_correction(draft: Draft, deadline: Deadline, ref: str, new: dict[str, Any]) -> None:
    kept = msg(
        "words and date differ as they did in {year}: “{reason}”; is that still so?",
        year=_year(draft),
        reason=deadline.correction,
    )
    draft.review(new, ref, "words", kept)


def _year(draft: Draft) -> str:
    """The year of the old plan, or its years."""
    first, last = draft.shift.first, draft.shift.last
    return f"{first}" if first == last else f"{first}-{last}"


def _tell_progress(draft: Draft, deadline: Deadline, ref: str, new: dict[str, Any]) -> None:
    moved, cancelled = deadline.progress.moved, deadline.progress.cancelled
    if moved:
        then = msg("in {year} it was moved to: {when}", year=_year(draft), when=when_words(moved[-1].when))
        draft.review(new, ref, "progress", then)
    if cancelled and cancelled.reason:
        gone = msg("Proposed for removal: cancelled on {day} ({reason})", day=cancelled.date, reason=cancelled.reason)
        draft.review(new, ref, "removal", gone)
    elif cancelled:
        draft.review(new, ref, "removal", msg("Proposed for removal: cancelled on {day}", day=cancelled.date))


def _refer(draft: Draft, deadline: Deadline, ref: str, new: dict[str, Any], key: str) -> None:
    """Let a reference of a new deadline lead to the plan itself, or to what has become of the other plan."""
    typed = new[key]
    index = draft.office.index
    target = next(iter(index.find(typed, draft.plan)), None)
    if target is None or target.plan is draft.plan:
        new[key] = f"{target.task.id}{_mark(typed)}" if target else typed
        return
    other = target.plan
    shift = Shift(other.period.start.year, other.period.end.year, draft.shift.years)
    later = f"{next_id(other, shift)}/{target.task.id}{_mark(typed)}"
    if (key == "on_task" and index.find(later)) or (
        key == "same_as" and _is_same(index.deadline(later, draft.plan), deadline, new)
    ):
        new[key] = later
    else:
        del new[key]
        lost = msg(
            "in {year}: {key} {ref}; {later} is not there yet, or has another date",
            year=_year(draft),
            key=key,
            ref=typed,
            later=later,
        )
        draft.review(new, ref, "reference", lost)


def _mark(typed: str) -> str:
    _, hash_, deadline = typed.partition("#")
    return hash_ + deadline


def _is_same(target: Target | None, deadline: Deadline, new: Mapping[str, Any]) -> bool:
    """Whether a deadline of another plan is one that a new deadline can repeat."""
    if target is None or target.deadline is None or target.deadline.same_as:
        return False
    kind, when = deadline.when.kind, target.deadline.when
    return when.kind == kind and (kind not in DATED or kind == "ongoing" or ends(kind, new[kind])[1] == when.end)
