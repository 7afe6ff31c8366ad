import pytest

# In the order of what has been overdue longest: how many things there are to do, in how many rows.
ENDED = {
    "hanoi-2023": (67, 72),
    "mttq-hanoi-2023": (7, 7),
    "cantho-2023": (33, 33),
    "hanoi-2024": (53, 57),
    "hanoi-70nam-2024": (14, 14),
}


def test_the_whole_answer(office):
    ended = office("overdue")
    assert (ended.code, ended.err) == (0, "")
    assert ended.lines == [
        "Việc quá hạn tính đến thứ Tư 22/02/2023",
        "",
        "b: Kế hoạch B",
        "T3 31/01/2023  quá hạn 22 ngày  b/1@2023-01-31  Ban Thi đua: Phát thanh",
        "CN 19/02/2023  quá hạn 2 ngày   b/3             Ban Thi đua: Họp lại · trùng với a/1#hop, chỉ tính một lần",
        "",
        "a: Kế hoạch A",
        "CN 19/02/2023  quá hạn 2 ngày   a/1#hop         Ban Thi đua: Họp Hội đồng – Ước mơ",
        "",
        "Tổng cộng 2 việc trong 3 dòng: việc trùng chỉ tính một lần",
    ]


def test_the_whole_answer_in_english(office):
    assert office("overdue", "--plan", "a", "--lang", "en").lines == [
        "Overdue on Wednesday 2023-02-22",
        "",
        "a: Kế hoạch A",
        "Sun 2023-02-19  2 days overdue  a/1#hop  Ban Thi đua: Họp Hội đồng – Ước mơ",
        "",
        "1 deadline",
    ]


def test_what_repeats_another_deadline_is_shown_and_counted_once(office, tdkt):
    ended = office("overdue")
    assert {"a/1#hop", "b/3"} <= set(ended.refs)
    assert len(ended.refs) == 3
    assert ended.lines[-1] == "Tổng cộng 2 việc trong 3 dòng: việc trùng chỉ tính một lần"
    assert office("overdue", "--lang", "en").lines[-1] == (
        "2 deadlines in 3 rows: what repeats another is counted once"
    )
    assert office("overdue", "--plan", "b").lines[-1] == "Tổng cộng 2 việc"  # nothing there repeats what is there
    bundled = tdkt("overdue", "--today", "2023-02-21")
    assert {"hanoi-2023/PL1.3#hop", "hanoi-2023/PL2.I.1"} <= set(bundled.refs)
    assert (len(bundled.refs), bundled.lines[-1]) == (
        15,
        "Tổng cộng 14 việc trong 15 dòng: việc trùng chỉ tính một lần",
    )


def test_the_lines_below_a_repetition_say_so(office):
    assert "trùng với a/1#hop, chỉ tính một lần" in office("overdue", "--format", "table").out


def test_a_repetition_is_done_with_its_original(tdkt, project, office):
    folder = project()
    plan = folder / "plans" / "a.yaml"
    text = plan.read_text("utf-8").replace("text: trước ngày 20/02/2023", "done: 2023-02-15", 1)
    plan.write_text(text, encoding="utf-8")
    assert tdkt("overdue", "--today", "2023-02-22", folder=folder).refs == ["b/1@2023-01-31"]
    assert "b/3" in office("list", "--state", "done_in_time").refs


def test_nothing_is_overdue(office):
    assert office("overdue", today="2023-01-31").lines == [
        "Việc quá hạn tính đến thứ Ba 31/01/2023",
        "",
        "Không có việc nào quá hạn",
    ]
    assert "Nothing is overdue" in office("overdue", "--lang", "en", today="2023-01-31").lines


def test_ended_plans_are_summed_up(tdkt):
    ended = tdkt("overdue", "--today", "2026-01-01")
    assert ended.lines == [
        "Việc quá hạn tính đến thứ Năm 01/01/2026",
        "",
        "Không có việc nào quá hạn trong các kế hoạch đang thực hiện",
        *(
            f"Kế hoạch {plan} đã kết thúc: {n} việc quá hạn; xem tdkt overdue --plan {plan} --today 2026-01-01"
            for plan, (n, _) in ENDED.items()
        ),
    ]


def test_running_plans_are_listed_beside_ended_ones(office):
    ended = office("overdue", today="2023-04-03")
    assert ended.refs == ["a/1#hop", "a/2"]
    assert ended.lines[-2:] == [
        "Tổng cộng 2 việc",
        "Kế hoạch b đã kết thúc: 4 việc quá hạn; xem tdkt overdue --plan b --today 2023-04-03",
    ]


def test_the_sum_of_an_ended_plan_keeps_the_filters(tdkt, office):
    lines = tdkt("overdue", "plans", "--unit", "so y te", "--role", "executor", "--today", "2026-01-01").lines
    assert lines[-1].endswith(
        " việc quá hạn; xem tdkt overdue plans --unit 'so y te' --plan hanoi-70nam-2024 --role executor --today 2026-01-01"
    )
    assert office("overdue", "--to", "31/1", today="2023-04-03").lines[-1] == (
        "Kế hoạch b đã kết thúc: 1 việc quá hạn; xem tdkt overdue --plan b --to 31/1 --today 2023-04-03"
    )


@pytest.mark.parametrize(("plan", "counts"), ENDED.items())
def test_the_command_that_the_sum_names_lists_them(tdkt, plan, counts):
    count, rows = counts
    ended = tdkt("overdue", "--today", "2026-01-01", "--plan", plan)
    repeated = "" if rows == count else f" trong {rows} dòng: việc trùng chỉ tính một lần"
    assert ended.lines[-1] == f"Tổng cộng {count} việc{repeated}"
    assert len(ended.refs) == rows
    assert {ref.partition("/")[0] for ref in ended.refs} == {plan}


def test_a_plan_has_ended_on_the_day_after_its_period(office):
    assert "b/1@2023-02-28" in office("overdue", today="2023-03-31").refs
    assert "b/1@2023-02-28" not in office("overdue", today="2023-04-01").refs


def test_machines_get_every_plan(office):
    refs = [record["ref"] for record in office("overdue", "--format", "json", today="2023-04-03").records]
    assert refs == ["b/1@2023-01-31", "a/1#hop", "b/3", "b/1@2023-02-28", "a/2", "b/1@2023-03-31"]


def test_a_unit(office):
    assert office("overdue", "--unit", "ban thi dua").refs == ["b/1@2023-01-31", "b/3", "a/1#hop"]
    assert office("overdue", "--unit", "so y te").refs == []


@pytest.mark.parametrize("typed", [("--month", "12"), ("--quarter", "4"), ("--from", "1/12"), ("--to", "1/1")])
@pytest.mark.parametrize("today", ["2023-02-22", "2023-04-03"])
def test_what_is_summed_up_obeys_the_dates_too(office, typed, today):
    lines = office("overdue", *typed, today=today).lines
    assert lines[1:] == ["", "Không có việc nào quá hạn"]
