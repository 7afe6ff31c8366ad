"""Which deadlines go into a calendar, and their UIDs."""

import re
from dataclasses import replace
from datetime import date
from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tdkt_cli.core.agenda import items
from tdkt_cli.core.feeds.events import for_calendar, is_address, is_domain, uid
from tdkt_cli.core.plan import Cancelled, Done, When
from tdkt_cli.core.units import Body

FEB_3 = When(kind="by", end=date(2023, 2, 3))
FEB_4 = When(kind="by", end=date(2023, 2, 4))
WAITING = When(kind="waiting", waiting="Kế hoạch của Bộ")
MONTHLY = When(kind="every", rrule="FREQ=MONTHLY;BYMONTHDAY=-1")
TASK_IDS = st.from_regex(r"[A-Za-z0-9]{1,3}(?:[._-][A-Za-z0-9]{1,3}){0,3}", fullmatch=True)
SLUGS = st.from_regex(r"[a-z0-9]{1,3}(?:-[a-z0-9]{1,3}){0,2}", fullmatch=True)
KEYS = st.tuples(
    SLUGS,
    TASK_IDS,
    st.one_of(st.just(""), TASK_IDS),
    st.one_of(st.none(), st.dates(date(1900, 1, 1), date(2199, 12, 31))),
)


@pytest.fixture(scope="module")
def keyed(make):
    """The item with these ids and, of a recurring one, this day."""
    model = make.item(make.deadline(FEB_3))

    def item(plan="p", task="1", deadline="", occurrence=None, former_ids=()):
        return replace(
            model,
            plan=replace(model.plan, id=plan),
            task=replace(model.task, id=task, former_ids=former_ids),
            deadline=replace(model.deadline, id=deadline),
            occurrence=occurrence,
        )

    return item


@pytest.fixture
def choose(make):
    """What of these plans goes into a calendar: the references, and how many have no date or are withheld."""

    def choice(*plans, drop_done=False):
        office = make.office(*plans)
        picked = for_calendar(items(plans, office), office, drop_done=drop_done)
        return [item.ref for item in picked.items], picked.dateless, picked.withheld

    return choice


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        (("hanoi-2023", "PL1.3", "", None), "hanoi-2023_PL1.3@hanoi.gov.vn"),
        (("hanoi-2023", "PL1.3", "hop", None), "hanoi-2023_PL1.3__hop@hanoi.gov.vn"),
        (("hanoi-2023", "II.2.2-1", "hop", date(2023, 1, 31)), "hanoi-2023_II.2.2-1__hop__20230131@hanoi.gov.vn"),
        (("hanoi-2023", "1", "", date(2023, 1, 31)), "hanoi-2023_1____20230131@hanoi.gov.vn"),
    ],
)
def test_a_uid_is_made_of_the_ids(keyed, ids, expected):
    assert uid(keyed(*ids), "hanoi.gov.vn") == expected


@given(KEYS, KEYS)
def test_no_two_deadlines_share_a_uid(keyed, one, other):
    assert (uid(keyed(*one), "x") == uid(keyed(*other), "x")) == (one == other)


def test_no_two_deadlines_with_ids_that_look_alike_share_a_uid(keyed):
    ids = ["1", "1-1", "1.1", "1_1", "A", "a", "20231111", "1_20231111", "20231111_1"]
    keys = list(product(["1", "1-1", "20231111"], ids, ["", *ids], [None, date(2023, 11, 11)]))
    assert len({uid(keyed(*key), "x") for key in keys}) == len(keys)


@given(KEYS)
def test_a_uid_has_only_letters_that_every_program_takes(keyed, ids):
    assert re.fullmatch(r"[A-Za-z0-9._-]+@tdkt\.invalid", uid(keyed(*ids), "tdkt.invalid"))


def test_a_renumbered_task_keeps_its_uid(keyed):
    before = uid(keyed(task="3", deadline="hop"), "x")
    assert uid(keyed(task="4", deadline="hop", former_ids=("3",)), "x") == before
    assert uid(keyed(task="5", deadline="hop", former_ids=("3", "4")), "x") == before


def test_words_and_days_are_not_in_a_uid(make):
    bare = make.item(make.deadline(FEB_3))
    full = make.item(make.deadline(FEB_4, what="Họp", who=("Sở Y tế",), done=Done(date(2023, 2, 1))))
    assert uid(bare, "x") == uid(full, "x")


def test_in_the_order_of_the_days_then_of_the_references(make, choose):
    plan = make.plan(
        make.task(make.deadline(FEB_4, id="b"), make.deadline(FEB_3, id="z"), make.deadline(FEB_3, id="c")),
        make.task(make.deadline(FEB_3), id="0"),
    )
    assert choose(plan) == (["p/0", "p/1#c", "p/1#z", "p/1#b"], 0, 0)


def test_what_has_no_day_is_counted(make, choose):
    plan = make.plan(
        make.task(make.deadline(WAITING), id="1"),
        make.task(make.deadline(When(kind="ongoing", end=date(2023, 12, 31))), id="2"),
        make.task(make.deadline(FEB_3), id="3"),
    )
    assert choose(plan) == (["p/3"], 2, 0)


def test_the_occurrences_of_a_recurring_one(make, choose):
    found, dateless, withheld = choose(make.plan(make.task(make.deadline(MONTHLY))))
    assert (len(found), found[:2], dateless, withheld) == (12, ["p/1@2023-01-31", "p/1@2023-02-28"], 0, 0)


def test_publish_false_withholds_a_deadline_or_a_task_with_all_of_its_deadlines(make, choose):
    plan = make.plan(
        make.task(make.deadline(FEB_3, id="a", publish=False), make.deadline(FEB_3, id="b"), id="1"),
        make.task(make.deadline(FEB_3, id="a"), make.deadline(WAITING, id="b"), id="2", publish=False),
    )
    assert choose(plan) == (["p/1#b"], 0, 3)


def test_what_repeats_another_on_the_same_day_is_left_to_that_one(make, choose):
    a = make.plan(make.task(make.deadline(FEB_3)), id="a")
    b = make.plan(make.task(make.deadline(FEB_3, same_as="a/1")), id="b")
    assert choose(a, b)[0] == choose(b, a)[0] == ["a/1"]


def test_what_repeats_another_on_another_day_stays(make, choose):
    a = make.plan(make.task(make.deadline(FEB_3)), id="a")
    b = make.plan(make.task(make.deadline(FEB_4, same_as="a/1")), id="b")
    assert choose(a, b)[0] == ["a/1", "b/1"]


def test_what_repeats_one_that_is_withheld_stays(make, choose):
    a = make.plan(make.task(make.deadline(FEB_3, publish=False)), id="a")
    b = make.plan(make.task(make.deadline(FEB_3, same_as="a/1")), id="b")
    assert choose(a, b) == (["b/1"], 0, 1)


@pytest.mark.parametrize("order", ["".join(order) for order in permutations("abc")])
def test_of_a_chain_of_repetitions_the_first_stays_in_whatever_order_they_are_read(make, choose, order):
    repeats = {"a": None, "b": "a/1", "c": "b/1"}
    plans = [make.plan(make.task(make.deadline(FEB_3, same_as=repeats[id])), id=id) for id in order]
    assert choose(*plans)[0] == ["a/1"]


def test_of_two_that_repeat_each_other_the_first_by_name_stays(make, choose):
    a = make.plan(make.task(make.deadline(FEB_3, same_as="b/1")), id="a")
    b = make.plan(make.task(make.deadline(FEB_3, same_as="a/1")), id="b")
    assert choose(a, b)[0] == choose(b, a)[0] == ["a/1"]


@pytest.mark.parametrize("order", ["".join(order) for order in permutations("abcd")])
def test_of_a_circle_and_what_leads_to_it_one_stays(make, choose, order):
    repeats = {"a": "b/1", "b": "c/1", "c": "d/1", "d": "b/1"}
    plans = [make.plan(make.task(make.deadline(FEB_3, same_as=repeats[id])), id=id) for id in order]
    assert choose(*plans)[0] == ["b/1"]


def test_a_chain_is_broken_where_the_day_differs(make, choose):
    a = make.plan(make.task(make.deadline(FEB_3)), id="a")
    b = make.plan(make.task(make.deadline(FEB_4, same_as="a/1")), id="b")
    c = make.plan(make.task(make.deadline(FEB_3, same_as="b/1")), id="c")
    assert choose(a, b, c)[0] == ["a/1", "c/1", "b/1"]


def test_what_repeats_itself_stays(make, choose):
    assert choose(make.plan(make.task(make.deadline(FEB_3, same_as="p/1"))))[0] == ["p/1"]


def test_done_items_can_be_dropped(make, choose):
    plan = make.plan(
        make.task(
            make.deadline(FEB_3, id="in-time", done=Done(date(2023, 2, 3))),
            make.deadline(FEB_3, id="late", done=Done(date(2023, 2, 9))),
            make.deadline(FEB_3, id="open"),
            make.deadline(FEB_3, id="taken-back", cancelled=Cancelled(date(2023, 2, 1))),
        )
    )
    assert choose(plan, drop_done=True)[0] == ["p/1#open", "p/1#taken-back"]
    assert len(choose(plan)[0]) == 4


def test_a_class_that_has_delivered_is_done(make):
    register = make.register(
        make.body("b", "Sở Y tế"), make.body("c", "Sở Nội vụ"), make.group("g", "b", "c", name="Các sở")
    )
    delivered = {body.name: Done(date(2023, 2, 1)) for body in register.parties if isinstance(body, Body)}
    plan = make.plan(make.task(make.deadline(FEB_3, who=("Các sở",), received=delivered)))
    office = make.office(plan, register=register)
    assert for_calendar(items([plan], office), office, drop_done=True).items == ()


@pytest.mark.parametrize("typed", ["hanoi.gov.vn", "tdkt.invalid", "localhost", "a-b.example", "127.0.0.1"])
def test_domains(typed):
    assert is_domain(typed)


@pytest.mark.parametrize(
    "typed", ["", ".", "a..b", "-a", "a-", "a b", "a@b", "hà.vn", "a/b", "a\r\nb", "a.", "a_b", "https://a.vn"]
)
def test_no_domains(typed):
    assert not is_domain(typed)


@pytest.mark.parametrize(
    "typed",
    ["https://lich.example.vn", "https://lich.example.vn/tdkt/", "http://127.0.0.1:8000/a%20b", "https://[::1]/x"],
)
def test_addresses(typed):
    assert is_address(typed)


@pytest.mark.parametrize(
    "typed",
    ["", "lich.example.vn", "ftp://a.vn/", "javascript:alert(1)", "https://", "https:///x", "https://a.vn/?q=1", "https://a.vn/#x",
     "https://a.vn/ b", 'https://a.vn/"', "https://a.vn/\r\nX:1", "https://hà.vn/", "https://a.vn\\b"],
)  # fmt: skip
def test_no_addresses(typed):
    assert not is_address(typed)
