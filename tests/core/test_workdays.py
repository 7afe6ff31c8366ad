from datetime import date

import pytest

from tdkt_cli.core.workdays import WorkCalendar

SWAPPED = WorkCalendar({date(2026, 1, 2): False, date(2026, 1, 10): True})  # 12729/VPCP-KGVX of 25/12/2025


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2023, 1, 20), False),  # Tết
        (date(2023, 1, 26), False),
        (date(2023, 1, 27), True),
        (date(2024, 2, 29), True),
        (date(2025, 11, 24), True),
        (date(2026, 11, 24), False),  # a holiday from 2026 on
        (date(2023, 4, 29), False),  # Giỗ Tổ on a Saturday
        (date(2023, 5, 3), False),  # ... made up for
        (date(2199, 12, 31), True),  # beyond the table only weekends are known
        (date(2199, 12, 28), False),
        (date(1999, 9, 2), True),
    ],
)
def test_working_days(day, working):
    assert WorkCalendar().is_working(day) is working


@pytest.mark.parametrize(
    ("day", "plain", "decided"), [(date(2026, 1, 2), True, False), (date(2026, 1, 10), False, True)]
)
def test_a_decision_wins_over_the_table(day, plain, decided):
    assert WorkCalendar().is_working(day) is plain
    assert SWAPPED.is_working(day) is decided


@pytest.mark.parametrize(
    ("calendar", "day", "last", "following"),
    [
        (WorkCalendar(), date(2023, 2, 20), date(2023, 2, 20), date(2023, 2, 20)),
        (WorkCalendar(), date(2023, 2, 19), date(2023, 2, 17), date(2023, 2, 20)),
        (WorkCalendar(), date(2023, 1, 22), date(2023, 1, 19), date(2023, 1, 27)),  # Tết
        (WorkCalendar(), date(2023, 1, 1), date(2022, 12, 30), date(2023, 1, 3)),  # over the year's end
        (WorkCalendar(), date(2026, 1, 10), date(2026, 1, 9), date(2026, 1, 12)),
        (SWAPPED, date(2026, 1, 10), date(2026, 1, 10), date(2026, 1, 10)),
        (SWAPPED, date(2026, 1, 11), date(2026, 1, 10), date(2026, 1, 12)),
        (SWAPPED, date(2026, 1, 3), date(2025, 12, 31), date(2026, 1, 5)),
    ],
)
def test_the_working_days_around_a_day(calendar, day, last, following):
    assert calendar.last_working_day(day) == last
    assert calendar.next_working_day(day) == following


@pytest.mark.parametrize(
    ("event", "days", "working", "end"),
    [
        (date(2023, 3, 1), 10, False, date(2023, 3, 13)),  # 11/3 is a Saturday: the next working day
        (date(2023, 3, 1), 9, False, date(2023, 3, 10)),
        (date(2023, 3, 1), 10, True, date(2023, 3, 15)),
        (date(2023, 3, 3), 1, True, date(2023, 3, 6)),  # from a Friday
        (date(2023, 3, 4), 1, True, date(2023, 3, 6)),  # from a Saturday
        (date(2023, 1, 17), 5, False, date(2023, 1, 27)),  # ends in Tết
        (date(2023, 1, 17), 5, True, date(2023, 1, 31)),  # Tết is not counted
        (date(2022, 12, 25), 7, False, date(2023, 1, 3)),  # New Year on a Sunday, made up for on Monday
        (date(2024, 2, 28), 1, False, date(2024, 2, 29)),
        (date(2023, 2, 28), 1, False, date(2023, 3, 1)),
        (date(2023, 3, 1), 0, False, date(2023, 3, 1)),
        (date(2023, 3, 13), -2, False, date(2023, 3, 11)),  # backwards to a fixed date, which never moves
        (date(2023, 3, 13), -2, True, date(2023, 3, 9)),
        (date(2023, 1, 27), -1, True, date(2023, 1, 19)),
    ],
)
def test_periods_counted_from_an_event(event, days, working, end):
    assert WorkCalendar().end_of_period(event, days, working=working) == end


def test_a_saturday_worked_by_decision_counts():
    assert SWAPPED.end_of_period(date(2026, 1, 8), 2, working=True) == date(2026, 1, 10)
    assert WorkCalendar().end_of_period(date(2026, 1, 8), 2, working=True) == date(2026, 1, 12)


@pytest.mark.parametrize("working", [True, False])
@pytest.mark.parametrize(("event", "days"), [(date(1900, 1, 1), -3660), (date(2199, 12, 31), 3660)])
def test_the_longest_offsets_that_a_file_can_hold_have_an_end(event, days, working):
    end = WorkCalendar().end_of_period(event, days, working=working)
    assert (end - event).days * (1 if days > 0 else -1) >= 3660
