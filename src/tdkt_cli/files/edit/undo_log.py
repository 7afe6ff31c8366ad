"""The log of edits for `tdkt undo`, in the user's cache folder, by the folder of the plans.

An edit is taken back only while its files are as it left them.
"""

from collections.abc import Callable, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tdkt_cli.core.messages import msg
from tdkt_cli.files.cache import Cache, digest, open_cache
from tdkt_cli.files.config import shown_path
from tdkt_cli.files.edit.changes import Changed, ChangeError, current_bytes
from tdkt_cli.files.writer import BusyError, locked

_MOST = 20


@dataclass(frozen=True, slots=True)
class Remembered:
    """An edit in the log: its messages, and its files with their old content."""

    said: tuple[str, ...]
    files: tuple[tuple[Path, bytes, str], ...]  # the path, the old content, and the digest of the new one


def remember(folder: Path, files: Sequence[Changed], said: Sequence[str]) -> None:
    """Add an edit of plans of this folder to the log."""
    entries = tuple((file.path.resolve(), file.before, digest([file.after])) for file in files)
    _rewrite(folder, lambda edits: [*edits[-_MOST + 1 :], _entry(Remembered(tuple(said), entries))])


def last(folder: Path) -> Remembered | None:
    """Return the last edit of the log, None where it is empty."""
    cache, name = _cache(folder)
    try:
        edit = _edits(cache, name)[-1]
        files = tuple((Path(path), before.encode(), after) for path, before, after in edit["files"])
        return Remembered(tuple(map(str, edit["said"])), files)
    except (LookupError, TypeError, ValueError, AttributeError):  # nothing there, or not what was put there
        return None


def forget(folder: Path, edit: Remembered) -> None:
    """Remove an edit from the log, unless another has been added since."""
    gone = _entry(edit)
    _rewrite(folder, lambda edits: [other for other in edits if other != gone])


def _entry(edit: Remembered) -> dict[str, Any]:
    files = [[str(path), before.decode(), after] for path, before, after in edit.files]
    return {"said": list(edit.said), "files": files}


def _rewrite(folder: Path, change: Callable[[list[Any]], list[Any]]) -> None:
    """Write what is remembered of a folder anew; one process at a time, so that none loses what another puts there."""
    cache, name = _cache(folder)
    held = locked([cache.folder / "undo"]) if cache.folder and cache.folder.is_dir() else nullcontext()
    with suppress(BusyError), held:
        cache.put(name, change(_edits(cache, name)))


def taken_back(edit: Remembered, here: Path) -> list[Changed]:
    """Return the files as they were before an edit, not yet written. Raises ChangeError where one has changed since."""
    files = []
    for path, before, after in edit.files:
        shown = shown_path(path, here)
        now = current_bytes(path, shown)
        if digest([now]) != after:
            raise ChangeError(shown, msg("the file has changed since; take the change back by hand, or with git"))
        files.append(Changed(path, shown, now, before))
    return files


def _cache(folder: Path) -> tuple[Cache, str]:
    return open_cache("undo"), str(folder.resolve())


def _edits(cache: Cache, name: str) -> list[Any]:
    edits = cache.get(name)
    return edits if isinstance(edits, list) else []
