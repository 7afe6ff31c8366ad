"""Records for machines: JSON, JSON Lines, CSV, Markdown. Dates are ISO 8601 whatever the language."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tdkt_cli.core.record import Record
from tdkt_cli.core.text import visible
from tdkt_cli.render.markdown import escaped

FORMATS = ("json", "jsonl", "csv", "md")
CSV_COLUMNS = (
    "ref", "plan", "task", "deadline", "occurrence", "document", "section", "title", "what", "bound", "who", "lead", "executor",
    "coordinator", "advisor", "kind", "text", "start", "end", "time", "approximate", "waiting", "first_end", "last_day",
    "last_working_day", "overdue_from", "state", "days_left", "done", "cancelled", "expected", "missing", "same_as", "labels", "note",
    "file", "line",
)  # fmt: skip
MD_COLUMNS = ("last_day", "state", "bound", "what", "title", "text", "ref")
# A cell that begins so is a formula to a spreadsheet, also after white space.
_FORMULA = re.compile(r"\s*[=+\-@\t\r]")


def machine(records: Iterable[Record], format_: str) -> Iterator[str]:
    """The records in one of `FORMATS`, as lines without their ends."""
    if format_ == "json":
        yield json.dumps(list(records), ensure_ascii=False, indent=2)
    elif format_ == "jsonl":
        yield from (json.dumps(record, ensure_ascii=False) for record in records)
    elif format_ == "csv":
        yield from _csv(records)
    else:
        yield from _markdown(records)


def _csv(records: Iterable[Record]) -> Iterator[str]:
    yield _csv_line(CSV_COLUMNS)
    for record in records:
        yield _csv_line(tuple(_safe(record, column) for column in CSV_COLUMNS))


def _csv_line(cells: tuple[str, ...]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow(cells)
    return buffer.getvalue().removesuffix("\n")


def _safe(record: Record, column: str) -> str:
    """The cell as text, with a quote before what a spreadsheet would take for a formula; numbers stay numbers."""
    values: Mapping[str, Any] = record
    text = _text(record, column)
    return f"'{text}" if _FORMULA.match(text) and not isinstance(values[column], int) else text


def _text(record: Record, column: str) -> str:
    values: Mapping[str, Any] = record
    value = values[column]
    if value is None:
        return ""
    if isinstance(value, dict):
        value = value["date"]
    if isinstance(value, list):
        value = "; ".join(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    return visible(value)


def _markdown(records: Iterable[Record]) -> Iterator[str]:
    yield f"| {' | '.join(MD_COLUMNS)} |"
    yield f"|{'---|' * len(MD_COLUMNS)}"
    for record in records:
        cells = (escaped(_text(record, column)) for column in MD_COLUMNS)
        yield f"| {' | '.join(cells)} |"
