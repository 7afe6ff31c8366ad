"""Reading plans with everything that their deadlines are reckoned with."""

import os
from collections.abc import Collection, Mapping
from pathlib import Path
from types import MappingProxyType

from tdkt_cli.files.config import load_config
from tdkt_cli.files.loading import Loaded
from tdkt_cli.files.workspace import Workspace, read_workspace


def load_plans(
    *paths: str | os.PathLike[str],
    folder: str | os.PathLike[str] = "",
    without: Collection[Path] = (),
    given: Mapping[Path, Loaded | None] = MappingProxyType({}),
) -> Workspace:
    """Read plan files, or every plan file of folders, and the registers and calendars beside them.

    `folder` is where paths begin that are not absolute: the working directory unless said. The settings are those of the nearest
    tdkt.toml at or above it; without `paths`, the plans are those in its folder of plans. By their absolute paths, files `without` are
    not read, and those `given` stand for what lies there: the command line's own, for files that it knows already.

    A file that cannot be read, or does not hold to the format, is left out whole: it stands in `left_out`, and `findings` says what is
    wrong with it and where. Where there is no plan at all, `plans` is empty. Raises nothing.
    """
    here = Path.cwd() / folder
    return read_workspace(load_config(here), map(Path, paths), here, without, given)
