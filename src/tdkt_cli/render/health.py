"""What `tdkt doctor` found, for a person or as a record to attach to a report. The home folder is written `~` in both.

A sign and a word say how each thing is; colour only repeats them.
"""

import re
from collections.abc import Iterable, Iterator

from tdkt_cli.core.health import STATES, Line, Section, State, counts
from tdkt_cli.core.messages import Message, msg, msgs
from tdkt_cli.core.text import visible, width
from tdkt_cli.render.fields import wrapped
from tdkt_cli.render.language import Language

_SIGNS: dict[State, str] = {"ok": "✓", "attention": "!", "wrong": "✗"}
_WORDS: dict[State, Message] = {"ok": msg("ok"), "attention": msg("attention"), "wrong": msg("wrong")}
_STYLES: dict[State, str] = {"ok": "\033[32m", "attention": "\033[1;38;5;166m", "wrong": "\033[1;31m"}
_BOLD, _PLAIN = "\033[1m", "\033[0m"


def health_lines(sections: Iterable[Section], language: Language, home: str, *, colour: bool) -> Iterator[str]:
    """The sections with their lines, what to do below each that is not well, and a closing line."""
    found = list(sections)
    bold, plain = (_BOLD, _PLAIN) if colour else ("", "")
    marks = {state: f"{_SIGNS[state]} {language.say(_WORDS[state])}" for state in STATES}
    mark_room = max(map(width, marks.values()))
    name_room = max(width(_text(line.name, language, home)) for section in found for line in section.lines)
    indent = 2 + mark_room + 2 + name_room + 2
    for section in found:
        yield f"{bold}{language.say(section.heading)}{plain}"
        for line in section.lines:
            style = _STYLES[line.state] if colour else ""
            mark, name = _filled(marks[line.state], mark_room), _filled(_text(line.name, language, home), name_room)
            value, *rest = wrapped(_text(line.value, language, home) or "–", indent=indent)
            yield f"  {style}{mark}{plain}  {name}  {value}"
            yield from (" " * indent + more for more in rest)
            advice = wrapped(f"→ {_text(line.advice, language, home)}", indent=indent + 2) if line.advice else []
            yield from (" " * (indent + 2 * bool(index)) + more for index, more in enumerate(advice))
        yield ""
    yield f"{bold}{language.say(_closing(counts(found)))}{plain}"


def health_records(sections: Iterable[Section], language: Language, home: str) -> dict[str, object]:
    """The same for machines: how it is on the whole, and every line."""
    found = list(sections)
    states = counts(found)
    checks = [_record(section, line, language, home) for section in found for line in section.lines]
    return {"state": next(state for state in reversed(STATES) if states[state] or state == "ok"), "checks": checks}


def _record(section: Section, line: Line, language: Language, home: str) -> dict[str, str | None]:
    return {
        "section": section.id,
        "check": line.id,
        "state": line.state,
        "value": _text(line.value, language, home),
        "advice": _text(line.advice, language, home) if line.advice else None,
    }


def _text(value: Message | str, language: Language, home: str) -> str:
    return homely(language.say(value) if isinstance(value, Message) else visible(value), home)


def homely(text: str, home: str) -> str:
    """The text with the home folder written `~`, so that a report does not tell whose it is."""
    if len(home) <= 1:  # a home that is the root of everything
        return text
    return re.sub(rf"{re.escape(visible(home))}(?![\w.-])", "~", text)


def _filled(text: str, room: int) -> str:
    return text + " " * (room - width(text))


def _closing(states: dict[State, int]) -> Message:
    attention = msgs("{n} thing needs attention", "{n} things need attention", n=states["attention"])
    wrong = msgs("{n} thing is wrong", "{n} things are wrong", n=states["wrong"])
    if states["wrong"] and states["attention"]:
        return msg("{first}; {second}", first=wrong, second=attention)
    if states["wrong"]:
        return wrong
    return attention if states["attention"] else msg("All is well")
