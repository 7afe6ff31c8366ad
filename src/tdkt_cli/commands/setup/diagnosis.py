"""The checks of `tdkt doctor`: a function for each section, which yields the lines of what it found.

An exception in a check becomes a line, and the other sections follow. Lines show names and places of plan files, never their content.
"""

import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tdkt_cli.commands.setup.machine import machine_lines
from tdkt_cli.commands.shared.session import TODAY, colour, day_of
from tdkt_cli.core.findings import Finding
from tdkt_cli.core.health import Line, Section
from tdkt_cli.core.holidays_vn import HOLIDAYS
from tdkt_cli.core.messages import Message, msg, msgs
from tdkt_cli.core.transliteration import carries_vietnamese
from tdkt_cli.errors import UsageError
from tdkt_cli.files.config import Config
from tdkt_cli.files.dependencies import is_editable, libraries, own_folder, own_version
from tdkt_cli.files.workspace import CALENDARS, Workspace
from tdkt_cli.render.language import Language
from tdkt_cli.rules.choice import unknown

_SHOWN = 5
_CHECK = msg("tdkt check says where, what is wrong, and what to write instead")


@dataclass(frozen=True, slots=True)
class Case:
    """The folder to examine, its settings and files, the language, and the one typed on the command line."""

    here: Path
    config: Config
    workspace: Workspace
    language: Language
    typed_language: str


def sections(case: Case) -> Iterator[Section]:
    """Yield the sections in the order in which they are printed."""
    yield _section("program", msg("Program"), _program, case)
    yield _section("plans", msg("Plans"), _plans, case)
    yield _section("days", msg("Days"), _days, case)
    yield _section("screen", msg("Language and screen"), _screen, case)
    yield _section("machine", msg("This machine"), lambda case: machine_lines(case.config.root or case.here), case)


def _section(id_: str, heading: Message, look: Callable[[Case], Iterable[Line]], case: Case) -> Section:
    lines: list[Line] = []
    try:
        lines.extend(look(case))
    except Exception as error:  # noqa: BLE001 - the other sections are worth printing
        words = msg("{kind} during this check", kind=type(error).__name__)
        advice = msg("this is a bug in tdkt; report it with the output of this command")
        lines.append(Line("failed", msg("the rest"), words, "wrong", advice))
    return Section(id_, heading, tuple(lines))


def _program(_case: Case) -> Iterator[Line]:
    version, folder = own_version(), str(own_folder())
    if version is None:
        advice = msg("reinstall tdkt, for example: pipx reinstall tdkt-cli")
        yield Line("tdkt", "tdkt", msg("no version; it lies in {folder}", folder=folder), "wrong", advice)
    elif is_editable():
        yield Line("tdkt", "tdkt", msg("{version}, run from its sources in {folder}", version=version, folder=folder))
    else:
        yield Line("tdkt", "tdkt", msg("{version} in {folder}", version=version, folder=folder))
    python = msg("{version} in {folder}", version=platform.python_version(), folder=sys.executable)
    yield Line("python", "Python", python)
    yield Line("platform", msg("system"), platform.platform())
    needed = list(libraries())
    yield Line("libraries", msg("libraries"), ", ".join(f"{one.name} {one.version}" for one in needed if one.fits))
    for one in needed:
        if not one.fits:
            version_found = f"{one.name} {one.version}" if one.version else msg("{name} is missing", name=one.name)
            command = f"python -m pip install '{one.name}{one.bounds}'"
            advice = msg("tdkt needs {needed}: {command}", needed=f"{one.name} {one.bounds}", command=command)
            yield Line("library", msg("library"), version_found, "wrong", advice)


def _plans(case: Case) -> Iterator[Line]:
    config, workspace = case.config, case.workspace
    yield from _settings(case)
    plans = workspace.plans
    if plans:
        folder = _folders(plan.source.file for plan in plans)
        words = msgs("{n} plan in {folder}", "{n} plans in {folder}", n=len(plans), folder=folder)
        yield Line("plans", msg("plans"), words)
    else:
        words = msg("none in {folder}", folder=str(config.plans))
        advice = msg("tdkt new makes one; or go to the folder of tdkt.toml")
        yield Line("plans", msg("plans"), words, "attention", advice)
    left_out = workspace.left_out
    if left_out:
        words = msgs("{n} file cannot be used: {files}", "{n} files cannot be used: {files}", n=len(left_out), files=_some(left_out))  # fmt: skip
        yield Line("left_out", msg("left out"), words, "wrong", _CHECK)
    others = [each for each in workspace.findings if each not in config.findings and each.file not in left_out]
    for finding in others[:_SHOWN]:
        yield Line("file", msg("file"), _place(finding), "wrong", _CHECK)
    yield _registers(workspace)
    files = len(workspace.office.calendar.names)
    folder = _folders(file for file in workspace.files if Path(file).parent.name == CALENDARS)
    words = msgs("{n} file in {folder}", "{n} files in {folder}", n=files, folder=folder)
    yield Line("calendars", msg("calendars"), words if files else msg("none; public holidays are known without"))


def _settings(case: Case) -> Iterator[Line]:
    config, name, file_name = case.config, msg("setting"), msg("settings")
    if config.root is None:
        words = msg("no tdkt.toml here or above; the defaults apply")
        advice = None if case.workspace.plans else msg("tdkt init makes one; or go to the folder that has it")
        yield Line("settings", file_name, words, "attention" if advice else "ok", advice)
    elif config.findings:
        advice = msg("values that cannot be read are ignored, and the defaults apply")
        yield Line("settings", file_name, str(config.root / "tdkt.toml"), "wrong", advice)
    else:
        yield Line("settings", file_name, str(config.root / "tdkt.toml"))
    for finding in config.findings[:_SHOWN]:
        yield Line("setting", name, _place(finding), "wrong", finding.message)
    rule = unknown(config.settings.check.named)
    if rule is not None:
        advice = msg("tdkt rule lists the existing ones; until this is corrected, tdkt check does not run")
        yield Line("setting", name, msg("there is no rule {rule}", rule=rule), "wrong", advice)


def _registers(workspace: Workspace) -> Line:
    name, registers = msg("registers"), workspace.office.registers
    missing = {plan.units for plan in workspace.plans if plan.units} - registers.keys()
    if missing:
        words = msg("a plan names a register that does not exist: {ids}", ids=", ".join(sorted(missing)))
        return Line("registers", name, words, "wrong", _CHECK)
    if not registers:
        words = msg("none, so that nobody knows who belongs to a group")
        return Line("registers", name, words, "attention", msg("tdkt init makes one"))
    folder = _folders(register.source.file for register in registers.values())
    words = msgs("{n} register in {folder}", "{n} registers in {folder}", n=len(registers), folder=folder)
    return Line("registers", name, words)


def _place(finding: Finding) -> str:
    return f"{finding.file}:{finding.span.line}:{finding.span.column} {finding.rule}"


def _folders(files: Iterable[str]) -> str:
    return _some(dict.fromkeys(Path(file).parent.as_posix() for file in files))


def _some(names: Iterable[str]) -> str:
    """Return the first of these names, and dots where there are more."""
    first = list(names)
    return ", ".join(first[:_SHOWN]) + (", …" if len(first) > _SHOWN else "")


def _days(case: Case) -> Iterator[Line]:
    try:
        today = day_of(case.config)
    except UsageError as error:
        yield Line("today", msg("today"), error.message, "wrong", msg("write it as 2023-02-20, or unset it"))
        return
    words = msg("{day} in {zone}", day=case.language.day(today), zone=case.config.settings.timezone)
    if os.environ.get(TODAY):
        advice = msg("{name} says which day it is; unset it to have the real one", name=TODAY)
        yield Line("today", msg("today"), words, "attention", advice)
    else:
        yield Line("today", msg("today"), words)
    yield _holidays(case.workspace, today)
    yield _decisions(case.workspace, today)


def _holidays(workspace: Workspace, today: date) -> Line:
    """Return the line about public holidays: working days of a year without known holidays would all be wrong."""
    decided = {day.year for day in workspace.office.calendar.overrides}
    needed = {
        today.year,
        *(year for plan in workspace.plans for year in (plan.period.start.year, plan.period.end.year)),
    }
    missing = sorted(needed - HOLIDAYS.keys() - decided)
    known = msg("known from {first} to {last}", first=str(min(HOLIDAYS)), last=str(max(HOLIDAYS)))
    if not missing:
        return Line("holidays", msg("holidays"), known)
    years = ", ".join(map(str, missing))
    advice = msg("working days of {years} are counted without them: add them to a calendar file", years=years)
    return Line("holidays", msg("holidays"), known, "wrong", advice)


def _decisions(workspace: Workspace, today: date) -> Line:
    """Return the line about days off by decision; those of a year are decided in the year before."""
    name, days = msg("days swapped"), workspace.office.calendar.overrides
    year = max([today.year, *(min(plan.period.end.year, today.year + 1) for plan in workspace.plans)])
    words = msg("no calendar file has any")
    if days:
        last = max(days)
        words = msgs("{n} day by decision, the last {last}", "{n} days by decision, the last {last}", n=len(days), last=last)  # fmt: skip
        if last.year >= year:
            return Line("decisions", name, words)
    advice = msg(
        "when the decision on days off of {year} is out, write its days into a calendar file; tdkt init makes one",
        year=str(year),
    )
    return Line("decisions", name, words, "attention", advice)


def _screen(case: Case) -> Iterator[Line]:
    yield Line("language", msg("language"), _language(case))
    words = msg("a file or a pipe")
    if sys.stdout.isatty():
        size = shutil.get_terminal_size()
        words = msg("a terminal, {columns} × {lines}", columns=size.columns, lines=size.lines)
    yield Line("output", msg("output"), words)
    encoding = sys.stdout.encoding or "?"
    if carries_vietnamese(encoding):
        yield Line("letters", msg("letters"), encoding)
    else:
        advice = msg(
            "letters that it lacks are replaced by similar ones; for all letters: chcp 65001, or export LC_ALL=C.UTF-8"
        )
        yield Line("letters", msg("letters"), encoding, "attention", advice)
    yield Line("colours", msg("colours"), _colours())
    locales = [f"{name}={os.environ[name]}" for name in ("LC_ALL", "LC_CTYPE", "LANG") if os.environ.get(name)]
    yield Line("locale", msg("locale"), locales[0] if locales else msg("not set"))


def _language(case: Case) -> Message:
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
    return msg("none: this terminal has none") if sys.stdout.isatty() else msg("none: this is not a terminal")
