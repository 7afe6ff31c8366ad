"""TDKT901 to TDKT903, and suppression: `# tdkt: ignore[TDKT203] reason` on the line of a finding, but not of one about the format."""

from collections.abc import Iterator
from dataclasses import replace

from tdkt_cli.core.findings import Comment, Finding, Fix, Severity, Source, Suppression
from tdkt_cli.core.messages import Message, msg
from tdkt_cli.rules.rule import RULES, declare

declare(
    {
        "TDKT901": """
            A suppression that suppresses nothing.

            The finding it was written for is gone: delete the comment, so that it does not hide the next one.
            """,
        "TDKT902": """
            A suppression without a reason.

            Write after the bracket why the finding may stand, so that a reviewer can agree.
            """,
        "TDKT903": """
            A suppression of a rule that does not exist, or that cannot be suppressed.

            Rules about the format (TDKT0..) cannot be suppressed: a file that breaks them is not read.
            """,
    },
    Severity.WARNING,
    "comment",
)

# Rules that compare files, so they find nothing where one of these is not read.
_OF_SEVERAL_FILES = frozenset(("TDKT109",))


def is_suppressible(rule: str) -> bool:
    """Return whether a comment can suppress the findings of a rule."""
    return rule in RULES and RULES[rule].of not in {"file", "comment"}


def silencing(rule: str) -> Message:
    """Return the advice how to suppress a finding of a rule."""
    return msg(
        "If it is correct as it is, suppress it at the end of its line: # tdkt: ignore[{rule}] reason", rule=rule
    )


def without_suppressed(findings: list[Finding], source: Source, *, whole: bool) -> Iterator[Finding]:
    """Yield the findings of one file that no comment suppresses, and the problems of its suppressions.

    Where not the `whole` was read, removing an idle suppression is no sure fix: its finding may come back with the rest.
    """
    suppressed = {(comment.span.line, rule) for comment in source.suppressions for rule in comment.rules}
    found = {(finding.span.line, finding.rule) for finding in findings}
    yield from (finding for finding in findings if (finding.span.line, finding.rule) not in suppressed)
    for comment in source.suppressions:
        yield from _problems(comment, source, found, whole=whole)


def _problems(comment: Suppression, source: Source, found: set[tuple[int, str]], *, whole: bool) -> Iterator[Finding]:
    idle = [rule for rule in comment.rules if is_suppressible(rule) and (comment.span.line, rule) not in found]
    if not comment.rules:
        message = msg("name the rule in brackets: # tdkt: ignore[TDKT203] reason")
        yield source.finding("TDKT903", Severity.WARNING, message, comment.span)
    for rule in comment.rules:
        if not is_suppressible(rule):
            message = msg("“{rule}” is not a rule that can be suppressed; tdkt rule lists them", rule=rule)
            yield source.finding("TDKT903", Severity.WARNING, message, comment.span)
        elif rule in idle:
            message = msg("nothing on this line breaks {rule}: delete the suppression", rule=rule)
            sure = whole and _OF_SEVERAL_FILES.isdisjoint(idle)
            fix = Fix(_shortened(comment, source, idle), sure=sure)
            yield replace(source.finding("TDKT901", Severity.WARNING, message, comment.span), fix=fix)
    if not comment.reason:
        yield source.finding("TDKT902", Severity.WARNING, msg("write the reason after the bracket"), comment.span)


def _shortened(comment: Suppression, source: Source, idle: list[str]) -> Comment:
    """Return the comment without its idle rules, empty where it has no others."""
    span = comment.span
    text = source.lines[span.line - 1][span.column - 1 : span.end_column - 1]
    left = ", ".join(rule for rule in comment.rules if rule not in idle)
    before, _, rest = text.partition("[")
    return Comment(span, f"{before}[{left}]{rest.partition(']')[2]}" if left else "")
