"""How `tdkt check` prints what it found: for people, for machines, and as the reports that CI services show on a merge request.

Where GitHub Actions or GitLab CI runs it and no format is asked for, findings become annotations, or text and a Code Quality report.
"""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path, PurePath
from typing import TypedDict

from tdkt_cli.commands.shared.console import reads_escapes
from tdkt_cli.commands.shared.session import Session, colour, not_written, print_lines
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
    """What was found in `files`. `shown` are the findings that were asked for; those of `threshold` or more fail the check.

    `asked` says how grave what a rule finds is; `said` is which findings were left out, None where all were told.
    """

    findings: Sequence[Finding]
    shown: Sequence[Finding]
    files: Sequence[str]
    threshold: Severity
    asked: Choice
    said: Message | None = None


class UnwrittenError(Exception):
    """A report that could not be written into its file; `message` says why."""

    def __init__(self, file: Path, error: OSError) -> None:
        """Tell of this file."""
        super().__init__(str(file))
        self.message = not_written(str(file), reason(error))


class _Looks(TypedDict):
    colour: bool
    pages: str


_PLAIN: _Looks = {"colour": False, "pages": ""}


def suggested_format() -> str:
    """The format for where this runs: that of the CI service, else text."""
    if os.environ.get("GITHUB_ACTIONS") == "true":
        return "github"
    return "gitlab" if os.environ.get("GITLAB_CI") == "true" else "text"


def show(session: Session, report: Report, kind: str, output: Path | None) -> None:
    """Print a report, or write it into the file `output` and print the text. Raises UnwrittenError."""
    service = "" if kind else suggested_format()
    if service == "gitlab":
        kind, output = "gitlab", output or Path(CODE_QUALITY)
    elif service:
        kind = service
    lines = list(_lines(session, report, kind, _PLAIN if output else _looks(session)))
    if output:
        try:
            write_whole(output, "".join(f"{line}\n" for line in lines))
        except OSError as error:
            raise UnwrittenError(output, error) from error
        lines = list(_text(session, report, _looks(session)))
    print_lines(lines)
    if kind == "github" and (page := os.environ.get("GITHUB_STEP_SUMMARY")):
        try:
            with Path(page).open("a", encoding="utf-8") as file:
                file.writelines(f"{line}\n" for line in _summary_page(session, report))
        except OSError as error:
            raise UnwrittenError(Path(page), error) from error


def _lines(session: Session, report: Report, kind: str, looks: _Looks) -> Iterator[str]:
    speaker, pages = session.language, _pages(session)
    if kind == "text":
        return _text(session, report, looks)
    if kind in {"json", "jsonl"}:
        return findings_json(report.findings, speaker, lines=kind == "jsonl", pages=pages)
    if kind == "concise":
        return (finding_line(finding, speaker, **looks) for finding in report.shown)
    placed = [_from_the_top(finding) for finding in report.shown]
    if kind == "github":
        said = [session.say(report.said)] if report.said else []
        return iter((*github(placed, speaker, pages), summary(report.findings, len(report.files), speaker), *said))
    if kind == "gitlab":
        return iter([gitlab(placed, speaker)])
    if kind == "sarif":
        return iter([sarif(placed, speaker, _told(session, report.asked), _top(), Tool(version("tdkt-cli"), pages))])
    return iter([junit(report.shown, report.files, speaker, report.threshold)])


def _text(session: Session, report: Report, looks: _Looks) -> Iterator[str]:
    """The findings with their excerpts, how many there are, and what to do next."""
    shown = report.shown
    yield from (f"{finding_text(finding, session.language, **looks)}\n" for finding in shown)
    yield summary(report.findings, len(report.files), session.language)
    if report.said:
        yield session.say(report.said)
    yield from map(session.say, mendable(report.findings))
    if len(shown) < len(report.findings):
        yield session.say(msg("tdkt check --notes shows the notes"))
    if shown:
        yield session.say(msg("tdkt rule {rule} explains a rule", rule=shown[0].rule))


def _pages(session: Session) -> str:
    """The address of the folder of pages about the rules, empty where the settings name none."""
    return session.workspace.config.settings.check.rule_pages


def _looks(session: Session) -> _Looks:
    """How a finding looks where the output goes: coloured, and its rule a link, only on a terminal that reads escapes.

    NO_COLOR takes the colours away and leaves the links, which are none.
    """
    takes_links = sys.stdout.isatty() and os.environ.get("TERM") != "dumb" and reads_escapes(sys.stdout)
    return {"colour": colour(sys.stdout), "pages": _pages(session) if takes_links else ""}


def _top() -> Path:
    """The folder from which CI services name files: the top of the repository."""
    here = Path.cwd()
    return repository(here) or here


def _from_the_top(finding: Finding) -> Finding:
    """The same, its file named from the top of the repository, as CI services name files."""
    try:
        path = os.path.relpath(Path.cwd() / finding.file, _top())
    except ValueError:  # on another drive
        return finding
    return replace(finding, file=PurePath(path).as_posix())


def _told(session: Session, asked: Choice) -> Mapping[str, Told]:
    pages = _pages(session)
    return {
        id_: Told(
            session.say(Message(rule.explanation)),
            session.say(silencing(id_)) if is_suppressible(id_) else "",
            asked.severity(rule),
            rule_page(id_, pages),
        )
        for id_, rule in RULES.items()
    }


def _summary_page(session: Session, report: Report) -> Iterator[str]:
    """The page of a GitHub run: how many findings there are, and a table of them, the gravest first."""
    yield f"### tdkt check: {escaped(summary(report.findings, len(report.files), session.language))}"
    gravest = sorted(report.shown, key=lambda finding: -finding.severity)
    if gravest:
        yield ""
        yield f"| {' | '.join(session.say(word) for word in (msg('severity'), msg('place'), msg('finding')))} |"
        yield "|---|---|---|"
    for finding in gravest[:_MOST_IN_SUMMARY]:
        place = code(f"{finding.file}:{finding.span.line}").replace("|", "\\|")
        page = rule_page(finding.rule, _pages(session))
        words = f"{f'[{finding.rule}](<{page}>)' if page else finding.rule} {escaped(session.say(finding.message))}"
        yield f"| {session.say(SEVERITY_WORDS[finding.severity])} | {place} | {words} |"
    left = len(gravest) - _MOST_IN_SUMMARY
    if left > 0:
        yield ""
        yield session.say(msg("and {n} more; the log has them all", n=left))
