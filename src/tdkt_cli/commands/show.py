"""`tdkt show`: one task or deadline, whole."""

from typing import Annotated

import typer

from tdkt_cli.commands.options import Format, Lang, Paths, Today
from tdkt_cli.commands.session import Session, chosen_format, open_session, print_lines, print_records
from tdkt_cli.core.agenda import Item, items
from tdkt_cli.core.messages import msg
from tdkt_cli.core.record import record
from tdkt_cli.core.resolve import Target
from tdkt_cli.core.text import nearest
from tdkt_cli.errors import UsageError
from tdkt_cli.render.sheet import sheet

Ref = Annotated[str, typer.Argument(metavar="REF", help="A task or deadline: hanoi-2023/PL1.3, PL1.3#hop.")]


def run(
    context: typer.Context, ref: Ref, paths: Paths = None, format_: Format = "", today: Today = "", _lang: Lang = ""
) -> int:
    """Show a task or a deadline whole: as issued, as reckoned, what has been done."""
    kind = chosen_format(format_)
    session = open_session(context, paths, today)
    target = _target(session, ref)
    occurrence = ref.partition("@")[2]
    found = [item for item in items((target.plan,), session.workspace.office) if _is_meant(item, target, occurrence)]
    if not found:
        raise UsageError(msg("the deadline {ref} does not fall on {day}", ref=target.ref, day=occurrence))
    office = session.workspace.office
    if kind in {"table", "plain"}:
        print_lines(sheet(found, session.language, office, session.today))
    else:
        print_records((record(item, office, session.today) for item in found), kind)
    return session.end()


def _target(session: Session, ref: str) -> Target:
    index = session.workspace.office.index
    targets = index.find(ref) or index.find_loosely(ref)
    if len(targets) == 1:
        return targets[0]
    session.end()  # it may stand in a file that was left out
    if targets:
        raise UsageError(
            msg(
                "{ref} stands in several plans; name one: {refs}",
                ref=ref,
                refs=", ".join(target.ref for target in targets),
            )
        )
    known = index.refs()
    plain = {known_ref.partition("/")[2]: known_ref for known_ref in reversed(known)}
    near = nearest(ref, known) if "/" in ref else plain.get(nearest(ref, list(plain)) or "")
    if near:
        raise UsageError(msg("there is no {ref}; did you mean {near}?", ref=ref, near=near))
    raise UsageError(msg("there is no {ref}; tdkt list shows every reference", ref=ref))


def _is_meant(item: Item, target: Target, occurrence: str) -> bool:
    return (
        item.task is target.task
        and (target.deadline is None or item.deadline is target.deadline)
        and (not occurrence or (item.occurrence is not None and item.occurrence.isoformat() == occurrence))
    )
