"""Next year's draft from this year's plan.

The draft is made from the plan's plain data, so that what is not touched stays as it was written: dates, periods and words go on
by the same number of years (`year_words`), progress, moves, number and date of the document are left out. A date follows its
words: where they name a goal that stays, the date stays. What a person must decide stands under `review` (`draft`); what is
likely not due again is proposed for removal (`one_off`), and kept.

Nothing here depends on the day; the same plan gives the same draft.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tdkt_cli.core.agenda import last_day
from tdkt_cli.core.messages import msg
from tdkt_cli.core.plan import Deadline, Task
from tdkt_cli.core.roll.draft import DATED, Draft, Named, Reviewer, ends, names, slips
from tdkt_cli.core.roll.one_off import doubts, once, removals
from tdkt_cli.core.roll.year_words import Shift, advanced, later_value, with_dates

_PROGRESS = ("done", "moved", "cancelled", "received", "occurrences", "review")
_OF_THE_ISSUED = ("number", "issued", "signer", "note", "review", "draft")
_OF_THE_YEAR = ("former_ids", "review")
_KEPT = (
    *("id", "section", "same_as", "on_task", "publish", "approximate", "bound"),
    *("max", "min", "exactly", "copies", "days", "unit"),
)
_NAMES = ("who", "lead", "executor", "coordinator", "advisor", "labels")
_FULL_DATES = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ].*|/\d{4}-\d{2}-\d{2})?")
_UNTIL = re.compile(r"(?<=UNTIL=)\d{8}")


def roll(draft: Draft, data: Mapping[str, Any], *, working_days: bool = False) -> Draft:
    """The draft, filled from its plan, whose file holds `data`.

    That the document is a draft is left to whoever writes the file, since it takes more than text.
    With `working_days` a date whose last day is a day off becomes the one whose last day is the last working day before, in the words
    too, where the words allow it.
    """
    shift = draft.shift
    if working_days:
        draft.changed = _to_working_days(draft, data)
    headings = {section: advanced(words, shift) for section, words in data.get("sections", {}).items()}
    left = [term for words in headings.values() for term in words.left]
    draft.data = {
        **data,
        "id": draft.new_id,
        "document": _document(draft, data["document"], left),
        "period": type(data["period"])(later_value(data["period"], shift) or data["period"]),
        **({"sections": {section: words.text for section, words in headings.items()}} if headings else {}),
        "tasks": [_task(draft, task, raw) for task, raw in zip(draft.plan.tasks, data["tasks"], strict=True)],
    }
    return draft


def _document(draft: Draft, raw: Mapping[str, Any], left: list[str]) -> dict[str, Any]:
    """The document as a draft; `left` are the terms in headings that were left as they are."""
    new = {key: value for key, value in raw.items() if key not in _OF_THE_ISSUED}
    title = advanced(raw["title"], draft.shift)
    new["title"] = title.text
    reason = once(raw["title"], draft.shift)
    if reason:
        whole = msg("Proposed for removal, the whole plan: {reason}", reason=reason)
        draft.review(new, draft.new_id, "removal", whole)
    _tell_left(draft, new, draft.new_id, left if reason else [*title.left, *left])
    return new


def _tell_left(draft: Draft, new: dict[str, Any], ref: str, terms: list[str]) -> None:
    if terms:
        words = "”, “".join(dict.fromkeys(terms))
        draft.review(new, ref, "words", msg("left as it is: “{words}”; does it still hold?", words=words))


@dataclass(frozen=True, slots=True)
class _Row:
    """A task of a draft, the dates in its words that give way to others, and the terms in them that were left as they are."""

    draft: Draft
    task: Task
    changed: Mapping[date, date]
    left: list[str]


def _task(draft: Draft, task: Task, raw: Mapping[str, Any]) -> dict[str, Any]:
    given_way = {day: new for deadline in task.deadlines for day, new in draft.given_way(deadline)}
    slipped = {wrong: given_way.get(right, right) for wrong, right in slips(draft, task).items()}
    row = _Row(draft, task, slipped | given_way, [])
    new = {
        key: [] if key == "deadlines" else _later(row, key, value)
        for key, value in raw.items()
        if key not in _OF_THE_YEAR
    }
    if "timing" in raw and all(draft.stays(task, deadline) for deadline in task.deadlines):
        new["timing"] = raw["timing"]
    ref = f"{draft.new_id}/{task.id}"
    found = removals(task, draft.shift)
    for removal in found:
        draft.review(new, ref, "part" if removal.part else "removal", removal.message)
    for message in doubts(task, draft.shift):
        draft.review(new, ref, "words", message)
    for deadline, one in zip(task.deadlines, raw["deadlines"], strict=True):
        own = {key: _value(row, deadline, key, value) for key, value in one.items() if key not in _PROGRESS}
        Reviewer(draft, task, deadline, own).tell(new.get("timing"))
        new["deadlines"].append(own)
    gone = [removal.part for removal in found]
    told = [term for term in row.left if None not in gone and not any(term in (part or "") for part in gone)]
    _tell_left(draft, new, ref, told)
    return new


def _later(row: _Row, key: str, value: Any) -> Any:  # noqa: ANN401 - plain data
    """A value of prose some years later, whatever its shape; names and numbers stay."""
    if isinstance(value, Mapping):
        return {inner: _later(row, inner, one) for inner, one in value.items()}
    if isinstance(value, list):
        return [_later(row, key, one) for one in value]
    if key in _KEPT:
        return value
    new = advanced(value, row.draft.shift)
    if key in _NAMES:
        row.left.extend([value] if new.text != value else [])
        return value
    row.left.extend(new.left)
    return type(value)(with_dates(new.text, row.changed))  # typed or quoted as it was


def _value(row: _Row, deadline: Deadline, key: str, value: Any) -> Any:  # noqa: ANN401
    """What stands under a key of a deadline in the draft."""
    draft, kind = row.draft, deadline.when.kind
    is_date = key == kind and kind in DATED and value != "true"
    if (is_date or key == "text") and draft.stays(row.task, deadline):
        return value
    if key == "after":
        return {inner: _later(row, inner, one) for inner, one in value.items() if inner != "occurred"}
    if key == "every":
        return type(value)(_UNTIL.sub(lambda until: _until(until, draft.shift), value))
    if not is_date:
        return _later(row, key, value)
    new = later_value(value, draft.shift) or value
    draft.dates += 1
    _, end = ends(kind, new)
    other = draft.changed.get((kind == "before", end)) if end else None
    if other and end in row.changed and not deadline.when.approximate:
        draft.to_working_days += 1
        new = new.replace(f"{end}", f"{other}")
    return type(value)(new)


def _until(until: re.Match[str], shift: Shift) -> str:
    day = date.fromisoformat(until.group())
    return f"{shift.day(day):%Y%m%d}" if shift.moves(day.year) else until.group()


def _to_working_days(draft: Draft, data: Mapping[str, Any]) -> dict[Named, date]:
    """The dates that can give way since their last day is a day off: in every deadline that names them, and in its words.

    A date that a task names in two ways, `before` and otherwise, stays where the two would give way differently.
    """
    changed: dict[Named, date] = {}
    refused: set[Named] = set()
    refused_days: set[date] = set()
    period = draft.period
    for task, raw in zip(draft.plan.tasks, data["tasks"], strict=True):
        became: dict[date, set[date]] = {}
        for deadline, one in zip(task.deadlines, raw["deadlines"], strict=True):
            kind = deadline.when.kind
            if kind not in DATED or deadline.when.end is None or draft.stays(task, deadline):
                continue
            value = later_value(one[kind], draft.shift) or one[kind]
            start, end = ends(kind, value)
            movable = _FULL_DATES.fullmatch(value) and not deadline.when.approximate
            words = advanced(task.text(deadline) or "", draft.shift).text
            held = (day for day in (start, None if movable else end) if day)
            refused_days.update(day for day in held if with_dates(words, {day: date.max}) != words)
            if not movable or end is None:
                continue
            last = last_day(replace(deadline.when, end=end))
            worked = draft.office.calendar.last_working_day(last) if last else end
            new = end - (last - worked) if last else end
            became.setdefault(end, set()).add(new)
            if new == end:
                continue
            changed[kind == "before", end] = new
            leaves = end in period and worked not in period
            follow = not names(words, period, end, kind) or names(with_dates(words, {end: new}), period, new, kind)
            if leaves or not follow:
                refused.add((kind == "before", end))
        refused_days.update(day for day, news in became.items() if len(news) > 1)
    return {named: new for named, new in changed.items() if named not in refused and named[1] not in refused_days}
