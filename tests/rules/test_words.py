"""TDKT112 and TDKT601 to TDKT606: the date of a deadline against its words."""

import unicodedata

import pytest

from tdkt_cli.render.language import language

VIETNAMESE = language("vi")
TWO = "- {id: hop, before: 2023-02-21}\n- {id: gui, by: 2023-03-15}"
TWO_PARTIES = "Sở Y tế trình trước ngày 21/02/2023; Sở Nội vụ trình trước ngày 21/02/2023"


@pytest.fixture
def finds_one(finds, everything_found):
    """Assert that a text gives exactly this finding at its mark, in English and in Vietnamese."""

    def assert_finds_one(rule, english, vietnamese, **text):
        finds(f"{rule} {english}", **text)
        (found,) = everything_found()
        assert VIETNAMESE.say(found.message) == vietnamese

    return assert_finds_one


@pytest.fixture
def fixes(write, everything_found):
    """What would mend the deadlines without a date."""

    def run(timing, deadlines):
        write(timing=timing, deadlines=deadlines)
        return [found.fix for found in everything_found() if found.rule == "TDKT112"]

    return run


def cell(timing, *deadlines):
    """A task with a time cell and deadlines, each {...}."""
    listed = "\n".join(f"    - {deadline}" for deadline in deadlines)
    return f"- id: a\n  title: Họp\n  timing: {timing}\n  deadlines:\n{listed}"


# TDKT601


@pytest.mark.parametrize(
    ("date", "words", "english", "vietnamese"),
    [
        (
            "before: »2023-02-24", "trước ngày 21/02/2023",
            "the file says before 2023-02-24, but the words say: before 2023-02-21",
            "ở đây ghi trước 24/02/2023, nhưng lời văn nói: trước 21/02/2023",
        ),
        (
            "by: »2023-04-14", "chậm nhất ngày 15/3",
            "the file says by 2023-04-14, but the words say: by 2023-03-15",
            "ở đây ghi chậm nhất 14/04/2023, nhưng lời văn nói: chậm nhất 15/03/2023",
        ),
        (
            "within: »2023-Q1", "trong tháng 6/2023",
            "the file says in quarter I/2023, but the words say: in month 06/2023",
            "ở đây ghi trong quý I/2023, nhưng lời văn nói: trong tháng 06/2023",
        ),
        (
            "by: »2023-06-15", "trước ngày 21/02/2023, đến ngày 15/3/2023",
            "the file says by 2023-06-15, but the words say: before 2023-02-21; by 2023-03-15",
            "ở đây ghi chậm nhất 15/06/2023, nhưng lời văn nói: trước 21/02/2023; chậm nhất 15/03/2023",
        ),
        (
            "every: »FREQ=MONTHLY;BYMONTHDAY=25", "đến ngày 20 hằng tháng",
            "the file says by day 25 of each month, but the words say: by day 20 of each month",
            "ở đây ghi chậm nhất ngày 25 hằng tháng, nhưng lời văn nói: chậm nhất ngày 20 hằng tháng",
        ),
        (
            "every: »FREQ=MONTHLY;BYMONTHDAY=25", "trước ngày 25 hằng tháng",
            "the file says by day 25 of each month, but the words say: before day 25 of each month",
            "ở đây ghi chậm nhất ngày 25 hằng tháng, nhưng lời văn nói: trước ngày 25 hằng tháng",
        ),
        (
            "every: »FREQ=MONTHLY;BYMONTHDAY=25", "trước ngày 25/6/2023",
            "the file says by day 25 of each month, but the words say: before 2023-06-25",
            "ở đây ghi chậm nhất ngày 25 hằng tháng, nhưng lời văn nói: trước 25/06/2023",
        ),
        (
            "after: »{event: nhận hồ sơ, days: 10}", "trong 10 ngày làm việc kể từ ngày nhận đủ hồ sơ",
            "the file says 10 days after: nhận hồ sơ, but the words say: 10 working days after: nhận đủ hồ sơ",
            "ở đây ghi sau 10 ngày kể từ: nhận hồ sơ, nhưng lời văn nói: sau 10 ngày làm việc kể từ: nhận đủ hồ sơ",
        ),
        (
            "after: »{event: họp, days: 10}", "trước kỳ họp 10 ngày",
            "the file says 10 days after: họp, but the words say: 10 days before: kỳ họp",
            "ở đây ghi sau 10 ngày kể từ: họp, nhưng lời văn nói: 10 ngày trước: kỳ họp",
        ),
        (
            "ongoing: »2023-03/..", "từ tháng 02/2023",
            "the file says ongoing, from 2023-03-01, but the words say: ongoing, from 2023-02-01",
            "ở đây ghi thường xuyên, từ 01/03/2023, nhưng lời văn nói: thường xuyên, từ 01/02/2023",
        ),
        (
            "waiting: »lịch họp", "trước ngày 21/02/2023",
            "the file says waiting for: lịch họp, but the words say: before 2023-02-21",
            "ở đây ghi chờ: lịch họp, nhưng lời văn nói: trước 21/02/2023",
        ),
        (
            "by: »2023-02-21", "theo Kế hoạch của Thành phố",
            "the file says by 2023-02-21, but the words say: waiting for: Kế hoạch của Thành phố; write waiting, and the date under moved with its document",
            "ở đây ghi chậm nhất 21/02/2023, nhưng lời văn nói: chờ: Kế hoạch của Thành phố; hãy ghi waiting, còn ngày thì ghi ở moved kèm văn bản",
        ),
    ],
)  # fmt: skip
def test_a_date_that_differs(date, words, english, vietnamese, finds_one):
    finds_one("TDKT601", english, vietnamese, deadlines=f"- {date}", timing=words)


OUTSIDE = "the file says before 2023-02-21, but the words say: before 2022-02-21; that is outside the plan, so if the document is wrong, write a correction"  # fmt: skip
NGOAI = "ở đây ghi trước 21/02/2023, nhưng lời văn nói: trước 21/02/2022; ngày đó ở ngoài kế hoạch, nếu văn bản sai thì ghi correction"  # fmt: skip


def test_a_year_outside_the_plan_may_be_a_slip_of_the_document(finds_one, finds):
    finds_one("TDKT601", OUTSIDE, NGOAI, deadlines="- before: »2023-02-21", timing="trước ngày 21/02/2022")
    finds(
        "TDKT601 the file says before 2023-02-21, but the words say: before 2022-02-21",
        deadlines="- before: »2023-02-21",
        timing="trước ngày 21/02/2022",
        period="2022/2023",
        issued="2022-01-10",
    )


def test_where_both_are_outside_the_plan_nothing_is_proposed(finds):
    finds(
        "TDKT202 2024-02-21 is outside the period of the plan, 2023-01-01 to 2023-12-31",
        "TDKT601 the file says by 2024-02-21, but the words say: by 2024-02-22",
        deadlines="- by: »»2024-02-21",
        timing="đến ngày 22/02/2024",
    )


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("before: 2023-02-21", "trước ngày 21/02/2023"),
        ("before: 2023-02-21", "chậm nhất trước ngày 21/02"),
        ("before: 2023-02-21", "trước ngày 21/02//2023"),
        ("before: 2023-02-21", unicodedata.normalize("NFD", "trước ngày 21/02/2023")),
        ("before: 2023-11", "trước tháng 11/2023"),
        ("by: 2023-02-21", "đến hết ngày 21/02/2023"),
        ("by: 2023-02-21T17:00", "17 giờ ngày 21/02/2023"),
        ("by: 2023-02-21", "đến khoảng ngày 21/02/2023"),
        ("{by: 2023-02-21, approximate: true}", "đến khoảng ngày 21/02/2023"),
        ("day: 2023-06-12", "ngày 12/6/2023"),
        ("day: 2023-06-12", "vào dịp 12/6/2023"),
        ("{day: 2023-06-12, approximate: true}", "vào dịp 12/6/2023"),
        ("within: 2023-Q1", "quý I/2023"),
        ("within: 2023-02-01/2023-02-10", "đầu tháng 02/2023"),
        ("{within: 2023-02-01/2023-02-10, approximate: true}", "đầu tháng 02/2023"),
        ("every: FREQ=MONTHLY;BYMONTHDAY=25", "đến ngày 25 hằng tháng"),
        ("{every: FREQ=MONTHLY;BYMONTHDAY=25, bound: before}", "trước ngày 25 hằng tháng"),
        ("{every: FREQ=MONTHLY;BYMONTHDAY=25, bound: day}", "ngày 25 hằng tháng"),
        ("every: FREQ=MONTHLY;BYMONTHDAY=25", "ngày 25 hằng tháng"),
        ("{every: FREQ=MONTHLY;BYMONTHDAY=25, bound: day}", "đến ngày 25 hằng tháng"),
        ("every: FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1", "hằng quý"),
        ("every: FREQ=MONTHLY;BYMONTH=12;BYMONTHDAY=31", "hằng năm"),
        ("after: {event: có hồ sơ, days: 10, unit: working}", "trong 10 ngày làm việc kể từ ngày nhận đủ hồ sơ"),
        ("after: {event: kỳ họp thứ 10, days: -15}", "trước kỳ họp 15 ngày"),
        ("ongoing: true", "thường xuyên"),
        ("ongoing: true", "thường xuyên trong năm 2023"),
        ("ongoing: 2023", "thường xuyên"),
        ("ongoing: 2023-02/..", "từ tháng 02/2023"),
        ("ongoing: ../2023", "thường xuyên đến hết năm 2023"),
        ("waiting: lịch họp", "theo Kế hoạch của Thành phố"),
        ("{waiting: nội dung phát sinh, occurrences: {2023-03-08: {}}}", "khi có nội dung phát sinh"),
        ("{before: 2023-02-21, moved: [{by: 2023-06-15}]}", "trước ngày 21/02/2023"),
    ],
)  # fmt: skip
def test_a_date_that_is_what_the_words_say(date, words, no_finding):
    no_finding(deadlines=f"- {date}", timing=words)


def test_each_of_several_deadlines_of_a_cell_is_one_that_it_names(no_finding, finds):
    timing = "Họp trước ngày 21/02/2023, gửi hồ sơ đến ngày 15/3/2023"
    no_finding(deadlines=TWO, timing=timing)
    finds(
        "TDKT601 the file says before 2023-02-24, but the words say: before 2023-02-21; by 2023-03-15",
        deadlines=TWO.replace("2023-02-21", "»2023-02-24"),
        timing=timing,
    )


def test_the_words_of_a_deadline_come_before_those_of_the_row(no_finding, finds):
    timing = "Họp trước 21/02, nộp đến 15/3"
    own = "{{id: hop, before: {}, text: Họp trước 21/02}}", "{{id: gui, by: {}, text: nộp đến 15/3}}"
    no_finding(tasks=cell(timing, own[0].format("2023-02-21"), own[1].format("2023-03-15")))
    finds(
        "TDKT601 the file says before 2023-03-15, but the words say: before 2023-02-21",
        "TDKT601 the file says by 2023-02-21, but the words say: by 2023-03-15",
        tasks=cell(timing, own[0].format("»2023-03-15"), own[1].format("»2023-02-21")),
    )


def test_a_period_that_ends_before_it_starts_is_not_compared(finds):
    finds(
        "TDKT201 the start, 2023-10-01, is after the end, 2023-02-28",
        deadlines="- within: »2023-10/2023-02",
        timing="Từ tháng 02/2023 đến tháng 10/2023",
    )


def test_a_corrected_date_is_not_compared(no_finding):
    no_finding(deadlines="- {before: 2023-02-21, correction: ghi nhầm năm 2022}", timing="trước ngày 21/02/2022")
    no_finding(deadlines="- {by: 2023-02-21, correction: nghĩa là đến hết ngày}", timing="trước ngày 21/02/2023")
    no_finding(deadlines="- {by: 2023-02-21, correction: theo Công văn số 311/UBND}", timing="lịch riêng")


def test_a_date_without_a_year_in_a_plan_of_several_years(finds, no_finding):
    finds(
        "TDKT605 not understood: “trước ngày 21/02”",
        deadlines="- before: 2023-02-21",
        timing="»trước ngày 21/02",
        period="2022-10/2023-06",
    )
    no_finding(deadlines="- before: 2023-02-21", timing="trước ngày 21/02/2023", period="2022-10/2023-06")


def test_the_days_of_a_recurrence_are_compared_within_the_plan(finds, no_finding):
    half = "- every: »FREQ=MONTHLY;BYMONTH=6;BYMONTHDAY=-1"
    no_finding(deadlines=half.replace("»", ""), timing="hằng quý", period="2023-05/2023-08")
    finds(
        "TDKT601 the file says recurring (FREQ=MONTHLY;BYMONTH=6;BYMONTHDAY=-1), but the words say: each quarter",
        deadlines=half,
        timing="hằng quý",
        period="2023",
    )


# TDKT602


def test_a_date_that_no_deadline_holds(finds_one):
    finds_one(
        "TDKT602",
        "no deadline matches “by 2023-03-15”: “gửi hồ sơ đến ngày 15/3/2023”",
        "không thời hạn nào ghi “chậm nhất 15/03/2023”: “gửi hồ sơ đến ngày 15/3/2023”",
        deadlines="- before: 2023-02-21",
        timing="»Họp trước ngày 21/02/2023; gửi hồ sơ đến ngày 15/3/2023",
    )


def test_each_lost_date_is_told_once(finds):
    finds(
        "TDKT602 no deadline matches “by 2023-03-15”: “nộp đến 15/3”",
        "TDKT602 no deadline matches “by day 25 of each month”: “báo cáo đến ngày 25 hằng tháng”",
        tasks=cell(
            "»»Họp trước 21/02; nộp đến 15/3; báo cáo đến ngày 25 hằng tháng",
            "{before: 2023-02-21, text: Họp trước 21/02; nộp đến 15/3}",
        ),
    )


def test_a_date_in_the_words_of_a_deadline_is_held_by_any(finds, no_finding):
    words = "{id: hop, before: 2023-02-21, text: »Họp trước 21/02; nộp đến 15/3}"
    title = "- {id: a, title: Họp trước 21/02; nộp đến 15/3, deadlines: [%s]}"
    no_finding(tasks=title % f"{words}, {{id: gui, by: 2023-03-15, text: nộp đến 15/3}}".replace("»", ""))
    finds("TDKT602 no deadline matches “by 2023-03-15”: “nộp đến 15/3”", tasks=title % words)


@pytest.mark.parametrize(
    "words", ["theo Kế hoạch của Thành phố", "thường xuyên", "trong 10 ngày kể từ ngày nhận đủ hồ sơ"]
)
def test_words_without_a_date_need_no_deadline(words, no_finding):
    no_finding(deadlines="- before: 2023-02-21", timing=f"Họp trước ngày 21/02/2023; {words}")


def test_the_same_day_in_another_way_is_held(finds):
    finds(
        "TDKT604 the file says by 2023-03-15, but the words say: before 2023-03-15",
        tasks=cell(
            "Họp trước 21/02; gửi trước 15/3",
            "{id: hop, before: 2023-02-21, text: Họp trước 21/02}",
            "{id: gui, »by: 2023-03-15, text: gửi trước 15/3}",
        ),
    )


def test_a_corrected_or_unread_deadline_holds_what_its_words_say(finds, no_finding):
    timing = "Họp trước 21/02; nộp đến 15/3"
    hop = "{id: hop, before: 2023-02-21, text: Họp trước 21/02}"
    no_finding(tasks=cell(timing, hop, "{id: gui, by: 2023-04-14, correction: in nhầm tháng, text: nộp đến 15/3}"))
    finds(
        "TDKT112 no date yet; the words say: by 2023-03-15",
        tasks=cell(timing, hop, "»{id: gui, text: nộp đến 15/3}"),
    )


# TDKT603


def test_two_parties_and_one_deadline(finds_one):
    finds_one(
        "TDKT603",
        "before 2023-02-21: the words bind 2 parties (Sở Y tế; Sở Nội vụ), but the task has only this many deadlines: 1",
        "trước 21/02/2023: lời văn giao cho 2 đơn vị (Sở Y tế; Sở Nội vụ), nhiệm vụ chỉ có từng này thời hạn: 1",
        deadlines="- before: 2023-02-21",
        timing=f"»{TWO_PARTIES}",
    )


def test_three_parties_and_two_deadlines(finds):
    two = "- {id: a, before: 2023-02-21, who: Sở Y tế}\n- {id: b, before: 2023-02-21, who: Sở Nội vụ}"
    finds(
        "TDKT603 before 2023-02-21: the words bind 3 parties (Sở Y tế; Sở Nội vụ; Quận Ba Đình), but the task has only this many deadlines: 2",
        deadlines=two,
        timing=f"»{TWO_PARTIES}; Quận Ba Đình trình trước ngày 21/02/2023",
    )


@pytest.mark.parametrize(
    ("words", "deadlines"),
    [
        (
            TWO_PARTIES,
            "- {id: y-te, before: 2023-02-21, who: Sở Y tế}\n- {id: noi-vu, before: 2023-02-21, who: Sở Nội vụ}",
        ),
        (
            "Sở Y tế trình trước ngày 21/02/2023; Sở Y tế trình lại trước ngày 21/02/2023",
            "- before: 2023-02-21",
        ),
        (
            "Sở Y tế trình trước ngày 21/02/2023; Sở Nội vụ trình đến ngày 15/3/2023",
            "- {id: y-te, before: 2023-02-21, who: Sở Y tế}\n- {id: noi-vu, by: 2023-03-15, who: Sở Nội vụ}",
        ),
    ],
)  # fmt: skip
def test_as_many_deadlines_as_parties(words, deadlines, no_finding):
    no_finding(deadlines=deadlines, timing=words)


def test_where_no_deadline_holds_the_date_the_parties_are_not_counted(finds):
    finds(
        "TDKT601 the file says before 2023-02-24, but the words say: before 2023-02-21; before 2023-02-21",
        deadlines="- before: »2023-02-24",
        timing=TWO_PARTIES,
    )


# TDKT604


@pytest.mark.parametrize(
    ("date", "words", "english", "vietnamese"),
    [
        (
            "»by: 2023-02-21", "trước ngày 21/02/2023",
            "the file says by 2023-02-21, but the words say: before 2023-02-21",
            "ở đây ghi chậm nhất 21/02/2023, nhưng lời văn nói: trước 21/02/2023",
        ),
        (
            "»before: 2023-02-21", "đến ngày 21/02/2023",
            "the file says before 2023-02-21, but the words say: by 2023-02-21",
            "ở đây ghi trước 21/02/2023, nhưng lời văn nói: chậm nhất 21/02/2023",
        ),
        (
            "»before: 2023-06-30", "trong quý II/2023",
            "the file says before 2023-06-30, but the words say: in quarter II/2023",
            "ở đây ghi trước 30/06/2023, nhưng lời văn nói: trong quý II/2023",
        ),
        (
            "»ongoing: 2023-03/2023-06", "từ tháng 3 đến tháng 6/2023",
            "the file says ongoing, 2023-03-01 to 2023-06-30, but the words say: 2023-03-01 to 2023-06-30",
            "ở đây ghi thường xuyên, từ 01/03/2023 đến 30/06/2023, nhưng lời văn nói: từ 01/03/2023 đến 30/06/2023",
        ),
    ],
)  # fmt: skip
def test_the_right_date_under_the_wrong_key(date, words, english, vietnamese, finds_one):
    finds_one("TDKT604", english, vietnamese, deadlines=f"- {date}", timing=words)


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("by: 2023-06-30", "trong quý II/2023"),
        ("within: 2023-Q2", "đến ngày 30/6/2023"),
        ("by: 2023-03-15", "ngày 15/3/2023"),
        ("by: 2023-03-15", "trước 17h00 ngày 15/3/2023"),
        ("within: 2023-06", "giữa năm 2023"),
        ("within: 2023-03", "đầu tháng 3/2023"),
        ("by: 2023-06-23", "Trong tháng 6/2023, chậm nhất ngày 23/6/2023"),
        ("within: 2023-06", "thường xuyên"),
        ("before: 2023-06-15", "trước ngày 15/6 hằng năm"),
    ],
)
def test_what_is_due_on_the_same_day_agrees(date, words, finds):
    finds(deadlines=f"- {date}", timing=words)


def test_a_date_for_each_quarter_is_what_each_quarter_says(finds):
    days = "".join(
        f"- {{id: q{at}, by: 2023-{day}}}\n" for at, day in enumerate(("03-15", "06-15", "09-15", "12-15"), 1)
    )
    finds(deadlines=days, timing="chậm nhất ngày 15 tháng cuối quý")


def test_of_several_words_the_one_of_that_day_is_named(finds):
    finds(
        "TDKT604 the file says by 2023-02-21, but the words say: before 2023-02-21",
        deadlines="- {id: hop, »by: 2023-02-21}\n- {id: gui, by: 2023-03-15}",
        timing="Họp trước ngày 21/02/2023, nộp đến ngày 15/3/2023",
    )


# TDKT605


def test_words_that_are_not_understood(finds_one):
    finds_one(
        "TDKT605",
        "not understood: “lịch riêng”",
        "chưa hiểu: “lịch riêng”",
        deadlines="- before: 2023-02-21",
        timing="»lịch riêng",
    )
    finds_one(
        "TDKT605",
        "not understood: “lịch riêng”",
        "chưa hiểu: “lịch riêng”",
        deadlines="- {before: 2023-02-21, text: »lịch riêng}",
        timing="Họp trước ngày 21/02/2023 (lịch riêng)",
    )


IMPOSSIBLE = ["trước ngày 31/4", "ngày 30/2 hằng năm", "Sở Y tế gửi báo cáo trước ngày 31/4/2023"]


@pytest.mark.parametrize("words", IMPOSSIBLE)
def test_a_date_of_no_calendar_is_told_once(words, write, everything_found):
    write(deadlines="- before: 2023-04-28", timing=words)
    assert [found.rule for found in everything_found()] == ["TDKT607"]


def test_what_else_was_not_understood_beside_it_is_told(finds):
    finds(
        "TDKT605 not understood: “lịch riêng”",
        "TDKT607 no calendar has this date: “31/4”",
        deadlines="- before: 2023-04-28",
        timing="»»trước ngày 31/4; lịch riêng",
    )


def test_words_that_allow_another_reading(finds_one, no_finding):
    finds_one(
        "TDKT605",
        "the file says by Friday of each week, but the words say: each week",
        "ở đây ghi chậm nhất thứ Sáu hằng tuần, nhưng lời văn nói: hằng tuần",
        deadlines="- every: FREQ=WEEKLY;BYDAY=FR",
        timing="»hằng tuần",
    )
    no_finding(deadlines="- every: FREQ=WEEKLY;BYDAY=SU", timing="hằng tuần")


def test_a_correction_says_that_the_date_is_meant(no_finding):
    no_finding(deadlines="- {every: FREQ=WEEKLY;BYDAY=FR, correction: họp giao ban thứ Sáu}", timing="hằng tuần")


# TDKT606


@pytest.mark.parametrize(
    ("date", "words", "english", "vietnamese"),
    [
        ("before: 2023-02-21", "trước ngày 21/02/2023", "before 2023-02-21", "trước 21/02/2023"),
        ("every: FREQ=MONTHLY;BYMONTHDAY=-1", "hằng tháng", "each month", "hằng tháng"),
        ("waiting: lịch họp", "theo Kế hoạch của Thành phố", "waiting for: lịch họp", "chờ: lịch họp"),
    ],
)
def test_a_correction_that_is_not_needed(date, words, english, vietnamese, finds_one):
    finds_one(
        "TDKT606",
        f"the words say the same: {english}",
        f"lời văn cũng nói như vậy: {vietnamese}",
        deadlines=f"- {{{date}, »correction: ghi nhầm}}",
        timing=words,
    )


@pytest.mark.parametrize(
    "words", ["trước ngày 21/02/2022", "đến ngày 21/02/2023", "lịch riêng", "trước ngày 21/02/2023; đến ngày 15/3/2023"]
)
def test_a_correction_that_is_needed(words, no_finding):
    no_finding(deadlines="- {before: 2023-02-21, correction: ghi nhầm}", timing=words)


# TDKT112


@pytest.mark.parametrize(
    ("words", "english", "vietnamese"),
    [
        (
            "lịch riêng",
            "no date yet: add before, by, day, within, every, after, ongoing or waiting",
            "chưa có ngày: thêm before, by, day, within, every, after, ongoing hoặc waiting",
        ),
        (
            "trước ngày 21/02/2023",
            "no date yet; the words say: before 2023-02-21",
            "chưa có ngày; lời văn nói: trước 21/02/2023",
        ),
        (
            "trước ngày 21/02/2023; đến 15/3/2023",
            "no date yet; the words name 2 milestones: before 2023-02-21 ...; make each a deadline (tdkt read shows how)",
            "chưa có ngày; lời văn nêu 2 mốc: trước 21/02/2023 ...; ghi mỗi mốc thành một thời hạn (tdkt read cho biết cách ghi)",
        ),
    ],
)  # fmt: skip
def test_words_without_a_date(words, english, vietnamese, finds_one):
    finds_one("TDKT112", english, vietnamese, deadlines="- »who: Sở Y tế", timing=words)
    finds_one("TDKT112", english, vietnamese, tasks=cell(words, f"»text: {words}"))


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("trước ngày 21/02/2023", ["before: 2023-02-21"]),
        ("trước ngày 21/02", ["before: 2023-02-21"]),
        ("17 giờ ngày 21/02/2023", ["by: 2023-02-21T17:00"]),
        ("đầu tháng 02/2023", ["within: 2023-02-01/2023-02-10", "approximate: true"]),
        ("trước ngày 25 hằng tháng", ["every: FREQ=MONTHLY;BYMONTHDAY=25", "bound: before"]),
        (
            "trong 10 ngày làm việc kể từ ngày nhận đủ hồ sơ",
            ["after:", "  event: nhận đủ hồ sơ", "  days: 10", "  unit: working"],
        ),
        ("từ tháng 02/2023", ["ongoing: 2023-02-01/.."]),
        ("thường xuyên", ["ongoing: true"]),
        ("theo Kế hoạch của Thành phố", ["waiting: Kế hoạch của Thành phố"]),
        ("Sở Y tế trình hồ sơ trước ngày 21/02/2023", ["before: 2023-02-21", "who: Sở Y tế", "what: Trình hồ sơ"]),
    ],
)  # fmt: skip
def test_one_milestone_can_be_written(words, lines, fixes):
    (fix,) = fixes(words, f"- text: {words}")
    assert (fix.remedy.path, list(fix.remedy.lines), fix.sure) == (("tasks", 0, "deadlines", 0), lines, True)


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("đã hoàn thành ngày 15/3", ["by: 2023-03-15"]),
        ("theo quy định trước ngày 15/3", ["before: 2023-03-15"]),
        ("Trước 17h hằng ngày", ["every: FREQ=DAILY"]),
    ],
)
def test_what_is_not_sure_is_written_without_an_act_that_is_none(words, lines, fixes):
    (fix,) = fixes(words, f"- text: {words}")
    assert (list(fix.remedy.lines), fix.sure) == (lines, False)


@pytest.mark.parametrize("words", ["ngày 30/2 hằng năm", "khi có yêu cầu hoặc trước ngày 15/3"])
def test_no_date_and_a_choice_cannot_be_written(words, fixes):
    assert fixes(words, f"- text: {words}") == [None]


def test_what_the_deadline_has_stays(fixes):
    words = "Sở Y tế trình hồ sơ trước ngày 21/02/2023"
    (fix,) = fixes(words, f"- text: {words}\n  who: Sở Nội vụ\n  what: Gửi")
    assert fix.remedy.lines == ("before: 2023-02-21",)


def test_a_reading_that_is_not_sure_says_so(fixes):
    (fix,) = fixes("hằng tuần", "- text: hằng tuần")
    assert (fix.remedy.lines, fix.sure) == (("every: FREQ=WEEKLY;BYDAY=SU",), False)


@pytest.mark.parametrize("words", ["lịch riêng", "trước ngày 21/02/2023; đến ngày 15/3/2023"])
def test_nothing_or_several_milestones_cannot_be_written(words, fixes):
    assert fixes(words, f"- text: {words}") == [None]


@pytest.mark.parametrize("year", ["1458", "2946"])
def test_a_year_that_no_plan_has_is_not_written(year, write, everything_found):
    write(timing=f"suốt năm {year}", deadlines="- who: Sở Y tế")
    assert [(found.rule, found.fix) for found in everything_found()] == [("TDKT112", None)]


def test_a_date_that_stands_is_not_overwritten(write, everything_found):
    write(deadlines="- before: 2023-02-24", timing="trước ngày 21/02/2023")
    assert [(found.rule, found.fix) for found in everything_found()] == [("TDKT601", None)]
