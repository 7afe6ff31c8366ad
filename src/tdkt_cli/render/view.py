"""Items in words, whatever they are shown on: groups of rows with a title and closing notes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any

from tdkt_cli.core.agenda import STATES as STATE_ORDER
from tdkt_cli.core.agenda import Item, Office, carried_from, deliveries
from tdkt_cli.core.messages import Message, msg
from tdkt_cli.core.plan import section_path
from tdkt_cli.core.text import collation_key, one_line, visible
from tdkt_cli.core.wording import when_words
from tdkt_cli.render.language import Language
from tdkt_cli.render.words import NEAR, STATES, carried_words, distance, nearness


@dataclass(frozen=True, slots=True)
class Row:
    """An item in words. `tone` is its nearness, which colours it; `extra` are lesser lines below it.

    An item is `timed` if it ends at a time of day, which stands in `when` but not in `day`.
    """

    day: str
    distance: str
    what: str
    title: str
    who: str
    when: str
    ref: str
    tone: str
    extra: tuple[str, ...] = ()
    timed: bool = False

    @property
    def act(self) -> str:
        """What is to be done, in one line: the milestone's act before the task's title."""
        return f"{self.what} – {self.title}" if self.what else self.title


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under a heading."""

    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class View:
    """All that a list shows: a title, groups, and closing notes."""

    title: str
    groups: tuple[Group, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Viewer:
    """Turns items into rows and groups, as of `today`."""

    language: Language
    office: Office
    today: date

    def row(self, item: Item) -> Row:
        """Return an item in words."""
        say = self.language.say
        return Row(
            day=self.language.day(item.last_day, short=True) if item.last_day else "–",
            distance=say(distance(item, self.today, self.office.soon)),
            what=visible(item.deadline.what or ""),
            title=visible(item.task.title),
            who=visible("; ".join(item.bound)),
            when=say(when_words(item.when)),
            ref=item.ref,
            tone=nearness(item, self.today, self.office.soon),
            extra=tuple(map(say, self._extra(item))),
            timed=item.when.time is not None,
        )

    def _extra(self, item: Item) -> Iterable[Message]:
        if item.last_day:
            working = self.office.calendar.last_working_day(item.last_day)
            if working != item.last_day and item.state(self.today, self.office.soon) in {"due", "later"}:
                yield msg("last working day: {day}", day=self.language.day(working, short=True))
        counted = carried_from(item.when, self.office)
        if counted:
            yield carried_words(counted, self.office)
        expected, missing = deliveries(item, self.office, self.today) if item.progress.received else (None, ())
        if expected is not None:
            yield msg("received: {n} of {all}", n=expected - len(missing), all=expected)
        if item.original:
            yield msg("the same as {ref}, counted once", ref=item.original.ref)
        if item.deadline.correction and item.last_day:
            yield msg("date corrected; tdkt show says why")

    def groups(self, items: Iterable[Item], by: str | None) -> tuple[Group, ...]:
        """Return the items in groups; by unit, an item stands under each party that it binds."""
        if by is None:
            rows = tuple(map(self.row, items))
            return (Group("", rows),) if rows else ()
        groups: dict[tuple[Any, str], list[Row]] = {}
        for item in items:
            row = self.row(item)
            for key in self._group_keys(item, by):
                groups.setdefault(key, []).append(row)
        ordered = groups if by in {"plan", "section"} else sorted(groups, key=itemgetter(0))
        return tuple(Group(key[1], tuple(groups[key])) for key in ordered)

    def _group_keys(self, item: Item, by: str) -> list[tuple[Any, str]]:
        """Return the groups that an item stands in, each as a sort key and a heading."""
        say, day, order = self.language.say, item.last_day, item.plan.id
        match by:
            case "near":
                near = nearness(item, self.today, self.office.soon)
                return [(list(NEAR).index(near), say(NEAR[near]))]
            case "state":
                state = item.state(self.today, self.office.soon)
                return [(STATE_ORDER.index(state), say(STATES[state]))]
            case "plan":
                return [(order, visible(f"{item.plan.id}: {item.plan.document.title}"))]
            case "section":
                headings = (item.plan.sections.get(part, part) for part in section_path(item.task.section))
                return [(order, visible(" / ".join([item.plan.id, *headings])))]
            case "month" if day:
                return [(day.replace(day=1), say(msg("month {month}", month=f"{day:%m/%Y}")))]
            case "month":
                return [(date.max, say(NEAR["waiting"]))]
            case "waiting":
                words = one_line((item.when.event.event if item.when.event else item.when.waiting) or "")
                if not words or day:
                    return [((1, ()), say(msg("Waiting for nothing")))]
                heading = msg("Waiting for: {what}", what=words[0].upper() + words[1:])
                return [((0, collation_key(words)), visible(say(heading)))]
            case _:
                return [(collation_key(name), visible(name)) for name in item.bound or ("–",)]
