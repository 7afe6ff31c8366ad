"""The plans as they were at an earlier commit, for what has to know whether something was there already."""

from collections.abc import Sequence
from pathlib import Path

from tdkt_cli.files.config import Config
from tdkt_cli.files.loading import Loaded
from tdkt_cli.files.revisions import Reading, Repository


def earlier_files(
    config: Config, here: Path, repository: Repository, commit: str, paths: Sequence[Path]
) -> dict[Path, Loaded | None]:
    """The files that the working tree has otherwise than a commit, as they were then; None where they were not there.

    Looked at are the plans folder and `paths`, and the registers and calendars beside them. A file that was renamed is one that went and
    one that came. Raises one of `files.git.ERRORS`.
    """
    reading = Reading(config, here, repository, (commit, None), more=tuple(paths))
    then = reading.load_side(reading.names, 0)
    return {repository.top / name: then.get(name) for name in reading.names}
