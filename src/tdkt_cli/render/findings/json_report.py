"""Findings as JSON, in a list or an object a line."""

from collections.abc import Iterator

from tdkt_cli.core.findings import Finding
from tdkt_cli.core.text import json_text
from tdkt_cli.render.findings.report import Report
from tdkt_cli.render.findings.text import rule_page


def json_list(report: Report) -> Iterator[str]:
    """Yield all findings as one JSON list."""
    yield json_text([_record(finding, report) for finding in report.findings], indent=2)


def json_lines(report: Report) -> Iterator[str]:
    """Yield all findings, a JSON object a line."""
    yield from (json_text(_record(finding, report)) for finding in report.findings)


def _record(finding: Finding, report: Report) -> dict[str, object]:
    record: dict[str, object] = {
        "rule": finding.rule,
        "severity": finding.severity.word,
        "message": report.language.say(finding.message),
        "file": finding.file,
        "line": finding.span.line,
        "column": finding.span.column,
        "end_line": finding.span.end_line,
        "end_column": finding.span.end_column,
    }
    if finding.fix:
        record["fix"] = "safe" if finding.fix.sure else "unsafe"
    return record | {"url": rule_page(finding.rule, report.pages)} if report.pages else record
