from datetime import date

import pytest

from tdkt_cli.core.periods import DateError, Period
from tdkt_cli.core.recurrence import check_rule, occurrences

YEAR = Period(date(2024, 1, 1), date(2024, 12, 31))


def days(rule, within=YEAR):
    return [f"{day:%m%d}" for day in occurrences(check_rule(rule), within)]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (
            "FREQ=MONTHLY;BYMONTHDAY=-1",
            ["0131", "0229", "0331", "0430", "0531", "0630", "0731", "0831", "0930", "1031", "1130", "1231"],
        ),
        ("FREQ=MONTHLY;BYMONTHDAY=31", ["0131", "0331", "0531", "0731", "0831", "1031", "1231"]),
        ("FREQ=MONTHLY;BYMONTHDAY=20;BYMONTH=3,6,9,12", ["0320", "0620", "0920", "1220"]),
        ("FREQ=MONTHLY;INTERVAL=6;BYMONTHDAY=1", ["0101", "0701"]),
        ("FREQ=MONTHLY;BYDAY=-1FR;COUNT=2", ["0126", "0223"]),
        ("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15", ["0615"]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", ["0229"]),
        ("FREQ=YEARLY;BYYEARDAY=366", ["1231"]),
        ("FREQ=WEEKLY;BYDAY=FR;UNTIL=20240119", ["0105", "0112", "0119"]),
        ("FREQ=DAILY;INTERVAL=200", ["0101", "0719"]),
    ],
)
def test_the_days_of_a_rule(rule, expected):
    assert days(rule) == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2024, 2, 29), date(2024, 3, 31), ["0229", "0331"]),  # both ends belong to the period
        (date(2024, 3, 1), date(2024, 3, 30), []),
        (date(2023, 12, 31), date(2024, 1, 31), ["1231", "0131"]),
    ],
)
def test_a_rule_falls_only_within_the_period(start, end, expected):
    assert days("FREQ=MONTHLY;BYMONTHDAY=-1", Period(start, end)) == expected


NOT_AN_RRULE = "“{}” is not an RRULE as RFC 5545 defines it, such as FREQ=MONTHLY;BYMONTHDAY=25"
NO_DAY = "the rule names no day: add for instance BYMONTHDAY=-1 (the last day of the month) or BYDAY=FR"
NO_FREQUENCY = "an RRULE begins with FREQ=DAILY, WEEKLY, MONTHLY or YEARLY"
UNKNOWN = "“{}” is not a part of an RRULE that tdkt reads: FREQ, INTERVAL, COUNT, UNTIL, BYMONTH, BYMONTHDAY, BYYEARDAY, BYWEEKNO, BYDAY, BYSETPOS, WKST"


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("FREQ=MONTHLY", NO_DAY),
        ("FREQ=WEEKLY;INTERVAL=2", NO_DAY),
        ("FREQ=YEARLY;BYMONTH=6", NO_DAY),
        ("FREQ=WEEKLY;BYMONTHDAY=1", NO_DAY),
        ("FREQ=HOURLY", NO_FREQUENCY),
        ("BYMONTHDAY=1", NO_FREQUENCY),
        ("FREQ=DAILY;BYHOUR=9", UNKNOWN.format("BYHOUR")),
        ("RRULE:FREQ=DAILY", UNKNOWN.format("RRULE:FREQ")),
        ("freq=daily", UNKNOWN.format("freq")),
        ("hằng tháng", UNKNOWN.format("hằng tháng")),
        ("", UNKNOWN.format("")),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL must be a whole number from 1"),
        ("FREQ=DAILY;INTERVAL=-1", "INTERVAL must be a whole number from 1"),
        ("FREQ=DAILY;INTERVAL=1.5", "INTERVAL must be a whole number from 1"),
        *(
            (rule, NOT_AN_RRULE.format(rule))
            for rule in (
                "FREQ=MONTHLY;BYDAY=XX",
                "FREQ=MONTHLY;BYDAY=0MO",
                "FREQ=MONTHLY;BYMONTHDAY=",
                "FREQ=DAILY;COUNT=x",
                "FREQ=DAILY;BYSETPOS=0;BYMONTHDAY=1",
                "FREQ=DAILY;UNTIL=mai",
                "FREQ=DAILY;UNTIL=20240105T000000Z",
            )
        ),
        ("FREQ=MONTHLY;BYMONTHDAY=" + "1," * 100 + "1", "the rule is longer than 200 characters"),
    ],
)
def test_rules_that_are_refused(rule, message):
    with pytest.raises(DateError) as caught:
        check_rule(rule)
    assert str(caught.value.message) == message


@pytest.mark.xfail(reason="accepted by dateutil; check_rule passes it on")
@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYMONTH=1 DTSTART:20000101",  # days before the period
        "FREQ=DAILY;BYMONTH=1\nRRULE:FREQ=SECONDLY",  # 86,400 occurrences a day
        "FREQ=MONTHLY;BYMONTHDAY=0",  # every day
        "FREQ=YEARLY;BYMONTHDAY=32",  # never
        "FREQ=DAILY;COUNT=-1",  # never
        "FREQ=DAILY;INTERVAL=٣",
    ],
)
def test_rules_that_rfc_5545_does_not_allow_are_refused(rule):
    with pytest.raises(DateError):
        check_rule(rule)
