from datetime import date, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tdkt_cli.core.agenda import OPEN_STATES, STATES, deliveries, items
from tdkt_cli.core.agenda import delivered as delivered_by
from tdkt_cli.core.periods import Period, parse_period
from tdkt_cli.core.plan import Cancelled, Done, Event, Move, Progress, When
from tdkt_cli.core.record import record
from tdkt_cli.core.workdays import WorkCalendar

DAY = timedelta(days=1)
d = date.fromisoformat


def before(text):
    return When(kind="before", end=d(text))


def by(text, clock=None):
    return When(kind="by", end=d(text), time=clock)


def within(text):
    period = parse_period(text)
    return When(kind="within", start=period.start, end=period.end)


def every(rrule, bound="by"):
    return When(kind="every", rrule=rrule, bound=bound)


def after(days, occurred, unit="calendar"):
    return When(kind="after", event=Event(event="việc", days=days, unit=unit, occurred=occurred and d(occurred)))


def moved(*whens):
    return tuple(Move(when) for when in whens)


WAITING = When(kind="waiting", waiting="theo Kế hoạch của Thành phố")
ONGOING = When(kind="ongoing")
MONTHLY = every("FREQ=MONTHLY;BYMONTHDAY=-1")
JANUARY = Progress(done=Done(d("2023-02-02")))


def states(item, *days, soon=7):
    return [item.state(d(day), soon) for day in days]


DATED = [
    (before("2023-02-20"), "2023-02-19", "2023-02-21"),
    (before("2024-03-01"), "2024-02-29", "2024-03-02"),
    (before("2023-03-01"), "2023-02-28", "2023-03-02"),
    (before("2023-01-01"), "2022-12-31", "2023-01-02"),
    (before("2023-12-31"), "2023-12-30", "2024-01-01"),
    (by("2023-02-20"), "2023-02-20", "2023-02-21"),
    (by("2023-02-20", time(16, 30)), "2023-02-20", "2023-02-21"),
    (by("2023-12-31"), "2023-12-31", "2024-01-01"),
    (by("2024-02-28"), "2024-02-28", "2024-02-29"),
    (by("2199-12-31"), "2199-12-31", "2200-01-01"),
    (by("2023-02-19"), "2023-02-19", "2023-02-20"),  # a Sunday: a fixed date is never moved
    (When(kind="day", end=d("2023-06-11"), approximate=True), "2023-06-11", "2023-06-12"),
    (within("2023-06"), "2023-06-30", "2023-07-01"),
    (within("2024-02"), "2024-02-29", "2024-03-01"),
    (within("2023-Q2"), "2023-06-30", "2023-07-01"),
    (within("2023"), "2023-12-31", "2024-01-01"),
    (after(10, "2023-03-01"), "2023-03-13", "2023-03-14"),  # 11/3 is a Saturday
    (after(10, "2023-03-01", "working"), "2023-03-15", "2023-03-16"),
    (after(5, "2023-01-17"), "2023-01-27", "2023-01-28"),  # ends in Tết, so with the first working day after it
    (after(5, "2023-01-17", "working"), "2023-01-31", "2023-02-01"),  # Tết is not counted
    (after(1, "2024-02-28"), "2024-02-29", "2024-03-01"),
    (after(3, "2022-12-29"), "2023-01-03", "2023-01-04"),  # over the year's end
    (after(-2, "2023-03-13"), "2023-03-11", "2023-03-12"),  # before the event nothing is moved
]


@pytest.mark.parametrize(("when", "last_day", "overdue_from"), DATED)
def test_the_days_of_a_deadline_and_its_states_around_them(make, when, last_day, overdue_from):
    item = make.item(make.deadline(when))
    assert (item.last_day, item.overdue_from) == (d(last_day), d(overdue_from))
    around = {
        d(last_day) - 400 * DAY: "later",
        d(last_day) - 8 * DAY: "later",
        d(last_day) - 7 * DAY: "due",
        d(last_day): "due",
        d(overdue_from) - DAY: "due",
        d(overdue_from): "overdue",
        d(overdue_from) + 400 * DAY: "overdue",
    }
    assert {day: item.state(day, 7) for day in around} == around


@pytest.mark.parametrize(
    ("strict", "expected"),
    [(False, ["later", "due", "due", "due", "overdue"]), (True, ["later", "due", "due", "overdue", "overdue"])],
)
def test_only_the_day_named_by_before_is_a_matter_of_the_setting(make, strict, expected):
    days = ("2023-02-11", "2023-02-12", "2023-02-19", "2023-02-20", "2023-02-21")
    item = make.item(make.deadline(before("2023-02-20")), strict=strict)
    assert item.last_day == d("2023-02-19")
    assert states(item, *days) == expected


@pytest.mark.parametrize(("when", "last_day", "overdue_from"), [row for row in DATED if row[0].kind != "before"])
def test_strict_changes_nothing_else(make, when, last_day, overdue_from):
    item = make.item(make.deadline(when), strict=True)
    assert (item.last_day, item.overdue_from) == (d(last_day), d(overdue_from))


@pytest.mark.parametrize(
    ("soon", "expected"),
    [(0, ["later", "later", "due", "due"]), (1, ["later", "due", "due", "due"]), (30, ["due"] * 4)],
)
def test_how_soon_counts_as_due(make, soon, expected):
    days = ("2023-02-17", "2023-02-18", "2023-02-19", "2023-02-20")
    assert states(make.item(make.deadline(before("2023-02-20"))), *days, soon=soon) == expected


@pytest.mark.parametrize(
    ("when", "state"),
    [
        (WAITING, "waiting"),
        (When(kind="waiting", unread=True), "waiting"),
        (after(10, None), "waiting"),
        (ONGOING, "ongoing"),
        (When(kind="ongoing", start=d("2023-01-01"), end=d("2023-12-31")), "ongoing"),
    ],
)
def test_without_a_date_nothing_is_ever_due(make, when, state):
    item = make.item(make.deadline(when))
    assert (item.last_day, item.overdue_from) == (None, None)
    assert states(item, "1900-01-01", "2023-12-31", "2199-12-31") == [state] * 3


def test_the_end_of_an_offset_is_shown(make):
    assert make.item(make.deadline(after(5, "2023-01-17"))).when.end == d("2023-01-27")
    assert make.item(make.deadline(after(5, None))).when.end is None


def test_an_offset_follows_the_decisions_on_days_off(make):
    calendar = WorkCalendar({d("2026-01-10"): True})
    item = make.item(make.deadline(after(2, "2026-01-08", "working")), calendar=calendar)
    assert item.last_day == d("2026-01-10")


@pytest.mark.parametrize(
    ("when", "done", "state"),
    [
        (before("2023-02-20"), "2023-02-19", "done_in_time"),
        (before("2023-02-20"), "2023-02-20", "done_in_time"),  # the grace day
        (before("2023-02-20"), "2023-02-21", "done_late"),
        (by("2023-02-20"), "2023-02-20", "done_in_time"),
        (by("2023-02-20"), "2023-02-21", "done_late"),
        (within("2023-06"), "2023-01-01", "done_in_time"),
        (within("2023-06"), "2023-07-01", "done_late"),
        (WAITING, "2023-02-20", "done_in_time"),
        (ONGOING, "2023-02-20", "done_in_time"),
    ],
)
def test_done_in_time_or_late(make, when, done, state):
    item = make.item(make.deadline(when, done=Done(d(done))))
    assert item.state(d("2023-12-31"), 7) == state
    assert item.state(d(done), 7) == state
    assert item.state(d(done) - DAY, 7) in OPEN_STATES  # has not happened yet


def test_done_on_the_named_day_is_late_by_the_letter(make):
    item = make.item(make.deadline(before("2023-02-20"), done=Done(d("2023-02-20"))), strict=True)
    assert states(item, "2023-02-20") == ["done_late"]


def test_what_is_dated_later_than_today_does_not_count_yet(make):
    item = make.item(make.deadline(by("2023-02-20"), done=Done(d("2023-03-01"))))
    assert states(item, "2023-02-20", "2023-02-28", "2023-03-01") == ["due", "overdue", "done_late"]


def test_cancelled(make):
    item = make.item(make.deadline(by("2023-02-20"), cancelled=Cancelled(d("2023-03-01"))))
    assert states(item, "2023-02-20", "2023-02-28", "2023-03-01") == ["due", "overdue", "cancelled"]


@pytest.mark.parametrize(
    ("first", "moves", "last_day", "overdue_from"),
    [
        (before("2023-02-20"), [by("2023-03-01")], "2023-03-01", "2023-03-02"),
        (before("2023-02-20"), [before("2023-03-01")], "2023-02-28", "2023-03-02"),
        (by("2023-02-20"), [by("2023-03-01"), before("2023-04-01")], "2023-03-31", "2023-04-02"),
        (by("2023-02-20"), [by("2023-03-01"), by("2023-01-15")], "2023-01-15", "2023-01-16"),
        (WAITING, [within("2023-06")], "2023-06-30", "2023-07-01"),
        (ONGOING, [by("2023-06-30")], "2023-06-30", "2023-07-01"),
        (after(10, "2023-03-01"), [by("2023-06-30")], "2023-06-30", "2023-07-01"),
    ],
)
def test_of_all_moves_the_last_counts_and_the_first_date_stays(make, first, moves, last_day, overdue_from):
    item = make.item(make.deadline(first, moved=moved(*moves)))
    assert (item.last_day, item.overdue_from) == (d(last_day), d(overdue_from))
    assert item.when == moves[-1]
    assert item.deadline.when == first


def test_done_between_the_first_and_the_moved_date_is_in_time(make):
    item = make.item(make.deadline(by("2023-02-20"), moved=moved(by("2023-03-01")), done=Done(d("2023-02-25"))))
    assert states(item, "2023-12-31") == ["done_in_time"]


@pytest.fixture(scope="session")
def register(make):
    return make.register(
        make.body("ba-dinh", "Quận Ba Đình"),
        make.body("dong-da", "Quận Đống Đa"),
        make.body("so-y-te", "Sở Y tế"),
        make.group("quan", "ba-dinh", "dong-da", name="Các quận"),
        make.group("dn", name="Các doanh nghiệp"),
        make.group("khoi", "ba-dinh", name="Khối", open=True),
        make.group("tong", "ba-dinh", name="Các tổng", valid_to=d("2022-12-31")),
        make.group("nhom", "ba-dinh", "khong-co", name="Nhóm"),
        make.group("mot", "ba-dinh", name="Một quận"),
    )


BA_DINH, DONG_DA, Y_TE = "Quận Ba Đình", "Quận Đống Đa", "Sở Y tế"


def delivered(make, item, register):
    """How many bodies an item binds and which have not delivered, the same for people and for machines."""
    office = make.office(register=register)
    expected, missing = deliveries(item, office, d("2023-12-31"))
    shown = record(item, office, d("2023-12-31"))
    assert (shown["expected"], shown["missing"]) == (expected, list(missing))
    return expected, list(missing)


@pytest.mark.parametrize(
    ("who", "received", "expected", "missing"),
    [
        (("Các quận",), (), 2, [BA_DINH, DONG_DA]),
        (("Các quận",), (DONG_DA,), 2, [BA_DINH]),
        (("các  QUẬN",), (BA_DINH, "quận đống đa"), 2, []),
        (("Các quận", Y_TE), (BA_DINH, DONG_DA), 3, [Y_TE]),
        (("Các quận", BA_DINH), (BA_DINH,), 2, [DONG_DA]),
        (("Các quận",), (Y_TE,), 2, [BA_DINH, DONG_DA]),  # a stranger
        ((Y_TE,), (), None, []),  # one body by its name is no class
        ((Y_TE,), (Y_TE,), None, []),
        ((BA_DINH, Y_TE), (), 2, [BA_DINH, Y_TE]),  # two named are
        ((BA_DINH, Y_TE), (Y_TE,), 2, [BA_DINH]),
        ((BA_DINH, Y_TE), (BA_DINH, Y_TE), 2, []),
        ((BA_DINH, "quận  ba đình"), (), None, []),  # one, named twice
        (("Một quận",), (), 1, [BA_DINH]),  # a class of one
        ((Y_TE, "Ai đó"), (Y_TE,), None, []),
        (("Các doanh nghiệp",), (BA_DINH,), None, []),  # an open class
        (("Khối",), (BA_DINH,), None, []),
        (("Các quận", "Ai đó"), (BA_DINH,), None, []),  # not in the register
        ((), (), None, []),
        (("Các tổng",), (BA_DINH,), 0, []),  # a class that was no more
        (("Các tổng", "Các quận"), (BA_DINH,), 2, [DONG_DA]),
        (("Nhóm",), (BA_DINH,), None, []),  # one of its members is not in the register
    ],
)
def test_who_has_not_delivered(make, register, who, received, expected, missing):
    deliveries = {name: Done(d("2023-01-10")) for name in received}
    item = make.item(make.deadline(who=who, received=deliveries), register=register)
    assert delivered(make, item, register) == (expected, missing)


@pytest.mark.parametrize(
    ("who", "dates", "state"),
    [
        ("Các quận", ("2023-02-18", "2023-02-20"), "done_in_time"),
        ("Các quận", ("2023-02-21", "2023-02-01"), "done_late"),  # the last delivery counts
        ("Các quận", ("2023-02-18",), "overdue"),
        ("Khối", ("2023-02-18", "2023-02-18"), "overdue"),  # more may be bound
        ("Một quận", ("2023-02-18",), "done_in_time"),
        ("Các tổng", ("2023-02-18", "2023-02-18"), "overdue"),  # nobody is bound
        ("Nhóm", ("2023-02-18", "2023-02-18"), "overdue"),
    ],
)
def test_received_from_all_of_a_class_is_done(make, register, who, dates, state):
    received = {name: Done(d(day)) for name, day in zip((BA_DINH, DONG_DA), dates, strict=False)}
    item = make.item(make.deadline(by("2023-02-20"), who=(who,), received=received), register=register)
    assert states(item, "2023-12-31") == [state]


@pytest.mark.parametrize(
    ("who", "dates", "done"),
    [
        ((BA_DINH,), {BA_DINH: "2023-02-18"}, "2023-02-18"),
        ((BA_DINH,), {"quận  BA ĐÌNH": "2023-02-21"}, "2023-02-21"),
        ((BA_DINH,), {DONG_DA: "2023-02-18"}, None),  # a stranger
        ((BA_DINH, Y_TE), {BA_DINH: "2023-02-18", Y_TE: "2023-02-11"}, "2023-02-18"),
        ((BA_DINH, Y_TE), {BA_DINH: "2023-02-18"}, None),
        ((BA_DINH, "Ai đó"), {BA_DINH: "2023-02-18"}, None),
        (("Ai đó",), {"Ai đó": "2023-02-18"}, None),
    ],
)
def test_received_from_every_body_named_is_done(make, register, who, dates, done):
    received = {name: Done(d(day), "12/BC") for name, day in dates.items()}
    item = make.item(make.deadline(by("2023-02-20"), who=who, received=received), register=register)
    assert item.done == (done and Done(d(done)))


def test_what_was_delivered_later_does_not_count_yet(make, register):
    received = {DONG_DA: Done(d("2023-02-15")), BA_DINH: Done(d("2023-02-01"), "5/BC"), "Ai đó": Done(d("2023-01-01"))}
    item = make.item(make.deadline(who=("Các quận",), received=received), register=register)
    office = make.office(register=register)
    by_day = {
        "2023-01-31": (BA_DINH, DONG_DA),
        "2023-02-01": (DONG_DA,),
        "2023-02-14": (DONG_DA,),
        "2023-02-15": (),
    }
    assert {day: deliveries(item, office, d(day)) for day in by_day} == {day: (2, left) for day, left in by_day.items()}
    assert [list(delivered_by(item, office, d(day))) for day in by_day] == [
        [],
        ["ba-dinh"],
        ["ba-dinh"],
        ["dong-da", "ba-dinh"],
    ]
    assert delivered_by(item, office, d("2023-02-01")) == {"ba-dinh": Done(d("2023-02-01"), "5/BC")}


def test_without_a_register_nobody_is_known_to_have_delivered(make):
    item = make.item(make.deadline(who=(BA_DINH,), received={BA_DINH: Done(d("2023-02-01"))}))
    assert item.done is None
    assert delivered_by(item, make.office(), d("2023-12-31")) == {}
    assert deliveries(item, make.office(), d("2023-12-31")) == (None, ())


def test_a_class_is_done_on_the_day_of_the_last_delivery(make, register):
    received = {BA_DINH: Done(d("2023-02-01")), DONG_DA: Done(d("2023-02-15"))}
    item = make.item(make.deadline(by("2023-02-20"), who=("Các quận",), received=received), register=register)
    assert item.done == Done(d("2023-02-15"))
    assert states(item, "2023-02-14", "2023-02-15") == ["due", "done_in_time"]


def test_an_explicit_done_wins_over_deliveries(make, register):
    received = {BA_DINH: Done(d("2023-02-01"))}
    item = make.item(
        make.deadline(by("2023-02-20"), who=("Các quận",), received=received, done=Done(d("2023-02-19"), "12/BC")),
        register=register,
    )
    assert item.done == Done(d("2023-02-19"), "12/BC")
    assert delivered(make, item, register) == (2, [DONG_DA])


@pytest.mark.parametrize("stranger", ["2023-01-10", "2023-06-30"])
def test_what_others_deliver_does_not_complete_a_class_nor_delay_it(make, register, stranger):
    received = {BA_DINH: Done(d("2023-02-01")), DONG_DA: Done(d("2023-02-15")), Y_TE: Done(d(stranger))}
    assert make.item(make.deadline(who=("Các quận",), received=received), register=register).done == Done(
        d("2023-02-15")
    )
    del received[DONG_DA]
    assert make.item(make.deadline(who=("Các quận",), received=received), register=register).done is None


def test_the_executor_is_bound_where_the_milestone_names_nobody(make, register):
    item = make.item(make.deadline(), register=register, executor=("Các quận",))
    assert delivered(make, item, register) == (2, [BA_DINH, DONG_DA])


def test_a_class_has_the_members_of_the_day_on_which_the_plan_was_issued(make):
    register = make.register(
        make.body("a", "A", valid_to=d("2022-12-31")), make.body("b", "B"), make.group("g", "a", "b", name="Nhóm")
    )
    for issued, missing in ((d("2022-12-09"), ["A", "B"]), (None, ["B"])):  # else the period's start
        (item,) = items([make.plan(make.task(make.deadline(who=("Nhóm",))), issued=issued)], make.office())
        assert delivered(make, item, register) == (len(missing), missing)


def copies(make, original, **copy):
    """A deadline and the one that repeats it."""
    plan = make.plan(make.task(original, id="PL1.9"), make.task(make.deadline(same_as="PL1.9", **copy), id="PL2.1"))
    return list(items([plan], make.office(plan)))


@pytest.mark.parametrize(
    "progress",
    [
        {"done": Done(d("2023-02-18"))},
        {"cancelled": Cancelled(d("2023-02-18"))},
        {"moved": moved(by("2023-09-30")), "done": Done(d("2023-08-01"))},
    ],
)
def test_a_repetition_takes_the_progress_of_its_original(make, progress):
    original, copy = copies(make, make.deadline(**progress))
    assert copy.original.ref == "p/PL1.9"
    assert (copy.when, copy.done, copy.last_day) == (original.when, original.done, original.last_day)
    for day in ("2023-02-17", "2023-02-18", "2023-07-05", "2023-12-31"):
        assert copy.state(d(day), 7) == original.state(d(day), 7)


def test_a_repetition_keeps_its_own_date(make):
    _, copy = copies(make, make.deadline(by("2023-03-31")), when=by("2023-06-30"))
    assert copy.last_day == d("2023-06-30")


def test_a_repetition_with_progress_of_its_own_keeps_it(make):
    _, copy = copies(make, make.deadline(done=Done(d("2023-02-18"))), done=Done(d("2023-02-20")))
    assert copy.done == Done(d("2023-02-20"))


@pytest.mark.parametrize(
    ("own", "shared"),
    [
        ({}, True),
        ({"note": "trùng dòng 9"}, True),  # the deadline's own, no progress
        ({"done": Done(d("2023-02-20"))}, False),
        ({"moved": moved(by("2023-09-30"))}, False),
        ({"cancelled": Cancelled(d("2023-02-20"))}, False),
        ({"received": {BA_DINH: Done(d("2023-02-20"))}}, False),
        ({"when": WAITING, "occurrences": {d("2023-03-01"): Progress(note="x")}}, False),
    ],
)
def test_progress_of_its_own_and_what_is_none(make, own, shared):
    _, copy = copies(make, make.deadline(cancelled=Cancelled(d("2023-02-18"))), **own)[:2]
    assert copy.original.ref == "p/PL1.9"
    assert copy.shared is shared
    assert (states(copy, "2023-02-18") == ["cancelled"]) is shared


def test_a_repetition_of_nothing_stands_for_itself(make):
    item = make.item(make.deadline(by("2023-02-20"), same_as="PL9.9"))
    assert item.original is None
    assert states(item, "2023-02-21") == ["overdue"]


def test_a_repetition_across_plans(make):
    last_year = make.plan(make.task(make.deadline(done=Done(d("2023-02-18"))), id="PL1.9"), id="hn-2023")
    this_year = make.plan(make.task(make.deadline(same_as="hn-2023/PL1.9")), id="hn-2024")
    (copy,) = items([this_year], make.office(last_year, this_year))
    assert copy.original.ref == "hn-2023/PL1.9"
    assert copy.done == Done(d("2023-02-18"))


def test_a_note_on_a_repetition_does_not_hide_the_progress_of_its_original(make):
    _, copy = copies(make, make.deadline(done=Done(d("2023-02-18"))), note="trùng dòng 9")
    assert states(copy, "2023-12-31") == ["done_in_time"]


def test_a_repetition_takes_the_occurrences_of_its_original(make):
    january = Progress(done=Done(d("2023-01-30")))
    found = copies(make, make.deadline(MONTHLY, occurrences={d("2023-01-31"): january}), when=MONTHLY)
    assert len(found) == 24
    assert [states(item, "2023-02-10") for item in (found[0], found[12])] == [["done_in_time"]] * 2
    assert [item.ref for item in (found[0], found[12])] == ["p/PL1.9@2023-01-31", "p/PL2.1@2023-01-31"]


def test_a_repetition_takes_the_duties_that_arose_at_its_original(make):
    arose = {d("2023-02-01"): Progress(done=Done(d("2023-02-10")))}
    found = copies(make, make.deadline(WAITING, occurrences=arose), when=WAITING)
    assert [item.ref for item in found] == ["p/PL1.9", "p/PL1.9@2023-02-01", "p/PL2.1", "p/PL2.1@2023-02-01"]
    assert [states(item, "2023-12-31") for item in found] == [["waiting"], ["done_in_time"]] * 2


def test_a_repetition_is_done_when_its_original_was_received_from_all(make, register):
    received = {BA_DINH: Done(d("2023-02-01")), DONG_DA: Done(d("2023-02-15"))}
    plan = make.plan(
        make.task(make.deadline(who=("Các quận",), received=received), id="PL1.9"),
        make.task(make.deadline(who=(Y_TE,), same_as="PL1.9"), id="PL2.1"),
    )
    office = make.office(plan, register=register)
    found = list(items([plan], office))
    assert [item.done for item in found] == [Done(d("2023-02-15"))] * 2
    assert [deliveries(item, office, d("2023-12-31")) for item in found] == [(2, ())] * 2


def test_a_repetition_with_deliveries_of_its_own_counts_its_own_parties(make, register):
    plan = make.plan(
        make.task(make.deadline(who=("Các quận",), received={BA_DINH: Done(d("2023-02-01"))}), id="PL1.9"),
        make.task(
            make.deadline(who=("Các quận", Y_TE), same_as="PL1.9", received={DONG_DA: Done(d("2023-02-01"))}),
            id="PL2.1",
        ),
    )
    office = make.office(plan, register=register)
    assert [deliveries(item, office, d("2023-12-31")) for item in items([plan], office)] == [
        (2, (DONG_DA,)),
        (3, (BA_DINH, Y_TE)),
    ]


@pytest.mark.parametrize("units", ["u", None])
def test_the_deliveries_of_an_original_in_another_plan_count(make, register, units):
    received = {BA_DINH: Done(d("2023-02-01")), DONG_DA: Done(d("2023-02-15"))}
    last_year = make.plan(make.task(make.deadline(who=("Các quận",), received=received), id="PL1.9"), id="hn-2023")
    this_year = make.plan(make.task(make.deadline(same_as="hn-2023/PL1.9")), id="hn-2024", units=units)
    office = make.office(last_year, this_year, register=register)
    (copy,) = items([this_year], office)
    assert copy.done == Done(d("2023-02-15"))
    assert deliveries(copy, office, d("2023-12-31")) == (2, ())


def test_each_occurrence_is_an_item_with_its_own_progress(make):
    found = make.items(
        make.deadline(
            MONTHLY,
            id="bc",
            occurrences={
                d("2023-01-31"): JANUARY,
                d("2023-02-28"): Progress(done=Done(d("2023-02-28"))),
                d("2023-03-31"): Progress(cancelled=Cancelled(d("2023-03-01"))),
                d("2023-04-30"): Progress(moved=moved(by("2023-05-10"))),
            },
        )
    )
    assert [item.ref for item in found][:2] == ["p/1#bc@2023-01-31", "p/1#bc@2023-02-28"]
    assert len(found) == 12
    assert [item.state(d("2023-06-20"), 10) for item in found[:7]] == [
        "done_late", "done_in_time", "cancelled", "overdue", "overdue", "due", "later",
    ]  # fmt: skip
    assert [item.last_day for item in found[2:5]] == [d("2023-03-31"), d("2023-05-10"), d("2023-05-31")]


@pytest.mark.parametrize(
    ("bound", "last_day", "overdue_from"),
    [
        ("before", "2024-02-28", "2024-03-01"),
        ("by", "2024-02-29", "2024-03-01"),
        ("day", "2024-02-29", "2024-03-01"),
    ],
)
def test_the_days_of_an_occurrence_follow_its_bound(make, bound, last_day, overdue_from):
    when = every("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", bound)
    item = make.item(make.deadline(when), period=parse_period("2023/2025"))
    assert item.occurrence == d("2024-02-29")
    assert (item.last_day, item.overdue_from) == (d(last_day), d(overdue_from))


@pytest.mark.parametrize(("period", "count"), [("2023", 12), ("2023-03", 1), ("2022-07/2022-09", 3)])
def test_occurrences_fall_within_the_plan(make, period, count):
    assert len(make.items(make.deadline(MONTHLY), period=parse_period(period))) == count


@pytest.mark.parametrize("to", ["2023-12-10", "2024-02-15"])
def test_an_occurrence_that_was_moved_keeps_its_day(make, to):
    moves = {d("2023-12-31"): Progress(moved=moved(by(to))), d("2023-11-30"): Progress(note="không chuyển")}
    found = make.items(make.deadline(MONTHLY, occurrences=moves))
    assert [item.occurrence for item in found] == [
        *(d(f"2023-{month:02d}-01") - DAY for month in range(2, 13)),
        d("2023-12-31"),
    ]
    assert found[-1].last_day == d(to)


@pytest.mark.parametrize("day", ["2023-03-01", "2023-03-31"])
def test_cancelling_a_rule_takes_back_only_what_falls_on_that_day_or_later(make, day):
    whole = Cancelled(d(day), "9/UBND", "sáp nhập")
    found = make.items(make.deadline(MONTHLY, cancelled=whole, occurrences={d("2023-01-31"): JANUARY}))
    assert [item.state(d("2023-12-31"), 7) for item in found] == ["done_late", "overdue", *["cancelled"] * 10]
    assert [item.progress.cancelled for item in found] == [None, None, *[whole] * 10]
    april = found[3]
    assert states(april, str(d(day) - DAY), day) == ["later", "cancelled"]


def test_an_occurrence_cancelled_by_itself_keeps_its_own_day(make):
    own = Cancelled(d("2023-02-01"), "9/UBND")
    found = make.items(
        make.deadline(
            MONTHLY, cancelled=Cancelled(d("2023-03-01")), occurrences={d("2023-04-30"): Progress(cancelled=own)}
        )
    )
    assert found[3].progress.cancelled == own
    assert states(found[3], "2023-01-31", "2023-02-01") == ["later", "cancelled"]


@pytest.mark.parametrize(
    "progress", [{"done": Done(d("2023-01-15"))}, {"moved": moved(by("2023-06-30"))}, {"received": {"A": JANUARY.done}}]
)
def test_what_stands_at_a_rule_itself_says_nothing_of_its_occurrences(make, progress):
    # the schema refuses it
    found = make.items(make.deadline(MONTHLY, **progress))
    assert [item.last_day for item in found] == [item.last_day for item in make.items(make.deadline(MONTHLY))]
    assert all(item.progress == Progress() and item.done is None for item in found)


def test_duties_that_arise_while_waiting_stand_beside_the_wait(make):
    found = make.items(
        make.deadline(
            WAITING,
            occurrences={
                d("2023-02-01"): Progress(done=Done(d("2023-02-10"))),
                d("2023-03-01"): Progress(moved=moved(by("2023-03-15"))),
            },
        )
    )
    assert [item.ref for item in found] == ["p/1", "p/1@2023-02-01", "p/1@2023-03-01"]
    assert [item.state(d("2023-03-16"), 7) for item in found] == ["waiting", "done_in_time", "overdue"]


def test_cancelling_what_waits_cancels_the_duties_that_arise_from_then_on(make):
    arose = {
        d("2023-02-01"): Progress(),
        d("2023-03-01"): Progress(cancelled=Cancelled(d("2023-03-02"))),
        d("2023-06-01"): Progress(),
        d("2023-07-01"): Progress(),
    }
    found = make.items(make.deadline(WAITING, cancelled=Cancelled(d("2023-06-01")), occurrences=arose))
    assert [states(item, "2023-03-02", "2023-05-31", "2023-06-01") for item in found] == [
        ["waiting", "waiting", "cancelled"],
        ["waiting"] * 3,  # arose before that day
        ["cancelled"] * 3,
        ["waiting", "waiting", "cancelled"],
        ["waiting", "waiting", "cancelled"],
    ]


def test_what_waits_being_done_says_nothing_of_the_duties_that_arose(make):
    found = make.items(make.deadline(WAITING, done=Done(d("2023-06-01")), occurrences={d("2023-02-01"): Progress()}))
    assert [states(item, "2023-06-01") for item in found] == [["done_in_time"], ["waiting"]]


def test_the_duties_that_arose_are_not_moved_with_what_waits(make):
    arose = {d("2023-02-01"): Progress(), d("2023-03-01"): Progress(moved=moved(by("2023-03-15")))}
    found = make.items(make.deadline(WAITING, moved=moved(by("2023-06-30")), occurrences=arose))
    assert [item.last_day for item in found] == [d("2023-06-30"), None, d("2023-03-15")]
    assert [item.when for item in found[:2]] == [by("2023-06-30"), WAITING]
    assert [states(item, "2023-07-01") for item in found] == [["overdue"], ["waiting"], ["overdue"]]


def waits_for(ref):
    return When(kind="waiting", waiting="Kế hoạch", on_task=ref)


@pytest.fixture
def awaiting(make, register):
    """The item that waits for a task with these deadlines, the last item of its plan."""

    def wait(*awaited, **task):
        plan = make.plan(
            make.task(*awaited, id="PL1.1", **task), make.task(make.deadline(waits_for("PL1.1")), id="PL1.2")
        )
        return list(items([plan], make.office(plan, register=register)))[-1]

    return wait


@pytest.mark.parametrize(
    ("progress", "ready"),
    [
        (({}, {}), ""),
        (({"done": "02-01"}, {}), ""),
        (({"done": "02-01"}, {"done": "02-01"}), "02-01"),
        (({"done": "02-01"}, {"done": "02-05"}), "02-05"),  # not before the last of them
        (({"done": "02-01"}, {"cancelled": "02-05"}), "02-05"),
        (({"cancelled": "02-01"}, {"cancelled": "02-03"}), "02-03"),
    ],
)
def test_a_date_can_be_set_once_the_awaited_task_is_done_or_cancelled(make, awaiting, progress, ready):
    made = {"done": Done, "cancelled": Cancelled}
    awaited = [
        make.deadline(id=f"m{n}", **{key: made[key](d(f"2023-{day}")) for key, day in own.items()})
        for n, own in enumerate(progress)
    ]
    item = awaiting(*awaited)
    assert [one.ref for one in item.awaited] == ["p/PL1.1#m0", "p/PL1.1#m1"]
    for day in ("02-01", "02-02", "02-03", "02-04", "02-05", "12-31"):
        assert item.awaited_done(d(f"2023-{day}"), 7) is bool(ready and day >= ready)


@pytest.mark.parametrize(
    ("ref", "awaited", "ready"),
    [
        ("1", ["p/1#hop", "p/1#trinh"], "2023-03-01"),
        ("1#hop", ["p/1#hop"], "2023-02-01"),
        ("p/1#hop", ["p/1#hop"], "2023-02-01"),
        ("1#trinh", ["p/1#trinh"], "2023-03-01"),
        ("1#khac", [], None),
    ],
)
def test_waiting_for_one_deadline_of_a_task(make, ref, awaited, ready):
    plan = make.plan(
        make.task(
            make.deadline(id="hop", done=Done(d("2023-02-01"))), make.deadline(id="trinh", done=Done(d("2023-03-01"))), id="1"
        ),
        make.task(make.deadline(waits_for(ref)), id="2"),
    )  # fmt: skip
    *_, item = items([plan], make.office(plan))
    assert [one.ref for one in item.awaited] == awaited
    days = ("2023-01-31", "2023-02-01", "2023-02-28", "2023-03-01")
    assert [item.awaited_done(d(day), 7) for day in days] == [bool(ready and day >= ready) for day in days]


def test_an_awaited_class_is_done_with_its_last_delivery(make, awaiting):
    received = {BA_DINH: Done(d("2023-02-01")), DONG_DA: Done(d("2023-02-15"))}
    item = awaiting(make.deadline(received=received), executor=("Các quận",))
    assert [item.awaited_done(d(day), 7) for day in ("2023-02-14", "2023-02-15")] == [False, True]


def test_an_awaited_rule_is_done_with_its_last_occurrence(make, awaiting):
    twice = every("FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=31")
    july = Progress(done=Done(d("2023-07-20")))
    assert not awaiting(make.deadline(twice, occurrences={d("2023-07-31"): july})).awaited_done(d("2023-12-31"), 7)
    both = awaiting(make.deadline(twice, occurrences={d("2023-01-31"): JANUARY, d("2023-07-31"): july}))
    assert [both.awaited_done(d(day), 7) for day in ("2023-07-19", "2023-07-20")] == [False, True]


def test_an_awaited_repetition_is_done_with_its_original(make):
    plan = make.plan(
        make.task(make.deadline(done=Done(d("2023-02-01"))), id="1"),
        make.task(make.deadline(same_as="1"), id="2"),
        make.task(make.deadline(waits_for("2")), id="3"),
    )
    *_, item = items([plan], make.office(plan))
    assert item.awaited_done(d("2023-02-01"), 7)


def test_an_awaited_repetition_is_done_with_its_original_in_another_plan(make):
    last_year = make.plan(make.task(make.deadline(done=Done(d("2023-02-01"))), id="1"), id="hn-2023")
    this_year = make.plan(
        make.task(make.deadline(same_as="hn-2023/1"), id="2"), make.task(make.deadline(waits_for("2")), id="3"), id="hn-2024"
    )  # fmt: skip
    *_, item = items([this_year], make.office(last_year, this_year))
    assert item.awaited_done(d("2023-02-01"), 7)


@pytest.mark.parametrize("progress", [{"moved": moved(by("2023-06-30"))}, {}])
def test_who_has_a_date_or_waits_for_no_task_awaits_nothing(make, progress):
    when = waits_for("1") if progress else WAITING
    plan = make.plan(
        make.task(make.deadline(done=JANUARY.done), id="1"), make.task(make.deadline(when, **progress), id="2")
    )
    *_, item = items([plan], make.office(plan))
    assert item.awaited == ()
    assert not item.awaited_done(d("2023-12-31"), 7)


def test_waiting_for_a_task_that_does_not_exist(make):
    assert not make.item(make.deadline(waits_for("PL9"))).awaited_done(d("2023-12-31"), 7)


@pytest.mark.parametrize("refs", [("1",), ("2", "1"), ("2", "3", "1"), ("2", "3", "2")])
def test_tasks_that_wait_for_each_other_wait(make, refs):
    tasks = [make.task(make.deadline(waits_for(ref)), id=str(n)) for n, ref in enumerate(refs, 1)]
    plan = make.plan(*tasks)
    for item in items([plan], make.office(plan)):
        assert states(item, "2023-12-31") == ["waiting"]
        assert not item.awaited_done(d("2023-12-31"), 7)


def test_items_come_in_the_order_of_the_files(make):
    plans = [
        make.plan(make.task(make.deadline(id="b"), make.deadline(id="a"), id="2"), make.task(id="1"), id=id_)
        for id_ in ("q", "p")
    ]
    assert [item.ref for item in items(plans, make.office(*plans))] == [
        "q/2#b",
        "q/2#a",
        "q/1",
        "p/2#b",
        "p/2#a",
        "p/1",
    ]


# Any plan, any day.

NAMES = (BA_DINH, DONG_DA, Y_TE)
# Whose deliveries complete a deadline.
MEMBERS = {
    ("Các quận",): {BA_DINH, DONG_DA},
    ("Các quận", Y_TE): set(NAMES),
    (Y_TE,): {Y_TE},
    (BA_DINH, Y_TE): {BA_DINH, Y_TE},
}
PERIOD = Period(d("2023-11-15"), d("2024-03-15"))  # a year's end, Tết and a leap day
DAYS = st.dates(PERIOD.start - 40 * DAY, PERIOD.end + 60 * DAY)
RULES = ("FREQ=MONTHLY;BYMONTHDAY=-1", "FREQ=WEEKLY;INTERVAL=3;BYDAY=FR", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29")
MOVABLE = st.one_of(
    st.builds(When, kind=st.sampled_from(["before", "by"]), end=DAYS),
    st.builds(When, kind=st.just("by"), end=DAYS, time=st.times()),
    st.builds(When, kind=st.just("day"), end=DAYS, approximate=st.booleans()),
    st.builds(lambda a, b: When(kind="within", start=min(a, b), end=max(a, b)), DAYS, DAYS),
)
EVENTS = st.builds(
    Event,
    event=st.just("x"),
    days=st.integers(-30, 40),
    unit=st.sampled_from(["working", "calendar"]),
    occurred=st.none() | DAYS,
)
WHENS = st.one_of(
    MOVABLE,
    st.builds(
        When, kind=st.just("every"), rrule=st.sampled_from(RULES), bound=st.sampled_from(["before", "by", "day"])
    ),
    st.builds(When, kind=st.just("after"), event=EVENTS),
    st.builds(When, kind=st.just("ongoing"), start=st.none() | DAYS, end=st.none() | DAYS),
    st.builds(When, kind=st.just("waiting"), waiting=st.just("x"), on_task=st.sampled_from([None, "1", "9"])),
)
DONES = st.builds(Done, DAYS)
PROGRESS = st.builds(
    Progress,
    done=st.none() | DONES,
    moved=st.lists(st.builds(Move, MOVABLE), max_size=2).map(tuple),
    cancelled=st.none() | st.builds(Cancelled, DAYS),
    received=st.dictionaries(st.sampled_from(NAMES), DONES),
)
DEADLINES = st.fixed_dictionaries(
    {
        "when": WHENS,
        "progress": st.just(Progress()) | PROGRESS,
        "who": st.sampled_from([(), ("Các doanh nghiệp",), *MEMBERS]),
        "same_as": st.sampled_from([None, None, "1#m0"]),
        "occurrences": st.dictionaries(st.sampled_from([d("2023-12-31"), d("2024-02-29")]), PROGRESS, max_size=2),
    }
)  # fmt: skip
ORDER = {
    "later": 0,
    "due": 1,
    "overdue": 2,
    "done_in_time": 3,
    "done_late": 3,
    "cancelled": 4,
    "waiting": 0,
    "ongoing": 0,
}


def closed(item, day):
    """Whether somebody has recorded that nothing remains to be done."""
    dones = [item.progress.done.date] if item.progress.done else []
    parties = item.original.deadline.who if item.shared else item.bound  # what is shared binds the original's parties
    members, received = MEMBERS.get(parties), item.progress.received
    if not dones and members and members <= set(received):
        dones = [max(received[name].date for name in members)]
    return any(end <= day for end in (*dones, *(c.date for c in (item.progress.cancelled,) if c)))


def belongs(item, day, soon):
    """The sets of open items to which it belongs on a day, from the words of the design."""
    dated = item.last_day is not None
    sets = {
        "ongoing": item.when.kind == "ongoing",
        "waiting": item.when.kind != "ongoing" and not dated,
        "later": dated and day < item.last_day - soon * DAY,
        "due": dated and item.last_day - soon * DAY <= day < item.overdue_from,
        "overdue": dated and day >= item.overdue_from,
    }
    return [name for name, holds in sets.items() if holds]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    deadlines=st.lists(DEADLINES, min_size=1, max_size=3),
    some_days=st.lists(DAYS, max_size=4),
    soon=st.integers(0, 30),
    strict=st.booleans(),
)
def test_on_any_day_every_open_item_is_in_exactly_one_set(make, register, deadlines, some_days, soon, strict):
    built = [make.deadline(id=f"m{n}", **parts) for n, parts in enumerate(deadlines)]
    for item in make.items(*built, register=register, period=PERIOD, soon=soon, strict=strict):
        assert (item.last_day is None) == (item.overdue_from is None)
        days = set(some_days)
        if item.last_day:
            days |= {item.last_day - (soon + 1) * DAY, item.last_day - soon * DAY, item.last_day, item.last_day + DAY,
                     item.overdue_from - DAY, item.overdue_from}  # fmt: skip
        told = {day: item.state(day, soon) for day in sorted(days)}
        for day, state in told.items():
            assert (state not in OPEN_STATES) == closed(item, day)
            assert closed(item, day) or belongs(item, day, soon) == [state]
            assert state != "overdue" or day > item.last_day
        steps = [ORDER[state] for state in told.values()]
        assert steps == sorted(steps), "a day's passing alone never takes an item back"
        bound = item.when.bound if item.when.kind == "every" else item.when.kind
        if item.last_day and bound == "before":
            assert item.last_day == item.when.end - DAY
            assert told[item.when.end] == ("overdue" if strict else "due") or closed(item, item.when.end)


def test_the_states_are_open_or_closed():
    assert set(ORDER) == set(STATES)
    assert set(OPEN_STATES) == {"later", "due", "overdue", "waiting", "ongoing"}
