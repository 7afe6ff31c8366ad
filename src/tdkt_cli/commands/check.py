"""`tdkt check`: everything that is wrong with the files, located and explained."""

from pathlib import Path
from typing import Annotated

import typer

from tdkt_cli.commands.options import Lang, Paths, Today, choice, split
from tdkt_cli.commands.reporting import FORMATS, Report, UnwrittenError, show
from tdkt_cli.commands.session import Session, not_written, open_session, print_error, print_lines
from tdkt_cli.core.entry import UNSURE
from tdkt_cli.core.findings import Finding, Fix, Severity
from tdkt_cli.core.messages import Message, msg
from tdkt_cli.errors import FINDINGS, OK, UNREADABLE, UsageError
from tdkt_cli.files.changes import ChangeError, PutLines, changed, write_all
from tdkt_cli.files.splices import Editor
from tdkt_cli.files.workspace import nothing_found
from tdkt_cli.render.findings import statistics_lines
from tdkt_cli.rules import RULES, Context, check
from tdkt_cli.rules.chosen import Choice, unknown

_FOR_MACHINES = {"json", "jsonl", "gitlab", "sarif", "junit"}
_CANNOT_READ = {"TDKT001", "TDKT002"}
_SEVERITIES = ("error", "warning", "info")

Format = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="|".join(FORMATS),
        help="How to print; unless said text, and what GitHub and GitLab show where they run it.",
        show_default=False,
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output", metavar="FILE", help="Write the report into this file, and print the text.", show_default=False
    ),
]
Strict = Annotated[bool, typer.Option("--strict", help="Warnings fail the check too.")]
FailOn = Annotated[
    str,
    typer.Option(
        "--fail-on", metavar="error|warning|info", help="The least severity that fails the check.", show_default=False
    ),
]
Mend = Annotated[
    bool,
    typer.Option("--fix", help="Write the dates that deadlines with words alone are found to mean into the files."),
]
Select = Annotated[
    list[str] | None,
    typer.Option(
        "--select", metavar="RULE", help="Only these rules, or all that begin so: TDKT601, TDKT6.", show_default=False
    ),
]
Ignore = Annotated[
    list[str] | None, typer.Option("--ignore", metavar="RULE", help="Not these rules.", show_default=False)
]
Statistics = Annotated[
    bool, typer.Option("--statistics", help="How often each rule finds something, instead of each finding.")
]
Notes = Annotated[bool, typer.Option("--notes", help="Show notes too, such as last days on a day off.")]


def run(
    context: typer.Context,
    paths: Paths = None,
    *,
    format_: Format = "",
    output: Output = None,
    strict: Strict = False,
    fail_on: FailOn = "",
    notes: Notes = False,
    fix: Mend = False,
    select: Select = None,
    ignore: Ignore = None,
    statistics: Statistics = False,
    today: Today = "",
    _lang: Lang = "",
) -> int:
    """Check plan files, registers and calendars; say where, what, and what to write instead."""
    kind = choice(format_, FORMATS, "--format") if format_ else ""
    threshold = Severity[choice(fail_on or "error", _SEVERITIES, "--fail-on").upper()]
    session = open_session(context, paths, today)
    unwritten = 0
    if fix:
        unwritten = _mend(session)
        session = open_session(context, paths, today)
    workspace = session.workspace
    nothing = None if workspace.files else nothing_found(workspace, session.paths)
    findings = [*workspace.findings, *([nothing] if nothing else [])]
    asked = _choice(session, split(select), split(ignore))
    findings += asked.among(_checked(session))
    findings.sort(key=lambda finding: (finding.file, finding.span, finding.rule))
    if strict or workspace.config.settings.check.strict:
        threshold = min(threshold, Severity.WARNING)
    shown = [
        finding for finding in findings if notes or finding.severity > Severity.INFO or finding.severity >= threshold
    ]
    if statistics:
        print_lines(
            statistics_lines(findings, session.language, {id_: rule.explanation for id_, rule in RULES.items()})
        )
        return _exit_code(findings, threshold)
    try:
        show(session, Report(findings, shown, workspace.files, threshold, asked), kind, output)
    except UnwrittenError as error:
        print_error(session.say(error.message))
        unwritten += 1
    if workspace.left_out and kind not in _FOR_MACHINES:
        left_out = ", ".join(workspace.left_out)
        print_error(session.say(msg("not read by the other commands until it is mended: {files}", files=left_out)))
    return UNREADABLE if unwritten else _exit_code(findings, threshold)


def _choice(session: Session, select: list[str], ignore: list[str]) -> Choice:
    """The rules asked for on the command line, else in the settings. Raises UsageError for one that there is not."""
    settings = session.workspace.config.settings.check
    by_file = [id_ for ids in settings.per_file_ignores.values() for id_ in ids]
    severities = {id_: Severity[word.upper()] for id_, word in settings.severity.items()}
    wrong = unknown([*select, *ignore, *settings.select, *settings.ignore, *by_file, *severities])
    if wrong is not None:
        raise UsageError(msg("there is no rule {rule}; tdkt rule lists them", rule=wrong))
    return Choice(tuple(select) or settings.select, (*settings.ignore, *ignore), settings.per_file_ignores, severities)


def _checked(session: Session) -> list[Finding]:
    workspace = session.workspace
    return check(Context(workspace.plans, workspace.office, session.today, workspace.left_out))


def _mend(session: Session) -> int:
    """Write what mends findings into the files, and say on the error stream what was written; how many files refused."""
    fixes: dict[str, list[Fix]] = {}
    for finding in _checked(session):
        if finding.fix:
            fixes.setdefault(finding.file, []).append(finding.fix)
    sources = {plan.source.file: plan.source for plan in session.workspace.plans}
    refused = 0
    for file, own in fixes.items():
        source, editor = sources[file], Editor(sources[file])
        takes = [fix for fix in own if editor.takes_lines(fix.path)]
        try:
            if takes:
                write_all([changed(Path(file), source, map(_change, takes))])
        except ChangeError as error:
            refused += 1
            print_error(session.say(not_written(file, error.message)))
            continue
        for fix in own:
            above = sum(len(other.lines) for other in takes if other.path < fix.path)
            line = str(source.marks.key(fix.path).line + above)
            print_error(session.say(_written(file, line, fix) if fix in takes else _unwritten(file, line)))
    return refused


def _change(fix: Fix) -> PutLines:
    """The lines of a fix; where a person must look at them, the first says so."""
    first, *rest = fix.lines
    return PutLines(fix.path, (first if fix.sure else f"{first}  # {UNSURE}", *rest))


def _written(file: str, line: str, fix: Fix) -> Message:
    return msg("written: {file}:{line}: {words}", file=file, line=line, words="; ".join(fix.lines))


def _unwritten(file: str, line: str) -> Message:
    return msg(
        "not written: {file}:{line}: a value in braces takes no new lines; write it without them", file=file, line=line
    )


def _exit_code(findings: list[Finding], threshold: Severity) -> int:
    if any(finding.rule in _CANNOT_READ for finding in findings):
        return UNREADABLE
    return FINDINGS if any(finding.severity >= threshold for finding in findings) else OK
