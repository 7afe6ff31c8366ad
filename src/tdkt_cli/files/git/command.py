"""Calls of git that run nothing of the repository's own (hooks, filters, signers, monitors) and fetch nothing.

Only `commit` is the person's own git, with hooks and all, since that is what a commit typed by hand would be.
"""

import os
import subprocess
from collections.abc import Iterable, Mapping
from contextlib import suppress
from itertools import islice
from pathlib import Path

_SETTINGS = ("core.fsmonitor=false", "log.showSignature=false", "log.showRoot=true", "log.diffMerges=first-parent")
_SECONDS = 60
_AT_ONCE = 500  # names that a command line can hold
ERRORS = (OSError, ValueError, subprocess.SubprocessError)  # git is missing, refused, or gave another answer


def with_settings(settings: Iterable[str]) -> list[str]:
    """Return the options by which git uses these settings, such as `core.fsmonitor=false`."""
    return [word for setting in settings for word in ("-c", setting)]


_GIT = ("git", "--no-optional-locks", "--literal-pathspecs", *with_settings(_SETTINGS))


def git(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
    """Return the output of git in a folder. Raises one of `ERRORS`."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    clean |= {"GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    command = [*_GIT, "-C", str(folder), *arguments]
    return subprocess.run(command, input=given, env=clean, capture_output=True, check=True, timeout=_SECONDS).stdout  # noqa: S603


def is_there() -> bool:
    """Whether git runs on this machine."""
    with suppress(*ERRORS):
        return bool(git(Path(), "version"))
    return False


def setting(folder: Path, name: str) -> str:
    """Return a setting of git, empty where it is not set. Raises one of `ERRORS` but CalledProcessError."""
    try:
        return git(folder, "config", "--get", name).decode("utf-8", "replace").strip()
    except subprocess.CalledProcessError:  # how git says that there is none
        return ""


def repository(folder: Path) -> Path | None:
    """Return the top folder of the repository of a folder, None outside of one."""
    return next((above for above in (folder, *folder.parents) if (above / ".git").exists()), None)


def is_shallow(folder: Path) -> bool:
    """Whether git has only the end of the history, as CI services clone it. Raises one of `ERRORS`."""
    return git(folder, "rev-parse", "--is-shallow-repository").strip() != b"false"


def uncommitted(top: Path, files: Iterable[Path]) -> dict[Path, bool]:
    """Return which of these files have changes that are not committed, and whether git tracks them.

    Raises one of `ERRORS`.
    """
    names = {file.relative_to(top).as_posix(): file for file in files}
    options = ("--porcelain", "--no-renames", "--untracked-files=all", "--ignored", "-z")
    known: dict[str, bool] = {}
    left = iter(names)
    while some := list(islice(left, _AT_ONCE)):
        answer = git(top, "status", *options, "--", *some)
        known |= {entry[3:]: entry[:2] not in {"??", "!!"} for entry in os.fsdecode(answer).split("\0") if entry}
    return {file: known[name] for name, file in names.items() if name in known}


def commit(top: Path, files: Iterable[Path], paragraphs: Iterable[str]) -> str:
    """Commit these files and nothing else. Returns the new commit's short name and subject.

    Raises CalledProcessError with what git and its hooks said, or another of `ERRORS`.
    """
    messages = [word for paragraph in paragraphs for word in ("--message", paragraph)]
    # --literal-pathspecs would blind the hooks
    paths = [f":(literal){file.relative_to(top).as_posix()}" for file in files]
    command = ["git", "-C", str(top), "commit", "--quiet", *messages, "--", *paths]
    subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=True)  # noqa: S603
    return git(top, "log", "-1", "--format=%h %s").decode("utf-8", "replace").strip()


def contents(folder: Path, names: Iterable[str], most: int | None = None) -> Mapping[str, bytes]:
    """Return the contents of blobs, without those of more than `most` bytes. Raises one of `ERRORS`."""
    wanted = list(dict.fromkeys(names))
    if wanted and most is not None:
        sizes = git(folder, "cat-file", "--batch-check", given=_lines(wanted)).splitlines()
        wanted = [name for name, line in zip(wanted, sizes, strict=True) if int(line.split(b" ")[-1]) <= most]
    answer = git(folder, "cat-file", "--batch", given=_lines(wanted)) if wanted else b""
    found: dict[str, bytes] = {}
    at = 0
    for name in wanted:
        end = answer.index(b"\n", at)
        size = int(answer[at:end].split(b" ")[-1])
        found[name] = answer[end + 1 : end + 1 + size]
        at = end + 1 + size + 1
    return found


def _lines(names: Iterable[str]) -> bytes:
    return "".join(f"{name}\n" for name in names).encode()
