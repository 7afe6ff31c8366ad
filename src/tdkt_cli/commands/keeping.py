"""How git keeps an edit: the command that commits it, or the commit itself, with a message that a reviewer can read."""

import shlex
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

from tdkt_cli.commands.session import Session, print_error
from tdkt_cli.core.messages import Message, msg
from tdkt_cli.core.text import visible
from tdkt_cli.errors import OK, UNREADABLE, UsageError


def refuse_unkept(files: Iterable[str]) -> None:
    """Refuse to commit what somebody else has changed in these files, and what git does not know. Raises UsageError."""
    if not _in_git():
        raise UsageError(msg("--commit needs a git repository; run git init first"))
    for file in files:
        if _differ([file]):
            raise UsageError(msg("{file} has changes that git does not have yet; commit them first", file=file))


def keep(session: Session, said: Sequence[str], files: Iterable[str], *, commit: bool) -> int:
    """Commit these files with a message of what was done, or say the command that does. Returns the exit code."""
    if not _in_git() or not _differ(files):
        return OK
    command = ["commit", *(word for words in _message(session, said, whole=commit) for word in ("--message", words))]
    command += ["--", *files]
    if not commit:
        print_error(session.say(msg("to keep it: {command}", command=shlex.join(["git", *command]))))
        return OK
    ended = _git(*command)
    if ended.returncode:
        print_error(visible(ended.stderr.strip() or ended.stdout.strip()).replace("^J", "\n"))
        print_error(session.say(msg("written, but git did not commit it")))
        return UNREADABLE
    print_error(session.say(msg("committed: {commit}", commit=_git("log", "-1", "--format=%h %s").stdout.strip())))
    return OK


def _message(session: Session, said: Sequence[str], *, whole: bool) -> list[str]:
    """The subject of a commit, and with `whole` below it everything that one line cannot say."""
    if len(said) == 1:
        return [*said]
    words: Message = msg("{first}, and {n} more", first=said[0], n=len(said) - 1)
    return [session.say(words), *(["\n".join(f"- {line}" for line in said)] if whole else [])]


def _differ(files: Iterable[str]) -> bool:
    """Whether git has these files otherwise, or not at all."""
    return bool(_git("status", "--porcelain", "--untracked-files=all", "--ignored", "--", *files).stdout)


def _in_git() -> bool:
    return any((folder / ".git").exists() for folder in (Path.cwd(), *Path.cwd().parents))


def _git(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = ["git", "--literal-pathspecs", *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=False)  # noqa: S603
