"""Run the commands that a document shows, and put what they print into it: `python tools/consoles.py docs/month.md`.

A block of ```console``` holds lines `$ command` and below each what it prints. A block of ```sh``` or ```bash``` holds a command a line; what
they print is not shown, and each must succeed. The commands of a document run one after another, as in one shell: `cd` and `export` hold
for those behind them. They begin in an empty folder on 1 January 2023 (until `TDKT_TODAY` says otherwise), with git set up for an invented
person, so that what they print depends on nothing else. `$ROOT` is the repository of tdkt.

Comments of HTML, which a reader does not see, say what else there is to do:

    <!-- run: command -->        run this too; it must succeed
    <!-- file: plans/a.yaml -->  the block below is what stands in this file
    <!-- not run: reason -->     the block below cannot run in a test
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
_BLOCK = re.compile(
    r"(?:^<!-- (?P<mark>file|not run): (?P<what>.*?) -->\n+)?^```(?P<kind>\w*)\n(?P<body>.*?)^```$"
    r"|^<!-- run: (?P<run>.*?) -->$",
    re.MULTILINE | re.DOTALL,
)
_COMMAND = re.compile(r"^\$ (.*)\n", re.MULTILINE)
_LINE = re.compile(r"^(?!#|$)(?:.*\\\n)*.*$", re.MULTILINE)
_HASH = re.compile(r"\b[0-9a-f]{7,8}\b")
SHELLS = {"sh", "bash"}
ELSEWHERE = {"powershell"}  # what cannot be run here, and says so


class FailedError(Exception):
    """A command that has to succeed did not; says which, and what it printed."""


class Shell:
    """A shell whose folder and environment last from command to command."""

    def __init__(self, folder: Path) -> None:
        """Begin in a folder."""
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
        """What a command prints, on both streams as it comes. Raises FailedError where it has to succeed and does not."""
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
        ended = subprocess.run(
            ["bash", "-c", command],
            cwd=self.folder,
            env=self.env | dates,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        if succeed and ended.returncode:
            raise FailedError(f"{command}\n{ended.stdout}")
        return ended.stdout


def rerun(text: str) -> str:
    """A document with what its commands print today. Raises FailedError."""
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
    """Whether there is a block of commands in a document."""
    return any(match["kind"] in SHELLS | ELSEWHERE | {"console"} for match in _BLOCK.finditer(text))


def skipped(text: str) -> list[str]:
    """Why blocks of a document are not run, a reason for each of them."""
    return [match["what"] for match in _BLOCK.finditer(text) if match["mark"] == "not run"]


def same(document: str, other: str) -> bool:
    """Whether two documents differ in nothing but the names of commits."""
    return _HASH.sub("0", document) == _HASH.sub("0", other)


def _closed(printed: str) -> str:
    return printed if printed.endswith("\n") or not printed else f"{printed}\n"


def main() -> int:
    """Bring documents up to date."""
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
