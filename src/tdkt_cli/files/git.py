"""Git, asked safely: it is asked to run nothing of the repository's own (hooks, filters, signers, monitors) and to fetch nothing."""

import os
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

_GIT = (
    "git",
    "--no-optional-locks",
    "--literal-pathspecs",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "log.showSignature=false",
    "-c",
    "log.showRoot=true",
)
_SECONDS = 60
ERRORS = (
    OSError,
    ValueError,
    subprocess.SubprocessError,
)  # how it is told that git is not there, refused, or answered otherwise


def git(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
    """What git answers in a folder. Raises one of `ERRORS`."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    clean |= {"GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    command = [*_GIT, "-C", str(folder), *arguments]
    return subprocess.run(command, input=given, env=clean, capture_output=True, check=True, timeout=_SECONDS).stdout  # noqa: S603


def contents(folder: Path, names: Iterable[str], most: int | None = None) -> Mapping[str, bytes]:
    """The contents with these names; without those of more than `most` bytes. Raises one of `ERRORS`."""
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
