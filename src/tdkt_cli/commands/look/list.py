"""`tdkt list`: every deadline, or those that the filters choose."""

import typer

from tdkt_cli.commands.look.listing import report
from tdkt_cli.commands.shared.options import Filters, Format, Lang, Paths, Today, with_options
from tdkt_cli.commands.shared.selection import chosen, grouping, total
from tdkt_cli.commands.shared.session import chosen_format, open_session
from tdkt_cli.commands.shared.values import split
from tdkt_cli.core.messages import msg


def _asks_what_waits(filters: Filters) -> bool:
    """Whether only things without a date are asked for: they are listed by what they wait for."""
    asked = {*split(filters.state), *split(filters.kind)}
    return bool(asked) and asked <= {"waiting", "after"}


EXAMPLES = (
    ("tdkt list --plan hanoi-2023 --quarter 2023-Q2", msg("the second quarter of one plan")),
    ("tdkt list --state waiting --group-by waiting", msg("what has no date yet, by what it waits for")),
    ('tdkt list --text "co thi dua" --format json', msg("everything about one subject, for another program")),
)


@with_options
def run(
    context: typer.Context,
    filters: Filters,
    paths: Paths = None,
    format_: Format = "",
    today: Today = "",
    _lang: Lang = "",
) -> int:
    """List every deadline, or those that the filters choose."""
    kind = chosen_format(format_)
    session = open_session(context, paths, today)
    by = grouping(filters, "waiting" if _asks_what_waits(filters) else "plan")
    found = chosen(session, filters)
    return report(session, found, kind, by, "", lambda: [total(session, found, msg("No deadline fits"))])
