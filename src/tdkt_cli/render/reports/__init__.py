"""Findings in the formats that CI services read. What comes from files is escaped as each format asks."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence

from tdkt_cli.core.findings import Finding
from tdkt_cli.render.language import Language


def fingerprints(findings: Sequence[Finding], language: Language) -> Iterator[str]:
    """A name for each finding that lasts when lines above it come or go: by rule, file and words, and which of several alike."""
    seen: Counter[tuple[str, str, str]] = Counter()
    for finding in findings:
        key = finding.rule, finding.file, language.say(finding.message)
        seen[key] += 1
        yield hashlib.sha256("\0".join((*key, str(seen[key]))).encode("utf-8", "backslashreplace")).hexdigest()
