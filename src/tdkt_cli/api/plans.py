"""Reading plans with the registers and calendars that their deadlines depend on."""

import os
from pathlib import Path

from tdkt_cli.files.config import load_config
from tdkt_cli.files.workspace import Workspace, read_workspace


def load_plans(*paths: str | os.PathLike[str], folder: str | os.PathLike[str] = "") -> Workspace:
    """Read plan files, or every plan file of folders, and the registers and calendars beside them.

    Paths that are not absolute begin at `folder`, by default the working directory. The settings are those of the nearest tdkt.toml at
    or above it; without `paths`, the plans are those in its folder of plans.

    A file that cannot be read, or does not follow the format, is left out whole: it is listed in `left_out`, and `findings` says what is
    wrong with it and where. Where there is no plan at all, `plans` is empty. Raises nothing.
    """
    here = Path(folder).resolve()
    return read_workspace(load_config(here), map(Path, paths), here)
