"""Findings: their place in a file, severity, message and fix.

Lines and columns count from 1, columns in characters. A span's end is exclusive.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol

from tdkt_cli.core.messages import Message


class Severity(IntEnum):
    """The severity of a finding; only errors make `tdkt check` fail."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        """The name that options and machine formats use."""
        return self.name.lower()


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A span of a file. `end_line` and `end_column` are those of the first character after it."""

    line: int
    column: int
    end_line: int
    end_column: int


TOP = Span(1, 1, 1, 1)  # the place of a finding about a whole file

Path = tuple[str | int, ...]  # keys and indexes from the top of a file to a value: ("tasks", 0, "title")


@dataclass(frozen=True, slots=True)
class Lines:
    """Put lines of YAML into the mapping at `path`."""

    path: Path
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """In the text at `path`, or in the one that holds what is called so, the words `old` give way to `new`."""

    path: Path
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Removal:
    """Remove the key at `path`, with its value."""

    path: Path


@dataclass(frozen=True, slots=True)
class Comment:
    """The comment, or the end of one, at `span` gives way to `text`; where that is empty it goes."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """The fix of a finding. Unless `sure`, a person must review it."""

    remedy: Lines | Words | Removal | Comment
    sure: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. `excerpt` is the source line that `span` begins on, empty where there is none."""

    rule: str
    severity: Severity
    message: Message
    file: str
    span: Span
    excerpt: str = ""
    fix: Fix | None = None


@dataclass(frozen=True, slots=True)
class Suppression:
    """A comment `# tdkt: ignore[TDKT301] reason`; it silences these rules on its own line."""

    rules: tuple[str, ...]
    reason: str
    span: Span


class Marks(Protocol):
    """Where each key and value of a file stands."""

    def key(self, path: Path) -> Span:
        """The span of the key or list item at `path`, else of the nearest thing above it."""

    def value(self, path: Path) -> Span:
        """The span of the value at `path`, else of the nearest thing above it."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it was read: its name as shown to people, its lines, where things stand, what is suppressed."""

    file: str
    lines: tuple[str, ...]
    marks: Marks
    suppressions: tuple[Suppression, ...] = ()

    def finding(self, rule: str, severity: Severity, message: Message, span: Span) -> Finding:
        """Return a finding in this file with its source line; a span behind the end of the file moves to its end."""
        if span.line > len(self.lines):
            line, column = max(len(self.lines), 1), max(len(self.lines[-1]) if self.lines else 0, 1)
            span = Span(line, column, line, column + 1)
        excerpt = self.lines[span.line - 1] if 0 < span.line <= len(self.lines) else ""
        return Finding(rule, severity, message, self.file, span, excerpt)


def unpaired(
    findings: Iterable[Finding], others: Iterable[Finding], key: Callable[[Finding], Hashable]
) -> list[Finding]:
    """Return the findings that remain when each of the `others` cancels one with the same key."""
    left = Counter(map(key, others))
    remaining = []
    for finding in findings:
        if left[key(finding)]:
            left[key(finding)] -= 1
        else:
            remaining.append(finding)
    return remaining
