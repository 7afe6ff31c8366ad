"""agenda: the same deadlines that the commands list, with values that a program can reckon with."""

import json
import sys
from datetime import date, datetime

import pytest

from tdkt_cli import Period, UnknownNameError, UsageError, agenda, language, load_plans
from tdkt_cli.__main__ import main
from tdkt_cli.core.agenda import STATES

TODAY = date(2023, 2, 22)


@pytest.fixture
def asked(office):
    """The references of the entries that are chosen."""

    def run(**filters):
        return [entry.ref for entry in agenda(load_plans(folder=office()), **({"today": TODAY} | filters))]

    return run


def test_everything_by_date(asked):
    assert asked() == ["a/2", "a/1#hop", "a/4@2023-02-28", "a/1#y-te", "a/4@2023-03-31", "a/3"]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"days": 5}, ["a/1#hop"]),  # its grace day
        ({"days": 6}, ["a/1#hop", "a/4@2023-02-28"]),
        ({"days": 14}, ["a/1#hop", "a/4@2023-02-28", "a/1#y-te"]),
        ({"days": 0, "today": date(2023, 2, 28)}, ["a/4@2023-02-28"]),
        ({"days": 14, "unit": "so y te"}, []),  # it has delivered
        ({"days": 14, "unit": "Sở Y học"}, ["a/1#y-te"]),
        ({"unit": "so-y-te"}, ["a/2", "a/1#y-te", "a/3"]),
        ({"unit": "so-y-te", "owed": True}, ["a/2", "a/3"]),
        ({"unit": ["so-y-te", "Ban Thi đua"], "dates": Period(date(2023, 2, 1), date(2023, 2, 21))}, ["a/2", "a/1#hop"]),
        ({"unit": "so-y-te", "role": "executor"}, ["a/2", "a/3"]),
        ({"plan": "a", "section": "I"}, ["a/1#hop", "a/1#y-te"]),
        ({"plan": ["a"], "state": "overdue"}, ["a/2"]),
        ({"state": {"overdue", "waiting"}}, ["a/2", "a/3"]),
        ({"kind": ("every", "before")}, ["a/1#hop", "a/4@2023-02-28", "a/4@2023-03-31"]),
        ({"text": "tong ket"}, ["a/3"]),
        ({"sort": "plan"}, ["a/1#hop", "a/1#y-te", "a/2", "a/3", "a/4@2023-02-28", "a/4@2023-03-31"]),
        ({"unit": [], "plan": (), "state": iter(())}, ["a/2", "a/1#hop", "a/4@2023-02-28", "a/1#y-te", "a/4@2023-03-31", "a/3"]),
    ],
)  # fmt: skip
def test_what_is_chosen(asked, filters, expected):
    assert asked(**filters) == expected


def test_an_entry_as_it_stands_on_the_day(office):
    plans = load_plans(folder=office())
    hop, waiting = agenda(plans, today=TODAY, section="I")[0], agenda(plans, today=TODAY, state="waiting")[0]
    assert (hop.ref, hop.title, hop.what, hop.bound) == ("a/1#hop", "Họp xét", "Họp", ("Ban Thi đua",))
    assert (hop.last_day, hop.overdue_from) == (date(2023, 2, 21), date(2023, 2, 23))
    assert (hop.state, hop.days_left) == ("due", -1)
    assert (waiting.what, waiting.last_day, waiting.overdue_from, waiting.days_left) == (None, None, None, None)
    assert waiting.state == "waiting"
    assert hop.item.plan.document.number == "1/KH-UBND"


@pytest.mark.parametrize(
    ("filters", "vi", "en"),
    [
        ({"plan": "b"}, "không có kế hoạch b", "there is no plan b"),
        ({"section": "II"}, "không có mục II; có phải I?", "there is no section II; did you mean I?"),
        ({"unit": "so y"}, "“so y” có thể là: Sở Y tế; Sở Y học", "“so y” is ambiguous: Sở Y tế; Sở Y học"),
        ({"unit": ["Ban Thi đua", "Sở Y tá"]}, "“Sở Y tá” không có trong danh bạ nào; có phải “Sở Y tế”?",
         "“Sở Y tá” is not in any register; did you mean “Sở Y tế”?"),
    ],
)  # fmt: skip
def test_a_name_that_nothing_bears(asked, filters, vi, en):
    with pytest.raises(UnknownNameError) as raised:
        asked(**filters)
    assert (str(raised.value), language("vi").say(raised.value.message)) == (en, vi)


@pytest.mark.parametrize(
    ("filters", "words"),
    [
        ({"state": "late"}, f"state does not know “late”; it takes {', '.join(STATES)}"),
        ({"kind": ["by", "until"]}, "kind does not know “until”; it takes before, by, day, within, every, after, ongoing, waiting"),
        ({"role": "boss"}, "role does not know “boss”; it takes bound, lead, executor, coordinator, advisor"),
        ({"sort": "age"}, "sort does not know “age”; it takes date, plan, unit, title, state"),
        ({"days": -1}, "days takes a whole number from 0 to 3660, not “-1”"),
        ({"days": 3661}, "days takes a whole number from 0 to 3660, not “3661”"),
        ({"days": "3"}, "days takes a whole number from 0 to 3660, not “3”"),
        ({"today": "2023-02-01"}, "today takes a date, such as date(2023, 2, 20), not “2023-02-01”"),
        ({"today": datetime(2023, 2, 1)}, "today takes a date, such as date(2023, 2, 20), not “2023-02-01 00:00:00”"),  # noqa: DTZ001 - a day has no zone
    ],
)  # fmt: skip
def test_a_value_that_does_not_fit(asked, filters, words):
    with pytest.raises(UsageError) as raised:
        asked(**filters)
    assert str(raised.value) == words


@pytest.mark.parametrize(
    ("filters", "words"),
    [({"unitt": "so y te"}, "'unitt'. Did you mean 'unit'?"), ({"x": 1}, "'x'"), ({"x": 1, "unit": "so y te"}, "'x'")],
)
def test_a_filter_that_there_is_not_chooses_nothing(asked, filters, words):
    with pytest.raises(TypeError) as raised:
        asked(**filters)
    assert str(raised.value) == f"agenda() got an unexpected keyword argument {words}"


@pytest.fixture
def listed(office, monkeypatch, capsys):
    """The records that a command prints in the office."""

    def run(*arguments):
        monkeypatch.chdir(office())
        monkeypatch.setattr(sys, "argv", ["tdkt", *arguments, "--format", "json", "--today", f"{TODAY}"])
        with pytest.raises(SystemExit) as ended:
            main()
        assert ended.value.code == 0
        return json.loads(capsys.readouterr().out)

    return run


@pytest.mark.parametrize(
    ("command", "filters"),
    [
        (["list"], {}),
        (["due", "--days", "14"], {"days": 14}),
        (["due", "--days", "14", "--unit", "so y te"], {"days": 14, "unit": "so y te"}),
        (["overdue"], {"state": "overdue", "owed": True}),
        (["list", "--month", "2023-03", "--sort", "title"], {"dates": Period(date(2023, 3, 1), date(2023, 3, 31)), "sort": "title"}),
    ],
)  # fmt: skip
def test_the_commands_say_the_same(listed, command, filters):
    expected = listed(*command)
    assert [entry.record() for entry in agenda(load_plans(), today=TODAY, **filters)] == expected


def test_what_was_read_once_can_be_asked_for_any_day(office):
    plans = load_plans(folder=office())
    assert [agenda(plans, today=date(2023, 2, day))[0].state for day in (1, 2)] == ["due", "overdue"]
