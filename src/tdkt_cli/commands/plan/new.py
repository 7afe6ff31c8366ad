"""`tdkt new`: a new plan file, without tasks."""

import os
import re
import shlex
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from tdkt_cli.commands.shared.options import DryRun, Today
from tdkt_cli.commands.shared.parameters import argument, option
from tdkt_cli.commands.shared.prompt import Prompt, can_ask, clean, clean_line
from tdkt_cli.commands.shared.session import Session, not_written, open_session, print_error, print_lines
from tdkt_cli.commands.shared.values import read_day, read_year
from tdkt_cli.core.deadline_yaml import scalar, slug
from tdkt_cli.core.messages import Message, msg, reason
from tdkt_cli.core.text import suggest
from tdkt_cli.errors import UNREADABLE, UsageError
from tdkt_cli.files.config import find_root, shown_path
from tdkt_cli.files.git.command import repository
from tdkt_cli.files.scaffold import SCHEMA_FOLDER, LinkError, modeline, plan_text
from tdkt_cli.files.writer import write_new

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_YEAR_AT_END = re.compile(r"(?:.*-)?((?:19|20|21)[0-9]{2})")
_MOST_WORDS = 12
_ORDER = ("number", "title", "issuer", "place", "issued", "signer")
_ID, _TITLE, _YEAR = msg("Id of the plan, such as hanoi-2023"), msg("Title of the plan"), msg("Year")
_QUESTIONS = {
    "number": msg("Number of the document, such as 322/KH-UBND (Enter: none yet)"),
    "issuer": msg("Who issued it (Enter: leave out)"),
    "place": msg("Place of issue (Enter: leave out)"),
    "issued": msg("Date of issue, such as 20/12/2025 (Enter: not yet)"),
    "signer": msg("Who signed it (Enter: leave out)"),
}

Id = Annotated[str, argument("ID", "The id of the plan and name of its file: hanoi-2023.")]
Title = Annotated[str, option("--title", "WORDS", "The title of the plan.")]
Year = Annotated[str, option("--year", "YEAR", "The year that it covers.")]
Issuer = Annotated[str, option("--issuer", "NAME", "Who issued the document.")]
Number = Annotated[str, option("--number", "NUMBER", "The number of the document.")]
Issued = Annotated[str, option("--issued", "DATE", "The date of issue.")]
Place = Annotated[str, option("--place", "NAME", "The place of issue.")]
Signer = Annotated[str, option("--signer", "NAME", "Who signed the document.")]
Units = Annotated[str, option("--units", "ID", "The register of its names; by default, the only one there is.")]
Output = Annotated[Path | None, option("--output", "FILE", "Write to this file or folder instead of plans/ID.yaml.")]

EXAMPLES = (
    (
        'tdkt new hanoi-2027 --title "Kế hoạch năm 2027" --year 2027 --units hanoi',
        msg("a plan whose names stand in the register hanoi"),
    ),
    (
        'tdkt new hanoi-2027 --title "Kế hoạch năm 2027" --year 2027 --units hanoi --dry-run',
        msg("see the file before it is written"),
    ),
)


def run(
    context: typer.Context,
    *,
    plan_id: Id = "",
    title: Title = "",
    year: Year = "",
    issuer: Issuer = "",
    number: Number = "",
    issued: Issued = "",
    place: Place = "",
    signer: Signer = "",
    units: Units = "",
    output: Output = None,
    dry_run: DryRun = False,
    today: Today = "",
) -> int:
    """Make a new plan file. On a terminal it asks for what is missing."""
    session = open_session(context, None, today)
    prompt = Prompt(session.language, can_ask() and not all(map(str.strip, (plan_id, title, year))))
    id_ = prompt.required(plan_id, "ID", _ID, _read_id)
    path = _place(session, id_, output)
    line = prompt.required(title, "--title", _TITLE, clean_line)
    guess = _YEAR_AT_END.fullmatch(id_)
    period = prompt.required(year, "--year", _YEAR, read_year, guess[1] if guess else "")
    typed = {"number": number, "issuer": issuer, "place": place, "issued": issued, "signer": signer}
    said = {"title": scalar(line)}
    for key, question in _QUESTIONS.items():
        said[key] = prompt.optional(typed[key], question, partial(_read, key, session.today))
    draft = {} if said["number"] and said["issued"] else {"draft": "true"}
    document = {key: said[key] for key in _ORDER if said[key]} | draft
    register = _register(session, prompt, units)
    root = find_root(Path.cwd()) or Path.cwd()
    head = modeline("plan", path, root)
    text = plan_text(scalar(id_), document, f"{period}", register and scalar(register), head)
    shown = shown_path(path, Path.cwd())
    if dry_run:
        print_lines(text.splitlines())
        return session.end(plans=False)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_new(path, text)
    except OSError as error:
        print_error(session.say(not_written(shown, reason(error))))
        return UNREADABLE
    print_lines([session.say(msg("made: {file}", file=shown))])
    for note in _notes(session, path, root, is_draft=bool(draft)):
        print_error(session.say(note))
    return session.end(plans=False)


def _read_id(typed: str) -> str:
    """The id of a plan. Raises UsageError that names one that would do."""
    text = clean(typed)
    if _SLUG.fullmatch(text):
        return text
    good = slug(text, most=_MOST_WORDS)
    raise UsageError(
        msg(
            "“{typed}” is not an id: use lower-case letters without accents, digits and “-”, such as {good}",
            typed=text,
            good=good,
        )
    )


def _read(key: str, today: date, typed: str) -> str:
    """The value of a key of the document as the file has it, "" where nothing was typed. Raises UsageError."""
    if not typed.strip():
        return ""
    return f"{read_day(typed, today, '--issued')}" if key == "issued" else scalar(clean_line(typed))


def _place(session: Session, id_: str, output: Path | None) -> Path:
    """Where the plan goes. Raises UsageError where it cannot, or there is such a plan already."""
    folder = Path.cwd() / session.workspace.config.plans
    path = Path(os.path.normpath(Path.cwd() / output)) if output else folder / f"{id_}.yaml"
    root = (session.workspace.config.root or Path.cwd()).resolve()
    if not output and not path.parent.resolve().is_relative_to(root):
        raise UsageError(msg("{option}: {problem}", option=shown_path(path, Path.cwd()), problem=LinkError.message))
    if path.is_dir():
        path /= f"{id_}.yaml"
    if path.stem != id_ or path.suffix not in {".yaml", ".yml"}:
        raise UsageError(msg("the file of the plan {id} is called {name}", id=id_, name=f"{id_}.yaml"))
    there = [plan.source.file for plan in session.workspace.plans if plan.id == id_]
    there += [shown_path(path, Path.cwd())] if os.path.lexists(path) else []
    if there:
        raise UsageError(msg("there is a plan {id} already: {file}; it stays as it is", id=id_, file=there[0]))
    return path


def _register(session: Session, prompt: Prompt, typed: str) -> str | None:
    """The register of the plan's names: the one typed, else the only one, None where there is none. Raises UsageError."""
    known = list(session.workspace.office.registers)
    if len(known) > 1:
        question = msg("Register of the names: {ids}", ids=", ".join(known))
        return prompt.required(typed, "--units", question, partial(_known, known))
    if typed:
        session.end(plans=False)  # it may be a file that was left out
        return _known(known, typed)
    return known[0] if known else None


def _known(registers: list[str], typed: str) -> str:
    if typed in registers:
        return typed
    with_near = msg("there is no register {id}; did you mean {near}?", id=typed)
    without = msg("there is no register {id}; write units/{id}.yaml beside the plan", id=typed)
    raise UsageError(suggest(typed, registers, with_near, without))


def _notes(session: Session, path: Path, root: Path, *, is_draft: bool) -> Iterator[Message]:
    """What a person should know of the new file, and what comes next."""
    if is_draft:
        yield msg(
            "written as a draft: a document has a number and a date of issue; write both, then delete draft: true"
        )
    plans = Path.cwd() / session.workspace.config.plans
    if not path.is_relative_to(plans):
        yield msg("it lies outside {folder}: name it whenever tdkt is to read it", folder=shown_path(plans, Path.cwd()))
    if not (root / SCHEMA_FOLDER / "plan.schema.json").exists():
        yield msg("tdkt schema --write creates the schemas that editors use")
    if repository(path.parent):
        yield msg("to keep it: {command}", command=shlex.join(["git", "add", "--", shown_path(path, Path.cwd())]))
    yield msg("its first task: tdkt add {id}", id=path.stem)
