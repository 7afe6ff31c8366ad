"""The project's own pipelines: valid by the published schemas; what they run is what `make` runs here."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
GITHUB = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8"))
GITLAB = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text(encoding="utf-8"))
ON_GITHUB = [step["run"] for step in GITHUB["jobs"]["test"]["steps"] if "run" in step]
ON_GITLAB = GITLAB[".test"]["script"]
VERSIONS = ["3.11", "3.12", "3.13", "3.14"]


@pytest.mark.parametrize(
    ("schema", "file"),
    [
        ("vendor.github-workflows", ".github/workflows/ci.yml"),
        ("vendor.github-issue-forms", ".github/ISSUE_TEMPLATE/bug.yml"),
        ("vendor.github-issue-forms", ".github/ISSUE_TEMPLATE/idea.yml"),
        ("vendor.github-issue-config", ".github/ISSUE_TEMPLATE/config.yml"),
        ("vendor.gitlab-ci", ".gitlab-ci.yml"),
    ],
)
def test_it_is_valid_by_its_published_schema(schema, file):
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, ROOT / file]
    ended = subprocess.run(check, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout


def plain(command):
    """A command without what the services put into it."""
    return re.sub(r" \$(?:\{\{ matrix\.tests \}\}|TESTS)", "", command)


def test_both_services_run_the_same_commands_on_three_systems_and_four_pythons():
    assert [plain(command) for command in ON_GITHUB] == [plain(command) for command in ON_GITLAB]
    matrix = GITHUB["jobs"]["test"]["strategy"]["matrix"]
    assert [name.partition("-")[0] for name in matrix["os"]] == ["ubuntu", "macos", "windows"]
    assert matrix["python"] == VERSIONS
    for system in ("linux", "macos", "windows"):
        assert (GITLAB[system]["extends"], GITLAB[system]["parallel"]["matrix"]) == (
            ".test",
            [{"PYTHON_VERSION": VERSIONS}],
        )


def made(target):
    """The commands of a target of the Makefile, as a pipeline has them."""
    said = subprocess.run(
        ["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.replace(".venv/bin/", "")
    lines = [line.removeprefix("python -m ") for line in said.splitlines()]
    return [f"python -m {re.sub('^tdkt ', 'tdkt_cli ', line)}" for line in lines]


def test_they_run_what_make_test_runs():
    tools = [plain(command) for command in ON_GITHUB if " pip " not in command]
    assert tools == [command for command in made("test") if command in tools]
    assert len(tools) == 6


@pytest.mark.parametrize("command", [command for command in ON_GITHUB if " pip " in command])
def test_what_installs_runs(command):
    """With --dry-run, since it would change this environment."""
    program = [sys.executable, *shlex.split(command)[1:], "--dry-run", "--quiet"]
    ended = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_the_tests_that_windows_runs_are_there():
    chosen = [
        *GITHUB["jobs"]["test"]["strategy"]["matrix"]["include"][1]["tests"].split(),
        GITLAB["windows"]["variables"]["TESTS"],
    ]
    assert [name for name in chosen if not list((ROOT / name).rglob("test_*.py"))] == []


def test_what_is_slow_runs_once_as_ci_runs_it():
    assert (GITHUB["jobs"]["all"]["steps"][-1], GITLAB["all"]["script"]) == ({"run": ".ci/run"}, [".ci/run"])
    assert (ROOT / ".ci/run").stat().st_mode & 0o111
    commands = [
        line for line in (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines() if line.startswith("make ")
    ]
    assert commands == ["make test-all"]
    said = subprocess.run(
        ["make", "--dry-run", "test-all"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert said.count("-m pytest") >= 4
