from datetime import date

import pytest

from tdkt_cli.core.agenda import items
from tdkt_cli.core.periods import Period
from tdkt_cli.core.plan import Done, When
from tdkt_cli.core.query import ROLE_CHOICES, Query, names_in_role, sorted_items

TODAY = date(2023, 3, 1)
REFS = ["a/1#hop", "a/1#y-te", "a/2", "a/3", "b/1"]


@pytest.fixture(scope="module")
def plans(make):
    by = [When(kind="by", end=date(2023, month, day)) for month, day in ((2, 20), (2, 20), (3, 5), (12, 31))]
    first = make.plan(
        make.task(
            make.deadline(by[0], id="hop", what="Họp Hội đồng"),
            make.deadline(by[1], id="y-te", who=("Sở Y tế",), done=Done(date(2023, 2, 1)), text="trước 21/02/2023"),
            id="1", section="PL1.Q1", title="Ước mơ", executor=("Ban TĐKT",), lead=("UBND",), labels=("cờ",),
        ),
        make.task(make.deadline(by[2]), id="2", section="PL1.Q2", title="Ăn mừng", executor=("Các sở",)),
        make.task(make.deadline(When(kind="waiting", waiting="Kế hoạch của Bộ")), id="3", section="PL2", title="Đại hội"),
        id="a", sections={"PL1": "Phụ lục 1", "PL1.Q1": "Quý I", "PL2": "Phụ lục 2"},
    )  # fmt: skip
    second = make.plan(
        make.task(make.deadline(by[3]), id="1", title="Dân vận", content="tổng kết", coordinator=("Sở Y tế",)),
        id="b",
        units=None,
    )
    return [first, second]


@pytest.fixture(scope="module")
def office(make, plans):
    register = make.register(
        make.body("so-y-te", "Sở Y tế", short="SYT"), make.body("ban-tdkt", "Ban TĐKT"), make.body("ubnd", "UBND"),
        make.group("so", "so-y-te", name="Các sở"),
    )  # fmt: skip
    return make.office(*plans, register=register)


def units(*ids):
    return {"u": frozenset(ids)}


@pytest.mark.parametrize(
    ("query", "refs"),
    [
        ({}, REFS),
        ({"plans": {"b"}}, ["b/1"]),
        ({"kinds": {"waiting"}}, ["a/3"]),
        ({"states": {"overdue", "done_in_time"}}, ["a/1#hop", "a/1#y-te"]),
        ({"states": {"due"}}, ["a/2"]),
        ({"states": {"later", "waiting"}}, ["a/3", "b/1"]),
        ({"sections": {"PL1"}}, ["a/1#hop", "a/1#y-te", "a/2"]),  # with what lies under it
        ({"sections": {"PL1.Q1", "PL2"}}, ["a/1#hop", "a/1#y-te", "a/3"]),
        ({"sections": {"PL"}}, []),
        ({"dates": Period(date(2023, 2, 20), date(2023, 3, 5))}, ["a/1#hop", "a/1#y-te", "a/2"]),  # both ends
        ({"dates": Period(date(2023, 2, 21), date(2023, 3, 4))}, []),
        ({"units": units("so-y-te")}, ["a/1#y-te"]),
        ({"units": units("so-y-te", "so")}, ["a/1#y-te", "a/2"]),
        ({"units": units("ban-tdkt")}, ["a/1#hop"]),
        ({"units": units("ubnd")}, []),
        ({"units": units("ubnd"), "role": "lead"}, ["a/1#hop", "a/1#y-te"]),
        ({"units": units("so-y-te"), "role": "coordinator"}, []),  # b names no register
        ({"units": {}}, []),
        ({"text": "hop hoi dong"}, ["a/1#hop"]),
        ({"text": "UOC MO"}, ["a/1#hop", "a/1#y-te"]),
        ({"text": "21/02"}, ["a/1#y-te"]),
        ({"text": "ke hoach cua bo"}, ["a/3"]),
        ({"text": "so y te"}, ["a/1#y-te", "b/1"]),
        ({"text": "quy i"}, ["a/1#hop", "a/1#y-te"]),
        ({"text": "phu luc 2"}, ["a/3"]),
        ({"text": "tong ket"}, ["b/1"]),
        ({"text": "a/2"}, ["a/2"]),
        ({"text": "co"}, ["a/1#hop", "a/1#y-te"]),
        ({"text": "không có"}, []),
        ({"text": "-"}, []),  # nothing is left of it without hyphens, but it is not nothing
        ({"plans": {"a"}, "kinds": {"by"}, "states": {"due"}}, ["a/2"]),  # all of them must hold
        ({"plans": {"b"}, "kinds": {"waiting"}}, []),
    ],
)
def test_what_a_query_chooses(plans, office, query, refs):
    wanted = Query(**query)
    assert [item.ref for item in items(plans, office) if wanted.matches(item, office, TODAY)] == refs


@pytest.mark.parametrize(
    ("asked", "since"),
    [
        ({"a"}, "2023-02-01"),
        ({"b"}, "2023-02-15"),
        ({"a", "b"}, "2023-02-15"),  # all of them
        ({"a", "so-y-te"}, "2023-02-01"),  # whom it binds
        ({"a", "c"}, None),
        ({"so-y-te"}, None),
        ({"quan"}, None),
        (set(), None),
    ],
)
def test_nothing_is_open_for_who_has_delivered_what_a_class_still_owes(make, asked, since):
    register = make.register(
        *(make.body(id_, f"Quận {id_.upper()}") for id_ in "abc"),
        make.body("so-y-te", "Sở Y tế"),
        make.group("quan", "a", "b", "c", name="Các quận"),
    )
    received = {"Quận A": Done(date(2023, 2, 1)), "Quận B": Done(date(2023, 2, 15))}
    item = make.item(make.deadline(who=("Các quận",), received=received), register=register)
    office = make.office(register=register)
    days = [date(2023, 1, 31), date(2023, 2, 1), date(2023, 2, 14), date(2023, 2, 15), date(2023, 12, 31)]
    query = Query(asked={"u": frozenset(asked)})
    assert [query.delivered(item, office, day) for day in days] == [
        since is not None and day >= date.fromisoformat(since) for day in days
    ]
    for other in Query(asked={"u": frozenset(asked)}, role="executor"), Query(asked={"v": frozenset(asked)}):
        assert not any(other.delivered(item, office, day) for day in days)


@pytest.mark.parametrize(
    ("sort", "refs"),
    [
        ("date", ["a/1#hop", "a/1#y-te", "a/2", "b/1", "a/3"]),
        ("plan", ["a/1#hop", "a/1#y-te", "a/2", "a/3", "b/1"]),
        ("unit", ["b/1", "a/3", "a/1#hop", "a/2", "a/1#y-te"]),
        ("title", ["a/2", "b/1", "a/3", "a/1#hop", "a/1#y-te"]),  # Ă, D, Đ, Ư
        ("state", ["a/1#hop", "a/2", "b/1", "a/3", "a/1#y-te"]),
    ],
)
def test_the_orders(plans, office, sort, refs):
    found = items(reversed(plans), office)
    assert [item.ref for item in sorted_items(found, sort, office, TODAY)] == refs


def test_the_names_in_each_role(make):
    item = make.item(make.deadline(who=("E",)))
    task = make.task(item.deadline, lead=("A",), executor=("B",), coordinator=("C",), advisor=("D", "Đ"))
    (item,) = items([make.plan(task)], make.office())
    assert {role: names_in_role(item, role) for role in ROLE_CHOICES} == {
        "bound": ("E",), "lead": ("A",), "executor": ("B",), "coordinator": ("C",), "advisor": ("D", "Đ"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("parties", "bound"),
    [
        ({"executor": ("B",), "advisor": ("D",), "lead": ("A",), "coordinator": ("C",)}, ("B",)),
        ({"advisor": ("D",), "lead": ("A",)}, ("D",)),
        ({"lead": ("A",), "coordinator": ("C",)}, ("A",)),
        ({"coordinator": ("C",)}, ()),
    ],
)
def test_whom_a_deadline_binds(make, parties, bound):
    (item,) = items([make.plan(make.task(**parties))], make.office())
    assert item.bound == bound
