"""Two versions of the plans: two git revisions, a revision and the working tree, or two files or folders.

Only what differs is read: the plan files that git names, and the registers, calendars and plans that these need, once where they are the
same in both versions. Of the working tree git says by the files' times and sizes what may differ; that is compared here, byte by byte, so
that no filter of git's settings runs. Names of files in a repository are relative to its top, with slashes.
"""

import os
import subprocess
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import chain
from pathlib import Path, PurePosixPath

from tdkt_cli.core.diff.difference import Snapshot
from tdkt_cli.core.findings import Finding
from tdkt_cli.core.messages import msg
from tdkt_cli.core.plan import Plan
from tdkt_cli.files.config import Config, shown_path
from tdkt_cli.files.git.command import ERRORS, contents, git, with_settings
from tdkt_cli.files.loader import Loaded, load, load_bytes
from tdkt_cli.files.reader import MAX_BYTES, refused, regular_bytes, safely
from tdkt_cli.files.workspace import (
    BESIDE,
    Workspace,
    assembled,
    files_in,
    files_of,
    is_beside,
    is_read,
    read_workspace,
)
from tdkt_cli.schema.plan import PlanModel

_LINK, _FILES = "120000", ("100644", "100755", "120000")
_ON_DISK = "100644", ""


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that cannot be used in one of the versions: the first finding in it."""

    old: bool
    finding: Finding


@dataclass(frozen=True, slots=True)
class Versions:
    """Two versions of plans. `others` are the registers, by id, and the calendars, by "", whose files differ."""

    old: Snapshot
    new: Snapshot
    unread: tuple[Unread, ...] = ()
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Repository:
    """A git repository with a working tree: its top folder."""

    top: Path

    def commit(self, word: str) -> str | None:
        """Return the commit of a revision, None for an unknown one."""
        is_name = word.isprintable() and not word.startswith("-")
        return self._asked("rev-parse", "--verify", "--quiet", f"{word}^{{commit}}") if is_name else None

    def fork(self, one: str, other: str) -> str | None:
        """Return the merge base of two commits, None where they have none."""
        return self._asked("merge-base", one, other)

    def _asked(self, *arguments: str) -> str | None:
        with suppress(*ERRORS):
            return git(self.top, *arguments).decode().strip()
        return None

    def nothing(self) -> str:
        """Return the name of the empty tree. Raises one of `ERRORS`."""
        return git(self.top, "hash-object", "-t", "tree", "--stdin").decode().strip()

    def name(self, path: Path) -> str | None:
        """Return the path of a file in the repository, None for one outside."""
        full = Path(os.path.normpath(path))
        return full.relative_to(self.top).as_posix() if full.is_relative_to(self.top) else None


def repository_of(folder: Path) -> Repository | None:
    """Return the repository of a folder, which may not exist yet; None outside of one."""
    there = next((above for above in (folder, *folder.parents) if safely(above.is_dir)), folder)
    with suppress(*ERRORS):
        return Repository(Path(os.fsdecode(git(there, "rev-parse", "--show-toplevel").rstrip(b"\n"))))
    return None


@dataclass(frozen=True, slots=True)
class Entry:
    """A file that differs: mode and blob in both versions, None where it is not; the working tree has no blobs."""

    old: tuple[str, str] | None
    new: tuple[str, str] | None

    @property
    def was_link(self) -> bool:
        """Whether the old version has a link there."""
        return self.old is not None and self.old[0] == _LINK


def git_versions(
    config: Config, here: Path, repository: Repository, commits: tuple[str, str | None], asked: Sequence[Path] = ()
) -> Versions:
    """Return the plans that differ between two commits, or between one and the working tree (None).

    `asked` are the files and folders to look at; without any, all. Raises one of `files.git.ERRORS`.
    """
    return Reading(config, here, repository, commits, tuple(asked)).versions()


@dataclass(frozen=True)
class Reading:
    """Reads once what differs below the plans folder between two commits; of that, only what is `asked` for."""

    config: Config
    here: Path
    repository: Repository
    commits: tuple[str, str | None]
    asked: tuple[Path, ...] = ()
    # The contents read so far; none that is too large.
    _blobs: dict[str, bytes] = field(default_factory=dict, init=False)

    def versions(self) -> Versions:
        """Return both versions."""
        sides = [{name: file for name in self.names if (file := self._side(name, place))} for place in (0, 1)]
        folders = dict.fromkeys(str(PurePosixPath(name).parent) for name in self.names)
        units = {file.model.units for side in sides for file in side.values() if isinstance(file.model, PlanModel)}
        beside = [_needed(self._beside(place, folders), units) for place in (0, 1)]
        same = self._unchanged({name for names in beside for name in names if name not in self.names})
        spaces = []
        for place in (0, 1):
            rest = {name: same[name] for name in beside[place] if name in same}
            files = tuple({**sides[place], **rest}.values())
            spaces.append(assembled(self.config, files, self.here, partial(self._plan_beside, place)))
        return _versions(spaces, ({}, {}), [name for name in sides[0] if name in sides[1]])

    @cached_property
    def _entries(self) -> dict[str, Entry]:
        """The files that differ or may differ, asked for or not."""
        place = self.repository.name((self.here / self.config.plans).resolve())
        if place is None:
            return {}
        scope = [place, *chain.from_iterable(_places_beside(place))]
        return {name: entry for name, entry in self._merged(scope).items() if is_read(name)}

    def _merged(self, scope: Iterable[str]) -> dict[str, Entry]:
        """Return the files that differ, or may differ, at these places."""
        found: dict[str, Entry] = {}
        for name, entry in self._changed(scope):
            known = found.get(name, entry)
            found[name] = Entry(known.old or entry.old, known.new or entry.new)
        return found

    @cached_property
    def names(self) -> Collection[str]:
        """The files that differ and were asked for; registers and calendars always are."""
        asked = [name for path in self.asked if (name := self.repository.name(self.here / path)) is not None]
        places = asked if self.asked else ["."]
        names = (name for name in self._entries if is_beside(name) or any(_lies_in(name, place) for place in places))
        return self._differing({name: self._entries[name] for name in names})

    def differing(self, scope: Collection[str], wanted: Callable[[str], bool]) -> dict[str, Entry]:
        """Return the files at these places that differ and are wanted. Raises one of `files.git.ERRORS`."""
        entries = self._merged(scope) if scope else {}
        return self._differing({name: entry for name, entry in entries.items() if wanted(name)})

    def _differing(self, entries: Mapping[str, Entry]) -> dict[str, Entry]:
        sides = (side for entry in entries.values() for side in (entry.old, entry.new) if side)
        self._read_blobs(blob for mode, blob in sides if mode != _LINK and blob.strip("0"))
        return {name: entry for name, entry in entries.items() if not self._is_same(name, entry)}

    def old_as(self, entry: Entry, path: Path) -> Loaded | None:
        """Return the old version of a file that differs, as the file at a path, None where it was not there."""
        return None if entry.old is None else self._from_git(path, *entry.old)

    def _changed(self, scope: Iterable[str]) -> Iterator[tuple[str, Entry]]:
        """Yield the differences that git reports below these places; a file in conflict, or deleted from the index alone, comes twice."""
        old, new = self.commits
        options = ("--raw", "-r", "-z", "--no-renames", "--no-abbrev", "--ignore-submodules=all")
        unfiltered = self._without_filters() if new is None else ()
        command = (*unfiltered, "diff-index", *options, old) if new is None else ("diff-tree", *options, old, new)
        parts = git(self.repository.top, *command, "--", *scope).split(b"\0")
        for head, raw in zip(parts[:-1:2], parts[1::2], strict=True):
            name = os.fsdecode(raw)
            *sides, status = head.decode().removeprefix(":").split(" ")
            pairs = zip(sides[:2], sides[2:], strict=True)
            one, other = ((mode, blob) if mode in _FILES else None for mode, blob in pairs)
            in_conflict = status == "U" and (self.repository.top / name).exists()
            yield name, Entry(one, _ON_DISK if in_conflict else other)
        if new is None:
            others = git(self.repository.top, "ls-files", "-z", "--others", "--exclude-standard", "--", *scope)
            yield from ((os.fsdecode(raw), Entry(None, _ON_DISK)) for raw in others.split(b"\0")[:-1])

    def _without_filters(self) -> list[str]:
        """Return options that keep git from running filters on files of the working tree."""
        try:
            keys = git(self.repository.top, "config", "--name-only", "-z", "--get-regexp", r"^filter\.").split(b"\0")
        except subprocess.CalledProcessError:  # there are none
            return []
        filters = dict.fromkeys(os.fsdecode(key).rpartition(".")[0] for key in keys[:-1])
        return with_settings(f"{each}.{key}" for each in filters for key in ("clean=", "process=", "required=false"))

    def _is_same(self, name: str, entry: Entry) -> bool:
        """Whether a file of the working tree that git is not sure of has its old content."""
        if self.commits[1] is not None or entry.old is None or entry.new is None or entry.was_link:
            return False
        return _holds(self.repository.top / name, self._blobs.get(entry.old[1]))

    def _read_blobs(self, blobs: Iterable[str]) -> None:
        self._blobs.update(contents(self.repository.top, blobs, MAX_BYTES))

    def _side(self, name: str, place: int) -> Loaded | None:
        """Return a file that differs as it is in one of the versions, None where it is not there."""
        entry = self._entries[name]
        side = (entry.old, entry.new)[place]
        if side is None:
            return None
        is_on_disk = place == 1 and self.commits[1] is None
        return self._from_disk(name) if is_on_disk else self._from_git(self.repository.top / name, *side)

    def _from_disk(self, name: str) -> Loaded:
        path = self.repository.top / name
        return load(path, shown_path(path, self.here), self.repository.top)

    def _from_git(self, path: Path, mode: str, blob: str) -> Loaded:
        shown = shown_path(path, self.here)
        if mode == _LINK:
            problem = msg("this is a link; in a git revision links are not followed")
            return Loaded(path, None, None, refused(shown, "TDKT002", problem).findings)
        if blob not in self._blobs:
            self._read_blobs([blob])
        return load_bytes(self._blobs.get(blob), path, shown)

    def _unchanged(self, names: Collection[str]) -> dict[str, Loaded]:
        """Return the files that are the same in both versions."""
        if self.commits[1] is None:
            return {name: self._from_disk(name) for name in names if os.path.lexists(self.repository.top / name)}
        found = self._tree(self.commits[1], names)
        self._read_blobs(blob for mode, blob in found.values() if mode != _LINK)
        return {name: self._from_git(self.repository.top / name, *entry) for name, entry in found.items()}

    def _beside(self, place: int, folders: Iterable[str]) -> list[str]:
        """Return the registers and calendars nearest to each of these folders, in it or above it, in one of the versions."""
        searched = list(chain.from_iterable(map(_places_beside, folders)))
        places = dict.fromkeys(chain.from_iterable(searched))
        commit = self.commits[place]
        if commit is None:
            top = self.repository.top
            held = {each: [path.relative_to(top).as_posix() for path in files_in(top / each)] for each in places}
        else:
            names = [name for name in self._tree(commit, places) if is_read(name)]
            held = {each: [name for name in names if _lies_in(name, each)] for each in places}
        nearest = (next(filter(None, map(held.__getitem__, each)), []) for each in searched)
        return list(dict.fromkeys(chain.from_iterable(nearest)))

    def _tree(self, commit: str, places: Collection[str]) -> dict[str, tuple[str, str]]:
        """Return mode and blob of these files, and of those in these folders, in a commit."""
        if not places:
            return {}
        answer = git(self.repository.top, "ls-tree", "-r", "-z", "--full-tree", commit, "--", *places)
        found = {}
        for entry in answer.split(b"\0")[:-1]:
            head, _, name = entry.partition(b"\t")
            mode, _, blob = head.decode().split(" ")
            if mode in _FILES:
                found[os.fsdecode(name)] = mode, blob
        return found

    def _plan_beside(self, place: int, plan: Plan, other: str) -> Loaded | None:
        """Return the file of the plan with an id that lies beside another, as it is in one of the versions."""
        file = self.repository.name(self.here / plan.source.file)
        name = str(PurePosixPath(file or "").with_name(f"{other}.yaml"))
        return self._side(name, place) if name in self._entries else self._unchanged([name]).get(name)


def _places_beside(folder: str) -> list[list[str]]:
    """Return where the registers of a folder are looked for, and where its calendars: in it, then above it up to the top."""
    path = PurePosixPath(folder)
    return [[str(level / name) for level in (path, *path.parents)] for name in BESIDE]


def _lies_in(name: str, place: str) -> bool:
    return place in {".", name} or name.startswith(f"{place}/")


def path_versions(config: Config, here: Path, old: Path, new: Path) -> Versions:
    """Return the plans of two files, or those that differ in two folders."""
    tops = [here / path for path in (old, new)]
    both = [_files(config, top, here) for top in tops]
    common = [name for name in both[0] if name in both[1] and safely(tops[0].is_dir)]
    same = {name for name in common if _holds(both[0][name], _content(both[1][name]))}
    spaces = [
        read_workspace(config, [top], here, {own[name] for name in same if not is_beside(name)})
        for top, own in zip(tops, both, strict=True)
    ]
    names = [{shown_path(path, here): name for name, path in own.items()} for own in both]
    return _versions(spaces, names, [name for name in common if name not in same])


def _files(config: Config, top: Path, here: Path) -> dict[str, Path]:
    """Return the files of a folder by name; a single file is called "."."""
    found = files_of(config, [top], here)
    return {path.relative_to(top).as_posix(): path for path in found if path.is_relative_to(top)}


def _holds(path: Path, data: bytes | None) -> bool:
    return data is not None and _content(path) == data


def _content(path: Path) -> bytes | None:
    """Return the content of a file; None for a link, which may lead anywhere, and where `load` will say why it is not read."""
    with suppress(OSError):
        content = None if path.is_symlink() else regular_bytes(path)
        return content if isinstance(content, bytes) else None
    return None


def _versions(spaces: Sequence[Workspace], names: Sequence[Mapping[str, str]], differing: Iterable[str]) -> Versions:
    """Return both versions without the plans whose file cannot be used in one of them.

    `names` give each version's files the name that both share, where that is not the one shown.
    """
    sides = list(zip(spaces, names, strict=True))
    lost = {own.get(file, file) for space, own in sides for file in space.left_out}
    read = [(plan.source.file, plan.id, own) for space, own in sides for plan in space.plans]
    gone = {id_ for file, id_, own in read if own.get(file, file) in lost}
    snapshots = [Snapshot(tuple(plan for plan in space.plans if plan.id not in gone), space.office) for space in spaces]
    unread: dict[tuple[str, str], Unread] = {}
    for space in reversed(spaces):
        files: set[str] = set()
        for finding in space.findings:
            if finding.file not in files:
                files.add(finding.file)
                unread.setdefault((finding.file, str(finding.message)), Unread(space is spaces[0], finding))
    beside = filter(is_beside, differing)
    others = ("" if "calendars" in name.split("/") else PurePosixPath(name).stem for name in beside)
    return Versions(snapshots[0], snapshots[1], tuple(unread.values()), tuple(others))


def _needed(names: list[str], units: Collection[str | None]) -> list[str]:
    """Return the calendars among these files and the registers with these ids; all registers if one is missing, for its file may have another name."""
    registers = {PurePosixPath(name).stem for name in names if "units" in name.split("/")}
    if not {id_ for id_ in units if id_} <= registers:
        return names
    return [name for name in names if "units" not in name.split("/") or PurePosixPath(name).stem in units]
