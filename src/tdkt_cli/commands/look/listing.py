"""Lists of deadlines, as `due`, `overdue` and `list` print them: records for programs, else groups of rows with closing notes."""

import shlex
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from tdkt_cli.commands.shared.options import Filters
from tdkt_cli.commands.shared.selection import filtered_items
from tdkt_cli.commands.shared.session import Session, chosen_format, print_records
from tdkt_cli.core.agenda import Item
from tdkt_cli.core.messages import Message, msg, msgs
from tdkt_cli.core.plan import Plan
from tdkt_cli.core.query import Sort
from tdkt_cli.core.record import record
from tdkt_cli.render.view import View, Viewer

# The filters that a command printed to be typed again repeats, in their order.
_REPEATED = ("unit", "plan", "section", "kind", "from_", "to", "month", "quarter", "role", "text")


def print_items(
    session: Session, found: list[Item], format_: str, by: str, title: str, notes: Callable[[], list[str]]
) -> int:
    """Print items in the format typed, for people in groups `by` under a title and with closing notes. Returns the exit code."""
    kind = chosen_format(format_)
    office, today = session.workspace.office, session.today
    if kind not in {"table", "plain"}:
        print_records((record(item, office, today) for item in found), kind)
    elif session.workspace.plans:
        groups = Viewer(session.language, office, today).groups(found, by)
        session.print_view(View(title, groups, tuple(notes())), kind)
    return session.end()


def overdue_items(session: Session, filters: Filters, sort: Sort = "date") -> list[Item]:
    """Return the items that pass the filters and are overdue, sorted. Raises UsageError."""
    soon, owed = session.workspace.office.soon, filtered_items(session, filters, sort, owed=True)
    return [item for item in owed if item.state(session.today, soon) == "overdue"]


def running_note(session: Session, filters: Filters, overdue: list[Item]) -> list[str]:
    """Return a line that says how much is overdue in running plans and which command lists it; empty where nothing is."""
    running = [item for item in overdue if not has_ended(item.plan, session.today)]
    command = overdue_command(session, filters)
    return [session.say(msg("{n} overdue; {command}", n=counted(running), command=command))] if running else []


def ended_notes(session: Session, filters: Filters, overdue: list[Item]) -> list[str]:
    """Return a line for each plan that has ended: how much is overdue in it, and which command lists it."""
    words = msg("{plan}, which has ended: {n} overdue; {command}")
    notes = []
    for plan in dict.fromkeys(item.plan.id for item in overdue if has_ended(item.plan, session.today)):
        count = counted([item for item in overdue if item.plan.id == plan])
        command = overdue_command(session, replace(filters, plan=[plan]))
        notes.append(session.say(replace(words, args={"plan": plan, "n": count, "command": command})))
    return notes


def overdue_command(session: Session, filters: Filters) -> str:
    """Return the command that lists what is overdue with the same filters, paths and day."""
    words = ["tdkt", "overdue", *map(str, session.paths)]
    default = Filters()
    for name in _REPEATED:
        value = getattr(filters, name)
        if value != getattr(default, name):
            words += [
                word
                for each in ([value] if isinstance(value, str) else value)
                for word in (f"--{name.strip('_')}", each)
            ]
    words += ["--today", session.today.isoformat()] if session.today_typed else []
    return shlex.join(words)


def total(session: Session, found: list[Item], nothing: Message) -> str:
    """Return the line that counts the deadlines found, `nothing` where there are none; repeats of another count once."""
    count = counted(found)
    if not found:
        return session.say(nothing)
    if count == len(found):
        return session.say(msgs("{n} deadline", "{n} deadlines", n=count))
    rows = msgs(
        "{n} deadline in {rows} rows: what repeats another is counted once",
        "{n} deadlines in {rows} rows: what repeats another is counted once",
        n=count,
        rows=len(found),
    )
    return session.say(rows)


def has_ended(plan: Plan, today: date) -> bool:
    """Whether a plan's period is over."""
    return plan.period.end < today


def counted(found: list[Item]) -> int:
    """Return the number of deadlines; one that repeats another counts once with it."""
    return len({item.original.ref if item.original else item.ref for item in found})
