from datetime import date, timedelta

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
        ("FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20240301", ["0126", "0223"]),
        ("FREQ=MONTHLY;BYDAY=+2MO;BYMONTH=1,2", ["0108", "0212"]),
        ("FREQ=MONTHLY;BYDAY=5TH", ["0229", "0530", "0829", "1031"]),  # months without a fifth one are passed over
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;BYMONTH=3,6,9", ["0329", "0628", "0930"]),
        ("FREQ=MONTHLY;BYMONTHDAY=30;BYMONTH=2,4", ["0430"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-29;BYMONTH=2", ["0201"]),
        ("FREQ=WEEKLY;INTERVAL=20;BYDAY=MO,FR", ["0101", "0105", "0520", "0524", "1007", "1011"]),
        ("FREQ=YEARLY;BYMONTH=11;BYDAY=3WE", ["1120"]),
        ("FREQ=YEARLY;BYMONTH=1,2;BYDAY=MO;BYSETPOS=1", ["0101"]),
        ("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15", ["0615"]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", ["0229"]),
        ("FREQ=YEARLY;BYYEARDAY=366", ["1231"]),
        ("FREQ=WEEKLY;BYDAY=FR;UNTIL=20240119", ["0105", "0112", "0119"]),
        ("FREQ=DAILY;INTERVAL=200", ["0101", "0719"]),
        ("FREQ=DAILY;UNTIL=20240103", ["0101", "0102", "0103"]),
        ("FREQ=DAILY;UNTIL=20231231", []),
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


def test_the_days_of_a_rule_are_worked_out_once():
    rule = "FREQ=MONTHLY;BYMONTHDAY=17"
    first = occurrences(rule, Period(date(2024, 1, 1), date(2024, 12, 31)))
    assert isinstance(first, tuple)
    assert occurrences(rule, Period(date(2024, 1, 1), date(2024, 12, 31))) is first
    assert occurrences(rule, Period(date(2024, 1, 1), date(2024, 1, 31))) == first[:1]


def test_a_rule_falls_on_no_day_of_a_reversed_period():
    assert occurrences("FREQ=DAILY", Period(date(2024, 2, 1), date(2024, 1, 1))) == ()


NO_DAY = "the rule names no day: add for instance BYMONTHDAY=-1 (the last day of the month) or BYDAY=FR"
NO_FREQUENCY = "an RRULE begins with FREQ=DAILY, WEEKLY, MONTHLY or YEARLY"
YEARLY = "a yearly rule has BYMONTH with its day, or BYYEARDAY"
TOO_LONG = "the rule is longer than 200 characters"
TOO_FEW_DAYS = "none of these months has that many days"
SETPOS = "BYSETPOS picks among the days of BYDAY without numbers"
PARTS = "FREQ, INTERVAL, BYMONTH, BYMONTHDAY, BYYEARDAY, BYDAY, BYSETPOS, UNTIL"


def unknown(part):
    return f"“{part}” is not a part of an RRULE that tdkt reads: {PARTS}"


def malformed(part):
    return f"“{part}” is not as RFC 5545 defines it"


def misfit(part, frequency):
    return f"{part} cannot be used with FREQ={frequency}"


def keep_one(*parts):
    return f"{' + '.join(parts)} do not go together: keep one"


REFUSED = [
    ("FREQ=MONTHLY", NO_DAY),
    ("FREQ=WEEKLY;INTERVAL=2", NO_DAY),
    ("FREQ=YEARLY;BYMONTH=6", NO_DAY),
    ("FREQ=MONTHLY;BYSETPOS=1", NO_DAY),
    ("FREQ=HOURLY", NO_FREQUENCY),
    ("FREQ=SECONDLY;BYDAY=MO", NO_FREQUENCY),
    ("FREQ=daily", NO_FREQUENCY),
    ("FREQ=DAILY\n", NO_FREQUENCY),
    ("FREQ=DAILY=DAILY", NO_FREQUENCY),
    ("FREQ=", NO_FREQUENCY),
    ("FREQ", NO_FREQUENCY),
    ("BYMONTHDAY=1", NO_FREQUENCY),
    *(
        (f"FREQ=DAILY;{part}=1", unknown(part))
        for part in ("COUNT", "BYHOUR", "BYMINUTE", "BYSECOND", "BYWEEKNO", "BYEASTER", "DTSTART", "X-A", "interval", "")
    ),
    ("FREQ=WEEKLY;BYDAY=MO;WKST=SU", unknown("WKST")),
    ("FREQ=DAILY;COUNT=x", unknown("COUNT")),
    ("FREQ=DAILY;", unknown("")),
    ("FREQ=DAILY;INTERVAL", malformed("INTERVAL=")),
    ("RRULE:FREQ=DAILY", unknown("RRULE:FREQ")),
    ("freq=daily", unknown("freq")),
    ("hằng tháng", unknown("hằng tháng")),
    ("", unknown("")),
    (" FREQ=DAILY", unknown(" FREQ")),
    ("FREQ=DAILY;FREQ=DAILY", "FREQ appears twice in the rule"),
    ("FREQ=MONTHLY;BYMONTHDAY=1;BYMONTHDAY=2", "BYMONTHDAY appears twice in the rule"),
    *(
        (f"FREQ=DAILY;{part}", malformed(part))
        for part in (
            "INTERVAL=0", "INTERVAL=-1", "INTERVAL=+1", "INTERVAL=1.5", "INTERVAL=1,2", "INTERVAL=1000", "INTERVAL=٣",
            "INTERVAL=", "BYSETPOS=0", "BYSETPOS=5", "BYSETPOS=1,2", "UNTIL=mai", "UNTIL=20240230",
            "UNTIL=20241301", "UNTIL=00000101", "UNTIL=2024-01-05", "UNTIL=20240105T000000", "UNTIL=20240105T000000Z",
            "UNTIL=20240105,20240106", "UNTIL=20240105\n",
        )
    ),
    *(
        (f"FREQ=MONTHLY;{part}", malformed(part))
        for part in (
            "BYDAY=XX", "BYDAY=0MO", "BYDAY=6MO", "BYDAY=mo", "BYDAY=MO,", "BYDAY=MO TU", "BYDAY=", "BYMONTHDAY=",
            "BYMONTHDAY=0", "BYMONTHDAY=32", "BYMONTHDAY=-32", "BYMONTHDAY=+1", "BYMONTHDAY=01", "BYMONTHDAY=1,,2",
            "BYMONTH=0", "BYMONTH=13", "BYMONTH=-1", "BYYEARDAY=0", "BYYEARDAY=367", "BYYEARDAY=-367",
        )
    ),
    ("FREQ=YEARLY;BYMONTHDAY=32", malformed("BYMONTHDAY=32")),
    ("FREQ=DAILY;BYMONTH=1 DTSTART:20000101", malformed("BYMONTH=1 DTSTART:20000101")),  # days before the period
    ("FREQ=DAILY;BYMONTH=1\nRRULE:FREQ=SECONDLY", malformed("BYMONTH=1\nRRULE:FREQ=SECONDLY")),  # 86,400 times a day
    ("FREQ=DAILY;BYMONTH=1", misfit("BYMONTH", "DAILY")),
    ("FREQ=DAILY;BYDAY=MO", misfit("BYDAY", "DAILY")),
    ("FREQ=DAILY;BYMONTHDAY=1", misfit("BYMONTHDAY", "DAILY")),
    ("FREQ=DAILY;BYSETPOS=1", misfit("BYSETPOS", "DAILY")),
    ("FREQ=WEEKLY;BYMONTHDAY=1", misfit("BYMONTHDAY", "WEEKLY")),
    ("FREQ=WEEKLY;BYDAY=MO;BYMONTH=1", misfit("BYMONTH", "WEEKLY")),
    ("FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=1", misfit("BYSETPOS", "WEEKLY")),
    ("FREQ=WEEKLY;BYDAY=1MO", misfit("BYDAY=1MO", "WEEKLY")),
    ("FREQ=MONTHLY;BYYEARDAY=1", misfit("BYYEARDAY", "MONTHLY")),
    ("FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR", keep_one("BYDAY", "BYMONTHDAY")),
    ("FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1;BYYEARDAY=1", keep_one("BYMONTHDAY", "BYYEARDAY")),
    ("FREQ=MONTHLY;BYMONTHDAY=1;BYMONTH=2;INTERVAL=2", keep_one("BYMONTH", "INTERVAL")),  # can pass February over
    ("FREQ=YEARLY;BYMONTHDAY=1", YEARLY),
    ("FREQ=YEARLY;BYDAY=MO", YEARLY),
    ("FREQ=YEARLY;BYMONTH=1;BYYEARDAY=1", YEARLY),
    *(
        (f"FREQ={rule}", TOO_FEW_DAYS)
        for rule in (
            "MONTHLY;BYMONTH=2;BYMONTHDAY=30", "MONTHLY;BYMONTH=2;BYMONTHDAY=30,31", "MONTHLY;BYMONTH=2;BYMONTHDAY=-30",
            "YEARLY;BYMONTH=2,4,6,9,11;BYMONTHDAY=31",
        )
    ),
    ("FREQ=MONTHLY;BYMONTHDAY=1;BYSETPOS=1", SETPOS),
    ("FREQ=MONTHLY;BYDAY=1MO;BYSETPOS=2", SETPOS),
    ("FREQ=MONTHLY;BYDAY=MO,-1FR;BYSETPOS=1", SETPOS),
    ("FREQ=YEARLY;BYYEARDAY=1;BYSETPOS=2", SETPOS),
    ("FREQ=MONTHLY;BYMONTHDAY=" + "1," * 100 + "1", TOO_LONG),
    ("FREQ=" + "A" * 10**6, TOO_LONG),
    (";" * 10**6, TOO_LONG),
    ("FREQ=MONTHLY;BYDAY=" + "MO," * 60, malformed("BYDAY=" + "MO," * 60)),
    (";" * 200, unknown("")),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "message"), REFUSED, ids=[f"{rule[:60]!a}" for rule, _ in REFUSED])
def test_rules_that_are_refused(rule, message):
    with pytest.raises(DateError) as caught:
        check_rule(rule)
    assert str(caught.value.message) == message


def test_a_rule_of_200_characters_is_read():
    rule = "FREQ=MONTHLY;BYMONTHDAY=" + "10," * 58 + "-1"
    assert len(rule) == 200
    assert check_rule(rule) == rule
    assert days(rule, Period(date(2024, 1, 1), date(2024, 1, 31))) == ["0110", "0131"]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY;BYMONTH=2;BYDAY=5MO",  # once in 28 years
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=29",  # in odd years never
        "FREQ=YEARLY;INTERVAL=2;BYYEARDAY=366",
        "FREQ=YEARLY;INTERVAL=999;BYMONTH=12;BYMONTHDAY=31",
        "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=30",  # from February on never
        "FREQ=MONTHLY;INTERVAL=999;BYDAY=5FR",
        "FREQ=WEEKLY;INTERVAL=999;BYDAY=MO",
    ],
)
def test_the_search_for_the_next_day_of_a_rare_rule_ends(rule):
    assert days(rule, Period(date(2023, 2, 1), date(2023, 2, 28))) in ([], ["0227"])


@pytest.mark.parametrize("start", [date(2023, 1, 1), date(2023, 2, 28), date(2024, 2, 29)])
def test_no_occurrence_lies_outside_the_period_or_out_of_order(start):
    within = Period(start, start + timedelta(days=400))
    for rule in ("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-2", "FREQ=MONTHLY;BYMONTHDAY=-1,1", "FREQ=WEEKLY;BYDAY=SU,MO"):
        found = list(occurrences(check_rule(rule), within))
        assert found == sorted(set(found))
        assert found
        assert all(day in within for day in found)
