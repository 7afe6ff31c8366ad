"""Who has delivered, in words and for machines."""

from collections.abc import Iterable, Iterator
from datetime import date

from tdkt_cli.core.agenda import Item, Office, bound_bodies
from tdkt_cli.core.deliveries import Delivery, standing
from tdkt_cli.core.messages import Message, msg, msgs
from tdkt_cli.core.text import json_text, visible
from tdkt_cli.core.wording import when_words
from tdkt_cli.render.fields import wrapped
from tdkt_cli.render.language import Language

_SHOWN = 3


def delivery_sheet(item: Item, language: Language, office: Office, today: date) -> Iterator[str]:
    """The lines of one deadline: who is missing, who was late, who was in time."""
    say, found = language.say, standing(item, office, today)
    groups: tuple[tuple[Message, list[Delivery]], ...] = (
        (msg("Missing"), [each for each in found if not each.done]),
        (msg("Received late"), [each for each in found if each.done and each.late]),
        (msg("Received in time"), [each for each in found if each.done and not each.late]),
    )
    yield from wrapped(f"{item.ref}: {visible(item.deadline.what or item.task.title)}")
    yield f"  {say(when_words(item.when))} · {say(_count(item, found, office))}"
    closed = item.progress.done or item.progress.cancelled
    if closed:
        done = msg("recorded as done on {day}", day=closed.date)
        yield f"  {say(done if item.progress.done else msg('cancelled since {day}', day=closed.date))}"
    for heading, deliveries in groups:
        if deliveries:
            yield ""
            yield f"{say(heading)} ({len(deliveries)})"
            yield from (f"  {line}" for each in deliveries for line in wrapped(_line(each, language), indent=2))


def delivery_line(item: Item, language: Language, office: Office, today: date) -> str:
    """One deadline in a line: how many have delivered, and the first of those who have not."""
    found = standing(item, office, today)
    missing = [each.body.name for each in found if not each.done]
    names = visible("; ".join(missing[:_SHOWN])) + (" …" if len(missing) > _SHOWN else "")
    rest = language.say(msg("missing: {names}", names=names)) if missing else ""
    return "\n".join(wrapped(" · ".join(filter(None, (item.ref, language.say(_count(item, found, office)), rest)))))


def delivery_json(items: Iterable[Item], office: Office, today: date) -> str:
    """The deadlines as JSON: `expected` (null for a class whose members nobody knows), `missing` and `received`, each with days late."""
    return json_text([_record(item, office, today) for item in items], indent=2)


def _record(item: Item, office: Office, today: date) -> dict[str, object]:
    found = standing(item, office, today)
    return {
        "ref": item.ref,
        "last_day": item.last_day.isoformat() if item.last_day else None,
        "expected": len(found) if bound_bodies(item, office) is not None else None,
        "missing": [_entry(each) for each in found if not each.done],
        "received": [_entry(each) for each in found if each.done],
    }


def _entry(each: Delivery) -> dict[str, object]:
    entry: dict[str, object] = {"id": each.body.id, "name": each.body.name, "days_late": each.late}
    if each.done:
        entry |= {"date": each.done.date.isoformat(), "document": each.done.document, "note": each.done.note}
    return entry


def _count(item: Item, found: tuple[Delivery, ...], office: Office) -> Message:
    received = sum(each.done is not None for each in found)
    if bound_bodies(item, office) is None:
        return msgs("received from {n} body, of a class whose members are not all known",
                    "received from {n} bodies, of a class whose members are not all known", n=received)  # fmt: skip
    return msg("received: {n} of {all}", n=received, all=len(found))


def _line(each: Delivery, language: Language) -> str:
    day = language.date(each.done.date) if each.done else ""
    late = language.say(msgs("{n} day late", "{n} days late", n=each.late)) if each.late else ""
    details = filter(None, (day, late, each.done.document if each.done else "", each.done.note if each.done else ""))
    return visible(" · ".join((each.body.name, *details)))
