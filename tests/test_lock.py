"""The lock files: exactly these versions with their hashes, wherever they are fetched from."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-lowest.txt", "requirements-holidays.txt")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PIN = re.compile(r"([\w.-]+)==([\w.]+)(?: ; [^\\]+?)?((?: --hash=sha256:[0-9a-f]{64})+)")
DIRECT = [re.split(r"[<>=;]", requirement)[0] for requirement in PROJECT["project"]["dependencies"]]


def pins(lock):
    """What a lock file says, a (name, version) for each requirement; nothing else stands in it."""
    text = (ROOT / lock).read_text(encoding="utf-8").replace(" \\\n   ", "")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    found = [PIN.fullmatch(line) for line in lines]
    assert [line for line, pin in zip(lines, found, strict=True) if pin is None] == []
    return {(pin[1], pin[2]) for pin in found}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_version_is_exact_with_hashes_and_no_address(lock):
    assert len(pins(lock)) > 1
    assert "://" not in (ROOT / lock).read_text(encoding="utf-8")


def test_users_and_developers_get_the_same_versions():
    assert pins("requirements.txt") <= pins("requirements-dev.txt")
    assert set(DIRECT) <= {name for name, _ in pins("requirements.txt")}


def test_the_lowest_versions_are_those_of_the_package():
    bounds = [re.match(r"([\w.-]+)>=([\w.]+)", requirement) for requirement in PROJECT["project"]["dependencies"]]
    lowest = dict(pins("requirements-lowest.txt"))
    assert all(f"{lowest[bound[1]]}.0.".startswith(f"{bound[2]}.") for bound in bounds), lowest
