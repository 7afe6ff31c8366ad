"""A published feed, read as the previous edition: from a file, a file of the same name in a folder, or an address on the web."""

from http.client import HTTPException, InvalidURL
from pathlib import Path
from socket import gaierror
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from tdkt_cli.core.feeds.editions import Edition, NotAFeedError, read_edition
from tdkt_cli.core.messages import Message, MessageError, msg, reason

MAX_BYTES = 128 * 1024 * 1024
_SECONDS = 30
_WEB = ("http://", "https://")
_GONE = (404, 410)


class PreviousError(MessageError):
    """A previous edition that is there but cannot be used; `message` says why."""


def read_previous(place: str, name: str) -> Edition | None:
    """Return the edition at `place`; in a folder, or at an address that ends in a slash, of the feed called `name`.

    None where there is none yet: nothing in the folder, nothing at the address. Raises PreviousError for a file that is
    missing, and for anything that is no whole feed: a feed that forgot its past would not be taken up by calendar programs.
    """
    data, shown = read_bytes(place, name)
    return None if data is None else _edition(data, shown)


def read_bytes(place: str, name: str) -> tuple[bytes | None, str]:
    """What stands at `place`, or there in the file called `name`, None where nothing does; and what to call it.

    Raises PreviousError for a file that is missing, and for what cannot be read.
    """
    place = place.replace("webcal://", "https://", 1)
    if place.startswith(_WEB):
        address = place + name if place.endswith("/") else place
        return _fetched(address), address
    path = Path(place)
    if path.is_dir():
        return read_file(path / name), str(path / name)
    if not path.exists():
        raise PreviousError(msg("there is no file {file}; without --previous a first edition is made", file=place))
    return read_file(path), place


def read_edition_file(path: Path) -> Edition | None:
    """Return the edition in a file, None without one. Raises PreviousError for a file that is not a complete feed."""
    data = read_file(path)
    return None if data is None else _edition(data, str(path))


def read_file(path: Path) -> bytes | None:
    """Return the content of a file, None without one. Raises PreviousError where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise PreviousError(msg("{file} cannot be read: {reason}", file=str(path), reason=reason(error))) from error


def _fetched(address: str) -> bytes | None:
    try:
        request = Request(address, headers={"Accept": "text/calendar", "User-Agent": "tdkt"})  # noqa: S310 - http(s) only
        with urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310
            data: bytes = answer.read(MAX_BYTES + 1)
            return data
    except (OSError, HTTPException, ValueError) as error:
        if isinstance(error, HTTPError):
            error.close()
            if error.code in _GONE:
                return None
        message = msg(
            "the previous edition at {address} cannot be fetched: {reason}", address=address, reason=_why(error)
        )
        raise PreviousError(message) from error


def _why(error: BaseException | str) -> Message | str:
    if isinstance(error, HTTPError):
        return f"HTTP {error.code}"
    if isinstance(error, URLError):
        return _why(error.reason)
    if isinstance(error, gaierror):
        return msg("the address is unknown, or there is no network")
    if isinstance(error, OSError):
        return reason(error)
    if isinstance(error, str | ValueError | InvalidURL):
        return msg("this is not a web address")
    return msg("the system says: {words}", words=str(error) or type(error).__name__)


def _edition(data: bytes, shown: str) -> Edition:
    if data[:6] not in {b"", b"BEGIN:"}:
        raise PreviousError(msg("{file} is no calendar; name another file", file=shown))
    try:
        return read_edition(data.decode() if len(data) <= MAX_BYTES else "")
    except (NotAFeedError, UnicodeDecodeError) as error:
        message = msg(
            "{file} is not a complete feed made by tdkt; name another file, or delete it to start again", file=shown
        )
        raise PreviousError(message) from error
