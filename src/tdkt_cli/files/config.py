"""`tdkt.toml`: found upward from the working directory, as git finds its own."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from tdkt_cli.core.findings import Finding, Severity, Span
from tdkt_cli.core.messages import msg
from tdkt_cli.files.reading import read_text
from tdkt_cli.schema.config import ConfigModel
from tdkt_cli.schema.problems import explained

NAME = "tdkt.toml"
DEFAULTS = ConfigModel.model_validate({})
_TOML_PLACE = re.compile(r" \(at line (\d+), column (\d+)\)$")


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
    return next((folder for folder in (start, *start.parents) if (folder / NAME).is_file()), None)


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
    except (ValueError, RecursionError) as error:
        return Config(DEFAULTS, root, (_syntax(error, read.text, shown),))
    try:
        return Config(ConfigModel.model_validate(data), root)
    except ValidationError as error:
        wrong = {problem.path[0] for problem in explained(error, ConfigModel) if problem.path}
        rest = ConfigModel.model_validate({key: value for key, value in data.items() if key not in wrong})
        return Config(rest, root, tuple(_findings(error, read.text, shown)))


def shown_path(path: Path, base: Path) -> str:
    """How messages call a file: relative to where the person is, when it lies below."""
    return str(path.relative_to(base)) if path.is_relative_to(base) else str(path)


def _findings(error: ValidationError, text: str, shown: str) -> list[Finding]:
    found = []
    lines = text.splitlines()
    for problem in explained(error, ConfigModel):
        key = str(problem.path[-1]) if problem.path else ""
        line = next(
            (number for number, words in enumerate(lines, 1) if re.match(rf"\s*\[?\s*{re.escape(key)}\b", words)), 1
        )
        excerpt = lines[line - 1] if lines else ""
        column = len(excerpt) - len(excerpt.lstrip()) + 1
        span = Span(line, column, line, column + max(len(key), 1))
        found.append(Finding(problem.rule, Severity.ERROR, problem.message, shown, span, excerpt))
    return found


def _syntax(error: Exception, text: str, shown: str) -> Finding:
    words = str(error)
    place = _TOML_PLACE.search(words)
    line, column = (int(place[1]), int(place[2])) if place else (1, 1)
    lines = text.splitlines()
    message = msg("this is not TOML: {problem}", problem=_TOML_PLACE.sub("", words))
    excerpt = lines[line - 1] if line <= len(lines) else ""
    return Finding("TDKT005", Severity.ERROR, message, shown, Span(line, column, line, column + 1), excerpt)
