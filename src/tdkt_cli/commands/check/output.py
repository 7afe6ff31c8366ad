"""The output of `tdkt check`: for people, for programs, and as the reports that CI services show on a merge request.

Run by GitHub Actions or GitLab CI without --format, it prints annotations, or text and a Code Quality report.
"""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path, PurePath
from typing import TypedDict

from tdkt_cli.commands.shared.console import reads_escapes
from tdkt_cli.commands.shared.session import Session, colour, not_written, print_error, print_lines
from tdkt_cli.core.findings import Finding, Severity
from tdkt_cli.core.messages import Message, msg, reason
from tdkt_cli.files.git.command import repository
from tdkt_cli.files.writer import write_whole
from tdkt_cli.render.findings import Told
from tdkt_cli.render.findings.github import github
from tdkt_cli.render.findings.gitlab import gitlab
from tdkt_cli.render.findings.junit import junit
from tdkt_cli.render.findings.sarif import Tool, sarif
from tdkt_cli.render.findings.text import (
    SEVERITY_WORDS,
    finding_line,
    finding_text,
    findings_json,
    mendable,
    rule_page,
    summary,
)
from tdkt_cli.render.markdown import code, escaped
from tdkt_cli.rules import RULES
from tdkt_cli.rules.selection import Choice
from tdkt_cli.rules.suppressions import is_suppressible, silencing

FORMATS = ("text", "concise", "json", "jsonl", "github", "gitlab", "sarif", "junit")
CODE_QUALITY = "gl-code-quality-report.json"
_MOST_IN_SUMMARY = 200


@dataclass(frozen=True, slots=True)
class Report:
    """The findings in `files`. `shown` are those to print; those of severity `threshold` or higher fail the check.

    `choice` has the severities of the rules; `note` tells people which findings are not reported, None when all are.
    """

    findings: Sequence[Finding]
    shown: Sequence[Finding]
    files: Sequence[str]
    threshold: Severity
    choice: Choice
    note: Message | None = None


class _Style(TypedDict):
    colour: bool
    pages: str


def show(session: Session, report: Report, kind: str, output: Path | None) -> bool:
    """Print a report, or write it into the file `output` and print the text. Return False when a file could not be written."""
    if not kind and os.environ.get("GITHUB_ACTIONS") == "true":
        kind = "github"
    elif not kind and os.environ.get("GITLAB_CI") == "true":
        kind, output = "gitlab", output or Path(CODE_QUALITY)
    style = _style(session)
    if output:
        if not _write(session, output, _lines(session, report, kind, {"colour": False, "pages": ""})):
            return False
        print_lines(list(_text(session, report, style)))
    else:
        print_lines(list(_lines(session, report, kind, style)))
    page = os.environ.get("GITHUB_STEP_SUMMARY") if kind == "github" else None
    return not page or _write(session, Path(page), _summary_page(session, report), append=True)


def _write(session: Session, file: Path, lines: Iterable[str], *, append: bool = False) -> bool:
    """Write lines into a file, or at its end. When that fails, say so on the error stream and return False."""
    text = "".join(f"{line}\n" for line in lines)
    try:
        if append:
            with file.open("a", encoding="utf-8") as stream:
                stream.write(text)
        else:
            write_whole(file, text)
    except OSError as error:
        print_error(session.say(not_written(str(file), reason(error))))
        return False
    return True


def _lines(session: Session, report: Report, kind: str, style: _Style) -> Iterable[str]:
    language, pages = session.language, _pages(session)
    files, shown = report.files, report.shown
    if kind in {"json", "jsonl"}:
        return findings_json(report.findings, language, lines=kind == "jsonl", pages=pages)
    if kind == "concise":
        return (finding_line(finding, language, **style) for finding in shown)
    if kind == "junit":
        return [junit(shown, files, language, report.threshold)]
    if kind not in {"github", "gitlab", "sarif"}:
        return _text(session, report, style)
    top = repository(Path.cwd()) or Path.cwd()
    placed = [_from(top, finding) for finding in shown]
    if kind == "gitlab":
        return [gitlab(placed, language)]
    if kind == "sarif":
        return [sarif(placed, language, _rules(session, report.choice), top, Tool(version("tdkt-cli"), pages))]
    note = [session.say(report.note)] if report.note else []
    return [*github(placed, language, pages), summary(report.findings, len(files), language), *note]


def _text(session: Session, report: Report, style: _Style) -> Iterator[str]:
    """Yield the findings with their excerpts, how many there are, and what to do next."""
    shown = report.shown
    yield from (f"{finding_text(finding, session.language, **style)}\n" for finding in shown)
    yield summary(report.findings, len(report.files), session.language)
    if report.note:
        yield session.say(report.note)
    yield from map(session.say, mendable(report.findings))
    if len(shown) < len(report.findings):
        yield session.say(msg("tdkt check --notes shows the notes"))
    if shown:
        yield session.say(msg("tdkt rule {rule} explains a rule", rule=shown[0].rule))


def _pages(session: Session) -> str:
    """Return the address of the folder of pages about the rules, empty where the settings have none."""
    return session.workspace.config.settings.check.rule_pages


def _style(session: Session) -> _Style:
    """Return the style of a finding on the output: with colours and links only on a terminal that reads escapes.

    NO_COLOR removes the colours but not the links.
    """
    takes_links = sys.stdout.isatty() and os.environ.get("TERM") != "dumb" and reads_escapes(sys.stdout)
    return {"colour": colour(sys.stdout), "pages": _pages(session) if takes_links else ""}


def _from(top: Path, finding: Finding) -> Finding:
    """Return a finding with its file named from the top of the repository, as CI services name files."""
    try:
        path = os.path.relpath(Path.cwd() / finding.file, top)
    except ValueError:  # on another drive
        return finding
    return replace(finding, file=PurePath(path).as_posix())


def _rules(session: Session, choice: Choice) -> dict[str, Told]:
    return {
        id_: Told(
            session.say(Message(rule.explanation)),
            session.say(silencing(id_)) if is_suppressible(id_) else "",
            choice.severity(rule),
            rule_page(id_, _pages(session)),
        )
        for id_, rule in RULES.items()
    }


def _summary_page(session: Session, report: Report) -> Iterator[str]:
    """Yield the summary of a GitHub run in Markdown: the number of findings, and a table of them by severity."""
    yield f"### tdkt check: {escaped(summary(report.findings, len(report.files), session.language))}"
    by_severity = sorted(report.shown, key=lambda finding: -finding.severity)
    if by_severity:
        yield ""
        yield f"| {' | '.join(session.say(word) for word in (msg('severity'), msg('place'), msg('finding')))} |"
        yield "|---|---|---|"
    for finding in by_severity[:_MOST_IN_SUMMARY]:
        place = code(f"{finding.file}:{finding.span.line}").replace("|", "\\|")
        page = rule_page(finding.rule, _pages(session))
        words = f"{f'[{finding.rule}](<{page}>)' if page else finding.rule} {escaped(session.say(finding.message))}"
        yield f"| {session.say(SEVERITY_WORDS[finding.severity])} | {place} | {words} |"
    left = len(by_severity) - _MOST_IN_SUMMARY
    if left > 0:
        yield ""
        yield session.say(msg("and {n} more; the log has them all", n=left))
