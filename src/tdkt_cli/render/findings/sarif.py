"""SARIF 2.1.0 (OASIS): findings for code scanning. Columns count code points; files are named relative to the repository.

GitHub's code scanning wants more than the standard: three texts of each rule, a fingerprint under the one name that it reads, and no
more than 25,000 results.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from urllib.parse import quote

from tdkt_cli.core.findings import Finding, Severity, Span
from tdkt_cli.core.messages import msgs
from tdkt_cli.core.text import json_text
from tdkt_cli.render.findings import Told, fingerprints
from tdkt_cli.render.language import Language
from tdkt_cli.render.markdown import escaped

MOST = 25_000
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PROBLEMS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}


@dataclass(frozen=True, slots=True)
class Tool:
    """Which tdkt it was, and the address of the pages about its rules, empty where there is none."""

    version: str
    page: str = ""


def sarif(findings: Sequence[Finding], language: Language, rules: Mapping[str, Told], top: PurePath, tool: Tool) -> str:
    """The findings as one run of the tool over the repository at `top`; `rules` are told of by id.

    Of more than 25,000 findings the gravest, and a notification that says so.
    """
    numbered = list(zip(findings, fingerprints(findings, language), strict=True))
    kept = sorted(numbered, key=lambda pair: -pair[0].severity)[:MOST] if len(numbered) > MOST else numbered
    ids = sorted({finding.rule for finding, _ in kept})
    results = [
        {
            "ruleId": finding.rule,
            "ruleIndex": ids.index(finding.rule),
            "level": _LEVELS[finding.severity],
            "message": {"text": language.say(finding.message)},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": _artifact(finding.file, top),
                        "region": _region(finding.span),
                    }
                }
            ],
            "partialFingerprints": {"tdkt/1": fingerprint, "primaryLocationLineHash": fingerprint},
        }
        for finding, fingerprint in kept
    ]
    driver = {
        "name": "tdkt",
        "version": tool.version,
        **({"informationUri": tool.page} if tool.page else {}),
        "rules": [_rule(id_, rules[id_]) for id_ in ids],
    }
    run = {
        "tool": {"driver": driver},
        "invocations": [_invocation(len(findings) - len(kept), language)],
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return json_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2)


def _rule(id_: str, told: Told) -> dict[str, object]:
    explained = [" ".join(paragraph.split()) for paragraph in told.text.split("\n\n")]
    paragraphs = [*explained, told.silencing] if told.silencing else explained
    return {
        "id": id_,
        "shortDescription": {"text": explained[0]},
        "fullDescription": {"text": " ".join(explained)},
        "help": {
            "text": "\n\n".join(paragraphs),
            "markdown": "\n\n".join(map(escaped, paragraphs)),
        },
        **({"helpUri": told.page} if told.page else {}),
        "defaultConfiguration": {"level": _LEVELS[told.severity]},
        "properties": {"problem.severity": _PROBLEMS[told.severity]},
    }


def _invocation(left_out: int, language: Language) -> dict[str, object]:
    invocation: dict[str, object] = {"executionSuccessful": True}
    if left_out:
        words = msgs(
            "{n} finding of less weight is left out: GitHub takes {most}",
            "{n} findings of less weight are left out: GitHub takes {most}",
            n=left_out,
            most=MOST,
        )
        invocation["toolExecutionNotifications"] = [{"level": "warning", "message": {"text": language.say(words)}}]
    return invocation


def _artifact(file: str, top: PurePath) -> dict[str, str]:
    path = PurePath(file)
    if path.is_absolute() or ".." in path.parts:
        return {"uri": PurePath(os.path.normpath(top / path)).as_uri()}
    return {"uri": quote(path.as_posix(), errors="surrogateescape"), "uriBaseId": "%SRCROOT%"}


def _region(span: Span) -> dict[str, int]:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }
