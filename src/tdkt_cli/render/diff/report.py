"""A difference for people: plans, in them tasks, in them what changed, a line each; then what follows from it.

`lines` makes the lines, whatever they are shown on; `text` puts them on a terminal or into a pipe, `markdown` into a comment on a merge
request, where everything from a file is escaped.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import date

from tdkt_cli.core.diff.difference import Change, DeadlineChange, Difference, Listed, PlanChange, Report, TaskChange
from tdkt_cli.core.messages import Message, msg, msgs
from tdkt_cli.core.plan import Deadline, Plan, Task
from tdkt_cli.core.text import one_line, visible
from tdkt_cli.render.diff.changes import Changes, deadline_words
from tdkt_cli.render.language import Language
from tdkt_cli.render.layout import wrapped
from tdkt_cli.render.markdown import code, escaped

_COLOURS = {"+": "\033[32m", "-": "\033[31m", "~": "\033[33m"}
_BOLD, _PLAIN = "\033[1m", "\033[0m"
_MOST_NAMES = 20


@dataclass(frozen=True, slots=True)
class Line:
    """A line: how deep it stands, a sign (+ came, - went, ~ is another), a reference, words. Above a `heading` a line is left free."""

    text: str
    depth: int = 0
    sign: str = ""
    ref: str = ""
    heading: bool = False


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes the lines for readers of one language."""

    language: Language

    def say(self, message: Message) -> str:
        return self.language.say(message)

    def plan(self, change: PlanChange) -> Iterator[Line]:
        plan, old = change.plan, change.old
        document = " · ".join(filter(None, (plan.document.number, plan.document.title)))
        ref = plan.id if old is None or old.id == plan.id else f"{old.id} -> {plan.id}"
        sign = {"added": "+", "removed": "-"}.get(change.kind, "")
        yield Line(visible(one_line(document)), 0, sign, ref, heading=True)
        if sign:
            yield Line(self.say(_size(plan)), 1)
        words = Changes(self.language, old or plan, plan)
        yield from self._changes(words, [each for each in change.changes if each.field != "id"], 1)
        yield from (line for task in change.tasks if task.touched for line in self.task(task, words))
        renumbered = [task for task in change.tasks if not task.touched]
        if renumbered:
            yield Line(self._renumbered(renumbered), 1, "~", heading=True)

    def task(self, change: TaskChange, words: Changes) -> Iterator[Line]:
        """A task and what changed in it."""
        task, old = change.task, change.old
        sign = {"added": "+", "removed": "-"}.get(change.kind, "~")
        former = f" ({self.say(msg('formerly {id}', id=old.id))})" if old and change.renumbered else ""
        yield Line(visible(one_line(task.title)), 1, sign, f"{task.id}{former}", heading=True)
        if change.kind != "changed":
            yield from (self._whole(task, deadline, 2, sign) for deadline in task.deadlines)
        yield from self._changes(words, change.changes, 2)
        for each in change.deadlines:
            yield from self._deadline(change, each, words)

    def _deadline(self, task: TaskChange, change: DeadlineChange, words: Changes) -> Iterator[Line]:
        depth = 2
        if change.kind in {"split", "merged"}:
            yield Line(self.say(_parted(change)), 2, "~")
            depth = 3
        if change.kind == "changed":
            of = change.new[0]
            own = replace(words, of=of, bound=task.task.bound(of))
            yield from self._changes(own, change.changes, 2, _id(of))
            return
        for version, deadlines, sign in ((task.old, change.old, "-"), (task.new, change.new, "+")):
            yield from (self._whole(version, deadline, depth, sign) for deadline in deadlines if version)

    def _whole(self, task: Task, deadline: Deadline, depth: int, sign: str) -> Line:
        return Line(deadline_words(deadline, task.bound(deadline), self.language), depth, sign, _id(deadline))

    @staticmethod
    def _changes(words: Changes, changes: Iterable[Change], depth: int, ref: str = "") -> Iterator[Line]:
        yield from (Line(said.text, depth, said.sign, ref) for change in changes for said in words.lines(change))

    def _renumbered(self, tasks: Sequence[TaskChange]) -> str:
        pairs = [f"{task.old.id} -> {task.task.id}" for task in tasks if task.old]
        shown = pairs if len(pairs) <= 3 else [pairs[0], "…", pairs[-1]]  # noqa: PLR2004
        counted = msgs("{n} task renumbered, else the same: {ids}", "{n} tasks renumbered, else the same: {ids}", n=len(pairs), ids=", ".join(shown))  # fmt: skip
        kept = all(task.old and task.old.id in task.task.former_ids for task in tasks)
        return self.say(counted if kept else msg("{words}; former_ids keeps their feeds and history", words=counted))

    def beside(self, difference: Difference) -> Iterator[Line]:
        """What changed in registers and calendars, a line each."""
        for register in difference.registers:
            lists = ((register.bodies, msg("bodies")), (register.groups, msg("groups")))
            parts = [self.say(msg("formerly {id}", id=register.former))] if register.former else []
            parts += [
                self.say(msg("{what}: {changes}", what=what, changes=self._listed(own))) for own, what in lists if own
            ]
            words = msg("register {name}: {changes}", name=register.name, changes="; ".join(parts))
            yield Line(self.say(words), 0, "~", heading=True)
        if difference.calendars:
            yield Line(self.say(msg("calendars: {changes}", changes=self._listed(difference.calendars))), 0, "~", heading=True)  # fmt: skip
        if difference.days:
            days = Listed(*(tuple(map(self._day, own)) for own in astuple(difference.days)))
            yield Line(self.say(msg("days off and worked: {changes}", changes=self._listed(days))), 0, "~", heading=True)  # fmt: skip

    def _day(self, day: str) -> str:
        return self.language.date(date.fromisoformat(day))

    def _listed(self, listed: Listed) -> str:
        lists = (
            (listed.added, msg("added {names}", names=self._names(listed.added))),
            (listed.removed, msg("removed {names}", names=self._names(listed.removed))),
            (listed.changed, msg("changed {names}", names=self._names(listed.changed))),
        )
        return ", ".join(self.say(words) for names, words in lists if names)

    def _names(self, names: Sequence[str]) -> str:
        shown = "; ".join(names[:_MOST_NAMES])
        more = len(names) - _MOST_NAMES
        return self.say(msg("{names} and {n} more", names=shown, n=more)) if more > 0 else shown

    def summary(self, report: Report, *, whole: bool) -> Iterator[str]:
        """What follows, a line each."""
        difference, tasks = report.difference, report.tasks
        if not difference:
            yield self.say(msg("no differences") if whole else msg("no differences in what could be compared"))
        if difference.plans:
            counts = (
                msgs("{n} plan", "{n} plans", n=len(difference.plans)),
                msgs("{n} task", "{n} tasks", n=len(tasks)),
                msgs("{n} deadline in all", "{n} deadlines in all", n=sum(task.count for task in tasks)),
            )
            yield self.say(
                msg("changed: {plans}, {tasks}, {deadlines}", plans=counts[0], tasks=counts[1], deadlines=counts[2])
            )
        for register, names in report.units.items():
            several = len(report.units) > 1 and register
            where = msg("units concerned ({register})", register=register) if several else msg("units concerned")
            yield self.say(msg("{where}: {names}", where=where, names=self._names(names)))
        if report.events:
            events = report.events
            counted = (
                (msg("{n} added", n=len(events.added)), events.added),
                (msg("{n} changed", n=len(events.changed)), events.changed),
                (msg("{n} cancelled", n=len(events.cancelled)), events.cancelled),
                (msg("{n} removed", n=len(events.removed)), events.removed),
            )
            found = ", ".join(self.say(words) for words, uids in counted if uids)
            yield self.say(msg("events in feeds: {counts}", counts=found))
        if difference.reaches_further:
            yield self.say(msg("registers or calendars changed, so deadlines not listed may end on other days or bind others too; their units and events are not all counted"))  # fmt: skip
        if report.cosmetic:
            words = msgs("{n} file differs only in how it is written", "{n} files differ only in how they are written", n=report.cosmetic)  # fmt: skip
            yield self.say(words)


def _size(plan: Plan) -> Message:
    tasks = msgs("{n} task", "{n} tasks", n=len(plan.tasks))
    deadlines = msgs("{n} deadline in all", "{n} deadlines in all", n=sum(len(task.deadlines) for task in plan.tasks))
    return msg("{tasks}, {deadlines}", tasks=tasks, deadlines=deadlines)


def _parted(change: DeadlineChange) -> Message:
    if change.kind == "split":
        return msg("one deadline split into {n}", n=len(change.new))
    return msg("{n} deadlines made one", n=len(change.old))


def _id(deadline: Deadline) -> str:
    return f"#{deadline.id}" if deadline.id else ""


def lines(report: Report, language: Language, *, whole: bool) -> Iterator[Line]:
    """The lines of a difference; it is `whole` where every file could be compared."""
    writer = _Writer(language)
    for plan in report.difference.plans:
        yield from writer.plan(plan)
    yield from writer.beside(report.difference)
    for place, words in enumerate(writer.summary(report, whole=whole)):
        yield Line(words, heading=place == 0)


def task_lines(change: TaskChange, old: Plan, new: Plan, language: Language) -> list[Line]:
    """The lines of a task that changed from one version of its plan to another, its heading first."""
    return list(_Writer(language).task(change, Changes(language, old, new)))


def text(found: Iterable[Line], *, colour: bool) -> Iterator[str]:
    """Lines for a terminal or a pipe; on a terminal long ones go on below their beginning."""
    for place, line in enumerate(found):
        if line.heading and place:
            yield ""
        sign = f"{line.sign} " if line.sign else ""
        start = f"{'  ' * line.depth}{sign}"
        words = "  ".join(filter(None, (line.ref, line.text)))
        parts = wrapped(words, indent=len(start) + 2 * bool(sys.stdout.isatty()))
        if colour and line.heading and (line.ref or line.sign):
            parts = [f"{_BOLD}{part}{_PLAIN}" for part in parts]
        tone = _COLOURS.get(line.sign, "") if colour else ""
        yield f"{tone}{start}{_PLAIN}{parts[0]}" if tone else f"{start}{parts[0]}"
        yield from (f"{' ' * len(start)}  {part}" for part in parts[1:])


def markdown(found: Iterable[Line]) -> Iterator[str]:
    """Lines as Markdown, for a comment on a merge request: a heading and a list for each plan, then a list of what follows."""
    above = None  # a plan, what is in it, or what follows
    for line in found:
        sign = f"{code(line.sign)} " if line.sign else ""
        words = " ".join(filter(None, (code(line.ref) if line.ref else "", escaped(line.text))))
        part = "in it" if line.depth else "plan" if line.ref else "after"
        if above is not None and (part == "plan" or above == "plan" or part != above):
            yield ""
        if part == "after" and above in {"plan", "in it"}:
            yield from ("---", "")
        yield f"### {sign}{words}" if part == "plan" else f"{'  ' * (line.depth - 1)}- {sign}{words}"
        above = part
