"""`tdkt occurred`: record the day of the event from which deadlines count."""

from dataclasses import replace
from typing import Annotated

import typer

from tdkt_cli.commands.shared.options import Filters, Refs, Writing
from tdkt_cli.commands.shared.parameters import argument
from tdkt_cli.commands.shared.session import open_session
from tdkt_cli.commands.shared.transaction import Edit, edit_items
from tdkt_cli.commands.shared.values import read_day
from tdkt_cli.core.agenda import Item, reckoned_end
from tdkt_cli.core.messages import Message, msg
from tdkt_cli.core.plan import Deadline
from tdkt_cli.core.resolve import Target
from tdkt_cli.files.edit.changes import Change, Put, Replace

Day = Annotated[str, argument("DATE", "The day of the event: 01/03/2023, 2023-03-01.")]


EXAMPLES = (
    (
        "tdkt occurred hanoi-2023/PL1.40#bao-cao 01/3/2023",
        msg("the event was on 1 March; the deadline counts from that day"),
    ),
)


def run(
    context: typer.Context,
    filters: Filters,
    writing: Writing,
    refs: Refs = None,
    *,
    typed: Day,
) -> int:
    """Record the day of the event from which deadlines count, so that they get their dates."""
    session = open_session(context, None, writing.today)
    day = read_day(typed, session.today, "DATE")

    def occurred(item: Item) -> Edit | Message:
        own = Target(item.plan, item.task, item.deadline)
        both = (target.deadline for target in (own, item.original) if target)
        deadlines = [deadline for deadline in both if deadline and deadline.when.event]
        event = item.deadline.when.event
        if event is None:
            return msg("{ref} does not count from an event; tdkt move gives it a date", ref=item.ref)
        if item.original and item.original.plan is not item.plan:
            return msg("{ref} repeats {original}; record it there", ref=item.ref, original=item.original.ref)
        end = reckoned_end(replace(item.deadline.when, event=replace(event, occurred=day)), session.workspace.office)
        said = msg("{ref}: {event} on {day}, so it ends on {end}", ref=item.ref, event=event.event, day=day, end=end)
        if event.occurred:
            said = msg("{said}; until now: {old}", said=said, old=event.occurred)
        return Edit(own, tuple(_recorded(deadline, f"{day}") for deadline in deadlines), said)

    return edit_items(session, refs, filters, occurred, writing, needs="REF DATE")


def _recorded(deadline: Deadline, day: str) -> Change:
    """The change that records the day of the event from which a deadline counts."""
    path, event = (*deadline.path, "after"), deadline.when.event
    return Replace((*path, "occurred"), day) if event and event.occurred else Put(path, "occurred", day)
