"""`tdkt init`: the files with which an office begins."""

import os
import shlex
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from tdkt_cli.commands.shared.parameters import argument, option
from tdkt_cli.commands.shared.session import not_written, print_error, print_lines
from tdkt_cli.core.messages import Message, msg, reason
from tdkt_cli.errors import OK, UNREADABLE, UsageError
from tdkt_cli.files.config import NAME, find_root, load_config
from tdkt_cli.files.git.command import ERRORS, repository
from tdkt_cli.files.scaffold import (
    CI_FILES,
    HOOKS,
    Ci,
    LinkError,
    hook_command,
    hooks_told,
    make,
    starting_files,
    used_ci,
)
from tdkt_cli.files.workspace import BESIDE, files_of
from tdkt_cli.render.findings.text import finding_line
from tdkt_cli.render.language import Language

Folder = Annotated[Path, argument("[FOLDER]", "The office's folder; by default, the current one.")]
CiOption = Annotated[
    Ci | None,
    option(
        "--ci", "|".join(CI_FILES), "Create the CI file for this service; by default, the one that the repository uses."
    ),
]

EXAMPLES = (
    ("tdkt init ke-hoach", msg("begin in a new folder")),
    ("tdkt init --ci gitlab", msg("set up this folder, with checks and publishing in GitLab")),
)


def run(context: typer.Context, folder: Folder = Path(), ci: CiOption = None) -> int:
    """Create the files that an office starts with: settings, register, calendar, hook, CI. Existing files are left as they are."""
    language: Language = context.obj
    folder = Path(os.path.normpath(Path.cwd() / folder))
    outer = find_root(folder)
    if outer is not None and outer != folder:
        raise UsageError(
            msg("{file} is in a folder above this one already; run tdkt init there", file=str(outer / NAME))
        )
    config = load_config(folder)
    if config.findings:
        print_error(finding_line(config.findings[0], language, colour=False))
        return UNREADABLE
    top = repository(folder)
    chosen = _ci(ci, folder, top)
    for file in starting_files(config.settings.plans, chosen):
        try:
            there = make(folder, file)
        except (OSError, LinkError) as error:
            why = reason(error) if isinstance(error, OSError) else error.message
            print_error(language.say(not_written(file.name, why)))
            return UNREADABLE
        said = msg("already exists: {file}", file=there) if there else msg("made: {file}", file=file.name)
        print_lines([language.say(said)])
    print_lines(["", language.say(msg("Next:"))])
    print_lines(f"  {language.say(step)}" for step in _steps(folder, top, chosen, config.settings.plans))
    return OK


def _ci(typed: Ci | None, folder: Path, top: Path | None) -> Ci | None:
    """The service whose CI file is made, None for none. Raises UsageError."""
    if top in (None, folder):
        return typed or used_ci(folder)
    if typed:
        raise UsageError(msg("a CI file stands at the top of the repository: {folder}", folder=str(top)))
    return None


def _steps(folder: Path, top: Path | None, ci: Ci | None, plans: str) -> list[Message]:
    """What to do next, in its order."""
    steps = []
    if folder != Path.cwd():
        steps.append(msg("{command} – go there", command=shlex.join(["cd", os.path.relpath(folder)])))
    if top is None:
        steps.append(msg("git init – so that git keeps what changes"))
    if not _checks_commits(folder, top):
        command = hook_command(folder, top or folder)
        steps.append(msg("{command} – tdkt check before each commit, once on each machine", command=command))
    publishing, checking = CI_FILES[ci] if ci else ("", "")
    if ci == "github":
        steps += [
            msg("in {file}: TDKT says where tdkt is installed from, branches is the main branch", file=publishing),
            msg("in {file}: the last uses says where tdkt is taken from", file=checking),
        ]
    elif ci:
        steps.append(msg("in {file}: TDKT says where tdkt is installed from", file=publishing))
    elif top in (None, folder):
        steps.append(msg("tdkt init --ci github (or gitlab) – checks and publishes what is pushed"))
    if all(file.parent.name in BESIDE for file in files_of(load_config(folder), (), folder)):
        units = f"{Path(plans).as_posix()}/units"
        steps.append(msg("write the units that plans name into {folder}", folder=units))
        steps.append(msg("tdkt new ke-hoach-2026 – the first plan; then tdkt add ke-hoach-2026 for each task"))
    steps.append(msg("git add . && git commit – tdkt check says beforehand whether all is well"))
    return steps


def _checks_commits(folder: Path, top: Path | None) -> bool:
    """Whether the hook is on already."""
    with suppress(*ERRORS):
        return top is not None and hooks_told(top) == folder / HOOKS
    return False
