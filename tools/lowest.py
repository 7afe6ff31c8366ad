"""Print the lowest version of every run-time dependency that pyproject.toml admits, as constraints for pip."""

import re
import tomllib
from pathlib import Path

PYPROJECT = Path(__file__).parent.parent / "pyproject.toml"
_LOWER = re.compile(r"([A-Za-z0-9._-]+)>=([^,;\s]+)")

if __name__ == "__main__":
    for requirement in tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]["dependencies"]:
        bound = _LOWER.match(requirement)
        if bound:
            print(f"{bound[1]}=={bound[2]}")
