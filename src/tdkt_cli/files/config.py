"""The settings in `tdkt.toml`, which is searched upward from the working directory, as git searches its own."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from pydantic import ValidationError

from tdkt_cli.core.findings import TOP, Finding, Severity, Span
from tdkt_cli.core.findings import Path as KeyPath
from tdkt_cli.core.messages import msg
from tdkt_cli.files.reader import read_text, safely
from tdkt_cli.schema.config import ConfigModel
from tdkt_cli.schema.problems import LIST_EXPECTED, Explained, explained

NAME = "tdkt.toml"
_LIST = msg("this must be a list in brackets, such as [7, 1]")
DEFAULTS = ConfigModel.model_validate({})
_HEADER = re.compile(r"\s*\[{1,2}\s*([^\[\]]+?)\s*\]")
_KEY = re.compile(r"""\s*("[^"]*"|'[^']*'|[\w.'"-]+)\s*=""")
_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")  # how tomllib ends its sentences


@dataclass(frozen=True, slots=True)
class Config:
    """The settings, the folder that they hold for (None without a tdkt.toml), and what is wrong with them."""

    settings: ConfigModel
    root: Path | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def plans(self) -> Path:
        """The folder of the plans."""
        return (self.root or Path()) / self.settings.plans


def find_root(start: Path) -> Path | None:
    """Return the nearest folder at or above `start` that holds a tdkt.toml."""
    return next((folder for folder in (start, *start.parents) if safely((folder / NAME).is_file)), None)


def load_config(start: Path) -> Config:
    """Return the settings for the folder `start`. A setting that cannot be read becomes a finding and keeps its default."""
    root = find_root(start)
    if root is None:
        return Config(DEFAULTS)
    shown = shown_path(root / NAME, start)
    read = read_text(root / NAME, shown, root)
    if read.text is None:
        return Config(DEFAULTS, root, read.findings)
    try:
        data = tomllib.loads(read.text)
    except (ValueError, RecursionError) as error:
        return Config(DEFAULTS, root, (_syntax_finding(error, read.text, shown),))
    try:
        return Config(ConfigModel.model_validate(data), root)
    except ValidationError as error:
        problems = list(explained(error, ConfigModel))
    settings = ConfigModel.model_validate(_without(data, [problem.path for problem in problems]))
    lines = read.text.splitlines()
    return Config(settings, root, tuple(_finding(problem, lines, shown) for problem in problems))


def shown_path(path: PurePath, base: PurePath) -> str:
    """Return the name of a file in messages: relative to `base`, and with slashes on every system, where it lies below `base`."""
    return path.relative_to(base).as_posix() if path.is_relative_to(base) else str(path)


def _without(data: dict[str, Any], paths: Iterable[KeyPath]) -> dict[str, Any]:
    """Return the settings without the keys at these paths; of a list that has a bad item nothing is left."""
    rest = dict(data)
    for first, *others in filter(None, paths):
        table = rest.pop(str(first), None)
        if others and isinstance(table, dict):
            rest[str(first)] = _without(table, [tuple(others)])
    return rest


def _syntax_finding(error: Exception, text: str, shown: str) -> Finding:
    """Return a finding that says where a text is not TOML, in the words of tomllib."""
    place = _PLACE.search(str(error))
    if place is None:  # a number or a nesting beyond what Python reads
        return Finding("TDKT005", Severity.ERROR, msg("this is not valid TOML"), shown, TOP)
    lines = text.rstrip("\n").split("\n")
    line, column = (int(place[1]), int(place[2])) if place[1] else (len(lines), len(lines[-1]) + 1)
    message = msg("this is not TOML: {problem}", problem=str(error)[: place.start()])
    excerpt = lines[line - 1] if line <= len(lines) else ""
    return Finding("TDKT005", Severity.ERROR, message, shown, Span(line, column, line, column + 1), excerpt)


def _finding(problem: Explained, lines: list[str], shown: str) -> Finding:
    span = _key_span(lines, tuple(map(str, problem.path)))
    message = _LIST if problem.message == LIST_EXPECTED else problem.message
    return Finding(problem.rule, Severity.ERROR, message, shown, span, lines[span.line - 1] if lines else "")


def _key_span(lines: list[str], path: tuple[str, ...]) -> Span:
    """Return the span of the key, or name of a table, that has the longest part of a path in common with it."""
    table: tuple[str, ...] = ()
    best, span = 0, Span(1, 1, 1, 2)
    for number, line in enumerate(lines, 1):
        header = _HEADER.match(line)
        match = header or _KEY.match(line)
        if match is None:
            continue
        names = tuple(name.strip(" \t'\"") for name in match[1].split("."))
        table = names if header else table
        key_path = names if header else table + names
        common = min(len(key_path), len(path))
        if common > best and path[:common] == key_path[:common]:
            best, span = common, Span(number, match.start(1) + 1, number, match.end(1) + 1)
    return span
