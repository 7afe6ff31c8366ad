"""What the shell offers on the tab key: references, plans, units. Nothing is printed and nothing fails: what cannot be read is not offered."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tdkt_cli.core.text import visible

if TYPE_CHECKING:
    from tdkt_cli.files.workspace import Workspace

PROGRAM, COMPLETE = "tdkt", "_TDKT_COMPLETE"  # the variable by which a shell asks what could be typed next
Offer = tuple[str, str]  # what would be typed, and what it is


def refs(incomplete: str) -> list[Offer]:
    """The tasks and deadlines whose reference begins so, with or without the plan."""
    offers: list[Offer] = []
    for plan in _workspace().plans:
        for task in plan.tasks:
            named = [(plan.ref(task), task.title)]
            named += [(plan.ref(task, each), each.what or task.title) for each in task.deadlines if each.id]
            offers += [(ref, visible(words)) for ref, words in named]
    whole = [offer for offer in offers if offer[0].startswith(incomplete)]
    return whole or [(ref.partition("/")[2], words) for ref, words in offers]


def plans_and_tasks(incomplete: str) -> list[Offer]:
    """What a task or a deadline can be added to, whose name begins so."""
    return [*plans(incomplete), *(offer for offer in refs(incomplete) if "#" not in offer[0])]


def plans(incomplete: str) -> list[Offer]:
    """The plans whose id begins so."""
    return [(plan.id, visible(plan.document.title)) for plan in _workspace().plans if plan.id.startswith(incomplete)]


def units(incomplete: str) -> list[Offer]:
    """The bodies and groups whose id begins so."""
    return list(_units(incomplete))


def _units(incomplete: str) -> Iterator[Offer]:
    for register in _workspace().office.registers.values():
        yield from ((party.id, visible(party.name)) for party in register.parties if party.id.startswith(incomplete))


def _workspace() -> "Workspace":
    from tdkt_cli.files.config import load_config  # noqa: PLC0415 - pydantic; every command imports this module
    from tdkt_cli.files.workspace import read_workspace  # noqa: PLC0415

    here = Path.cwd()
    return read_workspace(load_config(here), [], here)
