"""The previous edition of a feed: a file, a file of the same name in a folder, or an address on the web."""

from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from tdkt_cli.core.editions import Edition, NotAFeedError, read_edition
from tdkt_cli.core.messages import Message, msg

MAX_BYTES = 128 * 1024 * 1024
_SECONDS = 30
_WEB = ("http://", "https://")
_GONE = (404, 410)


class PreviousError(Exception):
    """A previous edition that is there but cannot be used; `message` says why."""

    def __init__(self, message: Message) -> None:
        """Refuse with this message."""
        super().__init__(str(message))
        self.message = message


def read_previous(place: str, name: str) -> Edition | None:
    """The edition at `place`, in a folder or at an address that ends in a slash the feed called `name`.

    None where there is none yet: nothing in the folder, nothing at the address. Raises PreviousError for a file that is
    missing, and for anything that is no whole feed: a feed that forgot its past would not be taken up by calendar programs.
    """
    place = place.replace("webcal://", "https://", 1)
    if place.startswith(_WEB):
        return _edition(_fetched(place + name if place.endswith("/") else place), place)
    path = Path(place)
    if path.is_dir():
        return read_edition_file(path / name)
    if not path.exists():
        raise PreviousError(msg("there is no file {file}; without --previous a first edition is made", file=place))
    return read_edition_file(path)


def read_edition_file(path: Path) -> Edition | None:
    """The edition in a file, None where there is no file. Raises PreviousError for a file that is not a whole feed."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise PreviousError(msg("{file} cannot be read: {reason}", file=str(path), reason=reason)) from error
    return _edition(data, str(path))


def _fetched(address: str) -> bytes | None:
    try:
        request = Request(address, headers={"Accept": "text/calendar", "User-Agent": "tdkt"})  # noqa: S310 - http(s) only
        with urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310
            data: bytes = answer.read(MAX_BYTES + 1)
            return data
    except HTTPError as error:
        with error:
            if error.code in _GONE:
                return None
        raise PreviousError(_unreachable(address, f"HTTP {error.code}")) from error
    except URLError as error:
        raise PreviousError(_unreachable(address, str(error.reason))) from error
    except (OSError, HTTPException, ValueError) as error:
        raise PreviousError(_unreachable(address, str(error) or type(error).__name__)) from error


def _unreachable(address: str, reason: str) -> Message:
    return msg("the previous edition at {address} cannot be fetched: {reason}", address=address, reason=reason)


def _edition(data: bytes | None, shown: str) -> Edition | None:
    if data is None:
        return None
    try:
        return read_edition(data.decode() if len(data) <= MAX_BYTES else "")
    except (NotAFeedError, UnicodeDecodeError) as error:
        raise PreviousError(
            msg("{file} is not a whole feed made by tdkt; name another file, or delete it to begin anew", file=shown)
        ) from error
