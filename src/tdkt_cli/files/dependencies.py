"""Installed versions of tdkt and its libraries, and the ranges that its metadata admits.

Of a version only the numbers count; that is enough for bounds such as those of pyproject.toml.
"""

import json
import operator
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution, requires, version
from pathlib import Path

DISTRIBUTION = "tdkt-cli"
_REQUIREMENT = re.compile(r"([\w.-]+)(?:\[[^\]]*\])?\s*\(?([^;)]*)\)?(?:;(.*))?")
_PLATFORM = re.compile(r"sys_platform == ['\"](\w+)['\"]")
_CLAUSE = re.compile(r"\s*(>=|<=|==|<|>)\s*([\w.]+)\s*")
_COMPARED: dict[str, Callable[[list[int], list[int]], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    "==": operator.eq,
    "<": operator.lt,
    ">": operator.gt,
}


@dataclass(frozen=True, slots=True)
class Library:
    """A library that tdkt needs: its version, None where it is not installed, and the bounds, such as `>=13.8`."""

    name: str
    version: str | None
    needed: str

    @property
    def fits(self) -> bool:
        """Whether it is installed in a version within the bounds."""
        return self.version is not None and within(self.version, self.needed)


def own_version() -> str | None:
    """Return the version of tdkt, None where it was copied and not installed."""
    return version_of(DISTRIBUTION)


def version_of(name: str) -> str | None:
    """Return the version of an installed library, None where it is missing."""
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def own_folder() -> Path:
    """Return the folder of the running tdkt."""
    return Path(__file__).parents[1]


def is_editable() -> bool:
    """Whether tdkt runs from its sources, so that whatever is changed there is what runs."""
    with suppress(PackageNotFoundError, ValueError, AttributeError):
        told = json.loads(distribution(DISTRIBUTION).read_text("direct_url.json") or "{}")
        return bool(told.get("dir_info", {}).get("editable"))
    return False


def libraries() -> Iterator[Library]:
    """Return the libraries that tdkt needs on this platform, without extras, by its metadata."""
    try:
        needed = requires(DISTRIBUTION) or []
    except PackageNotFoundError:
        return
    for line in needed:
        match = _REQUIREMENT.match(line)
        if match and _is_for_us(match[3] or ""):
            yield Library(match[1], version_of(match[1]), match[2].strip())


def _is_for_us(marker: str) -> bool:
    platform = _PLATFORM.search(marker)
    return "extra" not in marker and (platform is None or platform[1] == sys.platform)


def within(found: str, needed: str) -> bool:
    """Whether a version lies within bounds such as `>=0.26,<0.29`."""
    clauses = filter(None, map(_CLAUSE.fullmatch, needed.split(",")))
    return all(_COMPARED[clause[1]](*_padded(_numbers(found), _numbers(clause[2]))) for clause in clauses)


def _numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text.partition("+")[0])]


def _padded(one: list[int], other: list[int]) -> tuple[list[int], list[int]]:
    """Return both padded with zeros to the same length: 3 is 3.0."""
    length = max(len(one), len(other))
    return one + [0] * (length - len(one)), other + [0] * (length - len(other))
