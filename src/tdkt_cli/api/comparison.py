"""Comparing two versions of plans."""

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from tdkt_cli.api.operands import Sides, read_sides
from tdkt_cli.api.selection import unknown_plan
from tdkt_cli.core.diff.compare import compare
from tdkt_cli.core.diff.difference import Difference, PlanChange, Snapshot, affected
from tdkt_cli.core.messages import msg
from tdkt_cli.core.plan import Names
from tdkt_cli.errors import UNREADABLE, UsageError
from tdkt_cli.files.config import Config, load_config
from tdkt_cli.files.git.command import ERRORS
from tdkt_cli.files.git.revisions import Unread, Versions, git_versions, path_versions
from tdkt_cli.files.workspace import files_of


@dataclass(frozen=True, slots=True, repr=False)  # a repr would fill many screens
class Comparison:
    """The difference between two versions of plans, and the files that could not be compared.

    It is true when anything differs, and iterates over the plans that do: each has its tasks, these their deadlines, these their fields.
    Registers and days off that differ are in `difference`. `config` are the settings, `sides` what was asked for, `versions` what was read.
    """

    config: Config
    sides: Sides
    versions: Versions
    difference: Difference

    def __bool__(self) -> bool:
        """Whether anything differs in the files that could be compared."""
        return bool(self.difference)

    def __iter__(self) -> Iterator[PlanChange]:
        """The plans that were added, removed or changed."""
        return iter(self.difference.plans)

    @property
    def unread(self) -> tuple[Unread, ...]:
        """The files that could not be used in one of the versions, and why; they were left out of both."""
        return self.versions.unread

    @property
    def units(self) -> Mapping[str, Names]:
        """The bodies and groups that the changes concern, by the name of their register; "" for names that are in none."""
        return affected(self.difference, self.versions.old.office, self.versions.new.office)


def diff(
    *versions: str | os.PathLike[str],
    paths: Iterable[str | os.PathLike[str]] | None = None,
    plan: str | Iterable[str] = (),
    folder: str | os.PathLike[str] = "",
) -> Comparison:
    """Compare two versions of plans as `tdkt diff` does: by task and deadline, not by line.

    `versions` are at most two git revisions, a range of them (main..HEAD, main...HEAD), or two plan files or folders. Without any, HEAD
    is compared with the files as they are; one revision is compared with them too. A string is taken as a revision or a path, whichever
    exists; a Path is always a path. `paths` limits the comparison to these files and folders of the repository; when it is given, even
    empty, every string in `versions` is a revision. `plan` limits it to plans with these ids.

    Paths that are not absolute begin at `folder`, by default the working directory, where the search for tdkt.toml begins too.

    Raises UsageError for versions that do not exist or cannot be compared, and when git fails; UnknownNameError for a plan that neither
    version has.
    """
    here = Path(folder).resolve()
    config = load_config(here)
    sides = read_sides(config, here, versions, paths)
    try:
        if sides.repository is None:
            found = path_versions(config, here, Path(sides.old), Path(sides.new or ""))
        else:
            found = git_versions(config, here, sides.repository, sides.commits, sides.paths)
    except ERRORS as error:
        raise UsageError(msg("git could not compare the two versions"), UNREADABLE) from error
    ids = [plan] if isinstance(plan, str) else list(plan)
    if ids:
        known = {each.id for side in (found.old, found.new) for each in side.plans}
        if not known.issuperset(ids):  # a plan that is the same in both versions was not read
            known |= {path.stem for path in files_of(config, [], here)}
        for id_ in ids:
            if id_ not in known:
                raise unknown_plan(id_, sorted(known))
        found = replace(found, old=_only(found.old, ids), new=_only(found.new, ids))
    return Comparison(config, sides, found, compare(found.old, found.new, as_one=sides.single))


def _only(side: Snapshot, ids: Collection[str]) -> Snapshot:
    return replace(side, plans=tuple(plan for plan in side.plans if plan.id in ids))
