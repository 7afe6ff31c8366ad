"""How git keeps an edit: the command that commits it, or the commit itself, with a message that a reviewer can read."""

import shlex
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tdkt_cli.commands.shared.session import Session, print_error
from tdkt_cli.core.messages import msg
from tdkt_cli.core.text import visible
from tdkt_cli.errors import OK, UNREADABLE, UsageError
from tdkt_cli.files.git.command import ERRORS, commit, repository, unkept

_MOST_NAMED = 10  # files in the command that is said


@dataclass(frozen=True, slots=True)
class Keeper:
    """The repository in which edited files lie (those that links lead to), and the files by the names that people see."""

    top: Path
    files: dict[str, Path]

    def refuse_unkept(self) -> None:
        """Refuse to commit what somebody else has changed in these files, and what git does not know. Raises UsageError."""
        try:
            found = unkept(self.top, self.files.values())
        except ERRORS as error:
            raise UsageError(msg("--commit: git does not answer: {problem}", problem=_problem(error))) from error
        for name, file in self.files.items():
            if file in found:
                raise UsageError(msg("{file} has uncommitted changes; commit them first", file=name))

    def keep(self, session: Session, said: Sequence[str], *, by_itself: bool) -> int:
        """Commit the files with a message of what was done, or say the command that does. Returns the exit code."""
        try:
            found = unkept(self.top, self.files.values())
            if found and by_itself:
                made = commit(self.top, self.files.values(), _message(session, said))
                print_error(session.say(msg("committed: {commit}", commit=visible(made))))
            elif found:
                command = self._command(_message(session, said)[0], known=all(found.values()))
                print_error(session.say(msg("to keep it: {command}", command=command)))
        except ERRORS as error:
            if not by_itself:  # whoever has no git needs no hint
                return OK
            print_error(_problem(error))
            command = self._command(_message(session, said)[0], known=False)
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


def keeper(names: Sequence[str]) -> Keeper | None:
    """What keeps these files, None where they do not lie in one git repository."""
    files = {name: (Path.cwd() / name).resolve() for name in names}
    tops = {repository(file.parent) for file in files.values()}
    top = tops.pop() if len(tops) == 1 else None
    return Keeper(top, files) if top else None


def needed(found: Keeper | None) -> Keeper:
    """The same, where there has to be one. Raises UsageError."""
    if found is None:
        raise UsageError(msg("--commit needs a git repository; run git init first"))
    return found


def _message(session: Session, said: Sequence[str]) -> list[str]:
    """The paragraphs of a commit's message: a subject, and where one line cannot say everything, all of it."""
    if len(said) == 1:
        return [*said]
    words = msg("{first}, and {n} more", first=said[0], n=len(said) - 1)
    return [session.say(words), "\n".join(f"- {line}" for line in said)]


def _problem(error: Exception) -> str:
    """What git, or the system for it, said."""
    words = error.stderr or error.stdout if isinstance(error, subprocess.CalledProcessError) else str(error).encode()
    lines = words.decode("utf-8", "replace").strip().splitlines() if words else [type(error).__name__]
    return "\n".join(map(visible, lines))
