"""TDKT101 to TDKT112."""

import unicodedata

import pytest

ONE = """
    - id: PL1.9
      title: Trình khen thưởng
      timing: …
      deadlines:
        - id: hop
          by: 2023-06-15
        - id: trinh
          by: 2023-06-30
    """
NOWHERE = "TDKT105 {} does not name a single task or deadline; write PL1.9#hop or hanoi-2024/PL1.23"
TWO = "TDKT103 task 1 has several deadlines: give this one an id, such as hop"


def repeated(same_as, date="by: 2023-06-15"):
    return f"""{ONE}
    - id: PL2.I.1
      title: Phiên họp thứ nhất
      timing: …
      deadlines:
        - {date}
          same_as: {same_as}
    """


def task(task_id, more=""):
    return f"""
    - id: {task_id}
      title: Trao Cờ thi đua
      timing: …
      {more}
      deadlines:
        - within: 2023-03
    """


def test_three_tasks_with_one_id_point_to_the_first(finds):
    finds(
        "TDKT101 the id PL1.3 is already used on line 10; give this task another",
        "TDKT101 the id PL1.3 is already used on line 10; give this task another",
        tasks=task("PL1.3") + task("»PL1.3") + task("PL1.4") + task("»PL1.3"),
    )


def test_ids_differ_by_capitals(no_finding):
    no_finding(tasks=task("PL1.3") + task("pl1.3"))


def test_one_id_for_two_deadlines_is_found_at_both(finds):
    words = "TDKT102 the id hop appears more than once in task 1"
    finds(words, words, deadlines="- {id: »hop, by: 2023-03-15}\n- {id: »hop, by: 2023-06-15}")


def test_deadlines_of_two_tasks_may_have_one_id(no_finding):
    no_finding(tasks=ONE + ONE.replace("PL1.9", "PL1.10"))


def test_each_of_several_deadlines_needs_an_id(finds):
    finds(TWO, TWO, deadlines="- »by: 2023-03-15\n- {id: hop, by: 2023-06-15}\n- »within: 2023-06")


def test_a_section_that_is_not_declared(finds):
    finds(
        "TDKT104 section PL1.QI is not declared; did you mean PL1.Q1?",
        "TDKT104 section III is not declared; add it under sections",
        tasks=task("a", "section: »PL1.QI") + task("b", "section: »III") + task("c", "section: PL1.Q1"),
        sections="PL1: Phụ lục 1\nPL1.Q1: Quý I",
    )


def test_references_that_lead_somewhere(no_finding):
    no_finding(tasks=repeated("PL1.9#hop"))
    no_finding(tasks=repeated("vi-du/PL1.9#hop"))


def test_references_that_lead_nowhere(finds):
    for ref, near in (
        ("PL1.8#hop", "PL1.9#hop"),
        ("PL1.9#hopp", "PL1.9#hop"),
        ("PL1.9", "PL1.9#hop"),  # which of the two?
        ("vi-du/PL1.8#hop", "vi-du/PL1.9#hop"),
    ):
        finds(
            f"TDKT105 {ref} does not name a single task or deadline; did you mean {near}?",
            tasks=repeated(f"»{ref}"),
        )
    finds(
        NOWHERE.format("VĂN BẢN"),
        tasks=repeated("»VĂN BẢN"),
    )


def test_a_reference_in_a_file_names_no_single_occurrence(finds):
    for ref in "PL1.9#hop@2023-06-15", "vi-du/PL1.9#hop@2023-06-15", "PL1.8@2023-06-15", "PL2.I.1@":
        words = f"TDKT105 {ref}: a reference in a file cannot name a single occurrence; leave @... out"
        finds(words, tasks=repeated(f"»{ref}"))
        finds(words, tasks=ONE + task("b").replace("within: 2023-03", f'{{waiting: kết quả họp, on_task: »"{ref}"}}'))


@pytest.mark.parametrize(("wrong", "proposals"), [(20, 20), (21, 20), (25, 20)])
def test_only_the_first_references_that_lead_nowhere_get_a_proposal(wrong, proposals, finds):
    listed = "".join(f"\n- {{id: b{n}, by: 2023-06-15, same_as: »1#hopp}}" for n in range(wrong))
    near = "TDKT105 1#hopp does not name a single task or deadline; did you mean 1#hop?"
    finds(
        *[near] * proposals,
        *[NOWHERE.format("1#hopp")] * (wrong - proposals),
        deadlines="- {id: hop, by: 2023-06-15}" + listed,
    )


def test_a_reference_to_itself(finds):
    finds("TDKT105 PL2.I.1 names itself", tasks=repeated("»PL2.I.1"))
    finds("TDKT105 vi-du/PL2.I.1 names itself", tasks=repeated("»vi-du/PL2.I.1"))


def test_a_reference_to_a_reference(finds):
    finds(
        "TDKT105 vi-du/PL2.I.1 itself points elsewhere; name the deadline that is counted",
        tasks=repeated("PL1.9#hop") + repeated("»PL2.I.1").removeprefix(ONE).replace("id: PL2.I.1", "id: PL2.I.2"),
    )


def test_a_reference_by_a_former_id(no_finding):
    no_finding(
        tasks=ONE.replace("title", "former_ids:\n        - PL1.7\n      title")
        + repeated("PL1.7#hop").removeprefix(ONE)
    )


def test_a_reference_into_a_plan_that_was_not_asked_for(tmp_path, no_finding, everything_found):
    other = """
        tdkt: plan/1
        id: vi-du-2
        document:
          title: Kế hoạch
          draft: true
        period: 2023
        tasks:
          - id: PL1.9
            title: Họp
            timing: Đến ngày {day}/6/2023
            deadlines:
              - by: 2023-06-{day}
        """
    tasks = repeated("vi-du-2/PL1.9").removeprefix(ONE)
    no_finding(tasks=tasks, beside={"vi-du-2.yaml": other.format(day=15)})
    (tmp_path / "plans/vi-du-2.yaml").write_text(
        (tmp_path / "plans/vi-du-2.yaml").read_text("utf-8").replace("15", "16"), "utf-8"
    )
    (found,) = everything_found(tmp_path / "plans/vi-du.yaml")
    assert (found.rule, found.file, found.span.line) == ("TDKT110", "plans/vi-du.yaml", 15)
    assert str(found.message) == "this deadline has by 2023-06-15, but vi-du-2/PL1.9 has by 2023-06-16"


def test_waiting_for_a_task(finds, no_finding):
    no_finding(tasks=ONE + task("b").replace("within: 2023-03", "{waiting: kết quả họp, on_task: PL1.9}"))
    finds(
        "TDKT105 PL1.99 does not name a single task or deadline; did you mean PL1.9#hop?",
        tasks=ONE + task("b").replace("within: 2023-03", "{waiting: kết quả họp, on_task: »PL1.99}"),
    )
    finds(
        NOWHERE.format("VĂN BẢN"),
        tasks=ONE + task("b").replace("within: 2023-03", "{waiting: kết quả họp, on_task: »VĂN BẢN}"),
    )


def test_waiting_for_one_deadline_of_a_task(finds, no_finding):
    waits = task("b").replace("within: 2023-03", "{waiting: kết quả họp, on_task: %s}")
    for ref in "PL1.9#hop", "vi-du/PL1.9#hop":
        no_finding(tasks=ONE + waits % ref)
    finds(
        "TDKT105 PL1.9#hopp does not name a single task or deadline; did you mean PL1.9#hop?",
        tasks=ONE + waits % "»PL1.9#hopp",
    )


def test_waiting_for_itself(finds):
    for ref in "b", "vi-du/b":
        finds(
            f"TDKT105 {ref} names itself",
            tasks=ONE + task("b").replace("within: 2023-03", f"{{waiting: kết quả họp, on_task: »{ref}}}"),
        )


def test_waiting_for_a_task_that_waits_too(no_finding):
    no_finding(
        tasks=task("a").replace("within: 2023-03", "{waiting: kết quả họp, on_task: b}")
        + task("b").replace("within: 2023-03", "{waiting: kết quả họp, on_task: a}")
    )


def test_the_id_is_the_name_of_the_file(finds):
    finds(
        "TDKT106 the id is vi-du, the file is called ke-hoach-2023; make them the same",
        beside={"ke-hoach-2023.yaml": plan("»vi-du")},
    )


def test_the_ending_yml_does_not_count(no_finding):
    no_finding(beside={"vi-du.yml": plan("vi-du")})


def plan(plan_id):
    return f"""
        tdkt: plan/1
        id: {plan_id}
        document:
          title: Kế hoạch
          draft: true
        period: 2023
        tasks: []
        """.lstrip("\n")


def test_a_former_id_of_two_tasks(finds):
    words = "TDKT107 the id PL1.1 is in use, so it cannot be a former id"
    finds(words, words, tasks=task("a", "former_ids: [»PL1.1]") + task("b", "former_ids: [»PL1.1, PL1.2]"))


def test_a_former_id_that_lives(finds):
    finds(
        "TDKT107 the id b is in use, so it cannot be a former id",
        tasks=task("a", "former_ids: [PL1.1, »b]") + task("b"),
    )
    finds(
        "TDKT107 the id b is in use, so it cannot be a former id",
        tasks=task("b", "former_ids: [»b]"),
    )


def test_a_register_that_is_not_there(finds):
    header = plan("vi-du").replace("tasks", "units: »{id}\n        tasks")
    finds("TDKT108 there is no register vidu; did you mean vi-du?", plan=header.replace("{id}", "vidu"))
    finds(
        "TDKT108 there is no register thanh-hoa; write units/thanh-hoa.yaml beside the plan",
        plan=header.replace("{id}", "thanh-hoa"),
    )


def test_two_plans_with_one_id(finds):
    finds(
        "TDKT109 the plan vi-du is also in plans/2023/vi-du.yaml",
        "TDKT109 the plan vi-du is also in plans/2023/vi-du.yaml",
        beside={
            "2023/vi-du.yaml": plan("vi-du"),
            "2024/vi-du.yaml": plan("»vi-du"),
            "2025/vi-du.yaml": plan("»vi-du"),
        },
    )


@pytest.mark.parametrize(
    ("ours", "date"),
    [
        ("by 2023-06-16", "by: 2023-06-16"),
        ("before 2023-06-15", "before: 2023-06-15"),  # is not by it
        ("on 2023-06-15", "day: 2023-06-15"),
        ("2023-06-01 to 2023-06-15", "within: 2023-06-01/2023-06-15"),
        ("by 2023-06-15 17:00", "by: 2023-06-15T17:00"),
        ("by 15/6 of each year", "every: FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=15"),
        ("10 days after: nhận đủ hồ sơ", "after: {event: nhận đủ hồ sơ, days: 10}"),
        ("waiting for: theo lịch của Hội đồng", "waiting: theo lịch của Hội đồng"),
        ("ongoing", "ongoing: true"),
    ],
)
def test_a_repeated_deadline_with_another_date(ours, date, finds):
    finds(
        f"TDKT110 this deadline has {ours}, but vi-du/PL1.9#hop has by 2023-06-15", tasks=repeated("»PL1.9#hop", date)
    )


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        (
            "every: FREQ=MONTHLY;BYMONTHDAY=25", "every: FREQ=MONTHLY;BYMONTHDAY=24",
            "this deadline has by day 24 of each month, but vi-du/PL1.9#hop has by day 25 of each month",
        ),
        (
            "after: {event: họp, days: 10}", "after: {event: trình, days: 10}",
            "this deadline has 10 days after: trình, but vi-du/PL1.9#hop has 10 days after: họp",
        ),
        ("after: {event: họp, days: 10}", "after: {event: họp, days: 9}", "this deadline has 9 days after: họp, but vi-du/PL1.9#hop has 10 days after: họp"),
        (
            "by: 2023-06-15T16:00", "by: 2023-06-15T17:00",
            "this deadline has by 2023-06-15 17:00, but vi-du/PL1.9#hop has by 2023-06-15 16:00",
        ),
        (
            "within: 2023-06", "within: 2023-Q2",
            "this deadline has in quarter II/2023, but vi-du/PL1.9#hop has in month 06/2023",
        ),
    ],
)  # fmt: skip
def test_repeated_deadlines_agree_in_all_that_makes_a_date(first, second, message, finds, no_finding):
    finds(f"TDKT110 {message}", tasks=repeated("»PL1.9#hop", second).replace("by: 2023-06-15", first, 1))
    no_finding(tasks=repeated("PL1.9#hop", first).replace("by: 2023-06-15", first, 1))


def test_what_waits_may_wait_in_other_words(no_finding):
    no_finding(
        tasks=repeated("PL1.9#hop", "waiting: lịch họp").replace("by: 2023-06-15", "waiting: theo lịch của Hội đồng")
    )


def test_repeated_deadlines_compare_as_issued(no_finding):
    moved = "by: 2023-06-15\n          moved: [{by: 2023-07-03}]"
    no_finding(tasks=repeated("PL1.9#hop").replace("by: 2023-06-15", moved, 1))


def test_a_title_of_120_characters_fits(finds, no_finding):
    fits = "Kế hoạch " * 13 + "Hội"
    no_finding(tasks=task("a").replace("Trao Cờ thi đua", fits))
    finds(
        "TDKT111 the title has 121 characters, but at most 120 are allowed; keep the whole text in content",
        tasks=task("a").replace("Trao Cờ thi đua", f"»{fits}!"),
    )


def test_characters_of_a_title_are_counted_as_seen(no_finding):
    fits = unicodedata.normalize("NFD", "Kế hoạch " * 13 + "Hội")
    assert len(fits) > 120
    no_finding(tasks=task("a").replace("Trao Cờ thi đua", fits))
