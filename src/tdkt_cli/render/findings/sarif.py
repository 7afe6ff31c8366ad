"""SARIF 2.1.0 (OASIS): findings for code scanning. Columns count code points; files are named relative to the repository.

GitHub's code scanning wants more than the standard: three texts of each rule, a fingerprint under the one name that it reads, and no
more than 25,000 results.
"""

import os
from collections.abc import Iterator
from pathlib import PurePath
from urllib.parse import quote

from tdkt_cli.core.findings import Finding, Severity
from tdkt_cli.core.messages import msgs
from tdkt_cli.core.text import json_text
from tdkt_cli.render.findings.report import Report, RuleText
from tdkt_cli.render.markdown import escaped

MOST = 25_000
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PROBLEMS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}


def sarif(report: Report) -> Iterator[str]:
    """Yield the shown findings as one run of the tool over the repository; of more than 25,000 the gravest, and a notification."""
    numbered = list(zip(report.shown, report.fingerprints(), strict=True))
    if len(numbered) > MOST:
        numbered = sorted(numbered, key=lambda pair: -pair[0].severity)[:MOST]
    ids = sorted({finding.rule for finding, _ in numbered})
    results = [
        {
            "ruleId": finding.rule,
            "ruleIndex": ids.index(finding.rule),
            "level": _LEVELS[finding.severity],
            "message": {"text": report.language.say(finding.message)},
            "locations": [{"physicalLocation": _location(finding, report.top)}],
            "partialFingerprints": {"tdkt/1": fingerprint, "primaryLocationLineHash": fingerprint},
        }
        for finding, fingerprint in numbered
    ]
    driver = {
        "name": "tdkt",
        "version": report.version,
        **({"informationUri": report.pages} if report.pages else {}),
        "rules": [_rule(id_, report.rules[id_]) for id_ in ids],
    }
    run = {
        "tool": {"driver": driver},
        "invocations": [_invocation(report, len(report.shown) - len(numbered))],
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    yield json_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _rule(id_: str, rule: RuleText) -> dict[str, object]:
    explanation = [" ".join(paragraph.split()) for paragraph in rule.explanation.split("\n\n")]
    paragraphs = [*explanation, rule.silencing] if rule.silencing else explanation
    return {
        "id": id_,
        "shortDescription": {"text": explanation[0]},
        "fullDescription": {"text": " ".join(explanation)},
        "help": {"text": "\n\n".join(paragraphs), "markdown": "\n\n".join(map(escaped, paragraphs))},
        **({"helpUri": rule.page} if rule.page else {}),
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"problem.severity": _PROBLEMS[rule.severity]},
    }


def _invocation(report: Report, left_out: int) -> dict[str, object]:
    if not left_out:
        return {"executionSuccessful": True}
    words = msgs(
        "{n} less severe finding is left out: GitHub takes {most}",
        "{n} less severe findings are left out: GitHub takes {most}",
        n=left_out,
        most=MOST,
    )
    notification = {"level": "warning", "message": {"text": report.language.say(words)}}
    return {"executionSuccessful": True, "toolExecutionNotifications": [notification]}


def _location(finding: Finding, top: PurePath) -> dict[str, object]:
    path, span = PurePath(finding.file), finding.span
    artifact = {"uri": quote(path.as_posix(), errors="surrogateescape"), "uriBaseId": "%SRCROOT%"}
    if path.is_absolute() or ".." in path.parts:
        artifact = {"uri": PurePath(os.path.normpath(top / path)).as_uri()}
    region = {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }
    return {"artifactLocation": artifact, "region": region}
