"""How a site is written: its feeds as the next edition of those that were there, its pages, and only what changed."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cached_property, partial
from pathlib import Path

from tdkt_cli.commands.publish.feeds import Origins, domain_notes, issue_moment, sources
from tdkt_cli.commands.shared.session import Session, progress
from tdkt_cli.core.feeds.editions import Edition, next_edition
from tdkt_cli.core.feeds.events import DEFAULT_DOMAIN, domain_of
from tdkt_cli.core.feeds.site import Feed, Share, feeds
from tdkt_cli.core.messages import Message, msg
from tdkt_cli.core.plan import Role
from tdkt_cli.core.text import json_text
from tdkt_cli.files.cache import Cache, digest
from tdkt_cli.files.previous_edition import PreviousError, read_bytes, read_edition_file, read_file, read_previous
from tdkt_cli.files.site_folder import Site, SiteError
from tdkt_cli.render.calendar import PAGE, Head, Profile, feed_text, notice_text
from tdkt_cli.render.pages.board import BoardSettings, board_html
from tdkt_cli.render.pages.index import Offer, feed_name, index_html

INDEX, RECORDS, FEEDS = "index.html", "plans.json", "feeds.json"
_FEED = re.compile(r"[a-z0-9-]+(?:/[a-z0-9-]+)*\.ics", re.ASCII)


@dataclass(kw_only=True)
class Editions:
    """The feeds of a site, each after its edition before: in `folder`, or where `previous` says. `full` opens all plans.

    `advanced` says whether any feed made so far differs from its edition before, `domains` which domains the events had there.
    """

    session: Session
    full: Callable[[], Session]
    profile: Profile
    name: str
    address: str
    folder: Path
    previous: str
    advanced: bool = False
    domains: set[str] = field(default_factory=set)

    @cached_property
    def past(self) -> Mapping[str, bool]:
        """The feeds of the site before this edition, and whether each had ended. Raises SiteError and PreviousError."""
        file = self.folder / FEEDS
        data, shown = read_bytes(self._place, FEEDS) if self.previous else (read_file(file), str(file))
        try:
            rows = json.loads(b"[]" if data is None else data)
            paths = {row["path"]: bool(row.get("ended")) for row in rows if isinstance(row["path"], str)}
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise SiteError(msg("{file} is not as tdkt wrote it; take it away to begin anew", file=shown)) from error
        return {path: ended for path, ended in paths.items() if _FEED.fullmatch(path)}

    @cached_property
    def _origins(self) -> Origins:
        return Origins(self.full(), self.profile)

    def notes(self) -> Iterator[Message]:
        """What a person should know of the stamps of this edition."""
        if "_origins" in vars(self):  # only where a first edition was made
            yield from self._origins.notes()
        yield from domain_notes(self.domains, self.profile.domain)
        if self.address and not self.past and self.profile.domain == DEFAULT_DOMAIN:
            yield msg(
                'before people subscribe, write your domain into [publish] of tdkt.toml, such as domain = "hanoi.gov.vn", '
                "and never change it: each event is known by it"
            )

    def text(self, feed: Feed) -> tuple[str, int]:
        """The text of a feed, and how many events stand in it. Raises PreviousError."""
        texts = {entry.uid: entry.text for entry in feed.entries}
        past = self._edition(feed.path)
        if past is None:
            by_plan = {
                share.plan: {entry.uid: entry.text for entry in share.entries if entry.uid in texts}
                for share in feed.shares
            }
            edition = self._origins.first_edition(by_plan)
        else:
            issued = (issue_moment(date.fromisoformat(share.issued)) for share in feed.shares)
            edition = next_edition(texts, past, max(issued, default=past.modified))
            self.domains |= set(map(domain_of, past.versions))
        self.advanced = self.advanced or past is None or edition.versions != past.versions
        head = Head(
            name=self.name if feed.kind == "all" else feed_name(feed, self.session.language),
            description=sources(self.session, sorted({share.document for share in feed.shares})),
            zone=self.profile.zone,
            source=f"{self.address}{feed.path}" if self.address else "",
        )
        return feed_text(head, edition, texts), len(edition.versions)

    def last_text(self, path: str) -> str | None:
        """The text of a feed that has ended: a notice alone. None where it is gone, or has shown its notice long enough.

        It has once any other feed has advanced since. Raises PreviousError.
        """
        edition = self._edition(path)
        if edition is None or (self.past[path] and self.advanced):
            return None
        words = self.session.say(msg("This calendar is no longer kept; subscribe anew at {name}", name=self.name))
        if not self.past[path]:
            uid = f"notice@{self.profile.domain}"
            texts = {uid: notice_text(uid, edition.modified.date(), words)}
            edition = next_edition(texts, edition, edition.modified)
        return feed_text(Head(name=words, description=words, zone=self.profile.zone), edition, edition.versions)

    def _edition(self, path: str) -> Edition | None:
        if not self.previous:
            return read_edition_file(self.folder / path)
        edition = read_previous(self._place, path)
        if edition is None and path in self.past:
            raise PreviousError(msg("{place} names {file} but does not have it", place=self._place, file=path))
        return edition

    @property
    def _place(self) -> str:
        return f"{self.previous.rstrip('/')}/"


@dataclass(kw_only=True)
class Publisher:
    """Makes the files of a site and writes those that changed.

    A file that is as it was written, of what it would be made of again, is not made: the cache remembers for each its inputs, its size
    and time, and how many events it has. `keys` are the digests of what each share is made of, `environment` that of what all are.
    """

    editions: Editions
    site: Site
    keys: Sequence[str]
    environment: str
    cache: Cache
    changed: int = 0
    ended: list[str] = field(default_factory=list)
    _written: dict[str, tuple[str, int, int, int]] = field(default_factory=dict)

    def publish(self, shares: Sequence[Share], roles: tuple[Role, ...], *, drop_done: bool) -> None:
        """Write what changed: feeds first, the page that offers them last. Raises PreviousError, SiteError and OSError."""
        if self.site.state(INDEX) and not self.site.state(FEEDS):
            folder = str(self.site.folder)
            raise SiteError(msg("{folder} holds a site that tdkt did not make; name another folder", folder=folder))
        session = self.editions.session
        registers = session.workspace.office.registers.values()
        kept = {path for path, ended in self.editions.past.items() if not ended}
        offers = []
        every = tuple(feeds(shares, registers, roles, kept=kept, drop_done=drop_done))
        for feed in progress(every, session.say(msg("calendars"))):
            count = self._make(feed.path, _parts(feed), partial(self.editions.text, feed))
            offers.append(Offer(feed.kind, feed.path, feed_name(feed, session.language), count, feed.register))
        self._end_feeds()
        rows = [*map(asdict, offers), *({"path": path, "ended": True} for path in self.ended)]
        self.changed += self.site.write(FEEDS, _json_lines(map(json_text, rows)))
        self._write_pages(shares, offers)
        self.cache.put(self._cached, self._written)

    @property
    def sizes(self) -> Mapping[str, int]:
        """The sizes of the files of the site (octets) by their names."""
        return {path: size for path, (_, size, _, _) in self._written.items()}

    def _write_pages(self, shares: Sequence[Share], offers: Sequence[Offer]) -> None:
        editions, session = self.editions, self.editions.session
        board = BoardSettings(name=editions.name, lang=session.language.code, zone=editions.profile.zone, feeds=INDEX)
        named = {name for share in shares for name in share.named}
        parts = (share.board for share in shares)
        records = (record for share in shares for record in share.records)
        self._make(RECORDS, self.keys, lambda: (_json_lines(records), 0))
        self._make(PAGE, self.keys, lambda: (board_html(parts, named, session.workspace.office, board), 0))
        self._make(INDEX, self.keys, lambda: (index_html(editions.name, offers, editions.address, session.language), 0))

    @cached_property
    def _cached(self) -> str:
        return f"site {self.site.folder.resolve()}"

    @cached_property
    def _before(self) -> Mapping[str, Sequence[object]]:
        """What the cache remembers of the files of this site; nothing where they follow another edition."""
        known = None if self.editions.previous else self.cache.get(self._cached)
        return known if isinstance(known, dict) else {}

    def _make(self, path: str, parts: Iterable[str], make: Callable[[], tuple[str, int]]) -> int:
        """Make and write a file of these parts, unless it stands there already; how many events it has."""
        common = (self.environment, self.editions.name, self.editions.address)
        inputs = digest(part.encode() for part in (*common, *parts))
        state = self.site.state(path)
        before = self._before.get(path)
        if state and before and list(before[:3]) == [inputs, *state] and isinstance(before[3], int):
            self._written[path] = (inputs, *state, before[3])
            return before[3]
        text, count = make()
        self.changed += self.site.write(path, text)
        self._written[path] = (inputs, *(self.site.state(path) or (0, 0)), count)
        return count

    def _end_feeds(self) -> None:
        """End the feeds that were there before and are no more."""
        for path in self.editions.past:
            if path in self._written:
                continue
            text = self.editions.last_text(path)
            if text is None:
                self.site.remove(path)
            else:
                self.changed += self.site.write(path, text)
                self.ended.append(path)


def _parts(feed: Feed) -> Iterator[str]:
    """Everything that the text of a feed is made of, but what all files of a site are made of."""
    yield feed.subject
    yield from (part for share in feed.shares for part in (share.document, share.issued))
    yield "".join(entry.text for entry in feed.entries)  # each has a BEGIN and an END


def _json_lines(rows: Iterable[str]) -> str:
    """A JSON list with a row a line."""
    return "[\n" + ",\n".join(rows) + "\n]\n"
