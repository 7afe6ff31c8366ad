"""Every example of the help does what it says: each is typed as it stands, in a copy of the bundled plans kept in git."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tdkt_cli.app import COMMANDS, FIRST_STEPS, definition

ROOT = Path(__file__).parents[2]
EXAMPLES = [(command, line) for command in COMMANDS for line, _ in definition(command).examples]
# What stands in the plans before, where an example takes something back.
BEFORE = {
    "undone": "tdkt done hanoi-2023/PL1.3#hop",
    "unmove": "tdkt move hanoi-2023/PL1.3#hop 01/3/2023",
    "unreceived": 'tdkt received hanoi-2023/PL1.9#quan-huyen "ba dinh"',
    "uncancel": "tdkt cancel hanoi-2023/PL1.3#hop --reason x",
    "undo": "tdkt done hanoi-2023/PL1.3#hop",
}
AFTER_AN_EVENT = """\

  - id: PL1.40
    section: PL1.Q4
    title: Báo cáo
    executor: Ban TĐKT Thành phố
    deadlines:
      - id: bao-cao
        after: {event: kỳ họp, days: 10, unit: working}
"""
MAKES = {
    "export": "*.ics",
    "publish": "site/index.html",
    "roll": "plans/cantho-2024.yaml",
    "init": "**/.githooks/pre-commit",
}


@pytest.fixture
def typed(machine, repository, monkeypatch):
    """Type a line into a shell in a copy of the bundled plans; the folder, and how the shell ended."""
    folder = repository.folder
    monkeypatch.setenv("TDKT_TODAY", "2023-03-05")
    monkeypatch.setenv("TDKT_CACHE", str(machine / "cache"))
    monkeypatch.setenv("HOME", str(machine))

    def run(command, line):
        if command != "init":
            shutil.copytree(ROOT / "plans", folder / "plans")
            shutil.copy(ROOT / "tdkt.toml", folder)
        repository.commit()
        if command == "diff":
            repository.commit({"plans/cantho-2023.yaml": None})
        if command == "occurred":
            plan = folder / "plans/hanoi-2023.yaml"
            plan.write_text(plan.read_text("utf-8") + AFTER_AN_EVENT, "utf-8")
        script = f"set -e\n{BEFORE.get(command, ':')} >/dev/null\n{line}\n"
        ended = subprocess.run(["bash", "-c", script], cwd=folder, capture_output=True, text=True, check=False)
        return folder, ended

    return run


@pytest.mark.parametrize(("command", "line"), EXAMPLES, ids=[line for _, line in EXAMPLES])
def test_an_example_does_what_it_says(typed, command, line):
    assert line.split()[:2] == ["tdkt", command]
    folder, ended = typed(command, line)
    assert (ended.returncode, "TDKT" in ended.stderr) == (0, False)
    if ">" in line:
        written = Path(line.split()[-1].replace("~", str(folder.parent / "tmp")))
        assert (folder / written).read_bytes()
    else:
        assert ended.stdout or ended.stderr
    if command in MAKES and "--dry-run" not in line:
        assert list(folder.glob(MAKES[command]))


def test_what_the_help_of_the_program_begins_with(typed):
    _, ended = typed("", "\n".join(line for line, _ in FIRST_STEPS))
    assert (ended.returncode, ended.stderr) == (0, "")
