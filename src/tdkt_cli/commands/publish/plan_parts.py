"""The parts of plans in a published site: made from the plans that changed, read from the cache for the others."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from tdkt_cli.commands.publish.feeds import document_name, plan_title
from tdkt_cli.commands.shared.session import Session
from tdkt_cli.core.agenda import items
from tdkt_cli.core.feeds.events import DONE_STATES, dated, final_state, public, uid
from tdkt_cli.core.feeds.site import Entry, PlanPart, Reach
from tdkt_cli.core.plan import Plan, Role
from tdkt_cli.core.record import stored_record
from tdkt_cli.core.text import json_text
from tdkt_cli.files.cache import Cache, digest
from tdkt_cli.files.config import NAME, Config
from tdkt_cli.files.dependencies import own_folder
from tdkt_cli.files.reader import MAX_BYTES
from tdkt_cli.files.workspace import files_of
from tdkt_cli.render.icalendar import Profile, event_texts
from tdkt_cli.render.pages.board import board_part, named_parties

_PLAN = re.compile(rb"""^tdkt:[ ]*["']?plan/1\b""", re.MULTILINE)


@dataclass(frozen=True)
class PartCache:
    """The cached parts of a folder of plans, each with a digest of everything that it depends on.

    That is the program, the options, every file that is no plan, the plan, and the plans that it refers to, however indirectly.
    """

    config: Config
    paths: tuple[Path, ...]
    options: str
    cache: Cache

    @cached_property
    def valid(self) -> Mapping[Path, PlanPart]:
        """The cached parts that are up to date, by the file of their plan."""
        parts: dict[Path, PlanPart] = {}
        digests: dict[Path, str] = {}
        for path in self._plans:
            with suppress(KeyError, TypeError):  # there is none, or it was written by another version
                value = self.cache.get(str(path))
                parts[path], digests[path] = _part(value["part"]), value["digest"]
        return {path: parts[path] for path, known in self.digests(parts).items() if digests.get(path) == known}

    def digests(self, parts: Mapping[Path, PlanPart]) -> dict[Path, str]:
        """Return for each part the digest of everything that it depends on."""
        digests = {}
        for path, part in parts.items():
            files = (path, *sorted(self._reachable(part.refers, parts)))
            contents = (each for file in files for each in (str(file).encode(), self._plans.get(file, b"")))
            digests[path] = digest([self.environment.encode(), *contents])
        return digests

    def needed(self, plans: Iterable[Plan]) -> set[Path]:
        """Return the files of valid parts whose plans these plans refer to, however indirectly."""
        return self._reachable({other for plan in plans for other in _refers(plan)}, self.valid) & self.valid.keys()

    def store(self, parts: Mapping[Path, PlanPart]) -> None:
        """Put into the cache those of the parts that it does not have."""
        for path, known in self.digests(parts).items():
            if path not in self.valid and path in self._plans:
                self.cache.put(str(path), {"digest": known, "part": asdict(parts[path])})

    @cached_property
    def files(self) -> Sequence[Path]:
        """The files of the folder, in the order in which they are read."""
        return tuple(files_of(self.config, self.paths, Path.cwd()))

    def _reachable(self, ids: Iterable[str], parts: Mapping[Path, PlanPart]) -> set[Path]:
        """Return the files of the plans with these ids, and of those that these refer to; without a part the name of a file is its id."""
        reached: set[Path] = set()
        rest = list(ids)
        if not rest:
            return reached
        files: dict[str, list[Path]] = {}
        for path in self._plans:
            files.setdefault(parts[path].plan if path in parts else path.stem, []).append(path)
        while rest:
            new = set(files.get(rest.pop(), ())) - reached
            reached |= new
            rest += [other for path in new & parts.keys() for other in parts[path].refers]
        return reached

    @cached_property
    def _contents(self) -> Mapping[Path, bytes]:
        return {path: data for path in self.files if (data := _bytes(path)) is not None}

    @cached_property
    def _plans(self) -> Mapping[Path, bytes]:
        return {path: data for path, data in self._contents.items() if _PLAN.search(data)}

    @cached_property
    def environment(self) -> str:
        """The digest of what every part depends on: the program, the options, every file that is no plan."""
        others = {path: data for path, data in self._contents.items() if path not in self._plans}
        if self.config.root:
            others[self.config.root / NAME] = _bytes(self.config.root / NAME) or b""
        parts = (part for path, data in others.items() for part in (str(path).encode(), data))
        return digest([_program().encode(), self.options.encode(), str(Path.cwd()).encode(), *parts])


def make_part(session: Session, plan: Plan, profile: Profile, roles: tuple[Role, ...]) -> PlanPart | None:
    """Return the part of a plan, None when nothing of it may be published."""
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
    return PlanPart(
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
    """Yield the ids of the other plans that a plan refers to."""
    refs = {ref for _, deadline in plan.deadlines() for ref in (deadline.same_as, deadline.when.on_task) if ref}
    yield from {ref.partition("/")[0] for ref in refs if "/" in ref} - {plan.id}


def _part(value: dict[str, Any]) -> PlanPart:
    """Return a part from the cache. Raises KeyError and TypeError for anything else."""
    entries = tuple(Entry(**(entry | {"feeds": tuple(entry["feeds"])})) for entry in value["entries"])
    lists = {name: tuple(value[name]) for name in ("records", "named", "refers")}
    return PlanPart(**(value | lists | {"entries": entries}))


def _bytes(path: Path) -> bytes | None:
    """Return the content of a file that can be a plan, None for any other."""
    try:
        return path.read_bytes() if path.is_file() and path.stat().st_size <= MAX_BYTES else None
    except OSError:
        return None


def _program() -> str:
    """Return what identifies this version of the program: its files with their sizes and times."""
    files = (path for path in sorted(own_folder().rglob("*")) if path.suffix != ".pyc" and path.is_file())
    return "\n".join(f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files)
