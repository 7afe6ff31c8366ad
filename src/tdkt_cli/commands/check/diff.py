"""`tdkt diff`: the difference between two versions of the plans, by task and deadline."""

import sys
from collections.abc import Iterable, Mapping
from typing import Annotated

import typer

from tdkt_cli.api.comparison import Comparison, diff
from tdkt_cli.api.operands import Sides
from tdkt_cli.commands.shared.parameters import argument, flag, option
from tdkt_cli.commands.shared.profile import read_profile
from tdkt_cli.commands.shared.session import colour, print_error, print_json, print_lines
from tdkt_cli.commands.shared.values import split
from tdkt_cli.core.agenda import Office, items
from tdkt_cli.core.diff.difference import Report
from tdkt_cli.core.diff.json_record import UnreadRecord, difference_record
from tdkt_cli.core.feeds.editions import EventChanges, changed_events
from tdkt_cli.core.feeds.events import for_calendar
from tdkt_cli.core.messages import msg
from tdkt_cli.core.plan import Plan
from tdkt_cli.errors import FINDINGS, OK, UNREADABLE
from tdkt_cli.files.git.revisions import Unread
from tdkt_cli.render.diff.report import Line, markdown_lines, report_lines, text_lines
from tdkt_cli.render.findings.text import finding_line
from tdkt_cli.render.icalendar import event_texts
from tdkt_cli.render.language import Language

_FORMATS = ("text", "md", "json")
Operands = Annotated[
    list[str] | None,
    argument(
        "[OLD] [NEW] [-- PATH...]",
        "Git revisions (main, main..HEAD, main...HEAD), or two plan files or folders; by default, HEAD and the files as they are.",
    ),
]
PlanIds = Annotated[list[str] | None, option("--plan", "ID", "Only these plans; several with commas.")]
Format = Annotated[str, option("--format", "|".join(_FORMATS), "How to print.", show_default=True)]
ExitCode = Annotated[bool, flag("--exit-code", "Exit with 1 where there are differences.")]

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
) -> int:
    """Show what is different between two versions of the plans: by task and deadline, not by line."""
    language: Language = context.obj
    words, after = operands or [], context.meta.get("after")
    comparison = diff(*words[: len(words) - len(after or ())], paths=after, plan=split(plan))
    _print(comparison, language, format_)
    if comparison.unread:
        return UNREADABLE
    return FINDINGS if exit_code and comparison else OK


def _print(comparison: Comparison, language: Language, kind: str) -> None:
    report, unread, sides = _report(comparison, language), comparison.unread, comparison.sides
    problems = [_not_compared(each, sides, language) for each in unread]
    if kind == "json":
        records = [_unread_record(each, language) for each in unread]
        print_json(difference_record(report, (sides.old, sides.new), records))
    elif kind == "md":
        print_lines(markdown_lines([*report_lines(report, language, whole=not unread), *map(Line, problems)]))
    else:
        print_lines(text_lines(report_lines(report, language, whole=not unread), colour=colour(sys.stdout)))
    for problem in problems:
        print_error(problem)


def _report(comparison: Comparison, language: Language) -> Report:
    """Return the difference with what follows from it: units concerned, calendar events, files that differ only in form."""
    difference = comparison.difference
    reported = {register.id for register in difference.registers}
    if difference.days or difference.calendars:
        reported.add("")
    return Report(
        difference=difference,
        units=comparison.units,
        events=_events(comparison, language),
        cosmetic=len(difference.same) + sum(other not in reported for other in comparison.versions.others),
    )


def _events(comparison: Comparison, language: Language) -> EventChanges:
    """Return what changes in a feed of all plans that differ, with the settings of tdkt.toml."""
    profile = read_profile(comparison.config)

    def texts(plans: Iterable[Plan | None], office: Office) -> Mapping[str, str]:
        chosen = for_calendar(items(filter(None, plans), office), office, drop_done=profile.done == "drop")
        return event_texts(chosen.items, office, language, profile)

    return changed_events(
        texts((plan.old for plan in comparison), comparison.versions.old.office),
        texts((plan.new for plan in comparison), comparison.versions.new.office),
    )


def _not_compared(unread: Unread, sides: Sides, language: Language) -> str:
    """Return why a file was not compared, and in which version where its name does not tell."""
    version = sides.old if unread.old else sides.new
    finding = finding_line(unread.finding, language, colour=False)
    if version is None or sides.repository is None:
        return language.say(msg("not compared: {finding}", finding=finding))
    return language.say(msg("not compared, in {version}: {finding}", version=version, finding=finding))


def _unread_record(unread: Unread, language: Language) -> UnreadRecord:
    finding = unread.finding
    return {
        "version": "old" if unread.old else "new",
        "rule": finding.rule,
        "message": language.say(finding.message),
        "file": finding.file,
        "line": finding.span.line,
        "column": finding.span.column,
    }
