"""TDKT201 to TDKT207. Tết 2023 is off from 20 to 26 January; 30 April is a Sunday, made up for on 2 and 3 May."""

from datetime import date

import pytest

MILESTONES = """
    - id: so-y-te
      who: Sở Y tế
      {so_y_te}
    - id: hop
      {hop}
    """


def outside(day):
    return f"TDKT202 {day} is outside the period of the plan, 2023-01-01 to 2023-12-31"


# Of what no words of a document say in a way that tdkt reads.
UNSAID = "TDKT605 not understood: “lịch riêng”"


def off(day, working):
    return f"TDKT203 the last day, {day}, is a day off; the last working day is {working}"


@pytest.mark.parametrize("key", ["within", "ongoing"])
def test_a_period_that_ends_before_it_starts(key, finds):
    finds(
        "TDKT201 the start, 2023-10-01, is after the end, 2023-02-28",
        deadlines=f"- {key}: »2023-10/2023-02",
    )


def test_a_move_to_a_period_that_ends_before_it_starts(finds):
    finds(
        "TDKT201 the start, 2023-10-01, is after the end, 2023-09-29",
        deadlines="""
            - by: 2023-03-15
              moved:
                - by: 2023-04-14
                - within: »2023-10-01/2023-09-29
            """,
    )


def test_a_move_of_an_occurrence_to_a_period_that_ends_before_it_starts(finds):
    finds(
        "TDKT201 the start, 2023-10-01, is after the end, 2023-09-29",
        deadlines="""
            - every: FREQ=MONTHLY;BYMONTHDAY=25
              occurrences:
                2023-09-25:
                  moved:
                    - by: 2023-09-28
                    - within: »2023-10-01/2023-09-29
            """,
    )


def test_a_plan_whose_period_ends_before_it_starts(finds):
    finds(
        "TDKT201 the start, 2023-12-01, is after the end, 2023-01-31",
        deadlines="- ongoing: true",
        period="»2023-12/2023-01",
    )


def test_a_period_of_one_day(no_finding):
    no_finding(deadlines="- within: 2023-02-21/2023-02-21")


def test_a_date_outside_the_period(finds):
    finds(outside("2032-02-20"), deadlines="- by: »2032-02-20")
    finds(outside("2022-12-30"), deadlines="- by: »2022-12-30")


def test_a_period_that_reaches_out_of_the_plan(finds):
    finds(outside("2022-11-01"), deadlines="- within: »2022-11/2023-02")
    finds(outside("2024-02-29"), deadlines="- within: »2023-11/2024-02")


def test_first_and_last_day_of_the_period_lie_in_it(no_finding, finds):
    no_finding(deadlines="- by: 2023-12-29", period="2023-03-01/2023-12-29")
    no_finding(deadlines="- by: 2023-03-01", period="2023-03-01/2023-12-29")
    finds(
        "TDKT202 2023-02-28 is outside the period of the plan, 2023-03-01 to 2023-12-29",
        deadlines="- before: »2023-03-01",
        period="2023-03-01/2023-12-29",
    )


def test_before_the_first_day_of_next_year_is_in_this_year(finds):
    finds(off("2023-12-31", "2023-12-29"), deadlines="- before: »2024-01-01")
    finds(off("2023-12-31", "2023-12-29"), deadlines="- before: »2024-01")


def test_no_date_is_not_outside(no_finding):
    no_finding(deadlines="- {id: a, waiting: Kế hoạch của Thành phố}\n- {id: b, ongoing: true}")


def test_an_event_counts_once_it_has_occurred(finds, no_finding):
    no_finding(deadlines="- after: {event: nhận đủ hồ sơ, days: 10}")
    finds(
        outside("2024-01-08"),
        deadlines="- after: »{event: nhận đủ hồ sơ, days: 10, occurred: 2023-12-29}",
        today=date(2023, 12, 29),
    )


def test_recurring_deadlines_stay_within_the_period(no_finding):
    no_finding(deadlines="- every: FREQ=MONTHLY;BYMONTHDAY=-1")


@pytest.mark.parametrize(
    ("key", "day", "working"),
    [
        ("by", "2023-04-30", "2023-04-28"),
        ("by", "2023-01-26", "2023-01-19"),  # Tết
        ("day", "2023-09-02", "2023-08-31"),
        ("by", "2023-06-10T17:00", "2023-06-09"),  # Saturday
        ("within", "2023-04", "2023-04-28"),
    ],
)
def test_a_last_day_off(key, day, working, finds):
    last = "2023-04-30" if day == "2023-04" else day[:10]
    finds(off(last, working), deadlines=f"- {key}: »{day}")


def test_before_a_day_off_or_after_one(finds, no_finding):
    no_finding(deadlines="- before: 2023-01-20")  # the first day of Tết: the last day is 19 January
    finds(off("2023-01-26", "2023-01-19"), deadlines="- before: »2023-01-27")


def test_the_last_day_is_the_same_whether_the_grace_day_counts(finds):
    for setting in "grace", "strict":
        finds(off("2023-02-19", "2023-02-17"), deadlines="- before: »2023-02-20", before=setting)


def test_a_decision_makes_days_worked_or_off(finds, no_finding):
    calendar = """
        tdkt: calendar/1
        id: vn
        name: Lịch nghỉ
        days:
          - {date: 2023-06-10, working: true, decision: Thông báo 1}
          - {date: 2023-06-16, off: true, decision: Thông báo 1}
        """
    no_finding(deadlines="- by: 2023-06-10", beside={"calendars/vn.yaml": calendar})
    finds(off("2023-06-16", "2023-06-15"), deadlines="- by: »2023-06-16", beside={"calendars/vn.yaml": calendar})


def test_a_last_day_off_is_not_noted_for_recurring_deadlines(no_finding):
    no_finding(deadlines="- every: FREQ=WEEKLY;BYDAY=SU")


def test_the_new_date_of_a_moved_deadline_may_be_off_or_outside(no_finding):
    no_finding(deadlines="- {by: 2023-12-29, moved: [{by: 2024-03-31}]}")


@pytest.mark.parametrize("more", ["moved: [{by: 2023-12-28}]", "done: 2023-05-02", "cancelled: 2023-05-02"])
def test_the_dates_as_issued_are_looked_at_whatever_has_happened_since(more, finds):
    finds(outside("2022-12-30"), deadlines=f"- {{by: »2022-12-30, {more}}}")
    finds(off("2023-04-30", "2023-04-28"), deadlines=f"- {{by: »2023-04-30, {more}}}")
    finds(
        "TDKT205 over since 2023-02-16, but the plan was issued on 2023-03-01",
        deadlines=f"- {{by: »2023-02-15, {more}}}",
        issued="2023-03-01",
    )


def test_milestones_compare_as_issued(finds, no_finding):
    task = """
    - id: so-y-te
      who: Sở Y tế
      by: {}
      moved: [{{by: 2023-12-28}}]
    - id: hop
      by: 2023-06-15
    """
    no_finding(deadlines=task.format("2023-06-15"))
    finds(
        "TDKT204 this milestone ends on 2023-06-16, after the task that needs it (2023-06-15)",
        deadlines=task.format("»2023-06-16"),
    )


def test_a_repetition_is_looked_at_by_its_own_date(finds):
    finds(
        off("2023-04-30", "2023-04-28"),
        off("2023-04-30", "2023-04-28"),
        deadlines="""
            - {id: a, by: »2023-04-30, moved: [{by: 2023-05-31}]}
            - {id: b, by: »2023-04-30, same_as: "1#a"}
            """,
    )


NEVER = "TDKT206 never falls between 2023-01-01 and 2023-12-31"


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=MONTHLY;BYMONTHDAY=25;UNTIL=20221231",
        "FREQ=MONTHLY;BYMONTHDAY=25;UNTIL=20230124",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=YEARLY;BYYEARDAY=366",
        "FREQ=YEARLY;BYMONTH=2;BYDAY=5MO",
    ],
)
def test_a_rule_that_never_falls_in_the_period(rule, finds):
    finds(UNSAID, NEVER, deadlines=f"- every: »{rule}", timing="»lịch riêng")


def test_a_rule_that_falls_once(finds, no_finding):
    finds(UNSAID, deadlines="- every: FREQ=MONTHLY;BYMONTHDAY=25;UNTIL=20230125", timing="»lịch riêng")
    no_finding(deadlines="- every: FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", period="2023/2024")
    finds(
        "TDKT206 never falls between 2023-03-01 and 2024-02-28",
        deadlines="- every: »FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
        period="2023-03-01/2024-02-28",
    )


def skips(month):
    return f"TDKT207 never falls in {month}; for the last day of a month use BYMONTHDAY=-1"


@pytest.mark.parametrize(
    ("rule", "period", "month"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=29", "2023", "02/2023"),
        ("FREQ=MONTHLY;BYMONTHDAY=30", "2024", "02/2024"),
        ("FREQ=MONTHLY;BYMONTHDAY=31", "2023", "02/2023"),
        ("FREQ=MONTHLY;BYMONTHDAY=31", "2023-03/2023-12", "04/2023"),  # the first one is named
        ("FREQ=MONTHLY;BYMONTHDAY=-31", "2023", "02/2023"),
        ("FREQ=MONTHLY;BYMONTH=4,5;BYMONTHDAY=31", "2023", "04/2023"),
        ("FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=31", "2023", "06/2023"),  # the ends of quarters
        ("FREQ=MONTHLY;BYMONTH=12,9,6,3;BYMONTHDAY=31", "2023", "06/2023"),
        ("FREQ=MONTHLY;BYMONTHDAY=30,31", "2023", "02/2023"),
        ("FREQ=MONTHLY;BYMONTHDAY=29", "2024/2025", "02/2025"),
        ("FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=29", "2024/2025", "02/2025"),
        ("FREQ=MONTHLY;BYDAY=5FR", "2023", "01/2023"),
        ("FREQ=MONTHLY;BYDAY=-5FR", "2023", "01/2023"),
        ("FREQ=MONTHLY;BYDAY=5MO,5FR", "2023", "02/2023"),
    ],
)
def test_a_month_that_is_skipped(rule, period, month, finds):
    finds(UNSAID, skips(month), deadlines=f"- every: »{rule}", timing="»lịch riêng", period=period)


def test_a_month_that_is_skipped_by_one_of_two(finds):
    finds(
        skips("02/2023"),
        deadlines="""
            - {id: a, every: FREQ=MONTHLY;BYMONTHDAY=15}
            - {id: b, every: »FREQ=MONTHLY;BYMONTHDAY=31, bound: before}
            """,
    )


@pytest.mark.parametrize(
    ("rule", "period"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "2023"),
        ("FREQ=MONTHLY;BYMONTHDAY=28", "2023"),
        ("FREQ=MONTHLY;BYMONTHDAY=3", "2023"),
        ("FREQ=MONTHLY;BYMONTHDAY=29", "2024"),  # a leap year
        ("FREQ=MONTHLY;BYMONTHDAY=30", "2023-03/2023-12"),
        ("FREQ=MONTHLY;BYMONTHDAY=31", "2023-07/2023-08"),
        ("FREQ=MONTHLY;BYMONTHDAY=31", "2023-01-15/2023-02-15"),  # no month is in the period as a whole
        ("FREQ=MONTHLY;BYMONTHDAY=31,-1", "2023"),
        ("FREQ=MONTHLY;BYMONTHDAY=15,31", "2023"),  # falls in every month
        ("FREQ=MONTHLY;BYMONTH=3,5,10;BYMONTHDAY=31", "2023"),  # the months named have the day
        ("FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=30", "2023"),
        ("FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1", "2023"),
        ("FREQ=MONTHLY;BYMONTH=6;BYMONTHDAY=30,31", "2023"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "2023"),
        ("FREQ=MONTHLY;BYDAY=4FR", "2023"),
        ("FREQ=MONTHLY;BYDAY=5FR,1MO", "2023"),
        ("FREQ=MONTHLY;BYDAY=5FR", "2023-03/2023-03"),  # the months of the period have a fifth Friday
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2023"),
        ("FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=25", "2023"),
        ("FREQ=MONTHLY;BYMONTHDAY=25;UNTIL=20230630", "2023"),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31", "2023"),
        ("FREQ=WEEKLY;BYDAY=MO", "2023"),
    ],
)
def test_no_month_is_skipped(rule, period, finds):
    finds(UNSAID, deadlines=f"- every: {rule}", timing="»lịch riêng", period=period)


def test_a_period_counted_from_an_event_ends_on_a_working_day(no_finding):
    no_finding(deadlines="- after: {event: nhận đủ hồ sơ, days: 10, occurred: 2023-01-13}")  # ends in Tết


def test_a_milestone_after_the_task_that_needs_it(finds):
    finds(
        "TDKT204 this milestone ends on 2023-03-15, after the task that needs it (2023-02-20)",
        deadlines=MILESTONES.format(so_y_te="by: »2023-03-15", hop="by: 2023-02-20"),
    )


def test_a_milestone_on_the_day_of_the_task(no_finding):
    no_finding(deadlines=MILESTONES.format(so_y_te="by: 2023-02-20", hop="by: 2023-02-20"))


def test_the_latest_deadline_of_the_task_counts(no_finding):
    later = "by: 2023-02-20\n    - id: trao\n      within: 2023-03"
    no_finding(deadlines=MILESTONES.format(so_y_te="by: 2023-03-15", hop=later))


def test_milestones_of_others_are_not_compared_with_each_other(no_finding):
    no_finding(deadlines=MILESTONES.format(so_y_te="by: 2023-03-15", hop="who: Sở Nội vụ\n      by: 2023-02-20"))


def test_a_task_without_date_needs_no_milestone_earlier(no_finding):
    no_finding(deadlines=MILESTONES.format(so_y_te="by: 2023-03-15", hop="waiting: lịch của Hội đồng"))


def test_over_before_the_plan_was_issued(finds):
    finds(
        "TDKT205 over since 2023-02-16, but the plan was issued on 2023-03-01",
        deadlines="- by: »2023-02-15",
        issued="2023-03-01",
    )


def test_issued_on_the_last_day_or_the_grace_day(finds, no_finding):
    no_finding(deadlines="- by: 2023-03-01", issued="2023-03-01")
    no_finding(deadlines="- before: 2023-03-01", issued="2023-03-01")
    finds(
        "TDKT205 over since 2023-03-02, but the plan was issued on 2023-03-02",
        deadlines="- before: »2023-03-01",
        issued="2023-03-02",
    )
    finds(
        "TDKT205 over since 2023-03-01, but the plan was issued on 2023-03-01",
        deadlines="- before: »2023-03-01",
        issued="2023-03-01",
        before="strict",
    )


def test_recurring_deadlines_may_begin_before_the_plan_was_issued(no_finding):
    no_finding(deadlines="- every: FREQ=MONTHLY;BYMONTHDAY=25", issued="2023-03-01")
