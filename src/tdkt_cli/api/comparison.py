"""Comparing two versions of plans."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from tdkt_cli.api.operands import Sides, read_sides
from tdkt_cli.api.selection import unknown_plan
from tdkt_cli.core.diff.affected import affected
from tdkt_cli.core.diff.compare import compare
from tdkt_cli.core.diff.difference import Difference, PlanChange, Snapshot
from tdkt_cli.core.messages import msg
from tdkt_cli.core.plan import Names
from tdkt_cli.errors import UNREADABLE, UsageError
from tdkt_cli.files.config import Config, load_config
from tdkt_cli.files.git.command import ERRORS
from tdkt_cli.files.git.revisions import Unread, Versions, git_versions, path_versions
from tdkt_cli.files.workspace import files_of


@dataclass(frozen=True, slots=True, repr=False)  # all that it has would fill many screens
class Comparison:
    """What is different between two versions of plans, and what could not be compared.

    It is true where anything differs, and goes through the plans that do: in each the tasks, in these the deadlines, in these the fields.
    Registers and days off that differ are in `difference`. `config` are the settings, `sides` what was asked for, `versions` what was read.
    """

    config: Config
    sides: Sides
    versions: Versions
    difference: Difference

    def __bool__(self) -> bool:
        """Whether anything differs of what could be compared."""
        return bool(self.difference)

    def __iter__(self) -> Iterator[PlanChange]:
        """The plans that came, went or changed."""
        return iter(self.difference.plans)

    @property
    def unread(self) -> tuple[Unread, ...]:
        """The files that could not be used in one of the versions, and why; they were left out of both."""
        return self.versions.unread

    @property
    def units(self) -> Mapping[str, Names]:
        """Whom the changes concern: the names of bodies and groups by the name of their register, "" for names that are in none."""
        return affected(self.difference, self.versions.old.office, self.versions.new.office)


def diff(
    *versions: str | os.PathLike[str],
    paths: Iterable[str | os.PathLike[str]] | None = None,
    plan: str | Iterable[str] = (),
    folder: str | os.PathLike[str] = "",
) -> Comparison:
    """Compare two versions of plans as `tdkt diff` does: by task and deadline, not by line.

    `versions` are at most two revisions of git, one word for both (main..HEAD, main...HEAD), or two plan files or folders. Without any,
    HEAD is compared with the files as they are; one revision, with them too. A text is told to be a revision or a path by which of the
    two there is; a Path is always a path. `paths` are the files and folders of the repository to look at alone; where it is given, even
    empty, every text in `versions` is a revision. `plan` narrows to plans with these ids.

    `folder` is where paths begin that are not absolute, and where tdkt.toml is looked for: the working directory unless said.

    Raises UsageError for versions that there are not or that do not go together, and where git fails; UnknownNameError for a plan that
    neither version has.
    """
    here = Path(folder).resolve()
    config = load_config(here)
    sides = read_sides(config, here, versions, paths)
    try:
        found = _read(config, here, sides)
    except ERRORS as error:
        raise UsageError(msg("git could not compare the two versions"), UNREADABLE) from error
    wanted = [plan] if isinstance(plan, str) else list(plan)
    if wanted:
        _refuse_unknown(config, here, found, wanted)
        found = replace(found, old=_narrowed(found.old, wanted), new=_narrowed(found.new, wanted))
    return Comparison(config, sides, found, compare(found.old, found.new, as_one=sides.single))


def _read(config: Config, here: Path, sides: Sides) -> Versions:
    if sides.repository is None:
        return path_versions(config, here, Path(sides.old), Path(sides.new or ""))
    return git_versions(config, here, sides.repository, sides.commits, sides.asked)


def _refuse_unknown(config: Config, here: Path, versions: Versions, wanted: list[str]) -> None:
    """Raise the UnknownNameError for an id that no plan has; a plan that is the same in both versions was not read."""
    known = {plan.id for side in (versions.old, versions.new) for plan in side.plans}
    known |= {path.stem for path in files_of(config, [], here)} if not known.issuperset(wanted) else set()
    for id_ in wanted:
        if id_ not in known:
            raise unknown_plan(id_, sorted(known))


def _narrowed(side: Snapshot, ids: list[str]) -> Snapshot:
    return replace(side, plans=tuple(plan for plan in side.plans if plan.id in ids))
