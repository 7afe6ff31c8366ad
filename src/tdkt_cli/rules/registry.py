"""What a rule is, and the table of all rules by id."""

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from tdkt_cli.core.agenda import Office
from tdkt_cli.core.findings import Fix, Path, Severity
from tdkt_cli.core.messages import Message
from tdkt_cli.core.plan import Deadline, Plan, Progress
from tdkt_cli.core.units import Register

RULES: dict[str, "Rule"] = {}


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule found: words, and the path of the value they are about (of its key, with `at_key`), and what mends it."""

    message: Message
    path: Path
    at_key: bool = False
    fix: Fix | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may know besides its plan: all plans, the registers and calendar, the day it is, and which
    files could not be read.
    """

    plans: tuple[Plan, ...]
    office: Office
    today: date
    left_out: tuple[str, ...] = ()


PlanCheck = Callable[[Plan, Context], Iterable[Hit]]
RegisterCheck = Callable[[Register, Context], Iterable[Hit]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule. `explanation` is its docstring: a first line that names it, then what it is about and what to do."""

    id: str
    severity: Severity
    explanation: str
    of: Literal["file", "plan", "register", "comment"]
    check: PlanCheck | RegisterCheck | None = None

    @property
    def title(self) -> str:
        """The first line of the explanation."""
        return self.explanation.partition("\n")[0]


def plan_rule(rule_id: str, severity: Severity) -> Callable[[PlanCheck], PlanCheck]:
    """Enter a function into the table as a rule about plans."""

    def enter(check: PlanCheck) -> PlanCheck:
        _enter(Rule(rule_id, severity, inspect.getdoc(check) or "", "plan", check))
        return check

    return enter


def register_rule(rule_id: str, severity: Severity) -> Callable[[RegisterCheck], RegisterCheck]:
    """Enter a function into the table as a rule about registers."""

    def enter(check: RegisterCheck) -> RegisterCheck:
        _enter(Rule(rule_id, severity, inspect.getdoc(check) or "", "register", check))
        return check

    return enter


def declare(rules: Mapping[str, str], severity: Severity, of: Literal["file", "comment"]) -> None:
    """Enter rules that reading itself enforces: what holds and why, by id."""
    for rule_id, explanation in rules.items():
        _enter(Rule(rule_id, severity, inspect.cleandoc(explanation), of))


def of_kind(of: str) -> Iterator[Rule]:
    """The rules about plans, or registers, in the order of their ids."""
    return (rule for _, rule in sorted(RULES.items()) if rule.of == of)


def each_progress(deadline: Deadline) -> Iterator[tuple[Progress, Path]]:
    """The progress of a deadline and of each of its occurrences, with the path it stands at."""
    yield deadline.progress, deadline.path
    for day, progress in deadline.occurrences.items():
        yield progress, (*deadline.path, "occurrences", day.isoformat())


def _enter(rule: Rule) -> None:
    if rule.id in RULES:
        raise ValueError(rule.id)
    RULES[rule.id] = rule
