"""Reading plans with everything that their deadlines are reckoned with."""

import os
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from tdkt_cli.files.config import load_config
from tdkt_cli.files.loader import Loaded
from tdkt_cli.files.workspace import Workspace, read_workspace


def load_plans(*paths: str | os.PathLike[str], folder: str | os.PathLike[str] = "") -> Workspace:
    """Read plan files, or every plan file of folders, and the registers and calendars beside them.

    `folder` is where paths begin that are not absolute: the working directory unless said. The settings are those of the nearest
    tdkt.toml at or above it; without `paths`, the plans are those in its folder of plans.

    A file that cannot be read, or does not hold to the format, is left out whole: it stands in `left_out`, and `findings` says what is
    wrong with it and where. Where there is no plan at all, `plans` is empty. Raises nothing.
    """
    return read_plans(map(Path, paths), Path(folder).resolve())


def read_plans(
    paths: Iterable[Path],
    here: Path,
    without: Collection[Path] = (),
    given: Mapping[Path, Loaded | None] = MappingProxyType({}),
) -> Workspace:
    """What `load_plans` reads, from the absolute folder `here`, where some files are known already, by their absolute paths.

    Those in `without` are not read, and those `given` stand for what lies there. Raises nothing.
    """
    return read_workspace(load_config(here), paths, here, without, given)
