"""The writer: a file is written whole or not at all.

The new content is written beside the file, into a temporary one that no command reads, and takes its place in one step: whenever this
ends, by a failure, a signal or a kill, the old content or the new one stands there. Signals wait while it goes on. A file that only
reads, or is no file, is refused. A link is followed; mode, owner and group are kept. Of a file with several names (hard links) the
others keep the old content: they are copies that somebody made.

Whoever changes a file by what stands in it holds the lock of its folder meanwhile. The system lets go of that lock however a process
ends. Where there is no such lock (Windows, some network drives) it is done without.
"""

import errno
import os
import re
import signal
import stat
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

if sys.platform != "win32":
    import fcntl

_PATIENCE = 5.0  # seconds; a write takes some thousandths of one
_PAUSE = 0.01


class BusyError(Exception):
    """Another process holds the lock of a folder for longer than any write takes."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The new content of a file, complete and safe on the disk, but not yet in its place."""

    target: Path
    temporary: Path

    def take_place(self) -> None:
        """Put it there, in one step. Raises OSError and leaves the old file."""
        self.temporary.replace(self.target)
        _sync_folder(self.target.parent)

    def take_free_place(self) -> None:
        """Put it where nothing is yet. Raises FileExistsError where anything bears its name, be it since a moment ago, and OSError."""
        try:
            os.link(self.temporary, self.target)
        except FileExistsError:
            raise
        except OSError as error:  # there are file systems without hard links
            if os.path.lexists(self.target):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(self.target)) from error
            self.temporary.replace(self.target)
        _sync_folder(self.target.parent)


def write_whole(path: Path, text: str) -> None:
    """Replace the content of a file, or make it. Raises OSError and leaves the old file."""
    with undisturbed():
        put_in_place(real(path), text.encode())


def write_new(path: Path, text: str, *, executable: bool = False) -> None:
    """Make a file that is not there yet. Raises FileExistsError where anything bears its name, and OSError."""
    if os.path.lexists(path):  # be it a folder, or a file that only reads
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    with undisturbed(), draft(path, text.encode()) as new:
        if executable:
            new.temporary.chmod(0o777 & ~_umask())
        new.take_free_place()


def put_in_place(target: Path, data: bytes) -> None:
    """Replace the content of a file that is no link. Raises OSError and leaves the old file."""
    with draft(target, data) as new:
        new.take_place()


def real(path: Path) -> Path:
    """Return the file that a path leads to through its links. Raises OSError."""
    try:
        return path.resolve()
    except RuntimeError as error:  # how pathlib tells of a loop of links
        raise OSError(errno.ELOOP, str(error)) from error


@contextmanager
def draft(target: Path, data: bytes) -> Iterator[Draft]:
    """Write the new content of a file beside it; unless it takes its place, it is deleted at the end. Raises OSError."""
    old = _replaceable(target)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            _take_after(temporary, old)
            os.fsync(file.fileno())
        yield Draft(target, temporary)
    finally:
        with suppress(OSError):
            temporary.unlink()


def _replaceable(target: Path) -> os.stat_result | None:
    """What the system says of a file that may be written, None where there is none. Raises OSError."""
    try:
        status = target.stat()
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    if not stat.S_ISREG(status.st_mode) or not status.st_mode & 0o222:  # root may write what is meant to be read only
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
    os.close(os.open(target, os.O_WRONLY))
    return status


def _take_after(new: Path, old: os.stat_result | None) -> None:
    """Give a new file the owner, group and mode of the old one; whoever may not give files away keeps the group. Raises OSError."""
    if old is None:
        new.chmod(0o666 & ~_umask())
        return
    own = new.stat()
    if sys.platform != "win32" and (own.st_uid, own.st_gid) != (old.st_uid, old.st_gid):
        try:
            os.chown(new, old.st_uid, old.st_gid)
        except PermissionError:
            os.chown(new, -1, old.st_gid)
    new.chmod(stat.S_IMODE(old.st_mode))


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    """Make the new name durable, where folders can be opened (not on Windows)."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    with suppress(OSError):  # the new content is in place; some file systems cannot do more
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Delay the signals that end a program until the block ends."""
    if sys.platform == "win32":
        yield
        return
    ending = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ending)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def locked(targets: Iterable[Path]) -> Iterator[None]:
    """Hold the locks of the folders of these files; files left by a killed process are deleted. Raises BusyError."""
    by_folder: dict[Path, list[str]] = {}
    for target in targets:
        by_folder.setdefault(target.parent, []).append(target.name)
    with ExitStack() as held:
        for folder in sorted(by_folder):  # in one order, so that no two wait for each other
            if held.enter_context(_lock(folder)):
                _sweep(folder, by_folder[folder])
        yield


@contextmanager
def _lock(folder: Path) -> Iterator[bool]:
    """Whether there is a lock, which is then held."""
    if sys.platform == "win32":
        yield False
        return
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:  # what is wrong with it, writing will say
        yield False
        return
    try:
        yield _acquired(handle)
    finally:
        with suppress(OSError):  # it is let go of all the same
            os.close(handle)


def _acquired(handle: int) -> bool:
    give_up = time.monotonic() + _PATIENCE
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() > give_up:
                raise BusyError from error
            time.sleep(_PAUSE)
        except OSError:  # not on this file system
            return False
        else:
            return True


def _sweep(folder: Path, names: Iterable[str]) -> None:
    """Take away the temporary files of these files: while the lock is held nobody is writing them."""
    left = re.compile(rf"\.(?:{'|'.join(map(re.escape, names))})\.[a-z0-9_]{{8}}\.tmp")
    with suppress(OSError):
        for path in folder.iterdir():
            if left.fullmatch(path.name):
                path.unlink()
