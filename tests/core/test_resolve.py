from dataclasses import replace

import pytest

from tdkt_cli.core.resolve import Index


@pytest.fixture
def plans(make):
    def plan(id_):
        return make.plan(
            make.task(make.deadline(id="hop"), make.deadline(id="trinh"), id="PL1.3"),
            make.task(make.deadline(), id="PL1.4", former_ids=("PL1.5", "PL1.3")),
            id=id_,
        )

    return [plan("hn-2023"), plan("hn-2024")]


@pytest.mark.parametrize(
    ("ref", "at_home", "anywhere"),
    [
        ("PL1.3", ["hn-2024/PL1.3"], ["hn-2023/PL1.3", "hn-2024/PL1.3"]),
        ("PL1.3#hop", ["hn-2024/PL1.3#hop"], ["hn-2023/PL1.3#hop", "hn-2024/PL1.3#hop"]),
        ("hn-2023/PL1.3#trinh", ["hn-2023/PL1.3#trinh"], ["hn-2023/PL1.3#trinh"]),
        ("hn-2023/PL1.4@2023-01-31", ["hn-2023/PL1.4"], ["hn-2023/PL1.4"]),
        ("PL1.5", ["hn-2024/PL1.4"], ["hn-2023/PL1.4", "hn-2024/PL1.4"]),  # a former id
        ("hn-2023/PL1.5", ["hn-2023/PL1.4"], ["hn-2023/PL1.4"]),
        ("PL1.3#khac", [], []),
        ("PL1.9", [], []),
        ("hn-2022/PL1.3", [], []),
        ("/PL1.3", [], []),
        ("pl1.3", [], []),
        ("", [], []),
    ],
)
def test_what_a_reference_names(plans, ref, at_home, anywhere):
    index = Index(plans)
    assert [target.ref for target in index.find(ref, plans[1])] == at_home
    assert [target.ref for target in index.find(ref)] == anywhere


@pytest.mark.parametrize(
    ("ref", "found"),
    [
        ("pl1.3", ["hn-2023/PL1.3", "hn-2024/PL1.3"]),
        ("PL1.3", ["hn-2023/PL1.3", "hn-2024/PL1.3"]),
        ("pl1.3#HOP", ["hn-2023/PL1.3#hop", "hn-2024/PL1.3#hop"]),
        ("HN-2024/pl1.3", ["hn-2024/PL1.3"]),
        ("HN-2024/pl1.3#Trinh", ["hn-2024/PL1.3#trinh"]),
        ("hn-2023/pl1.4@2023-01-31", ["hn-2023/PL1.4"]),
        ("PL1.3#khac", []),
        ("pl1.4#", []),
        ("pl1", []),  # no part of one
        ("pl1.33", []),
        ("hn-2022/pl1.3", []),
        ("/pl1.3", []),
        ("", []),
        ("@2023-01-31", []),
    ],
)
def test_what_a_reference_typed_in_other_capitals_can_mean(plans, ref, found):
    assert [target.ref for target in Index(plans).find_loosely(ref)] == found


def test_ids_that_differ_by_capitals_are_both_meant(make):
    plan = make.plan(make.task(id="PL1"), make.task(id="pl1"), id="p")
    assert [target.ref for target in Index([plan]).find_loosely("Pl1")] == ["p/PL1", "p/pl1"]
    assert [target.ref for target in Index([plan]).find("pl1")] == ["p/pl1"]


@pytest.mark.parametrize(
    ("ref", "found"),
    [
        ("PL1.3#hop", "hn-2023/PL1.3#hop"),
        ("PL1.4", "hn-2023/PL1.4"),  # the only deadline of its task
        ("hn-2024/PL1.4", "hn-2024/PL1.4"),
        ("PL1.3", None),  # which of the two?
        ("PL1.9", None),
    ],
)
def test_the_one_deadline_that_a_reference_names(plans, ref, found):
    target = Index(plans).deadline(ref, plans[0])
    assert (target and target.ref) == found
    assert target is None or target.deadline in target.task.deadlines


def test_of_two_plans_or_tasks_with_one_id_the_first_counts(make):
    tasks = [make.task(make.deadline(), id="1", title=title) for title in ("một", "hai")]
    plans = [make.plan(*tasks), make.plan(make.task(make.deadline(), id="1", title="ba"))]
    assert [target.task.title for target in Index(plans).find("1")] == ["một"]


def test_two_plans_with_one_id_do_not_mix(make):
    first, second = (make.plan(make.task(make.deadline(), id=id_), id="p") for id_ in ("1", "2"))
    second = replace(second, source=make.source("plans/2024/p.yaml"))
    index = Index([first, second])
    assert [bool(index.find(ref)) for ref in ("1", "p/1", "2", "p/2")] == [True, True, False, False]
    assert [bool(index.find(ref, second)) for ref in ("1", "2", "p/1", "p/2")] == [False, True, True, False]
    assert [target.plan for target in index.find("2", second)] == [second]


def test_of_two_holders_of_a_former_id_the_first_counts(make):
    plan = make.plan(
        make.task(make.deadline(), id="1", former_ids=("0", "3")),
        make.task(make.deadline(), id="2", former_ids=("0",)),
        make.task(make.deadline(), id="3"),
    )
    index = Index([plan])
    assert [index.find(ref)[0].task.id for ref in ("0", "3")] == ["1", "3"]  # who bears an id wins over who bore it


def test_every_reference_in_order(plans):
    assert Index(plans).refs() == [
        "hn-2023/PL1.3#hop", "hn-2023/PL1.3#trinh", "hn-2023/PL1.4",
        "hn-2024/PL1.3#hop", "hn-2024/PL1.3#trinh", "hn-2024/PL1.4",
    ]  # fmt: skip
