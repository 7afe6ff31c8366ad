"""Installed versions of tdkt and its libraries, and the ranges that its metadata admits.

Of a version only the numbers count; that is enough for bounds such as those of pyproject.toml.
"""

import json
import operator
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution, requires, version
from pathlib import Path

DISTRIBUTION = "tdkt-cli"
_REQUIREMENT = re.compile(r"([\w.-]+)(?:\[[^\]]*\])?\s*\(?([^;)]*)\)?(?:;(.*))?")
_PLATFORM = re.compile(r"sys_platform == ['\"](\w+)['\"]")
_CLAUSE = re.compile(r"\s*(>=|<=|==|<|>)\s*([\w.]+)\s*")
_COMPARISONS = {">=": operator.ge, "<=": operator.le, "==": operator.eq, "<": operator.lt, ">": operator.gt}


@dataclass(frozen=True, slots=True)
class Library:
    """A library that tdkt needs: its version, None where it is not installed, and the bounds, such as `>=0.26,<0.29`."""

    name: str
    version: str | None
    bounds: str

    @property
    def fits(self) -> bool:
        """Whether it is installed in a version within the bounds."""
        if self.version is None:
            return False
        found = _numbers(self.version)
        clauses = filter(None, map(_CLAUSE.fullmatch, self.bounds.split(",")))
        return all(_COMPARISONS[clause[1]](found, _numbers(clause[2])) for clause in clauses)


def own_version() -> str | None:
    """Return the version of tdkt, None where it was copied and not installed."""
    return version_of(DISTRIBUTION)


def version_of(name: str) -> str | None:
    """Return the version of an installed library, None where it is missing."""
    with suppress(PackageNotFoundError):
        return version(name)
    return None


def own_folder() -> Path:
    """Return the folder of the running tdkt."""
    return Path(__file__).parents[1]


def is_editable() -> bool:
    """Whether tdkt runs from its sources, so that whatever is changed there is what runs."""
    with suppress(PackageNotFoundError, ValueError, AttributeError):
        origin = json.loads(distribution(DISTRIBUTION).read_text("direct_url.json") or "{}")
        return bool(origin.get("dir_info", {}).get("editable"))
    return False


def libraries() -> Iterator[Library]:
    """Yield the libraries that tdkt needs on this platform, without its extras, by the metadata of its installation."""
    try:
        requirements = requires(DISTRIBUTION) or []
    except PackageNotFoundError:
        return
    for match in filter(None, map(_REQUIREMENT.match, requirements)):
        name, bounds, marker = match[1], match[2].strip(), match[3] or ""
        platform = _PLATFORM.search(marker)
        if "extra" not in marker and (platform is None or platform[1] == sys.platform):
            yield Library(name, version_of(name), bounds)


def _numbers(text: str) -> list[int]:
    """Return the numbers of a version without zeros at its end: 3 is 3.0."""
    numbers = [int(number) for number in re.findall(r"\d+", text.partition("+")[0])]
    while numbers and not numbers[-1]:
        numbers.pop()
    return numbers
