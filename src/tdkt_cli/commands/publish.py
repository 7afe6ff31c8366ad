"""`tdkt publish`: a static site of feeds, a page that offers them, the board, and the records."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from tdkt_cli.commands.choosing import all_items
from tdkt_cli.commands.export import Domain, Done, LeadDays, Name, Previous, Span
from tdkt_cli.commands.feeding import (
    Feeder,
    default_name,
    plans_of,
    read_address,
    read_profile,
    sources,
    too_large,
    without_twins,
)
from tdkt_cli.commands.options import Lang, Paths, choice, split
from tdkt_cli.commands.session import Session, open_session, print_error, print_lines
from tdkt_cli.core.agenda import Item
from tdkt_cli.core.editions import Edition, next_edition
from tdkt_cli.core.feeds import for_calendar, public
from tdkt_cli.core.messages import msg, msgs
from tdkt_cli.core.plan import ROLES, Role
from tdkt_cli.core.record import stored_record
from tdkt_cli.core.site import Feed, feeds
from tdkt_cli.core.text import json_text
from tdkt_cli.errors import UNREADABLE
from tdkt_cli.files.previous import PreviousError, read_edition_file, read_previous
from tdkt_cli.files.site import Site, SiteError
from tdkt_cli.render.board import BoardSettings, board_html
from tdkt_cli.render.calendar import PAGE, SIZE_LIMIT, Head, Profile, feed_text, notice_text
from tdkt_cli.render.index_page import Offer, feed_name, index_html

INDEX, RECORDS = "index.html", "plans.json"
NOTICE = "notice"

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
    _lang: Lang = "",
) -> int:
    """Publish a site: a calendar feed for each plan and unit, a page that offers them, the board, the records."""
    session = open_session(context, paths, "")
    if not session.workspace.plans:
        return session.end()
    profile = read_profile(session, url=url, domain=domain, span=span, done=done, lead_days=lead_days)
    roles = (
        tuple(choice(each, ROLES, "--role") for each in split(role)) or session.workspace.config.settings.publish.roles
    )
    found, warnings = without_twins(all_items(session), profile.domain)
    shown = [item for item in found if public(item)]
    named = name or default_name(session, plans_of(shown))
    publisher = _Publisher(session, profile, named, read_address(session, url), Site(folder), previous)
    try:
        outputs = publisher.outputs(shown, roles)  # type: ignore[arg-type]
        written = publisher.write(outputs)
    except (PreviousError, SiteError) as error:
        print_error(f"tdkt: {session.say(error.message)}")
        return UNREADABLE
    for warning in warnings:
        print_error(session.say(warning))
    for path, text in outputs.items():
        if path.endswith(".ics") and len(text) > SIZE_LIMIT // 4 and (size := len(text.encode())) > SIZE_LIMIT:
            print_error(session.say(too_large(path, size)))
    summary = msgs(
        "published: {folder}; {n} file of {all} changed",
        "published: {folder}; {n} files of {all} changed",
        n=written,
        all=len(outputs),
        folder=str(folder),
    )
    print_lines([session.say(summary)])
    return session.end()


@dataclass(frozen=True, slots=True)
class _Publisher:
    """Makes the files of a site and writes those that changed."""

    session: Session
    profile: Profile
    name: str
    address: str
    site: Site
    previous: str

    def outputs(self, shown: list[Item], roles: tuple[Role, ...]) -> dict[str, str]:
        """Every file of the site by its path: feeds first, the page that offers them last."""
        feeder = Feeder(self.session, self.profile)
        outputs, offers = {}, []
        for feed in feeds(shown, self.session.workspace.office, roles):
            text, count = self._feed(feeder, feed)
            if count:
                outputs[feed.path] = text
                offers.append(Offer(feed.kind, feed.path, feed_name(feed, self.session.language), count))
        board = BoardSettings(name=self.name, lang=self.session.language.code, zone=self.profile.zone, feeds=INDEX)
        outputs[RECORDS] = "[\n" + ",\n".join(self._records(shown)) + "\n]\n"
        outputs[PAGE] = board_html(shown, self.session.workspace.office, board)
        outputs[INDEX] = index_html(self.name, offers, self.address, self.session.language)
        return outputs

    def write(self, outputs: Mapping[str, str]) -> int:
        """Write what changed, and end the feeds that are no more; how many files changed.

        A feed that is no more holds a notice until the next edition of the site, which takes it out.
        """
        changed = sum(self.site.write(path, text) for path, text in outputs.items())
        for path in [path for path in self.site.feeds() if path not in outputs]:
            edition = read_edition_file(self.site.folder / path)
            if edition is None:
                continue
            if any(name.startswith(NOTICE) for name in edition.versions):
                if changed:
                    self.site.remove(path)
            else:
                changed += self.site.write(path, self._notice(edition))
        return changed

    def _notice(self, edition: Edition) -> str:
        """The last edition of a feed that is no more, after `edition`."""
        words = self.session.say(msg("This calendar is no longer kept; subscribe anew at {name}", name=self.name))
        name = f"{NOTICE}@{self.profile.domain}"
        texts = {name: notice_text(name, edition.modified.date(), words)}
        head = Head(name=words, description=words, zone=self.profile.zone)
        return feed_text(head, next_edition(texts, edition, edition.modified), texts)

    def _feed(self, feeder: Feeder, feed: Feed) -> tuple[str, int]:
        """The text of a feed and how many events stand in it."""
        picked = for_calendar(feed.items, self.session.workspace.office, drop_done=self.profile.done == "drop")
        edition = feeder.edition(picked.items, self._past(feed.path))
        head = Head(
            name=feed_name(feed, self.session.language) if feed.kind != "all" else self.name,
            description=sources(self.session, plans_of(picked.items)),
            zone=self.profile.zone,
            source=f"{self.address}{feed.path}" if self.address else "",
        )
        return feed_text(head, edition, feeder.texts(picked.items)), len(edition.versions)

    def _past(self, path: str) -> Edition | None:
        if self.previous:
            return read_previous(f"{self.previous.rstrip('/')}/", path)
        return read_edition_file(self.site.folder / path)

    def _records(self, shown: list[Item]) -> Iterator[str]:
        """The records, a line each; files are named from the folder of tdkt.toml, wherever the command runs."""
        root = self.session.workspace.config.root or Path.cwd()
        for item in shown:
            file = Path.cwd() / item.plan.source.file
            shown_as = file.relative_to(root).as_posix() if file.is_relative_to(root) else file.name
            yield json_text(stored_record(item, self.session.workspace.office) | {"file": shown_as})
