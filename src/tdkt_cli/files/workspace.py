"""The workspace of a command: the settings, the plans asked for, and the registers and calendars beside them.

Which files: those named, and every YAML file below the folders named; without names, those below the plans folder of the
nearest tdkt.toml, else below `./plans`. The registers and calendars of a plan lie in `units/` and `calendars/` beside it or
in a folder above it.
"""

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from types import MappingProxyType

from tdkt_cli.core.agenda import Item, Office, items
from tdkt_cli.core.findings import TOP, Finding, Severity, Source
from tdkt_cli.core.messages import msg
from tdkt_cli.core.plan import Plan
from tdkt_cli.core.resolve import Index
from tdkt_cli.core.units import Register
from tdkt_cli.core.workdays import WorkCalendar
from tdkt_cli.files.config import Config, shown_path
from tdkt_cli.files.loader import Loaded, load
from tdkt_cli.files.reader import safely
from tdkt_cli.schema.calendar import CalendarModel
from tdkt_cli.schema.units import UnitsModel

_ENDINGS = (".yaml", ".yml")
REGISTERS, CALENDARS = "units", "calendars"
BESIDE = (REGISTERS, CALENDARS)


@dataclass(frozen=True, repr=False)  # all that it has would fill many screens
class Workspace:
    """The settings, the plans, the office they belong to, and the names of all files read.

    `left_out` are the files that could not be used; `findings` says why, and what is wrong with the settings.
    """

    config: Config
    plans: tuple[Plan, ...]
    office: Office
    files: tuple[str, ...]
    left_out: tuple[str, ...]
    findings: tuple[Finding, ...]

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Every deadline of the plans in their order, each recurring one once for each occurrence in its plan's period."""
        return tuple(items(self.plans, self.office))


def read_workspace(
    config: Config,
    paths: Iterable[Path],
    here: Path,
    known: Collection[Path] = (),
    given: Mapping[Path, Loaded | None] = MappingProxyType({}),
) -> Workspace:
    """Read the files asked for and what they need, but those `known`. Paths are shown relative to the folder `here`. Raises nothing.

    Files that are `given` stand for what lies there; None for a file that is not to be there.
    """
    files = {path: root for path, root in files_of(config, paths, here).items() if path not in known}
    loaded = [file for path, root in files.items() if (file := _given_or_read(path, root, here, given))]
    loaded += [file for path, file in given.items() if file and path not in files]
    return assembled(config, loaded, here, partial(_beside, here, given))


def load_all(config: Config, paths: Iterable[Path], here: Path) -> dict[Path, Loaded]:
    """Return the files asked for and those they need, by path. Raises nothing."""
    return {path: load(path, shown_path(path, here), root) for path, root in files_of(config, paths, here).items()}


def _given_or_read(path: Path, root: Path | None, here: Path, given: Mapping[Path, Loaded | None]) -> Loaded | None:
    return given[path] if path in given else load(path, shown_path(path, here), root)


def _beside(here: Path, given: Mapping[Path, Loaded | None], plan: Plan, other: str) -> Loaded | None:
    """The file in which the plan with an id would lie beside another."""
    path = (here / plan.source.file).with_name(f"{other}.yaml")
    return _given_or_read(path, path.parent, here, given)


def assembled(
    config: Config, loaded: Sequence[Loaded], here: Path, beside: Callable[[Plan, str], Loaded | None]
) -> Workspace:
    """The workspace of files that were read. `beside` reads the plan with an id that lies beside another, if it is there."""
    plans = tuple(plan for file in loaded if (plan := file.plan))
    registers: dict[str, Register] = {}
    calendar = WorkCalendar()
    findings = [*config.findings, *(finding for file in loaded for finding in file.findings)]
    for file in loaded:
        if isinstance(file.model, UnitsModel) and file.source:
            register = file.model.build(file.source)
            first = registers.setdefault(register.id, register)
            if first is not register:
                message = msg(
                    "the register {id} is also in {file}; only that one is used", id=first.id, file=first.source.file
                )
                span = register.source.marks.value(("id",))
                findings.append(register.source.finding("TDKT018", Severity.ERROR, message, span))
        elif isinstance(file.model, CalendarModel) and file.source:
            findings += _disagreeing(file.model, file.source, calendar.overrides)
            calendar = WorkCalendar(
                overrides={**file.model.overrides(), **calendar.overrides},
                decisions={**file.model.decisions(), **calendar.decisions},
                notes={**file.model.notes(), **calendar.notes},
                names={file.model.id: file.model.name, **calendar.names},
            )
    settings = config.settings
    office = Office(
        registers=registers,
        calendar=calendar,
        index=Index((*plans, *_referred_to(plans, beside))),
        soon=settings.soon,
        strict=settings.before == "strict",
    )
    files = tuple(shown_path(file.path, here) for file in loaded)
    left_out = tuple(name for name, file in zip(files, loaded, strict=True) if file.model is None)
    return Workspace(config, plans, office, files, left_out, tuple(findings))


def refreshed(workspace: Workspace, files: Collection[str], here: Path) -> Workspace:
    """Return the workspace with these files read again. Raises nothing."""
    root = workspace.config.root
    current = (
        load(here / plan.source.file, plan.source.file, root).plan if plan.source.file in files else plan
        for plan in workspace.plans
    )
    plans = tuple(plan for plan in current if plan)
    index = Index((*plans, *_referred_to(plans, partial(_beside, here, {}))))
    return replace(workspace, plans=plans, office=replace(workspace.office, index=index))


def _disagreeing(calendar: CalendarModel, source: Source, known: Mapping[date, bool]) -> Iterator[Finding]:
    """The days of a calendar that an earlier one has otherwise; the earlier one counts."""
    for index, day in enumerate(calendar.days):
        if known.get(day.date, bool(day.working)) != bool(day.working):
            message = msg("another calendar says otherwise about {day}; keep one", day=day.date)
            span = source.marks.value(("days", index, "date"))
            yield source.finding("TDKT018", Severity.ERROR, message, span)


def _referred_to(plans: tuple[Plan, ...], beside: Callable[[Plan, str], Loaded | None]) -> Iterator[Plan]:
    """The plans that others refer to without having been asked for; they lie beside those and are only looked things up in."""
    known = {plan.id for plan in plans}
    for plan in plans:
        for _, deadline in plan.deadlines():
            for ref in filter(None, (deadline.same_as, deadline.when.on_task)):
                other, slash, _ = ref.partition("/")
                if slash and other not in known:
                    known.add(other)
                    if (file := beside(plan, other)) and (plan_beside := file.plan):
                        yield plan_beside


def files_of(config: Config, paths: Iterable[Path], here: Path, *, only_named: bool = False) -> dict[Path, Path | None]:
    """Return the files to read, each with the folder that its links may not leave: the plans, and unless `only_named` what lies beside."""
    found: list[tuple[Path, Path | None]] = []
    folders: dict[Path, Path | None] = {}
    for path in list(paths) or [config.plans]:
        full = Path(os.path.normpath(here / path))
        is_folder = safely(full.is_dir)
        folder = full if is_folder else full.parent
        root = config.root if config.root is not None and full.is_relative_to(config.root) else None
        if is_folder:
            found += [(file, root or folder) for file in below(full)]
        elif full != Path(os.path.normpath(here / config.plans)) or not _is_missing(full):
            found.append((full, root))  # the usual folder need not exist
        folders.setdefault(folder, root)
    if not only_named:
        found += chain.from_iterable(_registers_beside(folder, root) for folder, root in folders.items())
    files: dict[Path, Path | None] = {}
    for path, root in found:
        files.setdefault(Path(os.path.normpath(path)), root)
    return files


def _is_missing(path: Path) -> bool:
    return safely(lambda: not path.exists())


def is_read(name: str) -> bool:
    """Whether a file is read: YAML by its name (be it one saved as a text file), neither hidden nor in a hidden folder."""
    is_hidden = any(part.startswith(".") for part in name.split("/"))
    return not is_hidden and name.casefold().removesuffix(".txt").endswith(_ENDINGS)


def is_beside(name: str) -> bool:
    """Whether a file is a register or a calendar by its folder."""
    return not set(BESIDE).isdisjoint(name.split("/")[:-1])


def below(folder: Path) -> Iterator[Path]:
    """Yield the YAML files of a folder and its subfolders, by name, without hidden ones.

    A folder that cannot be read, or to which a link leads, is yielded itself, so that reading it says why.
    """
    unreadable: list[OSError] = []
    for parent, names, files in os.walk(folder, onerror=unreadable.append):
        names[:] = sorted(name for name in names if not name.startswith("."))
        yield from (link for name in names if (link := Path(parent) / name).is_symlink())  # not followed, but said
        yield from (Path(parent) / file for file in sorted(files) if is_read(file))
    yield from (Path(error.filename) for error in unreadable)


def files_in(folder: Path) -> list[Path]:
    """Return the YAML files of a folder that may be missing; a link is returned itself, so that reading it says that it leads out."""
    if safely(folder.is_symlink):
        return [folder]
    return list(below(folder)) if safely(folder.is_dir) else []


def _registers_beside(folder: Path, root: Path | None) -> Iterator[tuple[Path, Path]]:
    """The registers beside a folder, or beside the nearest folder above it that has some; the calendars likewise.

    Without a tdkt.toml the search ends with the git repository, else with the folder itself.
    """
    top = root or next((above for above in (folder, *folder.parents) if safely((above / ".git").exists)), folder)
    for name in BESIDE:
        for above in (folder, *folder.parents):
            files = files_in(above / name)
            if files or above == top:
                yield from ((file, top) for file in files)
                break


def nothing_found(workspace: Workspace, paths: Iterable[Path]) -> Finding | None:
    """Return the finding that there is no plan, unless another finding says why."""
    return None if workspace.plans or workspace.left_out else no_plan(workspace.config, paths)


def no_plan(config: Config, paths: Iterable[Path]) -> Finding:
    """What to say where nothing was found at the paths asked for."""
    where = ", ".join(map(str, paths)) or str(config.plans)
    message = msg("there is no plan here; name a file or folder, or go to the folder of tdkt.toml")
    return Finding("TDKT001", Severity.ERROR, message, where, TOP)
