"""Asking a person for what was not typed, where there is one to ask; and the texts that people type for a file.

An empty answer leaves out what may be left out. What does not fit is said, and asked again.
"""

import sys
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import typer

from tdkt_cli.commands.shared.session import print_error
from tdkt_cli.core.messages import Message, msg
from tdkt_cli.core.text import UNSAFE
from tdkt_cli.errors import UsageError
from tdkt_cli.render.language import Language

T = TypeVar("T")
_ANSWERS = {"c": True, "có": True, "co": True, "y": True, "yes": True} | dict.fromkeys(
    ("k", "không", "khong", "n", "no"), False
)


def can_ask() -> bool:
    """Whether a person sits at both ends: input and output are a terminal."""
    return bool(sys.stdin) and sys.stdin.isatty() and sys.stdout.isatty()


@dataclass(frozen=True, slots=True)
class Asker:
    """Takes what was typed for an option, else asks for it, where `asks`: nobody is asked who has typed all that is needed."""

    language: Language
    asks: bool

    def need(self, typed: str, option: str, question: Message, read: Callable[[str], T], default: str = "") -> T:
        """The value of an option that has to be there. Raises UsageError where nobody can be asked."""
        missing = UsageError(msg("something is missing: {what}", what=option))
        if typed.strip():
            return read(typed)
        if not self.asks:
            raise missing

        def needed(answer: str) -> T:
            if not answer.strip():
                raise missing
            return read(answer)

        return self._ask(question, needed, default)

    def may(self, typed: str, question: Message, read: Callable[[str], T]) -> T:
        """The value of an option that may be left out: then that of an empty text. Raises UsageError."""
        return read(typed) if typed.strip() or not self.asks else self._ask(question, read)

    def agrees(self, question: Message) -> bool:
        """Whether a person answers yes; what is neither yes nor no is asked again."""
        return can_ask() and self._ask(question, _yes_or_no)

    def perhaps(self, question: Message, read: Callable[[str], T]) -> T | None:
        """What a person answers; None for an empty answer, and where there is nobody."""
        return self._ask(question, lambda answer: read(answer) if answer.strip() else None) if can_ask() else None

    def _ask(self, question: Message, read: Callable[[str], T], default: str = "") -> T:
        while True:
            typed = typer.prompt(self.language.say(question), default=default, show_default=bool(default))
            try:
                return read(typed)
            except UsageError as error:
                print_error(self.language.say(error.message))


def _yes_or_no(answer: str) -> bool:
    known = _ANSWERS.get(unicodedata.normalize("NFC", answer).strip().casefold())
    if known is None:
        raise UsageError(msg("answer y or n"))
    return known


def clean(typed: str) -> str:
    """A text as it goes into a file: letters composed, no space at its ends. Raises UsageError for what does not show."""
    text = unicodedata.normalize("NFC", typed.replace("\r\n", "\n")).strip()
    hidden = UNSAFE.search(text)
    if hidden:
        code = f"U+{ord(hidden.group()):04X}"
        words = msg("“{text}” contains an invisible character, {code}; remove it", code=code, text=text)
        raise UsageError(words)
    return text
