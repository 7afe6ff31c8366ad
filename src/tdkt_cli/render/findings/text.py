"""Findings as text: `file:line:col: TDKT101 message`, the line they are about, and a caret."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from tdkt_cli.core.findings import Finding, Severity
from tdkt_cli.core.messages import Message, msg, msgs
from tdkt_cli.core.text import json_text, visible, visible_line, width
from tdkt_cli.render.language import Language

SEVERITY_WORDS = {Severity.ERROR: msg("error"), Severity.WARNING: msg("warning"), Severity.INFO: msg("note")}
_MENDS = msg("--fix mends it")
_STYLES = {Severity.ERROR: "\033[1;31m", Severity.WARNING: "\033[1;38;5;166m", Severity.INFO: "\033[1;36m"}
_BOLD, _DIM, _PLAIN = "\033[1m", "\033[2m", "\033[0m"
_LINK, _ENDS = "\033]8;;", "\033\\"
_LINE_WIDTH = 100


def rule_page(rule: str, pages: str) -> str:
    """The address of a rule's page in the folder of `pages`, empty where there is none."""
    return f"{pages}{rule}.html" if pages else ""


def finding_text(finding: Finding, language: Language, *, colour: bool, pages: str = "") -> str:
    """A finding with its excerpt and a caret under what it is about; `pages` as for `finding_line`."""
    head = finding_line(finding, language, colour=colour, pages=pages)
    if not finding.excerpt.strip():
        return head
    excerpt, caret = _excerpt(finding)
    number = str(finding.span.line)
    gutter = " " * len(number)
    style, plain, dim = (_STYLES[finding.severity], _PLAIN, _DIM) if colour else ("", "", "")
    return f"{head}\n{dim}  {number} |{plain} {excerpt}\n{dim}  {gutter} |{plain} {style}{caret}{plain}"


def finding_line(finding: Finding, language: Language, *, colour: bool, pages: str = "") -> str:
    """A finding in one line. With the address of `pages` about the rules, its rule is a link (OSC 8), for a terminal."""
    style, plain, bold = (_STYLES[finding.severity], _PLAIN, _BOLD) if colour else ("", "", "")
    place = f"{visible_line(finding.file)}:{finding.span.line}:{finding.span.column}"
    # What --fix mends says so, and at the very end what is less grave than an error: editors look for it there.
    marks = [_MENDS] if finding.fix and finding.fix.sure else []
    marks += [] if finding.severity is Severity.ERROR else [SEVERITY_WORDS[finding.severity]]
    mark = "".join(f" [{language.say(word)}]" for word in marks)
    page = rule_page(finding.rule, pages)
    rule = f"{_LINK}{page}{_ENDS}{finding.rule}{_LINK}{_ENDS}" if page else finding.rule
    return f"{bold}{place}:{plain} {style}{rule}{plain} {language.say(finding.message)}{mark}"


def _excerpt(finding: Finding) -> tuple[str, str]:
    """The part of the line around the finding, and the caret line below it."""
    start = finding.span.column - 1
    line = finding.excerpt
    end = finding.span.end_column - 1 if finding.span.end_line == finding.span.line else start + 1
    first = len(line) - len(line.lstrip()) if start < _LINE_WIDTH else start - _LINE_WIDTH // 2
    shown = line[first : first + _LINE_WIDTH]
    before, marked = line[first:start], line[start : min(end, first + _LINE_WIDTH)]
    dots = "…" if first > len(line) - len(line.lstrip()) else ""
    tail = "…" if first + _LINE_WIDTH < len(line.rstrip()) else ""
    caret = " " * (width(visible(dots + before))) + "^" * max(1, width(visible(marked)))
    return visible(dots + shown.rstrip(" ") + tail).replace("\t", " "), caret


def summary(findings: Iterable[Finding], files: int, language: Language) -> str:
    """One line: how many files were read and what was found."""
    counts = dict.fromkeys((Severity.ERROR, Severity.WARNING, Severity.INFO), 0)
    for finding in findings:
        counts[finding.severity] += 1
    parts: list[Message] = [msgs("{n} file checked", "{n} files checked", n=files)]
    if not counts[Severity.ERROR] and not counts[Severity.WARNING]:
        parts.append(msg("no errors"))
    if counts[Severity.ERROR]:
        parts.append(msgs("{n} error", "{n} errors", n=counts[Severity.ERROR]))
    if counts[Severity.WARNING]:
        parts.append(msgs("{n} warning", "{n} warnings", n=counts[Severity.WARNING]))
    if counts[Severity.INFO]:
        parts.append(msgs("{n} note", "{n} notes", n=counts[Severity.INFO]))
    return ", ".join(language.say(part) for part in parts)


def mendable(findings: Iterable[Finding]) -> Iterator[Message]:
    """How many findings `--fix` can mend, and how many more where a person looks at what it wrote."""
    fixes = Counter(finding.fix.sure for finding in findings if finding.fix)
    if fixes[True]:
        yield msg("tdkt check --fix can mend {n} of them", n=fixes[True])
    if fixes[False]:
        yield unsure(fixes[False])


def unsure(n: int) -> Message:
    """How many findings `--fix` mends only with `--unsafe-fixes`."""
    return msg("tdkt check --fix --unsafe-fixes can mend {n} more; look then at what it wrote", n=n)


def finding_record(finding: Finding, language: Language, pages: str = "") -> dict[str, object]:
    """A finding as machines get it, with how it can be mended, and the address of its rule's page where there are `pages`."""
    record: dict[str, object] = {
        "rule": finding.rule,
        "severity": finding.severity.word,
        "message": language.say(finding.message),
        "file": finding.file,
        "line": finding.span.line,
        "column": finding.span.column,
        "end_line": finding.span.end_line,
        "end_column": finding.span.end_column,
    }
    if finding.fix:
        record["fix"] = "safe" if finding.fix.sure else "unsafe"
    return record | {"url": rule_page(finding.rule, pages)} if pages else record


def findings_json(findings: Iterable[Finding], language: Language, *, lines: bool, pages: str = "") -> Iterator[str]:
    """The findings as a JSON list, or one object a line."""
    records = [finding_record(finding, language, pages) for finding in findings]
    if lines:
        yield from map(json_text, records)
    else:
        yield json_text(records, indent=2)


def statistics_lines(findings: Iterable[Finding], language: Language, explanations: Mapping[str, str]) -> Iterator[str]:
    """How often each rule finds something, the most frequent first; `explanations` of the rules begin with what they are called."""
    counts = Counter(finding.rule for finding in findings)
    room = len(str(max(counts.values(), default=0)))
    for rule, count in sorted(counts.items(), key=lambda found: (-found[1], found[0])):
        title = language.say(Message(explanations[rule])).partition("\n")[0].rstrip(".")
        yield f"{count:>{room}}  {rule}  {title}"
