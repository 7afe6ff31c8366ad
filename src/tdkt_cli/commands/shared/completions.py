"""Completions for the shell: references, plans, units, rules, and the choices of an option.

They print nothing and never fail: what cannot be read is not offered.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tdkt_cli.core.text import visible

if TYPE_CHECKING:
    from tdkt_cli.files.workspace import Workspace

PROGRAM, COMPLETE = "tdkt", "_TDKT_COMPLETE"  # the variable by which a shell asks what could be typed next
_MANY = 20  # plans; reading more than that takes longer than a person waits for the tab key
_REGISTERS, _CALENDARS = "units", "calendars"
Offer = tuple[str, str]  # what would be typed, and what it is


def refs(incomplete: str) -> list[Offer]:
    """Return the tasks and deadlines whose reference begins with this, with or without the plan; of many plans first only the plans."""
    plan_id, slash, _ = incomplete.partition("/")
    files = _plan_files()
    if not slash and len(files) > _MANY:
        return [(f"{file.stem}/", "") for file in files if file.stem.startswith(incomplete)]
    offers: list[Offer] = []
    for plan in _workspace([file for file in files if file.stem == plan_id] if slash else files).plans:
        for task in plan.tasks:
            named = [(plan.ref(task), task.title)]
            named += [(plan.ref(task, each), each.what or task.title) for each in task.deadlines if each.id]
            offers += [(ref, visible(words)) for ref, words in named]
    whole = [offer for offer in offers if offer[0].startswith(incomplete)]
    return whole or [(ref.partition("/")[2], words) for ref, words in offers]


def plans_and_tasks(incomplete: str) -> list[Offer]:
    """Return the plans and tasks to which `tdkt add` can add, by the beginning of their name."""
    return [*plans(incomplete), *(offer for offer in refs(incomplete) if "#" not in offer[0])]


def plans(incomplete: str) -> list[Offer]:
    """Return the plans whose id, the stem of their file, begins with this."""
    return [(file.stem, "") for file in _plan_files() if file.stem.startswith(incomplete)]


def units(incomplete: str) -> list[Offer]:
    """Return the bodies and groups whose id begins with this."""
    registers = _workspace(_files(_REGISTERS)).office.registers.values()
    parties = (party for register in registers for party in register.parties)
    return [(party.id, visible(party.name)) for party in parties if party.id.startswith(incomplete)]


def rules(incomplete: str) -> list[str]:
    """Return the rules whose id begins with this."""
    from tdkt_cli.rules import RULES  # noqa: PLC0415 - every command imports this module

    return [id_ for id_ in sorted(RULES) if id_.startswith(incomplete.upper())]


def states(incomplete: str) -> list[str]:
    """Return the states whose name begins with this."""
    from tdkt_cli.core.agenda import STATES  # noqa: PLC0415 - every command imports this module

    return one_of("|".join(STATES))(incomplete)


def kinds(incomplete: str) -> list[str]:
    """Return the kinds of deadlines whose name begins with this."""
    from tdkt_cli.core.plan import KINDS  # noqa: PLC0415 - every command imports this module

    return one_of("|".join(KINDS))(incomplete)


def one_of(metavar: str) -> Callable[[str], list[str]]:
    """Return the completion of an option's choices, from its metavar: text|json."""

    def offered(incomplete: str) -> list[str]:
        return [word for word in metavar.split("|") if word.startswith(incomplete)]

    return offered


def _plan_files() -> list[Path]:
    return [file for file in _files() if not {_REGISTERS, _CALENDARS} & set(file.parts)]


def _files(folder: str = "") -> list[Path]:
    """Return the files of the plans folder, or those below a folder of this name in it."""
    from tdkt_cli.files.config import load_config  # noqa: PLC0415 - pydantic; every command imports this module
    from tdkt_cli.files.workspace import files_of  # noqa: PLC0415

    here = Path.cwd()
    return [file for file in files_of(load_config(here), [], here) if not folder or folder in file.parts]


def _workspace(files: list[Path]) -> "Workspace":
    """Return the workspace of these files alone."""
    from tdkt_cli.files.config import load_config  # noqa: PLC0415
    from tdkt_cli.files.workspace import read_workspace  # noqa: PLC0415

    here = Path.cwd()
    config = load_config(here)
    others = set(_files()) - set(files)
    return read_workspace(config, files, here, others)
