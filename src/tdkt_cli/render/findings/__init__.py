"""Findings in the formats that CI services read. What comes from files is escaped as each format asks."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tdkt_cli.core.findings import Finding, Severity
from tdkt_cli.render.language import Language


@dataclass(frozen=True, slots=True)
class Told:
    """What a report tells of a rule: its explanation, paragraphs with an empty line between, how a finding is silenced, and its page.

    The last two are empty where there is no such thing.
    """

    text: str
    silencing: str
    severity: Severity
    page: str = ""


def fingerprints(findings: Sequence[Finding], language: Language) -> Iterator[str]:
    """A name for each finding that lasts when lines above it come or go: by rule, file and words, and which of several alike."""
    seen: Counter[tuple[str, str, str]] = Counter()
    for finding in findings:
        key = finding.rule, finding.file, language.say(finding.message)
        seen[key] += 1
        yield hashlib.sha256("\0".join((*key, str(seen[key]))).encode("utf-8", "backslashreplace")).hexdigest()
