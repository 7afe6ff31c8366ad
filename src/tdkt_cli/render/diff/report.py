"""A difference for people: plans, in them tasks, in them what changed, a line each; then what follows from it.

`report_lines` makes the lines, whatever they are shown on; `text_lines` prepares them for a terminal or a pipe, `markdown_lines` for a
comment on a merge request, where everything from a file is escaped.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import date

from tdkt_cli.core.diff.difference import Change, DeadlineChange, Difference, Listed, PlanChange, Report, TaskChange
from tdkt_cli.core.messages import Message, msg, msgs
from tdkt_cli.core.plan import Deadline, Plan, Task
from tdkt_cli.core.text import one_line, visible
from tdkt_cli.render.diff.changes import ChangeWriter, deadline_words
from tdkt_cli.render.language import Language
from tdkt_cli.render.layout import BOLD, hanging, styled
from tdkt_cli.render.markdown import code, escaped

_COLOURS = {"+": "\033[32m", "-": "\033[31m", "~": "\033[33m"}
_SIGNS = {"added": "+", "removed": "-"}
_MOST_NAMES = 20
_MOST_PAIRS = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its depth, a sign (+ added, - removed, ~ changed), a reference, words. An empty line goes above a `heading`."""

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
        sign = _SIGNS.get(change.kind, "")
        yield Line(visible(one_line(document)), 0, sign, ref, heading=True)
        if sign:
            tasks = msgs("{n} task", "{n} tasks", n=len(plan.tasks))
            deadlines = _deadlines(sum(len(task.deadlines) for task in plan.tasks))
            yield Line(self.say(msg("{tasks}, {deadlines}", tasks=tasks, deadlines=deadlines)), 1)
        writer = ChangeWriter(self.language, old or plan, plan)
        yield from _changes(writer, (each for each in change.changes if each.field != "id"), 1)
        yield from (line for task in change.tasks if task.touched for line in self.task(task, writer))
        renumbered = [task for task in change.tasks if not task.touched]
        if renumbered:
            yield Line(self._renumbered(renumbered), 1, "~", heading=True)

    def task(self, change: TaskChange, writer: ChangeWriter) -> Iterator[Line]:
        """Yield a task and what changed in it."""
        task, old = change.task, change.old
        sign = _SIGNS.get(change.kind, "~")
        former = f" ({self.say(msg('formerly {id}', id=old.id))})" if old and change.renumbered else ""
        yield Line(visible(one_line(task.title)), 1, sign, f"{task.id}{former}", heading=True)
        yield from _changes(writer, change.changes, 2)
        for each in change.every_deadline:
            yield from self._deadline(change, each, writer)

    def _deadline(self, task: TaskChange, change: DeadlineChange, writer: ChangeWriter) -> Iterator[Line]:
        if change.kind == "changed":
            of = change.new[0]
            yield from _changes(replace(writer, of=of, bound=task.task.bound(of)), change.changes, 2, _id(of))
            return
        depth = 2
        if change.kind == "split":
            yield Line(self.say(msg("one deadline split into {n}", n=len(change.new))), 2, "~")
            depth = 3
        elif change.kind == "merged":
            yield Line(self.say(msg("{n} deadlines made one", n=len(change.old))), 2, "~")
            depth = 3
        for version, deadlines, sign in ((task.old, change.old, "-"), (task.new, change.new, "+")):
            yield from (self._whole(version, deadline, depth, sign) for deadline in deadlines if version)

    def _whole(self, task: Task, deadline: Deadline, depth: int, sign: str) -> Line:
        return Line(deadline_words(deadline, task.bound(deadline), self.language), depth, sign, _id(deadline))

    def _renumbered(self, tasks: Sequence[TaskChange]) -> str:
        pairs = [f"{task.old.id} -> {task.task.id}" for task in tasks if task.old]
        shown = pairs if len(pairs) <= _MOST_PAIRS else [pairs[0], "…", pairs[-1]]
        counted = msgs("{n} task renumbered, else the same: {ids}", "{n} tasks renumbered, else the same: {ids}", n=len(pairs), ids=", ".join(shown))  # fmt: skip
        if all(task.old and task.old.id in task.task.former_ids for task in tasks):
            return self.say(counted)
        return self.say(msg("{words}; former_ids keeps their feeds and history", words=counted))

    def beside(self, difference: Difference) -> Iterator[Message]:
        """Yield what changed in registers and calendars."""
        for register in difference.registers:
            parts = [self.say(msg("formerly {id}", id=register.former))] if register.former else []
            for kind, listed in ((msg("bodies"), register.bodies), (msg("groups"), register.groups)):
                if listed:
                    parts.append(self.say(msg("{what}: {changes}", what=kind, changes=self._listed(listed))))
            yield msg("register {name}: {changes}", name=register.name, changes="; ".join(parts))
        if difference.calendars:
            yield msg("calendars: {changes}", changes=self._listed(difference.calendars))
        if difference.days:
            days = (
                tuple(self.language.date(date.fromisoformat(day)) for day in own) for own in astuple(difference.days)
            )
            yield msg("days off and worked: {changes}", changes=self._listed(Listed(*days)))

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

    def summary(self, report: Report, *, whole: bool) -> Iterator[Message]:
        """Yield what follows from the difference."""
        difference, tasks, events = report.difference, report.tasks, report.events
        if not difference:
            yield msg("no differences") if whole else msg("no differences in what could be compared")
        if difference.plans:
            yield msg(
                "changed: {plans}, {tasks}, {deadlines}",
                plans=msgs("{n} plan", "{n} plans", n=len(difference.plans)),
                tasks=msgs("{n} task", "{n} tasks", n=len(tasks)),
                deadlines=_deadlines(sum(task.count for task in tasks)),
            )
        for register, names in report.units.items():
            several = len(report.units) > 1 and register
            where = msg("units concerned ({register})", register=register) if several else msg("units concerned")
            yield msg("{where}: {names}", where=where, names=self._names(names))
        if events:
            counts = (
                msg("{n} added", n=len(events.added)),
                msg("{n} changed", n=len(events.changed)),
                msg("{n} cancelled", n=len(events.cancelled)),
                msg("{n} removed", n=len(events.removed)),
            )
            yield msg(
                "events in feeds: {counts}", counts=", ".join(self.say(each) for each in counts if each.args["n"])
            )
        if difference.reaches_further:
            yield msg("registers or calendars changed, so deadlines not listed may end on other days or bind others too; their units and events are not all counted")  # fmt: skip
        if report.cosmetic:
            yield msgs("{n} file differs only in how it is written", "{n} files differ only in how they are written", n=report.cosmetic)  # fmt: skip


def _changes(writer: ChangeWriter, changes: Iterable[Change], depth: int, ref: str = "") -> Iterator[Line]:
    yield from (Line(text, depth, sign, ref) for change in changes for sign, text in writer.lines(change))


def _deadlines(count: int) -> Message:
    return msgs("{n} deadline in all", "{n} deadlines in all", n=count)


def _id(deadline: Deadline) -> str:
    return f"#{deadline.id}" if deadline.id else ""


def report_lines(report: Report, language: Language, *, whole: bool) -> Iterator[Line]:
    """Yield the lines of a difference; it is `whole` if every file could be compared."""
    writer = _Writer(language)
    for plan in report.difference.plans:
        yield from writer.plan(plan)
    for words in writer.beside(report.difference):
        yield Line(language.say(words), sign="~", heading=True)
    for place, words in enumerate(writer.summary(report, whole=whole)):
        yield Line(language.say(words), heading=place == 0)


def task_lines(change: TaskChange, old: Plan, new: Plan, language: Language) -> list[Line]:
    """Return the lines of a task that changed from one version of its plan to another, its heading first."""
    return list(_Writer(language).task(change, ChangeWriter(language, old, new)))


def text_lines(lines: Iterable[Line], *, colour: bool) -> Iterator[str]:
    """Yield lines for a terminal or a pipe; on a terminal long ones go on below their beginning."""
    for place, line in enumerate(lines):
        if line.heading and place:
            yield ""
        start = f"{'  ' * line.depth}{line.sign and f'{line.sign} '}"
        words = "  ".join(filter(None, (line.ref, line.text)))
        style = BOLD if colour and line.heading and (line.ref or line.sign) else ""
        coloured = styled(start, _COLOURS.get(line.sign, ""), colour=colour)
        yield from hanging(coloured, words, indent=len(start) + 2, style=style)


def markdown_lines(lines: Iterable[Line]) -> Iterator[str]:
    """Yield lines as Markdown for a comment on a merge request: a heading and a list for each plan, then a list of what follows."""
    above = None  # the part that the line above belongs to
    for line in lines:
        sign = f"{code(line.sign)} " if line.sign else ""
        words = " ".join(filter(None, (code(line.ref) if line.ref else "", escaped(line.text))))
        part = "in plan" if line.depth else "plan" if line.ref else "after"
        if above is not None and (part == "plan" or above == "plan" or part != above):
            yield ""
        if part == "after" and above in {"plan", "in plan"}:
            yield from ("---", "")
        yield f"### {sign}{words}" if part == "plan" else f"{'  ' * (line.depth - 1)}- {sign}{words}"
        above = part
