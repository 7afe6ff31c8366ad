"""Runs the commands that a document shows and updates their output in it: `python tools/consoles.py docs/month.md`.

A ```console``` block has lines `$ command`, each with its output below. A ```sh``` or ```bash``` block has one command a line, without
output, and each must succeed. The commands of a document run in order, as in one shell: `cd` and `export` hold for the commands after them.
They start in an empty folder on 1 January 2023 (until `TDKT_TODAY` is set), with git configured for an invented person, so that the output
depends on nothing else. `$ROOT` is the repository of tdkt.

HTML comments, which a reader does not see, control the rest:

    <!-- run: command -->        run this too; it must succeed
    <!-- file: plans/a.yaml -->  the block below is what stands in this file
    <!-- not run: reason -->     the block below cannot run in a test
"""

import io
import os
import re
import shlex
import subprocess
import sys
import tempfile
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path

from tdkt_cli.__main__ import main as tdkt

ROOT = Path(__file__).parent.parent
_BLOCK = re.compile(
    r"(?:^<!-- (?P<mark>file|not run): (?P<what>.*?) -->\n+)?^```(?P<kind>\w*)\n(?P<body>.*?)^```$"
    r"|^<!-- run: (?P<run>.*?) -->$",
    re.MULTILINE | re.DOTALL,
)
_COMMAND = re.compile(r"^\$ (.*)\n", re.MULTILINE)
_LINE = re.compile(r"^(?!#|$)(?:.*\\\n)*.*$", re.MULTILINE)
_HASH = re.compile(r"\b[0-9a-f]{7,8}\b")
_SHELL_SYNTAX = re.compile(r"[|&;<>()*?\[\]{}]|(?<!\S)[#~]")
SHELLS = {"sh", "bash"}
ELSEWHERE = {"powershell"}  # cannot run here; such a block needs a “not run” comment


class FailedError(Exception):
    """A command that must succeed failed; the message is the command and what it printed."""


class Shell:
    """A shell that keeps its folder and environment from command to command."""

    def __init__(self, folder: Path) -> None:
        """Start in a folder."""
        self.folder = folder
        self.env = {
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "PYTHONUNBUFFERED": "1",
            "HOME": str(folder),
            "LC_ALL": "C.UTF-8",
            "COLUMNS": "100",
            "ROOT": str(ROOT),
            "TDKT_TODAY": "2023-01-01",
            "TDKT_CACHE": str(folder / ".cache"),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": str(folder / ".gitconfig"),
            "GIT_AUTHOR_NAME": "Lan",
            "GIT_AUTHOR_EMAIL": "lan@example.vn",
            "GIT_COMMITTER_NAME": "Lan",
            "GIT_COMMITTER_EMAIL": "lan@example.vn",
        }

    def run(self, command: str, *, succeed: bool = False) -> str:
        """Return what a command prints on both streams, in order. Raises FailedError where it must `succeed` and fails."""
        word, _, rest = command.partition(" ")
        if word == "cd":
            self.folder = (self.folder / rest).resolve(strict=True)
            return ""
        if word == "export":
            name, _, value = rest.partition("=")
            self.env[name] = value
            return ""
        day = self.env["TDKT_TODAY"]
        dates = {"GIT_AUTHOR_DATE": f"{day}T09:00:00+07:00", "GIT_COMMITTER_DATE": f"{day}T09:00:00+07:00"}
        run = self._run_tdkt if word == "tdkt" and _is_plain(command) else self._run_bash
        code, printed = run(command, self.env | dates)
        if succeed and code:
            raise FailedError(f"{command}\n{printed}")
        return printed

    def _run_bash(self, command: str, env: dict[str, str]) -> tuple[int, str]:
        ended = subprocess.run(
            ["bash", "-c", command],
            cwd=self.folder,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        return ended.returncode, ended.stdout

    def _run_tdkt(self, command: str, env: dict[str, str]) -> tuple[int, str]:
        """Run tdkt in this process, which takes a tenth of the time that another process needs to start."""
        printed = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
        before = os.environ.copy(), sys.argv, sys.stdin
        os.environ.clear()
        os.environ.update(env)
        sys.argv, sys.stdin = shlex.split(command), io.StringIO()
        code: str | int | None = None
        try:
            with chdir(self.folder), redirect_stdout(printed), redirect_stderr(printed):
                tdkt()
        except SystemExit as end:
            code = end.code
        finally:
            environment, sys.argv, sys.stdin = before
            os.environ.clear()
            os.environ.update(environment)
        printed.seek(0)
        return int(code or 0), printed.read()


def _is_plain(command: str) -> bool:
    """Return whether a command is words and quoted words without anything that only a shell understands."""
    unquoted = re.sub(r"'[^']*'", "", command)
    return not re.search(r"[$`\\]", unquoted) and not _SHELL_SYNTAX.search(re.sub(r'"[^"]*"', "", unquoted))


def rerun(text: str) -> str:
    """Return a document with the output that its commands print now. Raises FailedError."""
    with tempfile.TemporaryDirectory() as folder:
        shell = Shell(Path(folder).resolve())

        def block(match: re.Match[str]) -> str:
            if match["run"]:
                for line in match["run"].splitlines():
                    shell.run(line, succeed=True)
            elif match["mark"] == "file":
                path = shell.folder / match["what"]
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(match["body"], encoding="utf-8")
            elif match["mark"] is None and match["kind"] in SHELLS:
                for line in _LINE.findall(match["body"]):
                    shell.run(line, succeed=True)
            elif match["mark"] is None and match["kind"] in ELSEWHERE:
                raise FailedError(f"say why this is not run:\n{match['body']}")
            elif match["mark"] is None and match["kind"] == "console":
                commands = _COMMAND.findall(match["body"])
                shown = "".join(f"$ {command}\n{_closed(shell.run(command))}" for command in commands)
                return f"```console\n{shown}```"
            return match[0]

        return _BLOCK.sub(block, text)


def shows_commands(text: str) -> bool:
    """Return whether a document has a block of commands."""
    return any(match["kind"] in SHELLS | ELSEWHERE | {"console"} for match in _BLOCK.finditer(text))


def skipped(text: str) -> list[str]:
    """Return the reason of each block of a document that is not run."""
    return [match["what"] for match in _BLOCK.finditer(text) if match["mark"] == "not run"]


def same(document: str, other: str) -> bool:
    """Return whether two documents are equal but for the hashes of commits."""
    return _HASH.sub("0", document) == _HASH.sub("0", other)


def _closed(printed: str) -> str:
    return printed if printed.endswith("\n") or not printed else f"{printed}\n"


def main() -> int:
    """Update the documents that are named."""
    for name in sys.argv[1:]:
        path = Path(name)
        before = path.read_text(encoding="utf-8")
        after = rerun(before)
        if not same(before, after):
            path.write_text(after, encoding="utf-8")
            sys.stdout.write(f"{name}: brought up to date\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
