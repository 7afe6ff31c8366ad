"""The bodies that have delivered for a deadline and those that have not, for people and other programs."""

from collections.abc import Iterator
from datetime import date

from tdkt_cli.core.agenda import Delivery, Item, Office, bound_bodies, standing
from tdkt_cli.core.messages import Message, msg, msgs
from tdkt_cli.core.text import visible
from tdkt_cli.core.wording import when_words
from tdkt_cli.render.language import Language
from tdkt_cli.render.layout import hanging, wrapped

_MOST_NAMES = 3


def delivery_sheet(item: Item, language: Language, office: Office, today: date) -> Iterator[str]:
    """Yield the lines of one deadline: the bodies that are missing, that delivered late, that delivered in time."""
    say, deliveries = language.say, standing(item, office, today)
    groups: tuple[tuple[Message, list[Delivery]], ...] = (
        (msg("Missing"), [each for each in deliveries if not each.done]),
        (msg("Received late"), [each for each in deliveries if each.done and each.late]),
        (msg("Received in time"), [each for each in deliveries if each.done and not each.late]),
    )
    yield from wrapped(f"{item.ref}: {visible(item.deadline.what or item.task.title)}")
    yield f"  {say(when_words(item.when))} · {say(_count(item, deliveries, office))}"
    if item.progress.done:
        yield f"  {say(msg('recorded as done on {day}', day=item.progress.done.date))}"
    elif item.progress.cancelled:
        yield f"  {say(msg('cancelled on {day}', day=item.progress.cancelled.date))}"
    for heading, members in groups:
        if members:
            yield ""
            yield f"{say(heading)} ({len(members)})"
            for each in members:
                yield from hanging("  ", _line(each, language), indent=2)


def delivery_line(item: Item, language: Language, office: Office, today: date) -> str:
    """Return one deadline in a line: how many bodies have delivered, and the first of those that have not."""
    deliveries = standing(item, office, today)
    missing = [each.body.name for each in deliveries if not each.done]
    names = visible("; ".join(missing[:_MOST_NAMES])) + (" …" if len(missing) > _MOST_NAMES else "")
    words = (_count(item, deliveries, office), *((msg("missing: {names}", names=names),) if missing else ()))
    return "\n".join(wrapped(" · ".join((item.ref, *map(language.say, words)))))


def delivery_record(item: Item, office: Office, today: date) -> dict[str, object]:
    """Return a deadline for other programs: `expected` (None for a class with unknown members), `missing` and `received`, each with days late."""
    deliveries = standing(item, office, today)
    return {
        "ref": item.ref,
        "last_day": item.last_day.isoformat() if item.last_day else None,
        "expected": len(deliveries) if bound_bodies(item, office) is not None else None,
        "missing": [_entry(each) for each in deliveries if not each.done],
        "received": [_entry(each) for each in deliveries if each.done],
    }


def _entry(each: Delivery) -> dict[str, object]:
    entry: dict[str, object] = {"id": each.body.id, "name": each.body.name, "days_late": each.late}
    if each.done:
        entry |= {"date": each.done.date.isoformat(), "document": each.done.document, "note": each.done.note}
    return entry


def _count(item: Item, deliveries: tuple[Delivery, ...], office: Office) -> Message:
    received = sum(each.done is not None for each in deliveries)
    if bound_bodies(item, office) is None:
        return msgs("received from {n} body, of a class whose members are not all known",
                    "received from {n} bodies, of a class whose members are not all known", n=received)  # fmt: skip
    return msg("received: {n} of {all}", n=received, all=len(deliveries))


def _line(each: Delivery, language: Language) -> str:
    late = language.say(msgs("{n} day late", "{n} days late", n=each.late)) if each.late else ""
    day, document, note = (
        (language.date(each.done.date), each.done.document, each.done.note) if each.done else ("", "", "")
    )
    return visible(" · ".join(filter(None, (each.body.name, day, late, document, note))))
