"""A deadline as the lines of a plan file: what `tdkt read` offers to paste and `tdkt check --fix` writes.

The keys and their order are those of the file format; a value is quoted only where YAML would take it for something else.
"""

import json
import re

from tdkt_cli.core.periods import period_text
from tdkt_cli.core.plan import When
from tdkt_cli.core.text import UNSAFE, fold

# Plain is what begins as no number or sign of YAML's does, holds none of its signs, and is no word for a truth value or nothing.
_PLAIN = re.compile(
    r"(?!(?:true|false|yes|no|on|off|null|y|n)$)(?:[^\W\d_]|[(“]|[0-9]+(?:/\w| [^\W\d_]))(?!.*(?:: | #|:$))[^\n]*",
    re.IGNORECASE,
)
UNSURE = "chưa chắc: đối chiếu với lời văn"  # a comment for whoever reads the plan, so in the language of plans
_SLUG_WORDS = 4


def when_lines(when: When) -> list[str]:
    """The keys that say when: `before: 2023-02-20`, or several lines."""
    if when.kind == "every":
        bound = [f"bound: {when.bound}"] if when.bound != "by" else []
        return [f"every: {when.rrule}", *bound]
    if when.kind == "after" and when.event:
        event = when.event
        occurred = [f"  occurred: {event.occurred}"] if event.occurred else []
        unit = [f"  unit: {event.unit}"] if event.unit != "calendar" else []
        return ["after:", f"  event: {scalar(event.event)}", f"  days: {event.days}", *unit, *occurred]
    if when.kind == "waiting":
        return [f"waiting: {scalar(when.waiting or '')}"]
    return [f"{when.kind}: {_value(when)}", *(["approximate: true"] if when.approximate else [])]


def _value(when: When) -> str:
    if when.kind == "within":
        return period_text(when.start, when.end)
    if when.kind == "ongoing":
        return period_text(when.start, when.end) if when.start or when.end else "true"
    return f"{when.end}T{when.time:%H:%M}" if when.time else f"{when.end}"


def scalar(text: str) -> str:
    """A text on one line as YAML writes it."""
    text = " ".join(text.split())
    if _PLAIN.fullmatch(text) and not UNSAFE.search(text):
        return text
    return UNSAFE.sub(_spelled, json.dumps(text, ensure_ascii=False))


def _spelled(char: re.Match[str]) -> str:
    """An unsafe character as YAML escapes it, where JSON would need two halves."""
    code = ord(char.group())
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004


def party_lines(who: str | None, what: str | None) -> list[str]:
    """The keys that say who is bound and what is to be done; an act begins with a capital."""
    named = (("who", who), ("what", what and what[:1].upper() + what[1:]))
    return [f"{key}: {scalar(words)}" for key, words in named if words]


def slug(words: str) -> str:
    """An id for a milestone, from the first words of its party or act: so-y-te."""
    return "-".join(re.findall(r"[a-z0-9]+", fold(words))[:_SLUG_WORDS]) or "moc"
