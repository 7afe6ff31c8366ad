"""Paths in a repository: relative to its top, with slashes."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from tdkt_cli.files.workspace import BESIDE, is_ours


def levels(folder: str) -> Iterator[str]:
    """Yield a folder and those above it, up to the top of the repository."""
    path = PurePosixPath(folder)
    yield from (str(level) for level in (path, *path.parents))


def join(folder: str, name: str) -> str:
    """Return the path of a name in a folder."""
    return str(PurePosixPath(folder) / name)


def lies_in(name: str, place: str) -> bool:
    """Whether a file is at a place or below it."""
    return place in {".", name} or name.startswith(f"{place}/")


def is_beside(name: str) -> bool:
    """Whether a file is a register or a calendar by its folder."""
    return not set(BESIDE).isdisjoint(name.split("/")[:-1])


def is_plain(name: str) -> bool:
    """Whether a file is read: YAML by its name, neither hidden nor in a hidden folder."""
    parts = name.split("/")
    return is_ours(parts[-1]) and not any(part.startswith(".") for part in parts)
