"""Messages about deadlines that several outputs share: their state, how near they are, whom they bind, what was counted."""

from collections.abc import Mapping
from datetime import date

from tdkt_cli.core.agenda import Item, Office
from tdkt_cli.core.messages import Message, msg, msgs
from tdkt_cli.core.plan import Quota

STATES: Mapping[str, Message] = {
    "overdue": msg("not done (overdue)"),
    "due": msg("due soon"),
    "later": msg("not done (in time)"),
    "waiting": msg("no date yet"),
    "ongoing": msg("Ongoing"),
    "done_in_time": msg("done (in time)"),
    "done_late": msg("done (late)"),
    "cancelled": msg("cancelled"),
}
ROLES: Mapping[str, Message] = {
    "bound": msg("bound"),
    "lead": msg("lead"),
    "executor": msg("executor"),
    "coordinator": msg("coordinator"),
    "advisor": msg("advisor"),
}
NEAR: Mapping[str, Message] = {
    "overdue": msg("Overdue"),
    "grace": msg("Last day over, still in time today"),
    "today": msg("Today"),
    "week": msg("In 1 to 7 days"),
    "month": msg("In 8 to 30 days"),
    "far": msg("In more than 30 days"),
    "ongoing": msg("Ongoing"),
    "waiting": msg("No date yet"),
    "over": msg("Done or cancelled"),
}
_WEEK, _MONTH = 7, 30


def nearness(item: Item, today: date, soon: int) -> str:
    """Return the key of `NEAR` for an item."""
    state = item.state(today, soon)
    if state in {"overdue", "ongoing", "waiting"}:
        return state
    if state not in {"due", "later"} or item.last_day is None:
        return "over"
    days = (item.last_day - today).days
    if days <= 0:
        return "grace" if days < 0 else "today"
    return "week" if days <= _WEEK else "month" if days <= _MONTH else "far"


def distance(item: Item, today: date, soon: int) -> Message:
    """Return how many days an open item has left or is overdue, else its state."""
    state = item.state(today, soon)
    if state == "overdue" and item.overdue_from:
        return msgs("{n} day overdue", "{n} days overdue", n=(today - item.overdue_from).days + 1)
    if state in {"due", "later"} and item.last_day:
        days = (item.last_day - today).days
        if days > 0:
            return msgs("{n} day left", "{n} days left", n=days)
        return msg("today") if days == 0 else msg("grace day")
    can_be_set = state == "waiting" and item.awaited_done(today, soon)
    return msg("date can be set") if can_be_set else STATES[state]


def carried_words(counted: date, office: Office) -> Message:
    """Return why a period ends later than the day its days were counted to (Civil Code 2015 art. 148)."""
    reason = office.calendar.reason(counted)
    return msg("counted to {day} ({reason}), so it ends on the next working day, art. 148", day=counted, reason=reason)


def quota_words(quota: Quota) -> Message:
    """Return how many a party may or must propose."""
    if quota.max is not None:
        return msg("{who}: at most {number} {what}", who=quota.who, number=quota.max, what=quota.what)
    if quota.min is not None:
        return msg("{who}: at least {number} {what}", who=quota.who, number=quota.min, what=quota.what)
    return msg("{who}: {number} {what}", who=quota.who, number=quota.exactly, what=quota.what)
