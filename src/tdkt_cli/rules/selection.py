"""Which findings are asked for, and how grave they are: by the ids of their rules, or the beginnings of ids (TDKT2 are all about dates),
and by file.

What keeps a file from being read is always told, as an error: without it nothing else can be found.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase

from tdkt_cli.core.findings import Finding, Severity
from tdkt_cli.rules.registry import RULES, Rule

Ids = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The rules asked for, none for all, less those ignored, everywhere or in the files whose path fits a pattern such as `plans/cu/*`.

    `severities` are those that an office gives to rules; of two that name a rule the longer id counts.
    """

    select: Ids = ()
    ignore: Ids = ()
    by_file: Mapping[str, Ids] = field(default_factory=dict)
    severities: Mapping[str, Severity] = field(default_factory=dict)

    def among(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Those of these findings that are asked for, each as grave as the office has it."""
        for finding in findings:
            if self.takes(finding):
                yield replace(finding, severity=self.severity(RULES[finding.rule]))

    def severity(self, rule: Rule) -> Severity:
        """How grave what a rule finds is."""
        named = [] if rule.of == "file" else [id_ for id_ in self.severities if rule.id.startswith(id_)]
        return self.severities[max(named, key=len)] if named else rule.severity

    def takes(self, finding: Finding) -> bool:
        """Whether a finding is asked for."""
        if RULES[finding.rule].of == "file":
            return True
        ignored = [
            *self.ignore,
            *(id_ for pattern, ids in self.by_file.items() if _fits(finding, pattern) for id_ in ids),
        ]
        return (not self.select or _names(self.select, finding.rule)) and not _names(ignored, finding.rule)


def unknown(ids: Iterable[str]) -> str | None:
    """The first of these that is no id of a rule, nor the beginning of one."""
    return next((id_ for id_ in ids if not id_ or not any(rule.startswith(id_) for rule in RULES)), None)


def _names(ids: Iterable[str], rule: str) -> bool:
    return any(rule.startswith(id_) for id_ in ids)


def _fits(finding: Finding, pattern: str) -> bool:
    return fnmatchcase(finding.file.replace("\\", "/"), pattern)
