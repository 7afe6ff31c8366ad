"""Options that several commands share: each declared once, or in groups that `with_options` spreads over the command line."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, get_type_hints

from tdkt_cli.commands.shared import completions
from tdkt_cli.commands.shared.parameters import argument, flag, option
from tdkt_cli.commands.shared.values import read_day, read_month, read_quarter
from tdkt_cli.core.messages import msg
from tdkt_cli.core.periods import Period
from tdkt_cli.errors import UsageError
from tdkt_cli.render.records import WRITERS

FORMATS = ("table", "plain", *WRITERS)

Paths = Annotated[list[Path] | None, argument("[PATH]...", "Plan files or folders.")]
Today = Annotated[str, option("--today", "DATE", "The day to use as today.")]
Lang = Annotated[str, option("--lang", "vi|en", "The language to speak.")]
DryRun = Annotated[bool, flag("--dry-run", "Show the change of the files and write nothing.")]
Format = Annotated[str, option("--format", "|".join(FORMATS), "How to print.")]
TextOrJson = Annotated[str, option("--format", "text|json", "How to print.", show_default=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """The filters that `due`, `overdue` and `list` share, as typed."""

    unit: Annotated[
        list[str] | None,
        option(
            "--unit",
            "NAME",
            "Only what binds this unit, by name or in a group; accents may be left out.",
            complete=completions.units,
        ),
    ] = None
    role: Annotated[
        str,
        option(
            "--role", "bound|lead|executor|coordinator|advisor", "The role of --unit; by default, whatever binds it."
        ),
    ] = "bound"
    plan: Annotated[
        list[str] | None, option("--plan", "ID", "Only these plans; several with commas.", complete=completions.plans)
    ] = None
    section: Annotated[list[str] | None, option("--section", "ID", "Only these sections and those in them.")] = None
    state: Annotated[
        list[str] | None,
        option(
            "--state",
            "STATE",
            "Only these states: overdue, due, later, waiting, ongoing, done_in_time, done_late, cancelled.",
            complete=completions.states,
        ),
    ] = None
    kind: Annotated[
        list[str] | None,
        option("--kind", "KIND", "Only these kinds of deadline: before, by, day ...", complete=completions.kinds),
    ] = None
    text: Annotated[
        str, option("--text", "WORDS", "Only deadlines that contain these words; accents are optional.")
    ] = ""
    from_: Annotated[str, option("--from", "DATE", "Last day on or after.")] = ""
    to: Annotated[str, option("--to", "DATE", "Last day on or before.")] = ""
    month: Annotated[str, option("--month", "MONTH", "Last day in this month: 2 or 2023-02.")] = ""
    quarter: Annotated[str, option("--quarter", "QUARTER", "Last day in this quarter: 1 or 2023-Q1.")] = ""
    sort: Annotated[str, option("--sort", "date|plan|unit|title|state", "The order.")] = ""
    group_by: Annotated[
        str, option("--group-by", "near|unit|plan|section|month|state|waiting", "Groups with headings.")
    ] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """The options that the commands which change plan files share, as typed."""

    dry_run: DryRun = False
    commit: Annotated[bool, flag("--commit", "Put the changed files into git as one commit.")] = False
    today: Today = ""


ARRANGING = frozenset({"sort", "group_by"})


def with_options(command: Callable[..., int], *, without: frozenset[str] = frozenset()) -> Callable[..., int]:
    """Let the command line show the fields of `Filters` and `Writing` parameters, but those `without`, as options of their own."""
    hints = get_type_hints(command)
    given = inspect.signature(command).parameters
    shared = {name: hints[name] for name in given if hints[name] in (Filters, Writing)}
    options = [
        inspect.Parameter(
            field.name, inspect.Parameter.KEYWORD_ONLY, default=field.default, annotation=annotations[field.name]
        )
        for kind in shared.values()
        if (annotations := get_type_hints(kind, include_extras=True))
        for field in fields(kind)
        if field.name not in without
    ]
    own = [parameter for name, parameter in given.items() if name not in shared]

    @wraps(command)
    def expanded(**typed: Any) -> int:  # noqa: ANN401 - whatever the options are
        groups = {
            name: kind(**{field.name: typed.pop(field.name) for field in fields(kind) if field.name in typed})
            for name, kind in shared.items()
        }
        return command(**groups, **typed)

    parameters = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in own] + options
    expanded.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    expanded.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return expanded


def read_dates(filters: Filters, today: date) -> Period | None:
    """Return the last days that --from, --to, --month and --quarter leave, None where none is typed. Raises UsageError."""
    spans = [read_month(filters.month, today, "--month")] if filters.month else []
    spans += [read_quarter(filters.quarter, today)] if filters.quarter else []
    first = read_day(filters.from_, today, "--from") if filters.from_ else date.min
    last = read_day(filters.to, today, "--to") if filters.to else date.max
    if first > last:
        raise UsageError(
            msg("--from {first} comes after --to {last}: nothing can lie between them", first=first, last=last)
        )
    spans += [Period(first, last)] if filters.from_ or filters.to else []
    return Period(max(span.start for span in spans), min(span.end for span in spans)) if spans else None
