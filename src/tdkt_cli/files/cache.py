"""A cache of computed values in the user's cache folder, or where TDKT_CACHE says.

A cached value stands under the digest of everything that it was made of; with anything else it is not found. Only plain data is kept, and
whatever cannot be read or written is as if it had never been there: no result depends on the cache.
"""

import hashlib
import json
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tdkt_cli.files.writer import write_whole

_MAX_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of cached values by name; with None nothing is cached."""

    folder: Path | None

    def get(self, name: str) -> Any:  # noqa: ANN401 - plain data of any shape
        """Return the value cached under a name, None where there is none."""
        with suppress(OSError, ValueError, RecursionError):
            path = self._path(name)
            if path and path.stat().st_size <= _MAX_BYTES:
                return json.loads(path.read_bytes())
        return None

    def put(self, name: str, value: object) -> None:
        """Cache a value under a name, replacing an older one."""
        with suppress(OSError, ValueError):
            if path := self._path(name):
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                write_whole(path, json.dumps(value, ensure_ascii=False, separators=(",", ":")))

    def _path(self, name: str) -> Path | None:
        return self.folder / f"{digest([name.encode()])}.json" if self.folder else None


def open_cache(kind: str) -> Cache:
    """Return the cache for one kind of values; it caches nothing where there is no cache folder."""
    folder = cache_folder()
    return Cache(folder / kind if folder else None)


def cache_folder() -> Path | None:
    """Return the folder of all caches, which may not exist yet; None where TDKT_CACHE is set and empty."""
    if (chosen := os.environ.get("TDKT_CACHE")) is not None:
        return Path(chosen) if chosen else None
    with suppress(RuntimeError):  # nobody's home
        if sys.platform == "win32":
            return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "tdkt"
        if sys.platform == "darwin":
            return Path.home() / "Library" / "Caches" / "tdkt"
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "tdkt"
    return None


def kept_bytes(folder: Path) -> tuple[int, int]:
    """Return the number of cached values in a folder and their size in bytes. Raises OSError."""
    sizes = [path.stat().st_size for path in folder.glob("*/*.json") if path.is_file()]
    return len(sizes), sum(sizes)


def digest(parts: Iterable[bytes]) -> str:
    """Return one digest for all parts; how they are divided counts too."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(len(part).to_bytes(8, "big"))
        whole.update(part)
    return whole.hexdigest()
