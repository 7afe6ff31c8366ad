"""`tdkt move` and `tdkt unmove`: record that deadlines have been moved to another date, and take the last move back; the first date stays."""

import re
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Annotated

import typer
from pydantic import ValidationError

from tdkt_cli.commands.shared.options import Document, Filters, Reason, Refs, Writing
from tdkt_cli.commands.shared.parameters import argument, option
from tdkt_cli.commands.shared.session import open_session
from tdkt_cli.commands.shared.transaction import Edit, closed, dropped, edit_items, given, past_day, progress_of
from tdkt_cli.commands.shared.values import read_day, read_month
from tdkt_cli.core.agenda import Item
from tdkt_cli.core.deadline_yaml import when_lines
from tdkt_cli.core.messages import Message, msg
from tdkt_cli.core.periods import DateError, parse_moment, period_text
from tdkt_cli.core.plan import When
from tdkt_cli.core.wording import when_words
from tdkt_cli.errors import UsageError
from tdkt_cli.files.edit.changes import Append
from tdkt_cli.schema.plan import MoveModel

Day = Annotated[str, argument("DATE", "The new date: 01/03/2023, 2023-03-01T17:00, 3/2023, 2023-Q2.")]
As = Annotated[
    str, option("--as", "before|by|day|within", "The kind of the new date; by default, that of the old one.")
]
On = Annotated[str, option("--on", "DATE", "The day of the document that moves it.")]


_DAY = re.compile(r"\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?|\d{4}-\d{1,2}-\d{1,2}", re.ASCII)


EXAMPLES = (
    ("tdkt move hanoi-2023/PL1.3#hop 01/3/2023 --document 311/UBND", msg("moved to 1 March by that document")),
    (
        'tdkt move hanoi-2023/PL1.3#hop 2023-Q2 --as within --reason "chờ hướng dẫn"',
        msg("at some time in the second quarter, and why"),
    ),
)


def run(
    context: typer.Context,
    filters: Filters,
    writing: Writing,
    refs: Refs = None,
    *,
    typed: Day,
    as_: As = "",
    document: Document = "",
    reason: Reason = "",
    on: On = "",
) -> int:
    """Record that deadlines are moved to another date. The first date stays in the plan."""
    session = open_session(context, None, writing.today)
    value = _value(typed, session.today)
    day = f"{past_day(session, on)}" if on else ""
    details = given(date=day, document=document, reason=reason)

    def moved(item: Item) -> Edit | Message:
        when = _when(value, as_ or _kind(value, item.when), typed, asked=bool(as_))
        if when == replace(item.when, approximate=False):
            return msg("{ref} is already {when}", ref=item.ref, when=when_words(when))
        key, _, words = when_lines(when)[0].partition(": ")
        target, path = progress_of(item)
        said = msg("{name}: {old} -> {new}", name=item.ref, old=when_words(item.when), new=when_words(when))
        return closed(item) or Edit(target, (Append((*path, "moved"), {key: words, **details}),), said)

    return edit_items(session, refs, filters, moved, writing, needs="REF DATE")


def _value(typed: str, today: date) -> str:
    """A date or period as people type it, as the file format writes it."""
    for read in (read_day, read_month):
        with suppress(UsageError):
            found = read(typed, today, "DATE")
            return f"{found}" if isinstance(found, date) else period_text(found.start, found.end)
    return typed.strip()


def _kind(value: str, old: When) -> str:
    """How a new date is meant when nobody says: as the old one, where that is possible."""
    try:
        _, time = parse_moment(value)
    except DateError:
        return "within"
    kind = old.bound if old.kind == "every" else old.kind
    return kind if time is None and kind in {"before", "by", "day"} else "by"


def _when(value: str, kind: str, typed: str, *, asked: bool) -> When:
    try:
        return MoveModel.model_validate({kind: value}).build().when
    except ValidationError:
        example = msg("type for instance {example}", example="01/03/2023, 2023-03-01T17:00, 3/2023, 2023-Q2")
        problem = msg("“{typed}” is not a date for {kind}", typed=typed, kind=kind) if asked else _no_date(typed)
        raise UsageError(msg("{first}; {second}", first=problem, second=example)) from None


def _no_date(typed: str) -> Message:
    """Why what was typed is no date: there is no such day, or it is nothing of the kind."""
    day = _DAY.fullmatch(typed.strip())
    if day:
        return msg("there is no day {day}", day=typed.strip())
    return msg("“{typed}” is neither a date nor a period", typed=typed)


REVERSE_EXAMPLES = (("tdkt unmove hanoi-2023/PL1.3#hop", msg("the date before it counts again")),)


def reverse(context: typer.Context, filters: Filters, writing: Writing, refs: Refs = None) -> int:
    """Revert the last move of deadlines: the previous date counts again."""

    def moved_back(item: Item) -> Edit | Message:
        moves = item.progress.moved
        if not moves:
            return msg("{ref} has not been moved", ref=item.ref)
        said = msg("{ref}: no longer moved to {when}", ref=item.ref, when=when_words(moves[-1].when))
        return dropped(item, ("moved", len(moves) - 1), said)

    return edit_items(open_session(context, None, writing.today), refs, filters, moved_back, writing)
