"""What was read of a phrase."""

from dataclasses import dataclass

from tdkt_cli.core.plan import When


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One milestone: when it is, whom it binds and what is to be done, where the phrase says so.

    `text` is the words that it was read from, `span` the characters (end exclusive, of the phrase in NFC) that name its time. It is
    `sure` unless the words allow another reading.
    """

    when: When
    who: str | None
    what: str | None
    text: str
    span: tuple[int, int]
    sure: bool


@dataclass(frozen=True, slots=True)
class Result:
    """All that was read of a phrase; `unread` is what was not, of which `impossible` are dates that no calendar has."""

    phrase: str
    readings: tuple[Reading, ...]
    unread: str
    impossible: tuple[str, ...] = ()
