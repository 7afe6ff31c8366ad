"""`tdkt export`: deadlines as a file for other programs, an iCalendar feed."""

import errno
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, get_args

import typer

from tdkt_cli.commands.publish.feeds import (
    EditionHistory,
    Event,
    default_name,
    description,
    document_name,
    domain_notes,
    nothing_written,
    plan_title,
    too_large,
    without_duplicates,
)
from tdkt_cli.commands.shared.options import Filters, Paths, Today
from tdkt_cli.commands.shared.parameters import argument, flag, option
from tdkt_cli.commands.shared.profile import read_profile
from tdkt_cli.commands.shared.selection import filtered_items, read_query
from tdkt_cli.commands.shared.session import open_session, print_error
from tdkt_cli.commands.shared.values import choice
from tdkt_cli.core.feeds.editions import Edition
from tdkt_cli.core.feeds.events import Choice, domain_of, for_calendar, uid
from tdkt_cli.core.messages import Message, msg, msgs, reason
from tdkt_cli.errors import OK, UNREADABLE, UsageError
from tdkt_cli.files.published_feed import PreviousError, read_edition_file, read_previous
from tdkt_cli.files.writer import write_whole
from tdkt_cli.render.icalendar import SIZE_LIMIT, DoneChoice, Head, event_texts, feed_text

_KINDS = ("ics",)

Kind = Annotated[str, argument("ics", "The kind of file: ics, a calendar feed.")]
Output = Annotated[
    Path | None, option("--output", "FILE", "The file to write; by default, standard output.", short="-o")
]
Previous = Annotated[
    str, option("--previous", "FILE|DIR|URL", "The edition before this one; by default the file being replaced.")
]
Name = Annotated[str, option("--name", "NAME", "The name that calendar programs show.")]
Domain = Annotated[str, option("--domain", "DOMAIN", "The domain in the ids of events; do not change it later.")]
Url = Annotated[str, option("--url", "URL", "The address of the published site, to which events link.")]
Done = Annotated[
    DoneChoice | None,
    option("--done", "|".join(get_args(DoneChoice)), "What to do with done items; by default, mark them."),
]
Span = Annotated[bool, flag("--span", "Periods on all of their days, not on the last only.")]
LeadDays = Annotated[str, option("--lead-days", "N,N", "Reminders this many days before: 7,1.")]

EXAMPLES = (
    ('tdkt export ics --unit "so y te" --output so-y-te.ics', msg("a calendar of what binds Sở Y tế")),
    (
        "tdkt export ics --plan hanoi-2023 --lead-days 7,1 --output hanoi.ics",
        msg("one plan, with reminders a week and a day before"),
    ),
)


def run(
    context: typer.Context,
    *,
    filters: Filters,
    format_: Kind,
    paths: Paths = None,
    output: Output = None,
    previous: Previous = "",
    span: Span = False,
    lead_days: LeadDays = "",
    done: Done = None,
    name: Name = "",
    domain: Domain = "",
    url: Url = "",
    today: Today = "",
) -> int:
    """Export deadlines as an iCalendar feed."""
    choice(format_, _KINDS, "tdkt export")
    session = open_session(context, paths, today)
    code = session.end()
    if code:
        print_error(session.say(nothing_written(session)))
        return code
    workspace = session.workspace
    profile = read_profile(workspace.config, url=url, domain=domain, span=span, done=done, lead_days=lead_days)
    unique, warnings = without_duplicates(
        filtered_items(session, filters), lambda item: uid(item, profile.domain), lambda item: item.ref
    )
    selected = for_calendar(unique, workspace.office, drop_done=profile.done == "drop")
    try:
        past = _previous_edition(output, previous)
    except PreviousError as error:
        print_error(f"tdkt: {session.say(error.message)}")
        return UNREADABLE
    texts = event_texts(selected.items, workspace.office, session.language, profile)
    plans = {item.plan.id: item.plan for item in selected.items}
    events = [Event(item.plan.id, *event) for item, event in zip(selected.items, texts.items(), strict=True)]
    history = EditionHistory(lambda: session, profile)
    edition = history.edition(past, events, (plan.names_as_of for plan in plans.values()))
    warnings += history.notes()
    if past:
        warnings += domain_notes(map(domain_of, past.versions), profile.domain)
    registers = workspace.office.registers
    asked = [
        party
        for id_, ids in read_query(session, filters).asked.items()
        for party in registers[id_].parties
        if party.id in ids
    ]
    units = ", ".join(party.name for party in asked)
    head = Head(
        name=name or units or default_name(session, list(map(plan_title, plans.values()))),
        description=description(session, map(document_name, plans.values())),
        zone=profile.zone,
    )
    feed = feed_text(head, edition, texts)
    _write(output, feed)
    for warning in (*warnings, *_summary(selected, head.name, output, len(feed.encode()), len(edition.versions))):
        print_error(session.say(warning))
    return OK


def _previous_edition(output: Path | None, previous: str) -> Edition | None:
    if output and output.is_dir():
        why = reason(IsADirectoryError(errno.EISDIR, ""))
        raise UsageError(msg("could not write {file}: {reason}", file=str(output), reason=why))
    if previous:
        return read_previous(previous, output.name if output else "")
    return read_edition_file(output) if output else None


def _write(output: Path | None, text: str) -> None:
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()
    elif not output.parent.is_dir():
        raise UsageError(msg("there is no folder {folder}", folder=str(output.parent)))
    elif not output.is_file() or output.read_bytes() != text.encode():  # calendar programs reread a file that is newer
        write_whole(output, text)


def _summary(selected: Choice, name: str, output: Path | None, size: int, n: int) -> Iterator[Message]:
    """Yield what went into the feed, of `size` octets and with `n` events, and what did not."""
    if output:
        yield msgs("written: {file}, “{name}”, {n} event", "written: {file}, “{name}”, {n} events", n=n, file=str(output), name=name)  # fmt: skip
    if not n:
        yield msg("the feed is empty: no deadline with a day fits")
    dateless, withheld = selected.dateless, selected.withheld
    if dateless:
        yield msgs(
            "{n} deadline has no date and is not in the feed",
            "{n} deadlines have no date and are not in the feed",
            n=dateless,
        )
    if withheld:
        yield msgs("{n} deadline has publish: false and is not in the feed", "{n} deadlines have publish: false and are not in the feed", n=withheld)  # fmt: skip
    if size > SIZE_LIMIT:
        yield too_large(output.name if output else "ics", size)
