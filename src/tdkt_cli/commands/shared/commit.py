"""Commits of edited files: made with --commit, else the command that makes one is printed."""

import shlex
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tdkt_cli.commands.shared.session import Session, print_error
from tdkt_cli.core.messages import msg
from tdkt_cli.core.text import visible
from tdkt_cli.errors import OK, UNREADABLE, UsageError
from tdkt_cli.files.git.command import ERRORS, commit, repository, uncommitted

_MOST_NAMED = 10  # files in the printed command


@dataclass(frozen=True, slots=True)
class GitFiles:
    """Edited files of one repository: its top, and the real path of each file by the name that people see."""

    top: Path
    files: dict[str, Path]

    def refuse_uncommitted(self) -> None:
        """Raise UsageError where the files have changes that are not committed yet, or git does not answer."""
        try:
            found = uncommitted(self.top, self.files.values())
        except ERRORS as error:
            raise UsageError(msg("--commit: git does not answer: {problem}", problem=_problem(error))) from error
        for name, file in self.files.items():
            if file in found:
                raise UsageError(msg("{file} has uncommitted changes; commit them first", file=name))

    def commit(self, session: Session, done: Sequence[str], *, asked: bool) -> int:
        """Commit the files with a message of what was done, or print the command that does, unless `asked`. Returns the exit code."""
        try:
            found = uncommitted(self.top, self.files.values())
            if found and asked:
                made = commit(self.top, self.files.values(), _message(session, done))
                print_error(session.say(msg("committed: {commit}", commit=visible(made))))
            elif found:
                command = self._command(_message(session, done)[0], known=all(found.values()))
                print_error(session.say(msg("to keep it: {command}", command=command)))
        except ERRORS as error:
            if not asked:  # without git there is nothing to hint at
                return OK
            print_error(_problem(error))
            command = self._command(_message(session, done)[0], known=False)
            words = msg(
                "written, but git did not commit it. Do not run this command again: fix the problem above, then run {command}",
                command=command,
            )
            print_error(session.say(words))
            return UNREADABLE
        return OK

    def _command(self, subject: str, *, known: bool) -> str:
        names = list(self.files)
        if len(names) > _MOST_NAMED:
            names = sorted({str(Path(name).parent) for name in names})
        add = [] if known else [shlex.join(["git", "add", "--", *names])]
        return " && ".join([*add, shlex.join(["git", "commit", "--message", subject, "--", *names])])


def git_files(names: Sequence[str]) -> GitFiles | None:
    """Return the files with their repository, None where they are not in one."""
    files = {name: (Path.cwd() / name).resolve() for name in names}
    tops = {repository(file.parent) for file in files.values()}
    top = tops.pop() if len(tops) == 1 else None
    return GitFiles(top, files) if top else None


def require_repository(found: GitFiles | None) -> GitFiles:
    """Return the files, and raise UsageError where they are in no repository."""
    if found is None:
        raise UsageError(msg("--commit needs a git repository; run git init first"))
    return found


def _message(session: Session, done: Sequence[str]) -> list[str]:
    """Return the paragraphs of the commit message: a subject, and a list where there is more than one line."""
    if len(done) == 1:
        return [*done]
    words = msg("{first}, and {n} more", first=done[0], n=len(done) - 1)
    return [session.say(words), "\n".join(f"- {line}" for line in done)]


def _problem(error: Exception) -> str:
    """Return what git, or the system, reported."""
    words = error.stderr or error.stdout if isinstance(error, subprocess.CalledProcessError) else str(error).encode()
    lines = words.decode("utf-8", "replace").strip().splitlines() if words else [type(error).__name__]
    return "\n".join(map(visible, lines))
