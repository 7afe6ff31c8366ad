"""Loads a file as a validated plan, register or calendar, with everything that is wrong with it as findings."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from tdkt_cli.core.findings import TOP, Finding, Severity, Source, Span
from tdkt_cli.core.messages import Message, msg
from tdkt_cli.core.plan import Plan
from tdkt_cli.core.text import suggest
from tdkt_cli.files.comments import suppressions
from tdkt_cli.files.parser import build
from tdkt_cli.files.reader import MAX_BYTES, Text, decode, read_text, refused
from tdkt_cli.files.syntax_tree import TreeMarks
from tdkt_cli.schema.calendar import CalendarModel
from tdkt_cli.schema.plan import PlanModel
from tdkt_cli.schema.problems import explained
from tdkt_cli.schema.scalars import Model
from tdkt_cli.schema.units import UnitsModel

MODELS: Mapping[str, type[Model]] = {"plan/1": PlanModel, "units/1": UnitsModel, "calendar/1": CalendarModel}
_CONFLICT = re.compile(r"^(?:<{7}|>{7})(?: .*)?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file as it was read: its validated model, or None where the file cannot be used, and the findings."""

    path: Path
    model: Model | None
    source: Source | None
    findings: tuple[Finding, ...]

    @property
    def plan(self) -> Plan | None:
        """The plan of the file, built anew each time; None for another kind of file and for one that cannot be used."""
        return self.model.build(self.source) if isinstance(self.model, PlanModel) and self.source else None


def load(path: Path, shown: str, root: Path | None = None) -> Loaded:
    """Read and validate a file, which messages call `shown`; its links may not leave the folder `root`. Raises nothing."""
    if path.suffix.casefold() == ".txt":
        message = msg("rename this file: its name ends in .txt, not in .yaml")
        return _loaded(refused(shown, "TDKT002", message), path, shown)
    return _loaded(read_text(path, shown, root), path, shown)


def load_bytes(data: bytes | None, path: Path, shown: str) -> Loaded:
    """Validate the content of a file; None stands for a file that is too large."""
    if data is None:
        message = msg("the file has more than {most} MB; split the plan", most=MAX_BYTES // 2**20)
        return _loaded(refused(shown, "TDKT002", message), path, shown)
    return _loaded(decode(data, shown), path, shown)


def _loaded(read: Text, path: Path, shown: str) -> Loaded:
    return Loaded(path, None, None, read.findings) if read.text is None else load_text(read.text, path, shown)


def load_text(text: str, path: Path, shown: str) -> Loaded:
    """Validate the text of a file."""
    conflict = _CONFLICT.search(text)
    if conflict:
        line = text.count("\n", 0, conflict.start()) + 1
        message = msg("this is a git merge conflict; keep one version and delete the markers")
        finding = Finding("TDKT005", Severity.ERROR, message, shown, Span(line, 1, line, 8), conflict.group())
        return Loaded(path, None, None, (finding,))
    built = build(text)
    lines = tuple(text.split("\n"))
    source = Source(shown, lines, TreeMarks(built.top), tuple(suppressions(text, built.top)))
    findings = [source.finding(each.rule, Severity.ERROR, each.message, each.span) for each in built.problems]
    is_broken_off = built.data is None and findings
    model = None if is_broken_off else _validated(built.data, source, findings)
    return Loaded(path, None if findings else model, source, tuple(findings))


def _validated(data: Any, source: Source, findings: list[Finding]) -> Model | None:  # noqa: ANN401 - plain data of any shape
    """Return the model of plain data, and add what is wrong with the data to `findings`."""
    header = data.get("tdkt") if isinstance(data, dict) else None
    if not isinstance(header, str) or header not in MODELS:
        is_empty = header is None and isinstance(data, dict) and "tdkt" in data
        if not is_empty:  # which is a finding already
            span = TOP if header is None else source.marks.value(("tdkt",))
            findings.append(source.finding("TDKT009", Severity.ERROR, _header_message(header), span))
        return None
    reported = {finding.span for finding in findings}
    model = MODELS[header]
    try:
        return model.model_validate(data)
    except ValidationError as error:
        for problem in explained(error, model):
            span = (source.marks.key if problem.at_key else source.marks.value)(problem.path)
            if span not in reported:  # an empty value is one problem, not two
                findings.append(source.finding(problem.rule, Severity.ERROR, problem.message, span))
    return None


def _header_message(header: object) -> Message:
    """Return what is wrong with the key `tdkt`, which names the kind of a file."""
    kinds = ", ".join(MODELS)
    if header is None:
        return msg("the key tdkt is missing; write one of: {kinds}", kinds=kinds)
    name = header[:40] if isinstance(header, str) else "..."
    return suggest(
        name,
        MODELS,
        msg("“{header}” is not a kind of file; did you mean {near}?", header=name),
        msg("“{header}” is not a kind of file; write one of: {kinds}", header=name, kinds=kinds),
    )
