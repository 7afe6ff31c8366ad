"""Run the commands that a document shows, and put what they print into it: `python tools/consoles.py docs/month.md`.

A block of ```console``` holds lines `$ command` and below each what it prints, first the output, then what goes to the error stream.
The commands of a document run one after another, as in one shell: `cd` and `export` hold for those behind them. A comment of HTML
`<!-- before: command -->` is run too and shows nothing. They begin in an empty folder, with git set up for an invented person
and a clock of its own, so that what they print depends on nothing else.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
_BLOCK = re.compile(r"^```console\n(.*?)^```$|^<!-- before: (.*?) -->$", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^\$ (.*)\n", re.MULTILINE)
_HASH = re.compile(r"\b[0-9a-f]{7}\b")


class Shell:
    """A shell whose folder and environment last from command to command."""

    def __init__(self, folder: Path) -> None:
        """Begin in a folder."""
        self.folder = folder
        self.env = {
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "HOME": str(folder),
            "LC_ALL": "C.UTF-8",
            "COLUMNS": "100",
            "ROOT": str(ROOT),
            "TDKT_CACHE": str(folder / ".cache"),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_AUTHOR_NAME": "Lan",
            "GIT_AUTHOR_EMAIL": "lan@example.vn",
            "GIT_COMMITTER_NAME": "Lan",
            "GIT_COMMITTER_EMAIL": "lan@example.vn",
        }

    def run(self, command: str) -> str:
        """What a command prints."""
        word, _, rest = command.partition(" ")
        if word == "cd":
            self.folder = (self.folder / rest).resolve()
            return ""
        if word == "export":
            name, _, value = rest.partition("=")
            self.env[name] = value
            return ""
        day = self.env.get("TDKT_TODAY", "2023-01-01")
        dates = {"GIT_AUTHOR_DATE": f"{day}T09:00:00+07:00", "GIT_COMMITTER_DATE": f"{day}T09:00:00+07:00"}
        ended = subprocess.run(
            ["bash", "-c", command],
            cwd=self.folder,
            env=self.env | dates,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        return ended.stdout + ended.stderr


def rerun(text: str) -> str:
    """A document with what its commands print today."""
    with tempfile.TemporaryDirectory() as folder:
        shell = Shell(Path(folder).resolve())

        def block(match: re.Match[str]) -> str:
            if match[2]:
                shell.run(match[2])
                return match[0]
            commands = _COMMAND.findall(match[1])
            return (
                "```console\n" + "".join(f"$ {command}\n{_closed(shell.run(command))}" for command in commands) + "```"
            )

        return _BLOCK.sub(block, text)


def same(document: str, other: str) -> bool:
    """Whether two documents differ in nothing but the names of commits."""
    return _HASH.sub("0" * 7, document) == _HASH.sub("0" * 7, other)


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
