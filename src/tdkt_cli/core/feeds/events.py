"""Calendar events of deadlines: which deadlines have one, and their permanent UIDs.

    uid = plan "_" task ["__" [deadline] ["__" occurrence]] "@" domain

The id of a plan holds no underscore; ids of tasks and deadlines neither begin nor end with one and never hold two in a row. So no two
deadlines share a UID. An occurrence of a deadline without an id has four underscores before its day.
A renumbered task keeps the UID of the first of its `former_ids`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tdkt_cli.core.agenda import Item, Office, State
from tdkt_cli.core.messages import msg

MOST_LEAD_DAYS = 366
DEFAULT_DOMAIN = "tdkt.invalid"  # that of nobody (RFC 2606)
ADDRESS_EXPECTED = msg("an address begins with https://, such as https://lich.example.vn/tdkt/")
DOMAIN_EXPECTED = msg("a domain has letters, digits, “.” and “-”, such as hanoi.gov.vn")
_ADDRESS = re.compile(r"https?://[A-Za-z0-9._~:\[\]@%-]+(?:/[A-Za-z0-9._~:/@!$&'()*+,;=%-]*)?", re.ASCII)
_DOMAIN = re.compile(r"[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*", re.ASCII)
DONE_STATES: frozenset[State] = frozenset({"done_in_time", "done_late"})


@dataclass(frozen=True, slots=True)
class Choice:
    """What goes into a calendar, in the order of the days, and how many items do not for want of a date or by `publish: false`."""

    items: tuple[Item, ...]
    dateless: int
    withheld: int


def uid(item: Item, domain: str) -> str:
    """The UID of an item's event."""
    first_id = item.task.former_ids[0] if item.task.former_ids else item.task.id
    occurrence = f"{item.occurrence:%Y%m%d}" if item.occurrence else ""
    parts = (f"{item.plan.id}_{first_id}", item.deadline.id, occurrence)
    return f"{'__'.join(parts).rstrip('_')}@{domain}"


def domain_of(uid: str) -> str:
    """The domain in the UID of an event."""
    return uid.rpartition("@")[2]


def is_address(typed: str) -> bool:
    """Whether this is the address of a page on the web (RFC 3986, http or https, without query and fragment)."""
    return bool(_ADDRESS.fullmatch(typed))


def is_domain(typed: str) -> bool:
    """Whether this can stand behind the @ of a UID."""
    return bool(_DOMAIN.fullmatch(typed))


def public(item: Item) -> bool:
    """Whether an item may be published: neither it nor its task says `publish: false`."""
    return item.task.publish and item.deadline.publish


def final_state(item: Item, office: Office) -> State:
    """Return the state by all recorded progress, also that of days to come."""
    return item.state(date.max, office.soon)


def dated(items: Iterable[Item]) -> list[Item]:
    """Return the items that have a day and may be published, in their order."""
    return [item for item in items if item.last_day and public(item)]


def for_calendar(items: Iterable[Item], office: Office, *, drop_done: bool = False) -> Choice:
    """Return the items that have a day and may be published, without repeats of another on the same day."""
    found = list(items)
    shown = [item for item in found if public(item)]
    dated = [item for item in shown if item.last_day]
    repeats = twice((item.ref, item.last_day, item.original.ref if item.original else None) for item in dated)
    chosen = {
        item.ref: item
        for item in reversed(dated)
        if item.ref not in repeats and not (drop_done and final_state(item, office) in DONE_STATES)
    }
    ordered = sorted(chosen.values(), key=lambda item: (item.last_day or date.max, item.ref))
    return Choice(tuple(ordered), len(shown) - len(dated), len(found) - len(shown))


def twice(rows: Iterable[tuple[str, object, str | None]]) -> set[str]:
    """Of rows of reference, day and the reference that it repeats: those that lead to another row of the same day.

    Of rows that repeat each other in a circle the first by name stays.
    """
    found = list(rows)
    if not any(original for _, _, original in found):
        return set()
    days = {ref: day for ref, day, _ in found}
    originals = {ref: original for ref, day, original in found if original and days.get(original) == day}
    return {ref for ref in originals if _first(ref, originals) != ref}


def _first(ref: str, originals: Mapping[str, str]) -> str:
    chain = [ref]
    while (following := originals.get(chain[-1])) and following not in chain:
        chain.append(following)
    return min(chain[chain.index(following) :]) if following else chain[-1]
