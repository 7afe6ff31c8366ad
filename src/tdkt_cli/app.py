"""The command line: the commands by group and name, each imported when it runs.

A new command needs its name in `GROUPS` and a module of that name in the group's folder of `commands`, with `run`, `EXAMPLES`, and
`EXIT_CODES` where scripts ask for them.
"""

import os
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup

from tdkt_cli.commands.shared.completions import COMPLETE, PROGRAM
from tdkt_cli.commands.shared.help import Command, Translated, print_now, translate, write_examples, write_section
from tdkt_cli.commands.shared.language import chosen_language
from tdkt_cli.commands.shared.parameters import Lang, with_options
from tdkt_cli.core.messages import Message, msg
from tdkt_cli.core.text import suggest
from tdkt_cli.errors import OK, UNREADABLE, UsageError

GROUPS = (
    (msg("Look:"), "look", ("due", "overdue", "list", "show", "missing", "log", "units", "workdays")),
    (
        msg("Record:"),
        "record",
        (
            "done",
            "undone",
            "move",
            "unmove",
            "received",
            "unreceived",
            "cancel",
            "uncancel",
            "occurred",
            "note",
            "undo",
        ),
    ),
    (msg("Plan:"), "plan", ("init", "new", "add", "roll")),
    (msg("Check and review:"), "check", ("check", "fmt", "diff", "read", "rule")),
    (msg("Publish:"), "publish", ("export", "publish")),
    (msg("Set up:"), "setup", ("doctor", "schema", "completion")),
)
_FOLDERS = {name: folder for _, folder, names in GROUPS for name in names}
COMMANDS = tuple(_FOLDERS)
_REVERSES = {"undone": "done", "unmove": "move", "unreceived": "received", "uncancel": "cancel"}
FIRST_STEPS = (
    ("tdkt init", msg("start your own plans in this folder")),
    ("tdkt due --days 14", msg("what must be done in the next 14 days")),
    ("tdkt check", msg("whether the files are right, and what to write instead")),
    ("tdkt due --help", msg("the help of a command, with examples")),
)
_REPORTED_LIBRARIES = ("pydantic", "typer", "rich", "icalendar", "pyyaml")


class Definition(NamedTuple):
    """A command as its module defines it: the function to run, examples for the help, and the meaning of exit codes."""

    run: Callable[..., int]
    examples: Sequence[tuple[str, Message]]
    exit_codes: Sequence[tuple[int, Message]]


def module_of(name: str) -> str:
    """Return the full name of the module of a command; what takes a command back stands in the module of that."""
    return f"tdkt_cli.commands.{_FOLDERS[name]}.{_REVERSES.get(name, name)}"


def definition(name: str) -> Definition:
    """Import the module of a command and return the command's definition."""
    module = import_module(module_of(name))
    if name in _REVERSES:
        return Definition(module.reverse, module.REVERSE_EXAMPLES, ())
    return Definition(module.run, module.EXAMPLES, getattr(module, "EXIT_CODES", ()))


class Commands(Translated, TyperGroup):
    """The commands of `GROUPS`; a module is imported only when its command is asked for."""

    def list_commands(self, _ctx: Any) -> list[str]:  # noqa: ANN401 - the context class moved between versions of typer
        """Return the names of the commands in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> TyperCommand:  # noqa: ANN401
        """Return the command with this name, its help in the reader's language. Raises UsageError for an unknown name."""
        if cmd_name not in COMMANDS:
            with_near = msg("there is no command “{typed}”; did you mean {near}?")
            raise UsageError(
                suggest(cmd_name, COMMANDS, with_near, msg("there is no command “{typed}”; see tdkt --help"))
            )
        run, examples, exit_codes = definition(cmd_name)
        single = typer.Typer(add_completion=False, rich_markup_mode=None)
        single.command(cmd_name, cls=Command)(with_options(run))
        command: Command = typer.main.get_command(single)  # type: ignore[assignment]
        command.examples, command.exit_codes = examples, exit_codes
        translate(command, ctx.obj)
        return command

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """Write the commands under the headings of their groups."""
        for heading, _, names in GROUPS:
            rows = [(name, self.get_command(ctx, name).get_short_help_str()) for name in names]
            write_section(heading, rows, ctx.obj, formatter)

    def format_epilog(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """Write what to type first."""
        write_examples(FIRST_STEPS, ctx.obj, formatter)


app = typer.Typer(cls=Commands, add_completion=False, no_args_is_help=True, rich_markup_mode=None)


def _print_version(context: typer.Context, asked: bool) -> None:  # noqa: FBT001 - typer calls it so
    """Print the version alone on the first line, for scripts; below it what a bug report needs."""
    if asked:
        import platform  # noqa: PLC0415 - rarely asked

        from tdkt_cli.files.dependencies import own_version, version_of  # noqa: PLC0415

        lines = (
            f"tdkt {own_version() or '?'}",
            f"Python {platform.python_version()}, {platform.platform()}",
            ", ".join(f"{name} {version_of(name)}" for name in _REPORTED_LIBRARIES),
            context.obj.say(msg("To report a bug, send these lines and the output of tdkt doctor.")),
        )
        print_now("\n".join(lines))
        raise typer.Exit


@app.callback()
def main_options(
    *,
    _lang: Lang = "",
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version.", show_default=False),
    ] = False,
) -> None:
    """Deadlines of government work plans, kept as YAML files in git."""


def run(arguments: list[str]) -> int:
    """Run the command line and return the exit code. Raises UsageError, and click's own errors for unknown options."""
    _require_working_directory()
    language = chosen_language(arguments)
    group = typer.main.get_command(app)
    translate(group, language)
    completion = os.environ.get(COMPLETE)
    if completion:
        from typer.completion import completion_init, shell_complete  # type: ignore[attr-defined] # noqa: PLC0415

        completion_init()
        return shell_complete(group, {"obj": language}, PROGRAM, COMPLETE, completion)
    with group.make_context(PROGRAM, list(arguments), obj=language) as context:
        code = group.invoke(context)
    return code if isinstance(code, int) else OK


def _require_working_directory() -> None:
    """Raise UsageError when the working directory has been deleted."""
    try:
        Path.cwd()
    except OSError as error:
        words = msg("the folder you are in no longer exists; change to another one, or run cd to go back into it")
        raise UsageError(words, UNREADABLE) from error
