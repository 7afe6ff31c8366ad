"""GitLab's Code Quality report: a JSON list that a merge request shows beside its changes."""

from collections.abc import Iterator

from tdkt_cli.core.findings import Severity
from tdkt_cli.core.text import json_text
from tdkt_cli.render.findings.report import Report

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def gitlab(report: Report) -> Iterator[str]:
    """Yield the shown findings as a Code Quality report."""
    findings = [
        {
            "description": f"{finding.rule}: {report.language.say(finding.message)}",
            "check_name": finding.rule,
            "fingerprint": fingerprint,
            "severity": _SEVERITIES[finding.severity],
            "location": {"path": finding.file, "lines": {"begin": finding.span.line, "end": finding.span.end_line}},
        }
        for finding, fingerprint in zip(report.shown, report.fingerprints(), strict=True)
    ]
    yield json_text(findings, indent=2)
