"""The shares of plans in a published site: made from the plans that changed, for the others taken from the cache."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from tdkt_cli.commands.publish.feeds import document_name, plan_title
from tdkt_cli.commands.shared.session import Session
from tdkt_cli.core.agenda import items
from tdkt_cli.core.feeds.events import DONE_STATES, dated, final_state, public, uid
from tdkt_cli.core.feeds.site import Entry, Reach, Share
from tdkt_cli.core.plan import Plan, Role
from tdkt_cli.core.record import stored_record
from tdkt_cli.core.text import json_text
from tdkt_cli.files.cache import Cache, digest
from tdkt_cli.files.config import NAME, Config
from tdkt_cli.files.reader import MAX_BYTES
from tdkt_cli.files.workspace import files_of
from tdkt_cli.render.calendar import Profile, event_texts
from tdkt_cli.render.pages.board import board_part, named_parties

_PLAN = re.compile(rb"""^tdkt:[ ]*["']?plan/1\b""", re.MULTILINE)
_PACKAGE = Path(__file__).parents[1]


@dataclass(frozen=True)
class Shelf:
    """The shares of a folder of plans in the cache, each under the digest of everything that it depends on.

    That is the program, what was asked for, every file that is no plan, the plan, and the plans that it refers to, however indirectly.
    """

    config: Config
    paths: tuple[Path, ...]
    asked: str
    cache: Cache

    @cached_property
    def kept(self) -> Mapping[Path, Share]:
        """The shares that are still right, by the file of their plan."""
        found = {path: value for path in self._plans if (value := self._cached(path))}
        keys = self.keys({path: share for path, (_, share) in found.items()})
        return {path: share for path, (key, share) in found.items() if key == keys[path]}

    def keys(self, shares: Mapping[Path, Share]) -> dict[Path, str]:
        """For each share the digest of everything that it depends on."""
        return {path: self._key(path, self._reached(share.refers, shares)) for path, share in shares.items()}

    def needed(self, plans: Iterable[Plan]) -> set[Path]:
        """The files of kept shares whose plans these plans refer to, however indirectly."""
        return self._reached({other for plan in plans for other in _refers(plan)}, self.kept) & self.kept.keys()

    def keep(self, shares: Mapping[Path, Share]) -> None:
        """Put those of these shares into the cache that are not there."""
        for path, key in self.keys(shares).items():
            if path not in self.kept and path in self._plans:
                self.cache.put(str(path), {"key": key, "share": asdict(shares[path])})

    @cached_property
    def files(self) -> Sequence[Path]:
        """The files of the folder, in the order in which they are read."""
        return tuple(files_of(self.config, self.paths, Path.cwd()))

    def _cached(self, path: Path) -> tuple[str, Share] | None:
        value = self.cache.get(str(path))
        try:
            return value["key"], _share(value["share"])
        except (KeyError, TypeError):
            return None

    def _key(self, path: Path, reached: Collection[Path]) -> str:
        files = (path, *sorted(reached))
        contents = (part for file in files for part in (str(file).encode(), self._plans.get(file, b"")))
        return digest([self.environment.encode(), *contents])

    def _reached(self, ids: Collection[str], shares: Mapping[Path, Share]) -> set[Path]:
        """The files of the plans with these ids, and of those that these refer to; one without a share goes by its name."""
        reached: set[Path] = set()
        if not ids:
            return reached
        files: dict[str, list[Path]] = {}
        for path in self._plans:
            files.setdefault(shares[path].plan if path in shares else path.stem, []).append(path)
        rest = [path for id_ in ids for path in files.get(id_, ())]
        while rest:
            path = rest.pop()
            if path not in reached:
                reached.add(path)
                refers = shares[path].refers if path in shares else ()
                rest += [other for id_ in refers for other in files.get(id_, ())]
        return reached

    @cached_property
    def _contents(self) -> Mapping[Path, bytes]:
        return {path: data for path in self.files if (data := _bytes(path)) is not None}

    @cached_property
    def _plans(self) -> Mapping[Path, bytes]:
        return {path: data for path, data in self._contents.items() if _PLAN.search(data)}

    @cached_property
    def environment(self) -> str:
        """The digest of what every share depends on: the program, what was asked for, every file that is no plan."""
        others = [(path, data) for path, data in self._contents.items() if path not in self._plans]
        if self.config.root:
            others.append((self.config.root / NAME, _bytes(self.config.root / NAME) or b""))
        parts = (part for path, data in others for part in (str(path).encode(), data))
        return digest([_program().encode(), self.asked.encode(), str(Path.cwd()).encode(), *parts])


def make_share(session: Session, plan: Plan, profile: Profile, roles: tuple[Role, ...]) -> Share | None:
    """The share of a plan; None where nothing of it may be shown."""
    office = session.workspace.office
    shown = [item for item in items((plan,), office) if public(item)]
    if not shown:
        return None
    register = office.register(plan)
    reach = Reach(register) if register else None
    days = dated(shown)
    texts = event_texts(days, office, session.language, profile)
    root = session.workspace.config.root or Path.cwd()
    file = Path.cwd() / plan.source.file
    name = file.relative_to(root).as_posix() if file.is_relative_to(root) else file.name
    return Share(
        plan=plan.id,
        title=plan_title(plan),
        document=document_name(plan),
        issued=plan.names_as_of.isoformat(),
        entries=tuple(
            Entry(
                uid=uid(item, profile.domain),
                ref=item.ref,
                day=str(item.last_day),
                repeats=item.original.ref if item.original else None,
                done=final_state(item, office) in DONE_STATES,
                feeds=tuple(reach.feeds(item, roles)) if reach else (),
                text=texts[uid(item, profile.domain)],
            )
            for item in days
        ),
        records=tuple(json_text(stored_record(item, office) | {"file": name}) for item in shown),
        board=board_part(shown, office),
        named=tuple(sorted(named_parties(shown, office))),
        refers=tuple(sorted(_refers(plan))),
    )


def _refers(plan: Plan) -> Iterator[str]:
    """The other plans that a plan names."""
    refs = {ref for _, deadline in plan.deadlines() for ref in (deadline.same_as, deadline.when.on_task) if ref}
    yield from {ref.partition("/")[0] for ref in refs if "/" in ref} - {plan.id}


def _share(value: dict[str, Any]) -> Share:
    """A share from the cache. Raises KeyError and TypeError for anything else."""
    entries = tuple(Entry(**(entry | {"feeds": tuple(entry["feeds"])})) for entry in value["entries"])
    lists = {name: tuple(value[name]) for name in ("records", "named", "refers")}
    return Share(**(value | lists | {"entries": entries}))


def _bytes(path: Path) -> bytes | None:
    """The content of a file that can be a plan, None for any other."""
    try:
        return path.read_bytes() if path.is_file() and path.stat().st_size <= MAX_BYTES else None
    except OSError:
        return None


def _program() -> str:
    """A name for this very version of the program: its files with their sizes and times."""
    stats = ((path, path.stat()) for path in sorted(_PACKAGE.rglob("*")) if path.suffix != ".pyc" and path.is_file())
    return "\n".join(f"{path} {stat.st_size} {stat.st_mtime_ns}" for path, stat in stats)
