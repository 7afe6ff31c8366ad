"""What the tests of reading and writing share.

Where a finding is expected, “»” stands in a text just before the place that it points to.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tdkt_cli.files.config import load_config
from tdkt_cli.files.loader import Loaded, load_text
from tdkt_cli.files.reader import decode
from tdkt_cli.files.workspace import read_workspace
from tdkt_cli.render.findings.text import finding_line
from tdkt_cli.render.language import language

FILE = "k.yaml"
MARK = "»"
LANGUAGES = {"vi": language("vi"), "en": language("en")}
PLAN = """\
tdkt: plan/1
id: {id}
document:
  title: Kế hoạch
period: 2023
tasks:
  - id: "1"
    title: Việc của {id}
    deadlines:
      - by: 2023-02-03
"""


@pytest.fixture(scope="session")
def bundled():
    """The plans, registers and calendars that lie in the repository."""
    return sorted((Path(__file__).parents[2] / "plans").rglob("*.yaml"))


@pytest.fixture(scope="session")
def load_bytes():
    """A file with these bytes, as `load` reads it."""

    def run(data):
        read = decode(data, FILE)
        path = Path(FILE)
        return Loaded(path, None, None, read.findings) if read.text is None else load_text(read.text, path, FILE)

    return run


@pytest.fixture(scope="session")
def lines_of():
    """Findings, a line each, in a language."""
    return lambda findings, code: [finding_line(found, LANGUAGES[code], colour=False) for found in findings]


@pytest.fixture(scope="session")
def refuses(load_bytes, lines_of):
    """Assert that a text gives exactly these findings, each (rule, Vietnamese, English), at its marks, by place and rule."""

    def assert_refuses(marked, *expected):
        places = []
        for number, line in enumerate(marked.split("\n"), 1):
            parts = line.split(MARK)[:-1]
            places += [f"{FILE}:{number}:{len(''.join(parts[: at + 1])) + 1}" for at in range(len(parts))]
        loaded = load_bytes(marked.replace(MARK, "").encode())
        found = sorted(loaded.findings, key=lambda one: (one.span, one.rule))
        for column, code in enumerate(LANGUAGES, 1):
            words = [f"{one[0]} {one[column]}" for one in expected]
            assert lines_of(found, code) == [f"{at}: {said}" for at, said in zip(places, words, strict=True)]
        assert loaded.model is None

    return assert_refuses


@pytest.fixture(scope="session")
def plan_text():
    """A plan with this id that `tdkt check` passes, and more lines at its end."""
    return lambda id="a", more="": PLAN.format(id=id) + more


@pytest.fixture
def repo(tmp_path):
    """Write files and links, by their names below a folder; the folder."""
    folder = tmp_path / "repo"
    folder.mkdir()

    def write(files, links=None):
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        for name, target in (links or {}).items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).symlink_to(target)
        return folder

    return write


@pytest.fixture
def workspace(repo):
    """The workspace of files and links, asked for by these paths, seen from the folder `here` among them."""

    def read(files, *paths, here=".", links=None):
        base = (repo(files, links) / here).resolve()
        return read_workspace(load_config(base), [Path(path) for path in paths], base)

    return read


@pytest.fixture
def tdkt(repo):
    """Run the program among files: its exit code, what it printed, and what it said on the error stream."""

    def run(files, *arguments, today="2023-02-01"):
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("TDKT_", "PYTHON"))}
        ended = subprocess.run(
            [sys.executable, "-m", "tdkt_cli", *arguments, "--today", today],
            cwd=repo(files),
            env=environment,
            capture_output=True,
            check=False,
            encoding="utf-8",
        )
        return ended.returncode, ended.stdout, ended.stderr

    return run
