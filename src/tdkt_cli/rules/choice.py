"""Selects findings by the ids of their rules or prefixes of them (TDKT2: all about dates) and by file, and sets their severity.

The rules about the format of a file can be neither ignored nor changed: a file that breaks one is not read, so nothing else is found in it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from itertools import chain

from tdkt_cli.core.findings import Finding, Severity
from tdkt_cli.rules.rule import RULES, Rule

Ids = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The selected rules (all, where `select` is empty) without the ignored ones.

    `by_file` ignores rules in the files whose path matches a pattern such as `plans/cu/*`. `severities` change the severity of
    rules; of two prefixes that fit a rule the longer one counts.
    """

    select: Ids = ()
    ignore: Ids = ()
    by_file: Mapping[str, Ids] = field(default_factory=dict)
    severities: Mapping[str, Severity] = field(default_factory=dict)

    def among(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Yield the selected ones of these findings, with the severity that is set for their rules."""
        for finding in findings:
            if self.takes(finding):
                yield replace(finding, severity=self.severity(RULES[finding.rule]))

    def severity(self, rule: Rule) -> Severity:
        """Return the severity that is set for a rule, else its own."""
        prefixes = [] if rule.of == "file" else [prefix for prefix in self.severities if rule.id.startswith(prefix)]
        return self.severities[max(prefixes, key=len)] if prefixes else rule.severity

    def takes(self, finding: Finding) -> bool:
        """Return whether a finding is selected."""
        if RULES[finding.rule].of == "file":
            return True
        file = finding.file.replace("\\", "/")
        by_file = (ids for pattern, ids in self.by_file.items() if fnmatchcase(file, pattern))
        ignored = tuple(chain(self.ignore, *by_file))
        return finding.rule.startswith(self.select or "") and not finding.rule.startswith(ignored)


def unknown(ids: Iterable[str]) -> str | None:
    """Return the first of these that is neither the id of a rule nor a prefix of one."""
    return next((id_ for id_ in ids if not id_ or not any(rule.startswith(id_) for rule in RULES)), None)
