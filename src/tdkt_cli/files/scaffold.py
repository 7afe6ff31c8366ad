"""The scaffold of an office: the files of a new repository, and of a plan without tasks.

The texts are those of `templates/`; what they say to people is Vietnamese, as plans are. A file that is there is never touched.
"""

import os
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from tdkt_cli.core.messages import msg
from tdkt_cli.files.edit.dump import block
from tdkt_cli.files.git.command import ERRORS, git, setting
from tdkt_cli.files.writer import write_new
from tdkt_cli.schema.jsonschema import schema_text

Ci = Literal["github", "gitlab"]
# The CI files of a service, each with its template: the one that publishes, and the one that checks merge requests.
CI_FILES: Mapping[Ci, Mapping[str, str]] = {
    "github": {".github/workflows/lich.yml": "github-pages.yml", ".github/workflows/kiem-tra.yml": "github-check.yml"},
    "gitlab": {".gitlab-ci.yml": "gitlab-pages.yml", ".gitlab/kiem-tra.yml": "gitlab-check.yml"},
}
HOOKS = ".githooks"
SCHEMA_FOLDER = "schemas"
_TEMPLATES = Path(__file__).parents[1] / "templates"
_FILES = ("plan", "units", "calendar", "config")  # what people write; the other schemas are of what tdkt prints
_SECONDS = 10


class LinkError(Exception):
    """A link in the way of a file leads out of its folder; `message` says so."""

    message = msg("a link on its way leads out of the folder")


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file to make: its name below the folder of tdkt.toml; one that is `lone` only where its folder has no YAML file yet."""

    name: str
    text: str
    executable: bool = False
    lone: bool = False


def starting_files(plans: str, ci: Ci | None) -> Iterator[NewFile]:
    """Return the files of an office with its plans in the folder `plans`."""
    within = "" if Path(plans) == Path() else f"{Path(plans).as_posix()}/"
    yield NewFile("tdkt.toml", template("tdkt.toml"))
    for kind, name in (("units", "units/don-vi.yaml"), ("calendar", "calendars/vn.yaml")):
        text = modeline(kind, Path(within, name), Path()) + template(Path(name).name)
        yield NewFile(f"{within}{name}", text, lone=True)
    for kind in _FILES:
        yield NewFile(f"{SCHEMA_FOLDER}/{kind}.schema.json", schema_text(kind))
    for name in ("extensions", "settings", "tasks"):
        yield NewFile(f".vscode/{name}.json", template(f"vscode-{name}.json"))
    yield NewFile(f"{HOOKS}/pre-commit", template("pre-commit"), executable=True)
    if ci:
        yield from (NewFile(name, template(text)) for name, text in CI_FILES[ci].items())
    yield NewFile(".gitattributes", template("gitattributes"))
    yield NewFile("README.md", template("README.md").replace("plans/", within))


def template(name: str) -> str:
    """Return the text of a template."""
    return (_TEMPLATES / name).read_text(encoding="utf-8")


def modeline(kind: str, file: Path, root: Path) -> str:
    """The line by which editors find the schema of a file: it lies in `schemas` of the folder `root`."""
    folder = Path(os.path.relpath(root / SCHEMA_FOLDER, file.parent)).as_posix()
    return f"# yaml-language-server: $schema={folder}/{kind}.schema.json\n"


def make(folder: Path, file: NewFile) -> str | None:
    """Create a file in a folder. Returns None, or the name of what exists already.

    Raises OSError, and LinkError where it would stand outside the folder.
    """
    path = folder / file.name
    if not path.parent.resolve().is_relative_to(folder.resolve()):
        raise LinkError
    others = sorted(path.parent.glob("*.y*ml")) if file.lone and not os.path.lexists(path) else []
    if others:
        return str(PurePosixPath(file.name).with_name(others[0].name))
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        write_new(path, file.text, executable=file.executable)
    except FileExistsError:
        return file.name
    return None


def plan_text(id_: str, document: Mapping[str, str], period: str, units: str | None, modeline: str) -> str:
    """Return the text of a plan without tasks; the values of `document` are YAML scalars."""
    head: dict[str, str | Mapping[str, str]] = {"tdkt": "plan/1", "id": id_, "document": document, "period": period}
    lines = [line for key, value in (head | ({"units": units} if units else {})).items() for line in block(key, value)]
    return modeline + "\n".join(lines) + "\n\n" + template("plan.yaml")


def hook_command(folder: Path, top: Path) -> str:
    """Return the command that activates the hook of an office, in the repository at `top`."""
    hooks = Path(os.path.relpath(folder / HOOKS, top)).as_posix()
    return shlex.join(["git", "config", "core.hooksPath", hooks])


def hooks_told(top: Path) -> Path | None:
    """Return the hooks folder set for the repository at `top`, None where none is set. Raises one of git's `ERRORS`."""
    told = setting(top, "core.hooksPath")
    return Path(os.path.normpath(top / told)) if told else None


def used_ci(folder: Path) -> Ci | None:
    """Return the CI service of a repository, by its files, else by its remotes; None where it is unknown."""
    if (folder / ".gitlab-ci.yml").exists():
        return "gitlab"
    if (folder / ".github").is_dir():
        return "github"
    try:
        remotes = git(folder, "config", "--local", "--get-regexp", r"^remote\..*\.url$").lower()
    except ERRORS:
        return None
    return "github" if b"github" in remotes else "gitlab" if b"gitlab" in remotes else None
