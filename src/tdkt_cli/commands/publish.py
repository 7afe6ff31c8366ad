"""`tdkt publish`: a static site of feeds, a page that offers them, the board, and the records."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import Annotated

import typer

from tdkt_cli.commands.export import Domain, Done, LeadDays, Name, Previous, Span
from tdkt_cli.commands.feeding import (
    NOT_WRITTEN,
    Origins,
    default_name,
    issue_moment,
    read_address,
    read_profile,
    sources,
    too_large,
    twin,
)
from tdkt_cli.commands.options import Lang, Paths, choice, split
from tdkt_cli.commands.session import Session, open_session, print_error, print_lines, progress
from tdkt_cli.commands.sharing import Shelf, make_share
from tdkt_cli.core.editions import Edition, next_edition
from tdkt_cli.core.messages import Message, msg, msgs
from tdkt_cli.core.plan import ROLES, Role
from tdkt_cli.core.site import Feed, Share, feeds
from tdkt_cli.errors import OK, UNREADABLE
from tdkt_cli.files.cache import Cache, digest, open_cache
from tdkt_cli.files.config import load_config
from tdkt_cli.files.previous import PreviousError, read_edition_file, read_previous
from tdkt_cli.files.site import Site, SiteError
from tdkt_cli.render.board import BoardSettings, board_html
from tdkt_cli.render.calendar import PAGE, SIZE_LIMIT, Head, Profile, feed_text, notice_text
from tdkt_cli.render.index_page import Offer, feed_name, index_html

INDEX, RECORDS = "index.html", "plans.json"
NOTICE = "notice"
NOTHING_PUBLIC = msg("nothing was written: every task says publish: false")

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
    profile = read_profile(config, url=url, domain=domain, span=span, done=done, lead_days=lead_days)
    typed: list[Role] = [choice(each, ROLES, "--role") for each in split(role)]  # type: ignore[misc]
    roles = tuple(typed) or config.settings.publish.roles
    cache = Cache(None) if no_cache else open_cache("publish")
    shelf = Shelf(config, tuple(paths or ()), repr((profile, roles, context.obj.code)), cache)
    session = open_session(context, paths, "", shelf.kept)
    every = _shares(session, shelf, profile, roles)
    code = session.end(plans=not every)
    if code or not every:
        print_error(session.say(NOT_WRITTEN if code else NOTHING_PUBLIC))
        return code
    shares, warnings = _without_twins(every)
    publisher = _Publisher(
        session=session,
        full=lambda: open_session(context, paths, ""),
        profile=profile,
        name=name or default_name(session, [share.title for share in shares]),
        address=read_address(config, url),
        site=Site(folder),
        previous=previous,
        keys={share.plan: key for share, key in zip(every.values(), shelf.keys(every).values(), strict=True)},
        cache=cache,
    )
    try:
        publisher.publish(shares, roles)
    except (PreviousError, SiteError) as error:
        print_error(f"tdkt: {session.say(error.message)}")
        return UNREADABLE
    shelf.keep(every)
    for warning in (*warnings, *publisher.too_large()):
        print_error(session.say(warning))
    print_lines([session.say(publisher.summary())])
    return OK


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


def _without_twins(shares: Mapping[Path, Share]) -> tuple[list[Share], list[Message]]:
    """The shares less the events whose UID another has too, and a warning for each of these."""
    seen: set[str] = set()
    kept, warnings = [], []
    for share in shares.values():
        own = []
        for entry in share.entries:
            if entry.uid in seen:
                warnings.append(twin(entry.ref))
            else:
                seen.add(entry.uid)
                own.append(entry)
        kept.append(share if len(own) == len(share.entries) else replace(share, entries=tuple(own)))
    return kept, warnings


@dataclass(kw_only=True)
class _Publisher:
    """Makes the files of a site and writes those that changed.

    A file that is as it was written, of what it would be made of again, is not made: the cache remembers for each its inputs, its size
    and time, and how many events it has. `full` opens the session with every plan in it.
    """

    session: Session
    full: Callable[[], Session]
    profile: Profile
    name: str
    address: str
    site: Site
    previous: str
    keys: Mapping[str, str]
    cache: Cache
    changed: int = 0
    _written: dict[str, tuple[str, int, int, int]] = field(default_factory=dict)

    def publish(self, shares: Sequence[Share], roles: tuple[Role, ...]) -> None:
        """Write what changed: feeds first, the page that offers them last. Raises PreviousError, SiteError and OSError."""
        office = self.session.workspace.office
        language = self.session.language
        offers = []
        every = tuple(feeds(shares, office.registers.values(), roles, drop_done=self.profile.done == "drop"))
        for feed in progress(every, self.session.say(msg("calendars"))):
            count = self._make(feed.path, [share.plan for share in feed.shares], partial(self._feed, feed))
            if count:
                offers.append(Offer(feed.kind, feed.path, feed_name(feed, language), count, feed.register))
        plans = [share.plan for share in shares]
        board = BoardSettings(name=self.name, lang=language.code, zone=self.profile.zone, feeds=INDEX)
        named = {name for share in shares for name in share.named}
        records = (record for share in shares for record in share.records)
        self._make(RECORDS, plans, lambda: ("[\n" + ",\n".join(records) + "\n]\n", 1))
        self._make(PAGE, plans, lambda: (board_html((share.board for share in shares), named, office, board), 1))
        self._make(INDEX, plans, lambda: (index_html(self.name, offers, self.address, language), 1))
        self._end_feeds()
        self.cache.put(self._cached, self._written)

    def too_large(self) -> list[Message]:
        """A warning for each feed that Google Calendar does not read whole."""
        return [
            too_large(path, size)
            for path, (_, size, _, _) in self._written.items()
            if path.endswith(".ics") and size > SIZE_LIMIT
        ]

    def summary(self) -> Message:
        """How much has changed."""
        return msgs(
            "published: {folder}; {n} file of {all} changed",
            "published: {folder}; {n} files of {all} changed",
            n=self.changed,
            all=len(self._written),
            folder=str(self.site.folder),
        )

    @cached_property
    def _cached(self) -> str:
        return f"site {self.site.folder.resolve()}"

    @cached_property
    def _before(self) -> Mapping[str, Sequence[object]]:
        """What the cache remembers of the files of this site; nothing where they follow another edition."""
        known = None if self.previous else self.cache.get(self._cached)
        return known if isinstance(known, dict) else {}

    def _make(self, path: str, plans: Sequence[str], make: Callable[[], tuple[str, int]]) -> int:
        """Make and write a file of these plans, unless it stands there already; how many events it has. None: no file."""
        inputs = digest(part.encode() for part in (self.name, self.address, *(self.keys[plan] for plan in plans)))
        state = self.site.state(path)
        before = self._before.get(path)
        if state and before and list(before[:3]) == [inputs, *state] and isinstance(before[3], int):
            self._written[path] = (inputs, *state, before[3])
            return before[3]
        text, count = make()
        if count:
            self.changed += self.site.write(path, text)
            self._written[path] = (inputs, *(self.site.state(path) or (0, 0)), count)
        return count

    def _feed(self, feed: Feed) -> tuple[str, int]:
        """The text of a feed and how many events stand in it."""
        texts = {entry.uid: entry.text for entry in feed.entries}
        past = self._past(feed.path)
        if past is None:
            by_plan = {
                share.plan: {entry.uid: entry.text for entry in share.entries if entry.uid in texts}
                for share in feed.shares
            }
            edition = self._origins.first_edition(by_plan)
        else:
            issued = max(issue_moment(date.fromisoformat(share.issued)) for share in feed.shares)
            edition = next_edition(texts, past, issued)
        head = Head(
            name=self.name if feed.kind == "all" else feed_name(feed, self.session.language),
            description=sources(self.session, sorted({share.document for share in feed.shares})),
            zone=self.profile.zone,
            source=f"{self.address}{feed.path}" if self.address else "",
        )
        return feed_text(head, edition, texts), len(edition.versions)

    @cached_property
    def _origins(self) -> Origins:
        whole = len(self.session.workspace.plans) == len(self.keys)
        return Origins(self.session if whole else self.full(), self.profile)

    def _past(self, path: str) -> Edition | None:
        if self.previous:
            return read_previous(f"{self.previous.rstrip('/')}/", path)
        return read_edition_file(self.site.folder / path)

    def _end_feeds(self) -> None:
        """End the feeds that are no more: they hold a notice, until the next edition of the site takes them out."""
        changed = self.changed
        for path in [path for path in self.site.feeds() if path not in self._written]:
            edition = read_edition_file(self.site.folder / path)
            if edition is None:
                continue
            if not any(name.startswith(NOTICE) for name in edition.versions):
                self.changed += self.site.write(path, self._notice(edition))
            elif changed:
                self.site.remove(path)

    def _notice(self, edition: Edition) -> str:
        """The last edition of a feed that is no more, after `edition`."""
        words = self.session.say(msg("This calendar is no longer kept; subscribe anew at {name}", name=self.name))
        name = f"{NOTICE}@{self.profile.domain}"
        texts = {name: notice_text(name, edition.modified.date(), words)}
        head = Head(name=words, description=words, zone=self.profile.zone)
        return feed_text(head, next_edition(texts, edition, edition.modified), texts)
