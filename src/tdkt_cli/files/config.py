"""`tdkt.toml`: found upward from the working directory, as git finds its own."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from pydantic import ValidationError

from tdkt_cli.core.findings import Finding, Severity, Span
from tdkt_cli.core.findings import Path as KeyPath
from tdkt_cli.core.messages import msg
from tdkt_cli.files.reader import read_text
from tdkt_cli.files.toml import complaint
from tdkt_cli.schema.config import ConfigModel
from tdkt_cli.schema.problems import LIST_EXPECTED, explained

NAME = "tdkt.toml"
_LIST = msg("here must stand a list in brackets, such as [7, 1]")
DEFAULTS = ConfigModel.model_validate({})
_HEADER = re.compile(r"\s*\[{1,2}\s*([^\[\]]+?)\s*\]")
_KEY = re.compile(r"""\s*("[^"]*"|'[^']*'|[\w.'"-]+)\s*=""")


@dataclass(frozen=True, slots=True)
class Config:
    """The settings, the folder they hold for (None without a tdkt.toml), and what is wrong with them."""

    settings: ConfigModel
    root: Path | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def plans(self) -> Path:
        """The folder of the plans."""
        return (self.root or Path()) / self.settings.plans


def find_root(start: Path) -> Path | None:
    """The nearest folder at or above `start` that holds a tdkt.toml."""
    return next((folder for folder in (start, *start.parents) if _is_file(folder / NAME)), None)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # in a folder that may not be looked into
        return False


def load_config(start: Path) -> Config:
    """The settings that hold in the folder `start`; what cannot be read of them is a finding, and its default holds."""
    root = find_root(start)
    if root is None:
        return Config(DEFAULTS)
    shown = shown_path(root / NAME, start)
    read = read_text(root / NAME, shown, root)
    if read.text is None:
        return Config(DEFAULTS, root, read.findings)
    try:
        data = tomllib.loads(read.text)
    except tomllib.TOMLDecodeError as error:
        return Config(DEFAULTS, root, (_syntax(error, read.text, shown),))
    except (ValueError, RecursionError):  # a number or a nesting beyond what Python reads
        message = msg("this is not TOML that can be read")
        return Config(DEFAULTS, root, (Finding("TDKT005", Severity.ERROR, message, shown, Span(1, 1, 1, 1)),))
    try:
        return Config(ConfigModel.model_validate(data), root)
    except ValidationError as error:
        rest = ConfigModel.model_validate(_without(data, [problem.path for problem in explained(error, ConfigModel)]))
        return Config(rest, root, tuple(_findings(error, read.text, shown)))


def shown_path(path: PurePath, base: PurePath) -> str:
    """How messages call a file: relative to where the person is, when it lies below, and then with slashes on every system."""
    return path.relative_to(base).as_posix() if path.is_relative_to(base) else str(path)


def _without(data: dict[str, Any], paths: list[KeyPath]) -> dict[str, Any]:
    """The settings less the keys at these paths."""
    wrong = {path[0] for path in paths if len(path) == 1}
    kept = {key: value for key, value in data.items() if key not in wrong}
    for table in {path[0] for path in paths if len(path) > 1} - wrong:
        inner = kept.pop(str(table))
        if isinstance(inner, dict):  # of a list, all of it is left out
            kept[str(table)] = _without(inner, [path[1:] for path in paths if path[0] == table])
    return kept


def _findings(error: ValidationError, text: str, shown: str) -> Iterator[Finding]:
    lines = text.splitlines()
    for problem in explained(error, ConfigModel):
        span = _place(lines, tuple(map(str, problem.path)))
        excerpt = lines[span.line - 1] if lines else ""
        message = _LIST if problem.message == LIST_EXPECTED else problem.message
        yield Finding(problem.rule, Severity.ERROR, message, shown, span, excerpt)


def _place(lines: list[str], path: tuple[str, ...]) -> Span:
    """Where a key stands: the line that names the longest part of its path."""
    table: tuple[str, ...] = ()
    best, place = 0, Span(1, 1, 1, 2)
    for number, line in enumerate(lines, 1):
        header, key = _HEADER.match(line), _KEY.match(line)
        found = header or key
        if found is None:
            continue
        names = tuple(name.strip(" \t'\"") for name in found[1].split("."))
        table = names if header else table
        whole = names if header else table + names
        common = min(len(whole), len(path))
        if common > best and path[:common] == whole[:common]:
            best, place = common, Span(number, found.start(1) + 1, number, found.end(1) + 1)
    return place


def _syntax(error: tomllib.TOMLDecodeError, text: str, shown: str) -> Finding:
    message, span = complaint(error, text)
    lines = text.splitlines()
    excerpt = lines[span.line - 1] if span.line <= len(lines) else ""
    return Finding("TDKT005", Severity.ERROR, message, shown, span, excerpt)
