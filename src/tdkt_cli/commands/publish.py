"""`tdkt publish`: a static site of feeds, a page that offers them, the board, and the records."""

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import Annotated

import typer

from tdkt_cli.commands.export import Domain, Done, LeadDays, Name, Previous, Span
from tdkt_cli.commands.feeding import (
    Origins,
    default_name,
    issue_moment,
    not_written,
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
from tdkt_cli.core.text import json_text
from tdkt_cli.errors import OK, UNREADABLE
from tdkt_cli.files.cache import Cache, digest, open_cache
from tdkt_cli.files.config import load_config
from tdkt_cli.files.previous import PreviousError, read_bytes, read_edition_file, read_file, read_previous
from tdkt_cli.files.site import Site, SiteError
from tdkt_cli.render.board import BoardSettings, board_html
from tdkt_cli.render.calendar import PAGE, SIZE_LIMIT, Head, Profile, feed_text, notice_text
from tdkt_cli.render.index_page import Offer, feed_name, index_html

INDEX, RECORDS, FEEDS = "index.html", "plans.json", "feeds.json"
NOTICE = "notice"
_FEED = re.compile(r"[a-z0-9-]+(?:/[a-z0-9-]+)*\.ics", re.ASCII)
_SHOWN = 5
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
        print_error(session.say(not_written(session) if code else NOTHING_PUBLIC))
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
    for warning in (*warnings, *publisher.notes()):
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
    advanced: bool = False
    ended: list[str] = field(default_factory=list)
    _written: dict[str, tuple[str, int, int, int]] = field(default_factory=dict)

    def publish(self, shares: Sequence[Share], roles: tuple[Role, ...]) -> None:
        """Write what changed: feeds first, the page that offers them last. Raises PreviousError, SiteError and OSError."""
        office = self.session.workspace.office
        language = self.session.language
        past = self._past_feeds()
        every = tuple(feeds(shares, office.registers.values(), roles, drop_done=self.profile.done == "drop"))
        offers = []
        for feed in progress(every, self.session.say(msg("calendars"))):
            count = self._make(feed.path, [share.plan for share in feed.shares], partial(self._feed, feed))
            if count:
                offers.append(Offer(feed.kind, feed.path, feed_name(feed, language), count, feed.register))
        plans = [share.plan for share in shares]
        board = BoardSettings(name=self.name, lang=language.code, zone=self.profile.zone, feeds=INDEX)
        named = {name for share in shares for name in share.named}
        records = (record for share in shares for record in share.records)
        self._make(RECORDS, plans, lambda: (_json_lines(records), 1))
        self._make(PAGE, plans, lambda: (board_html((share.board for share in shares), named, office, board), 1))
        self._make(INDEX, plans, lambda: (index_html(self.name, offers, self.address, language), 1))
        self._end_feeds(past)
        ended = ({"path": path, "ended": True} for path in self.ended)
        self.changed += self.site.write(FEEDS, _json_lines(json_text(row) for row in (*map(asdict, offers), *ended)))
        self.cache.put(self._cached, self._written)

    def notes(self) -> Iterator[Message]:
        """What a person should know: feeds that Google Calendar does not read whole, feeds that have ended, a missing address."""
        for path, (_, size, _, _) in self._written.items():
            if path.endswith(".ics") and size > SIZE_LIMIT:
                yield too_large(path, size)
        if self.ended:
            more = "…" if len(self.ended) > _SHOWN else ""
            yield msgs(
                "{n} calendar has ended and holds a notice alone: {files}",
                "{n} calendars have ended and hold a notice alone: {files}",
                n=len(self.ended),
                files=", ".join(self.ended[:_SHOWN]) + more,
            )
        if not self.address:
            yield msg(
                "nobody can subscribe yet: give the address of the site with --url, or as url in [publish] of tdkt.toml"
            )

    def summary(self) -> Message:
        """How much has changed."""
        return msgs(
            "published: {folder}; {n} file of {all} changed",
            "published: {folder}; {n} files of {all} changed",
            n=self.changed,
            all=len(self._written) + len(self.ended) + 1,
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
        self.advanced = self.advanced or past is None or edition.versions != past.versions
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

    @property
    def _place(self) -> str:
        """Where the previous edition of the site stands, where that is said."""
        return f"{self.previous.rstrip('/')}/"

    def _past(self, path: str) -> Edition | None:
        if self.previous:
            return read_previous(self._place, path)
        return read_edition_file(self.site.folder / path)

    def _past_feeds(self) -> tuple[str, ...]:
        """The feeds of the edition before this one. Raises SiteError for a folder that holds another site."""
        file = self.site.folder / FEEDS
        data, shown = read_bytes(self._place, FEEDS) if self.previous else (read_file(file), str(file))
        if data is None and not self.previous and self.site.state(INDEX):
            raise SiteError(
                msg("{folder} holds a site that tdkt did not make; name another folder", folder=str(self.site.folder))
            )
        try:
            paths = [row["path"] for row in json.loads(b"[]" if data is None else data)]
        except (ValueError, KeyError, TypeError) as error:
            raise SiteError(msg("{file} is not as tdkt wrote it; take it away to begin anew", file=shown)) from error
        return tuple(path for path in paths if isinstance(path, str) and _FEED.fullmatch(path))

    def _end_feeds(self, past: Sequence[str]) -> None:
        """End the feeds that are no more: they hold a notice, until an edition in which others change takes them out."""
        for path in past:
            edition = None if path in self._written else self._past(path)
            if edition is None:
                continue
            if self.advanced and _is_notice(edition):
                self.site.remove(path)
            else:
                self.changed += self.site.write(path, self._notice(edition))
                self.ended.append(path)

    def _notice(self, edition: Edition) -> str:
        """The last edition of a feed that is no more, after `edition`."""
        words = self.session.say(msg("This calendar is no longer kept; subscribe anew at {name}", name=self.name))
        name = f"{NOTICE}@{self.profile.domain}"
        texts = {name: notice_text(name, edition.modified.date(), words)}
        head = Head(name=words, description=words, zone=self.profile.zone)
        last = edition if _is_notice(edition) else next_edition(texts, edition, edition.modified)
        return feed_text(head, last, last.versions)


def _is_notice(edition: Edition) -> bool:
    return any(uid.startswith(NOTICE) for uid in edition.versions)


def _json_lines(rows: Iterable[str]) -> str:
    """A JSON list with a row a line."""
    return "[\n" + ",\n".join(rows) + "\n]\n"
