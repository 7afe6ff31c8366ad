"""`tdkt publish`: a static site of calendar feeds, a page that lists them, the board, and the records."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from tdkt_cli.commands.publish.export import Domain, Done, LeadDays, Name, Previous, Span
from tdkt_cli.commands.publish.feeds import (
    EditionHistory,
    default_name,
    nothing_written,
    too_large,
    without_duplicates,
)
from tdkt_cli.commands.publish.plan_parts import PartCache, make_part
from tdkt_cli.commands.publish.site import FEEDS, Editions, Publisher
from tdkt_cli.commands.shared import completions
from tdkt_cli.commands.shared.options import Paths
from tdkt_cli.commands.shared.parameters import argument, flag, option
from tdkt_cli.commands.shared.profile import read_address, read_profile
from tdkt_cli.commands.shared.session import Session, open_session, print_error, print_lines, progress
from tdkt_cli.commands.shared.values import choice, split
from tdkt_cli.core.feeds.site import PlanPart
from tdkt_cli.core.messages import Message, msg, msgs
from tdkt_cli.core.plan import ROLES, Role
from tdkt_cli.errors import OK, UNREADABLE, UsageError
from tdkt_cli.files.cache import Cache, open_cache
from tdkt_cli.files.config import Config, load_config
from tdkt_cli.files.published_feed import PreviousError
from tdkt_cli.files.site_folder import Site, SiteError
from tdkt_cli.render.icalendar import SIZE_LIMIT, Profile

_SHOWN = 5
_ROLES = "|".join(ROLES)
NOTHING_PUBLIC = msg("nothing was written: every task says publish: false")
NO_TASKS = msg("nothing was written: there are no tasks yet; tdkt add makes one")

Folder = Annotated[Path, argument("DIR", "The folder of the site; created if it is missing.")]
Role_ = Annotated[
    list[str] | None,
    option("--role", _ROLES, "Feeds too for what each unit does in this role.", complete=completions.one_of(_ROLES)),
]
NoCache = Annotated[bool, flag("--no-cache", "Rebuild everything without using the cache.")]
Url = Annotated[str, option("--url", "URL", "The address under which the site is published.")]

EXAMPLES = (
    ("tdkt publish site", msg("make the site, or what has changed of it")),
    ("tdkt publish site --url https://lich.example.vn/tdkt/", msg("with addresses that people can subscribe to")),
)


def run(
    context: typer.Context,
    *,
    folder: Folder,
    paths: Paths = None,
    previous: Previous = "",
    role: Role_ = None,
    span: Span = False,
    lead_days: LeadDays = "",
    done: Done = None,
    name: Name = "",
    domain: Domain = "",
    url: Url = "",
    no_cache: NoCache = False,
) -> int:
    """Publish a site: a calendar feed for each plan and unit, a page that offers them, the board, the records."""
    config = load_config(Path.cwd())
    _refuse_folder(folder, config)
    profile = read_profile(config, url=url, domain=domain, span=span, done=done, lead_days=lead_days)
    roles: tuple[Role, ...] = tuple(choice(each, ROLES, "--role") for each in split(role))
    roles = roles or config.settings.publish.roles
    cache = Cache(None) if no_cache else open_cache("publish")
    part_cache = PartCache(config, tuple(paths or ()), repr((profile, roles, context.obj.code)), cache)
    session = open_session(context, paths, "", part_cache.valid)
    needed = part_cache.needed(session.workspace.plans)
    if needed:
        session = open_session(context, paths, "", part_cache.valid.keys() - needed)
    parts = _parts(session, part_cache, profile, roles)
    code = session.end(plans=not parts)
    if code or not parts:
        nothing = NOTHING_PUBLIC if any(plan.tasks for plan in session.workspace.plans) else NO_TASKS
        print_error(session.say(nothing_written(session) if code else nothing))
        return code
    unique, warnings = _without_duplicates(parts)
    read = {plan.id for plan in session.workspace.plans}
    is_whole = read >= {part.plan for part in unique}
    editions = Editions(
        session=session,
        history=EditionHistory(lambda: session if is_whole else open_session(context, paths, ""), profile),
        name=name or default_name(session, [part.title for part in unique]),
        address=read_address(config, url),
        folder=folder,
        previous=previous,
    )
    digests = tuple(part_cache.digests(parts).values())
    publisher = Publisher(editions, Site(folder), digests, part_cache.environment, cache)
    try:
        publisher.publish(unique, roles)
    except (PreviousError, SiteError) as error:
        print_error(f"tdkt: {session.say(error.message)}")
        return UNREADABLE
    part_cache.store(parts)
    for note in (*warnings, *_notes(publisher)):
        print_error(session.say(note))
    published = msgs(
        "published: {folder}; {n} file of {all} changed",
        "published: {folder}; {n} files of {all} changed",
        n=publisher.changed,
        all=len(publisher.sizes) + len(publisher.ended) + 1,
        folder=str(folder),
    )
    print_lines([session.say(published)])
    return OK


def _refuse_folder(folder: Path, config: Config) -> None:
    """Raise UsageError for a file, and for a folder in which plans or settings would lie among the files of the site."""
    if folder.is_file():
        raise UsageError(msg("{folder} is a file; name the folder of the site: tdkt publish site", folder=str(folder)))
    target, root = folder.resolve(), (config.root or Path.cwd()).resolve()
    if any(own.is_relative_to(target) for own in (root, config.plans.resolve())) and not (folder / FEEDS).exists():
        words = msg(
            "{folder} holds your plans or settings; name a folder of its own for the site: tdkt publish site",
            folder=str(folder),
        )
        raise UsageError(words)


def _parts(session: Session, cache: PartCache, profile: Profile, roles: tuple[Role, ...]) -> dict[Path, PlanPart]:
    """Return the parts of all plans by their files, in the order of the files."""
    parts = dict(cache.valid)
    for plan in progress(session.workspace.plans, session.say(msg("plans"))):
        part = make_part(session, plan, profile, roles)
        if part:
            parts[Path(os.path.normpath(Path.cwd() / plan.source.file))] = part
    return {path: parts[path] for path in cache.files if path in parts}


def _without_duplicates(parts: Mapping[Path, PlanPart]) -> tuple[list[PlanPart], list[Message]]:
    """Return the parts without plans and events that have the id of another, and a warning for each of these."""
    plans: dict[str, PlanPart] = {}
    warnings = [
        msg(
            "left out: {file}, because another plan has the id {id}; tdkt check says where",
            file=path.name,
            id=part.plan,
        )
        for path, part in parts.items()
        if plans.setdefault(part.plan, part) is not part
    ]
    entries = [entry for part in plans.values() for entry in part.entries]
    unique, duplicates = without_duplicates(entries, lambda entry: entry.uid, lambda entry: entry.ref)
    own = set(map(id, unique))
    return [
        replace(part, entries=tuple(entry for entry in part.entries if id(entry) in own)) for part in plans.values()
    ], [*warnings, *duplicates]


def _notes(publisher: Publisher) -> Iterator[Message]:
    """Yield what people should know: feeds too large for Google Calendar, feeds that have ended, a missing address."""
    for path, size in publisher.sizes.items():
        if path.endswith(".ics") and size > SIZE_LIMIT:
            yield too_large(path, size)
    yield from publisher.editions.notes()
    ended = publisher.ended
    if ended:
        yield msgs(
            "{n} calendar has ended and contains only a notice: {files}",
            "{n} calendars have ended and contain only a notice: {files}",
            n=len(ended),
            files=", ".join(ended[:_SHOWN]) + ("…" if len(ended) > _SHOWN else ""),
        )
    if not publisher.editions.address:
        yield msg(
            "nobody can subscribe yet: give the address of the site with --url, or as url in [publish] of tdkt.toml"
        )
