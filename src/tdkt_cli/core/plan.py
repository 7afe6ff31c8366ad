"""A plan as it was validated: documents, tasks, deadlines and their progress. All of it is immutable.

Names of parties stand as printed. A `When` holds what the words say of time; what follows from it (the last day in time, the
day from which it is overdue) is worked out in `agenda`, since it depends on the calendar and on settings.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from tdkt_cli.core.findings import Path, Source
from tdkt_cli.core.periods import Period

Kind = Literal["before", "by", "day", "within", "every", "after", "ongoing", "waiting"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Bound = Literal["before", "by", "day"]
Unit = Literal["working", "calendar"]
Role = Literal["lead", "executor", "coordinator", "advisor"]
ROLES: tuple[Role, ...] = get_args(Role)
Names = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What an `after` counts from: `days` days after (before, when negative) the day on which it `occurred`, once known."""

    event: str
    days: int
    unit: Unit = "calendar"
    occurred: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """What a deadline says of time. `end` is the last date that its words name, for `before` the named date itself.

    `start` stands only for periods, `time` only for a `by` with a time of day (in the configured zone). `waiting` holds the
    words for what it waits for; `unread` marks a deadline whose words nobody has put into a date yet.
    """

    kind: Kind
    start: dt.date | None = None
    end: dt.date | None = None
    time: dt.time | None = None
    approximate: bool = False
    rrule: str | None = None
    bound: Bound = "by"
    event: Event | None = None
    waiting: str | None = None
    on_task: str | None = None
    unread: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """A completion: its day and the document that proves it (số, ngày)."""

    date: dt.date
    document: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """A deadline moved to `when`, by a document of `date`; the first date stays in the deadline."""

    when: When
    date: dt.date | None = None
    document: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Cancelled:
    """A cancelled deadline."""

    date: dt.date
    document: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Quota:
    """How many a party may or must propose; exactly one of the three numbers is set."""

    who: str
    what: str
    max: int | None = None
    min: int | None = None
    exactly: int | None = None


@dataclass(frozen=True, slots=True)
class Dossier:
    """What a dossier holds, how many copies, and to whom it goes."""

    items: Names
    to: str | None = None
    copies: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What has happened to a deadline or to one occurrence of it. `received` maps a member's name to its delivery."""

    done: Done | None = None
    moved: tuple[Move, ...] = ()
    cancelled: Cancelled | None = None
    received: Mapping[str, Done] = field(default_factory=dict)
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """One milestone: an act, the party it binds, and when. `id` is empty where a task has only one.

    `review` says what a person must decide of it, a line each, until it is settled; tasks and documents have it too.
    """

    path: Path
    id: str
    when: When
    text: str | None = None
    who: Names = ()
    what: str | None = None
    correction: str | None = None
    same_as: str | None = None
    quota: tuple[Quota, ...] = ()
    dossier: Dossier | None = None
    publish: bool = True
    note: str | None = None
    review: Names = ()
    progress: Progress = Progress()
    occurrences: Mapping[dt.date, Progress] = field(default_factory=dict)

    @property
    def has_progress(self) -> bool:
        """Whether anything has been recorded of it; of a duty without a date, that it arose. A note alone is no progress."""
        return (self.when.kind == "waiting" and bool(self.occurrences)) or any(
            progress.done or progress.moved or progress.cancelled or progress.received
            for progress in (self.progress, *self.occurrences.values())
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A row of a plan. `title` is one line; `content` and `timing` are its cells as issued where they say more."""

    path: Path
    id: str
    section: str | None
    title: str
    deadlines: tuple[Deadline, ...]
    content: str | None = None
    timing: str | None = None
    lead: Names = ()
    executor: Names = ()
    coordinator: Names = ()
    advisor: Names = ()
    labels: Names = ()
    former_ids: Names = ()
    note: str | None = None
    review: Names = ()
    publish: bool = True

    def bound(self, deadline: Deadline) -> Names:
        """Return whom a deadline binds: its own party, else the executor, else the advisor, else the lead."""
        return deadline.who or self.executor or self.advisor or self.lead

    def text(self, deadline: Deadline) -> str | None:
        """Return the words of a deadline as issued: its own, else the task's whole time cell."""
        return deadline.text or self.timing


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The issued document that a plan file holds."""

    title: str
    number: str | None = None
    issuer: str | None = None
    place: str | None = None
    issued: dt.date | None = None
    signer: str | None = None
    draft: bool = False
    note: str | None = None
    review: Names = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A plan file. `sections` maps ids to headings; a dot in an id makes the tree: PL1.Q1 lies under PL1."""

    id: str
    document: Document
    period: Period
    units: str | None
    sections: Mapping[str, str]
    tasks: tuple[Task, ...]
    source: Source

    @property
    def names_as_of(self) -> dt.date:
        """The day whose names of bodies the plan uses."""
        return self.document.issued or self.period.start

    def deadlines(self) -> Iterator[tuple[Task, Deadline]]:
        """Return every deadline with its task, in the order of the file."""
        return ((task, deadline) for task in self.tasks for deadline in task.deadlines)

    def ref(self, task: Task, deadline: Deadline | None = None) -> str:
        """Return the reference of a task or deadline: hanoi-2023/PL1.3#hop."""
        return f"{self.id}/{task.id}" + (f"#{deadline.id}" if deadline and deadline.id else "")


def section_path(section: str | None) -> Names:
    """Return the ids from the top of the tree to a section: PL1.Q1 gives PL1, PL1.Q1."""
    parts = section.split(".") if section else []
    return tuple(".".join(parts[: depth + 1]) for depth in range(len(parts)))
