"""Options that several commands share, declared once; those of a dataclass are always used together."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from tdkt_cli.commands.shared import completions
from tdkt_cli.commands.shared.parameters import argument, flag, option
from tdkt_cli.commands.shared.values import read_day, read_month, read_quarter
from tdkt_cli.core.messages import msg
from tdkt_cli.core.periods import Period
from tdkt_cli.core.query import GROUPS, ROLE_CHOICES, SORTS, RoleChoice, Sort
from tdkt_cli.errors import UsageError
from tdkt_cli.render.records import WRITERS

FORMATS = ("table", "plain", *WRITERS)

Paths = Annotated[list[Path] | None, argument("[PATH]...", "Plan files or folders.")]
Today = Annotated[str, option("--today", "DATE", "The day to use as today.")]
DryRun = Annotated[bool, flag("--dry-run", "Show the change of the files and write nothing.")]
Format = Annotated[str, option("--format", "|".join(FORMATS), "How to print.")]
TextOrJson = Annotated[str, option("--format", "text|json", "How to print.", show_default=True)]
Refs = Annotated[
    list[str] | None,
    argument(
        "[REF]...",
        "Deadlines: hanoi-2023/PL1.3#hop; for one occurrence, PL1.4@2023-02-28. Without any, those that the filters select.",
        completions.refs,
    ),
]
On = Annotated[str, option("--on", "DATE", "The day on which it happened; by default, today.")]
Document = Annotated[str, option("--document", "NUMBER", "The document that shows it.")]
Reason = Annotated[str, option("--reason", "WORDS", "The reason for it.")]
Note = Annotated[str, option("--note", "WORDS", "A note.")]


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
        RoleChoice,
        option("--role", "|".join(ROLE_CHOICES), "The role of --unit; by default, whatever binds it."),
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """The order and the groups of a list of deadlines, as typed."""

    sort: Annotated[Sort, option("--sort", "|".join(SORTS), "The order.")] = "date"
    group_by: Annotated[str, option("--group-by", "|".join(GROUPS), "Groups with headings.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """The options that the commands which change plan files share, as typed."""

    dry_run: DryRun = False
    commit: Annotated[bool, flag("--commit", "Put the changed files into git as one commit.")] = False
    today: Today = ""


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
