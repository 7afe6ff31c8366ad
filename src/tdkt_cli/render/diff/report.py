"""A difference for people: plans, in them tasks, in them what changed, a line each; then what follows from it.

`report_lines` makes the lines, whatever they are shown on; `text_lines` prepares them for a terminal or a pipe, `markdown_lines` for a
comment on a merge request, where everything from a file is escaped.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import date

from tdkt_cli.core.diff.difference import Change, Difference, Listed, PlanChange, Report, TaskChange
from tdkt_cli.core.messages import Message, msg, msgs
from tdkt_cli.core.plan import Deadline
from tdkt_cli.core.text import one_line, visible
from tdkt_cli.render.diff.changes import SIGNS, ChangeWriter, deadline_words
from tdkt_cli.render.language import Language
from tdkt_cli.render.layout import BOLD, hanging, styled
from tdkt_cli.render.markdown import code, escaped

_COLOURS = {"+": "\033[32m", "-": "\033[31m", "~": "\033[33m"}
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


def report_lines(report: Report, language: Language, *, whole: bool) -> Iterator[Line]:
    """Yield the lines of a difference; it is `whole` if every file could be compared."""
    for plan in report.difference.plans:
        yield from _plan(plan, language)
    for words in _beside(report.difference, language):
        yield Line(language.say(words), sign="~", heading=True)
    for place, words in enumerate(_summary(report, language, whole=whole)):
        yield Line(language.say(words), heading=place == 0)


def _plan(change: PlanChange, language: Language) -> Iterator[Line]:
    plan, old = change.plan, change.old
    document = " · ".join(filter(None, (plan.document.number, plan.document.title)))
    ref = plan.id if old is None or old.id == plan.id else f"{old.id} -> {plan.id}"
    sign = SIGNS.get(change.kind, "")
    yield Line(visible(one_line(document)), 0, sign, ref, heading=True)
    if sign:
        tasks = msgs("{n} task", "{n} tasks", n=len(plan.tasks))
        deadlines = _deadlines(sum(len(task.deadlines) for task in plan.tasks))
        yield Line(language.say(msg("{tasks}, {deadlines}", tasks=tasks, deadlines=deadlines)), 1)
    writer = ChangeWriter(language, old or plan, plan)
    yield from _changes(writer, (each for each in change.changes if each.field != "id"), 1)
    yield from (line for task in change.tasks if task.touched for line in task_lines(task, writer))
    renumbered = [task for task in change.tasks if not task.touched]
    if renumbered:
        yield Line(language.say(_renumbered(renumbered)), 1, "~", heading=True)


def _renumbered(tasks: Sequence[TaskChange]) -> Message:
    pairs = [f"{task.old.id} -> {task.task.id}" for task in tasks if task.old]
    shown = pairs if len(pairs) <= _MOST_PAIRS else [pairs[0], "…", pairs[-1]]
    counted = msgs("{n} task renumbered, else the same: {ids}", "{n} tasks renumbered, else the same: {ids}", n=len(pairs), ids=", ".join(shown))  # fmt: skip
    if all(task.old and task.old.id in task.task.former_ids for task in tasks):
        return counted
    return msg("{words}; former_ids keeps their feeds and history", words=counted)


def task_lines(change: TaskChange, writer: ChangeWriter) -> Iterator[Line]:
    """Yield a task that changed from one version of its plan to another, and what changed in it."""
    task, old, language = change.task, change.old, writer.language
    former = f" ({language.say(msg('formerly {id}', id=old.id))})" if old and change.renumbered else ""
    yield Line(visible(one_line(task.title)), 1, SIGNS.get(change.kind, "~"), f"{task.id}{former}", heading=True)
    yield from _changes(writer, change.changes, 2)
    for each in change.every_deadline:
        if each.kind == "changed":
            of = each.new[0]
            yield from _changes(replace(writer, of=of, bound=task.bound(of)), each.changes, 2, _id(of))
            continue
        depth = 2
        if each.kind in {"split", "merged"}:
            split = msg("one deadline split into {n}", n=len(each.new))
            merged = msg("{n} deadlines made one", n=len(each.old))
            yield Line(language.say(split if each.kind == "split" else merged), depth, "~")
            depth += 1
        for version, deadlines, sign in ((old or task, each.old, "-"), (task, each.new, "+")):
            for deadline in deadlines:
                yield Line(deadline_words(deadline, version.bound(deadline), language), depth, sign, _id(deadline))


def _beside(difference: Difference, language: Language) -> Iterator[Message]:
    """Yield what changed in registers and calendars."""
    for register in difference.registers:
        parts = [language.say(msg("formerly {id}", id=register.former))] if register.former else []
        for kind, listed in ((msg("bodies"), register.bodies), (msg("groups"), register.groups)):
            if listed:
                parts.append(language.say(msg("{what}: {changes}", what=kind, changes=_listed(listed, language))))
        yield msg("register {name}: {changes}", name=register.name, changes="; ".join(parts))
    if difference.calendars:
        yield msg("calendars: {changes}", changes=_listed(difference.calendars, language))
    if difference.days:
        days = (tuple(language.date(date.fromisoformat(day)) for day in own) for own in astuple(difference.days))
        yield msg("days off and worked: {changes}", changes=_listed(Listed(*days), language))


def _listed(listed: Listed, language: Language) -> str:
    lists = (
        (listed.added, msg("added {names}", names=_names(listed.added))),
        (listed.removed, msg("removed {names}", names=_names(listed.removed))),
        (listed.changed, msg("changed {names}", names=_names(listed.changed))),
    )
    return ", ".join(language.say(words) for names, words in lists if names)


def _names(names: Sequence[str]) -> Message | str:
    shown = "; ".join(names[:_MOST_NAMES])
    more = len(names) - _MOST_NAMES
    return msg("{names} and {n} more", names=shown, n=more) if more > 0 else shown


def _summary(report: Report, language: Language, *, whole: bool) -> Iterator[Message]:
    """Yield what follows from the difference."""
    difference, tasks, events = report.difference, report.tasks, report.events
    if not difference:
        yield msg("no differences") if whole else msg("no differences in what could be compared")
    if difference.plans:
        plans = msgs("{n} plan", "{n} plans", n=len(difference.plans))
        changed = msgs("{n} task", "{n} tasks", n=len(tasks))
        deadlines = _deadlines(sum(task.count for task in tasks))
        yield msg("changed: {plans}, {tasks}, {deadlines}", plans=plans, tasks=changed, deadlines=deadlines)
    for register, names in report.units.items():
        several = len(report.units) > 1 and register
        where = msg("units concerned ({register})", register=register) if several else msg("units concerned")
        yield msg("{where}: {names}", where=where, names=_names(names))
    if events:
        counts = (
            msg("{n} added", n=len(events.added)),
            msg("{n} changed", n=len(events.changed)),
            msg("{n} cancelled", n=len(events.cancelled)),
            msg("{n} removed", n=len(events.removed)),
        )
        shown = ", ".join(language.say(each) for each in counts if each.args["n"])
        yield msg("events in feeds: {counts}", counts=shown)
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
