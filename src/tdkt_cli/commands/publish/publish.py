"""`tdkt publish`: a static site of feeds, a page that offers them, the board, and the records."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from tdkt_cli.commands.publish.export import Domain, Done, LeadDays, Name, Previous, Span
from tdkt_cli.commands.publish.feeds import default_name, not_written, too_large, without_twins
from tdkt_cli.commands.publish.plan_parts import Shelf, make_share
from tdkt_cli.commands.publish.site import FEEDS, Editions, Publisher
from tdkt_cli.commands.shared.options import Lang, Paths, choice, split
from tdkt_cli.commands.shared.profile import read_address, read_profile
from tdkt_cli.commands.shared.session import Session, open_session, print_error, print_lines, progress
from tdkt_cli.core.feeds.site import Share
from tdkt_cli.core.messages import Message, msg, msgs
from tdkt_cli.core.plan import ROLES, Role
from tdkt_cli.errors import OK, UNREADABLE, UsageError
from tdkt_cli.files.cache import Cache, open_cache
from tdkt_cli.files.config import Config, load_config
from tdkt_cli.files.previous_edition import PreviousError
from tdkt_cli.files.site_folder import Site, SiteError
from tdkt_cli.render.calendar import SIZE_LIMIT, Profile

_SHOWN = 5
NOTHING_PUBLIC = msg("nothing was written: every task says publish: false")
NO_TASKS = msg("nothing was written: there are no tasks yet; tdkt add makes one")

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The folder of the site; made where it is missing.")]
Role_ = Annotated[
    list[str] | None,
    typer.Option(
        "--role",
        metavar="lead|executor|coordinator|advisor",
        help="Feeds too for what each unit does in this role.",
        show_default=False,
    ),
]
NoCache = Annotated[bool, typer.Option("--no-cache", help="Make everything anew, taking nothing from the cache.")]
Url = Annotated[
    str, typer.Option(metavar="URL", help="The address under which the site is published.", show_default=False)
]

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
    done: Done = "",
    name: Name = "",
    domain: Domain = "",
    url: Url = "",
    no_cache: NoCache = False,
    _lang: Lang = "",
) -> int:
    """Publish a site: a calendar feed for each plan and unit, a page that offers them, the board, the records."""
    config = load_config(Path.cwd())
    _refuse_folder(folder, config)
    profile = read_profile(config, url=url, domain=domain, span=span, done=done, lead_days=lead_days)
    typed: list[Role] = [choice(each, ROLES, "--role") for each in split(role)]
    roles = tuple(typed) or config.settings.publish.roles
    cache = Cache(None) if no_cache else open_cache("publish")
    shelf = Shelf(config, tuple(paths or ()), repr((profile, roles, context.obj.code)), cache)
    session = open_session(context, paths, "", shelf.kept)
    needed = shelf.needed(session.workspace.plans)
    if needed:
        session = open_session(context, paths, "", shelf.kept.keys() - needed)
    every = _shares(session, shelf, profile, roles)
    code = session.end(plans=not every)
    if code or not every:
        nothing = NOTHING_PUBLIC if any(plan.tasks for plan in session.workspace.plans) else NO_TASKS
        print_error(session.say(not_written(session) if code else nothing))
        return code
    shares, warnings = _without_doubles(every)
    read = {plan.id for plan in session.workspace.plans}
    editions = Editions(
        session=session,
        full=lambda: session if read >= {share.plan for share in shares} else open_session(context, paths, ""),
        profile=profile,
        name=name or default_name(session, [share.title for share in shares]),
        address=read_address(config, url),
        folder=folder,
        previous=previous,
    )
    keys = tuple(shelf.keys(every).values())
    publisher = Publisher(editions=editions, site=Site(folder), keys=keys, environment=shelf.environment, cache=cache)
    try:
        publisher.publish(shares, roles, drop_done=profile.done == "drop")
    except (PreviousError, SiteError) as error:
        print_error(f"tdkt: {session.say(error.message)}")
        return UNREADABLE
    shelf.keep(every)
    for note in (*warnings, *_notes(publisher)):
        print_error(session.say(note))
    print_lines([session.say(_summary(publisher))])
    return OK


def _refuse_folder(folder: Path, config: Config) -> None:
    """Raise the UsageError for a file, and for a folder whose other content would stand among the files of a site."""
    if folder.is_file():
        raise UsageError(msg("{folder} is a file; name the folder of the site: tdkt publish site", folder=str(folder)))
    target, root = folder.resolve(), (config.root or Path.cwd()).resolve()
    own = (root, config.plans.resolve())
    if any(each.is_relative_to(target) for each in own) and not (folder / FEEDS).exists():
        words = msg(
            "{folder} holds your plans or settings; name a folder of its own for the site: tdkt publish site",
            folder=str(folder),
        )
        raise UsageError(words)


def _shares(session: Session, shelf: Shelf, profile: Profile, roles: tuple[Role, ...]) -> dict[Path, Share]:
    """The shares of all plans by their files, in the order of the files."""
    here = Path.cwd()
    made = {
        Path(os.path.normpath(here / plan.source.file)): share
        for plan in progress(session.workspace.plans, session.say(msg("plans")))
        if (share := make_share(session, plan, profile, roles))
    }
    every = {**shelf.kept, **made}
    return {path: every[path] for path in shelf.files if path in every}


def _without_doubles(shares: Mapping[Path, Share]) -> tuple[list[Share], list[Message]]:
    """The shares less the plans and events that bear the id of another, and a warning for each of these."""
    plans: dict[str, Share] = {}
    warnings = [
        msg("left out: {file}, whose id {id} another plan has; tdkt check says where", file=path.name, id=share.plan)
        for path, share in shares.items()
        if plans.setdefault(share.plan, share) is not share
    ]
    entries = [entry for share in plans.values() for entry in share.entries]
    kept, twins = without_twins(entries, lambda entry: entry.uid, lambda entry: entry.ref)
    if twins:
        own = set(map(id, kept))
        plans = {
            plan: replace(share, entries=tuple(entry for entry in share.entries if id(entry) in own))
            for plan, share in plans.items()
        }
    return list(plans.values()), [*warnings, *twins]


def _notes(publisher: Publisher) -> Iterator[Message]:
    """What a person should know: feeds that Google Calendar does not read whole, feeds that have ended, a missing address."""
    for path, size in publisher.sizes.items():
        if path.endswith(".ics") and size > SIZE_LIMIT:
            yield too_large(path, size)
    yield from publisher.editions.notes()
    ended: Sequence[str] = publisher.ended
    if ended:
        yield msgs(
            "{n} calendar has ended and holds a notice alone: {files}",
            "{n} calendars have ended and hold a notice alone: {files}",
            n=len(ended),
            files=", ".join(ended[:_SHOWN]) + ("…" if len(ended) > _SHOWN else ""),
        )
    if not publisher.editions.address:
        yield msg(
            "nobody can subscribe yet: give the address of the site with --url, or as url in [publish] of tdkt.toml"
        )


def _summary(publisher: Publisher) -> Message:
    return msgs(
        "published: {folder}; {n} file of {all} changed",
        "published: {folder}; {n} files of {all} changed",
        n=publisher.changed,
        all=len(publisher.sizes) + len(publisher.ended) + 1,
        folder=str(publisher.site.folder),
    )
