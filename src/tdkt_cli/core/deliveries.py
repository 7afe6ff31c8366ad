"""Deliveries for a deadline that binds a class: each body with its delivery, and how late it was."""

from dataclasses import dataclass
from datetime import date

from tdkt_cli.core.agenda import Item, Office, bound_bodies, counted_at, delivered
from tdkt_cli.core.plan import Done
from tdkt_cli.core.units import Body


@dataclass(frozen=True, slots=True)
class Delivery:
    """A body that a deadline binds. `done` is its delivery, None while it is missing; `late` how many days late, 0 in time.

    What is missing is late by the days that it is overdue.
    """

    body: Body
    done: Done | None
    late: int


def standing(item: Item, office: Office, today: date) -> tuple[Delivery, ...]:
    """Return every body that an item binds with its delivery up to `today`; for an open group, those that delivered."""
    received = delivered(item, office, today)
    register = office.register(counted_at(item).plan)
    bound = bound_bodies(item, office)
    known = bound if bound is not None else [register.by_id[id_] for id_ in received] if register else []
    return tuple(
        Delivery(body, received.get(body.id), _days_late(item, received.get(body.id), today))
        for body in known
        if isinstance(body, Body)
    )


def _days_late(item: Item, done: Done | None, today: date) -> int:
    day = done.date if done else today
    return max((day - item.overdue_from).days + 1, 0) if item.overdue_from else 0
