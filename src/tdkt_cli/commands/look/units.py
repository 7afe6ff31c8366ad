"""`tdkt units`: the registers, or one unit with its names and groups."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from tdkt_cli.commands.shared import completions
from tdkt_cli.commands.shared.options import TextOrJson, Today
from tdkt_cli.commands.shared.parameters import argument
from tdkt_cli.commands.shared.selection import refuse_unit
from tdkt_cli.commands.shared.session import Session, open_session, print_json, print_lines
from tdkt_cli.core.messages import Message, msg, msgs
from tdkt_cli.core.text import collation_key, visible
from tdkt_cli.core.units import Body, Group, Register
from tdkt_cli.render.layout import field_lines

Name = Annotated[
    list[str] | None, argument("[NAME]", "A unit by name, alias or id; accents may be left out.", completions.units)
]

EXAMPLES = (
    ("tdkt units", msg("all bodies and groups")),
    ('tdkt units "so y te"', msg("one body: its names and its groups")),
)


def run(context: typer.Context, words: Name = None, format_: TextOrJson = "text", today: Today = "") -> int:
    """List the bodies and groups of the registers, or show one with its names, groups and members."""
    name = " ".join(words or ())
    session = open_session(context, None, today)
    registers = session.workspace.office.registers.values()
    found = [
        (register, party) for register in registers for party in (register.search(name) if name else register.parties)
    ]
    if name and not found:
        refuse_unit(session, name)
    if format_ == "json":
        print_json([_record(register, party, session) for register, party in found])
    elif name:
        print_lines(line for register, party in found for line in _sheet(register, party, session))
    else:
        print_lines(line for register in registers for line in _listed(register, session))
    return session.end(plans=False)


def _listed(register: Register, session: Session) -> Iterator[str]:
    bodies, groups = len(register.bodies), len(register.groups)
    counts = (msgs("{n} body", "{n} bodies", n=bodies), msgs("{n} group", "{n} groups", n=groups))
    yield f"{register.id}: {visible(register.name)} ({', '.join(map(session.say, counts))})"
    room = max((len(party.id) for party in register.parties), default=0)
    for party in sorted(register.parties, key=lambda party: (isinstance(party, Group), collation_key(party.name))):
        mark = f"  [{session.say(_size(register, party, session))}]" if isinstance(party, Group) else ""
        yield f"  {party.id.ljust(room)}  {visible(party.name)}{mark}"
    yield ""


def _size(register: Register, group: Group, session: Session) -> Message:
    day = min(session.today, group.valid_to or session.today)  # a group that has ended is shown as it was
    members = register.members(group, day)
    if members is not None:
        return msgs("group of {n} body", "group of {n} bodies", n=len(members))
    return msg("open group")


def _groups(register: Register, party: Body | Group) -> list[Body | Group]:
    ids = register.with_groups([party.id]) - {party.id}
    return sorted((register.by_id[id_] for id_ in ids), key=lambda group: collation_key(group.name))


def _sheet(register: Register, party: Body | Group, session: Session) -> Iterator[str]:
    say = session.say
    yield visible(party.name)
    parent = register.by_id.get(party.parent or "") if isinstance(party, Body) else None
    until = session.language.date(party.valid_to) if party.valid_to else ""
    since = session.language.date(party.valid_from) if party.valid_from else ""
    successors = party.successors if isinstance(party, Body) else ()
    fields = [
        (msg("id"), f"{register.id}/{party.id}"),
        (msg("short name"), party.short or ""),
        (msg("also written"), "; ".join(party.aliases)),
        (msg("belongs to"), parent.name if parent else ""),
        (msg("valid from"), since),
        (msg("valid until"), until),
        (msg("successors"), "; ".join(register.by_id[id_].name for id_ in successors if id_ in register.by_id)),
        (msg("member of"), "\n".join(group.name for group in _groups(register, party))),
        (
            msg("members"),
            "; ".join(register.by_id[id_].name for id_ in party.members if id_ in register.by_id)
            if isinstance(party, Group)
            else "",
        ),
        (msg("size"), say(_size(register, party, session)) if isinstance(party, Group) else ""),
        (msg("notes"), party.note or ""),
    ]
    yield from field_lines(fields, session.language)
    yield ""


def _record(register: Register, party: Body | Group, session: Session) -> dict[str, Any]:
    group = isinstance(party, Group)
    return {
        "register": register.id,
        "id": party.id,
        "kind": "group" if group else "body",
        "name": party.name,
        "short": party.short,
        "aliases": list(party.aliases),
        "valid_from": party.valid_from.isoformat() if party.valid_from else None,
        "valid_to": party.valid_to.isoformat() if party.valid_to else None,
        "parent": party.parent if isinstance(party, Body) else None,
        "successors": list(party.successors) if isinstance(party, Body) else [],
        "groups": [above.id for above in _groups(register, party)],
        "members": list(party.members) if isinstance(party, Group) else [],
        "open": register.members(party, session.today) is None,
        "note": party.note,
    }
