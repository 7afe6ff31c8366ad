"""The reader's language: messages through gettext catalogues, dates as that language writes them.

The text of a message in the code is English and is the key in `locale/vi/LC_MESSAGES/tdkt.po`; English needs no catalogue.
"""

import datetime as dt
import gettext
from dataclasses import dataclass
from pathlib import Path

from tdkt_cli.core.messages import Message, msg
from tdkt_cli.core.text import visible_line
from tdkt_cli.core.wording import WEEKDAYS

LANGUAGES = ("vi", "en")
LOCALE = Path(__file__).parent.parent / "locale"

_SHORT = (msg("Mon"), msg("Tue"), msg("Wed"), msg("Thu"), msg("Fri"), msg("Sat"), msg("Sun"))


@dataclass(frozen=True, slots=True)
class Language:
    """A language for readers: its code and its catalogue of translations."""

    code: str
    catalogue: gettext.NullTranslations

    def say(self, message: Message) -> str:
        """Return the message in this language; unsafe characters and line ends in its values are spelled out."""
        count = message.args.get("n")  # what is called n counts; other numbers may be years, or typed
        if message.plural is None:
            text = self.catalogue.gettext(message.text)
        else:
            text = self.catalogue.ngettext(message.text, message.plural, count if isinstance(count, int) else 0)
        values = {name: self._value(value) for name, value in message.args.items()}
        if isinstance(count, int):
            values["n"] = self.number(count)
        return text.format_map(values)

    def _value(self, value: object) -> object:
        if isinstance(value, Message):
            return self.say(value)
        if isinstance(value, dt.date):
            return self.date(value)
        return visible_line(value) if isinstance(value, str) else value

    def joined(self, *parts: str | dt.date | None) -> str:
        """Return the parts that are not empty with semicolons between them, days as this language writes dates."""
        return "; ".join(self.date(part) if isinstance(part, dt.date) else part.strip() for part in parts if part)

    def number(self, count: int) -> str:
        """Return the number with its thousands apart: 12.500, in English 12,500."""
        return f"{count:,}".replace(",", "." if self.code == "vi" else ",")

    def date(self, day: dt.date) -> str:
        """Return the date: 20/02/2023, in English 2023-02-20."""
        return f"{day:%d/%m/%Y}" if self.code == "vi" else day.isoformat()

    def weekdays(self) -> list[str]:
        """Return the short names of the days of the week, Monday first."""
        return [self.say(name) for name in _SHORT]

    def day(self, day: dt.date, *, short: bool = False) -> str:
        """Return the date with its day of the week: thứ Hai 20/02/2023, or short: T2 20/02/2023."""
        return f"{self.say((_SHORT if short else tuple(WEEKDAYS.values()))[day.weekday()])} {self.date(day)}"


def language(code: str) -> Language:
    """Return the language with this code of `LANGUAGES`."""
    path = LOCALE / code / "LC_MESSAGES" / "tdkt.mo"
    try:
        with path.open("rb") as file:
            return Language(code, gettext.GNUTranslations(file))
    except FileNotFoundError:
        return Language(code, gettext.NullTranslations())
