"""`tdkt check`: the problems in plan files, registers and calendars, located and explained."""

from pathlib import Path
from typing import Annotated

import typer

from tdkt_cli.commands.check.fixes import apply_fixes
from tdkt_cli.commands.check.output import rule_texts, show
from tdkt_cli.commands.check.scope import CANNOT_READ, Scope, all_files, changed_files, stdin_file
from tdkt_cli.commands.check.stdin import StdinName, is_piped
from tdkt_cli.commands.shared.options import Paths, Today
from tdkt_cli.commands.shared.parameters import flag, option
from tdkt_cli.commands.shared.session import Session, print_error, print_lines
from tdkt_cli.commands.shared.values import split
from tdkt_cli.core.findings import Finding, Severity
from tdkt_cli.core.messages import msg
from tdkt_cli.errors import FINDINGS, OK, UNREADABLE, UsageError
from tdkt_cli.files.git.command import ERRORS
from tdkt_cli.render.findings.formats import FORMATS
from tdkt_cli.render.findings.report import Report
from tdkt_cli.render.findings.text import statistics_lines
from tdkt_cli.rules import RULES
from tdkt_cli.rules.choice import Choice, unknown

_SEVERITIES = ("error", "warning", "info")

Format = Annotated[
    str,
    option(
        "--format",
        "|".join(FORMATS),
        "The output format; by default text, or in GitHub and GitLab the format that they show.",
    ),
]
Output = Annotated[Path | None, option("--output", "FILE", "Write the report into this file, and print the text.")]
Strict = Annotated[bool, flag("--strict", "Warnings fail the check too.")]
FailOn = Annotated[str, option("--fail-on", "|".join(_SEVERITIES), "The least severity that fails the check.")]
Mend = Annotated[bool, flag("--fix", "Apply the safe fixes to the files.")]
Unsafe = Annotated[bool, flag("--unsafe-fixes", "With --fix or --diff: also apply fixes that a person must review.")]
Diff = Annotated[bool, flag("--diff", "Write nothing; show what --fix would change, and fail if there is any.")]
Since = Annotated[
    str,
    option(
        "--changed-since",
        "REVISION",
        "Report only on files that have changed since the branch left this revision, and on what that broke elsewhere.",
    ),
]
Select = Annotated[
    list[str] | None, option("--select", "RULE", "Only these rules, or all that begin with this: TDKT601, TDKT6.")
]
Ignore = Annotated[list[str] | None, option("--ignore", "RULE", "Not these rules.")]
Statistics = Annotated[bool, flag("--statistics", "How often each rule finds something, instead of each finding.")]
Notes = Annotated[bool, flag("--notes", "Show notes too, such as last days on a day off.")]

EXAMPLES = (
    ("tdkt check", msg("everything in the plans folder")),
    ("tdkt check plans/hanoi-2023.yaml --strict", msg("one file; warnings fail the check too")),
    ("tdkt check --fix", msg("write the dates of deadlines that have only words")),
    ("tdkt check --statistics", msg("how often each rule finds something")),
)
EXIT_CODES = (
    (0, msg("the check passes")),
    (1, msg("the check fails")),
    (3, msg("a file could not be read or written")),
)


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
    unsafe_fixes: Unsafe = False,
    diff: Diff = False,
    select: Select = None,
    ignore: Ignore = None,
    statistics: Statistics = False,
    changed_since: Since = "",
    stdin_filename: StdinName = "",
    today: Today = "",
) -> int:
    """Check plan files, registers and calendars; say where, what, and what to write instead."""
    threshold = Severity[(fail_on or "error").upper()]
    if unsafe_fixes and not (fix or diff):
        raise UsageError(msg("--unsafe-fixes can only be used with --fix or --diff"))
    fixing = "--fix" if fix else "--diff" if diff else ""

    def look() -> tuple[Scope, Choice, list[Finding]]:
        scope = _scope(context, paths or [], changed_since, stdin_filename, today, fixing)
        rules = _choice(scope.session, split(select), split(ignore))
        return scope, rules, scope.select(list(rules.among(scope.findings())))

    scope, rules, findings = look()
    code = OK
    if fixing:
        code = apply_fixes(scope.session, findings, unsafe=unsafe_fixes, dry_run=diff)
        if diff:
            return max(code, _exit_code(findings, None))
        scope, rules, findings = look()
    session = scope.session
    findings.sort(key=lambda finding: (finding.file, finding.span, finding.rule))
    if strict or session.workspace.config.settings.check.strict:
        threshold = min(threshold, Severity.WARNING)
    if statistics:
        titles = {id_: rule.explanation for id_, rule in RULES.items()}
        print_lines(statistics_lines(findings, session.language, titles))
        return _exit_code(findings, threshold)
    least = min(threshold, Severity.INFO if notes else Severity.WARNING)
    shown = [finding for finding in findings if finding.severity >= least]
    report = Report(
        language=session.language,
        findings=findings,
        shown=shown,
        files=scope.files,
        threshold=threshold,
        rules=rule_texts(session, rules),
        note=scope.note,
        pages=session.workspace.config.settings.check.rule_pages,
    )
    if not show(session, report, format_, output):
        code = UNREADABLE
    if scope.left_out and (not format_ or FORMATS[format_].for_people):
        left_out = ", ".join(scope.left_out)
        print_error(
            session.say(msg("the other commands do not read these files until they are fixed: {files}", files=left_out))
        )
    return max(code, _exit_code(findings, threshold))


def _scope(context: typer.Context, paths: list[Path], revision: str, name: str, today: str, fixing: str) -> Scope:
    """Return the scope of the check; `fixing` is the option typed, "" for none. Raises UsageError for a combination that is not allowed."""
    if is_piped(paths, name):
        if revision or fixing:
            raise UsageError(msg("{option} cannot be used with -", option="--changed-since" if revision else fixing))
        return stdin_file(context, name, today)
    if not revision:
        return all_files(context, paths, today)
    try:
        return changed_files(context, paths, revision, today)
    except ERRORS:
        raise UsageError(msg("git could not compare the two versions"), UNREADABLE) from None


def _choice(session: Session, select: list[str], ignore: list[str]) -> Choice:
    """Return the rules selected on the command line, else in the settings. Raises UsageError for an unknown rule."""
    settings = session.workspace.config.settings.check
    severities = {id_: Severity[word.upper()] for id_, word in settings.severity.items()}
    wrong = unknown([*select, *ignore, *settings.named])
    if wrong is not None:
        raise UsageError(msg("there is no rule {rule}; tdkt rule lists them", rule=wrong))
    return Choice(tuple(select) or settings.select, (*settings.ignore, *ignore), settings.per_file_ignores, severities)


def _exit_code(findings: list[Finding], threshold: Severity | None) -> int:
    """Return 3 when a file could not be read, else 1 when a finding has at least the severity `threshold` (None: never)."""
    if any(finding.rule in CANNOT_READ for finding in findings):
        return UNREADABLE
    return FINDINGS if threshold and any(finding.severity >= threshold for finding in findings) else OK
