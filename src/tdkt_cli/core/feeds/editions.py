"""Editions of a calendar feed: what changed since the previous one, and the stamps that tell calendar programs.

A calendar program takes up a changed event only when its stamps advance (RFC 5545, 3.8.7), and works for nothing when they advance
without a change. So an unchanged event keeps its text from one edition to the next, stamps included; a changed one gets its SEQUENCE
plus one and the stamp of the new edition. No clock is asked: an edition's stamp is one second after that of the edition before, or
the moment since which its content is known to stand (a commit, the day the plan was issued), whichever is later.

A cancelled event is shown as cancelled in the edition that cancels it; the next edition that changes anything drops it. What was never
shown is not shown as cancelled.

The text of an event here is one VEVENT, lines ended by CRLF, whose stamps are three lines that follow its UID.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache

_BEGIN, _END = "BEGIN:VEVENT\r\n", "END:VEVENT\r\n"
_UID = r"UID:(?P<uid>[^\r\n]*(?:\r\n [^\r\n]*)*)\r\n"
_HEAD = re.compile(_BEGIN + _UID)
_STAMPED = re.compile(
    _UID + r"DTSTAMP:(?P<modified>\d{8}T\d{6})Z\r\nLAST-MODIFIED:(?P=modified)Z\r\nSEQUENCE:(?P<sequence>\d{1,9})\r\n",
    re.ASCII,
)
_MODIFIED = re.compile(r"^LAST-MODIFIED:(\d{8}T\d{6})Z\r\n", re.MULTILINE | re.ASCII)
_CANCELLED = "\r\nSTATUS:CANCELLED\r\n"
_STAMP_FORMAT = "%Y%m%dT%H%M%S"


class NotAFeedError(ValueError):
    """A text that is not a complete feed made by tdkt."""


@dataclass(frozen=True, slots=True)
class Version:
    """An event in an edition: its text without stamps, how often it has changed, and when it last did (UTC)."""

    text: str
    sequence: int
    modified: datetime

    @property
    def cancelled(self) -> bool:
        """Whether it is shown as cancelled."""
        return _CANCELLED in self.text

    def stamped(self) -> str:
        """The whole text of the event."""
        head = _HEAD.match(self.text)
        place = head.end() if head else len(_BEGIN)
        stamp = stamp_of(self.modified)
        stamps = f"DTSTAMP:{stamp}\r\nLAST-MODIFIED:{stamp}\r\nSEQUENCE:{self.sequence}\r\n"
        return self.text[:place] + stamps + self.text[place:]


@dataclass(frozen=True, slots=True)
class Edition:
    """The events of a feed by UID, and when any of them last changed, came or went (UTC)."""

    modified: datetime
    versions: Mapping[str, Version] = field(default_factory=dict)


def next_edition(texts: Mapping[str, str], previous: Edition | None, since: datetime) -> Edition:
    """Return the edition of these events (texts without stamps, by UID) that follows `previous`.

    `since` is when the content began to stand (UTC). When nothing has changed, the edition is `previous` itself.
    """
    if previous is None:
        fresh = {uid: Version(text, 0, since) for uid, text in texts.items() if _CANCELLED not in text}
        return Edition(since, fresh)
    old = previous.versions
    live = {uid: text for uid, text in texts.items() if uid in old or _CANCELLED not in text}
    dropped = any(uid not in live for uid in old)
    if not dropped and all(uid in old and old[uid].text == text for uid, text in live.items()):
        return previous
    modified = max(since, previous.modified + timedelta(seconds=1))
    versions = {}
    for uid, text in live.items():
        before = old.get(uid)
        if before is None:
            versions[uid] = Version(text, 0, modified)
        elif before.text != text:
            versions[uid] = Version(text, before.sequence + 1, modified)
        elif not before.cancelled:
            versions[uid] = before
    return Edition(modified, versions)


@dataclass(frozen=True, slots=True)
class EventChanges:
    """The UIDs of the events that are added to a feed, changed, shown as cancelled, and removed."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    cancelled: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self.added or self.changed or self.cancelled or self.removed)


def changed_events(old: Mapping[str, str], new: Mapping[str, str]) -> EventChanges:
    """Return how a feed changes from the events `old` to the events `new` (texts without stamps, by UID)."""
    shown = {uid: text for uid, text in old.items() if _CANCELLED not in text}
    live = {uid for uid, text in new.items() if _CANCELLED not in text}
    return EventChanges(
        added=tuple(uid for uid in new if uid in live and uid not in shown),
        changed=tuple(uid for uid in new if uid in live and uid in shown and shown[uid] != new[uid]),
        cancelled=tuple(uid for uid in new if uid not in live and uid in shown),
        removed=tuple(uid for uid in shown if uid not in new),
    )


def read_edition(feed: str) -> Edition:
    """Return the edition in the text of a feed. Raises NotAFeedError for anything but a complete feed made by tdkt."""
    if not (feed.startswith("BEGIN:VCALENDAR\r\n") and feed.endswith("END:VCALENDAR\r\n")):
        raise NotAFeedError
    # a text may say BEGIN:VEVENT, but not at the beginning of a line
    head, *blocks = feed.removesuffix("\r\nEND:VCALENDAR\r\n").split(f"\r\n{_BEGIN}")
    modified = _MODIFIED.search(f"{head}\r\n")
    if modified is None:
        raise NotAFeedError
    versions = dict(_read_event(f"{block}\r\n") for block in blocks)
    return Edition(_moment(modified[1]), versions)


def _read_event(block: str) -> tuple[str, Version]:
    head = _STAMPED.match(block)
    if head is None or not block.endswith(_END):
        raise NotAFeedError
    uid = head["uid"]
    text = f"{_BEGIN}UID:{uid}\r\n{block[head.end() :]}"
    return uid.replace("\r\n ", ""), Version(text, int(head["sequence"]), _moment(head["modified"]))


@lru_cache
def stamp_of(moment: datetime) -> str:
    """Return a moment in iCalendar form; cached, since many events share a few."""
    return f"{moment:{_STAMP_FORMAT}}Z"


@lru_cache
def _moment(stamp: str) -> datetime:
    try:
        return datetime.strptime(stamp, _STAMP_FORMAT).replace(tzinfo=UTC)
    except ValueError as error:
        raise NotAFeedError from error
