"""References: the task or deadline that `hanoi-2023/PL1.3#hop` names.

    ref = [plan "/"] task ["#" deadline] ["@" occurrence]

Without a plan, a reference in a file means its own plan; one typed by a person means any plan in which it fits. A task that
was renumbered still answers to its `former_ids`. A typed reference may be shortened: of the plan any part of its id, of the task and
of the deadline the first letters, `2023/PL1.3#h`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tdkt_cli.core.plan import Deadline, Plan, Task


@dataclass(frozen=True, slots=True)
class Target:
    """What a reference names; without a deadline, the whole task."""

    plan: Plan
    task: Task
    deadline: Deadline | None = None

    @property
    def ref(self) -> str:
        """The reference in full."""
        return self.plan.ref(self.task, self.deadline)


class Index:
    """Every task and deadline by its reference."""

    def __init__(self, plans: Iterable[Plan]) -> None:
        """Index these plans; where an id stands twice, the first counts."""
        self._plans: dict[str, Plan] = {}
        for plan in plans:
            self._plans.setdefault(plan.id, plan)
        self._tasks: dict[str, dict[str, Task]] = {}

    def find(self, ref: str, home: Plan | None = None) -> list[Target]:
        """Return the targets of a reference in the order of the plans; none where it does not resolve."""
        place = ref.partition("@")[0]
        plan_id, slash, rest = place.rpartition("/")
        task_id, hash_, deadline_id = rest.partition("#")
        plans = (
            self._plans.values() if not (slash or home) else filter(None, [self._plans.get(plan_id) if slash else home])
        )
        targets = []
        for plan in plans:
            task = self._of(plan).get(task_id)
            if task and not hash_:
                targets.append(Target(plan, task))
            elif task:
                targets += [Target(plan, task, deadline) for deadline in task.deadlines if deadline.id == deadline_id]
        return targets

    def find_loosely(self, ref: str) -> list[Target]:
        """Return the targets of a reference, ignoring case."""
        wanted = ref.partition("@")[0].casefold()
        return [
            target
            for target in self._targets()
            if wanted in {target.ref.casefold(), target.ref.partition("/")[2].casefold()}
        ]

    def find_shortened(self, ref: str) -> list[Target]:
        """Return everything that a shortened reference can mean; a whole id of a task goes before those that only begin so."""
        plan_part, _, rest = ref.partition("@")[0].casefold().rpartition("/")
        task_part, hash_, deadline_part = rest.partition("#")
        if not task_part:
            return []
        found = [
            target
            for target in self._targets()
            if plan_part in target.plan.id.casefold()
            and target.task.id.casefold().startswith(task_part)
            and (target.deadline is not None) == bool(hash_)
            and (target.deadline is None or target.deadline.id.casefold().startswith(deadline_part))
        ]
        return [target for target in found if target.task.id.casefold() == task_part] or found

    def deadline(self, ref: str, home: Plan) -> Target | None:
        """Return the one deadline that a reference in the plan `home` names, else None: a task with several needs its `#id`."""
        for target in self.find(ref, home):
            if target.deadline:
                return target
            if len(target.task.deadlines) == 1:
                return Target(target.plan, target.task, target.task.deadlines[0])
        return None

    def refs(self) -> list[str]:
        """Return every reference, in order."""
        return [plan.ref(task, deadline) for plan in self._plans.values() for task, deadline in plan.deadlines()]

    def _targets(self) -> Iterator[Target]:
        """Yield every task, and every deadline that has an id."""
        for plan in self._plans.values():
            for task in plan.tasks:
                yield Target(plan, task)
                yield from (Target(plan, task, deadline) for deadline in task.deadlines if deadline.id)

    def _of(self, plan: Plan) -> Mapping[str, Task]:
        key = plan.source.file  # not the id, which two plans can share by mistake
        if key not in self._tasks:
            former = {old: task for task in reversed(plan.tasks) for old in task.former_ids}
            self._tasks[key] = former | {task.id: task for task in reversed(plan.tasks)}
        return self._tasks[key]
