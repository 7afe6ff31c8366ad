"""TDKT301 and TDKT302: the names in plans, looked up in the register."""

from collections.abc import Iterator

from tdkt_cli.core.findings import Path, Severity
from tdkt_cli.core.messages import msg
from tdkt_cli.core.plan import ROLES, Plan
from tdkt_cli.core.text import fold, lacks_accents, nearest
from tdkt_cli.rules.rule import Context, Hit, plan_rule, spelling_fix


@plan_rule("TDKT301", Severity.ERROR)
def unknown_name(plan: Plan, context: Context) -> Iterator[Hit]:
    """A name that is not in the register.

    People who list their deadlines by unit would not find this one. Correct the name, or add it to the register: as an
    alias if a body has several names, as a group if it stands for several bodies.
    """
    register = context.office.register(plan)
    if register is None:
        return
    known = [name for party in register.parties for name in party.names]
    for name, path in _names(plan):
        if register.resolve(name, plan.names_as_of):
            continue
        parts = [part.strip() for part in name.split(",")]
        if len(parts) > 1 and all(register.resolve(part, plan.names_as_of) for part in parts):
            names = "; ".join(parts)
            fix = spelling_fix(path, name, names, sure=True) if _is_in_one_text(plan, path) else None
            yield Hit(msg("separate several names with “;”: {names}", names=names), path, fix=fix)
        elif near := nearest(name, known):
            message = msg(
                "“{name}” is not in the register {register}; did you mean “{near}”?",
                name=name,
                register=register.id,
                near=near,
            )
            # Sure only where the accents alone are missing, and of no other name: an accent that was typed is meant.
            sure = lacks_accents(name, near) and {other for other in known if fold(other) == fold(name)} == {near}
            yield Hit(message, path, fix=spelling_fix(path, name, near, sure=sure))
        else:
            yield Hit(
                msg("“{name}” is not in the register {register}; add it there", name=name, register=register.id), path
            )


def _is_in_one_text(plan: Plan, path: Path) -> bool:
    """Return whether a name stands in one text with others, split by “;”, and not in a list."""
    return isinstance(path[-1], int) and plan.source.marks.value(path) == plan.source.marks.value(path[:-1])


@plan_rule("TDKT302", Severity.WARNING)
def body_not_valid(plan: Plan, context: Context) -> Iterator[Hit]:
    """A body that did not exist when the plan was issued.

    It had ended or did not exist yet: name its successor, or correct its dates in the register.
    """
    register = context.office.register(plan)
    if register is None:
        return
    for name, path in _names(plan):
        party = register.resolve(name, plan.names_as_of)
        if party and not party.valid(plan.names_as_of):
            yield Hit(
                msg("according to the register, “{name}” did not exist on {day}", name=name, day=plan.names_as_of), path
            )


def _names(plan: Plan) -> Iterator[tuple[str, Path]]:
    """Yield the names of all parties with their paths."""
    for task in plan.tasks:
        for role in ROLES:
            yield from ((name, (*task.path, role, index)) for index, name in enumerate(getattr(task, role)))
        for deadline in task.deadlines:
            yield from ((name, (*deadline.path, "who", index)) for index, name in enumerate(deadline.who))
            yield from ((one.who, (*deadline.path, "quota", n, "who")) for n, one in enumerate(deadline.quota))
