"""Running the rules over everything that was read, less what a comment suppresses."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from tdkt_cli.core.findings import Finding, Source
from tdkt_cli.core.plan import Plan
from tdkt_cli.core.units import Register
from tdkt_cli.rules.registry import Context, Hit, Rule, of_kind
from tdkt_cli.rules.suppressions import without_suppressed


def check(context: Context, files: Collection[str] | None = None) -> list[Finding]:
    """Every finding in the plans and registers of `context`, by file, line and column; with `files`, only in those."""
    findings: list[Finding] = []
    subjects: list[Plan | Register] = [*context.plans, *context.office.registers.values()]
    for subject in subjects:
        if files is not None and subject.source.file not in files:
            continue
        found = list(_findings(subject, context))
        findings += without_suppressed(found, subject.source, whole=not context.left_out)
    return sorted(findings, key=lambda finding: (finding.file, finding.span, finding.rule))


def _findings(subject: Plan | Register, context: Context) -> Iterator[Finding]:
    for rule in of_kind("plan" if isinstance(subject, Plan) else "register"):
        hits: Iterable[Hit] = rule.check(subject, context) if rule.check else ()  # type: ignore[arg-type]
        yield from (_finding(rule, hit, subject.source) for hit in hits)


def _finding(rule: Rule, hit: Hit, source: Source) -> Finding:
    span = (source.marks.key if hit.at_key else source.marks.value)(hit.path)
    return replace(source.finding(rule.id, rule.severity, hit.message, span), fix=hit.fix)
