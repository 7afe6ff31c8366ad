"""Holding a plan against an extract: the rows of its document as somebody else copied them.

A row is as issued: its words, its party cells, its time cell, its dates and the heading above it, which Cần Thơ's rows have
for a time cell. `differences` says what a plan has otherwise, each difference a sentence that names the row and the line.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

import pytest

from tdkt_cli.core.periods import parse_first_day, parse_period
from tdkt_cli.core.plan import ROLES, Deadline, Plan, Task, When, section_path
from tdkt_cli.files.config import DEFAULTS, Config
from tdkt_cli.files.workspace import read_workspace

NUMBERING = re.compile(r"(?:[IVX]+|\d+(?:\.\d+)*)\. ")
JOINED = re.compile(r"(?P<one>.+?)(?P<leads> chủ trì,?)? phối hợp với (?P<others>.+)")
DATE = re.compile(r"(\d{1,2})/(\d{1,2})//?(\d{4})")
KIND_WORDS = {"before": "trước", "by": "đến", "day": "dịp"}
LOOSE = re.compile(r"\bdịp\b|\b(?:đầu|giữa|cuối) tháng")

# The party that a heading or an earlier paragraph names, for rows without a party cell.
BY_HEADING = {"mttq-hanoi-2023", "hanoi-70nam-2024/IV.3"}
NAMED_ABOVE = {
    "hanoi-70nam-2024/III.4.2": "Các sở, ban, ngành, Ủy ban Mặt trận Tổ quốc và các tổ chức chính trị - xã hội, đơn vị trực "
    "thuộc Thành phố; các quận, huyện, thị xã"
}


@pytest.fixture(scope="session")
def read():
    """Read the plans below a folder, or a single plan; nothing may be wrong with them."""

    def run(path):
        folder = path if path.is_dir() else path.parent
        workspace = read_workspace(Config(DEFAULTS, folder.parent), [path], folder.parent)
        assert workspace.findings == ()
        return workspace

    return run


@pytest.fixture(scope="session")
def shown():
    """A deadline's kind and dates in one line."""
    return _shown


@pytest.fixture(scope="session")
def differences():
    """What a plan has otherwise than a row."""
    return lambda plan, row: list(_differences(plan, row))


def _differences(plan: Plan, row: dict) -> Iterator[str]:
    task = next((task for task in plan.tasks if task.id == row["id"]), None)
    if task is None:
        yield f"{plan.source.file} has no {row['id']}: {row['words']}"
        return
    place = f"{plan.source.file}:{plan.source.marks.key(task.path).line} {plan.id}/{task.id}"
    for what, issued, here in _compared(plan, task, row):
        if issued != here:
            yield f"{place} {what}: issued {issued!r}, in the plan {here!r}"
    for deadline in task.deadlines:
        for wrong in _wrong_words(row, task, deadline):
            yield f"{place}#{deadline.id or 1} {wrong}"


def _compared(plan: Plan, task: Task, row: dict) -> Iterator[tuple[str, object, object]]:
    heading = plan.sections.get(task.section or "", "")
    yield "heading", row["section"], NUMBERING.sub("", heading, count=1)
    if not row["id"].isdecimal():  # Cần Thơ's only number the rows
        yield "part of the document", (row["id"].split(".")[0],), section_path(task.section)[:1]
    issued = _folded(row["words"]).replace("NQ- HĐND", "NQ-HĐND")  # a line of the PDF ends there
    yield "words", issued, _words(plan, task, issued)
    parties = _parties(plan, row)
    for role in ROLES:
        yield role, parties.get(role, ()), getattr(task, role)
    yield "time cell", _folded(row["timing"]), _folded(task.timing)
    dates = [[kind, row.get("corrected", text)] for kind, text in row["dates"]]
    yield "dates", sorted(_read(*pair) for pair in dates), sorted(_shown(deadline.when) for deadline in task.deadlines)
    corrected = [deadline for deadline in task.deadlines if deadline.correction]
    yield "corrections", int("corrected" in row), len(corrected)


def _words(plan: Plan, task: Task, issued: str) -> str:
    """The words of a task, in the place where they must stand."""
    if plan.id == "hanoi-70nam-2024":  # a row is a heading, or one paragraph of several
        paragraphs = [_folded(line).removeprefix("- ") for line in (task.content or "").splitlines()]
        return issued if issued in paragraphs else task.title
    if task.content:
        return _folded(task.content)
    return f"- {task.title}" if plan.id == "mttq-hanoi-2023" else task.title


def _parties(plan: Plan, row: dict) -> dict[str, tuple[str, ...]]:
    joined = JOINED.fullmatch(row["executor"] or "")
    if joined:
        one, others = (joined["one"],), (joined["others"],)
        return {"lead": one if joined["leads"] else (), "executor": one, "coordinator": others}
    cells = {role: row[role] for role in ROLES if row[role]}
    ref = f"{plan.id}/{row['id']}"
    if not cells and {plan.id, ref} & BY_HEADING:
        cells = {"executor": row["section"].removesuffix(":")}
    elif not cells:
        cells = {"executor": NAMED_ABOVE[ref]}
    return {role: tuple(_folded(name) for name in cell.split(";")) for role, cell in cells.items()}


def _wrong_words(row: dict, task: Task, deadline: Deadline) -> Iterator[str]:
    """What is wrong between a deadline and its words: they are the row's, and they say its party, kind and dates."""
    cells = [_folded(row[cell]) for cell in ("words", "timing", "section")]
    words = _folded(task.text(deadline))
    if not any(words in cell for cell in cells) or not words:
        yield f"text: {words!r} is not in the row"
    if len(task.deadlines) > 1 and not deadline.text:
        yield "text: one of several deadlines has none of its own"
    for name in deadline.who:
        if name not in words:
            yield f"who: {name!r} is not in {words!r}"
    when = deadline.when
    if KIND_WORDS.get(when.kind, "") not in words.casefold():
        yield f"kind: {words!r} does not say {when.kind}"
    if when.approximate != bool(LOOSE.search(words)):
        yield f"approximate: {when.approximate} for {words!r}"
    dated = [day for day in (when.start, when.end) if day]
    if dated and words != _folded(row["section"]) and not re.search(r"\d{4}\b", words):
        yield f"text: {words!r} names no year"
    named = [date(*map(int, reversed(match))) for match in DATE.findall(words)]
    if named and not deadline.correction and not set(dated) <= set(named):
        yield f"date: {_shown(when)} for {words!r}"


def _read(kind: str, text: str | None) -> str:
    if kind in {"within", "before"} and text:
        period = parse_period(text) if kind == "within" else None
        return _shown(
            When(kind=kind, start=period and period.start, end=period.end if period else parse_first_day(text))
        )
    return f"{kind} {text or ''}".strip()


def _shown(when: When) -> str:
    """The kind of a deadline and its dates."""
    days = "/".join(day.isoformat() for day in (when.start, when.end) if day)
    return f"{when.kind} {when.rrule or days}".strip()


def _folded(text: str | None) -> str:
    return " ".join(unicodedata.normalize("NFC", text or "").split())
