"""`tdkt diff`: what is different between two versions of the plans, as people understand it."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from tdkt_cli.commands.feeding import read_profile
from tdkt_cli.commands.operands import Sides, read_sides
from tdkt_cli.commands.options import Lang, choice, split
from tdkt_cli.commands.session import colour, print_error, print_lines
from tdkt_cli.core.affected import affected
from tdkt_cli.core.agenda import Office, items
from tdkt_cli.core.compare import compare
from tdkt_cli.core.difference import Difference, Report, Snapshot
from tdkt_cli.core.difference_record import UnreadRecord, difference_record
from tdkt_cli.core.editions import EventChanges, changed_events
from tdkt_cli.core.feeds import for_calendar
from tdkt_cli.core.messages import msg
from tdkt_cli.core.plan import Plan
from tdkt_cli.core.text import json_text, nearest
from tdkt_cli.errors import FINDINGS, OK, UNREADABLE, UsageError
from tdkt_cli.files.config import Config, load_config
from tdkt_cli.files.git import ERRORS
from tdkt_cli.files.revisions import Unread, Versions, git_versions, path_versions
from tdkt_cli.files.workspace import files_of
from tdkt_cli.render.calendar import event_texts
from tdkt_cli.render.difference import Line, lines, markdown, text
from tdkt_cli.render.findings import finding_line, finding_record
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
Format = Annotated[str, typer.Option("--format", metavar="text|md|json", help="How to print.")]
ExitCode = Annotated[bool, typer.Option("--exit-code", help="Exit with 1 where there are differences.")]


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
    here = Path.cwd()
    config = load_config(here)
    sides = read_sides(config, here, operands or [], context.meta.get("after"))
    try:
        versions = _read(config, here, sides)
    except ERRORS:
        print_error(language.say(msg("git could not compare the two versions")))
        return UNREADABLE
    wanted = split(plan)
    versions = _narrowed(versions, _known(config, here, versions, wanted)) if wanted else versions
    report = _report(config, versions, language, as_one=sides.single)
    _print(report, versions.unread, sides, language, kind)
    if versions.unread:
        return UNREADABLE
    return FINDINGS if exit_code and report.difference else OK


def _read(config: Config, here: Path, sides: Sides) -> Versions:
    if sides.repository is None:
        return path_versions(config, here, Path(sides.old), Path(sides.new or ""))
    return git_versions(config, here, sides.repository, sides.commits, sides.asked)


def _known(config: Config, here: Path, versions: Versions, wanted: list[str]) -> list[str]:
    """The ids typed. Raises UsageError for one that no plan has."""
    known = {plan.id for side in (versions.old, versions.new) for plan in side.plans}
    known |= {path.stem for path in files_of(config, [], here)} if not known.issuperset(wanted) else set()
    for typed in wanted:
        if typed not in known:
            near = nearest(typed, sorted(known))
            raise UsageError(
                msg("{option} does not know “{typed}”; did you mean “{near}”?", option="--plan", typed=typed, near=near)
                if near
                else msg("{option} does not know “{typed}”", option="--plan", typed=typed)
            )
    return wanted


def _narrowed(versions: Versions, ids: Iterable[str]) -> Versions:
    def only(side: Snapshot) -> Snapshot:
        return replace(side, plans=tuple(plan for plan in side.plans if plan.id in ids))

    return replace(versions, old=only(versions.old), new=only(versions.new))


def _report(config: Config, versions: Versions, language: Language, *, as_one: bool) -> Report:
    """The difference and what follows from it."""
    old, new = versions.old, versions.new
    difference = compare(old, new, as_one=as_one)
    told = {
        *(register.id for register in difference.registers),
        *([""] if difference.days or difference.calendars else []),
    }
    return Report(
        difference=difference,
        units=affected(difference, old.office, new.office),
        events=_events(config, versions, difference, language),
        cosmetic=len(difference.same) + sum(other not in told for other in versions.others),
    )


def _events(config: Config, versions: Versions, difference: Difference, language: Language) -> EventChanges:
    """What changes in a feed of all plans that differ, by the settings of tdkt.toml."""
    profile = read_profile(config, url="", domain="", span=False, done="", lead_days="")

    def texts(plans: Iterable[Plan | None], office: Office) -> Mapping[str, str]:
        found = items((plan for plan in plans if plan), office)
        chosen = for_calendar(found, office, drop_done=profile.done == "drop")
        return event_texts(chosen.items, office, language, profile)

    return changed_events(
        texts((plan.old for plan in difference.plans), versions.old.office),
        texts((plan.new for plan in difference.plans), versions.new.office),
    )


def _print(report: Report, unread: Sequence[Unread], sides: Sides, language: Language, kind: str) -> None:
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
