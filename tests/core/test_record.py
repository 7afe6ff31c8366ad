import json
from datetime import date, time

import pytest

from tdkt_cli.core.agenda import items
from tdkt_cli.core.plan import Cancelled, Done, Dossier, Event, Move, Progress, Quota, When
from tdkt_cli.core.record import Record, record

TODAY = date(2023, 2, 20)
BEFORE = When(kind="before", end=date(2023, 2, 20))


@pytest.fixture
def row(make):
    """The records of one task's deadlines."""

    def rows(*deadlines, today=TODAY, register=None, **task):
        plan = make.plan(make.task(*deadlines, **task))
        office = make.office(plan, register=register)
        return [record(item, office, today) for item in items([plan], office)]

    return rows


def test_the_whole_record(make):
    register = make.register(
        make.body("a", "Quận A"), make.body("b", "Quận B"), make.group("quan", "a", "b", name="Các quận")
    )
    deadline = make.deadline(
        BEFORE,
        id="hop",
        path=("tasks", 0, "deadlines", 3),
        who=("Các quận",),
        what="Họp Hội đồng",
        text="trước ngày 20/02/2022",
        correction="năm in sai",
        moved=(Move(When(kind="by", end=date(2023, 3, 4), time=time(16, 30)), date(2023, 2, 10), "311/UBND", "Tết"),),
        received={"Quận A": Done(date(2023, 1, 10), "5/BC", "đủ")},
        note="gọi lại",
        quota=(Quota("mỗi quận", "cá nhân", max=3),),
        dossier=Dossier(("tờ trình", "biên bản"), "Ban TĐKT", 1),
    )
    task = make.task(
        deadline, id="PL1.3", section="PL1.Q1", title="Khen thưởng", content="- Khen thưởng ...", lead=("UBND",),
        executor=("Ban TĐKT",), coordinator=("Các ngành",), advisor=("VP",), labels=("cờ",), note="ưu tiên",
    )  # fmt: skip
    plan = make.plan(
        task,
        id="hn-2023",
        sections={"PL1": "Phụ lục 1", "PL1.Q1": "Quý I"},
        number="322/KH-UBND",
        issued=date(2022, 12, 9),
    )
    office = make.office(plan, register=register)
    (item,) = items([plan], office)
    made = record(item, office, TODAY)
    assert made == {
        "ref": "hn-2023/PL1.3#hop",
        "plan": "hn-2023",
        "task": "PL1.3",
        "deadline": "hop",
        "occurrence": None,
        "document": "322/KH-UBND",
        "sections": ["PL1", "PL1.Q1"],
        "section": ["Phụ lục 1", "Quý I"],
        "title": "Khen thưởng",
        "content": "- Khen thưởng ...",
        "what": "Họp Hội đồng",
        "who": ["Các quận"],
        "lead": ["UBND"],
        "executor": ["Ban TĐKT"],
        "coordinator": ["Các ngành"],
        "advisor": ["VP"],
        "bound": ["Các quận"],
        "bound_ids": ["quan"],
        "kind": "by",
        "text": "trước ngày 20/02/2022",
        "start": None,
        "end": "2023-03-04",
        "first_kind": "before",
        "first_end": "2023-02-20",
        "time": "16:30",
        "approximate": False,
        "waiting": None,
        "on_task": None,
        "event": None,
        "correction": "năm in sai",
        "last_day": "2023-03-04",
        "last_working_day": "2023-03-03",
        "overdue_from": "2023-03-05",
        "state": "later",
        "days_left": 12,
        "done": None,
        "moved": [
            {"kind": "by", "start": None, "end": "2023-03-04", "time": "16:30", "date": "2023-02-10",
             "document": "311/UBND", "reason": "Tết"}
        ],
        "cancelled": None,
        "received": {"Quận A": {"date": "2023-01-10", "document": "5/BC", "note": "đủ"}},
        "expected": 2,
        "missing": ["Quận B"],
        "same_as": None,
        "quota": [{"who": "mỗi quận", "what": "cá nhân", "max": 3, "min": None, "exactly": None}],
        "dossier": {"to": "Ban TĐKT", "copies": 1, "items": ["tờ trình", "biên bản"]},
        "labels": ["cờ"],
        "note": "gọi lại\nưu tiên",
        "file": "plans/hn-2023.yaml",
        "line": 13,
    }  # fmt: skip
    assert list(made) == list(Record.__annotations__)
    assert json.loads(json.dumps(made)) == made


@pytest.mark.parametrize(
    ("today", "state", "days_left"),
    [
        ("2023-02-11", "later", 8),
        ("2023-02-12", "due", 7),
        ("2023-02-19", "due", 0),
        ("2023-02-20", "due", -1),  # the grace day
        ("2023-02-21", "overdue", -2),
    ],
)
def test_what_depends_on_today(row, make, today, state, days_left):
    (made,) = row(make.deadline(BEFORE), today=date.fromisoformat(today))
    assert (made["state"], made["days_left"]) == (state, days_left)


@pytest.mark.parametrize(
    ("progress", "state", "done", "cancelled"),
    [
        (
            {"done": Done(TODAY, "12/BC")},
            "done_in_time",
            {"date": "2023-02-20", "document": "12/BC", "note": None},
            None,
        ),
        (
            {"cancelled": Cancelled(TODAY, "9/UBND", "sáp nhập")},
            "cancelled",
            None,
            {"date": "2023-02-20", "document": "9/UBND", "reason": "sáp nhập"},
        ),
    ],
)
def test_what_is_closed_has_no_days_left(row, make, progress, state, done, cancelled):
    (made,) = row(make.deadline(BEFORE, **progress))
    assert (made["state"], made["days_left"], made["done"], made["cancelled"]) == (state, None, done, cancelled)


AFTER = When(kind="after", event=Event(event="nhận hồ sơ", days=5, occurred=date(2023, 1, 17)))
UNKNOWN = When(kind="after", event=Event(event="nhận hồ sơ", days=5, unit="working"))
WAITING = When(kind="waiting", waiting="Kế hoạch của Bộ", on_task="PL1.2")
MOVED = (Move(When(kind="by", end=date(2023, 9, 30))),)


@pytest.mark.parametrize(
    ("deadline", "expected"),
    [
        (
            {"when": When(kind="within", start=date(2023, 6, 1), end=date(2023, 6, 30), approximate=True)},
            {"start": "2023-06-01", "end": "2023-06-30", "approximate": True, "first_end": "2023-06-30"},
        ),
        (
            {"when": AFTER},
            {"kind": "after", "end": "2023-01-27", "first_end": "2023-01-27", "last_day": "2023-01-27",
             "event": {"event": "nhận hồ sơ", "days": 5, "unit": "calendar", "occurred": "2023-01-17"}},
        ),
        (
            {"when": UNKNOWN},
            {"end": None, "first_end": None, "last_day": None, "state": "waiting", "days_left": None,
             "event": {"event": "nhận hồ sơ", "days": 5, "unit": "working", "occurred": None}},
        ),
        (
            {"when": WAITING},
            {"kind": "waiting", "waiting": "Kế hoạch của Bộ", "on_task": "PL1.2", "end": None, "last_working_day": None},
        ),
        (
            {"when": WAITING, "moved": MOVED},
            {"kind": "by", "first_kind": "waiting", "end": "2023-09-30", "first_end": None,
             "waiting": "Kế hoạch của Bộ", "on_task": "PL1.2"},  # the words as issued
        ),
        (
            {"when": AFTER, "moved": MOVED},
            {"kind": "by", "first_kind": "after", "end": "2023-09-30",
             "event": {"event": "nhận hồ sơ", "days": 5, "unit": "calendar", "occurred": "2023-01-17"}},
        ),
        ({"when": When(kind="ongoing")}, {"kind": "ongoing", "state": "ongoing", "overdue_from": None}),
        ({"same_as": "PL9"}, {"same_as": "PL9"}),
        ({}, {"deadline": None, "text": "Tháng 6", "bound_ids": []}),  # the words of the whole row
    ],
)  # fmt: skip
def test_the_kinds_of_time(row, make, deadline, expected):
    (made,) = row(make.deadline(**deadline), timing="Tháng 6")
    assert {key: made[key] for key in expected} == expected


def test_an_occurrence(row, make):
    every = When(kind="every", rrule="FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=31", bound="before")
    own = {date(2023, 7, 31): Progress(moved=(Move(When(kind="by", end=date(2023, 8, 15))),), note="hè")}
    january, july = row(make.deadline(every, id="bc", occurrences=own))
    keys = ("ref", "occurrence", "kind", "end", "first_kind", "first_end", "last_day", "overdue_from", "note")
    assert [january[key] for key in keys] == [
        "p/1#bc@2023-01-31", "2023-01-31", "every", "2023-01-31", "every", "2023-01-31", "2023-01-30", "2023-02-01", None,
    ]  # fmt: skip
    assert [july[key] for key in keys] == [
        "p/1#bc@2023-07-31", "2023-07-31", "by", "2023-08-15", "every", "2023-07-31", "2023-08-15", "2023-08-16", "hè",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("deadline", "occurrence", "task", "shown"),
    [
        ("a", "b", "c", "a\nb\nc"),
        ("a", None, "c", "a\nc"),
        (None, "b", None, "b"),
        ("a", "a", "a", "a"),  # said once
        (None, None, None, None),
    ],
)
def test_the_notes_of_a_deadline_its_occurrence_and_its_task(row, make, deadline, occurrence, task, shown):
    every = When(kind="every", rrule="FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=31")
    own = {date(2023, 1, 31): Progress(note=occurrence)}
    january, july = row(make.deadline(every, occurrences=own, note=deadline), note=task)
    assert january["note"] == shown
    assert july["note"] == ("\n".join(dict.fromkeys(filter(None, (deadline, task)))) or None)


def test_a_repetition_has_a_note_of_its_own(row, make):
    first = make.deadline(id="a", note="gốc", done=Done(TODAY))
    assert [made["note"] for made in row(first, make.deadline(id="b", same_as="1#a"))] == ["gốc", None]
    assert [made["note"] for made in row(first, make.deadline(id="b", same_as="1#a", note="lặp"))] == ["gốc", "lặp"]


def test_the_record_holds_every_delivery_whatever_the_day(row, make):
    register = make.register(
        make.body("a", "Quận A"), make.body("b", "Quận B"), make.group("quan", "a", "b", name="Các quận")
    )
    received = {"Quận A": Done(date(2023, 3, 10)), "Quận B": Done(date(2023, 3, 20))}
    deadline = make.deadline(BEFORE, who=("Các quận",), received=received)
    keys = ("state", "expected", "missing", "received", "done")
    early, late = (row(deadline, today=day, register=register)[0] for day in (TODAY, date(2023, 3, 20)))
    assert (early["state"], late["state"]) == ("due", "done_late")
    assert [early[key] for key in keys[1:]] == [late[key] for key in keys[1:]]
    assert (early["expected"], early["missing"], early["done"]["date"]) == (2, [], "2023-03-20")


@pytest.mark.parametrize(
    ("who", "received", "expected", "missing"),
    [
        (("Quận A",), (), None, []),
        (("Quận A",), ("Quận A",), None, []),
        (("Quận A", "Quận B"), (), 2, ["Quận A", "Quận B"]),
        (("Quận A", "Quận B"), ("Quận A",), 2, ["Quận B"]),
    ],
)
def test_the_deliveries_of_bodies_named_one_by_one(row, make, who, received, expected, missing):
    register = make.register(make.body("a", "Quận A"), make.body("b", "Quận B"))
    deliveries = {name: Done(date(2023, 1, 10)) for name in received}
    (made,) = row(make.deadline(BEFORE, who=who, received=deliveries), register=register)
    assert (made["expected"], made["missing"], list(made["received"])) == (expected, missing, list(received))
    assert made["state"] == ("done_in_time" if received == who else "due")


def test_a_repetition_names_its_original_in_full(row, make):
    assert [made["same_as"] for made in row(make.deadline(id="a"), make.deadline(id="b", same_as="1#a"))] == [
        None,
        "p/1#a",
    ]


def test_the_deliveries_of_a_repetition_are_those_of_its_original(row, make):
    register = make.register(
        make.body("a", "Quận A"), make.body("b", "Quận B"), make.group("quan", "a", "b", name="Các quận")
    )
    received = {"Quận A": Done(date(2023, 1, 10))}
    original, copy = row(
        make.deadline(id="a", who=("Các quận",), received=received),
        make.deadline(id="b", who=("Sở Y tế",), same_as="1#a"),
        register=register,
    )
    for made in original, copy:
        assert (made["expected"], made["missing"], list(made["received"])) == (2, ["Quận B"], ["Quận A"])


def test_names_that_the_register_does_not_know_have_no_id(row, make):
    register = make.register(make.body("so-y-te", "Sở Y tế"), make.group("quan", name="Các quận"))
    (made,) = row(make.deadline(who=("Các quận", "Ai đó", "SỞ Y TẾ")), register=register)
    assert made["bound_ids"] == ["quan", "so-y-te"]
