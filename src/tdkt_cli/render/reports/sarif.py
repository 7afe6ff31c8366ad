"""SARIF 2.1.0 (OASIS): findings for code scanning. Columns count code points; files are named relative to the repository."""

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from urllib.parse import quote

from tdkt_cli.core.findings import Finding, Severity, Span
from tdkt_cli.core.text import json_text
from tdkt_cli.render.language import Language
from tdkt_cli.render.reports import fingerprints

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def sarif(findings: Sequence[Finding], language: Language, explanations: Mapping[str, str], version: str) -> str:
    """The findings as one run of tdkt `version`; `explanations` are those of the rules, by id."""
    rules = sorted({finding.rule for finding in findings})
    results = [
        {
            "ruleId": finding.rule,
            "ruleIndex": rules.index(finding.rule),
            "level": _LEVELS[finding.severity],
            "message": {"text": language.say(finding.message)},
            "locations": [
                {"physicalLocation": {"artifactLocation": _artifact(finding.file), "region": _region(finding.span)}}
            ],
            "partialFingerprints": {"tdkt/1": fingerprint},
        }
        for finding, fingerprint in zip(findings, fingerprints(findings, language), strict=True)
    ]
    driver = {"name": "tdkt", "version": version, "rules": [_rule(rule, explanations) for rule in rules]}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    report = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json_text(report, indent=2)


def _rule(rule: str, explanations: Mapping[str, str]) -> dict[str, object]:
    title, _, rest = explanations.get(rule, rule).partition("\n")
    return {"id": rule, "shortDescription": {"text": title}, "help": {"text": rest.strip() or title}}


def _artifact(file: str) -> dict[str, str]:
    path = PurePath(file)
    if path.is_absolute():
        return {"uri": path.as_uri()}
    return {"uri": quote(path.as_posix()), "uriBaseId": "%SRCROOT%"}


def _region(span: Span) -> dict[str, int]:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }
