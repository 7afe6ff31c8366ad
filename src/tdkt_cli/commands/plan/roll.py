"""`tdkt roll`: next year's draft from this year's plan."""

import os
import shlex
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from tdkt_cli.api.selection import unknown_plan
from tdkt_cli.commands.shared.parameters import argument, flag, option
from tdkt_cli.commands.shared.session import Session, not_written, open_session, print_error, print_lines
from tdkt_cli.commands.shared.values import read_number
from tdkt_cli.core.findings import Source
from tdkt_cli.core.messages import Message, msg, msgs, reason
from tdkt_cli.core.periods import LAST_YEAR
from tdkt_cli.core.plan import Plan
from tdkt_cli.core.roll.draft import Draft, Topic, next_id, shift_of
from tdkt_cli.core.roll.rollover import roll
from tdkt_cli.core.roll.year_words import Shift
from tdkt_cli.errors import UNREADABLE, UsageError
from tdkt_cli.files.config import shown_path
from tdkt_cli.files.edit.canonical import Comments, text_of
from tdkt_cli.files.loader import load_text
from tdkt_cli.files.parser import build
from tdkt_cli.files.writer import write_new
from tdkt_cli.render.language import LANGUAGES, language
from tdkt_cli.schema.scalars import Untyped

PlanName = Annotated[str, argument("PLAN", "The plan, by its id or its file.")]
Year = Annotated[str, option("--year", "YEAR", "The year in which the draft begins; by default, the next one.")]
NewId = Annotated[str, option("--id", "ID", "The id of the draft; by default, the old one with its year advanced.")]
Output = Annotated[Path | None, option("--output", "FILE", "The file to write; by default, beside the old one.")]
WorkingDays = Annotated[bool, flag("--working-days", "Move a last day on a day off to the last working day before it.")]
DryRun = Annotated[bool, flag("--dry-run", "Print the draft and write nothing.")]


_TOPICS: Mapping[Topic, Message] = {
    "removal": msgs("  {n} proposal to remove a task", "  {n} proposals to remove a task", n=0),
    "part": msgs("  {n} proposal to remove a part of a task", "  {n} proposals to remove a part of a task", n=0),
    "goal": msgs(
        "  {n} goal of several years that is due in this plan",
        "  {n} goals of several years that are due in this plan",
        n=0,
    ),
    "day": msgs(
        "  {n} day off, or day that the new year does not have",
        "  {n} days off, or days that the new year does not have",
        n=0,
    ),
    "words": msgs("  {n} doubt about words", "  {n} doubts about words", n=0),
    "progress": msgs("  {n} deadline that was moved", "  {n} deadlines that were moved", n=0),
    "reference": msgs("  {n} reference to another plan", "  {n} references to other plans", n=0),
}

EXAMPLES = (
    ("tdkt roll cantho-2023 --dry-run", msg("see the draft of 2024 before it is written")),
    ("tdkt roll cantho-2023", msg("write it beside the old plan")),
)


def run(
    context: typer.Context,
    plan_name: PlanName,
    year: Year = "",
    new_id: NewId = "",
    output: Output = None,
    working_days: WorkingDays = False,
    dry_run: DryRun = False,
) -> int:
    """Make next year's draft from a plan: dates and words advanced, progress left out, what a person must decide marked."""
    session, plan = _found(context, plan_name)
    if plan is None:
        return session.end()
    shift = shift_of(plan, read_number(year, "--year", LAST_YEAR) if year else None)
    if shift.years < 1:
        raise UsageError(msg("--year: {plan} begins in {year}; name a later one", plan=plan.id, year=f"{shift.first}"))
    if shift.last + shift.years >= LAST_YEAR:
        raise UsageError(msg("--year: plans end before the year {year}", year=f"{LAST_YEAR}"))
    file = output or Path(plan.source.file).with_name(f"{new_id or next_id(plan, shift)}.yaml")
    name = new_id or file.stem
    _refuse_what_is_there(session, name, file)
    say = language(LANGUAGES[0]).say  # what stands in a plan is in the language of plans
    draft = Draft(plan, name, shift, session.workspace.office, say)
    rolled = roll(draft, build("\n".join(plan.source.lines)).data, working_days=working_days)
    text = _text(rolled, plan.source)
    problem = next(iter(load_text(text, file, str(file)).findings), None)
    if problem:
        raise UsageError(msg("the draft would not load: {problem}", problem=problem.message))
    if dry_run:
        print_lines(text.splitlines())
        return session.end()
    try:
        write_new(Path.cwd() / file, text)
    except OSError as error:
        print_error(session.say(not_written(str(file), reason(error))))
        return UNREADABLE
    print_lines(map(session.say, _summary(rolled, plan, shift, str(file))))
    return session.end()


def _found(context: typer.Context, typed: str) -> tuple[Session, Plan | None]:
    """The plan with an id, or in a file; None where its file was left out. Raises UsageError."""
    path = Path.cwd() / typed
    is_file = path.suffix in (".yaml", ".yml")
    session = open_session(context, [path.parent] if is_file else None, "")
    plans = session.workspace.plans
    here, wanted = Path.cwd(), path.resolve()
    found = [plan for plan in plans if ((here / plan.source.file).resolve() == wanted if is_file else plan.id == typed)]
    if found or shown_path(path, Path.cwd()) in session.workspace.left_out:
        return session, found[0] if found else None
    session.end(plans=False)
    raise unknown_plan(typed, [plan.source.file if is_file else plan.id for plan in plans])


def _refuse_what_is_there(session: Session, name: str, file: Path) -> None:
    """Raise UsageError where the draft would take the place or the id of something."""
    if file.stem != name:
        raise UsageError(msg("--output: the id is {id}, so the file must be called {id}.yaml", id=name))
    there = next((plan.source.file for plan in session.workspace.plans if plan.id == name), None)
    if os.path.lexists(Path.cwd() / file) or there:
        raise UsageError(msg("{file} is there already; name another with --id or --output", file=there or str(file)))


def _text(rolled: Draft, source: Source) -> str:
    """The file of a draft, with the line by which an editor knows the format of the old one."""
    rolled.data["document"]["draft"] = Untyped("true")
    head = [line for line in source.lines[:1] if line.startswith("# yaml-language-server:")]
    return text_of(rolled.data, Comments(head=head))


def _summary(rolled: Draft, plan: Plan, shift: Shift, file: str) -> Iterator[Message]:
    yield msg("written: {file}", file=file)
    tasks = msgs("{n} task", "{n} tasks", n=len(plan.tasks))
    dates = msgs(
        "{n} date advanced to {year}",
        "{n} dates advanced to {year}",
        n=rolled.dates,
        year=f"{shift.first + shift.years}",
    )
    yield msg("{first}, {second}", first=tasks, second=dates)
    if rolled.to_working_days:
        yield msgs(
            "{n} last day on a day off became the last working day before it",
            "{n} last days on days off became the last working day before them",
            n=rolled.to_working_days,
        )
    counts = Counter(review.topic for review in rolled.reviews)
    if counts:
        yield msgs("{n} thing to decide:", "{n} things to decide:", n=len(rolled.reviews))
    for topic, words in _TOPICS.items():
        if counts[topic]:
            yield replace(words, args={"n": counts[topic]})
    gone = list(dict.fromkeys(review.ref for review in rolled.reviews if review.topic == "removal"))
    if gone:
        yield msg("proposed for removal: {refs}", refs=", ".join(gone))
    yield msg("next: {command}", command=shlex.join(["tdkt", "check", file]))
    yield msg("next: {command}", command=shlex.join(["tdkt", "diff", plan.source.file, file]))
