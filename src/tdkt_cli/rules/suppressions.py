"""Suppressions: `# tdkt: ignore[TDKT203] reason` on the line of a finding. The format itself cannot be suppressed."""

from collections.abc import Iterator
from dataclasses import replace

from tdkt_cli.core.findings import Comment, Finding, Fix, Severity, Source, Suppression
from tdkt_cli.core.messages import Message, msg
from tdkt_cli.rules.registry import RULES, declare

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

_OF_SEVERAL_FILES = frozenset(("TDKT109",))  # what they find is not found where one of the files is not asked for


def is_suppressible(rule: str) -> bool:
    """Whether there is a rule with this id that a comment can silence."""
    return rule in RULES and RULES[rule].of not in {"file", "comment"}


def silencing(rule: str) -> Message:
    """How a finding of a rule is silenced."""
    return msg("Where it is right as it stands, silence it behind its line: # tdkt: ignore[{rule}] reason", rule=rule)


def without_suppressed(findings: list[Finding], source: Source, *, whole: bool) -> Iterator[Finding]:
    """The findings of one file that no comment suppresses, and what is wrong with its suppressions.

    Unless the `whole` was read, something may come back that a comment is there for.
    """
    comments = {comment.span.line: comment for comment in source.suppressions}
    used: set[tuple[int, str]] = set()
    for finding in findings:
        comment = comments.get(finding.span.line)
        if comment and finding.rule in comment.rules:
            used.add((finding.span.line, finding.rule))
        else:
            yield finding
    for comment in source.suppressions:
        yield from _wrong(comment, source, used, whole=whole)


def _wrong(comment: Suppression, source: Source, used: set[tuple[int, str]], *, whole: bool) -> Iterator[Finding]:
    idle = [rule for rule in comment.rules if is_suppressible(rule) and (comment.span.line, rule) not in used]
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
            fix = Fix(_without(comment, source, idle), sure=sure)
            yield replace(source.finding("TDKT901", Severity.WARNING, message, comment.span), fix=fix)
    if not comment.reason:
        yield source.finding("TDKT902", Severity.WARNING, msg("write the reason after the bracket"), comment.span)


def _without(comment: Suppression, source: Source, idle: list[str]) -> Comment:
    """The comment without these rules, or nothing where it has no others."""
    span = comment.span
    text = source.lines[span.line - 1][span.column - 1 : span.end_column - 1]
    left = ", ".join(rule for rule in comment.rules if rule not in idle)
    before, _, rest = text.partition("[")
    return Comment(span, f"{before}[{left}]{rest.partition(']')[2]}" if left else "")
