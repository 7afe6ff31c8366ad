"""Options that several commands share, and the reading of what people type into them.

People may type dates as 20/02/2023 or 20/2 (this year), months as 2 or 2023-02, quarters as 1, I, Q1 or 2023-Q1.
"""

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, TypeVar, get_type_hints

import typer

from tdkt_cli.commands.shared import completions
from tdkt_cli.core.messages import msg
from tdkt_cli.core.periods import FIRST_YEAR, LAST_YEAR, DateError, Period, parse_date, parse_period
from tdkt_cli.core.text import nearest
from tdkt_cli.errors import UsageError
from tdkt_cli.render.records import WRITERS

FORMATS = ("table", "plain", *WRITERS)

Paths = Annotated[
    list[Path] | None, typer.Argument(metavar="[PATH]...", help="Plan files or folders.", show_default=False)
]
Today = Annotated[
    str,
    typer.Option(
        "--today",
        metavar="DATE",
        help="The day to reckon from.",
        show_default=False,
    ),
]
Lang = Annotated[
    str,
    typer.Option(
        "--lang",
        metavar="vi|en",
        autocompletion=completions.one_of("vi|en"),
        help="The language to speak.",
        show_default=False,
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show the change of the files and write nothing.")]
Format = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="|".join(FORMATS),
        autocompletion=completions.one_of("|".join(FORMATS)),
        help="How to print.",
        show_default=False,
    ),
]
TextOrJson = Annotated[
    str,
    typer.Option("--format", metavar="text|json", help="How to print.", autocompletion=completions.one_of("text|json")),
]

T = TypeVar("T", bound=str)
_MONTH = re.compile(r"\d{1,2}", re.ASCII)
_MONTH_FIRST = re.compile(r"^0?(\d{1,2})/(\d{4})$", re.ASCII)
_SHORT_MONTH = re.compile(r"^(\d{4})-(\d)$", re.ASCII)
DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?", re.ASCII)
_ALMOST_DAY = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}", re.ASCII)
_ALMOST_MONTH = re.compile(r"\d{4}-\d{2}", re.ASCII)
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4, "q1": 1, "q2": 2, "q3": 3, "q4": 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """The filters that `due`, `overdue` and `list` share, as typed."""

    unit: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="Only what binds this unit, by name or in a group; accents may be left out.",
            show_default=False,
            autocompletion=completions.units,
        ),
    ] = None
    role: Annotated[
        str,
        typer.Option(
            metavar="bound|lead|executor|coordinator|advisor",
            autocompletion=completions.one_of("bound|lead|executor|coordinator|advisor"),
            help="The role of --unit; bound unless said.",
            show_default=False,
        ),
    ] = "bound"
    plan: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ID",
            help="Only these plans; several with commas.",
            show_default=False,
            autocompletion=completions.plans,
        ),
    ] = None
    section: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Only these sections and those in them.", show_default=False)
    ] = None
    state: Annotated[
        list[str] | None,
        typer.Option(
            metavar="STATE",
            autocompletion=completions.states,
            help="Only these states: overdue, due, later, waiting, ongoing, done_in_time, done_late, cancelled.",
            show_default=False,
        ),
    ] = None
    kind: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KIND",
            autocompletion=completions.kinds,
            help="Only these kinds of deadline: before, by, day ...",
            show_default=False,
        ),
    ] = None
    text: Annotated[
        str,
        typer.Option(
            metavar="WORDS", help="Only where these words stand; accents may be left out.", show_default=False
        ),
    ] = ""
    from_: Annotated[str, typer.Option("--from", metavar="DATE", help="Last day on or after.", show_default=False)] = ""
    to: Annotated[str, typer.Option("--to", metavar="DATE", help="Last day on or before.", show_default=False)] = ""
    month: Annotated[
        str, typer.Option(metavar="MONTH", help="Last day in this month: 2 or 2023-02.", show_default=False)
    ] = ""
    quarter: Annotated[
        str, typer.Option(metavar="QUARTER", help="Last day in this quarter: 1 or 2023-Q1.", show_default=False)
    ] = ""
    sort: Annotated[
        str,
        typer.Option(
            metavar="date|plan|unit|title|state",
            autocompletion=completions.one_of("date|plan|unit|title|state"),
            help="The order.",
            show_default=False,
        ),
    ] = ""
    group_by: Annotated[
        str,
        typer.Option(
            "--group-by",
            metavar="near|unit|plan|section|month|state|waiting",
            autocompletion=completions.one_of("near|unit|plan|section|month|state|waiting"),
            help="Groups with headings.",
            show_default=False,
        ),
    ] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """The options that the commands which change plan files share, as typed."""

    dry_run: DryRun = False
    commit: Annotated[bool, typer.Option("--commit", help="Put the changed files into git as one commit.")] = False
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


def split(typed: list[str] | None) -> list[str]:
    """The values of an option that may be repeated or hold several, split by commas."""
    return [value.strip() for values in typed or () for value in values.split(",") if value.strip()]


def choice(typed: str, choices: tuple[T, ...], option: str) -> T:
    """The choice that was typed, `-` and `_` alike. Raises UsageError that names the nearest."""
    wanted = typed.strip().lower().replace("-", "_")
    for known in choices:
        if known == wanted:
            return known
    near = nearest(typed, list(choices))
    if near:
        raise UsageError(
            msg("{option} does not know “{typed}”; did you mean {near}?", option=option, typed=typed, near=near)
        )
    raise UsageError(
        msg(
            "{option} does not know “{typed}”; it takes {choices}",
            option=option,
            typed=typed,
            choices=", ".join(choices),
        )
    )


def read_number(typed: str, option: str, most: int) -> int:
    """A whole number from 0 to `most`. Raises UsageError."""
    if not re.fullmatch(r"\d{1,6}", typed.strip(), re.ASCII) or int(typed) > most:
        raise UsageError(
            msg("{option} takes a whole number from 0 to {most}, not “{typed}”", option=option, most=most, typed=typed)
        )
    return int(typed)


def read_day(typed: str, today: date, option: str) -> date:
    """A date as people type it. Raises UsageError."""
    match = DAY.fullmatch(typed.strip())
    iso = f"{match[3] or today.year}-{int(match[2]):02d}-{int(match[1]):02d}" if match else typed.strip()
    try:
        return parse_date(iso, typed.strip())
    except DateError as error:
        if _ALMOST_DAY.fullmatch(iso):
            raise UsageError(msg("{option}: {problem}", option=option, problem=error.message)) from None
        words = msg("{option}: “{typed}” is not a date; type 20/02/2023 or 2023-02-20", option=option, typed=typed)
        raise UsageError(words) from None


def read_year(typed: object) -> int | None:
    """The year typed or given, None for none. Raises UsageError."""
    text = str(typed).strip() if typed is not None else ""
    if not text:
        return None
    if text.isascii() and text.isdigit() and FIRST_YEAR <= int(text[:9]) <= LAST_YEAR:
        return int(text)
    raise UsageError(msg("“{typed}” is no year: write for instance 2023", typed=text))


def read_dates(filters: Filters, today: date) -> Period | None:
    """The span of last days that --from, --to, --month and --quarter leave, None for any. Raises UsageError."""
    spans = []
    if filters.month:
        spans.append(read_month(filters.month, today, "--month"))
    if filters.quarter:
        quarter = _QUARTERS.get(filters.quarter.strip().lower())
        spans.append(
            _period(f"{today.year}-Q{quarter}" if quarter else filters.quarter.strip(), "--quarter", "1, II, 2023-Q1")
        )
    first = read_day(filters.from_, today, "--from") if filters.from_ else date.min
    last = read_day(filters.to, today, "--to") if filters.to else date.max
    if first > last:
        raise UsageError(
            msg("--from {first} comes after --to {last}: nothing can lie between them", first=first, last=last)
        )
    if filters.from_ or filters.to:
        spans.append(Period(first, last))
    return Period(max(span.start for span in spans), min(span.end for span in spans)) if spans else None


def read_month(typed: str, today: date, option: str) -> Period:
    """A month as people type it, one without a year of this year. Raises UsageError."""
    month = _MONTH_FIRST.sub(lambda match: f"{match[2]}-{int(match[1]):02d}", typed.strip())
    month = _SHORT_MONTH.sub(r"\1-0\2", month)
    return _period(
        f"{today.year}-{int(month):02d}" if _MONTH.fullmatch(month) else month, option, "2, 02/2023, 2023-02"
    )


def _period(text: str, option: str, example: str) -> Period:
    try:
        return parse_period(text)
    except DateError as error:
        if _ALMOST_MONTH.fullmatch(text):
            raise UsageError(msg("{option}: {problem}", option=option, problem=error.message)) from None
        raise UsageError(msg("{option} takes for instance {example}", option=option, example=example)) from None
