"""The folder of a published site: files are written whole, only when they change, and never outside it.

A file whose content stays is not touched: its time of change tells calendar programs whether to read it again.
"""

from dataclasses import dataclass
from pathlib import Path

from tdkt_cli.core.messages import MessageError, msg
from tdkt_cli.files.writer import write_whole


class SiteError(MessageError):
    """A site that cannot be written; `message` says why."""


@dataclass(frozen=True, slots=True)
class Site:
    """A folder to publish into."""

    folder: Path

    def write(self, name: str, text: str) -> bool:
        """Write a file of the site, its folders made; whether it changed. Raises SiteError and OSError."""
        path = self._inside(name)
        data = text.encode()
        if path.is_file() and path.read_bytes() == data:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, text)
        return True

    def state(self, name: str) -> tuple[int, int] | None:
        """The size (octets) and time of change (ns) of a file, None where there is no such file."""
        path = self.folder / name
        return (path.stat().st_size, path.stat().st_mtime_ns) if path.is_file() and not path.is_symlink() else None

    def remove(self, name: str) -> None:
        """Take a file out of the site. Raises SiteError and OSError."""
        self._inside(name).unlink(missing_ok=True)

    def _inside(self, name: str) -> Path:
        """The path of a file, once it is certain that no link leads out of the site."""
        path = self.folder / name
        if not path.resolve().is_relative_to(self.folder.resolve()):
            raise SiteError(msg("{file} is a link that leads out of the site; delete it", file=str(path)))
        return path
