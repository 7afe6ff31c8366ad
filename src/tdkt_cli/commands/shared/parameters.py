"""Declarations of command-line parameters, for `Annotated[str, option("--on", "DATE", "The day on which it was.")]`."""

from collections.abc import Callable
from typing import Any

import typer

from tdkt_cli.commands.shared import completions

Completion = Callable[..., list[str]] | None


def option(
    name: str, metavar: str, help_: str, *, short: str = "", complete: Completion = None, show_default: bool = False
) -> Any:  # noqa: ANN401 - as typer has it
    """Return an option with a value; alternatives in its metavar (vi|en) are offered as completions."""
    if complete is None and "|" in metavar and metavar.islower():
        complete = completions.one_of(metavar)
    names = (name, short) if short else (name,)
    return typer.Option(*names, metavar=metavar, help=help_, autocompletion=complete, show_default=show_default)


def flag(name: str, help_: str) -> Any:  # noqa: ANN401 - as typer has it
    """Return an option without a value."""
    return typer.Option(name, help=help_)


def argument(metavar: str, help_: str, complete: Completion = None) -> Any:  # noqa: ANN401 - as typer has it
    """Return an argument."""
    return typer.Argument(metavar=metavar, help=help_, autocompletion=complete, show_default=False)
