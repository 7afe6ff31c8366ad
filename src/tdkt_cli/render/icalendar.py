"""Deadlines as iCalendar (RFC 5545), in the part of it that every calendar program reads alike.

An event stands on the last day in time, all day, its end exclusive; the event of a deadline with a time of day ends at that time, in
UTC. The calendar has no METHOD and no UID. Texts are NFC without control characters and backslashes (several programs misread an
escaped one), and lines fold at 75 octets between characters.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Literal
from urllib.parse import quote
from zoneinfo import ZoneInfo

from icalendar import vDDDTypes, vRecur, vText, vUri
from icalendar.parser import Contentline

from tdkt_cli.core.agenda import Item, Office, carried_from, deliveries
from tdkt_cli.core.feeds.editions import Edition, stamp_of
from tdkt_cli.core.feeds.events import DONE_STATES, final_state, uid
from tdkt_cli.core.messages import msg
from tdkt_cli.core.plan import ROLES as ROLE_NAMES
from tdkt_cli.core.text import UNSAFE, one_line
from tdkt_cli.core.wording import when_words
from tdkt_cli.render.language import Language
from tdkt_cli.render.layout import Field
from tdkt_cli.render.words import ROLES, carried_words

DoneChoice = Literal["keep", "mark", "drop"]
SIZE_LIMIT = 1_000_000  # octets; Google Calendar stops reading a feed there
PAGE = "bang-theo-doi.html"  # the file of the board, beside the feeds
_PRODID = "-//tdkt//tdkt//VI"
_SUMMARY_OCTETS = 250
_NOTICE_WEEKS = 520
_FOLD = 75  # octets
_DAY = timedelta(days=1)
_MEETING = timedelta(minutes=30)  # the length of an event with a time of day: without one it is not seen
_ALARM_HOUR = timedelta(hours=8)
_TEXT_ONLY = str.maketrans({"\\": "\N{SET MINUS}"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """How events are written. `page` is the address of the page that they link to; `lead_days` asks for alarms."""

    domain: str = "tdkt.invalid"
    zone: str = "Asia/Ho_Chi_Minh"
    page: str = ""
    span: bool = False
    done: DoneChoice = "mark"
    lead_days: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The properties of a calendar. `source` is its own address, "" where that is not known."""

    name: str
    description: str
    zone: str
    source: str = ""


def feed_text(head: Head, edition: Edition, order: Iterable[str]) -> str:
    """Return a whole feed: its head, then the events of the edition in the order of these UIDs."""
    name, description = plain_text(head.name), plain_text(head.description)
    lines = (
        _text("VERSION", "2.0"),
        _text("PRODID", _PRODID),
        _text("CALSCALE", "GREGORIAN"),
        _text("NAME", name),  # RFC 7986
        _text("X-WR-CALNAME", name),  # what Google and Outlook read
        *(_text(key, description) for key in ("DESCRIPTION", "X-WR-CALDESC") if description),
        _text("X-WR-TIMEZONE", head.zone),
        _text("LAST-MODIFIED", stamp_of(edition.modified)),
        _line("REFRESH-INTERVAL", vText("PT12H", params={"VALUE": "DURATION"})),
        _text("X-PUBLISHED-TTL", "PT12H"),
        _line("SOURCE", vUri(head.source, params={"VALUE": "URI"})) if head.source else "",
    )
    events = (edition.versions[uid_].stamped() for uid_ in order if uid_ in edition.versions)
    return _component("VCALENDAR", *lines, *events)


def _component(name: str, *parts: str) -> str:
    return f"BEGIN:{name}\r\n{''.join(parts)}END:{name}\r\n"


def _line(name: str, value: vText | vUri | vRecur | vDDDTypes) -> str:
    """Return the content line of a property, folded (RFC 5545, 3.1)."""
    return f"{_folded(Contentline.from_parts(name, value.params, value))}\r\n"


@lru_cache(maxsize=4096)  # most lines of an event stand in others too
def _text(name: str, text: str) -> str:
    return _line(name, vText(text))


@lru_cache(maxsize=4096)
def _time(name: str, value: date | timedelta) -> str:
    return _line(name, vDDDTypes(value))


def _folded(line: str) -> str:
    """Return a line in pieces of at most 75 octets that split neither a character nor an escape.

    The library's own folding looks at every character, which took half of the time of a feed.
    """
    data = line.encode()
    if len(data) <= _FOLD:
        return line
    pieces = []
    start, room = 0, _FOLD
    while len(data) - start > room:
        end = start + room
        while data[end] & 0xC0 == 0x80:  # inside a character  # noqa: PLR2004
            end -= 1
        if data[end - 1 : end] == b"\\":  # texts have no backslashes of their own, so it begins an escape
            end -= 1
        pieces.append(data[start:end])
        start, room = end, _FOLD - 1
    pieces.append(data[start:])
    return b"\r\n ".join(pieces).decode()


def event_texts(items: Iterable[Item], office: Office, language: Language, profile: Profile) -> dict[str, str]:
    """Return the events of items that have a last day by UID, in the order of the items, without stamps."""
    writer = _Writer(office, language, profile, ZoneInfo(profile.zone))
    return {uid(item, profile.domain): writer.text(item) for item in items}


def notice_text(uid_: str, since: date, words: str) -> str:
    """Return the one event of a feed that has ended, without stamps: a sentence on each Monday, so that it is seen in any week."""
    monday = since - since.weekday() * _DAY
    return _component(
        "VEVENT",
        _text("UID", uid_),
        _time("DTSTART", monday),
        _time("DTEND", monday + _DAY),
        _line("RRULE", vRecur(freq="weekly", count=_NOTICE_WEEKS)),
        _text("SUMMARY", shortened(plain_text(words))),
        _text("TRANSP", "TRANSPARENT"),
    )


def plain_text(text: str) -> str:
    """Return a text that every calendar program reads: NFC, without control characters, bidi characters and backslashes."""
    lines = (UNSAFE.sub("", line) for line in text.splitlines())
    return unicodedata.normalize("NFC", "\n".join(lines)).translate(_TEXT_ONLY)


def shortened(text: str) -> str:
    """Return the text in one line of at most 250 octets of UTF-8, cut between words."""
    line = one_line(text)
    if len(line.encode()) <= _SUMMARY_OCTETS:
        return line
    kept = line.encode()[: _SUMMARY_OCTETS - len("…".encode())].decode(errors="ignore")
    while kept and unicodedata.combining(line[len(kept)]):  # a letter keeps its marks
        kept = kept[:-1]
    words = kept.rpartition(" ")[0]
    return f"{(words if len(words) > len(kept) // 2 else kept).rstrip()}…"


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes events for readers of one language."""

    office: Office
    language: Language
    profile: Profile
    zone: ZoneInfo

    def text(self, item: Item) -> str:
        state = final_state(item, self.office)
        start, end = self._days(item)
        link = f"{self.profile.page}#ref={quote(item.ref, safe='/@')}" if self.profile.page else ""
        content = (item.task.content or item.task.title).rstrip()
        category = item.plan.document.number or item.plan.id
        lead_days = () if state in {"cancelled", *DONE_STATES} else self.profile.lead_days
        return _component(
            "VEVENT",
            _text("UID", uid(item, self.profile.domain)),
            _time("DTSTART", start),
            _time("DTEND", end),
            _text("SUMMARY", self._summary(item, state)),
            _text(
                "DESCRIPTION", plain_text("\n".join((f"{content}\n", *self._lines(item), *([link] if link else ()))))
            ),
            _text("STATUS", "CANCELLED" if state == "cancelled" else "CONFIRMED"),
            _text("CATEGORIES", plain_text(category).replace(",", " ")),
            _text("TRANSP", "TRANSPARENT"),  # a deadline blocks nobody's day
            _text("X-MICROSOFT-CDO-BUSYSTATUS", "FREE"),
            _line("URL", vUri(link)) if link else "",
            *(self._alarm(item, start, days) for days in lead_days),
        )

    def _days(self, item: Item) -> tuple[date, date]:
        """Return the start and the end of the event, the end exclusive."""
        last = item.last_day or date.max
        if item.when.time:
            end = datetime.combine(last, item.when.time, self.zone).astimezone(UTC)
            return end - _MEETING, end
        first = item.when.start if self.profile.span and item.when.start else last
        return first, last + _DAY

    def _summary(self, item: Item, state: str) -> str:
        """Return the act and the parties bound; the state and the hour come first, for a narrow month cell."""
        say = self.language.say
        marks = []
        if state == "cancelled":
            marks.append(say(msg("[Cancelled]")))
        elif self.profile.done == "mark" and state in DONE_STATES:
            marks.append(say(msg("[Done]")))
        if item.when.time:
            marks.append(f"{item.when.time:%H:%M}")
        act = item.deadline.what or item.task.title
        who = f" – {'; '.join(item.bound)}" if item.bound else ""
        return shortened(plain_text(" ".join((*marks, act)) + who))

    def _lines(self, item: Item) -> Iterator[str]:
        """Yield the fields of the description that have a value, a line each."""
        progress = ((name, one_line(value)) for name, value in self._progress(item))
        for name, value in (*self._as_issued(item), *progress):
            if value:
                label = self.language.say(name)
                yield f"{label[:1].upper()}{label[1:]}: {value}"

    def _as_issued(self, item: Item) -> Iterator[Field]:
        task, document, language = item.task, item.plan.document, self.language
        yield msg("binds"), "; ".join(item.bound)
        for role in ROLE_NAMES:
            names = getattr(task, role)
            if item.deadline.who or names != item.bound:
                yield ROLES[role], "; ".join(names)
        yield msg("when"), language.say(when_words(item.when))
        if item.last_day:
            yield msg("last day"), language.day(item.last_day)
            working = self.office.calendar.last_working_day(item.last_day)
            yield msg("last working day"), language.day(working) if working != item.last_day else ""
        counted = carried_from(item.when, self.office)
        if counted:
            yield msg("moved to a working day"), language.say(carried_words(counted, self.office))
        yield msg("text as issued"), one_line(task.text(item.deadline) or "")
        yield msg("correction"), item.deadline.correction or ""
        issued = f" {language.say(msg('of {day}', day=document.issued))}" if document.issued else ""
        issuer = f", {document.issuer}" if document.issuer else ""
        yield msg("document"), f"{document.number or document.title}{issued}{issuer}"

    def _progress(self, item: Item) -> Iterator[Field]:
        """Yield what is recorded of an item, whatever the day."""
        progress, language = item.progress, self.language
        if progress.moved:
            yield msg("first date"), language.say(when_words(item.deadline.when))
        for move in progress.moved:
            words = language.say(when_words(move.when))
            yield msg("moved"), language.joined(words, move.document, move.date, move.reason)
        if item.done:
            yield msg("done on"), language.joined(item.done.date, item.done.document, item.done.note)
        if progress.cancelled:
            end = progress.cancelled
            yield msg("cancelled on"), language.joined(end.date, end.document, end.reason)
        expected, missing = deliveries(item, self.office, date.max) if progress.received else (None, ())
        if expected is not None:
            yield msg("received from"), language.say(msg("{n} of {all}", n=expected - len(missing), all=expected))
            yield msg("still missing"), "; ".join(missing)
        yield msg("notes"), language.joined(item.deadline.note, progress.note, item.task.note)
        yield msg("reference"), item.ref

    def _alarm(self, item: Item, start: date, days: int) -> str:
        """Return a reminder at eight in the morning, `days` days before the last day; before an hour, at that hour."""
        before = timedelta(days=-days)
        if not isinstance(start, datetime):
            before += (item.last_day or date.max) - start + _ALARM_HOUR
        return _component(
            "VALARM",
            _text("ACTION", "DISPLAY"),
            _text("DESCRIPTION", shortened(plain_text(item.deadline.what or item.task.title))),
            _time("TRIGGER", before),
        )
