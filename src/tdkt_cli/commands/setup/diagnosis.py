"""What `tdkt doctor` looks at, a function for each section; each yields its lines and knows nothing of the others.

Whatever fails while it looks becomes a line that says so, and the rest is looked at all the same. Of the plans only the names and
places of files are told, nothing that stands in them.
"""

import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tdkt_cli.commands.setup.machine import surroundings
from tdkt_cli.commands.shared.session import TODAY, colour, day_of
from tdkt_cli.core.findings import Finding
from tdkt_cli.core.health import Line, Section, State
from tdkt_cli.core.holidays_vn import HOLIDAYS
from tdkt_cli.core.messages import Message, msg, msgs
from tdkt_cli.core.transliteration import carries_vietnamese
from tdkt_cli.errors import UsageError
from tdkt_cli.files.config import Config, load_config
from tdkt_cli.files.dependencies import is_editable, libraries, own_folder, own_version
from tdkt_cli.files.workspace import CALENDARS, Workspace, read_workspace
from tdkt_cli.render.language import Language
from tdkt_cli.rules.selection import unknown

_SHOWN = 5
_CHECK = msg("tdkt check says where, what is wrong, and what to write instead")


@dataclass(frozen=True, slots=True)
class Case:
    """What is examined: the folder, its settings and files, the reader's language, and what chose it on the command line."""

    here: Path
    config: Config
    workspace: Workspace
    language: Language
    typed_language: str

    @property
    def top(self) -> Path:
        """The folder that the plans belong to."""
        return self.config.root or self.here


def case_of(language: Language, typed_language: str, here: Path) -> Case:
    """Read what is to be examined. Raises nothing."""
    config = load_config(here)
    return Case(here, config, read_workspace(config, (), here), language, typed_language)


def sections(case: Case) -> Iterator[Section]:
    """Everything that is looked at, in the order in which one would ask."""
    for id_, heading, look in (
        ("program", msg("Program"), _program),
        ("plans", msg("Plans"), _plans),
        ("days", msg("Days"), _days),
        ("screen", msg("Language and screen"), _screen),
        ("machine", msg("This machine"), _machine),
    ):
        yield Section(id_, heading, tuple(_held(look, case)))


def _held(look: Callable[[Case], Iterable[Line]], case: Case) -> Iterator[Line]:
    try:
        yield from look(case)
    except Exception as error:  # noqa: BLE001 - a doctor who falls ill helps nobody
        words = msg("{kind} while looking", kind=type(error).__name__)
        advice = msg("this is a mistake in tdkt; report it, and add what this command prints")
        yield Line("failed", msg("the rest"), words, "wrong", advice)


def _machine(case: Case) -> Iterator[Line]:
    return surroundings(case.top)


def _program(_case: Case) -> Iterator[Line]:
    version, folder = own_version(), str(own_folder())
    if version is None:
        advice = msg("install tdkt anew, for instance: pipx reinstall tdkt-cli")
        yield Line("tdkt", "tdkt", msg("no version; it lies in {folder}", folder=folder), "wrong", advice)
    else:
        running = (
            msg("{version}, run from its sources in {folder}", version=version, folder=folder)
            if is_editable()
            else msg("{version} in {folder}", version=version, folder=folder)
        )
        yield Line("tdkt", "tdkt", running)
    python = msg("{version} in {folder}", version=platform.python_version(), folder=sys.executable)
    yield Line("python", "Python", python)
    yield Line("platform", msg("system"), platform.platform())
    needed = list(libraries())
    yield Line("libraries", msg("libraries"), ", ".join(f"{one.name} {one.version}" for one in needed if one.fits))
    for one in needed:
        if not one.fits:
            found = f"{one.name} {one.version}" if one.version else msg("{name} is missing", name=one.name)
            command = f"python -m pip install '{one.name}{one.needed}'"
            advice = msg("tdkt needs {needed}: {command}", needed=f"{one.name} {one.needed}", command=command)
            yield Line("library", msg("library"), found, "wrong", advice)


def _plans(case: Case) -> Iterator[Line]:
    config, workspace = case.config, case.workspace
    yield _settings(case)
    for finding in config.findings[:_SHOWN]:
        yield Line("setting", msg("setting"), _place(finding), "wrong", finding.message)
    unknown_rule = unknown(config.settings.check.named)
    if unknown_rule is not None:
        advice = msg("tdkt rule lists those that there are; until then tdkt check does not run")
        yield Line("setting", msg("setting"), msg("there is no rule {rule}", rule=unknown_rule), "wrong", advice)
    plans = len(workspace.plans)
    folders = _folders(plan.source.file for plan in workspace.plans)
    if plans:
        yield Line(
            "plans", msg("plans"), msgs("{n} plan in {folder}", "{n} plans in {folder}", n=plans, folder=folders)
        )
    else:
        none = msg("none in {folder}", folder=str(config.plans))
        yield Line(
            "plans", msg("plans"), none, "attention", msg("tdkt new makes one; or go to the folder of tdkt.toml")
        )
    yield from _left_out(workspace)
    others = [
        each for each in workspace.findings if each not in config.findings and each.file not in workspace.left_out
    ]
    for finding in others[:_SHOWN]:
        yield Line("file", msg("file"), _place(finding), "wrong", _CHECK)
    registers = workspace.office.registers
    where = _folders(register.source.file for register in registers.values())
    asked = {plan.units for plan in workspace.plans if plan.units} - registers.keys()
    if asked:
        missing = msg("a plan names one that is not there: {ids}", ids=", ".join(sorted(asked)))
        yield Line("registers", msg("registers"), missing, "wrong", _CHECK)
    elif registers:
        found = msgs("{n} register in {folder}", "{n} registers in {folder}", n=len(registers), folder=where)
        yield Line("registers", msg("registers"), found)
    else:
        without = msg("none, so that nobody knows who belongs to a group")
        yield Line("registers", msg("registers"), without, "attention", msg("tdkt init makes one"))
    calendars = len(workspace.office.calendar.names)
    where = _folders(file for file in workspace.files if Path(file).parent.name == CALENDARS)
    found = msgs("{n} file in {folder}", "{n} files in {folder}", n=calendars, folder=where)
    yield Line("calendars", msg("calendars"), found if calendars else msg("none; public holidays are known without"))


def _place(finding: Finding) -> str:
    return f"{finding.file}:{finding.span.line}:{finding.span.column} {finding.rule}"


def _settings(case: Case) -> Line:
    if case.config.root is not None:
        state: State = "wrong" if case.config.findings else "ok"
        advice = msg("what cannot be read of it is left out, and its default holds") if case.config.findings else None
        return Line("settings", msg("settings"), str(case.config.root / "tdkt.toml"), state, advice)
    words = msg("no tdkt.toml here or above; the defaults hold")
    advice = None if case.workspace.plans else msg("tdkt init makes one; or go to the folder that has it")
    return Line("settings", msg("settings"), words, "attention" if advice else "ok", advice)


def _left_out(workspace: Workspace) -> Iterator[Line]:
    if not workspace.left_out:
        return
    words = msgs(
        "{n} file cannot be used: {files}",
        "{n} files cannot be used: {files}",
        n=len(workspace.left_out),
        files=_some(workspace.left_out),
    )
    yield Line("left_out", msg("left out"), words, "wrong", _CHECK)


def _folders(files: Iterable[str]) -> str:
    return _some(dict.fromkeys(Path(file).parent.as_posix() for file in files))


def _some(names: Iterable[str]) -> str:
    """The first of these names, and dots where there are more."""
    first = list(names)
    return ", ".join(first[:_SHOWN]) + (", …" if len(first) > _SHOWN else "")


def _days(case: Case) -> Iterator[Line]:
    zone = case.config.settings.timezone
    try:
        today = day_of(case.config)
    except UsageError as error:
        advice = msg("write it as 2023-02-20, or unset it")
        yield Line("today", msg("today"), error.message, "wrong", advice)
        return
    said = msg("{day} in {zone}", day=case.language.day(today), zone=zone)
    if os.environ.get(TODAY):
        advice = msg("{name} says which day it is; unset it to have the real one", name=TODAY)
        yield Line("today", msg("today"), said, "attention", advice)
    else:
        yield Line("today", msg("today"), said)
    yield _holidays(case.workspace, today)
    yield _decisions(case.workspace, today)


def _holidays(workspace: Workspace, today: date) -> Line:
    """How far the public holidays are known: of a year without them every working day would be reckoned wrong."""
    decided = {day.year for day in workspace.office.calendar.overrides}
    asked = {today.year, *(year for plan in workspace.plans for year in (plan.period.start.year, plan.period.end.year))}
    unknown = sorted(asked - HOLIDAYS.keys() - decided)
    known = msg("known from {first} to {last}", first=str(min(HOLIDAYS)), last=str(max(HOLIDAYS)))
    if not unknown:
        return Line("holidays", msg("holidays"), known)
    years = ", ".join(map(str, unknown))
    advice = msg("working days of {years} are reckoned without them: write them into a calendar file", years=years)
    return Line("holidays", msg("holidays"), known, "wrong", advice)


def _decisions(workspace: Workspace, today: date) -> Line:
    days = workspace.office.calendar.overrides
    name = msg("days swapped")
    # Such days are decided in the year before.
    year = max([today.year, *(min(plan.period.end.year, today.year + 1) for plan in workspace.plans)])
    advice = msg(
        "when the decision on days off of {year} is out, write its days into a calendar file; tdkt init makes one",
        year=str(year),
    )
    if not days:
        return Line("decisions", name, msg("no calendar file has any"), "attention", advice)
    last = max(days)
    words = msgs(
        "{n} day by decision, the last {last}", "{n} days by decision, the last {last}", n=len(days), last=last
    )
    return Line("decisions", name, words) if last.year >= year else Line("decisions", name, words, "attention", advice)


def _screen(case: Case) -> Iterator[Line]:
    yield Line("language", msg("language"), _spoken(case))
    encoding = sys.stdout.encoding or "?"
    if sys.stdout.isatty():
        size = shutil.get_terminal_size()
        words = msg("a terminal, {columns} × {lines}", columns=size.columns, lines=size.lines)
        yield Line("output", msg("output"), words)
    else:
        yield Line("output", msg("output"), msg("a file or a pipe"))
    if carries_vietnamese(encoding):
        yield Line("letters", msg("letters"), encoding)
    else:
        advice = msg(
            "letters that it lacks are spelled with those it has; for all: chcp 65001, or export LC_ALL=C.UTF-8"
        )
        yield Line("letters", msg("letters"), encoding, "attention", advice)
    yield Line("colours", msg("colours"), _colours())
    named = next(
        (f"{name}={os.environ[name]}" for name in ("LC_ALL", "LC_CTYPE", "LANG") if os.environ.get(name)), None
    )
    yield Line("locale", msg("locale"), named or msg("not set"))


def _spoken(case: Case) -> Message:
    code = case.language.code
    if case.typed_language:
        return msg("{code}, as --lang says", code=code)
    if os.environ.get("TDKT_LANG"):
        return msg("{code}, as TDKT_LANG says", code=code)
    if "lang" in case.config.settings.model_fields_set:
        return msg("{code}, as tdkt.toml says", code=code)
    return msg("{code}, since nothing says otherwise", code=code)


def _colours() -> Message:
    if colour(sys.stdout):
        return msg("shown")
    if os.environ.get("NO_COLOR"):
        return msg("none: NO_COLOR is set")
    return msg("none: this terminal has none") if sys.stdout.isatty() else msg("none: this is no terminal")
