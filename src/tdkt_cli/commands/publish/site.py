"""Writing a site: feeds as the next edition of the previous ones, pages, and only the files that change."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cached_property, partial
from pathlib import Path

from tdkt_cli.commands.publish.feeds import EditionHistory, Event, description, domain_notes
from tdkt_cli.commands.shared.session import Session, progress
from tdkt_cli.core.feeds.editions import Edition, next_edition
from tdkt_cli.core.feeds.events import DEFAULT_DOMAIN, domain_of
from tdkt_cli.core.feeds.site import Feed, PlanPart, feeds
from tdkt_cli.core.messages import Message, msg
from tdkt_cli.core.plan import Role
from tdkt_cli.core.text import json_text
from tdkt_cli.files.cache import Cache, digest
from tdkt_cli.files.published_feed import PreviousError, read_bytes, read_edition_file, read_file, read_previous
from tdkt_cli.files.site_folder import Site, SiteError
from tdkt_cli.render.icalendar import PAGE, Head, Profile, feed_text, notice_text
from tdkt_cli.render.pages.board import BoardSettings, board_html
from tdkt_cli.render.pages.index import Offer, feed_name, index_html

INDEX, RECORDS, FEEDS = "index.html", "plans.json", "feeds.json"
_FEED = re.compile(r"[a-z0-9-]+(?:/[a-z0-9-]+)*\.ics", re.ASCII)


@dataclass(kw_only=True)
class Editions:
    """The feeds of a site as text, each the next edition of the one in `folder`, or at `previous`; without one, the first from `history`.

    `advanced` says whether any feed so far differs from its previous edition; `domains` are those of the UIDs in previous editions.
    """

    session: Session
    history: EditionHistory
    name: str
    address: str
    folder: Path
    previous: str
    advanced: bool = False
    domains: set[str] = field(default_factory=set)

    @property
    def profile(self) -> Profile:
        """The profile of the feeds."""
        return self.history.profile

    @cached_property
    def past(self) -> Mapping[str, bool]:
        """The paths of the feeds in the previous site, and whether each had ended. Raises SiteError and PreviousError."""
        file = self.folder / FEEDS
        data, shown = read_bytes(self._place, FEEDS) if self.previous else (read_file(file), str(file))
        try:
            rows = json.loads(b"[]" if data is None else data)
            paths = {row["path"]: bool(row.get("ended")) for row in rows if isinstance(row["path"], str)}
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise SiteError(msg("{file} is not as tdkt wrote it; delete it to start again", file=shown)) from error
        return {path: ended for path, ended in paths.items() if _FEED.fullmatch(path)}

    def notes(self) -> Iterator[Message]:
        """Yield what people should know about the stamps and UIDs of these editions."""
        yield from self.history.notes()
        yield from domain_notes(self.domains, self.profile.domain)
        if self.address and not self.past and self.profile.domain == DEFAULT_DOMAIN:
            yield msg(
                'before people subscribe, write your domain into [publish] of tdkt.toml, such as domain = "hanoi.gov.vn", and never change it: it is part of every event\'s id'
            )

    def text(self, feed: Feed) -> tuple[str, int]:
        """Return the text of a feed, and the number of its events. Raises PreviousError."""
        past = self._edition(feed.path)
        events = [Event(entry.ref.partition("/")[0], entry.uid, entry.text) for entry in feed.entries]
        edition = self.history.edition(past, events, (date.fromisoformat(part.issued) for part in feed.parts))
        if past:
            self.domains |= set(map(domain_of, past.versions))
        self.advanced = self.advanced or past is None or edition.versions != past.versions
        head = Head(
            name=self.name if feed.kind == "all" else feed_name(feed, self.session.language),
            description=description(self.session, {part.document for part in feed.parts}),
            zone=self.profile.zone,
            source=f"{self.address}{feed.path}" if self.address else "",
        )
        return feed_text(head, edition, (event.uid for event in events)), len(edition.versions)

    def last_text(self, path: str) -> str | None:
        """Return the text of a feed that has ended: a single notice. None when the feed is gone, or its notice was published before.

        A notice stays until any other feed advances. Raises PreviousError.
        """
        edition = self._edition(path)
        if edition is None or (self.past[path] and self.advanced):
            return None
        words = self.session.say(msg("This calendar is no longer updated; subscribe again at {name}", name=self.name))
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


@dataclass
class Publisher:
    """Makes the files of a site and writes those that changed.

    A file is not made again when it lies in the site as it was written and its inputs are the same: the cache has the digest of the inputs
    of each, its size and time, and the number of its events. `digests` are those of the parts, `environment` that of what all depend on.
    """

    editions: Editions
    site: Site
    digests: Sequence[str]
    environment: str
    cache: Cache
    changed: int = 0
    ended: list[str] = field(default_factory=list)
    _written: dict[str, tuple[str, int, int, int]] = field(default_factory=dict)

    def publish(self, parts: Sequence[PlanPart], roles: tuple[Role, ...]) -> None:
        """Write what changed: feeds first, the page that lists them last. Raises PreviousError, SiteError and OSError."""
        if self.site.state(INDEX) and not self.site.state(FEEDS):
            folder = str(self.site.folder)
            raise SiteError(msg("{folder} holds a site that tdkt did not make; name another folder", folder=folder))
        editions, session, office = self.editions, self.editions.session, self.editions.session.workspace.office
        name, zone = editions.name, editions.profile.zone
        current = {path for path, ended in editions.past.items() if not ended}
        drop_done = editions.profile.done == "drop"
        offers = []
        every = tuple(feeds(parts, office.registers.values(), roles, kept=current, drop_done=drop_done))
        for feed in progress(every, session.say(msg("calendars"))):
            count = self._make(feed.path, _inputs(feed), partial(editions.text, feed))
            offers.append(Offer(feed.kind, feed.path, feed_name(feed, session.language), count, feed.register))
        self._end_feeds()
        rows = [*map(asdict, offers), *({"path": path, "ended": True} for path in self.ended)]
        self.changed += self.site.write(FEEDS, _json_lines(map(json_text, rows)))
        board = BoardSettings(name=name, lang=session.language.code, zone=zone, feeds=INDEX)
        boards, named = (part.board for part in parts), {name for part in parts for name in part.named}
        records = (record for part in parts for record in part.records)
        self._make(RECORDS, self.digests, lambda: (_json_lines(records), 0))
        self._make(PAGE, self.digests, lambda: (board_html(boards, named, office, board), 0))
        self._make(INDEX, self.digests, lambda: (index_html(name, offers, editions.address, session.language), 0))
        self.cache.put(self._cache_name, self._written)

    @property
    def sizes(self) -> Mapping[str, int]:
        """The sizes of the files of the site (octets) by their names."""
        return {path: size for path, (_, size, _, _) in self._written.items()}

    @cached_property
    def _cache_name(self) -> str:
        return f"site {self.site.folder.resolve()}"

    @cached_property
    def _before(self) -> Mapping[str, Sequence[object]]:
        """What the cache has of the files of this site; nothing when they follow an edition elsewhere."""
        known = None if self.editions.previous else self.cache.get(self._cache_name)
        return known if isinstance(known, dict) else {}

    def _make(self, path: str, inputs: Iterable[str], make: Callable[[], tuple[str, int]]) -> int:
        """Make and write a file of these inputs unless it is up to date. Return the number of its events."""
        common = (self.environment, self.editions.name, self.editions.address)
        key = digest(each.encode() for each in (*common, *inputs))
        state = self.site.state(path)
        before = self._before.get(path)
        if state and before and list(before[:3]) == [key, *state] and isinstance(before[3], int):
            count = before[3]
        else:
            text, count = make()
            self.changed += self.site.write(path, text)
            state = self.site.state(path) or (0, 0)
        self._written[path] = (key, *state, count)
        return count

    def _end_feeds(self) -> None:
        """Replace the feeds of the previous site that are no longer made by a notice, or remove them."""
        for path in [path for path in self.editions.past if path not in self._written]:
            text = self.editions.last_text(path)
            if text is None:
                self.site.remove(path)
            else:
                self.changed += self.site.write(path, text)
                self.ended.append(path)


def _inputs(feed: Feed) -> Iterator[str]:
    """Yield everything that the text of a feed depends on besides what all files of a site depend on."""
    yield feed.subject
    yield from (text for part in feed.parts for text in (part.document, part.issued))
    yield "".join(entry.text for entry in feed.entries)  # each has a BEGIN and an END


def _json_lines(rows: Iterable[str]) -> str:
    """Return a JSON list with a row a line."""
    return "[\n" + ",\n".join(rows) + "\n]\n"
