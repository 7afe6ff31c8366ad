"""Findings as text: `file:line:col: TDKT101 message`, the line that they are about, and a caret."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from tdkt_cli.core.findings import Finding, Severity
from tdkt_cli.core.messages import Message, msg, msgs
from tdkt_cli.core.text import visible, visible_line, width
from tdkt_cli.render.findings.report import Report
from tdkt_cli.render.language import Language
from tdkt_cli.render.layout import BOLD, DIM, styled

SEVERITY_WORDS = {Severity.ERROR: msg("error"), Severity.WARNING: msg("warning"), Severity.INFO: msg("note")}
_STYLES = {Severity.ERROR: "\033[1;31m", Severity.WARNING: "\033[1;38;5;166m", Severity.INFO: "\033[1;36m"}
_LINE_WIDTH = 100


def text(report: Report) -> Iterator[str]:
    """Yield the shown findings with their excerpts, how many there are, and what to do next."""
    say, pages = report.language.say, report.pages if report.links else ""
    for finding in report.shown:
        yield f"{finding_text(finding, report.language, colour=report.colour, pages=pages)}\n"
    yield summary(report)
    if report.note:
        yield say(report.note)
    fixes = Counter(finding.fix.sure for finding in report.findings if finding.fix)
    if fixes[True]:
        yield say(msg("tdkt check --fix can fix {n} of them", n=fixes[True]))
    if fixes[False]:
        yield say(unsafe_fixes(fixes[False]))
    if len(report.shown) < len(report.findings):
        yield say(msg("tdkt check --notes shows the notes"))
    if report.shown:
        yield say(msg("tdkt rule {rule} explains a rule", rule=report.shown[0].rule))


def concise(report: Report) -> Iterator[str]:
    """Yield the shown findings, a line each."""
    pages = report.pages if report.links else ""
    yield from (finding_line(finding, report.language, colour=report.colour, pages=pages) for finding in report.shown)


def rule_page(rule: str, pages: str) -> str:
    """Return the address of a rule's page in the folder `pages`, "" where there is none."""
    return f"{pages}{rule}.html" if pages else ""


def finding_text(finding: Finding, language: Language, *, colour: bool, pages: str = "") -> str:
    """Return a finding with its excerpt, and a caret below the part that it is about; `pages` as for `finding_line`."""
    head = finding_line(finding, language, colour=colour, pages=pages)
    if not finding.excerpt.strip():
        return head
    excerpt, caret = _excerpt(finding)
    number = str(finding.span.line)
    gutters = (styled(f"  {column} |", DIM, colour=colour) for column in (number, " " * len(number)))
    caret = styled(caret, _STYLES[finding.severity], colour=colour)
    return "\n".join((head, *map(" ".join, zip(gutters, (excerpt, caret), strict=True))))


def finding_line(finding: Finding, language: Language, *, colour: bool, pages: str = "") -> str:
    """Return a finding in one line. With the address of `pages` about the rules, its rule is a link (OSC 8), for a terminal."""
    place = styled(f"{visible_line(finding.file)}:{finding.span.line}:{finding.span.column}:", BOLD, colour=colour)
    page = rule_page(finding.rule, pages)
    rule = f"\033]8;;{page}\033\\{finding.rule}\033]8;;\033\\" if page else finding.rule
    # The severity comes last, unless it is an error: editors look for it there.
    marks = [msg("fixable with --fix")] if finding.fix and finding.fix.sure else []
    marks += [] if finding.severity is Severity.ERROR else [SEVERITY_WORDS[finding.severity]]
    mark = "".join(f" [{language.say(word)}]" for word in marks)
    return f"{place} {styled(rule, _STYLES[finding.severity], colour=colour)} {language.say(finding.message)}{mark}"


def _excerpt(finding: Finding) -> tuple[str, str]:
    """Return the part of the line around the finding, and the carets below it."""
    start = finding.span.column - 1
    line = finding.excerpt
    end = finding.span.end_column - 1 if finding.span.end_line == finding.span.line else start + 1
    indent = len(line) - len(line.lstrip())
    first = indent if start < _LINE_WIDTH else start - _LINE_WIDTH // 2
    shown = line[first : first + _LINE_WIDTH].rstrip(" ")
    before, marked = line[first:start], line[start : min(end, first + _LINE_WIDTH)]
    head = "…" if first > indent else ""
    tail = "…" if first + _LINE_WIDTH < len(line.rstrip()) else ""
    caret = " " * width(visible(head + before)) + "^" * max(1, width(visible(marked)))
    return visible(head + shown + tail).replace("\t", " "), caret


def summary(report: Report) -> str:
    """Return one line: how many files were checked, and how many findings of each severity there are."""
    counts = Counter(finding.severity for finding in report.findings)
    errors, warnings, notes = (counts[severity] for severity in (Severity.ERROR, Severity.WARNING, Severity.INFO))
    parts = (
        msgs("{n} file checked", "{n} files checked", n=len(report.files)),
        None if errors or warnings else msg("no errors"),
        msgs("{n} error", "{n} errors", n=errors) if errors else None,
        msgs("{n} warning", "{n} warnings", n=warnings) if warnings else None,
        msgs("{n} note", "{n} notes", n=notes) if notes else None,
    )
    return ", ".join(report.language.say(part) for part in parts if part)


def unsafe_fixes(n: int) -> Message:
    """Return how many findings `--fix` mends only with `--unsafe-fixes`."""
    return msg("tdkt check --fix --unsafe-fixes can fix {n} more; then look at what it wrote", n=n)


def statistics_lines(findings: Iterable[Finding], language: Language, explanations: Mapping[str, str]) -> Iterator[str]:
    """Yield how often each rule finds something, the most frequent first; `explanations` of rules begin with their titles."""
    counts = Counter(finding.rule for finding in findings)
    room = len(str(max(counts.values(), default=0)))
    for rule, count in sorted(counts.items(), key=lambda found: (-found[1], found[0])):
        title = language.say(Message(explanations[rule])).partition("\n")[0].rstrip(".")
        yield f"{count:>{room}}  {rule}  {title}"
