"""The check of `tdkt doctor` about the machine: git, the cache, environment variables, tab completion."""

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

_PREFIX = "TDKT_"
VARIABLES = ("TDKT_CACHE", "TDKT_LANG", "TDKT_TODAY")
_IGNORED = (COMPLETE, "TDKT_TOKEN")  # that of the shell, and the one with which GitLab jobs write comments
_SHELL_FILES = (".bashrc", ".bash_profile", ".zshrc", ".config/fish/config.fish")
_COMPLETIONS = (".config/fish/completions/tdkt.fish", ".local/share/bash-completion/completions/tdkt")
_KILO, _MEGA = 1024, 1024 * 1024


def machine_lines(top: Path) -> Iterator[Line]:
    """Yield what was found; `top` is the folder that the plans belong to."""
    try:
        version = git(top, "version").decode("utf-8", "replace").strip()
    except ERRORS:
        advice = msg("tdkt diff, tdkt log and --commit need it: install git, and check that it is on PATH")
        yield Line("git", "git", msg("is not there, or does not run"), "attention", advice)
    else:
        yield Line("git", "git", version.removeprefix("git version "))
        yield _repository(top)
        with suppress(*ERRORS):  # the lines above report what is wrong with git itself
            yield from _identity(top)
            yield from _hook(top)
    yield _cache()
    yield from _variables()
    yield from _completion()


def _repository(top: Path) -> Line:
    name, folder, status = msg("repository"), repository(top), msg("see what git says there: git status")
    if folder is None:
        advice = msg("git keeps who changed what, and when: git init")
        return Line(
            "repository", name, msg("{folder} is not in a git repository", folder=str(top)), "attention", advice
        )
    try:
        shallow = is_shallow(folder)
    except CalledProcessError as error:
        command = f"git config --global --add safe.directory {folder}"
        trust = msg("git must be told that you trust it: {command}", command=command)
        advice = trust if b"safe.directory" in error.stderr else status
        return Line("repository", name, msg("git refuses {folder}", folder=str(folder)), "wrong", advice)
    except ERRORS:
        return Line("repository", name, msg("git does not answer"), "wrong", status)
    if shallow:
        words = msg("{folder}, the end of its history alone", folder=str(folder))
        return Line("repository", name, words, "attention", msg("for all of it: git fetch --unshallow"))
    return Line("repository", name, str(folder))


def _identity(top: Path) -> Iterator[Line]:
    """Yield which parts of the author git does not know; not those that it knows, because reports are sent to others."""
    missing = [
        (f"user.{key}", example)
        for key, example in (("name", "Nguyễn Văn A"), ("email", "nguyenvana@hanoi.gov.vn"))
        if not (os.environ.get(f"GIT_AUTHOR_{key.upper()}") or setting(top, f"user.{key}"))
    ]
    if missing:
        commands = [shlex.join(["git", "config", "--global", name, example]) for name, example in missing]
        advice = msg("git does not commit before you set it: {command}", command=" && ".join(commands))
        words = msg("no {names}", names=", ".join(name for name, _ in missing))
        yield Line("identity", msg("your name in git"), words, "attention", advice)


def _hook(top: Path) -> Iterator[Line]:
    """Yield a line for the hook of the project where nobody has switched it on."""
    repo, hook = repository(top), top / HOOKS / "pre-commit"
    if repo and hook.is_file() and hooks_told(repo) is None:
        advice = msg("to run tdkt check before each commit: {command}", command=hook_command(top, repo))
        yield Line("hook", msg("hook"), msg("{file} is not on", file=str(hook)), "attention", advice)


def _cache() -> Line:
    name, folder = msg("cache"), cache_folder()
    if folder is None:
        return Line("cache", name, msg("off; tdkt undo remembers nothing"))
    try:
        n, size = kept_bytes(folder)
        above = next(each for each in (folder, *folder.parents) if each.exists())
    except OSError as error:
        words = msg("{file} cannot be read: {reason}", file=str(folder), reason=reason(error))
    else:
        if above.is_dir() and os.access(above, os.W_OK):
            shown = f"{size // _MEGA} MB" if size >= _MEGA else f"{-(-size // _KILO)} KB"
            words = msgs(
                "{folder}, {n} file, {size}", "{folder}, {n} files, {size}", n=n, folder=str(folder), size=shown
            )
            return Line("cache", name, words)
        words = msg("{folder} cannot be written", folder=str(folder))
    advice = msg("tdkt undo remembers nothing; set TDKT_CACHE to a folder that you can write to")
    return Line("cache", name, words, "attention", advice)


def _variables() -> Iterator[Line]:
    """Yield the variables whose names begin as those of tdkt; values of unknown ones may be secrets, and reports are sent to others."""
    name = msg("variable")
    for variable, value in sorted(os.environ.items()):
        if variable in VARIABLES:
            yield Line("variable", name, f"{variable}={value}")
        elif variable.startswith(_PREFIX) and variable not in _IGNORED:
            near = nearest(variable.removeprefix(_PREFIX), [known.removeprefix(_PREFIX) for known in VARIABLES])
            advice = msg("tdkt knows no such variable; it knows {names}", names=", ".join(VARIABLES))
            if near:
                advice = msg("tdkt knows no such variable; did you mean {near}?", near=f"{_PREFIX}{near}")
            yield Line("variable", name, variable, "attention", advice)


def _completion() -> Iterator[Line]:
    """Yield the usual files that set up tab completion, if any does; completion may be set up elsewhere too."""
    with suppress(RuntimeError, OSError):  # no home folder, or one that may not be read
        home = Path.home()
        files = [home / file for file in _COMPLETIONS if (home / file).is_file()]
        shell_files = (home / file for file in _SHELL_FILES)
        files += [file for file in shell_files if file.is_file() and b"tdkt completion" in file.read_bytes()]
        if files:
            yield Line("completion", msg("tab key"), ", ".join(map(str, files)))
