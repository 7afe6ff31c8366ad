"""What `tdkt export` and `tdkt publish` share: first editions from git's history, duplicate events, names and warnings."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, TypeVar

from tdkt_cli.commands.shared.session import Session
from tdkt_cli.core.agenda import items
from tdkt_cli.core.feeds.editions import Edition, Version, next_edition
from tdkt_cli.core.feeds.events import dated
from tdkt_cli.core.messages import Message, msg, msgs
from tdkt_cli.core.plan import Plan
from tdkt_cli.files.git.history import history
from tdkt_cli.files.loader import load_bytes
from tdkt_cli.render.icalendar import Profile, event_texts

T = TypeVar("T")


class Event(NamedTuple):
    """An event of a feed: the id of its plan, its UID and its text without stamps."""

    plan: str
    uid: str
    text: str


@dataclass(frozen=True)
class EditionHistory:
    """The stamps of events in a first edition: from the commits of their plans in git, else from the days the plans were issued.

    The registers and calendars are those of today, not those of each commit. `open_plans` opens a session with all plans, when it is
    needed; `shallow` collects the files of which git has only the end of the history.
    """

    open_plans: Callable[[], Session]
    profile: Profile
    shallow: set[str] = field(default_factory=set)
    _editions: dict[str, Edition | None] = field(default_factory=dict)

    @cached_property
    def _session(self) -> Session:
        return self.open_plans()

    def edition(self, past: Edition | None, events: Sequence[Event], issued: Iterable[date]) -> Edition:
        """Return the edition with these events after `past`, the first one without; `issued` are the days of issue of their plans."""
        if past is None:
            return self._first_edition(events)
        texts = {event.uid: event.text for event in events}
        return next_edition(texts, past, max(map(issue_moment, issued), default=past.modified))

    def _first_edition(self, events: Iterable[Event]) -> Edition:
        plans = {plan.id: plan for plan in self._session.workspace.plans}
        texts: dict[str, dict[str, str]] = {}
        for event in events:
            texts.setdefault(event.plan, {})[event.uid] = event.text
        versions: dict[str, Version] = {}
        for id_, own in texts.items():
            last = self._last_edition(plans[id_])
            if last is None:
                versions |= next_edition(own, None, issue_moment(plans[id_].names_as_of)).versions
            else:
                known = {uid: last.versions[uid] for uid in own if uid in last.versions}
                versions |= next_edition(own, Edition(last.modified, known), last.modified).versions
        stamps = [version.modified for version in versions.values()]
        return Edition(max(stamps or (issue_moment(plan.names_as_of) for plan in plans.values())), versions)

    def notes(self) -> Iterator[Message]:
        """Yield what people should know about the stamps."""
        if self.shallow:
            yield msgs(
                "git has only part of the history of {n} plan, so calendars may not notice earlier moves: git fetch --unshallow",
                "git has only part of the history of {n} plans, so calendars may not notice earlier moves: git fetch --unshallow",
                n=len(self.shallow),
            )

    def _last_edition(self, plan: Plan) -> Edition | None:
        """Return the edition after the last commit of a plan, None when git has none."""
        if plan.id not in self._editions:
            edition, office = None, self._session.workspace.office
            for moment, version in self._versions(plan):
                events = dated(items((version,), office))
                texts = event_texts(events, office, self._session.language, self.profile)
                edition = next_edition(texts, edition, moment)
            self._editions[plan.id] = edition
        return self._editions[plan.id]

    def _versions(self, plan: Plan) -> Iterator[tuple[datetime, Plan]]:
        """Yield the committed versions of a plan from the first on, but for those that do not load."""
        path = Path.cwd() / plan.source.file
        commits = history(path)
        if commits is None:
            self.shallow.add(plan.source.file)
        for commit in commits or ():
            if version := load_bytes(commit.data, path, plan.source.file).plan:
                yield commit.moment, version


def without_duplicates(
    events: Iterable[T], uid: Callable[[T], str], ref: Callable[[T], str]
) -> tuple[list[T], list[Message]]:
    """Return the events without those whose UID an earlier one has, and a warning for each of the latter.

    A calendar program would silently drop one of two events with the same UID.
    """
    kept: dict[str, T] = {}
    warnings = [
        msg("left out: {ref} is used twice, or is a former id of another task; tdkt check says where", ref=ref(each))
        for each in events
        if kept.setdefault(uid(each), each) is not each
    ]
    return list(kept.values()), warnings


def nothing_written(session: Session) -> Message:
    """Return the reason why nothing was written when not everything could be read."""
    if session.workspace.left_out:
        return msg("nothing was written: what could not be read would vanish from people's calendars")
    return msg("nothing was written")


def issue_moment(day: date) -> datetime:
    """Return the stamp for a plan that was issued on this day: its midnight in UTC."""
    return datetime.combine(day, time(), UTC)


def plan_title(plan: Plan) -> str:
    """Return the number and title of a plan's document."""
    return " – ".join(filter(None, (plan.document.number, plan.document.title)))


def document_name(plan: Plan) -> str:
    """Return the number of a plan's document, else its title."""
    return plan.document.number or plan.document.title


def default_name(session: Session, titles: Sequence[str]) -> str:
    """Return the name of a feed of plans with these titles: that in tdkt.toml, else the only title, else a general one."""
    name = session.workspace.config.settings.publish.name or (titles[0] if len(titles) == 1 else "")
    return name or session.say(msg("Deadlines of work plans"))


def description(session: Session, documents: Iterable[str]) -> str:
    """Return the description of a feed: the numbers of its documents."""
    names = "; ".join(sorted(documents))
    return session.say(msg("Deadlines by: {documents}", documents=names)) if names else ""


def domain_notes(before: Iterable[str], now: str) -> Iterator[Message]:
    """Yield a warning for each domain that the UIDs of the previous edition have and those of this one do not."""
    for domain in sorted(set(before) - {now}):
        yield msg(
            'the event ids in the previous edition end in @{old}, now in @{new}, so subscribers may see each event twice; to avoid that, write domain = "{old}" into [publish] of tdkt.toml, and make the edition again',
            old=domain,
            new=now,
        )


def too_large(name: str, size: int) -> Message:
    """Return the warning that Google Calendar does not read all of a feed of `size` octets."""
    return msg(
        "{name} has {size} MB; Google Calendar reads at most 1 MB: make a feed for each unit, plan or year",
        name=name,
        size=f"{size / 1_000_000:.1f}",
    )
