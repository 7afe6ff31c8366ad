"""Prompts for what was not typed, on a terminal only.

An empty answer skips what is optional. After an answer that does not fit, the error is printed and the question asked again.
"""

import sys
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import typer

from tdkt_cli.commands.shared.session import print_error
from tdkt_cli.core.messages import Message, msg
from tdkt_cli.core.text import UNSAFE, one_line
from tdkt_cli.errors import UsageError
from tdkt_cli.render.language import Language

T = TypeVar("T")
_ANSWERS = {"c": True, "có": True, "co": True, "y": True, "yes": True} | dict.fromkeys(
    ("k", "không", "khong", "n", "no"), False
)


def can_ask() -> bool:
    """Whether input and output are a terminal."""
    return bool(sys.stdin) and sys.stdin.isatty() and sys.stdout.isatty()


@dataclass(frozen=True, slots=True)
class Prompt:
    """Gives the value typed for an option, else asks for it if `asks`."""

    language: Language
    asks: bool

    def required(self, typed: str, option: str, question: Message, read: Callable[[str], T], default: str = "") -> T:
        """Return the value of a required option. Raises UsageError where there is none and `asks` is false."""
        missing = UsageError(msg("something is missing: {what}", what=option))
        if typed.strip():
            return read(typed)
        if not self.asks:
            raise missing

        def check(answer: str) -> T:
            if not answer.strip():
                raise missing
            return read(answer)

        return self._ask(question, check, default)

    def optional(self, typed: str, question: Message, read: Callable[[str], T]) -> T:
        """Return the value of an optional option, that of an empty text where it is skipped. Raises UsageError."""
        return read(typed) if typed.strip() or not self.asks else self._ask(question, read)

    def confirm(self, question: Message) -> bool:
        """Return whether a person answers yes; False without a terminal."""
        return can_ask() and self._ask(question, _yes_or_no)

    def ask(self, question: Message, read: Callable[[str], T]) -> T | None:
        """Return the answer, None for an empty one and without a terminal."""
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
    """Return typed text for a file: in NFC, stripped. Raises UsageError for invisible characters."""
    text = unicodedata.normalize("NFC", typed.replace("\r\n", "\n")).strip()
    hidden = UNSAFE.search(text)
    if hidden:
        code = f"U+{ord(hidden.group()):04X}"
        raise UsageError(msg("“{text}” contains an invisible character, {code}; remove it", code=code, text=text))
    return text


def clean_line(typed: str) -> str:
    """Return typed text for a file in one line. Raises UsageError for invisible characters."""
    return one_line(clean(typed))
