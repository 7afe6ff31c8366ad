"""`tdkt fmt`: plans, registers and calendars in their canonical form."""

import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer

from tdkt_cli.commands.check.stdin import STDIN, StdinName, is_piped, read_input
from tdkt_cli.commands.shared.options import Lang, Paths
from tdkt_cli.commands.shared.session import (
    Session,
    not_written,
    open_session,
    print_error,
    print_lines,
    progress,
    say_left_out,
)
from tdkt_cli.commands.shared.transaction import diff_lines
from tdkt_cli.core.findings import Finding
from tdkt_cli.core.messages import Message, msg, msgs
from tdkt_cli.core.plan import Plan
from tdkt_cli.errors import FINDINGS, OK, UNREADABLE
from tdkt_cli.files.config import load_config, shown_path
from tdkt_cli.files.edit.changes import Changed, ChangeError, write_all
from tdkt_cli.files.edit.formatter import Formatted, formatted, formatted_bytes
from tdkt_cli.files.loader import Loaded, load
from tdkt_cli.files.workspace import files_of, no_plan
from tdkt_cli.render.language import Language
from tdkt_cli.rules import Context, check
from tdkt_cli.schema.plan import PlanModel
from tdkt_cli.schema.units import UnitsModel

Check = Annotated[
    bool, typer.Option("--check", help="Write nothing; name what would change, and fail if there is any.")
]
Diff = Annotated[bool, typer.Option("--diff", help="Write nothing; show what would change.")]


@dataclass(frozen=True, slots=True)
class _Run:
    """What was typed, and the language to speak."""

    context: typer.Context
    only_check: bool
    diff: bool

    @property
    def language(self) -> Language:
        speaker: Language = self.context.obj
        return speaker

    def say(self, message: Message) -> str:
        return self.language.say(message)


EXAMPLES = (
    ("tdkt fmt --diff", msg("see what would change")),
    ("tdkt fmt plans/hanoi-2023.yaml", msg("one file")),
)
EXIT_CODES = (
    (0, msg("every file is in its canonical form now")),
    (1, msg("with --check: some are not")),
    (3, msg("a file could not be read or written")),
)


def run(
    context: typer.Context,
    paths: Paths = None,
    only_check: Check = False,
    diff: Diff = False,
    stdin_filename: StdinName = "",
    _lang: Lang = "",
) -> int:
    """Bring plan files, registers and calendars into their canonical form. What they say stays the same, comments too."""
    own = _Run(context, only_check, diff)
    if is_piped(paths, stdin_filename):
        return _input(own, stdin_filename)
    return _files(own, paths or [])


def _files(own: _Run, paths: list[Path]) -> int:
    here = Path.cwd()
    config = load_config(here)
    files = list(files_of(config, paths, here, only_named=bool(paths)).items())
    findings: list[Finding] = [*config.findings, *([] if files else [no_plan(config, paths)])]
    changed: list[Changed] = []
    refused: list[ChangeError] = []
    left_out = 0
    for path, root in progress(files, own.say(msg("files"))):
        loaded = load(path, shown_path(path, here), root)
        findings += loaded.findings
        if loaded.model is None:
            left_out += 1
            continue
        try:
            made = _sure(own, loaded, formatted(loaded))
            if made.before != made.after:
                if not (own.only_check or own.diff):
                    write_all([made])
                changed.append(made)
        except ChangeError as error:
            refused.append(error)
    _report(own, changed, len(files) - len(changed) - len(refused) - left_out)
    for refusal in refused:
        print_error(own.say(_refusal(refusal)))
    code = say_left_out(own.language, findings, left_out)
    return UNREADABLE if refused or code else FINDINGS if changed and own.only_check else OK


def _report(own: _Run, changed: list[Changed], already: int) -> None:
    """Say which files were or would be changed, and how many were in form; a diff has the output for itself."""
    if own.diff:
        print_lines(line for file in changed for line in diff_lines(file))
    writes = not (own.only_check or own.diff)
    lines = [
        own.say(msg("formatted: {file}", file=file.file) if writes else msg("would change: {file}", file=file.file))
        for file in changed
    ]
    count = len(changed)
    counts = [
        *([_count(count, writes=writes)] if count else []),
        msgs("{n} file in form already", "{n} files in form already", n=already),
    ]
    (_print_errors if own.diff else print_lines)([*lines, ", ".join(map(own.say, counts))])


def _refusal(error: ChangeError) -> Message:
    return not_written(error.file, error.message)


def _count(n: int, *, writes: bool) -> Message:
    if writes:
        return msgs("{n} file formatted", "{n} files formatted", n=n)
    return msgs("{n} file would change", "{n} files would change", n=n)


def _print_errors(lines: Iterable[str]) -> None:
    for line in lines:
        print_error(line)


def _input(own: _Run, name: str) -> int:
    """The input in its canonical form on the output, for editors; nothing where it does not load."""
    shown = name or str(STDIN)
    data, loaded = read_input(Path(shown), shown)
    if loaded.model is None:
        return say_left_out(own.language, loaded.findings, 0)
    try:
        made = _sure(own, loaded, formatted_bytes(data, loaded))
    except ChangeError as error:
        print_error(own.say(_refusal(error)))
        return UNREADABLE
    if own.diff:
        print_lines(diff_lines(made))
    elif not own.only_check:
        sys.stdout.write(made.after.decode())
    return FINDINGS if own.only_check and made.before != made.after else OK


def _sure(own: _Run, loaded: Loaded, made: Formatted) -> Changed:
    """The change, when every suppression still silences the same. Raises ChangeError."""
    if made.moved:
        session = open_session(own.context, [loaded.path], "")
        if _found(session, loaded) != _found(session, made.again):
            line = str(made.moved[0])
            problem = msg(
                "the suppression on line {line} would no longer count; put what it is about on a line of its own",
                line=line,
            )
            raise ChangeError(made.changed.file, problem)
    return made.changed


def _found(session: Session, file: Loaded) -> Counter[tuple[str, str]]:
    """What the rules find in a plan or register as it was loaded."""
    office = session.workspace.office
    plans: tuple[Plan, ...] = ()
    if isinstance(file.model, PlanModel) and file.source:
        plans = (file.model.build(file.source),)
    if isinstance(file.model, UnitsModel) and file.source:
        register = file.model.build(file.source)
        office = replace(office, registers={**office.registers, register.id: register})
    found = check(Context(plans, office, session.today, session.workspace.left_out))
    return Counter(
        (finding.rule, str(finding.message)) for finding in found if file.source and finding.file == file.source.file
    )
