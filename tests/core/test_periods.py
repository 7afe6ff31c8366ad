from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tdkt_cli.core.periods import (
    DateError,
    Period,
    parse_date,
    parse_first_day,
    parse_moment,
    parse_open_period,
    parse_period,
    period_text,
)

WRITE_A_DATE = "“{}” is not a date: write year-month-day, as in 2023-02-20"
PUT_UNDER_WITHIN = "“{}” is a period: put it under within"
WRITE_A_PERIOD = (
    "“{}” is not a period: write 2023-06, 2023-Q2, 2023-H1, 2023, or two dates or months as in 2023-02-01/2023-10-31"
)


def refusal(parse, text):
    with pytest.raises(DateError) as caught:
        parse(text)
    assert str(caught.value) == str(caught.value.message)
    return str(caught.value.message)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2023-02-20", date(2023, 2, 20)),
        ("2024-02-29", date(2024, 2, 29)),
        ("2000-02-29", date(2000, 2, 29)),
        ("1900-01-01", date(1900, 1, 1)),
        ("2199-12-31", date(2199, 12, 31)),
    ],
)
def test_dates(text, day):
    assert parse_date(text) == day
    assert parse_moment(text) == (day, None)
    assert parse_first_day(text) == day
    assert parse_period(text) == Period(day, day)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2023-02-31", "“2023-02-31”: month 2 of 2023 has 28 days"),
        ("2023-02-29", "“2023-02-29”: month 2 of 2023 has 28 days"),
        ("2100-02-29", "“2100-02-29”: month 2 of 2100 has 28 days"),
        ("2023-04-31", "“2023-04-31”: month 4 of 2023 has 30 days"),
        ("2023-06-00", "“2023-06-00”: month 6 of 2023 has 30 days"),
        ("2023-13-01", "“2023-13-01”: there are only months 01 to 12"),
        ("2023-00-10", "“2023-00-10”: there are only months 01 to 12"),
        ("1899-12-31", "the year 1899 in “1899-12-31” is not between 1900 and 2199"),
        ("2200-01-01", "the year 2200 in “2200-01-01” is not between 1900 and 2199"),
        ("0000-01-01", "the year 0 in “0000-01-01” is not between 1900 and 2199"),
    ],
)
@pytest.mark.parametrize("parse", [parse_date, parse_moment, parse_first_day, parse_period])
def test_days_that_do_not_exist(parse, text, message):
    assert refusal(parse, text) == message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("20/02/2023", "“20/02/2023” is not a date: write 2023-02-20"),
        ("2/3/2023", "“2/3/2023” is not a date: write 2023-03-02"),
        ("20-2-2023", "“20-2-2023” is not a date: write 2023-02-20"),
        ("20.02.2023", "“20.02.2023” is not a date: write 2023-02-20"),
        ("15/02//2023", "“15/02//2023” is not a date: write 2023-02-15"),
        ("2023-2-3", "“2023-2-3” is not a date: write 2023-02-03"),
        ("2023/02/20", "“2023/02/20” is not a date: write 2023-02-20"),
        (" 2023-02-20", "“ 2023-02-20” is not a date: write 2023-02-20"),
        ("31/02/2023", "“31/02/2023”: month 2 of 2023 has 28 days"),
        ("02/20/2023", "“02/20/2023”: there are only months 01 to 12"),
        ("20/02/1823", "the year 1823 in “20/02/1823” is not between 1900 and 2199"),
        ("20/02/23", WRITE_A_DATE.format("20/02/23")),
        ("15/3", WRITE_A_DATE.format("15/3")),
        ("20230220", WRITE_A_DATE.format("20230220")),
        ("٢٠٢٣-٠٢-٢٠", WRITE_A_DATE.format("٢٠٢٣-٠٢-٢٠")),
        ("２０２３-02-20", WRITE_A_DATE.format("２０２３-02-20")),
        ("2023–02–20", WRITE_A_DATE.format("2023–02–20")),
        ("12023-02-20", WRITE_A_DATE.format("12023-02-20")),
        ("-2023-02-20", WRITE_A_DATE.format("-2023-02-20")),
        ("2023-02-20x", WRITE_A_DATE.format("2023-02-20x")),
        ("hôm nay", WRITE_A_DATE.format("hôm nay")),
        ("", WRITE_A_DATE.format("")),
    ],
)
@pytest.mark.parametrize("parse", [parse_date, parse_moment, parse_first_day])
def test_what_is_not_a_date_and_what_to_write_instead(parse, text, message):
    assert refusal(parse, text) == message


@pytest.mark.parametrize("text", ["2023", "2023-06", "2023-Q2", "2023-H1", "2023-01/2023-02", "2023-Q1/2024"])
@pytest.mark.parametrize("parse", [parse_date, parse_moment])
def test_a_period_is_not_a_date(parse, text):
    assert refusal(parse, text) == PUT_UNDER_WITHIN.format(text)


@pytest.mark.parametrize("text", ["2023-02-20T17:00", "2023-02-20 16:30", "2023-02-31T24:00"])
@pytest.mark.parametrize("parse", [parse_date, parse_first_day])
def test_a_time_of_day_goes_only_with_by(parse, text):
    assert refusal(parse, text) == f"“{text}” has a time of day: put it under by"


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("2023-02-20T17:00", time(17)),
        ("2023-02-20 16:30", time(16, 30)),
        ("2023-02-20T00:00", time(0)),
        ("2023-02-20T23:59", time(23, 59)),
    ],
)
def test_moments(text, clock):
    assert parse_moment(text) == (date(2023, 2, 20), clock)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2023-02-20T24:00", "there is no time 24:00 in a day"),
        ("2023-02-20T12:60", "there is no time 12:60 in a day"),
        ("2023-02-31T12:00", "“2023-02-31”: month 2 of 2023 has 28 days"),
        ("2023-02-20T9:00", WRITE_A_DATE.format("2023-02-20T9:00")),
        ("2023-02-20T17h00", WRITE_A_DATE.format("2023-02-20T17h00")),
        ("2023-02-20T17:00:00", WRITE_A_DATE.format("2023-02-20T17:00:00")),
        ("2023-02-20T17:00:30", WRITE_A_DATE.format("2023-02-20T17:00:30")),
        ("2023-02-20T٢٣:٠٠", WRITE_A_DATE.format("2023-02-20T٢٣:٠٠")),
        ("2023-02-20T17:00Z", WRITE_A_DATE.format("2023-02-20T17:00Z")),
        ("2023-02-20T17:00+07:00", WRITE_A_DATE.format("2023-02-20T17:00+07:00")),
        ("17:00", WRITE_A_DATE.format("17:00")),
    ],
)
def test_times_that_are_refused(text, message):
    assert refusal(parse_moment, text) == message


@pytest.mark.parametrize(("text", "day"), [("2024-10", date(2024, 10, 1)), ("2024", date(2024, 1, 1))])
def test_a_month_or_year_can_stand_for_its_first_day(text, day):
    assert parse_first_day(text) == day


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2023-13", "“2023-13”: there are only months 01 to 12"),
        ("2200", "the year 2200 in “2200” is not between 1900 and 2199"),
        ("10/2024", WRITE_A_DATE.format("10/2024")),
        *((text, WRITE_A_DATE.format(text)) for text in ("2024-1", "24", "2024\n", "٢٠٢٤")),
        ("2024-10-01T08:00", "“2024-10-01T08:00” has a time of day: put it under by"),
        *((text, PUT_UNDER_WITHIN.format(text)) for text in ("2024-01/2024-02", "2024-Q4", "2024-H2")),
    ],
)
def test_first_days_that_are_refused(text, message):
    assert refusal(parse_first_day, text) == message


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("2023-H1", date(2023, 1, 1), date(2023, 6, 30)),
        ("2023-H2", date(2023, 7, 1), date(2023, 12, 31)),
        ("2023-Q1", date(2023, 1, 1), date(2023, 3, 31)),
        ("2023-Q2", date(2023, 4, 1), date(2023, 6, 30)),
        ("2023-Q3", date(2023, 7, 1), date(2023, 9, 30)),
        ("2023-Q4", date(2023, 10, 1), date(2023, 12, 31)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-12", date(2023, 12, 1), date(2023, 12, 31)),
        ("2024-02/2024-10", date(2024, 2, 1), date(2024, 10, 31)),
        ("2023-02-01/2023-10-31", date(2023, 2, 1), date(2023, 10, 31)),
        ("2023-11-15/2024-02", date(2023, 11, 15), date(2024, 2, 29)),
        ("2023-Q4/2024-H1", date(2023, 10, 1), date(2024, 6, 30)),
        ("2023/2025", date(2023, 1, 1), date(2025, 12, 31)),
        ("1900/2199", date(1900, 1, 1), date(2199, 12, 31)),
        ("2024-10/2024-02", date(2024, 10, 1), date(2024, 2, 29)),  # reversed: a rule says so, with the place
    ],
)
def test_periods(text, start, end):
    assert parse_period(text) == Period(start, end)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2023-13", "“2023-13”: there are only months 01 to 12"),
        ("2023-00", "“2023-00”: there are only months 01 to 12"),
        ("2023-01/2023-13", "“2023-13”: there are only months 01 to 12"),
        ("2023-01/2023-02-31", "“2023-02-31”: month 2 of 2023 has 28 days"),
        ("1899-Q1", "the year 1899 in “1899-Q1” is not between 1900 and 2199"),
        ("2023/2200", "the year 2200 in “2200” is not between 1900 and 2199"),
        *(
            (text, WRITE_A_PERIOD.format(text))
            for text in (
                "2023-Q5", "2023-Q0", "2023-H3", "2023-q2", "2023-6", "20/02/2023", "2023/02/20",
                "2023-2-3", "2023-01/", "/2023-01", "2023/", "/", "2023-01/2023-02/2023-03", "2023-01 / 2023-02",
                "2023-01/..", "٢٠٢٣", "٢٠٢٣-٠٦", "23", "20233", "2023-06\n", "quý II", "",
            )
        ),
    ],
)  # fmt: skip
def test_periods_that_are_refused(text, message):
    assert refusal(parse_period, text) == message


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("6/2023", "2023-06"),
        ("06/2023", "2023-06"),
        ("tháng 6/2023", "2023-06"),
        ("Tháng 12 năm 2023", "2023-12"),
        ("Q2-2023", "2023-Q2"),
        ("quý II/2023", "2023-Q2"),
        ("Quý iv năm 2023", "2023-Q4"),
        ("quý 3/2023", "2023-Q3"),
    ],
)
def test_periods_as_printed_and_what_to_write_instead(text, iso):
    assert refusal(parse_period, text) == f"“{text}” is not a period: write {iso}"
    assert parse_period(iso)


def test_a_period_holds_both_its_ends():
    period = parse_period("2024-02")
    day = timedelta(days=1)
    assert [day_ in period for day_ in (period.start - day, period.start, period.end, period.end + day)] == [
        False, True, True, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2024-02/..", date(2024, 2, 1), None),
        ("2024-02-15/..", date(2024, 2, 15), None),
        ("2024-Q2/..", date(2024, 4, 1), None),
        ("2024/..", date(2024, 1, 1), None),
        ("../2024", None, date(2024, 12, 31)),
        ("../2024-H1", None, date(2024, 6, 30)),
        ("../2024-02", None, date(2024, 2, 29)),
        ("../2024-02-15", None, date(2024, 2, 15)),
        ("2024-Q2", date(2024, 4, 1), date(2024, 6, 30)),
        ("2024-02/2024-10", date(2024, 2, 1), date(2024, 10, 31)),
    ],
)
def test_periods_that_may_be_open(text, start, end):
    assert parse_open_period(text) == (start, end)


@pytest.mark.parametrize("text", ["2024-02/..", "../2024"])
def test_other_periods_are_not_open(text):
    assert refusal(parse_period, text) == WRITE_A_PERIOD.format(text)


@pytest.mark.parametrize(
    "text",
    ["..", "../..", "/..", "../", "2024/", "..2024", "2024..", "../2024/..", " ../2024", "../ 2024", "2024-02/...", ""],
)
def test_open_periods_that_are_refused(text):
    assert refusal(parse_open_period, text) == WRITE_A_PERIOD.format(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("../2024-13", "“2024-13”: there are only months 01 to 12"),
        ("2023-02-29/..", "“2023-02-29”: month 2 of 2023 has 28 days"),
        ("../2200", "the year 2200 in “2200” is not between 1900 and 2199"),
    ],
)
def test_open_periods_of_days_that_do_not_exist(text, message):
    assert refusal(parse_open_period, text) == message


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-H1", date(2024, 1, 1), date(2024, 6, 30)),
        ("2024-H2", date(2024, 7, 1), date(2024, 12, 31)),
        ("2024-Q3", date(2024, 7, 1), date(2024, 9, 30)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02-20", date(2023, 2, 20), date(2023, 2, 20)),
        ("2024-02/2024-10", date(2024, 2, 1), date(2024, 10, 31)),
        ("2023-02-01/2023-02-27", date(2023, 2, 1), date(2023, 2, 27)),
        ("2024-02-01/..", date(2024, 2, 1), None),
        ("../2024-12-31", None, date(2024, 12, 31)),
    ],
)
def test_a_period_as_text(text, start, end):
    assert period_text(start, end) == text


days = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@given(days, days)
def test_a_period_as_text_is_read_back(start, end):
    assert parse_period(period_text(start, end)) == Period(start, end)
    for period in (start, end), (start, None), (None, end):
        assert parse_open_period(period_text(*period)) == period


@given(
    st.integers(1900, 2199), st.sampled_from(["", "-H1", "-H2", "-Q1", "-Q2", "-Q3", "-Q4", "-01", "-02", "-11", "-12"])
)
def test_a_named_period_gets_its_name_back(year, part):
    period = parse_period(f"{year}{part}")
    assert period_text(period.start, period.end) == f"{year}{part}"
