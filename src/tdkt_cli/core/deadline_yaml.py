"""Deadlines as YAML lines of a plan file: what `tdkt read` prints to paste and `tdkt check --fix` writes.

The keys and their order are those of the file format; a value is quoted only where YAML would take it for something else.
"""

import json
import re
from collections.abc import Container, Mapping
from itertools import count

from tdkt_cli.core.periods import period_text
from tdkt_cli.core.plan import When
from tdkt_cli.core.text import UNSAFE, escaped, fold

# Unquoted scalars that some reader takes for something else than text: booleans, numbers in every base, sexagesimals,
# infinities, timestamps. (YAML 1.1 types; the 1.2 core schema is a subset but for 0o17.)
TYPED = re.compile(
    r"(?i:true|false|yes|no|on|off|y|n)"
    r"|[-+]?(?:0b[01_]+|0x[0-9a-fA-F_]+|0o?[0-7_]+|[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?|\.[0-9_]+(?:[eE][-+]?[0-9]+)?)"
    r"|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?"
    r"|[-+]?\.(?i:inf)|\.(?i:nan)"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:\.[0-9]*)?[ \t]*(?:Z|[-+][0-9:]+)?)?",
    re.ASCII,
)
EMPTY = frozenset(("", "~", "null", "Null", "NULL"))
# Plain is what begins with no sign of YAML's nor with one of numbers, and holds none that would end it.
_PLAIN = re.compile(r"(?![-+.?:,\[\]{}#&*!|>'\"%@`=<~\s])(?!.*(?::\s|\s#|:$))[^\n\t]*\S", re.IGNORECASE)
UNSURE = "chưa chắc: đối chiếu với lời văn"  # a comment for whoever reads the plan, so in the language of plans


def when_lines(when: When) -> list[str]:
    """Return the lines of the date key, such as `before: 2023-02-20`; some keys take several."""
    lines = []
    for key, value in when_keys(when).items():
        inner = () if isinstance(value, str) else value.items()
        lines += [f"{key}:" if inner else f"{key}: {value}", *(f"  {name}: {words}" for name, words in inner)]
    return lines


def when_keys(when: When) -> Mapping[str, str | Mapping[str, str]]:
    """Return the date key with its value as YAML scalars."""
    if when.kind == "every":
        return {"every": when.rrule or ""} | ({"bound": when.bound} if when.bound != "by" else {})
    if when.kind == "after" and when.event:
        event = when.event
        unit = {"unit": str(event.unit)} if event.unit != "calendar" else {}
        occurred = {"occurred": f"{event.occurred}"} if event.occurred else {}
        return {"after": {"event": scalar(event.event), "days": f"{event.days}", **unit, **occurred}}
    if when.kind == "waiting":
        return {"waiting": scalar(when.waiting or "")}
    return {str(when.kind): _value(when)} | ({"approximate": "true"} if when.approximate else {})


def _value(when: When) -> str:
    if when.kind == "within":
        return period_text(when.start, when.end)
    if when.kind == "ongoing":
        return period_text(when.start, when.end) if when.start or when.end else "true"
    return f"{when.end}T{when.time:%H:%M}" if when.time else f"{when.end}"


def scalar(text: str) -> str:
    """Return a text as a YAML scalar on one line, with single spaces."""
    return exact(" ".join(text.split()))


def exact(text: str) -> str:
    """Return a text as a YAML scalar on one line, with its spaces unchanged."""
    if _PLAIN.fullmatch(text) and text not in EMPTY and not TYPED.fullmatch(text) and not UNSAFE.search(text):
        return text
    return UNSAFE.sub(escaped, json.dumps(text, ensure_ascii=False))


def words_on_lines(text: str) -> str:
    """Return a text as a YAML scalar, a block scalar (`|-`) where it has several lines, not yet indented."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").strip().split("\n")]
    return scalar(text) if len(lines) == 1 else "\n".join(("|-", *lines))


def party_lines(who: str | None, what: str | None) -> list[str]:
    """Return the lines of `who` and `what`; an act begins with a capital."""
    return [f"{key}: {words}" for key, words in party_keys(who, what).items()]


def party_keys(who: str | None, what: str | None) -> dict[str, str]:
    """Return `who` and `what` as YAML scalars, without those that are missing."""
    named = {"who": who, "what": what and what[:1].upper() + what[1:]}
    return {key: scalar(words) for key, words in named.items() if words}


def slug(words: str, most: int = 4) -> str:
    """Return an id made of the first words of a text, such as so-y-te."""
    return "-".join(re.findall(r"[a-z0-9]+", fold(words))[:most]) or "moc"


def new_slug(words: str, taken: Container[str]) -> str:
    """Return an id made of the first words of a text that is not in `taken`: so-y-te, so-y-te-2."""
    name = slug(words)
    return next(new for number in count(1) if (new := name if number == 1 else f"{name}-{number}") not in taken)
