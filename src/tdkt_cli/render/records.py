"""Records for other programs: JSON, JSON Lines, CSV, Markdown. Dates are ISO 8601 whatever the language.

To add a format, write a function like `_csv` and name it in `WRITERS`; the commands offer what is named there.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from tdkt_cli.core.record import Record
from tdkt_cli.core.text import visible
from tdkt_cli.render.markdown import escaped

CSV_COLUMNS = (
    "ref", "plan", "task", "deadline", "occurrence", "document", "section", "title", "what", "bound", "who", "lead", "executor",
    "coordinator", "advisor", "kind", "text", "start", "end", "time", "approximate", "waiting", "first_end", "last_day",
    "last_working_day", "overdue_from", "state", "days_left", "done", "cancelled", "expected", "missing", "same_as", "labels", "note",
    "file", "line",
)  # fmt: skip
MD_COLUMNS = ("last_day", "state", "bound", "what", "title", "text", "ref")
# A cell that begins so is a formula to a spreadsheet, also after white space.
_FORMULA = re.compile(r"\s*[=+\-@\t\r]")


def record_lines(records: Iterable[Record], format_: str) -> Iterator[str]:
    """Yield the records in a format of `WRITERS`, as lines without their ends."""
    return WRITERS[format_](records)


def _json(records: Iterable[Record]) -> Iterator[str]:
    yield json.dumps(list(records), ensure_ascii=False, indent=2)


def _jsonl(records: Iterable[Record]) -> Iterator[str]:
    yield from (json.dumps(record, ensure_ascii=False) for record in records)


def _csv(records: Iterable[Record]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    writer.writerows([_csv_cell(record, column) for column in CSV_COLUMNS] for record in records)
    yield buffer.getvalue().removesuffix("\n")


def _csv_cell(record: Mapping[str, Any], column: str) -> str:
    """Return the text of a cell, after a quote if a spreadsheet would take it for a formula; numbers stay numbers."""
    text = _text(record[column])
    return f"'{text}" if _FORMULA.match(text) and not isinstance(record[column], int) else text


def _markdown(records: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    yield f"| {' | '.join(MD_COLUMNS)} |"
    yield f"|{'---|' * len(MD_COLUMNS)}"
    for record in records:
        yield f"| {' | '.join(escaped(_text(record[column])) for column in MD_COLUMNS)} |"


def _text(value: Any) -> str:  # noqa: ANN401 - any value of a record
    """Return a value in one text: lists joined, of a completion or cancellation its date."""
    if value is None:
        return ""
    if isinstance(value, dict):
        value = value["date"]
    if isinstance(value, list):
        value = "; ".join(value)
    return str(value).lower() if isinstance(value, bool) else visible(str(value))


WRITERS: Mapping[str, Callable[[Iterable[Record]], Iterator[str]]] = {
    "json": _json,
    "jsonl": _jsonl,
    "csv": _csv,
    "md": _markdown,
}
