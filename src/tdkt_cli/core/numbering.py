"""The place and id of a new task in a plan, by the numbering of its neighbours.

    id = prefix number          PL1.11: prefix PL1., number 11; II.2.2-3: prefix II.2.2-, number 3

The number after the highest that was ever given with a prefix is free; one that was given up is not given again.
"""

import re
from collections.abc import Iterator

from tdkt_cli.core.plan import Plan, Task, section_path

_NUMBERED = re.compile(r"(.*?)([0-9]{1,9})", re.DOTALL)


def last_of(plan: Plan, section: str) -> int | None:
    """Return the place of the last task of a section or of those in it, None where it has none."""
    places = [place for place, task in enumerate(plan.tasks) if section in section_path(task.section)]
    return places[-1] if places else None


def next_id(plan: Plan, section: str | None) -> str:
    """Return the id of the next task of a section: PL1.12 after PL1.11; of one without tasks, as its neighbours are numbered."""
    own = [task for task in plan.tasks if task.section == section]
    own = own or [task for task in plan.tasks if section and section in section_path(task.section)]
    if own:
        return _after(plan, own[-1])
    if section is None:
        return _free(plan, "", "")
    beside = next(_beside(plan, section), None)
    if beside is None or beside.section is None or beside.id.startswith(beside.section):
        return _free(plan, f"{section}.", "")
    return _after(plan, beside)


def _beside(plan: Plan, section: str) -> Iterator[Task]:
    """Yield the last task of each other section with the same parent, the nearest declared before it first."""
    known = [*plan.sections, *([] if section in plan.sections else [section])]
    place = known.index(section)
    for other in (*reversed(known[:place]), *known[place + 1 :]):
        if section_path(other)[:-1] == section_path(section)[:-1]:
            yield from [task for task in plan.tasks if task.section == other][-1:]


def _after(plan: Plan, task: Task) -> str:
    numbered = _NUMBERED.fullmatch(task.id)
    if numbered is None or task.id == task.section:  # several duties under one heading: II.2.2-1, II.2.2-2
        return _free(plan, f"{task.id}-", "1")
    return _free(plan, numbered[1], numbered[2])


def _free(plan: Plan, prefix: str, least: str) -> str:
    """Return the prefix with the number after the highest that any task has or had, and after `least`, as wide as that if it has zeros."""
    ids = [id_ for task in plan.tasks for id_ in (task.id, *task.former_ids)]
    given = [id_[len(prefix) :] for id_ in ids if id_.startswith(prefix)]
    numbers = [int(number) for number in (*given, least) if re.fullmatch(r"[0-9]{1,9}", number, re.ASCII)]
    width = len(least) if least.startswith("0") else 0
    return f"{prefix}{max(numbers, default=0) + 1:0{width}d}"
