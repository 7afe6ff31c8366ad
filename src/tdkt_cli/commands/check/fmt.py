"""`tdkt fmt`: plans, registers and calendars in their canonical form."""

import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from tdkt_cli.commands.check.stdin import STDIN, StdinName, is_piped, read_input
from tdkt_cli.commands.shared.options import Paths
from tdkt_cli.commands.shared.parameters import flag
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
from tdkt_cli.core.messages import msg, msgs
from tdkt_cli.errors import FINDINGS, OK, UNREADABLE
from tdkt_cli.files.config import load_config, shown_path
from tdkt_cli.files.edit.changes import Changed, ChangeError, write_all
from tdkt_cli.files.edit.formatter import Formatted, formatted, formatted_bytes
from tdkt_cli.files.loader import Loaded, load
from tdkt_cli.files.workspace import files_of, no_plan
from tdkt_cli.rules import Context, check
from tdkt_cli.schema.units import UnitsModel

Check = Annotated[bool, flag("--check", "Write nothing; name what would change, and fail if there is any.")]
Diff = Annotated[bool, flag("--diff", "Write nothing; show what would change.")]

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
) -> int:
    """Rewrite plan files, registers and calendars in their canonical form. Their content stays the same, including comments."""
    if is_piped(paths, stdin_filename):
        return _format_input(context, stdin_filename, only_check=only_check, diff=diff)
    say, writes = context.obj.say, not (only_check or diff)
    here = Path.cwd()
    config = load_config(here)
    files = files_of(config, paths or (), here, only_named=bool(paths))
    findings: list[Finding] = [*config.findings, *([] if files else [no_plan(config, paths or ())])]
    changed: list[Changed] = []
    refused: list[ChangeError] = []
    left_out = unchanged = 0
    for path, root in progress(list(files.items()), say(msg("files"))):
        loaded = load(path, shown_path(path, here), root)
        findings += loaded.findings
        if loaded.model is None:
            left_out += 1
            continue
        try:
            change = _checked(context, loaded, formatted(loaded))
            if change.before == change.after:
                unchanged += 1
                continue
            if writes:
                write_all([change])
            changed.append(change)
        except ChangeError as error:
            refused.append(error)
    lines = _summary(context, changed, unchanged, writes=writes)
    if diff:
        print_lines(line for change in changed for line in diff_lines(change))
        print_error("\n".join(lines))
    else:
        print_lines(lines)
    for refusal in refused:
        print_error(say(not_written(refusal.file, refusal.message)))
    code = say_left_out(context.obj, findings, left_out)
    return UNREADABLE if refused or code else FINDINGS if changed and only_check else OK


def _summary(context: typer.Context, changed: list[Changed], unchanged: int, *, writes: bool) -> list[str]:
    say, n = context.obj.say, len(changed)
    counts = [msgs("{n} file already in canonical form", "{n} files already in canonical form", n=unchanged)]
    if writes:
        files = [msg("formatted: {file}", file=change.file) for change in changed]
        counts.insert(0, msgs("{n} file formatted", "{n} files formatted", n=n))
    else:
        files = [msg("would change: {file}", file=change.file) for change in changed]
        counts.insert(0, msgs("{n} file would change", "{n} files would change", n=n))
    return [*map(say, files), ", ".join(map(say, counts if n else counts[1:]))]


def _format_input(context: typer.Context, name: str, *, only_check: bool, diff: bool) -> int:
    """Write the standard input in its canonical form to the output, for editors; nothing when it does not load."""
    shown = name or str(STDIN)
    data, loaded = read_input(Path(shown), shown)
    if loaded.model is None:
        return say_left_out(context.obj, loaded.findings, 0)
    try:
        change = _checked(context, loaded, formatted_bytes(data, loaded))
    except ChangeError as error:
        print_error(context.obj.say(not_written(error.file, error.message)))
        return UNREADABLE
    if diff:
        print_lines(diff_lines(change))
    elif not only_check:
        sys.stdout.write(change.after.decode())
    return FINDINGS if only_check and change.before != change.after else OK


def _checked(context: typer.Context, loaded: Loaded, result: Formatted) -> Changed:
    """Return the change when every suppression still silences the same findings. Raises ChangeError."""
    if result.moved:
        session = open_session(context, [loaded.path], "")
        if _findings(session, loaded) != _findings(session, result.again):
            problem = msg(
                "the suppression on line {line} would no longer work; put what it applies to on a line of its own",
                line=str(result.moved[0]),
            )
            raise ChangeError(result.changed.file, problem)
    return result.changed


def _findings(session: Session, file: Loaded) -> Counter[tuple[str, str]]:
    """Count what the rules find in a plan or register as it was loaded, by rule and message."""
    office, source = session.workspace.office, file.source
    plans = (plan,) if (plan := file.plan) else ()
    if isinstance(file.model, UnitsModel) and source:
        register = file.model.build(source)
        office = replace(office, registers={**office.registers, register.id: register})
    found = check(Context(plans, office, session.today, session.workspace.left_out))
    return Counter((each.rule, str(each.message)) for each in found if source and each.file == source.file)
