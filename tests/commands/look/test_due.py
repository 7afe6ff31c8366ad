import shlex

import pytest

BUNDLED = ("due", "--today", "2023-02-01", "--days")
SESSION = "hanoi-2023/PL1.3#hop"


def row(ended, ref):
    """The day and the distance in the one plain line of a reference."""
    (line,) = (line for line in ended.lines if f" {ref} " in line)
    day, distance = line.partition(ref)[0].strip().split("  ", 1)
    return day, distance.strip()


@pytest.mark.parametrize(
    ("days", "ref", "expected"),
    [
        ("14", "hanoi-2023/PL1.3#cum", ("T3 07/02/2023", "còn 6 ngày")),
        ("14", "hanoi-2023/PL1.3#so-gddt", ("T7 04/02/2023", "còn 3 ngày")),
        ("14", "hanoi-2023/PL1.2", ("T3 14/02/2023", "còn 13 ngày")),
        ("21", SESSION, ("CN 19/02/2023", "còn 18 ngày")),
    ],
)
def test_the_bundled_plans(tdkt, days, ref, expected):
    ended = tdkt(*BUNDLED, days)
    assert (ended.code, ended.err) == (0, "")
    assert row(ended, ref) == expected


def test_the_window_ends_with_its_last_day(tdkt):
    assert SESSION not in tdkt(*BUNDLED, "17").refs
    assert SESSION in tdkt(*BUNDLED, "18").refs  # the last day, the day before the 20th


@pytest.mark.parametrize(
    ("ref", "words"),
    [("hanoi-2023/PL1.3#cum", "trước 08/02/2023"), ("hanoi-2023/PL1.3#so-gddt", "trước 05/02/2023")],
)
def test_a_terminal_shows_the_words_of_the_document_too(tdkt, ref, words):
    assert f"{words} · {ref}" in tdkt(*BUNDLED, "14", "--format", "table").out


def test_the_whole_answer(office):
    ended = office("due", "--days", "14")
    assert ended.lines == [
        "Việc đến hạn trong 14 ngày: từ thứ Tư 22/02/2023 đến thứ Tư 08/03/2023",
        "",
        "Còn 1 đến 7 ngày",
        "T3 28/02/2023  còn 6 ngày   b/1@2023-02-28  Ban Thi đua: Phát thanh",
        "",
        "Còn 8 đến 30 ngày",
        "CN 05/03/2023  còn 11 ngày  a/2             Các sở: Ăn mừng · ngày làm việc cuối: T6 03/03/2023",
        "",
        "Tổng cộng 2 việc",
        "Quá hạn: 2 việc; xem tdkt overdue --today 2023-02-22",  # three rows: one repeats another
    ]
    assert (ended.code, ended.err) == (0, "")


def test_the_whole_answer_in_english(office):
    assert office("due", "--days", "6", "--lang", "en").lines == [
        "Due in 6 days: Wednesday 2023-02-22 to Tuesday 2023-02-28",
        "",
        "In 1 to 7 days",
        "Tue 2023-02-28  6 days left  b/1@2023-02-28  Ban Thi đua: Phát thanh",
        "",
        "1 deadline",
        "2 overdue; tdkt overdue --today 2023-02-22",
    ]


def test_nothing_is_due(office):
    assert office("due", "--days", "1", "--unit", "Sở Y tế").lines[-2:] == ["", "Không có việc nào đến hạn"]


@pytest.mark.parametrize(
    ("today", "distance"),
    [("2023-02-18", "còn 1 ngày"), ("2023-02-19", "hôm nay"), ("2023-02-20", "còn trong hôm nay")],
)
def test_the_session_is_due_until_its_grace_day_is_over(tdkt, today, distance):
    assert row(tdkt("due", "--today", today), SESSION) == ("CN 19/02/2023", distance)
    assert SESSION not in tdkt("overdue", "--today", today).refs


def test_the_grace_day_has_a_heading_of_its_own(tdkt):
    lines = tdkt("due", "--today", "2023-02-20").lines
    assert lines[2] == "Đã qua ngày cuối, hôm nay chưa tính quá hạn"
    assert SESSION in lines[3]


@pytest.mark.parametrize("today", ["2023-02-21", "2023-02-22", "2023-12-31"])
def test_from_the_21st_the_session_is_overdue(tdkt, today):
    assert SESSION not in tdkt("due", "--days", "3660", "--today", today).refs
    assert row(tdkt("overdue", "--today", today), SESSION)[1].startswith("quá hạn ")


def test_a_strict_office_has_no_grace_day(tdkt, project):
    folder = project(**{"tdkt.toml": 'before = "strict"\n'})
    assert "a/1#hop" in tdkt("due", "--today", "2023-02-19", folder=folder).refs
    assert "a/1#hop" not in tdkt("due", "--today", "2023-02-20", folder=folder).refs
    assert "a/1#hop" in tdkt("overdue", "--today", "2023-02-20", folder=folder).refs


@pytest.mark.parametrize("unit", ["so y te", "Sở Y tế", "SỞ Y TẾ", "so-y-te"])
def test_a_unit_is_bound_by_name_and_in_a_class(tdkt, unit):
    assert tdkt("due", "--unit", unit, "--today", "2023-01-10").refs == [
        "hanoi-2023/PL1.3#so-y-te",
        "hanoi-2023/PL1.3#don-vi",
    ]


def test_another_member_is_bound_in_the_class_only(tdkt):
    found = tdkt("due", "--unit", "so xay dung", "--today", "2023-01-10").refs
    assert "hanoi-2023/PL1.3#don-vi" in found
    assert "hanoi-2023/PL1.3#so-y-te" not in found


@pytest.mark.parametrize(
    ("settings", "typed", "words"),
    [
        ("", (), "trong 14 ngày: từ thứ Tư 22/02/2023 đến thứ Tư 08/03/2023"),
        ("days = 3\n", (), "trong 3 ngày: từ thứ Tư 22/02/2023 đến thứ Bảy 25/02/2023"),
        ("days = 3\n", ("--days", "0"), "thứ Tư 22/02/2023"),
    ],
)
def test_how_far_it_looks(tdkt, project, settings, typed, words):
    folder = project(**{"tdkt.toml": settings})
    assert tdkt("due", *typed, "--today", "2023-02-22", folder=folder).lines[0] == f"Việc đến hạn {words}"


def test_a_single_day_in_english(office):
    assert office("due", "--days", "0", "--lang", "en").lines[0] == "Due on Wednesday 2023-02-22"


def test_a_filter_that_is_about_days_does_not_hide_what_is_overdue(office):
    late = "Quá hạn: 2 việc; xem tdkt overdue --today 2023-02-22"
    assert office("due", "--month", "3").lines[-1] == late
    assert office("due", "--state", "due").lines[-1] == late
    assert office("due", "--plan", "a").lines[-1] == "Quá hạn: 1 việc; xem tdkt overdue --plan a --today 2023-02-22"
    assert "Quá hạn" not in office("due", "--unit", "Sở Y tế").out


def test_plans_that_have_ended_are_summed_up(office):
    assert office("due", today="2023-04-03").lines[-2:] == [
        "Quá hạn: 2 việc; xem tdkt overdue --today 2023-04-03",
        "Kế hoạch b đã kết thúc: 4 việc quá hạn; xem tdkt overdue --plan b --today 2023-04-03",
    ]


def test_the_command_to_copy_names_the_same_filters(tdkt):
    ended = tdkt("due", "--unit", "so y te", "--today", "2023-02-01")
    assert ended.lines[-1] == "Quá hạn: 3 việc; xem tdkt overdue --unit 'so y te' --today 2023-02-01"


@pytest.mark.parametrize(
    "typed",
    [
        (),
        ("--unit", "ban thi dua"),
        ("--unit", "ubnd", "--role", "lead"),
        ("--unit", "y te", "--unit", "btđ"),
        ("--plan", "a,b"),
        ("--section", "I.1"),
        ("--kind", "before,every"),
        ("--text", "Hội đồng"),
        ("--state", "due"),
        ("plans/a.yaml",),
        ("plans/a.yaml", "plans/b.yaml", "--plan", "b"),
    ],
)
@pytest.mark.parametrize("today", ["2023-02-22", "22/2/2023"])
def test_the_command_to_copy_finds_what_was_counted(office, typed, today):
    note = office("due", *typed, today=today).lines[-1]
    counted, _, command = note.removeprefix("Quá hạn: ").partition(" việc; xem tdkt overdue ")
    *arguments, option, day = shlex.split(command)
    assert (option, day) == ("--today", "2023-02-22")
    assert office("overdue", *arguments, today=day).lines[-1].startswith(f"Tổng cộng {counted} việc")


def test_a_day_that_was_not_typed_is_not_in_the_command(tdkt, project):
    lines = tdkt("due", folder=project(), TDKT_TODAY="2023-02-22").lines
    assert lines[-1] == "Quá hạn: 2 việc; xem tdkt overdue"


CLASS = """\
    tdkt: plan/1
    id: b
    document: {title: Kế hoạch B}
    period: 2023
    units: u
    tasks:
      - id: "1"
        title: Báo cáo
        executor: Các sở
        deadlines:
          - by: 2023-03-01
            received:
              Sở Y tế: 2023-02-20
"""


@pytest.mark.parametrize(
    ("unit", "open_"),
    [
        ("so y te", []),  # has delivered
        ("so-tai-chinh", ["b/1"]),  # has not
        ("cac so", ["b/1"]),
        ("ban thi dua", []),
    ],
)
@pytest.mark.parametrize(("command", "today"), [("due", "2023-02-22"), ("overdue", "2023-03-02")])
def test_who_has_delivered_what_a_class_owes_has_nothing_open(tdkt, project, unit, open_, command, today):
    folder = project(**{"plans/a.yaml": None, "plans/b.yaml": CLASS})
    assert tdkt(command, "--unit", unit, "--today", today, folder=folder).refs == open_
    records = tdkt(command, "--unit", unit, "--today", today, "--format", "json", folder=folder).records
    assert [record["ref"] for record in records] == open_


def test_what_is_delivered_later_is_still_open_before(tdkt, project):
    folder = project(**{"plans/a.yaml": None, "plans/b.yaml": CLASS})
    assert tdkt("due", "--unit", "so y te", "--today", "2023-02-19", folder=folder).refs == ["b/1"]


def test_a_unit_that_has_delivered_beside_one_that_is_not_bound(tdkt, project):
    folder = project(**{"plans/a.yaml": None, "plans/b.yaml": CLASS})
    typed = ("--unit", "so y te", "--unit", "ban thi dua", "--today", "2023-02-22")
    assert tdkt("due", *typed, folder=folder).refs == []


def test_one_of_two_units_has_not_delivered(tdkt, project):
    folder = project(**{"plans/a.yaml": None, "plans/b.yaml": CLASS})
    typed = ("--unit", "so y te", "--unit", "so-tai-chinh", "--today", "2023-02-22")
    assert tdkt("due", *typed, folder=folder).refs == ["b/1"]


def test_what_a_unit_has_delivered_is_still_listed(tdkt, project):
    folder = project(**{"plans/a.yaml": None, "plans/b.yaml": CLASS})
    for unit in "so y te", "so-tai-chinh":
        assert tdkt("list", "--unit", unit, "--today", "2023-02-22", folder=folder).refs == ["b/1"]
    for unit, count in ("so y te", 0), ("so-tai-chinh", 1):
        late = tdkt("due", "--unit", unit, "--today", "2023-03-02", folder=folder).out
        assert ("Quá hạn: 1 việc" in late) == bool(count)


def test_without_a_unit_what_a_class_owes_is_open_until_the_last_delivery(tdkt, project):
    folder = project(**{"plans/a.yaml": None, "plans/b.yaml": CLASS})
    assert tdkt("due", "--today", "2023-02-22", folder=folder).lines[3] == (
        "T4 01/03/2023  còn 7 ngày  b/1  Các sở: Báo cáo · đã nhận 1/2"
    )


def test_a_recurring_before_whose_occurrence_is_the_day_after_the_window(tdkt, project):
    plan = """\
        tdkt: plan/1
        id: b
        document: {title: Kế hoạch B}
        period: 2023
        tasks:
          - id: "1"
            title: Phát thanh
            deadlines:
              - every: FREQ=MONTHLY;BYMONTHDAY=1
                bound: before
    """
    folder = project(**{"plans/a.yaml": None, "plans/b.yaml": plan})
    assert tdkt("due", "--days", "6", "--today", "2023-02-22", folder=folder).refs == ["b/1@2023-03-01"]
    assert tdkt("due", "--days", "5", "--today", "2023-02-22", folder=folder).refs == []


@pytest.mark.parametrize("typed", ["x", "-1", "3661", "1.5"])
def test_days_that_do_not_fit(tdkt, typed):
    words = f"tdkt: --days nhận số nguyên từ 0 đến 3660, không phải “{typed}”\n"
    assert tdkt("due", "--days", typed) == (2, "", words)
