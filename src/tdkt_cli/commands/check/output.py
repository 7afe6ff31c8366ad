"""The output of `tdkt check`: for people, for programs, and as the reports that CI services show on a merge request.

Run by GitHub Actions or GitLab CI without --format, it prints annotations, or text and a Code Quality report.
"""

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path, PurePath

from tdkt_cli.commands.shared.console import reads_escapes
from tdkt_cli.commands.shared.session import Session, colour, not_written, print_error, print_lines
from tdkt_cli.core.findings import Finding
from tdkt_cli.core.messages import Message, msg, reason
from tdkt_cli.files.git.command import repository
from tdkt_cli.files.writer import write_whole
from tdkt_cli.render.findings.formats import FORMATS
from tdkt_cli.render.findings.report import Report, RuleText
from tdkt_cli.render.findings.text import SEVERITY_WORDS, rule_page, summary, text
from tdkt_cli.render.markdown import code, escaped
from tdkt_cli.rules import RULES
from tdkt_cli.rules.choice import Choice
from tdkt_cli.rules.suppressions import is_suppressible, silencing

CODE_QUALITY = "gl-code-quality-report.json"
_MOST_IN_SUMMARY = 200


def show(session: Session, report: Report, kind: str, output: Path | None) -> bool:
    """Print a report, or write it into the file `output` and print the text. Return False when a file could not be written."""
    if not kind and os.environ.get("GITHUB_ACTIONS") == "true":
        kind = "github"
    elif not kind and os.environ.get("GITLAB_CI") == "true":
        kind, output = "gitlab", output or Path(CODE_QUALITY)
    takes_links = sys.stdout.isatty() and os.environ.get("TERM") != "dumb" and reads_escapes(sys.stdout)
    printed = replace(report, colour=colour(sys.stdout), links=takes_links)
    if output:
        if not _write(session, output, _lines(report, kind)):
            return False
        print_lines(list(text(printed)))
    else:
        print_lines(list(_lines(printed, kind)))
    page = os.environ.get("GITHUB_STEP_SUMMARY") if kind == "github" else None
    return not page or _write(session, Path(page), _summary_page(report), append=True)


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


def _lines(report: Report, kind: str) -> Iterable[str]:
    format_ = FORMATS[kind or "text"]
    if format_.from_top:
        top = repository(Path.cwd()) or Path.cwd()
        shown = [_from(top, finding) for finding in report.shown]
        report = replace(report, shown=shown, top=top, version=version("tdkt-cli"))
    return format_.write(report)


def _from(top: Path, finding: Finding) -> Finding:
    """Return a finding with its file named from the top of the repository, as CI services name files."""
    try:
        path = os.path.relpath(Path.cwd() / finding.file, top)
    except ValueError:  # on another drive
        return finding
    return replace(finding, file=PurePath(path).as_posix())


def rule_texts(session: Session, choice: Choice) -> dict[str, RuleText]:
    """Return what a report says of each rule, whose severities `choice` has."""
    pages = session.workspace.config.settings.check.rule_pages
    return {
        id_: RuleText(
            session.say(Message(rule.explanation)),
            session.say(silencing(id_)) if is_suppressible(id_) else "",
            choice.severity(rule),
            rule_page(id_, pages),
        )
        for id_, rule in RULES.items()
    }


def _summary_page(report: Report) -> Iterator[str]:
    """Yield the summary of a GitHub run in Markdown: the number of findings, and a table of them by severity."""
    say = report.language.say
    yield f"### tdkt check: {escaped(summary(report))}"
    by_severity = sorted(report.shown, key=lambda finding: -finding.severity)
    if by_severity:
        yield ""
        yield f"| {' | '.join(say(word) for word in (msg('severity'), msg('place'), msg('finding')))} |"
        yield "|---|---|---|"
    for finding in by_severity[:_MOST_IN_SUMMARY]:
        place = code(f"{finding.file}:{finding.span.line}").replace("|", "\\|")
        page = rule_page(finding.rule, report.pages)
        words = f"{f'[{finding.rule}](<{page}>)' if page else finding.rule} {escaped(say(finding.message))}"
        yield f"| {say(SEVERITY_WORDS[finding.severity])} | {place} | {words} |"
    left = len(by_severity) - _MOST_IN_SUMMARY
    if left > 0:
        yield ""
        yield say(msg("and {n} more; see the log for all of them", n=left))
