"""What a rule is, the table of all rules by id, and what several rules share.

A new rule is a function in the module of its subject (`dates`, `parties`, ...), as the package's docstring says.
"""

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeVar

from tdkt_cli.core.agenda import Office
from tdkt_cli.core.findings import Fix, Path, Severity, Words
from tdkt_cli.core.messages import Message
from tdkt_cli.core.plan import Deadline, Plan, Progress
from tdkt_cli.core.units import Register

RULES: dict[str, "Rule"] = {}


@dataclass(frozen=True, slots=True)
class Hit:
    """A violation of a rule: the message, the path of the value that it is about (of its key, with `at_key`), and the fix."""

    message: Message
    path: Path
    at_key: bool = False
    fix: Fix | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule can read besides its plan: all plans, registers and calendar, today, the files that could not be read."""

    plans: tuple[Plan, ...]
    office: Office
    today: date
    left_out: tuple[str, ...] = ()


PlanCheck = Callable[[Plan, Context], Iterable[Hit]]
RegisterCheck = Callable[[Register, Context], Iterable[Hit]]
_Check = TypeVar("_Check", bound=Callable[[Any, Context], Iterable[Hit]])


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule. `explanation` is its docstring: a title in the first line, then reason and remedy. `check` is empty where reading enforces it."""

    id: str
    severity: Severity
    explanation: str
    of: Literal["file", "plan", "register", "comment"]
    check: Callable[[Any, Context], Iterable[Hit]] = lambda _subject, _context: ()

    @property
    def title(self) -> str:
        """Return the first line of the explanation."""
        return self.explanation.partition("\n")[0]


def plan_rule(rule_id: str, severity: Severity) -> Callable[[PlanCheck], PlanCheck]:
    """Return a decorator that adds a function to the table as a rule about plans."""
    return _adder(rule_id, severity, "plan")


def register_rule(rule_id: str, severity: Severity) -> Callable[[RegisterCheck], RegisterCheck]:
    """Return a decorator that adds a function to the table as a rule about registers."""
    return _adder(rule_id, severity, "register")


def declare(rules: Mapping[str, str], severity: Severity, of: Literal["file", "comment"]) -> None:
    """Add rules that reading enforces, given as explanations by id."""
    for rule_id, explanation in rules.items():
        _add(Rule(rule_id, severity, inspect.cleandoc(explanation), of))


def _adder(rule_id: str, severity: Severity, of: Literal["plan", "register"]) -> Callable[[_Check], _Check]:
    def add(check: _Check) -> _Check:
        _add(Rule(rule_id, severity, inspect.getdoc(check) or "", of, check))
        return check

    return add


def _add(rule: Rule) -> None:
    if rule.id in RULES:
        raise ValueError(rule.id)
    RULES[rule.id] = rule


def spelling_fix(path: Path, old: str, new: str | None, *, sure: bool = False) -> Fix | None:
    """Return the fix that replaces a misspelled word, None where no known word is near it."""
    return Fix(Words(path, old, new), sure) if new else None


def each_progress(deadline: Deadline) -> Iterator[tuple[Progress, Path]]:
    """Yield the progress of a deadline and of each of its occurrences, with its path."""
    yield deadline.progress, deadline.path
    for day, progress in deadline.occurrences.items():
        yield progress, (*deadline.path, "occurrences", day.isoformat())
