"""`tdkt overdue`: what is open and late."""

import typer

from tdkt_cli.commands.look.listing import ended_notes, has_ended, overdue_items, print_items, total
from tdkt_cli.commands.shared.options import Arrangement, Filters, Format, Paths, Today
from tdkt_cli.commands.shared.session import chosen_format, open_session
from tdkt_cli.core.messages import msg

EXAMPLES = (
    ("tdkt overdue", msg("what is late, and who is late with it")),
    ("tdkt overdue --plan hanoi-2023", msg("of one plan, even when its period has ended")),
    ("tdkt overdue --group-by unit", msg("by unit, to remind each")),
)


def run(
    context: typer.Context,
    filters: Filters,
    arrangement: Arrangement,
    paths: Paths = None,
    format_: Format = "",
    today: Today = "",
) -> int:
    """Show what is overdue. Plans whose period has ended are summed up, unless --plan names them."""
    session = open_session(context, paths, today)
    overdue = overdue_items(session, filters, arrangement.sort)
    is_for_people = chosen_format(format_) in {"table", "plain"} and not filters.plan
    listed = [item for item in overdue if not (is_for_people and has_ended(item.plan, session.today))]

    def notes() -> list[str]:
        sums = ended_notes(session, filters, overdue) if is_for_people else []
        nothing = msg("Nothing is overdue in plans that are running") if sums else msg("Nothing is overdue")
        return [total(session, listed, nothing), *sums]

    title = session.say(msg("Overdue on {today}", today=session.language.day(session.today)))
    return print_items(session, listed, format_, arrangement.group_by or "plan", title, notes)
