"""`tdkt missing`: who has delivered for a deadline that binds a class, who has not, who was late."""

from typing import Annotated

import typer

from tdkt_cli.commands.shared import completions
from tdkt_cli.commands.shared.options import Filters, Today
from tdkt_cli.commands.shared.parameters import argument, option
from tdkt_cli.commands.shared.selection import filtered_items, items_of
from tdkt_cli.commands.shared.session import open_session, print_json, print_lines
from tdkt_cli.core.agenda import OPEN_STATES, Item, binds_several
from tdkt_cli.core.messages import msg
from tdkt_cli.errors import UsageError
from tdkt_cli.render.deliveries import delivery_line, delivery_record, delivery_sheet

Refs = Annotated[
    list[str] | None,
    argument(
        "[REF]...",
        "Deadlines, whole; without any, a line for each that is due or overdue or has begun to come in.",
        completions.refs,
    ),
]
Format = Annotated[str, option("--format", "text|json", "How to print.")]


EXAMPLES = (
    ("tdkt missing", msg("what is being collected now, and how much of it is there")),
    ("tdkt missing hanoi-2023/PL1.9#quan-huyen", msg("which districts have delivered, which have not")),
)


def run(
    context: typer.Context,
    filters: Filters,
    refs: Refs = None,
    format_: Format = "text",
    today: Today = "",
) -> int:
    """Show who has delivered for a deadline that binds a class, who has not, and who was late."""
    session = open_session(context, None, today)
    office, day = session.workspace.office, session.today

    def is_awaited(item: Item) -> bool:
        state = item.state(day, office.soon)
        return state in {"due", "overdue"} or (bool(item.progress.received) and state in OPEN_STATES)

    if refs:
        found = [item for ref in refs for item in items_of(session, ref) if binds_several(item, office)]
        if not found:
            raise UsageError(msg("{ref} does not bind a class, so deliveries are not counted", ref=", ".join(refs)))
    else:
        among = filtered_items(session, filters)
        found = [item for item in among if binds_several(item, office) and (filters.state or is_awaited(item))]
    if format_ == "json":
        print_json([delivery_record(item, office, day) for item in found])
    elif refs:
        for index, item in enumerate(found):
            print_lines([""] if index else [])
            print_lines(delivery_sheet(item, session.language, office, day))
    else:
        print_lines(delivery_line(item, session.language, office, day) for item in found)
        if not found:
            print_lines([session.say(msg("No deadline fits"))])
    return session.end()
