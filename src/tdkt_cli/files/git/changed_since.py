"""The files that have changed since a commit, as they were then.

Git calls a file by where it really lies, a person perhaps by a link to it or to a folder above it: here files have the paths by which
they are read.
"""

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tdkt_cli.files.config import NAME, Config
from tdkt_cli.files.git.revisions import Reading, Repository
from tdkt_cli.files.loader import Loaded
from tdkt_cli.files.reader import safely
from tdkt_cli.files.workspace import BESIDE, is_read


@dataclass(frozen=True, slots=True)
class Earlier:
    """The differences of the working tree from a commit.

    `files` are those that differ, as they were then; None where they were not there. Of the `foreign`, which lie outside the repository, it
    cannot be said. `whole` is whether tdkt.toml or a link differs, so that anything may have been otherwise.
    """

    files: Mapping[Path, Loaded | None]
    foreign: frozenset[Path]
    whole: bool


def real_path(path: Path) -> Path:
    """Return where a path leads, as far as it can be followed. Raises nothing."""
    return Path(os.path.realpath(path))


def earlier_files(
    config: Config, here: Path, repository: Repository, commit: str, paths: Sequence[Path], files: Collection[Path]
) -> Earlier:
    """What differs of the files and folders `paths`, of the registers and calendars beside them, and of what links among `files` lead to.

    `files` are those that are read now. A file that was renamed is one that went and one that came. Raises one of `files.git.ERRORS`.
    """
    reading = Reading(config, here, repository, (commit, None))
    places = _places(config, here, paths, files)
    above = (here, *here.parents)  # a tdkt.toml between here and the one that holds may have been the one that held
    settings = {folder / NAME for folder in above if config.root is None or folder.is_relative_to(config.root)}
    links = {link for path in (*places, *settings, *{file.parent for file in files}) for link in _links(path)}
    decisive = {*links, *settings, *map(real_path, settings)}
    scope = {repository.name(path) for path in (*places.values(), *decisive)}

    def is_wanted(name: str) -> bool:
        real = repository.top / name
        return real in decisive or any(_as_read(real, places))

    differing = reading.differing(sorted(name for name in scope if name), is_wanted)
    then: dict[Path, Loaded | None] = {}
    whole = False
    for name, entry in differing.items():
        real = repository.top / name
        known = [path for path in _as_read(real, places) if path not in then]
        then.update({path: reading.old_as(entry, path) for path in known})
        whole = whole or real in decisive or bool(known and entry.was_link)
    foreign = frozenset(file for file in files if repository.name(real_path(file)) is None)
    return Earlier(then, foreign, whole)


def _places(config: Config, here: Path, paths: Sequence[Path], files: Collection[Path]) -> dict[Path, Path]:
    """The folders in which files are looked for, and the links to files, each with where it really is."""
    asked = [Path(os.path.normpath(here / path)) for path in paths or (config.plans,)]
    folders = dict.fromkeys(path if safely(path.is_dir) else path.parent for path in asked)
    links = (file for file in files if safely(file.is_symlink))
    above = [level for folder in folders for level in (folder, *folder.parents)]
    beside = {level / name: real_path(level) / name for level in above for name in BESIDE}
    return {path: real_path(path) for path in (*folders, *links)} | beside


def _as_read(real: Path, places: Mapping[Path, Path]) -> Iterator[Path]:
    """The paths by which a file is read that lies there."""
    for path, place in places.items():
        if real == place:
            yield path
        elif real.is_relative_to(place) and is_read(real.relative_to(place).as_posix()):
            yield path / real.relative_to(place)


def _links(path: Path, followed: frozenset[Path] = frozenset()) -> Iterator[Path]:
    """The links on the way to a path, where they really are, and those on the way to where these lead."""
    for step in (*reversed(path.parents), path):
        if safely(step.is_symlink):
            link = real_path(step.parent) / step.name
            yield link
            if link not in followed:
                yield from _links(link.parent / step.readlink(), followed | {link})
