"""What is shown of items, independent of how: groups of rows in words, ready for a terminal or a pipe."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

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

    One that is `timed` ends at a time of day, which `day` does not say but `when` does.
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
    """A whole answer: a title, groups, and closing lines."""

    title: str
    groups: tuple[Group, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Viewer:
    """Turns items into rows for a reader, a day and an office."""

    language: Language
    office: Office
    today: date

    def row(self, item: Item) -> Row:
        """An item in words."""
        say = self.language.say
        extra: list[Message] = []
        if item.last_day:
            working = self.office.calendar.last_working_day(item.last_day)
            if working != item.last_day and item.state(self.today, self.office.soon) in {"due", "later"}:
                extra.append(msg("last working day: {day}", day=self.language.day(working, short=True)))
        counted = carried_from(item.when, self.office)
        if counted:
            extra.append(carried_words(counted, self.office))
        expected, missing = deliveries(item, self.office, self.today) if item.progress.received else (None, ())
        if expected is not None:
            extra.append(msg("received: {n} of {all}", n=expected - len(missing), all=expected))
        if item.original:
            extra.append(msg("the same as {ref}, counted once", ref=item.original.ref))
        if item.deadline.correction and item.last_day:
            extra.append(msg("date corrected; tdkt show says why"))
        return Row(
            day=self.language.day(item.last_day, short=True) if item.last_day else "–",
            distance=say(distance(item, self.today, self.office.soon)),
            what=visible(item.deadline.what or ""),
            title=visible(item.task.title),
            who=visible("; ".join(item.bound)),
            when=say(when_words(item.when)),
            ref=item.ref,
            tone=nearness(item, self.today, self.office.soon),
            extra=tuple(say(message) for message in extra),
            timed=item.when.time is not None,
        )

    def groups(self, items: Iterable[Item], by: str | None) -> tuple[Group, ...]:
        """The items in groups; by unit, an item stands under each party that it binds."""
        if by is None:
            rows = tuple(self.row(item) for item in items)
            return (Group("", rows),) if rows else ()
        keys = self._keys(by)
        groups: dict[tuple[object, str], list[Row]] = {}
        for item in items:
            for key in keys(item):
                groups.setdefault(key, []).append(self.row(item))
        ordered = groups if by in {"plan", "section"} else sorted(groups, key=lambda key: key[0])  # type: ignore[arg-type,return-value]
        return tuple(Group(heading, tuple(groups[order, heading])) for order, heading in ordered)

    def _keys(self, by: str) -> Callable[[Item], list[tuple[object, str]]]:
        say, near, states = self.language.say, list(NEAR), list(STATE_ORDER)

        def month(item: Item) -> tuple[object, str]:
            day = item.last_day
            return (
                (date.max, say(NEAR["waiting"]))
                if day is None
                else (day.replace(day=1), say(msg("month {month}", month=f"{day:%m/%Y}")))
            )

        def unit(item: Item) -> list[tuple[object, str]]:
            return [(collation_key(name), visible(name)) for name in item.bound or ("–",)]

        def awaited(item: Item) -> tuple[object, str]:
            words = item.when.event.event if item.when.event else item.when.waiting
            if not words or item.last_day:
                return (1, ()), say(msg("Waiting for nothing"))
            words = one_line(words)
            return (0, collation_key(words)), visible(
                say(msg("Waiting for: {what}", what=words[:1].upper() + words[1:]))
            )

        def section(item: Item) -> tuple[object, str]:
            headings = [item.plan.sections.get(part, part) for part in section_path(item.task.section)]
            return item.plan.id, visible(" / ".join([item.plan.id, *headings]))

        keys: dict[str, Callable[[Item], list[tuple[object, str]]]] = {
            "near": lambda item: [(near.index(key := nearness(item, self.today, self.office.soon)), say(NEAR[key]))],
            "state": lambda item: [
                (states.index(state := item.state(self.today, self.office.soon)), say(STATES[state]))
            ],
            "plan": lambda item: [(item.plan.id, visible(f"{item.plan.id}: {item.plan.document.title}"))],
            "month": lambda item: [month(item)],
            "section": lambda item: [section(item)],
            "waiting": lambda item: [awaited(item)],
            "unit": unit,
        }
        return keys[by]
