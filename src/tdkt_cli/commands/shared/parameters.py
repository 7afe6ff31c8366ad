"""Declarations of command-line parameters, for `Annotated[str, option("--on", "DATE", "The day on which it was.")]`."""

import inspect
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import wraps
from typing import Annotated, Any, get_type_hints

import typer

from tdkt_cli.commands.shared import completions
from tdkt_cli.commands.shared.values import choice

Completion = Callable[..., list[str]] | None


def option(
    name: str, metavar: str, help_: str, *, short: str = "", complete: Completion = None, show_default: bool = False
) -> Any:  # noqa: ANN401 - as typer has it
    """Return an option with a value; of alternatives in its metavar (text|json), one is offered and required."""
    names = (name, short) if short else (name,)
    parser: Callable[[str], str] | None = None
    if complete is None and "|" in metavar and metavar.islower():
        choices = tuple(metavar.split("|"))
        complete, parser = completions.one_of(metavar), lambda typed: choice(typed, choices, name) if typed else typed
    return typer.Option(
        *names, metavar=metavar, help=help_, autocompletion=complete, show_default=show_default, parser=parser
    )


def flag(name: str, help_: str) -> Any:  # noqa: ANN401 - as typer has it
    """Return an option without a value."""
    return typer.Option(name, help=help_)


def argument(metavar: str, help_: str, complete: Completion = None) -> Any:  # noqa: ANN401 - as typer has it
    """Return an argument."""
    return typer.Argument(metavar=metavar, help=help_, autocompletion=complete, show_default=False)


Lang = Annotated[str, option("--lang", "vi|en", "The language to speak.")]


def with_options(command: Callable[..., int]) -> Callable[..., int]:
    """Return the command as the command line shows it: with `--lang`, and with each field of a dataclass as an option of its own."""
    hints = get_type_hints(command, include_extras=True)
    own = dict(inspect.signature(command).parameters)
    groups = {name: hints[name] for name in own if is_dataclass(hints[name])}
    parameters = [parameter for name, parameter in own.items() if name not in groups]
    parameters += [] if "lang" in own else [_parameter("_lang", Lang)]
    parameters += [
        _parameter(field.name, annotations[field.name], field.default)
        for kind in groups.values()
        if (annotations := get_type_hints(kind, include_extras=True))
        for field in fields(kind)
    ]

    @wraps(command)
    def expanded(**typed: Any) -> int:  # noqa: ANN401 - whatever the options are
        typed.pop("_lang", None)  # read before everything else, by `chosen_language`
        given = {
            name: kind(**{field.name: typed.pop(field.name) for field in fields(kind)}) for name, kind in groups.items()
        }
        return command(**given, **typed)

    keywords = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in parameters]
    expanded.__signature__ = inspect.Signature(keywords)  # type: ignore[attr-defined]
    expanded.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return expanded


def _parameter(name: str, annotation: object, default: object = "") -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
