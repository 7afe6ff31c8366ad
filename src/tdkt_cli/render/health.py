"""The result of `tdkt doctor`, for a person or as a record to attach to a report. The home folder is written `~` in both.

A sign and a word give the state of each line; colour only repeats them.
"""

import re
from collections.abc import Iterator, Sequence

from tdkt_cli.core.health import STATES, Section, State, counts
from tdkt_cli.core.messages import Message, msg, msgs
from tdkt_cli.core.text import visible, width
from tdkt_cli.render.language import Language
from tdkt_cli.render.layout import BOLD, hanging, padded, styled

_MARKS: dict[State, tuple[str, Message, str]] = {
    "ok": ("✓", msg("ok"), "\033[32m"),
    "attention": ("!", msg("attention"), "\033[1;38;5;166m"),
    "wrong": ("✗", msg("wrong"), "\033[1;31m"),
}


def health_lines(sections: Sequence[Section], language: Language, home: str, *, colour: bool) -> Iterator[str]:
    """Yield the sections with their lines, the advice below each line that is not ok, and a closing line."""
    marks = {state: f"{sign} {language.say(word)}" for state, (sign, word, _) in _MARKS.items()}
    mark_width = max(map(width, marks.values()))
    name_width = max(width(_text(line.name, language, home)) for section in sections for line in section.lines)
    indent = 2 + mark_width + 2 + name_width + 2
    for section in sections:
        yield styled(language.say(section.heading), BOLD, colour=colour)
        for line in section.lines:
            mark = styled(padded(marks[line.state], mark_width), _MARKS[line.state][2], colour=colour)
            name = padded(_text(line.name, language, home), name_width)
            yield from hanging(f"  {mark}  {name}  ", _text(line.value, language, home) or "–", indent=indent)
            if line.advice:
                yield from hanging(" " * indent, f"→ {_text(line.advice, language, home)}", indent=indent + 2)
        yield ""
    yield styled(language.say(_closing(counts(sections))), BOLD, colour=colour)


def health_record(sections: Sequence[Section], language: Language, home: str) -> dict[str, object]:
    """Return the result for other programs: the worst state, and every line."""
    states = counts(sections)
    checks = [
        {
            "section": section.id,
            "check": line.id,
            "state": line.state,
            "value": _text(line.value, language, home),
            "advice": _text(line.advice, language, home) if line.advice else None,
        }
        for section in sections
        for line in section.lines
    ]
    return {"state": next(state for state in reversed(STATES) if states[state] or state == "ok"), "checks": checks}


def _text(value: Message | str, language: Language, home: str) -> str:
    """Return the text with the home folder written `~`, so that a report does not give away whose it is."""
    text = language.say(value) if isinstance(value, Message) else visible(value)
    if len(home) <= 1:  # the home folder is the root of the file system
        return text
    return re.sub(rf"{re.escape(visible(home))}(?![\w.-])", "~", text)


def _closing(states: dict[State, int]) -> Message:
    attention = msgs("{n} thing needs attention", "{n} things need attention", n=states["attention"])
    wrong = msgs("{n} thing is wrong", "{n} things are wrong", n=states["wrong"])
    if states["wrong"] and states["attention"]:
        return msg("{first}; {second}", first=wrong, second=attention)
    if states["wrong"]:
        return wrong
    return attention if states["attention"] else msg("All is well")
