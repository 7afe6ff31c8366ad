"""The report of `tdkt check`, which every format writes. Text from files is escaped where a format writes it."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from tdkt_cli.core.findings import Finding, Severity
from tdkt_cli.core.messages import Message
from tdkt_cli.render.language import Language


@dataclass(frozen=True, slots=True)
class RuleText:
    """What a report says of a rule: its explanation in paragraphs, how it is silenced and the address of its page, "" for none."""

    explanation: str
    silencing: str
    severity: Severity
    page: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The findings in `files`. `shown` are those to print; those of severity `threshold` or higher fail the check.

    `rules` are by id; `note` tells people which findings are not reported; `pages` is the address of the folder of pages about the
    rules, "" for none. Text is in `colour` and links to those pages (OSC 8) for a terminal that takes `links`. For formats of CI
    services the files of `shown` are named from `top`, the repository, and `version` is that of tdkt.
    """

    language: Language
    findings: Sequence[Finding]
    shown: Sequence[Finding]
    files: Sequence[str]
    threshold: Severity
    rules: Mapping[str, RuleText]
    note: Message | None = None
    pages: str = ""
    colour: bool = False
    links: bool = False
    top: PurePath = field(default_factory=PurePath)
    version: str = ""

    def fingerprints(self) -> Iterator[str]:
        """Yield a name for each shown finding that lasts when lines above it come or go.

        It is made of the rule, the file, the message, and the place among findings that are alike in these.
        """
        seen: Counter[tuple[str, str, str]] = Counter()
        for finding in self.shown:
            key = finding.rule, finding.file, self.language.say(finding.message)
            seen[key] += 1
            yield hashlib.sha256("\0".join((*key, str(seen[key]))).encode("utf-8", "backslashreplace")).hexdigest()
