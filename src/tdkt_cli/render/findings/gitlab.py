"""GitLab's Code Quality report: a JSON list that a merge request shows beside its changes."""

from collections.abc import Sequence

from tdkt_cli.core.findings import Finding, Severity
from tdkt_cli.core.text import json_text
from tdkt_cli.render.findings import fingerprints
from tdkt_cli.render.language import Language

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def gitlab(findings: Sequence[Finding], language: Language) -> str:
    """The findings as a Code Quality report."""
    report = [
        {
            "description": f"{finding.rule}: {language.say(finding.message)}",
            "check_name": finding.rule,
            "fingerprint": fingerprint,
            "severity": _SEVERITIES[finding.severity],
            "location": {"path": finding.file, "lines": {"begin": finding.span.line, "end": finding.span.end_line}},
        }
        for finding, fingerprint in zip(findings, fingerprints(findings, language), strict=True)
    ]
    return json_text(report, indent=2)
