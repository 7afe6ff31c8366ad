"""Annotations of GitHub Actions: workflow commands that put findings on the lines of a pull request.

GitHub shows ten annotations of each kind from a step, so the first ten of each severity become annotations and the rest plain lines.
In those no text from a file can act as a command. The address of a rule's page stands on a line of its own.
"""

from collections.abc import Iterator

from tdkt_cli.core.findings import Finding, Severity
from tdkt_cli.core.text import visible
from tdkt_cli.render.findings.report import Report
from tdkt_cli.render.findings.text import finding_line, rule_page, summary

MOST = 10
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def github(report: Report) -> Iterator[str]:
    """Yield the shown findings as workflow commands, the gravest first, the rest as lines of the log, then how many there are."""
    for severity, command in _COMMANDS.items():
        own = [finding for finding in report.shown if finding.severity is severity]
        yield from (_annotation(finding, command, report) for finding in own[:MOST])
        yield from (_log_line(finding_line(finding, report.language, colour=False)) for finding in own[MOST:])
    yield summary(report)
    if report.note:
        yield report.language.say(report.note)


def _log_line(line: str) -> str:
    """Return a line of the log that the runner takes for no command: no “::” and no “##[” in it."""
    return visible(line).replace("##[", "## [").replace("::", ": :")


def _annotation(finding: Finding, command: str, report: Report) -> str:
    span = finding.span
    properties = {"file": finding.file, "line": span.line, "col": span.column, "endLine": span.end_line}
    if span.end_line == span.line:
        properties["endColumn"] = span.end_column
    properties["title"] = finding.rule
    named = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    words = "\n".join(
        filter(None, (visible(report.language.say(finding.message)), rule_page(finding.rule, report.pages)))
    )
    return f"::{command} {named}::{_data(words)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(visible(text)).replace(":", "%3A").replace(",", "%2C")
