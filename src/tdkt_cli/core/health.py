"""The results of `tdkt doctor`: lines under headings, each ok, worth attention, or wrong."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from tdkt_cli.core.messages import Message

State = Literal["ok", "attention", "wrong"]
STATES: tuple[State, ...] = get_args(State)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was looked at. `id` names it to machines, `name` to people (a text is the same in every language); `advice` says what to do where it is not ok."""

    id: str
    name: Message | str
    value: Message | str
    state: State = "ok"
    advice: Message | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """The lines under one heading. `id` names it to machines."""

    id: str
    heading: Message
    lines: tuple[Line, ...]


def counts(sections: Iterable[Section]) -> dict[State, int]:
    """Return the number of lines in each state."""
    states = [line.state for section in sections for line in section.lines]
    return {state: states.count(state) for state in STATES}
