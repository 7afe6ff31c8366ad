"""`tdkt diff`: what is different between two versions of the plans, as people understand it."""

import sys
from collections.abc import Iterable, Mapping
from typing import Annotated

import typer

from tdkt_cli.api.comparison import Comparison, diff
from tdkt_cli.api.operands import Sides
from tdkt_cli.commands.shared import completions
from tdkt_cli.commands.shared.options import Lang, choice, split
from tdkt_cli.commands.shared.profile import read_profile
from tdkt_cli.commands.shared.session import colour, print_error, print_lines
from tdkt_cli.core.agenda import Office, items
from tdkt_cli.core.diff.difference import Report
from tdkt_cli.core.diff.json_record import UnreadRecord, difference_record
from tdkt_cli.core.feeds.editions import EventChanges, changed_events
from tdkt_cli.core.feeds.events import for_calendar
from tdkt_cli.core.messages import msg
from tdkt_cli.core.plan import Plan
from tdkt_cli.core.text import json_text
from tdkt_cli.errors import FINDINGS, OK, UNREADABLE
from tdkt_cli.files.git.revisions import Unread
from tdkt_cli.render.calendar import event_texts
from tdkt_cli.render.diff.report import Line, lines, markdown, text
from tdkt_cli.render.findings.text import finding_line, finding_record
from tdkt_cli.render.language import Language

_FORMATS = ("text", "md", "json")
Operands = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[OLD] [NEW] [-- PATH...]",
        help="Git revisions (main, main..HEAD, main...HEAD), or two plan files or folders; HEAD and the files as they are unless said.",
        show_default=False,
    ),
]
PlanIds = Annotated[
    list[str] | None,
    typer.Option("--plan", metavar="ID", help="Only these plans; several with commas.", show_default=False),
]
Format = Annotated[
    str,
    typer.Option(
        "--format", metavar="text|md|json", help="How to print.", autocompletion=completions.one_of("text|md|json")
    ),
]
ExitCode = Annotated[bool, typer.Option("--exit-code", help="Exit with 1 where there are differences.")]

EXAMPLES = (
    ("tdkt diff", msg("what has changed since the last commit")),
    ("tdkt diff HEAD~1 HEAD --format md", msg("what the last commit changed, for a merge request")),
    ("tdkt diff plans/hanoi-2023.yaml plans/hanoi-2024.yaml", msg("two files, without git")),
)
EXIT_CODES = (
    (0, msg("compared; without --exit-code whatever was found")),
    (1, msg("with --exit-code: there are differences")),
    (3, msg("a version could not be read; the rest was compared")),
)


def run(
    context: typer.Context,
    operands: Operands = None,
    plan: PlanIds = None,
    format_: Format = "text",
    exit_code: ExitCode = False,
    _lang: Lang = "",
) -> int:
    """Show what is different between two versions of the plans: by task and deadline, not by line."""
    language: Language = context.obj
    kind = choice(format_, _FORMATS, "--format")
    words, after = operands or [], context.meta.get("after")
    count = len(words) - len(after) if after is not None else len(words)
    found = diff(*words[:count], paths=after, plan=split(plan))
    _print(_report(found, language), found, language, kind)
    if found.unread:
        return UNREADABLE
    return FINDINGS if exit_code and found else OK


def _report(found: Comparison, language: Language) -> Report:
    """The difference and what follows from it."""
    difference = found.difference
    told = {
        *(register.id for register in difference.registers),
        *([""] if difference.days or difference.calendars else []),
    }
    return Report(
        difference=difference,
        units=found.units,
        events=_events(found, language),
        cosmetic=len(difference.same) + sum(other not in told for other in found.versions.others),
    )


def _events(found: Comparison, language: Language) -> EventChanges:
    """What changes in a feed of all plans that differ, by the settings of tdkt.toml."""
    profile = read_profile(found.config)

    def texts(plans: Iterable[Plan | None], office: Office) -> Mapping[str, str]:
        chosen = for_calendar(items((plan for plan in plans if plan), office), office, drop_done=profile.done == "drop")
        return event_texts(chosen.items, office, language, profile)

    return changed_events(
        texts((plan.old for plan in found), found.versions.old.office),
        texts((plan.new for plan in found), found.versions.new.office),
    )


def _print(report: Report, found: Comparison, language: Language, kind: str) -> None:
    unread, sides = found.unread, found.sides
    if kind == "json":
        records = [_unread_record(each, language) for each in unread]
        print_lines([json_text(difference_record(report, (sides.old, sides.new), records), indent=2)])
    elif kind == "md":
        more = [Line(_not_compared(each, sides, language)) for each in unread]
        print_lines(markdown([*lines(report, language, whole=not unread), *more]))
    else:
        print_lines(text(lines(report, language, whole=not unread), colour=colour(sys.stdout)))
    for each in unread:
        print_error(_not_compared(each, sides, language))


def _not_compared(unread: Unread, sides: Sides, language: Language) -> str:
    """Why a file was not compared; in which version, where its name does not say it."""
    version = sides.old if unread.old else sides.new
    finding = finding_line(unread.finding, language, colour=False)
    if version is None or sides.repository is None:
        return language.say(msg("not compared: {finding}", finding=finding))
    return language.say(msg("not compared, in {version}: {finding}", version=version, finding=finding))


def _unread_record(unread: Unread, language: Language) -> UnreadRecord:
    found = finding_record(unread.finding, language)
    return {
        "version": "old" if unread.old else "new",
        "rule": str(found["rule"]),
        "message": str(found["message"]),
        "file": str(found["file"]),
        "line": unread.finding.span.line,
        "column": unread.finding.span.column,
    }
