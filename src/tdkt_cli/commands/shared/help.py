"""Help texts: in the reader's language to the last word, ending with examples to type and the meaning of exit codes."""

import sys
from collections.abc import Iterable, Sequence
from typing import Any

import typer
from typer.core import TyperCommand

from tdkt_cli.core.messages import Message, msg
from tdkt_cli.render.language import Language

_LIBRARY_WORDS = (
    msg("Usage:"),
    msg("Options:"),
    msg("Arguments:"),
    msg("Show this message and exit."),
    msg("[default: "),
    msg("[required]"),
    msg("[OPTIONS]"),
    msg("COMMAND [ARGS]..."),
)


class Translated:
    """Mix into a command of typer's: its help is in the reader's language, and goes where everything else goes."""

    def get_help_option(self, ctx: Any) -> Any:  # noqa: ANN401 - the context class moved between versions of typer
        """Return the option --help, printing as tdkt prints: the library would send UTF-8 to a console that has ASCII alone."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.callback = _show_help
        return option

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401
        """Return the help with the words that the library puts into it translated."""
        text: str = super().get_help(ctx)  # type: ignore[misc]
        for words in _LIBRARY_WORDS:
            text = text.replace(words.text, ctx.obj.say(words))
        return text


class Command(Translated, TyperCommand):
    """A command whose help ends with examples and exit codes."""

    examples: Sequence[tuple[str, Message]] = ()
    exit_codes: Sequence[tuple[int, Message]] = ()

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401
        """Parse the command line, and keep what stands behind a `--`, which the library forgets."""
        ctx.meta["after"] = args[args.index("--") + 1 :] if "--" in args else None
        return super().parse_args(ctx, args)

    def format_epilog(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """Write the examples and the exit codes."""
        write_examples(self.examples, ctx.obj, formatter)
        rows = [(str(code), ctx.obj.say(words)) for code, words in self.exit_codes]
        if rows:
            write_section(msg("Exit codes:"), rows, ctx.obj, formatter)

    def get_short_help_str(self, _limit: int = 0) -> str:
        """Return the first sentence of the help, whole: typer would cut it."""
        return str(super().get_short_help_str(1000))


def translate(command: Any, language: Language) -> None:  # noqa: ANN401 - typer's commands, whichever the version
    """Put the help texts of a command and of its options into the reader's language."""
    for described in (command, *command.params):
        if getattr(described, "help", None):
            described.help = language.say(Message(described.help))


def write_section(heading: Message, rows: list[tuple[str, str]], language: Language, formatter: Any) -> None:  # noqa: ANN401
    """Write rows of two columns under a heading."""
    with formatter.section(_without_colon(heading, language)):
        formatter.write_dl(rows)


def write_examples(examples: Iterable[tuple[str, Message]], language: Language, formatter: Any) -> None:  # noqa: ANN401
    """Write commands to type, each on one line above what it is for."""
    with formatter.section(_without_colon(msg("Examples:"), language)):
        for line, purpose in examples:
            formatter.write(f"{' ' * formatter.current_indent}{line}\n")
            with formatter.indentation(), formatter.indentation():
                formatter.write_text(language.say(purpose))


def print_now(text: str) -> None:
    """Print a text and flush it: what ends the program next would not report an output that cannot be written."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _show_help(context: typer.Context, _option: object, asked: bool) -> None:  # noqa: FBT001 - the library calls it so
    if asked and not context.resilient_parsing:
        print_now(context.get_help())
        raise typer.Exit


def _without_colon(heading: Message, language: Language) -> str:
    """Return a heading without the colon, which the library adds."""
    return language.say(heading).removesuffix(":")
