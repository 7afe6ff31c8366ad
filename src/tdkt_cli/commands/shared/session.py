"""The session of a command: its workspace, today and language, and printing on the two streams."""

import os
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import TextIO, TypeVar
from zoneinfo import ZoneInfo

import typer

from tdkt_cli.commands.shared.console import reads_escapes
from tdkt_cli.commands.shared.values import read_day
from tdkt_cli.core.findings import Finding
from tdkt_cli.core.messages import Message, msg, msgs, reason
from tdkt_cli.core.record import Record
from tdkt_cli.core.text import json_text
from tdkt_cli.errors import OK, UNREADABLE, UsageError
from tdkt_cli.files.config import Config, load_config
from tdkt_cli.files.loader import Loaded
from tdkt_cli.files.workspace import Workspace, nothing_found, read_workspace, refreshed
from tdkt_cli.render.findings.text import finding_line
from tdkt_cli.render.language import Language
from tdkt_cli.render.plain import plain_lines
from tdkt_cli.render.records import record_lines
from tdkt_cli.render.view import View

TODAY = "TDKT_TODAY"
_SCREENFUL = 400  # rows; laying out more than that takes longer than anybody looks at them
_SHOWN_FINDINGS = 5
_MANY = 50  # things that are worth a bar on the terminal

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Session:
    """One run of a command on the plans of `paths`."""

    language: Language
    workspace: Workspace
    today: date
    today_typed: bool
    paths: tuple[Path, ...]

    @property
    def folder(self) -> Path:
        """The folder of tdkt.toml, else the working directory."""
        return self.workspace.config.root or Path.cwd()

    def say(self, message: Message) -> str:
        """The message in the reader's language."""
        return self.language.say(message)

    def reread(self, files: Collection[str]) -> "Session":
        """Return the session with these files read again."""
        return replace(self, workspace=refreshed(self.workspace, files, Path.cwd()))

    def end(self, *, plans: bool = True) -> int:
        """Print on the error stream which files were left out and why, and with `plans` that there are none. Returns the exit code."""
        nothing = nothing_found(self.workspace, self.paths) if plans else None
        findings = (*self.workspace.findings, *((nothing,) if nothing else ()))
        return say_left_out(self.language, findings, len(self.workspace.left_out))

    def print_view(self, view: View, format_: str) -> None:
        """Print a view for people: a table on a terminal, else plain lines."""
        if format_ == "table" and sum(len(group.rows) for group in view.groups) <= _SCREENFUL:
            from tdkt_cli.render.terminal import show  # noqa: PLC0415 - rich, only for a terminal

            show(view, self.language)
        else:
            print_lines(plain_lines(view))


def open_session(
    context: typer.Context,
    paths: list[Path] | None,
    today: str,
    known: Collection[Path] = (),
    given: Mapping[Path, Loaded | None] = MappingProxyType({}),
) -> Session:
    """Read the plans asked for, but the files `known`, and those `given` as they are. Raises UsageError for a day that is none."""
    here = Path.cwd()
    workspace = read_workspace(load_config(here), paths or (), here, known, given)
    return Session(context.obj, workspace, day_of(workspace.config, today), bool(today), tuple(paths or ()))


def day_of(config: Config, typed: str = "") -> date:
    """The day to reckon from: the one typed, that of TDKT_TODAY, else the day it is in the zone of the plans. Raises UsageError."""
    now = datetime.now(ZoneInfo(config.settings.timezone)).date()
    given = typed or os.environ.get(TODAY, "")
    return read_day(given, now, "--today" if typed else TODAY) if given else now


def say_left_out(language: Language, findings: Sequence[Finding], count: int) -> int:
    """Say on the error stream what was found in files that were left out, and how many there are. Returns the exit code."""
    for finding in findings[:_SHOWN_FINDINGS]:
        print_error(finding_line(finding, language, colour=colour(sys.stderr)))
    if count:
        left_out = msgs(
            "{n} file was left out; tdkt check shows everything",
            "{n} files were left out; tdkt check shows everything",
            n=count,
        )
        print_error(language.say(left_out))
    return UNREADABLE if findings else OK


def chosen_format(typed: str) -> str:
    """The format typed, else what suits where the output goes."""
    return typed or ("table" if sys.stdout.isatty() else "plain")


def print_records(records: Iterable[Record], format_: str) -> None:
    """Print what a machine reads."""
    print_lines(record_lines(records, format_))


def colour(stream: TextIO) -> bool:
    """Whether to colour what is printed to a stream."""
    wanted = stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return wanted and reads_escapes(stream)


def input_lines() -> Iterator[bytes]:
    """The lines of the input as bytes: its encoding is for the reader to know, not for the locale; none where it is closed.

    Raises UsageError where it cannot be read.
    """
    if sys.stdin is None:
        return
    try:
        yield from sys.stdin.buffer
    except OSError as error:
        raise UsageError(msg("the input cannot be read: {reason}", reason=reason(error)), UNREADABLE) from error


def print_json(value: object) -> None:
    """Print a value as JSON that people can read too."""
    print_lines([json_text(value, indent=2)])


def print_lines(lines: Iterable[str]) -> None:
    """Print lines on the output."""
    sys.stdout.writelines(f"{line}\n" for line in lines)


def progress(found: Sequence[T], words: str) -> Iterable[T]:
    """The same things one after another; while there are many of them, with a bar on the terminal that leaves nothing behind."""
    if len(found) < _MANY or not sys.stderr.isatty():
        return found
    from rich.console import Console  # noqa: PLC0415 - rich, only for a terminal
    from rich.progress import track  # noqa: PLC0415

    return track(found, description=words, console=Console(stderr=True), transient=True)


def print_error(line: str) -> None:
    """Print a line on the error stream."""
    sys.stderr.write(f"{line}\n")


def not_written(file: str, problem: Message | str) -> Message:
    """That a file was not written, and why."""
    return msg("not written: {file}: {problem}", file=file, problem=problem)
