"""TDKT501 to TDKT505."""

from datetime import date

import pytest

MONTHLY = """
    - every: FREQ=MONTHLY;BYMONTHDAY=25
      occurrences:
        {day}:
          {progress}
    """


def received(executor, *names, deadline="by: 2023-02-20", who=""):
    lines = "\n".join(f"            {name}: 2023-02-10" for name in names)
    return f"""
    - id: PL1.3
      title: Trình khen thưởng
      timing: Đến hết ngày 20/02/2023
      executor: {executor}
      deadlines:
        - {deadline}
          {who}
          received:
{lines}
    """


def early(day):
    return f"TDKT501 done on {day}, before the plan was issued on 2022-12-09"


def future(day, today="2023-07-03"):
    return f"TDKT502 {day} has not come yet (today is {today})"


def stranger(name):
    return f"TDKT504 “{name}” is not bound by this deadline of PL1.3"


def test_done_before_the_plan_was_issued(finds, no_finding):
    finds(early("2022-12-08"), deadlines="- {by: 2023-02-20, done: »2022-12-08}")
    finds(early("2022-02-18"), deadlines="- {by: 2023-02-20, done: »{date: 2022-02-18, document: 9/BC}}")
    no_finding(deadlines="- {by: 2023-02-20, done: 2022-12-09}")


def test_an_occurrence_done_before_the_plan_was_issued(finds):
    finds(early("2022-01-20"), deadlines=MONTHLY.format(day="2023-01-25", progress="done: »2022-01-20"))


def test_received_before_the_plan_was_issued(finds):
    finds(early("2022-02-10"), tasks=received("Sở Y tế", "Sở Y tế").replace("2023-02-10", "»2022-02-10"))


def test_done_today_or_tomorrow(finds, no_finding):
    no_finding(deadlines="- {by: 2023-06-30, done: 2023-07-03}")
    finds(future("2023-07-04"), deadlines="- {by: 2023-06-30, done: »2023-07-04}")
    no_finding(deadlines="- {by: 2023-06-30, done: 2023-07-04}", today=date(2023, 7, 4))
    finds(future("2023-07-04", "2022-01-01"), deadlines="- {by: 2023-06-30, done: »2023-07-04}", today=date(2022, 1, 1))


@pytest.mark.parametrize(
    "progress",
    [
        "cancelled: »2032-07-04",
        "done: »{date: 2032-07-04}",
        "received: {Sở Y tế: »2032-07-04}",
        "moved: [{by: 2023-08-31, date: »2032-07-04}]",
    ],
)
def test_progress_of_a_day_to_come(progress, finds):
    deadline = f"- {{by: 2023-06-30, {progress}}}"
    finds(future("2032-07-04"), deadlines=deadline)
    finds(future("2032-07-04"), deadlines=MONTHLY.format(day="2023-05-25", progress=progress))


def test_an_event_of_a_day_to_come(finds, no_finding):
    after = "- after: {event: nhận đủ hồ sơ, days: 10, occurred: %s}"
    no_finding(deadlines=after % "2023-07-03")
    finds(future("2023-07-04"), deadlines=after % "»2023-07-04")
    no_finding(deadlines=after % "2023-07-04", today=date(2023, 7, 4))
    no_finding(deadlines="- after: {event: nhận đủ hồ sơ, days: 10}")
    no_finding(deadlines="- after: {event: kỳ họp, days: -10, occurred: 2023-09-04}")  # what comes before it is due


def test_an_event_before_the_plan_was_issued(no_finding):
    no_finding(deadlines="- after: {event: nhận đủ hồ sơ, days: 60, occurred: 2022-12-08}")


def test_a_deadline_may_be_moved_to_a_day_to_come(no_finding):
    no_finding(deadlines="- {by: 2023-06-30, moved: [{by: 2023-12-29, date: 2023-06-01}]}")


def test_moved_to_an_earlier_date(finds):
    finds(
        "TDKT503 moved from 2023-06-30 back to 2023-06-29, which is earlier",
        deadlines="- {by: 2023-06-30, moved: [{by: »2023-06-29}]}",
    )
    finds(
        "TDKT503 moved from 2023-09-29 back to 2023-08-31, which is earlier",
        deadlines="- {by: 2023-06-30, moved: [{by: 2023-09-29}, {within: »2023-08}]}",
    )


def test_moved_to_a_date_whose_last_day_is_earlier(finds, no_finding):
    finds(
        "TDKT503 moved from 2023-06-30 back to 2023-06-29, which is earlier",
        deadlines="- {by: 2023-06-30, moved: [{before: »2023-06-30}]}",
    )
    no_finding(deadlines="- {before: 2023-07-01, moved: [{by: 2023-06-30}, {within: 2023-06}, {before: 2023-07}]}")


def test_an_occurrence_moved_back(finds, no_finding):
    finds(
        "TDKT503 moved from 2023-06-30 back to 2023-06-15, which is earlier",
        deadlines=MONTHLY.format(day="2023-05-25", progress="moved: [{by: 2023-06-30}, {by: »2023-06-15}]"),
    )
    no_finding(deadlines=MONTHLY.format(day="2023-05-25", progress="moved: [{by: 2023-05-31}, {by: 2023-06-15}]"))


def test_an_occurrence_moved_before_its_day(finds):
    finds(
        "TDKT503 moved from 2023-05-25 back to 2022-05-31, which is earlier",
        deadlines=MONTHLY.format(day="2023-05-25", progress="moved: [{by: »2022-05-31}]"),
    )


def test_moved_to_the_same_or_a_later_date(no_finding):
    no_finding(deadlines="- {by: 2023-06-30, moved: [{by: 2023-06-30}, {before: 2023-08-01}, {day: 2023-08-02}]}")


def test_what_waited_gets_its_date_by_a_move(no_finding):
    no_finding(deadlines="- {waiting: Kế hoạch của Thành phố, moved: [{by: 2023-01-05}]}")


def test_received_from_a_member_or_another(finds, no_finding):
    no_finding(tasks=received("Các quận, huyện, thị xã", "Quận Ba Đình", "Quận Hoàn Kiếm"))
    finds(stranger("Sở Y tế"), tasks=received("Các quận, huyện, thị xã", "Quận Ba Đình", "»Sở Y tế"))
    finds(stranger("Phường Ba Đình"), tasks=received("Các quận, huyện, thị xã", "»Phường Ba Đình"))


def test_received_from_the_body_that_is_named(finds, no_finding):
    no_finding(tasks=received("Sở Nội vụ; Ban TĐKT Thành phố", "Sở Nội vụ", "Sở Nội vụ (Ban TĐKT Thành phố)"))
    finds(stranger("Sở Y tế"), tasks=received("Sở Nội vụ", "»Sở Y tế"))


def test_received_for_a_milestone_of_its_own_party(finds, no_finding):
    no_finding(tasks=received("Sở Nội vụ", "Sở Y tế", who="who: Sở Y tế"))
    finds(stranger("Sở Nội vụ"), tasks=received("Sở Nội vụ", "»Sở Nội vụ", who="who: Sở Y tế"))


def test_any_body_of_the_register_can_deliver_in_an_open_group(finds, no_finding):
    no_finding(tasks=received("Các sở, ban, ngành", "Sở Y tế", "Quận Ba Đình"))
    no_finding(tasks=received("Các quận, huyện, thị xã; Các sở, ban, ngành", "Ban TĐKT Thành phố"))
    finds(
        "TDKT504 “Hội Chữ thập đỏ” is not in the register vi-du; add it there",
        tasks=received("Các sở, ban, ngành", "»Hội Chữ thập đỏ"),
    )


def test_where_a_name_is_unknown_nobody_is_a_stranger(finds):
    finds(
        "TDKT301 “Hội Chữ thập đỏ” is not in the register vi-du; add it there",
        tasks=received("»Sở Nội vụ; Hội Chữ thập đỏ", "Sở Y tế"),
    )


def test_the_members_are_those_of_the_day_of_issue(no_finding):
    register = """
        tdkt: units/1
        id: vi-du
        name: Danh bạ
        bodies:
          - {id: quan, name: Ba Đình, valid_to: 2025-06-30}
          - {id: phuong, name: Ba Đình, valid_from: 2025-07-01}
        groups:
          - {id: nhom, name: Cấp dưới, members: [quan, phuong]}
        """
    no_finding(tasks=received("Cấp dưới", "Ba Đình"), register=register)


def test_received_in_an_occurrence(finds):
    occurrence = "{every: FREQ=MONTHLY;BYMONTHDAY=25, occurrences: {2023-02-25: {received: {»Sở Y tế: 2023-02-10}}}}"
    finds(
        stranger("Sở Y tế"),
        tasks=f"- {{id: PL1.3, title: Họp, timing: Đến ngày 25 hằng tháng, executor: Sở Nội vụ, deadlines: [{occurrence}]}}",
    )


def test_an_occurrence_of_the_rule(finds, no_finding):
    no_finding(deadlines=MONTHLY.format(day="2023-01-25", progress="done: 2023-01-20"))
    for day in "2023-01-24", "2022-12-25", "2024-01-25":
        finds(
            f"TDKT505 the deadline does not fall on {day}",
            deadlines=MONTHLY.format(day=f"»{day}", progress="done: 2023-01-20"),
        )


def test_the_last_day_of_a_month(finds, no_finding):
    last = MONTHLY.replace("BYMONTHDAY=25", "BYMONTHDAY=-1")
    no_finding(deadlines=last.format(day="2023-02-28", progress="done: 2023-02-27"))
    finds(
        "TDKT505 the deadline does not fall on 2023-03-30",
        deadlines=last.format(day="»2023-03-30", progress="done: 2023-02-27"),
    )


def test_an_occurrence_of_a_duty_that_arises_now_and_then(no_finding):
    no_finding(deadlines="- {waiting: khi có nội dung phát sinh, occurrences: {2023-03-08: {done: 2023-03-10}}}")
