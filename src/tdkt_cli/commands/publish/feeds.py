"""What `tdkt export` and `tdkt publish` share: how events are written, where a first edition comes from, names and warnings."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TypeVar

from tdkt_cli.commands.shared.session import Session
from tdkt_cli.core.agenda import items
from tdkt_cli.core.feeds.editions import Edition, Version, next_edition
from tdkt_cli.core.feeds.events import dated
from tdkt_cli.core.messages import Message, msg, msgs
from tdkt_cli.core.plan import Plan
from tdkt_cli.files.git.history import history
from tdkt_cli.files.loader import load_bytes
from tdkt_cli.render.calendar import Profile, event_texts
from tdkt_cli.schema.plan import PlanModel

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Origins:
    """Where the stamps of a first edition come from: the history of its plans in git, else the days they were issued.

    In that history the plans change, but not the registers and calendars with which they are read. `shallow` are the files of which
    git has only the end of the history.
    """

    session: Session
    profile: Profile
    shallow: set[str] = field(default_factory=set)
    _known: dict[str, Edition | None] = field(default_factory=dict)

    def first_edition(self, texts: Mapping[str, Mapping[str, str]]) -> Edition:
        """The first edition with these events (texts without stamps, by UID), by the ids of their plans."""
        plans = {plan.id: plan for plan in self.session.workspace.plans}
        versions: dict[str, Version] = {}
        for plan, own in texts.items():
            past = self._past(plans[plan])
            if past is None:
                first = next_edition(own, None, issue_moment(plans[plan].names_as_of))
            else:
                known = {name: past.versions[name] for name in own if name in past.versions}
                first = next_edition(own, Edition(past.modified, known), past.modified)
            versions |= first.versions
        stamps = [version.modified for version in versions.values()]
        return Edition(max(stamps or (issue_moment(plan.names_as_of) for plan in plans.values())), versions)

    def notes(self) -> Iterator[Message]:
        """What a person should know of where the stamps come from."""
        if self.shallow:
            yield msgs(
                "git has a part of the history of {n} plan alone, so what moved before may not be taken up: git fetch --unshallow",
                "git has a part of the history of {n} plans alone, so what moved before may not be taken up: git fetch --unshallow",
                n=len(self.shallow),
            )

    def _past(self, plan: Plan) -> Edition | None:
        """What the history of a plan in git comes to, None where it has none."""
        if plan.id not in self._known:
            past = None
            for moment, version in self._versions(plan):
                past = next_edition(self._texts(version), past, moment)
            self._known[plan.id] = past
        return self._known[plan.id]

    def _texts(self, plan: Plan) -> dict[str, str]:
        office = self.session.workspace.office
        return event_texts(dated(items((plan,), office)), office, self.session.language, self.profile)

    def _versions(self, plan: Plan) -> Iterator[tuple[datetime, Plan]]:
        """The versions of a plan that git knows, from the first on; those that did not load are passed over."""
        path = Path.cwd() / plan.source.file
        commits = history(path)
        if commits is None:
            self.shallow.add(plan.source.file)
        for commit in commits or ():
            loaded = load_bytes(commit.data, path, plan.source.file)
            if isinstance(loaded.model, PlanModel) and loaded.source:
                yield commit.moment, loaded.model.build(loaded.source)


def without_twins(
    found: Iterable[T], uid: Callable[[T], str], ref: Callable[[T], str]
) -> tuple[list[T], list[Message]]:
    """Things that become events less those whose UID another has too, and a warning for each of these.

    A calendar program would lose one of two events with the same UID, and say nothing.
    """
    kept: dict[str, T] = {}
    twins = [
        msg("left out: {ref} stands twice, or bears a former id of another; tdkt check says where", ref=ref(each))
        for each in found
        if kept.setdefault(uid(each), each) is not each
    ]
    return list(kept.values()), twins


def not_written(session: Session) -> Message:
    """Why nothing was written where not everything could be read."""
    if session.workspace.left_out:
        return msg("nothing was written: what could not be read would vanish from people's calendars")
    return msg("nothing was written")


def issue_moment(day: date) -> datetime:
    """The moment since which a plan that was issued on this day is taken to stand."""
    return datetime.combine(day, time(), UTC)


def plan_title(plan: Plan) -> str:
    """What people call a plan: its document's number and title."""
    return " – ".join(filter(None, (plan.document.number, plan.document.title)))


def document_name(plan: Plan) -> str:
    """The number of a plan's document, else its title."""
    return plan.document.number or plan.document.title


def default_name(session: Session, titles: Sequence[str]) -> str:
    """What a feed of plans with these titles is called where nobody said: as tdkt.toml says, else as the one plan in it."""
    named = session.workspace.config.settings.publish.name
    if named or len(titles) == 1:
        return named or titles[0]
    return session.say(msg("Deadlines of work plans"))


def sources(session: Session, documents: Iterable[str]) -> str:
    """Where the deadlines of a feed come from: its documents, by number."""
    names = "; ".join(documents)
    return session.say(msg("Deadlines by: {documents}", documents=names)) if names else ""


def domain_notes(before: Iterable[str], now: str) -> Iterator[Message]:
    """What a person should know where the events of the edition before have other domains in their UIDs than those of this one."""
    for domain in sorted(set(before) - {now}):
        yield msg(
            "the events in the edition before end in @{old}, now in @{new}: whoever subscribed may see each of them twice; "
            'to avoid that, write domain = "{old}" into [publish] of tdkt.toml, and make the edition again',
            old=domain,
            new=now,
        )


def too_large(name: str, size: int) -> Message:
    """The warning that a feed of `size` octets is not read whole by Google Calendar."""
    return msg(
        "{name} has {size} MB; Google Calendar reads at most 1 MB: make a feed for each unit, plan or year",
        name=name,
        size=f"{size / 1_000_000:.1f}",
    )
