"""From one file to a validated plan, register or calendar, with everything that was found on the way."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from tdkt_cli.core.findings import Finding, Severity, Source, Span
from tdkt_cli.core.messages import msg
from tdkt_cli.core.text import nearest
from tdkt_cli.files.comments import suppressions
from tdkt_cli.files.marks import TOP, TreeMarks
from tdkt_cli.files.parser import build
from tdkt_cli.files.reader import MAX_BYTES, decode, read_text
from tdkt_cli.schema.calendar import CalendarModel
from tdkt_cli.schema.plan import PlanModel
from tdkt_cli.schema.problems import explained
from tdkt_cli.schema.scalars import Model
from tdkt_cli.schema.units import UnitsModel

MODELS: Mapping[str, type[Model]] = {"plan/1": PlanModel, "units/1": UnitsModel, "calendar/1": CalendarModel}


_CONFLICT = re.compile(r"^(?:<{7}|>{7})(?: .*)?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file as it was read: its validated model, or None where it is left out, and what was found."""

    path: Path
    model: Model | None
    source: Source | None
    findings: tuple[Finding, ...]


def load(path: Path, shown: str, root: Path | None = None) -> Loaded:
    """Read and validate a file. Messages call it `shown`; `root` bounds where links may lead. Raises nothing."""
    if path.suffix.casefold() == ".txt":
        message = msg("rename this file: its name ends in .txt, not in .yaml")
        return Loaded(path, None, None, (Finding("TDKT002", Severity.ERROR, message, shown, TOP),))
    read = read_text(path, shown, root)
    if read.text is None:
        return Loaded(path, None, None, read.findings)
    return load_text(read.text, path, shown)


def load_bytes(data: bytes | None, path: Path, shown: str) -> Loaded:
    """Validate the bytes of a file; None stands for more than are read."""
    if data is None or len(data) > MAX_BYTES:
        message = msg("the file has more than {most} MB; split the plan", most=MAX_BYTES // 2**20)
        return Loaded(path, None, None, (Finding("TDKT002", Severity.ERROR, message, shown, TOP),))
    read = decode(data, shown)
    return Loaded(path, None, None, read.findings) if read.text is None else load_text(read.text, path, shown)


def load_text(text: str, path: Path, shown: str) -> Loaded:
    """Validate the text of a file."""
    conflict = _CONFLICT.search(text)
    if conflict:
        line = text.count("\n", 0, conflict.start()) + 1
        message = msg("a merge conflict of git stands here; keep one version and delete the marks")
        finding = Finding("TDKT005", Severity.ERROR, message, shown, Span(line, 1, line, 8), conflict.group())
        return Loaded(path, None, None, (finding,))
    built = build(text)
    lines = tuple(text.split("\n"))
    source = Source(shown, lines, TreeMarks(built.top), tuple(suppressions(text, built.top)))
    findings = [
        source.finding(problem.rule, Severity.ERROR, problem.message, problem.span) for problem in built.problems
    ]
    broke_off = built.data is None and findings
    model = None if broke_off else _validated(built.data, source, findings)
    return Loaded(path, None if findings else model, source, tuple(findings))


def _validated(data: Any, source: Source, findings: list[Finding]) -> Model | None:  # noqa: ANN401 - plain data of any shape
    known = {finding.span for finding in findings}
    model = _model(data, source, findings)
    if model is None:
        return None
    try:
        return model.model_validate(data)
    except ValidationError as error:
        for problem in explained(error, model):
            span = (source.marks.key if problem.at_key else source.marks.value)(problem.path)
            if span not in known:  # an empty value is one problem, not two
                findings.append(source.finding(problem.rule, Severity.ERROR, problem.message, span))
    return None


def _model(data: Any, source: Source, findings: list[Finding]) -> type[Model] | None:  # noqa: ANN401
    header = data.get("tdkt") if isinstance(data, dict) else None
    if isinstance(header, str) and header in MODELS:
        return MODELS[header]
    kinds = ", ".join(MODELS)
    if header is None and isinstance(data, dict) and "tdkt" in data:
        return None  # there is no value, as has been said
    if header is None:
        findings.append(
            source.finding(
                "TDKT009", Severity.ERROR, msg("the key tdkt is missing; write one of: {kinds}", kinds=kinds), TOP
            )
        )
    else:
        header = str(header)[:40] if isinstance(header, str) else "..."
        near = nearest(header, list(MODELS))
        message = msg("“{header}” is not a kind of file; did you mean {near}?", header=header, near=near) if near else msg(
            "“{header}” is not a kind of file; write one of: {kinds}", header=header, kinds=kinds
        )  # fmt: skip
        findings.append(source.finding("TDKT009", Severity.ERROR, message, source.marks.value(("tdkt",))))
    return None
