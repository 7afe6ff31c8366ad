"""A file whose text comes on the standard input, as editors send it: `-` among the paths, its name with `--stdin-filename`."""

import io
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from tdkt_cli.commands.shared.parameters import option
from tdkt_cli.core.messages import msg
from tdkt_cli.errors import UsageError
from tdkt_cli.files.loader import Loaded, load_text
from tdkt_cli.files.reader import read_stream

STDIN = Path("-")
StdinName = Annotated[str, option("--stdin-filename", "PATH", "With -: the file whose text is on standard input.")]


def is_piped(paths: Sequence[Path] | None, name: str) -> bool:
    """Return whether the text comes on the standard input. Raises UsageError for other paths beside it, or its name alone."""
    if STDIN in (paths or ()):
        if len(paths or ()) > 1:
            raise UsageError(msg("- stands for standard input and cannot be combined with another path"))
        return True
    if name:
        raise UsageError(msg("--stdin-filename can only be used with -"))
    return False


def read_input(path: Path, shown: str) -> tuple[bytes, Loaded]:
    """Return the standard input as bytes, and loaded as the file at a path, which messages call `shown`."""
    data, read = read_stream(sys.stdin.buffer if sys.stdin is not None else io.BytesIO(), shown)
    if read.text is None:
        return data, Loaded(path, None, None, read.findings)
    return data, load_text(read.text, path, shown)
