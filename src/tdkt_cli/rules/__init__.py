"""The rules of `tdkt check` about plans and registers: one function a rule, whose docstring is what `tdkt rule` shows.

A rule receives a plan (or register) and the `Context`, and yields hits: a message and the path of the value that it is about. Ids by
hundreds: 0 the file and its format, 1 structure, 2 dates, 3 parties and registers, 4 sources, 5 progress, 6 the words of the document,
9 suppressions. A new rule is one function in the module of its hundred, a file that passes it in `examples/good/`, one that breaks it in
`examples/bad/`, and the translation of its texts (`make messages`).
"""

from collections.abc import Collection, Iterator
from dataclasses import replace

from tdkt_cli.core.findings import Finding
from tdkt_cli.core.plan import Plan
from tdkt_cli.core.units import Register
from tdkt_cli.rules import dates, files, parties, progress, registers, sources, structure, suppressions, words
from tdkt_cli.rules.rule import RULES, Context, Rule
from tdkt_cli.rules.suppressions import without_suppressed

# Importing a module adds its rules to RULES.
MODULES = (dates, files, parties, progress, registers, sources, structure, suppressions, words)
__all__ = ["MODULES", "RULES", "Context", "Rule", "check"]


def check(context: Context, files: Collection[str] | None = None) -> list[Finding]:
    """Return every finding in the plans and registers of `context`, or only in `files`, sorted by file, place and rule."""
    findings: list[Finding] = []
    subjects: tuple[Plan | Register, ...] = (*context.plans, *context.office.registers.values())
    for subject in subjects:
        if files is None or subject.source.file in files:
            found = list(_findings(subject, context))
            findings += without_suppressed(found, subject.source, whole=not context.left_out)
    return sorted(findings, key=lambda finding: (finding.file, finding.span, finding.rule))


def _findings(subject: Plan | Register, context: Context) -> Iterator[Finding]:
    kind, source = "plan" if isinstance(subject, Plan) else "register", subject.source
    for rule in RULES.values():
        for hit in rule.check(subject, context) if rule.of == kind else ():
            span = (source.marks.key if hit.at_key else source.marks.value)(hit.path)
            yield replace(source.finding(rule.id, rule.severity, hit.message, span), fix=hit.fix)
