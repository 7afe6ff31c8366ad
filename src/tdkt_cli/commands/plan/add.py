"""`tdkt add`: a task for a plan, or a deadline for a task."""

from collections.abc import Callable, Sequence
from typing import Annotated

import typer

from tdkt_cli.api.selection import unknown_unit
from tdkt_cli.commands.plan.task_input import (
    KINDS,
    Keys,
    Timed,
    Typed,
    first_id,
    text_keys,
    timed,
    validated,
    with_ids,
)
from tdkt_cli.commands.shared.completions import plans_and_tasks
from tdkt_cli.commands.shared.options import Writing
from tdkt_cli.commands.shared.parameters import argument, flag, option
from tdkt_cli.commands.shared.prompt import Prompt, can_ask, clean, clean_line
from tdkt_cli.commands.shared.selection import target_of
from tdkt_cli.commands.shared.session import Session, open_session
from tdkt_cli.commands.shared.transaction import Edit, carry_out
from tdkt_cli.core.deadline_yaml import scalar, words_on_lines
from tdkt_cli.core.messages import Message, msg
from tdkt_cli.core.numbering import last_of, next_id
from tdkt_cli.core.plan import ROLES, Deadline, Plan, Role, Task
from tdkt_cli.core.resolve import Target
from tdkt_cli.core.text import nearest
from tdkt_cli.core.wording import when_words
from tdkt_cli.errors import UsageError
from tdkt_cli.files.edit.changes import Append, Change, Put, Replace
from tdkt_cli.schema.plan import DeadlineModel, TaskModel

_QUESTIONS: dict[Role, Message] = {
    "lead": msg("Who leads (Enter: leave out)"),
    "executor": msg("Who carries it out (Enter: leave out)"),
    "coordinator": msg("Who takes part (Enter: leave out)"),
    "advisor": msg("Who advises (Enter: leave out)"),
}
_WHERE = msg("Plan, or task that gets a deadline")
_TASK_OPTIONS = {"timing": "--text", ".id": "--deadline-id"}
_DEADLINE_OPTIONS = {"id": "--deadline-id"}

Where = Annotated[
    str, argument("PLAN|REF", "A plan, for a new task; a task (hanoi-2023/PL1.3), for a new deadline.", plans_and_tasks)
]


EXAMPLES = (
    (
        'tdkt add hanoi-2023 --title "Họp tổng kết" --executor "Ban TĐKT Thành phố" --text "trước ngày 20/02/2023"',
        msg("a task, its date read from the words of the document"),
    ),
    (
        'tdkt add hanoi-2023/PL1.3 --deadline-id bao-cao --what "Báo cáo" --before 20/02/2023',
        msg("another deadline of a task"),
    ),
)


def run(
    context: typer.Context,
    writing: Writing,
    *,
    where: Where = "",
    id_: Annotated[str, option("--id", "ID", "The id of the task; by default, the next one of its section.")] = "",
    section: Annotated[str, option("--section", "ID", "The section of the task.")] = "",
    heading: Annotated[str, option("--heading", "WORDS", "The heading of a section that is not there yet.")] = "",
    title: Annotated[str, option("--title", "WORDS", "The task in one line.")] = "",
    content: Annotated[str, option("--content", "WORDS", "The cell as issued, where the title shortens it.")] = "",
    lead: Annotated[str, option("--lead", "NAMES", "Who leads; several names with ; between them.")] = "",
    executor: Annotated[str, option("--executor", "NAMES", "Who carries it out.")] = "",
    coordinator: Annotated[str, option("--coordinator", "NAMES", "Who takes part.")] = "",
    advisor: Annotated[str, option("--advisor", "NAMES", "Who advises.")] = "",
    text: Annotated[
        str, option("--text", "WORDS", "When, in the words of the document; the date is read from them.")
    ] = "",
    before: Annotated[str, option("--before", "DATE", "Before this date.")] = "",
    by: Annotated[str, option("--by", "DATE", "By the end of this date.")] = "",
    day: Annotated[str, option("--day", "DATE", "On this very date.")] = "",
    within: Annotated[str, option("--within", "PERIOD", "In this period: 2023-06, 2023-Q2.")] = "",
    every: Annotated[str, option("--every", "RRULE", "Recurring: FREQ=MONTHLY;BYMONTHDAY=25.")] = "",
    waiting: Annotated[str, option("--waiting", "WORDS", "Without a date: what it waits for.")] = "",
    ongoing: Annotated[bool, flag("--ongoing", "Without an end.")] = False,
    deadline_id: Annotated[str, option("--deadline-id", "ID", "The id of the deadline.")] = "",
    what: Annotated[str, option("--what", "WORDS", "What is to be done by then, in a few words.")] = "",
    who: Annotated[str, option("--who", "NAMES", "Whom it binds, if not the executor.")] = "",
    note: Annotated[str, option("--note", "WORDS", "A note.")] = "",
    first: Annotated[str, option("--first-id", "ID", "An id for the task's only deadline, which had none.")] = "",
) -> int:
    """Add a task to a plan, or a deadline to a task. On a terminal it asks for what is missing."""
    session = open_session(context, None, writing.today)
    dates = dict(zip(KINDS, (before, by, day, within, every, waiting, "true" if ongoing else ""), strict=True))
    typed = Typed(dates=dates, text=text, id=clean(deadline_id), who=who, what=what)
    task_only = {"--id": id_, "--section": section, "--heading": heading, "--title": title, "--content": content} | {
        f"--{role}": names for role, names in zip(ROLES, (lead, executor, coordinator, advisor), strict=True)
    }
    plan, task = _where(session, Prompt(session.language, can_ask()).required(where, "PLAN|REF", _WHERE, str.strip))
    if task is None:
        _refuse({"--first-id": first}, msg("a new task"))
        prompt = Prompt(session.language, can_ask() and not (title.strip() and typed.says_when))
        edits = _task(session, plan, prompt, typed, task_only, clean(note))
    else:
        _refuse(task_only, msg("an existing task"))
        prompt = Prompt(session.language, can_ask())
        target = Target(plan, task)
        edits = _deadline(target, timed(typed, plan, prompt, session.today), typed, (clean(first), note))
        edits += _led_on(session, target, edits)
    return carry_out(session, edits, writing)


def _where(session: Session, typed: str) -> tuple[Plan, Task | None]:
    """The plan, and the task where one is meant. Raises UsageError."""
    plans = session.workspace.plans
    plan = next((plan for plan in plans if typed in (plan.id, plan.source.file)), None)
    if plan:
        return plan, None
    near = nearest(typed, [plan.id for plan in plans]) if "/" not in typed else None
    if near and not session.workspace.office.index.find_loosely(typed):
        session.end()  # it may be a file that was left out
        raise UsageError(msg("there is no plan {id}; did you mean {near}?", id=typed, near=near))
    target = target_of(session, typed)
    if target.deadline:
        task = target.plan.ref(target.task)
        raise UsageError(msg("{ref} is a deadline; a new one is added to its task: {task}", ref=target.ref, task=task))
    return target.plan, target.task


def _refuse(options: dict[str, str], what: Message) -> None:
    """Raise the UsageError for an option that does not go with what is added to."""
    for name, value in options.items():
        if value:
            raise UsageError(msg("{option} cannot be used with {what}", option=name, what=what))


def _task(session: Session, plan: Plan, prompt: Prompt, typed: Typed, options: dict[str, str], note: str) -> list[Edit]:
    """A new task, at the end of its section, and the section where it is new."""
    known = ", ".join(plan.sections) or "–"
    section = prompt.optional(options["--section"], msg("Section: {known} (Enter: none)", known=known), clean) or None
    if options["--heading"] and not section:
        raise UsageError(msg("something is missing: {what}", what="--section"))
    declared = _section(plan, section, prompt, options["--heading"]) if section else None
    title = prompt.required(options["--title"], "--title", msg("The task in one line"), clean_line)
    roles = {}
    for role in ROLES:
        given = options[f"--{role}"]
        read = clean_line if given.strip() else _known_names(session, plan)
        roles[role] = prompt.optional(given, _QUESTIONS[role], read)
    found = timed(typed, plan, prompt, session.today)
    id_ = _task_id(plan, section, prompt, options["--id"])
    several = len(found.deadlines) > 1
    deadlines = with_ids(found.deadlines, found.words, typed.id, set()) if several or typed.id else found.deadlines
    texts = {"content": words_on_lines(clean(options["--content"])), "timing": words_on_lines(found.words)}
    data: Keys = {
        "id": scalar(id_),
        **({"section": scalar(section)} if section else {}),
        "title": scalar(title),
        **{key: text for key, text in texts.items() if text != scalar("")},
        **{role: scalar(names) for role, names in roles.items() if names},
        "deadlines": deadlines,
        **({"note": words_on_lines(note)} if note else {}),
    }
    task = validated(TaskModel, data, _TASK_OPTIONS).build(("tasks", len(plan.tasks)))
    target = Target(plan, task)
    append = Append(("tasks",), data, last_of(plan, section) if section else None)
    changes = (declared, append) if declared else (append,)
    return _edits(target, changes, [_said(plan, task, deadline) for deadline in task.deadlines])


def _known_names(session: Session, plan: Plan) -> Callable[[str], str]:
    """Takes names that the register of a plan has; others once they are typed a second time."""
    register, refused = session.workspace.office.register(plan), set()

    def read(typed: str) -> str:
        names = clean_line(typed)
        each = (name.strip() for name in names.split(";"))
        unknown = next(
            (name for name in each if register and name and not register.resolve(name, plan.names_as_of)), None
        )
        if unknown and names not in refused:
            refused.add(names)
            problem = unknown_unit(session.workspace.office, unknown).message
            raise UsageError(msg("{problem} (type it again to keep it)", problem=problem))
        return names

    return read


def _section(plan: Plan, section: str, prompt: Prompt, heading: str) -> Put | None:
    """The change that declares a section where it is new. Raises UsageError where it is mistyped."""
    if section in plan.sections:
        if heading and clean(heading) != plan.sections[section]:
            known = plan.sections[section]
            raise UsageError(
                msg("section {section} has the heading “{heading}” already", section=section, heading=known)
            )
        return None
    near = nearest(section, list(plan.sections))
    if near and not heading and not prompt.asks:
        raise UsageError(
            msg(
                "section {section} is not declared; did you mean {near}? A new section needs --heading",
                section=section,
                near=near,
            )
        )
    question = msg("Heading of the new section {section}", section=section)
    return Put(("sections",), section, scalar(prompt.required(heading, "--heading", question, clean_line)))


def _task_id(plan: Plan, section: str | None, prompt: Prompt, typed: str) -> str:
    """The id of a new task. Raises UsageError for one that is or was another's."""
    used = {id_ for task in plan.tasks for id_ in (task.id, *task.former_ids)}

    def free(answer: str) -> str:
        id_ = clean(answer)
        if id_ in used:
            raise UsageError(
                msg("the id {id} is in use in this plan; choose another, such as {near}", id=id_, near=proposed)
            )
        if id_ != proposed:
            validated(TaskModel, {"id": scalar(id_), "title": "x", "deadlines": [{"ongoing": "true"}]}, {"id": "--id"})
        return id_

    proposed = next_id(plan, section)
    return prompt.required(typed or ("" if prompt.asks else proposed), "--id", msg("Id of the task"), free, proposed)


def _deadline(target: Target, found: Timed, typed: Typed, more: tuple[str, str]) -> list[Edit]:
    """New deadlines of a task; where it had one without an id, that gets one too. `more` has its id as typed, and the note."""
    plan, task = target.plan, target.task
    typed_first, note = more
    changes: list[Change] = []
    said = []
    taken = {deadline.id for deadline in task.deadlines if deadline.id}
    old = task.deadlines[0]
    if len(task.deadlines) == 1 and not old.id:
        id_ = typed_first or first_id(task, old)
        validated(DeadlineModel, {"id": scalar(id_), "ongoing": "true"}, {"id": "--first-id"})
        taken.add(id_)
        changes.append(Put(old.path, "id", scalar(id_), first=True))
        ref, new = target.ref, f"{target.ref}#{id_}"
        said.append(
            msg("the existing deadline of {ref} is now {new}; in calendars it is a new event", ref=ref, new=new)
        )
    elif typed_first:
        raise UsageError(msg("--first-id can only be used with a task that has one deadline without an id"))
    single = len(found.deadlines) == 1
    texts = text_keys(found.words if single else "", note)
    added: list[Message] = []
    for entry in with_ids(found.deadlines, found.words, typed.id, taken):
        data = entry | texts
        made = validated(DeadlineModel, data, _DEADLINE_OPTIONS).build((*task.path, "deadlines", 0), task.timing)
        changes.append(Append((*task.path, "deadlines"), data))
        added.append(_said(plan, task, made))
    return _edits(target, changes, [*added, *said])


def _led_on(session: Session, target: Target, edits: Sequence[Edit]) -> list[Edit]:
    """Where the one deadline of a task got an id, the edits that lead to it what repeats the task."""
    named = next((change.value for edit in edits for change in edit.changes if isinstance(change, Put)), None)
    led = []
    for plan in session.workspace.plans if named else ():
        for task, deadline in plan.deadlines():
            original = session.workspace.office.index.deadline(deadline.same_as, plan) if deadline.same_as else None
            if original and original.plan is target.plan and original.task is target.task:
                ref = f"{deadline.same_as}#{named}"
                said = msg("{ref} repeats {original} now", ref=plan.ref(task, deadline), original=ref)
                change = Replace((*deadline.path, "same_as"), scalar(ref))
                led.append(Edit(Target(plan, task, deadline), (change,), said))
    return led


def _edits(target: Target, changes: Sequence[Change], said: Sequence[Message]) -> list[Edit]:
    """One edit with all the changes, and what there is to say of them."""
    first, *others = said
    return [Edit(target, tuple(changes), first), *(Edit(target, (), words) for words in others)]


def _said(plan: Plan, task: Task, deadline: Deadline) -> Message:
    return msg("{ref}: added, {when}", ref=plan.ref(task, deadline), when=when_words(deadline.when))
