"""What is the same and what is different between two versions of plans, and whom it concerns."""

from dataclasses import replace
from datetime import date

import pytest

from tdkt_cli.core.diff.compare import compare
from tdkt_cli.core.diff.difference import Listed, Snapshot, affected
from tdkt_cli.core.plan import Done, Dossier, Event, Move, When
from tdkt_cli.core.workdays import WorkCalendar

BY = When(kind="by", end=date(2023, 6, 30))


@pytest.fixture
def difference(make):
    """What is different between two plans or lists of plans."""

    def run(old, new, register=None, **settings):
        sides = [side if isinstance(side, list) else [side] for side in (old, new)]
        snapshots = [Snapshot(tuple(side), make.office(*side, register=register)) for side in sides]
        return compare(*snapshots, **settings)

    return run


@pytest.fixture
def fields(difference, make):
    """The changes of one deadline of one task: (kind, field)."""

    def run(old, new, **task):
        found = difference(make.plan(make.task(old, **task)), make.plan(make.task(new, **task)))
        return [
            (change.kind, change.field)
            for plan in found.plans
            for each in plan.tasks
            for deadline in each.deadlines
            for change in deadline.changes
        ]

    return run


def ids(found):
    """The tasks of the only plan that changed: what became of each, its old and its new id."""
    (plan,) = found.plans
    return [(task.kind, task.old and task.old.id, task.new and task.new.id) for task in plan.tasks]


TEXTS = [
    "Họp xét khen thưởng",
    "Đăng ký danh hiệu thi đua",
    "Thẩm định hồ sơ các quận",
    "Xuất bản sách người tốt việc tốt",
]


def rows(make, texts, first=1, **more):
    return [make.task(id=str(number), title=text, **more) for number, text in enumerate(texts, first)]


def test_the_same_plans_have_no_difference(difference, make):
    found = difference(make.plan(*rows(make, TEXTS)), make.plan(*rows(make, TEXTS)))
    assert (bool(found), [plan.id for plan in found.same]) == (False, ["p"])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"title": "Hòa bình"}, {"title": "Hòa bình"}),
        ({"content": "một\nhai\n"}, {"content": "một hai"}),
        ({"executor": ("A", "B")}, {"executor": ("B", "A")}),
        ({"labels": ("x", "y")}, {"labels": ("y", "x")}),
        ({"dossier": Dossier(("a", "b"))}, {"dossier": Dossier(("b", " a"))}),
    ],
)
def test_order_white_space_and_unicode_form_are_no_difference(difference, make, old, new):
    def plan(fields):
        own = {name: fields[name] for name in fields if name == "dossier"}
        return make.plan(make.task(make.deadline(**own), **{name: fields[name] for name in fields.keys() - own.keys()}))

    assert not difference(plan(old), plan(new))


def test_another_order_of_tasks_and_sections_is_no_difference(difference, make):
    tasks = rows(make, TEXTS)
    old = make.plan(*tasks, sections={"I": "Một", "II": "Hai"})
    assert not difference(old, make.plan(*reversed(tasks), sections={"II": "Hai", "I": "Một"}))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({}, {"when": replace(BY, end=date(2023, 7, 1))}, [("edited", "when")]),
        ({}, {"when": replace(BY, kind="before")}, [("edited", "when")]),
        ({}, {"moved": (Move(BY),)}, [("added", "moved")]),
        ({"moved": (Move(BY),)}, {"moved": (Move(BY, document="3/UBND"),)}, [("edited", "moved")]),
        ({"moved": (Move(BY), Move(BY))}, {"moved": (Move(BY),)}, [("removed", "moved")]),
        ({}, {"done": Done(date(2023, 1, 1))}, [("added", "done")]),
        ({"done": Done(date(2023, 1, 1))}, {}, [("removed", "done")]),
        ({"received": {"A": Done(date(2023, 1, 1))}}, {}, [("removed", "received")]),
        ({}, {"note": "x"}, [("added", "note")]),
        ({"who": ("A",)}, {"who": ("B",)}, [("edited", "who")]),
        ({}, {"publish": False}, [("edited", "publish")]),
    ],
)
def test_what_changes_in_a_deadline(fields, make, old, new, expected):
    assert fields(make.deadline(**old), make.deadline(**new)) == expected


DAYS = {name: When(kind="by", end=date(2023, 5, day)) for name, day in {"a": 9, "b": 19, "c": 29, "d": 30}.items()}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("ab", "b", [("a", None, None)]),
        ("ab", "a", [("b", None, ("b", "a"))]),
        ("ab", "", [("a", None, None), ("b", None, ("b", "0"))]),
        ("", "ab", [(None, "a", None), (None, "b", ("0", "b"))]),
        ("b", "ab", [(None, "a", None)]),
        ("a", "abc", [(None, "b", None), (None, "c", ("a", "c"))]),
        ("ab", "cb", [("a", "c", None)]),
        ("ab", "ac", [("b", "c", ("b", "c"))]),
        ("ab", "c", [("a", None, None), ("b", "c", ("b", "c"))]),
        ("abc", "acd", [("b", None, None), (None, "d", ("c", "d"))]),
        ("aa", "a", [("a", None, None)]),
    ],
)
def test_the_date_that_counts_is_told_once_and_other_moves_as_such(difference, make, old, new, expected):
    sides = [make.deadline(moved=tuple(Move(DAYS[name]) for name in names)) for names in (old, new)]
    found = difference(*(make.plan(make.task(each)) for each in sides))
    names = {None: None, BY: "0"} | {when: name for name, when in DAYS.items()}
    changes = found.plans[0].tasks[0].deadlines[0].changes
    told = [
        (
            names[each.old and each.old.when],
            names[each.new and each.new.when],
            each.shift and (names[each.shift.old], names[each.shift.new]),
        )
        for each in changes
    ]
    assert told == expected
    assert [each.superseded for each in changes] == [shift is None and old != "aa" for *_, shift in expected]


def test_the_date_as_issued_and_the_move_that_changed_with_it(difference, make):
    old, new = make.deadline(DAYS["a"], moved=(Move(DAYS["b"]),)), make.deadline(DAYS["c"])
    (when, moved) = (
        difference(make.plan(make.task(old)), make.plan(make.task(new))).plans[0].tasks[0].deadlines[0].changes
    )
    assert (when.superseded, moved.shift.old, moved.shift.new) == (True, DAYS["b"], DAYS["c"])


def test_an_event_that_occurred_is_told_apart_from_another_date(fields, make):
    event = Event(event="nhận hồ sơ", days=3)
    old, known, other = (
        make.deadline(When(kind="after", event=each))
        for each in (event, replace(event, occurred=date(2023, 3, 1)), replace(event, days=5))
    )
    assert (fields(old, known), fields(known, old), fields(old, other)) == (
        [("added", "occurred")],
        [("removed", "occurred")],
        [("edited", "when")],
    )


def test_words_that_nobody_has_read_are_told_once(fields, make):
    old, new = (
        make.deadline(When(kind="waiting", waiting=text, unread=True), text=text) for text in ("trước Tết", "sau Tết")
    )
    assert fields(old, new) == [("edited", "text")]


def test_a_shift_counts_the_days_between_the_last_days(difference, make):
    before = make.deadline(When(kind="before", end=date(2023, 2, 20)))
    after = make.deadline(When(kind="by", end=date(2023, 2, 20)))
    found = difference(make.plan(make.task(before)), make.plan(make.task(after)))
    assert found.plans[0].tasks[0].deadlines[0].changes[0].shift.days == 1


def test_a_row_put_in_is_one_task_more(difference, make):
    texts = [TEXTS[0], "Kiểm kê hiện vật", *TEXTS[1:]]
    found = difference(make.plan(*rows(make, TEXTS)), make.plan(*rows(make, texts)))
    assert [each for each in ids(found) if each[0] != "changed"] == [("added", None, "2")]
    assert [task.touched for task in found.plans[0].tasks] == [True, False, False, False]


def test_rows_that_are_much_alike_keep_their_order(difference, make):
    texts = [
        f"Sửa đổi, bổ sung Quyết định số {number}/2018/QĐ-UBND của Ủy ban nhân dân Thành phố" for number in range(9)
    ]
    found = difference(make.plan(*rows(make, texts)), make.plan(*rows(make, ["Kiểm kê", *texts])))
    assert sum(task.touched for task in found.plans[0].tasks) == 1
    found = difference(make.plan(*rows(make, texts)), make.plan(*rows(make, texts[1:])))
    assert [(task.kind, task.task.title) for task in found.plans[0].tasks if task.touched] == [("removed", texts[0])]


def test_rows_changed_places(difference, make):
    old = make.plan(*rows(make, TEXTS[:2]))
    found = difference(old, make.plan(*rows(make, [TEXTS[1], TEXTS[0]])))
    assert ids(found) == [("changed", "2", "1"), ("changed", "1", "2")]


def test_another_text_under_the_same_id_is_a_change_of_that_task(difference, make):
    found = difference(make.plan(make.task(title=TEXTS[0])), make.plan(make.task(title=TEXTS[3])))
    assert ids(found) == [("changed", "1", "1")]


def test_former_ids_are_believed_whatever_the_text(difference, make):
    old = make.plan(*rows(make, TEXTS[:2]))
    new = make.plan(make.task(id="9", title=TEXTS[3], former_ids=("1",)), make.task(id="2", title=TEXTS[1]))
    assert ids(difference(old, new)) == [("changed", "1", "9")]


def test_references_follow_a_renumbering(difference, make):
    def plan(first):
        waiting = make.deadline(When(kind="waiting", waiting="x", on_task=f"{first}"), same_as=f"{first}#a")
        return make.plan(*rows(make, TEXTS[:2], first), make.task(waiting, id="z", title="Chờ"))

    found = difference(plan(1), plan(2))
    assert [task.touched for task in found.plans[0].tasks] == [False, False]


def test_a_renumbered_task_that_changed_too(difference, make):
    old = make.plan(*rows(make, TEXTS))
    new = make.plan(make.task(id="0", title="Kiểm kê"), *rows(make, [*TEXTS[:3], f"{TEXTS[3]} năm 2023"], 11))
    assert ids(difference(old, new))[-1] == ("changed", "4", "14")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (["a"], ["b"], ["changed"]),
        ([""], ["a", "b"], ["split"]),
        (["a", "b"], ["c"], ["merged"]),
        (["a"], ["a", "b"], ["added"]),
        (["a", "b"], ["a"], ["removed"]),
        (["a", "b"], ["c", "d"], ["changed", "changed"]),
    ],
)
def test_what_becomes_of_deadlines(difference, make, old, new, expected):
    def plan(names):
        deadlines = [make.deadline(id=name, what=f"Việc {place}") for place, name in enumerate(names)]
        return make.plan(make.task(*deadlines))

    (task,) = difference(plan(old), plan(new)).plans[0].tasks
    assert [deadline.kind for deadline in task.deadlines] == expected


def test_what_repeats_another_is_said_there_once(difference, make):
    def plan(day):
        deadlines = [make.deadline(When(kind="by", end=day), same_as=same) for same in (None, "1", "1")]
        return make.plan(
            *(make.task(each, id=str(place), title=TEXTS[place]) for place, each in enumerate(deadlines, 1))
        )

    found = difference(plan(date(2023, 5, 1)), plan(date(2023, 5, 2)))
    (task,) = found.plans[0].tasks
    assert (task.task.id, task.deadlines[0].changes[0].also) == ("1", ("p/2", "p/3"))


def test_a_repeat_that_changes_otherwise_is_said_too(difference, make):
    def plan(*days):
        deadlines = [
            make.deadline(When(kind="by", end=day), same_as=same) for day, same in zip(days, (None, "1"), strict=True)
        ]
        return make.plan(
            *(make.task(each, id=str(place), title=TEXTS[place]) for place, each in enumerate(deadlines, 1))
        )

    found = difference(plan(date(2023, 5, 1), date(2023, 5, 1)), plan(date(2023, 5, 2), date(2023, 5, 3)))
    assert ids(found) == [("changed", "1", "1"), ("changed", "2", "2")]


def test_only_what_a_repeat_shares_is_said_of_it(difference, make):
    def plan(day, done):
        deadlines = (
            make.deadline(when, same_as=same, done=done) for when, same in ((When(kind="by", end=day), None), (BY, "1"))
        )
        return make.plan(
            *(make.task(each, id=str(place), title=TEXTS[place]) for place, each in enumerate(deadlines, 1))
        )

    found = difference(plan(date(2023, 5, 1), None), plan(date(2023, 5, 2), Done(date(2023, 4, 3))))
    (task,) = found.plans[0].tasks
    assert [(each.field, each.also) for each in task.deadlines[0].changes] == [("when", ()), ("done", ("p/2",))]


def test_plans_are_told_by_their_ids_then_by_their_tasks(difference, make):
    tasks = rows(make, TEXTS)
    found = difference(
        [make.plan(*tasks, id="a"), make.plan(id="b")],
        [make.plan(*tasks, id="c"), make.plan(make.task(title="x"), id="d")],
    )
    assert [(plan.kind, plan.old and plan.old.id, plan.new and plan.new.id) for plan in found.plans] == [
        ("changed", "a", "c"),
        ("added", None, "d"),
        ("removed", "b", None),
    ]


def test_two_plans_asked_for_as_one(difference, make):
    found = difference(make.plan(id="a"), make.plan(make.task(title="x"), id="b"), as_one=True)
    assert [(plan.kind, plan.old.id, plan.new.id) for plan in found.plans] == [("changed", "a", "b")]


def test_registers_and_calendars(make):
    old = make.office(register=make.register(make.body("a"), make.body("b"), make.group("g", "a")))
    new = make.office(
        register=make.register(make.body("a", short="A"), make.body("c"), make.group("g", "a", "c")),
        calendar=WorkCalendar({date(2023, 5, 2): False}),
    )
    found = compare(Snapshot((), old), Snapshot((), new))
    assert [(each.bodies, each.groups) for each in found.registers] == [
        (Listed(("c",), ("b",), ("a",)), Listed((), (), ("g",)))
    ]
    assert found.days == Listed(("2023-05-02",))


def test_names_decisions_and_notes_of_registers_and_calendars(make):
    day = date(2023, 5, 2)
    register = make.register(make.body("a"))
    calendar = WorkCalendar({day: False}, {day: "1/TB"}, {day: "x"}, {"vn": "Lịch"})

    def run(register_, calendar_):
        offices = (
            make.office(register=register, calendar=calendar),
            make.office(register=register_, calendar=calendar_),
        )
        return compare(*(Snapshot((), office) for office in offices))

    found = run(replace(register, name="Mới"), calendar)
    assert [(each.former, each.name, each.bodies) for each in found.registers] == [("Danh bạ", "Mới", Listed())]
    assert not found.reaches_further
    for other in (replace(calendar, decisions={day: "2/TB"}), replace(calendar, notes={})):
        found = run(register, other)
        assert (found.days, found.reaches_further) == (Listed((), (), ("2023-05-02",)), True)
    assert run(register, replace(calendar, names={"vn": "Lịch nghỉ"})).calendars == Listed((), (), ("Lịch nghỉ",))
    noted = make.register(make.body("a", note="x"))
    assert run(noted, calendar).registers[0].bodies == Listed((), (), ("a",))
    assert not run(replace(register, bodies=register.bodies), replace(calendar))


def test_whom_it_concerns(difference, make):
    register = make.register(
        make.body("y", "Sở Y tế", aliases=("Ngành Y tế",)), make.body("d", "Đài"), make.body("z", "Dân")
    )

    def plan(day, lead):
        deadlines = make.deadline(who=("Ngành Y tế",), id="a"), make.deadline(When(kind="by", end=day), id="b")
        return make.plan(
            make.task(*deadlines, executor=("Đài",), lead=lead), make.task(id="2", title="Khác", executor=("Lạ",))
        )

    old, new = plan(date(2023, 1, 1), ("Dân",)), plan(date(2023, 1, 2), ("Quân",))
    office = make.office(register=register)
    assert affected(difference(old, new, register), office, office) == {"Danh bạ": ("Dân", "Đài", "Quân")}
    gone = difference([old], [], register)
    assert affected(gone, office, office) == {"Danh bạ": ("Đài", "Lạ", "Sở Y tế")}


def test_many_renumbered_rows_take_little(difference, make):
    texts = [f"{TEXTS[number % 4]} lần {number}" for number in range(600)]
    other = [f"{text} của Thành phố" for text in texts]
    found = difference(make.plan(*rows(make, texts)), make.plan(*rows(make, other, 1000)))
    assert sum(task.kind == "changed" for task in found.plans[0].tasks) == 600
