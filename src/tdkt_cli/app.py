"""The command line: the commands by name, each loaded when it runs, and the language they speak."""

import os
import re
import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from tdkt_cli.commands.completing import COMPLETE, PROGRAM
from tdkt_cli.core.messages import Message, msg
from tdkt_cli.core.text import nearest
from tdkt_cli.errors import OK, UNREADABLE, UsageError
from tdkt_cli.render.language import LANGUAGES, Language, language

_EXTRA = re.compile(r"unexpected extra arguments?(?:\(s\))? \((.*)\)")
_HELP_WORDS = (
    msg("Usage:"),
    msg("Options:"),
    msg("Arguments:"),
    msg("Show this message and exit."),
    msg("[default: "),
    msg("[required]"),
    msg("[OPTIONS]"),
    msg("COMMAND [ARGS]..."),
)
_TOLD = ("pydantic", "typer", "rich", "icalendar", "pyyaml")
GROUPS = (
    (msg("Look:"), ("due", "overdue", "list", "show", "missing", "log", "units", "workdays")),
    (
        msg("Record:"),
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
    (msg("Plan:"), ("init", "new", "add", "roll")),
    (msg("Check and review:"), ("check", "fmt", "diff", "read", "rule")),
    (msg("Publish:"), ("export", "publish")),
    (msg("Set up:"), ("doctor", "schema", "completion")),
)
_FIRST = (
    ("tdkt init", msg("begin with plans of your own in this folder")),
    ("tdkt due --days 14", msg("what must be done in the next 14 days")),
    ("tdkt check", msg("whether the files are right, and what to write instead")),
    ("tdkt due --help", msg("the help of a command, with examples")),
)
COMMANDS = tuple(name for _, names in GROUPS for name in names)


class Commands(TyperGroup):
    """The commands: a module of `tdkt_cli.commands` each, imported only when it is asked for."""

    def list_commands(self, _ctx: Any) -> list[str]:  # noqa: ANN401 - the context class moved between versions of typer
        """The commands in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> TyperCommand:  # noqa: ANN401
        """The command with this name, its help in the reader's language. Raises UsageError where there is none."""
        if cmd_name not in COMMANDS:
            near = nearest(cmd_name, list(COMMANDS))
            if near:
                raise UsageError(msg("there is no command “{typed}”; did you mean {near}?", typed=cmd_name, near=near))
            raise UsageError(msg("there is no command “{typed}”; see tdkt --help", typed=cmd_name))
        single = typer.Typer(add_completion=False, rich_markup_mode=None)
        module = import_module(f"tdkt_cli.commands.{cmd_name}")
        single.command(cmd_name, cls=Command)(module.run)
        command: Command = typer.main.get_command(single)  # type: ignore[assignment]
        command.examples, command.exit_codes = module.EXAMPLES, getattr(module, "EXIT_CODES", ())
        _translate(command, ctx.obj)
        return command

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """The commands by what they are for."""
        for heading, names in GROUPS:
            with formatter.section(_heading(heading, ctx.obj)):
                formatter.write_dl([(name, self.get_command(ctx, name).get_short_help_str()) for name in names])

    def format_epilog(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """What to type first."""
        _write_examples(_FIRST, ctx.obj, formatter)

    def get_help_option(self, ctx: Any) -> Any:  # noqa: ANN401
        """The option --help; its text goes where everything else goes."""
        return _ours(super().get_help_option(ctx))

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401
        """The help of the program."""
        return _said(super().get_help(ctx), ctx.obj)


class Command(TyperCommand):
    """A command whose help is in the reader's language to the last word, and ends with commands to type.

    `examples` are those, each with what it is for; `exit_codes` what the codes mean by which it ends.
    """

    examples: Sequence[tuple[str, Message]] = ()
    exit_codes: Sequence[tuple[int, Message]] = ()

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401
        """Read the command line, and keep what stands behind a `--`, which the library forgets."""
        ctx.meta["after"] = args[args.index("--") + 1 :] if "--" in args else None
        return super().parse_args(ctx, args)

    def format_epilog(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """Examples, and how the command ends."""
        _write_examples(self.examples, ctx.obj, formatter)
        if self.exit_codes:
            with formatter.section(_heading(msg("Exit codes:"), ctx.obj)):
                formatter.write_dl([(str(code), ctx.obj.say(words)) for code, words in self.exit_codes])

    def get_help_option(self, ctx: Any) -> Any:  # noqa: ANN401
        """The option --help; its text goes where everything else goes."""
        return _ours(super().get_help_option(ctx))

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401
        """The help of the command."""
        return _said(super().get_help(ctx), ctx.obj)

    def get_short_help_str(self, _limit: int = 0) -> str:
        """The first sentence of its help, whole: typer would cut it."""
        return str(super().get_short_help_str(1000))


app = typer.Typer(cls=Commands, add_completion=False, no_args_is_help=True, rich_markup_mode=None)


def _version(context: typer.Context, asked: bool) -> None:  # noqa: FBT001 - typer calls it so
    """The version alone in the first line, for scripts; below it what a report of a mistake needs."""
    if asked:
        import platform  # noqa: PLC0415 - rarely asked

        from tdkt_cli.files.installed import own_version, version_of  # noqa: PLC0415

        lines = (
            f"tdkt {own_version() or '?'}",
            f"Python {platform.python_version()}, {platform.platform()}",
            ", ".join(f"{name} {version_of(name)}" for name in _TOLD),
            context.obj.say(msg("To report a mistake, send these lines and what tdkt doctor prints.")),
        )
        _print("\n".join(lines))
        raise typer.Exit


@app.callback()
def main_options(
    _lang: Annotated[
        str, typer.Option("--lang", metavar="vi|en", help="The language to speak.", show_default=False)
    ] = "",
    _version_asked: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.", show_default=False)
    ] = False,
) -> None:
    """Deadlines of government work plans, kept as YAML files in git."""


def run(arguments: list[str]) -> int:
    """Run the command line; the exit code. Raises UsageError, and click's own errors for options that do not exist."""
    _in_a_folder()
    speaker = chosen_language(arguments)
    group = typer.main.get_command(app)
    _translate(group, speaker)
    asked = os.environ.get(COMPLETE)
    if asked:
        from typer.completion import completion_init, shell_complete  # type: ignore[attr-defined] # noqa: PLC0415

        completion_init()
        return shell_complete(group, {"obj": speaker}, PROGRAM, COMPLETE, asked)
    with group.make_context(PROGRAM, list(arguments), obj=speaker) as context:
        code = group.invoke(context)
    return code if isinstance(code, int) else OK


def _in_a_folder() -> None:
    """Refuse to work in a folder that somebody has taken away meanwhile."""
    try:
        Path.cwd()
    except OSError as error:
        words = msg("the folder that you are in is no longer there; go to another, or back into it by cd")
        raise UsageError(words, UNREADABLE) from error


def chosen_language(arguments: list[str]) -> Language:
    """The language by `--lang`, TDKT_LANG, the nearest tdkt.toml, else Vietnamese. Raises UsageError for one not spoken.

    It is needed before the command line is read, since its help and its errors are in it.
    """
    typed = ""
    for index, argument in enumerate(arguments):
        if argument == "--lang" and index + 1 < len(arguments):
            typed = arguments[index + 1]
        elif argument.startswith("--lang="):
            typed = argument.removeprefix("--lang=")
        elif argument == "--":
            break
    code = typed or os.environ.get("TDKT_LANG", "") or _configured_language()
    if code not in LANGUAGES:
        raise UsageError(
            msg("tdkt does not speak “{code}”; it speaks {languages}", code=code, languages=", ".join(LANGUAGES))
        )
    return language(code)


def _configured_language() -> str:
    from tdkt_cli.files.config import find_root  # noqa: PLC0415

    root = find_root(Path.cwd())
    if root is None:
        return LANGUAGES[0]
    from tdkt_cli.files.config import load_config  # noqa: PLC0415 - pydantic

    return load_config(root).settings.lang


def _translate(command: Any, speaker: Language) -> None:  # noqa: ANN401 - typer's commands, whichever the version
    command.help = speaker.say(Message(command.help)) if command.help else None
    for param in command.params:
        if getattr(param, "help", None):
            param.help = speaker.say(Message(param.help))


def _said(help_text: str, speaker: Language) -> str:
    """A help text with the words that the library puts into it in the reader's language."""
    for words in _HELP_WORDS:
        help_text = help_text.replace(words.text, speaker.say(words))
    return help_text


def _ours(option: Any) -> Any:  # noqa: ANN401
    """The option --help, printing as tdkt prints: the library would send UTF-8 to a console that has ASCII alone."""
    if option is not None:
        option.callback = _show_help
    return option


def _show_help(context: typer.Context, _option: object, asked: bool) -> None:  # noqa: FBT001 - the library calls it so
    if asked and not context.resilient_parsing:
        _print(context.get_help())
        raise typer.Exit


def _print(text: str) -> None:
    """Print a text now: what ends the program next knows nothing of an output that cannot be written."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _heading(message: Message, speaker: Language) -> str:
    """A heading without the colon that the library adds."""
    return speaker.say(message).removesuffix(":")


def _write_examples(examples: Iterable[tuple[str, Message]], speaker: Language, formatter: Any) -> None:  # noqa: ANN401
    """The commands, never broken, each above what it is for."""
    with formatter.section(_heading(msg("Examples:"), speaker)):
        for line, purpose in examples:
            formatter.write(f"{' ' * formatter.current_indent}{line}\n")
            with formatter.indentation(), formatter.indentation():
                formatter.write_text(speaker.say(purpose))


def usage_message(error: Exception) -> Message:
    """What the library found wrong with the command line, in our words."""
    option = str(getattr(error, "option_name", "") or "")
    name = type(error).__name__
    if name == "NoSuchOption":
        near = nearest(option, list(getattr(error, "possibilities", None) or ()))
        if near:
            return msg("there is no option {option}; did you mean {near}?", option=option, near=near)
        return msg("there is no option {option}; see tdkt --help", option=option)
    if name == "BadOptionUsage" and "does not take" in str(getattr(error, "message", "")):
        return msg("{option} takes no value", option=option)
    if name == "BadOptionUsage":
        return msg("{option} needs a value; see tdkt --help", option=option)
    if name == "MissingParameter":
        param = getattr(error, "param", None)
        return msg(
            "something is missing: {what}", what=str(getattr(param, "metavar", None) or getattr(param, "name", ""))
        )
    words = str(getattr(error, "message", "") or error)
    if extra := _EXTRA.search(words):
        return msg("too many words: {words}; put words that belong together in quotes", words=extra[1])
    return msg("{problem} (see tdkt --help)", problem=words)
