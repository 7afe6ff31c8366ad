"""The page of the calendar feeds of a site: for each a link that a calendar program opens, links for Google and Outlook, its address.

The links need the address under which the site is published; without it the page offers only the files and says so.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from operator import attrgetter
from urllib.parse import quote, urlencode

import segno

from tdkt_cli.core.feeds.site import Feed
from tdkt_cli.core.messages import Message, msg, msgs
from tdkt_cli.core.text import visible
from tdkt_cli.render.icalendar import PAGE
from tdkt_cli.render.language import Language
from tdkt_cli.render.pages.page import page
from tdkt_cli.render.words import ROLES

_HEADINGS: Mapping[str, Message] = {
    "all": msg("Everything"),
    "unit": msg("By unit: what binds it, by name or in a group"),
    "plan": msg("By plan"),
    "year": msg("By year"),
    "role": msg("By unit and role"),
}
_WAYS: Mapping[str, Message] = {
    "Outlook": msg(
        "classic: Home > Add Calendar > From Internet. New, and on the web: Calendar > Add calendar > Subscribe from web"
    ),
    "Google": msg(
        "on a computer: calendar.google.com > + beside Other calendars > From URL. It then shows on the phone too"
    ),
    "iPhone, iPad": msg("scan the QR code, or Calendar > Calendars > Add Calendar > Add Subscription Calendar"),
    "Mac": msg("Calendar > File > New Calendar Subscription"),
    "Thunderbird": msg("New Calendar > On the Network"),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A feed on the page: its kind, file and name, how many events it has, and the register of its unit, "" for none."""

    kind: str
    path: str
    name: str
    count: int
    register: str = ""


def feed_name(feed: Feed, language: Language) -> str:
    """Return the name of a feed."""
    if feed.kind == "all":
        return language.say(msg("All deadlines"))
    if feed.kind == "year":
        return language.say(msg("Year {year}", year=feed.subject))
    return language.say(msg("{unit}: {role}", unit=feed.subject, role=ROLES[feed.role])) if feed.role else feed.subject


def index_html(name: str, offers: Sequence[Offer], address: str, language: Language) -> str:
    """Return the page. `address` is where the site is published, with a slash at its end; "" where that is not known."""
    say = language.say
    lead = msg("Subscribe once, and the calendar follows every change. Each deadline is on its last day in time.")
    return page(
        "index.html",
        styles=("base.css", "index.css"),
        scripts=("fold.js", "index.js"),
        texts={
            "lang": language.code,
            "title": visible(f"{name} – {say(msg('Calendars'))}"),
            "skip": say(msg("Skip to the calendars")),
            "kicker": say(msg("Calendars to subscribe to")),
            "name": visible(name),
            "board": PAGE,
            "open_board": say(msg("Open the board")),
            "find": say(msg("Find a unit or plan")),
            "find_hint": say(msg("Accents may be left out")),
            "found_none": say(msg("No calendar fits.")),
            "lead": say(lead),
        },
        markup={"content": "\n".join(_Offers(address, language).content(offers))},
    )


@dataclass(frozen=True, slots=True)
class _Offers:
    """Writes the offers as HTML; all text is escaped here."""

    address: str
    language: Language

    def content(self, offers: Sequence[Offer]) -> Iterator[str]:
        if self.address:
            yield from self._how_to()
        else:
            words = msg(
                "Subscribing is not possible yet: the person who runs this site has to set its address, url in [publish] of tdkt.toml."
            )
            yield f'<p class="notice">{self._say(words)}</p>'
        several = len({offer.register for offer in offers if offer.register}) > 1
        ordered = sorted(offers, key=lambda offer: list(_HEADINGS).index(offer.kind))
        for (kind, register), own in groupby(ordered, key=attrgetter("kind", "register")):
            yield f'<section class="kind"><h2>{self._say(_HEADINGS[kind])}</h2>'
            if register and several:
                yield f'<p class="register"><bdi>{escape(visible(register))}</bdi></p>'
            yield '<ul class="feeds" role="list">'
            for offer in own:
                yield from self._feed(offer)
            yield "</ul></section>"

    def _how_to(self) -> Iterator[str]:
        first = msg(
            "Copy the address of a calendar, then paste it there. Do not open the file: it would not follow changes."
        )
        yield f'<details class="how"><summary>{self._say(msg("How to subscribe"))}</summary><p>{self._say(first)}</p><dl>'
        yield from (f"<dt>{escape(name)}</dt><dd>{self._say(way)}</dd>" for name, way in _WAYS.items())
        yield "</dl></details>"

    def _feed(self, offer: Offer) -> Iterator[str]:
        count = self._say(msgs("{n} deadline", "{n} deadlines", n=offer.count))
        name = escape(visible(offer.name))
        yield f'<li class="feed"><div class="feed-head"><h3><bdi>{name}</bdi></h3><span class="count">{count}</span></div>'
        yield '<ul class="ways" role="list">'
        for target, words in self._links(offer):
            yield f'<li><a href="{escape(target)}">{self._say(words)}</a></li>'
        yield "</ul>"
        if self.address:
            url = f"{self.address}{offer.path}"
            copy, copied = self._say(msg("Copy")), self._say(msg("Copied"))
            yield f'<div class="address"><code>{escape(url)}</code>'
            yield f'<button type="button" data-copy data-done="{copied}" data-said="{copied}: {name}" aria-label="{copy}: {name}" hidden>{copy}</button></div>'
            yield f'<details class="qr"><summary>{self._say(msg("QR code for a phone"))}</summary>{_qr(_webcal(url), name)}</details>'
        yield "</li>"

    def _links(self, offer: Offer) -> Iterator[tuple[str, Message]]:
        if self.address:
            url = f"{self.address}{offer.path}"
            yield _webcal(url), msg("Calendar program (Apple, Thunderbird, Outlook)")
            yield f"https://calendar.google.com/calendar/r?{urlencode({'cid': _webcal(url)})}", msg("Google Calendar")
            query = urlencode({"url": url, "name": offer.name}, quote_via=quote)
            yield f"https://outlook.office.com/calendar/0/addfromweb?{query}", msg("Outlook on the web")
        yield offer.path, msg("The file")

    def _say(self, message: Message) -> str:
        return escape(self.language.say(message))


def _webcal(url: str) -> str:
    """Return the address under which a calendar program subscribes rather than imports once."""
    return f"webcal{url[url.index(':') :]}"


def _qr(url: str, name: str) -> str:
    code = segno.make(url, error="m", micro=False)
    svg = code.svg_inline(omitsize=True, border=2, lineclass=None, svgclass=None)
    return svg.replace("<svg", f'<svg role="img" aria-label="QR: {name}"', 1)
