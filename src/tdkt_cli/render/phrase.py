"""The readings of a deadline phrase: in words, as YAML to paste into a plan, as a record for other programs."""

from collections.abc import Iterator
from typing import Any

from tdkt_cli.core.agenda import last_day
from tdkt_cli.core.deadline_yaml import UNSURE, new_slug, party_lines, scalar, when_lines
from tdkt_cli.core.messages import msg
from tdkt_cli.core.phrases import Reading, Result
from tdkt_cli.core.text import one_line, visible
from tdkt_cli.core.wording import when_words
from tdkt_cli.render.language import Language
from tdkt_cli.render.layout import Field, field_lines, wrapped


def phrase_lines(result: Result, language: Language) -> Iterator[str]:
    """Yield each reading in words, then all of them as YAML, then the words that were not read."""
    say = language.say
    for reading in result.readings:
        yield from wrapped(visible(f"“{reading.text}”"))
        yield from field_lines(_fields(reading, language), language)
        yield ""
    if result.readings:
        yield say(msg("To paste into a task:"))
        yield ""
        yield from (f"    {line}" for line in phrase_yaml(result))
    if result.unread:
        yield from [""] if result.readings else []
        yield from wrapped(say(msg("Not read: {words}", words=result.unread)))
    for day in result.impossible:
        yield say(msg("no calendar has this date: “{words}”", words=visible(day)))
    if not result.readings and not result.impossible:
        yield say(msg("Nothing here says when. Write a date, or waiting: and what it waits for."))


def _fields(reading: Reading, language: Language) -> Iterator[Field]:
    when, say = reading.when, language.say
    last = last_day(when)
    yield msg("when"), say(when_words(when))
    yield msg("last day"), language.day(last) if last else ""
    yield msg("binds"), reading.who or ""
    yield msg("what"), reading.what or ""
    if not reading.sure:
        yield msg("not sure"), say(msg("the words allow another reading: compare them with the date"))


def phrase_yaml(result: Result) -> Iterator[str]:
    """Yield the readings as deadlines of a plan file."""
    yield "deadlines:"
    ids: set[str] = set()
    for reading in result.readings:
        lines = [*when_lines(reading.when)]
        if len(result.readings) > 1:
            ids.add(name := new_slug(reading.who or reading.what or "", ids))
            lines.insert(0, f"id: {scalar(name)}")
        lines += party_lines(reading.who, reading.what)
        lines.append(f"text: {scalar(reading.text)}")
        if not reading.sure:
            lines[0] += f"  # {UNSURE}"
        yield f"  - {lines[0]}"
        yield from (f"    {line}" for line in lines[1:])


def phrase_record(result: Result) -> dict[str, Any]:
    """Return the result for other programs; dates are ISO 8601, `span` counts characters of the phrase in NFC, its end exclusive."""
    return {
        "phrase": result.phrase,
        "readings": [_reading_object(reading) for reading in result.readings],
        "unread": result.unread,
    }


def _reading_object(reading: Reading) -> dict[str, Any]:
    when, event = reading.when, reading.when.event
    return {
        "kind": when.kind,
        "start": when.start.isoformat() if when.start else None,
        "end": when.end.isoformat() if when.end else None,
        "time": f"{when.time:%H:%M}" if when.time else None,
        "rrule": when.rrule,
        "waiting": one_line(when.waiting) if when.waiting else None,
        "approximate": when.approximate,
        "who": reading.who,
        "what": reading.what,
        "text": reading.text,
        "bound": when.bound if when.kind == "every" else None,
        "event": event.event if event else None,
        "days": event.days if event else None,
        "unit": event.unit if event else None,
        "occurred": event.occurred.isoformat() if event and event.occurred else None,
        "span": list(reading.span),
        "sure": reading.sure,
    }
