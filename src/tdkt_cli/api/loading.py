"""Reading plans with everything that their deadlines are reckoned with."""

import os
from collections.abc import Collection
from pathlib import Path

from tdkt_cli.files.config import load_config
from tdkt_cli.files.workspace import Workspace, read_workspace


def load_plans(
    *paths: str | os.PathLike[str], folder: str | os.PathLike[str] = "", without: Collection[Path] = ()
) -> Workspace:
    """Read plan files, or every plan file of folders, and the registers and calendars beside them.

    `folder` is where paths begin that are not absolute: the working directory unless said. The settings are those of the nearest
    tdkt.toml at or above it; without `paths`, the plans are those in its folder of plans. `without` are files that are not read, by
    their absolute paths.

    A file that cannot be read, or does not hold to the format, is left out whole: it stands in `left_out`, and `findings` says what is
    wrong with it and where. Where there is no plan at all, `plans` is empty. Raises nothing.
    """
    here = Path.cwd() / folder
    return read_workspace(load_config(here), map(Path, paths), here, without)
