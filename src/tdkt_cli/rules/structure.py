"""TDKT101 to TDKT111: ids, sections, references, titles."""

import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePath

from tdkt_cli.core.findings import Severity
from tdkt_cli.core.messages import msg
from tdkt_cli.core.plan import Deadline, Plan, Task
from tdkt_cli.core.resolve import Index
from tdkt_cli.core.text import nearest
from tdkt_cli.core.wording import when_words
from tdkt_cli.rules.rule import Context, Hit, plan_rule, spelling_fix

_TITLE_LENGTH = 120
_MOST_SUGGESTIONS = 20  # in one plan, since looking for one takes the longer the larger the plan is


@plan_rule("TDKT101", Severity.ERROR)
def duplicate_task_id(plan: Plan, _context: Context) -> Iterator[Hit]:
    """Two tasks with one id.

    Progress, references and calendar feeds know a task by its id: each must have its own, and keep it.
    """
    first: dict[str, Task] = {}
    for task in plan.tasks:
        if first.setdefault(task.id, task) is not task:
            line = str(plan.source.marks.value((*first[task.id].path, "id")).line)
            message = msg("the id {id} is already used on line {line}; give this task another", id=task.id, line=line)
            yield Hit(message, (*task.path, "id"))


@plan_rule("TDKT102", Severity.ERROR)
def duplicate_deadline_id(plan: Plan, _context: Context) -> Iterator[Hit]:
    """Two deadlines of a task with one id."""
    for task in plan.tasks:
        counts = Counter(deadline.id for deadline in task.deadlines if deadline.id)
        for deadline in task.deadlines:
            if counts[deadline.id] > 1:
                message = msg("the id {id} appears more than once in task {task}", id=deadline.id, task=task.id)
                yield Hit(message, (*deadline.path, "id"))


@plan_rule("TDKT103", Severity.ERROR)
def deadline_without_id(plan: Plan, _context: Context) -> Iterator[Hit]:
    """One of several deadlines without an id.

    With several deadlines each needs an id of its own, such as hop or so-y-te, so that each can be done, moved and shown.
    """
    for task in plan.tasks:
        for deadline in task.deadlines if len(task.deadlines) > 1 else ():
            if not deadline.id:
                message = msg("task {task} has several deadlines: give this one an id, such as hop", task=task.id)
                yield Hit(message, deadline.path, at_key=True)


@plan_rule("TDKT104", Severity.ERROR)
def undeclared_section(plan: Plan, _context: Context) -> Iterator[Hit]:
    """A section that is not declared.

    Every section of a task must be under sections, with its heading as issued.
    """
    for task in plan.tasks:
        if task.section and task.section not in plan.sections:
            section, path = task.section, (*task.path, "section")
            near = nearest(section, list(plan.sections))
            message = msg("section {section} is not declared; add it under sections", section=section)
            if near:
                message = msg("section {section} is not declared; did you mean {near}?", section=section, near=near)
            yield Hit(message, path, fix=spelling_fix(path, section, near))


@plan_rule("TDKT105", Severity.ERROR)
def unresolved_reference(plan: Plan, context: Context) -> Iterator[Hit]:
    """A reference that leads nowhere.

    same_as names one deadline (PL1.9#hop, hanoi-2024/PL1.23), on_task names a task. Neither may name itself.
    """
    index = context.office.index
    suggestions = 0
    for task, deadline, key, ref in _references(plan):
        path = (*deadline.path, key)
        target = index.deadline(ref, plan) if key == "same_as" else next(iter(index.find(ref, plan)), None)
        if "@" in ref:
            yield Hit(
                msg("{ref}: a reference in a file cannot name a single occurrence; leave @... out", ref=ref), path
            )
        elif target is None:
            near = _nearest_ref(ref, plan, plan.ref(task, deadline), index) if suggestions < _MOST_SUGGESTIONS else None
            message = msg(
                "{ref} does not name a single task or deadline; write PL1.9#hop or hanoi-2024/PL1.23", ref=ref
            )
            if near:
                message = msg("{ref} does not name a single task or deadline; did you mean {near}?", ref=ref, near=near)
            suggestions += 1
            yield Hit(message, path, fix=spelling_fix(path, ref, near))
        elif target.task is task and (target.deadline or deadline) is deadline:
            yield Hit(msg("{ref} names itself", ref=ref), path)
        elif key == "same_as" and target.deadline and target.deadline.same_as:
            message = msg("{ref} itself points elsewhere; name the deadline that is counted", ref=target.ref)
            yield Hit(message, path)


def _references(plan: Plan) -> Iterator[tuple[Task, Deadline, str, str]]:
    """Yield each reference of a plan as its task, deadline, key and text."""
    for task, deadline in plan.deadlines():
        for key, ref in (("same_as", deadline.same_as), ("on_task", deadline.when.on_task)):
            if ref:
                yield task, deadline, key, ref


def _nearest_ref(ref: str, plan: Plan, own: str, index: Index) -> str | None:
    """Return the reference most like `ref`, but not its `own`: in full where `ref` names a plan, else within the plan."""
    within = (plan.ref(task, deadline).partition("/")[2] for task, deadline in plan.deadlines())
    known = index.refs() if "/" in ref else list(within)
    return nearest(ref, [other for other in known if other not in {own, own.partition("/")[2]}])


@plan_rule("TDKT106", Severity.ERROR)
def id_is_not_file_name(plan: Plan, _context: Context) -> Iterator[Hit]:
    """A plan whose id is not its file's name.

    The id is what people type (tdkt show hanoi-2023/PL1.3); it must lead to the file.
    """
    stem = PurePath(plan.source.file).stem
    if plan.id != stem:
        yield Hit(msg("the id is {id}, the file is called {stem}; make them the same", id=plan.id, stem=stem), ("id",))


@plan_rule("TDKT107", Severity.ERROR)
def reused_id(plan: Plan, _context: Context) -> Iterator[Hit]:
    """A former id that is in use.

    An id that a task gave up stays its own for ever, or history and feeds of two tasks get mixed.
    """
    current = {task.id for task in plan.tasks}
    former = Counter(old for task in plan.tasks for old in task.former_ids)
    for task in plan.tasks:
        for index, old in enumerate(task.former_ids):
            if old in current or former[old] > 1:
                message = msg("the id {id} is in use, so it cannot be a former id", id=old)
                yield Hit(message, (*task.path, "former_ids", index))


@plan_rule("TDKT108", Severity.ERROR)
def missing_register(plan: Plan, context: Context) -> Iterator[Hit]:
    """A register that was not found.

    Without it no name can be looked up, and tdkt due --unit finds nothing in this plan.
    """
    if not plan.units or plan.units in context.office.registers:
        return
    path = ("units",)
    if any(PurePath(file).stem == plan.units for file in context.left_out):
        yield Hit(msg("the register {id} is not read, see what is wrong with it", id=plan.units), path)
    elif near := nearest(plan.units, list(context.office.registers)):
        message = msg("there is no register {id}; did you mean {near}?", id=plan.units, near=near)
        yield Hit(message, path, fix=spelling_fix(path, plan.units, near))
    else:
        yield Hit(msg("there is no register {id}; write units/{id}.yaml beside the plan", id=plan.units), path)


@plan_rule("TDKT109", Severity.ERROR)
def duplicate_plan(plan: Plan, context: Context) -> Iterator[Hit]:
    """Two plans with one id.

    A reference such as hanoi-2023/PL1.3 could mean either.
    """
    first = next(other for other in context.plans if other.id == plan.id)
    if first is not plan:
        yield Hit(msg("the plan {id} is also in {file}", id=plan.id, file=first.source.file), ("id",))


@plan_rule("TDKT110", Severity.ERROR)
def same_with_other_date(plan: Plan, context: Context) -> Iterator[Hit]:
    """A repeated deadline with another date than the one it repeats.

    Deadlines joined by same_as are counted once; with two dates, nobody knows which one counts.
    """
    for _, deadline in plan.deadlines():
        target = context.office.index.deadline(deadline.same_as, plan) if deadline.same_as else None
        if target and target.deadline and _dates(deadline) != _dates(target.deadline):
            ours, theirs = when_words(deadline.when), when_words(target.deadline.when)
            message = msg("this deadline has {ours}, but {ref} has {theirs}", ours=ours, ref=target.ref, theirs=theirs)
            yield Hit(message, (*deadline.path, "same_as"))


def _dates(deadline: Deadline) -> tuple[object, ...]:
    """Return what two deadlines with one date have in common."""
    when, event = deadline.when, deadline.when.event
    return when.kind, when.start, when.end, when.time, when.rrule, event and (event.event, event.days, event.unit)


@plan_rule("TDKT111", Severity.WARNING)
def long_title(plan: Plan, _context: Context) -> Iterator[Hit]:
    """A title that is too long for tables and calendars.

    Shorten it to about 120 characters and keep the whole text as issued in content.
    """
    for task in plan.tasks:
        n = len(unicodedata.normalize("NFC", task.title))
        if n > _TITLE_LENGTH:
            message = msg(
                "the title has {n} characters, but at most {most} are allowed; keep the whole text in content",
                n=n,
                most=_TITLE_LENGTH,
            )
            yield Hit(message, (*task.path, "title"))
