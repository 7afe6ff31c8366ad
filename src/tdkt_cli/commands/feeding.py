"""From items to editions of feeds, for `tdkt export` and `tdkt publish`: texts, what came before, warnings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from pathlib import Path

from tdkt_cli.commands.options import choice, read_number, split
from tdkt_cli.commands.session import Session
from tdkt_cli.core.agenda import Item, items
from tdkt_cli.core.editions import Edition, Version, next_edition
from tdkt_cli.core.feeds import ADDRESS_EXPECTED, DOMAIN_EXPECTED, MOST_LEAD_DAYS, dated, is_address, is_domain, uid
from tdkt_cli.core.messages import Message, msg
from tdkt_cli.core.plan import Plan
from tdkt_cli.errors import UsageError
from tdkt_cli.files.history import history
from tdkt_cli.files.loading import load_text
from tdkt_cli.files.reading import decode
from tdkt_cli.render.calendar import PAGE, DoneChoice, Profile, event_texts
from tdkt_cli.schema.plan import PlanModel

DONE_CHOICES: tuple[DoneChoice, ...] = ("keep", "mark", "drop")
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Feeder:
    """Makes the editions of a session's feeds. The text of an event is made once, however many feeds it stands in."""

    session: Session
    profile: Profile
    _texts: dict[str, str] = field(default_factory=dict)
    _origins: dict[str, Edition] = field(default_factory=dict)

    def edition(self, chosen: Sequence[Item], previous: Edition | None) -> Edition:
        """The edition with these items after `previous`, or by the history of their plans where there is none."""
        texts = self.texts(chosen)
        plans = {item.plan.id: item.plan for item in chosen}.values()
        if previous is not None:
            return next_edition(texts, previous, max(map(_issued, plans), default=_BEGINNING))
        versions: dict[str, Version] = {}
        for plan in plans:
            versions |= self._origin(plan).versions
        known = {uid: versions[uid] for uid in texts if uid in versions}
        return Edition(max((version.modified for version in known.values()), default=_BEGINNING), known)

    def texts(self, chosen: Iterable[Item]) -> dict[str, str]:
        """The events of items by UID, in their order."""
        uids = {uid(item, self.profile.domain): item for item in chosen}
        missing = [item for name, item in uids.items() if name not in self._texts]
        self._texts.update(self._written(missing))
        return {name: self._texts[name] for name in uids}

    def _written(self, chosen: Iterable[Item]) -> dict[str, str]:
        return event_texts(chosen, self.session.workspace.office, self.session.language, self.profile)

    def _origin(self, plan: Plan) -> Edition:
        """The edition of all that a plan holds, by its history in git, else as of the day it was issued."""
        if plan.id not in self._origins:
            office = self.session.workspace.office
            past = None
            for moment, version in _past(plan):
                past = next_edition(self._written(dated(items((version,), office))), past, moment)
            texts = self.texts(dated(items((plan,), office)))
            self._origins[plan.id] = next_edition(texts, past, past.modified if past else _issued(plan))
        return self._origins[plan.id]


def _past(plan: Plan) -> Iterable[tuple[datetime, Plan]]:
    """The versions of a plan that git knows, from the first on; those that did not load are passed over."""
    path = Path.cwd() / plan.source.file
    for commit in history(path):
        text = decode(commit.data, plan.source.file).text
        loaded = load_text(text, path, plan.source.file) if text is not None else None
        if loaded and isinstance(loaded.model, PlanModel) and loaded.source:
            yield commit.moment, loaded.model.build(loaded.source)


def _issued(plan: Plan) -> datetime:
    return datetime.combine(plan.names_as_of, time(), UTC)


def read_profile(session: Session, *, url: str, domain: str, span: bool, done: str, lead_days: str) -> Profile:
    """How events are written, by what was typed, else by tdkt.toml. Raises UsageError."""
    settings = session.workspace.config.settings
    publish = settings.publish
    if domain and not is_domain(domain):
        raise UsageError(msg("{option}: {problem}", option="--domain", problem=DOMAIN_EXPECTED))
    address = read_address(session, url)
    chosen = choice(done, DONE_CHOICES, "--done") if done else publish.done
    leads = tuple(read_number(days, "--lead-days", MOST_LEAD_DAYS) for days in split([lead_days])) or publish.lead_days
    return Profile(
        domain=domain or publish.domain,
        zone=settings.timezone,
        page=f"{address}{PAGE}" if address else "",
        span=span or publish.span,
        done=chosen,  # type: ignore[arg-type]
        lead_days=tuple(sorted(set(leads), reverse=True)),
    )


def read_address(session: Session, url: str) -> str:
    """The address of the published site with a slash at its end, empty where it is not known. Raises UsageError."""
    if url and not is_address(url):
        raise UsageError(msg("{option}: {problem}", option="--url", problem=ADDRESS_EXPECTED))
    address = url or session.workspace.config.settings.publish.url
    return f"{address.rstrip('/')}/" if address else ""


def without_twins(found: Iterable[Item], domain: str) -> tuple[list[Item], list[Message]]:
    """The items less those whose UID another has too, and a line for each of these: a calendar would lose one of them."""
    kept: dict[str, Item] = {}
    warnings = []
    for item in found:
        name = uid(item, domain)
        if name in kept:
            warnings.append(
                msg(
                    "left out: {ref} stands twice, or bears a former id of another; tdkt check says where", ref=item.ref
                )
            )
        else:
            kept[name] = item
    return list(kept.values()), warnings


def default_name(session: Session, plans: Sequence[Plan]) -> str:
    """What a feed is called where nobody said: as tdkt.toml says, else as the one plan in it."""
    settings = session.workspace.config.settings.publish
    if settings.name:
        return settings.name
    if len(plans) == 1:
        document = plans[0].document
        return " – ".join(filter(None, (document.number, document.title)))
    return session.say(msg("Deadlines of work plans"))


def sources(session: Session, plans: Sequence[Plan]) -> str:
    """Where the deadlines of a feed come from: its documents, by number."""
    named = [plan.document.number or plan.document.title for plan in plans]
    return session.say(msg("Deadlines by: {documents}", documents="; ".join(named)))


def plans_of(chosen: Iterable[Item]) -> list[Plan]:
    """The plans that items come from, by their ids."""
    plans = {item.plan.id: item.plan for item in chosen}
    return [plans[name] for name in sorted(plans)]


def too_large(name: str, size: int) -> Message:
    """The warning that a feed of `size` octets is not read whole by Google Calendar."""
    return msg(
        "{name} has {size} MB; Google Calendar reads at most 1 MB: make a feed for each unit, plan or year",
        name=name,
        size=f"{size / 1_000_000:.1f}",
    )
