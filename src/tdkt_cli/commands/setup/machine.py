"""The part of `tdkt doctor` that is about the machine: git, the cache, environment variables, the tab key."""

import os
import shlex
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from subprocess import CalledProcessError

from tdkt_cli.commands.shared.completions import COMPLETE
from tdkt_cli.core.health import Line
from tdkt_cli.core.messages import msg, msgs, reason
from tdkt_cli.core.text import nearest
from tdkt_cli.files.cache import cache_folder, kept_bytes
from tdkt_cli.files.git.command import ERRORS, git, is_shallow, repository, setting
from tdkt_cli.files.scaffold import HOOKS, hook_command, hooks_told

_OURS = "TDKT_"
VARIABLES = ("TDKT_CACHE", "TDKT_LANG", "TDKT_TODAY")
_OF_OTHERS = ("TDKT_TOKEN",)  # what the jobs for GitLab comment with
_STARTED = (".bashrc", ".bash_profile", ".zshrc", ".config/fish/config.fish")  # read by a shell when it starts
_COMPLETIONS = (".config/fish/completions/tdkt.fish", ".local/share/bash-completion/completions/tdkt")
_KILO, _MEGA = 1024, 1024 * 1024


def surroundings(top: Path) -> Iterator[Line]:
    """What was found around tdkt; `top` is the folder that the plans belong to."""
    yield from _git(top)
    yield _cache()
    yield from _variables()
    yield from _completion()


def _git(top: Path) -> Iterator[Line]:
    name, needed = (
        "git",
        msg("tdkt diff, tdkt log and --commit need it: install git, and see that PATH leads to it"),
    )
    try:
        version = git(top, "version").decode("utf-8", "replace").strip()
    except ERRORS:
        yield Line("git", name, msg("is not there, or does not run"), "attention", needed)
        return
    yield Line("git", name, version.removeprefix("git version "))
    yield _repository(top)
    with suppress(*ERRORS):  # what is wrong with git itself, the lines above say
        yield from _identity(top)
        yield from _hook(top)


def _identity(top: Path) -> Iterator[Line]:
    """What git lacks to say who committed; not what it has, since what is printed here is sent to others."""
    missing = [
        (f"user.{what}", example)
        for what, example in (("name", "Nguyễn Văn A"), ("email", "nguyenvana@hanoi.gov.vn"))
        if not (os.environ.get(f"GIT_AUTHOR_{what.upper()}") or setting(top, f"user.{what}"))
    ]
    if missing:
        commands = [shlex.join(["git", "config", "--global", name, example]) for name, example in missing]
        advice = msg("git commits nothing before it is told: {command}", command=" && ".join(commands))
        words = msg("no {names}", names=", ".join(name for name, _ in missing))
        yield Line("identity", msg("your name in git"), words, "attention", advice)


def _hook(top: Path) -> Iterator[Line]:
    """The hook that lies ready and that nobody has switched on."""
    repo, hook = repository(top), top / HOOKS / "pre-commit"
    if repo and hook.is_file() and hooks_told(repo) is None:
        advice = msg("for tdkt check before each commit: {command}", command=hook_command(top, repo))
        yield Line("hook", msg("hook"), msg("{file} is not on", file=str(hook)), "attention", advice)


def _repository(top: Path) -> Line:
    name, folder = msg("repository"), repository(top)
    if folder is None:
        advice = msg("git keeps who changed what, and when: git init")
        return Line("repository", name, msg("{folder} lies in none", folder=str(top)), "attention", advice)
    try:
        shallow = is_shallow(folder)
    except CalledProcessError as error:
        trust = msg(
            "git must be told that you trust it: {command}",
            command=f"git config --global --add safe.directory {folder}",
        )
        advice = trust if b"safe.directory" in error.stderr else msg("see what git says there: git status")
        return Line("repository", name, msg("git refuses {folder}", folder=str(folder)), "wrong", advice)
    except ERRORS:
        return Line("repository", name, msg("git does not answer"), "wrong", msg("see what git says there: git status"))
    if shallow:
        words = msg("{folder}, the end of its history alone", folder=str(folder))
        return Line("repository", name, words, "attention", msg("for all of it: git fetch --unshallow"))
    return Line("repository", name, str(folder))


def _cache() -> Line:
    name, folder = msg("cache"), cache_folder()
    if folder is None:
        return Line("cache", name, msg("off; tdkt undo remembers nothing"))
    try:
        files, size = kept_bytes(folder)
        above = next(each for each in (folder, *folder.parents) if each.exists())
    except OSError as error:
        words = msg("{file} cannot be read: {reason}", file=str(folder), reason=reason(error))
    else:
        if above.is_dir() and os.access(above, os.W_OK):
            holds = msgs(
                "{folder}, {n} file, {size}",
                "{folder}, {n} files, {size}",
                n=files,
                folder=str(folder),
                size=_size(size),
            )
            return Line("cache", name, holds)
        words = msg("{folder} cannot be written", folder=str(folder))
    advice = msg("tdkt undo remembers nothing; let TDKT_CACHE name a folder that you may write")
    return Line("cache", name, words, "attention", advice)


def _size(count: int) -> str:
    """A number of bytes as people read it."""
    return f"{count // _MEGA} MB" if count >= _MEGA else f"{-(-count // _KILO)} KB"


def _variables() -> Iterator[Line]:
    name = msg("variable")
    for variable, value in sorted(os.environ.items()):
        if not variable.startswith(_OURS) or variable == COMPLETE:
            continue
        if variable in VARIABLES:
            yield Line("variable", name, f"{variable}={value}")
            continue
        if variable in _OF_OTHERS:
            continue
        near = _nearest(variable)
        advice = (
            msg("tdkt knows no such variable; did you mean {near}?", near=near)
            if near
            else msg("tdkt knows no such variable; it knows {names}", names=", ".join(VARIABLES))
        )
        # Not its value: it may be a secret of another program, and what is printed here is sent to others.
        yield Line("variable", name, variable, "attention", advice)


def _nearest(variable: str) -> str | None:
    near = nearest(variable.removeprefix(_OURS), [name.removeprefix(_OURS) for name in VARIABLES])
    return f"{_OURS}{near}" if near else None


def _completion() -> Iterator[Line]:
    """Where the tab key was told of tdkt, if one of the usual files says so; that none does tells nothing."""
    with suppress(RuntimeError, OSError):  # nobody's home, or one that may not be read
        home = Path.home()
        told = [home / file for file in _COMPLETIONS if (home / file).is_file()]
        started = (home / file for file in _STARTED)
        told += [file for file in started if file.is_file() and b"tdkt completion" in file.read_bytes()]
        if told:
            yield Line("completion", msg("tab key"), ", ".join(map(str, told)))
