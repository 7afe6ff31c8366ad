"""Compare what is installed in this environment with a lock file: `python tools/same_versions.py requirements-dev.txt`.

Exits with 0 and says so where every package has the locked version, else with 1 and the differences.
"""

import re
import sys
from importlib.metadata import distributions
from pathlib import Path

_PIN = re.compile(r"^([\w.-]+)==([^\s;]+)", re.MULTILINE)
OWN = {"tdkt-cli", "pip", "setuptools"}  # in no lock file


def differences(locked: dict[str, set[str]], installed: dict[str, str]) -> list[str]:
    """Return a line for each installed package whose version the lock file does not have."""
    return [
        f"{name} {version}, locked: {', '.join(sorted(locked.get(name, ()))) or 'no'}"
        for name, version in sorted(installed.items())
        if version not in locked.get(name, ())
    ]


def main() -> int:
    """Print the differences."""
    locked: dict[str, set[str]] = {}
    for name, version in _PIN.findall(Path(sys.argv[1]).read_text(encoding="utf-8")):
        locked.setdefault(_normal(name), set()).add(version)  # several, for several versions of Python
    installed = {_normal(each.metadata["Name"]): each.version for each in distributions()}
    found = differences(locked, {name: version for name, version in installed.items() if name not in OWN})
    print("\n".join(found) or f"The newest versions are those of {sys.argv[1]}.")
    return 1 if found else 0


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    sys.exit(main())
