"""Small factories for plans, registers and items; what a test does not name has a plain value."""

from datetime import date
from types import SimpleNamespace

import pytest

from tdkt_cli.core.agenda import Office, items
from tdkt_cli.core.findings import Source, Span
from tdkt_cli.core.periods import Period
from tdkt_cli.core.plan import Deadline, Document, Plan, Progress, Task, When
from tdkt_cli.core.resolve import Index
from tdkt_cli.core.units import Body, Group, Register


class _Marks:
    """Everything stands on the line of its last number plus ten."""

    def key(self, path):
        line = 10 + next((step for step in reversed(path) if isinstance(step, int)), 0)
        return Span(line, 1, line, 2)

    value = key


def _source(file):
    return Source(file, (), _Marks())


def _deadline(when=None, *, id="", path=("deadlines", 0), progress=None, who=(), **more):
    own = {name: more.pop(name) for name in ("done", "moved", "cancelled", "received") if name in more}
    when = When(kind="by", end=date(2023, 6, 30)) if when is None else when
    return Deadline(path=path, id=id, when=when, who=who, progress=progress or Progress(**own), **more)


def _task(*deadlines, id="1", section=None, title="Việc", **more):
    return Task(path=("tasks", 0), id=id, section=section, title=title, deadlines=deadlines or (_deadline(),), **more)


def _plan(*tasks, id="p", period=None, units="u", sections=None, issued=None, **document):
    return Plan(
        id=id,
        document=Document(title="Kế hoạch", issued=issued, **document),
        period=period or Period(date(2023, 1, 1), date(2023, 12, 31)),
        units=units,
        sections=sections or {},
        tasks=tasks,
        source=_source(f"plans/{id}.yaml"),
    )


def _body(id, name=None, **more):
    return Body(path=(), id=id, name=name or id, **more)


def _group(id, *members, name=None, **more):
    return Group(path=(), id=id, name=name or id, members=members, **more)


def _register(*parties):
    return Register(
        id="u",
        name="Danh bạ",
        bodies=tuple(party for party in parties if isinstance(party, Body)),
        groups=tuple(party for party in parties if isinstance(party, Group)),
        source=_source("plans/units/u.yaml"),
    )


def _office(*plans, register=None, **settings):
    return Office(index=Index(plans), registers={"u": register} if register else {}, **settings)


def _items(*deadlines, register=None, period=None, executor=(), **settings):
    """The items of one plan with one task that holds these deadlines."""
    plan = _plan(_task(*deadlines, executor=executor), period=period)
    return list(items([plan], _office(plan, register=register, **settings)))


def _item(*args, **kwargs):
    """The only item of a plan with one task and one deadline."""
    (only,) = _items(*args, **kwargs)
    return only


@pytest.fixture(scope="session")
def make():
    """The factories."""
    return SimpleNamespace(
        source=_source, deadline=_deadline, task=_task, plan=_plan, body=_body, group=_group, register=_register,
        office=_office, items=_items, item=_item,
    )  # fmt: skip
