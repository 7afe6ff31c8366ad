"""A plan's data some years later: dates with their words, what is left out, what a person must decide."""

from datetime import date
from pathlib import Path
from textwrap import dedent, indent

import pytest

from tdkt_cli.core.agenda import Office
from tdkt_cli.core.resolve import Index
from tdkt_cli.core.roll.draft import Draft, next_id, shift_of
from tdkt_cli.core.roll.rollover import roll
from tdkt_cli.core.workdays import WorkCalendar
from tdkt_cli.files.loader import load_text
from tdkt_cli.files.parser import build

HEAD = """\
tdkt: plan/1
id: {id}
document:
  number: 322/KH-UBND
  title: {title}
  issuer: UBND Thành phố
  issued: 2022-12-09
  signer: Trần Sỹ Thanh
  note: bản chụp
period: {period}
{more}tasks:
{tasks}
"""


def loaded(tasks, id="vi-du-2023", title="Kế hoạch năm 2023", period="2023", more=""):
    """A plan, and the data of its file."""
    text = HEAD.format(id=id, title=title, period=period, more=more, tasks=indent(dedent(tasks).strip("\n"), "  "))
    file = load_text(text, Path(f"{id}.yaml"), f"{id}.yaml")
    assert file.findings == ()
    return file.model.build(file.source), build(text).data


def rolled(tasks, *others, year=None, working_days=False, off=(), **plan):
    """The draft of a plan, with its reviews in English and `off` more days off."""
    own, data = loaded(tasks, **plan)
    office = Office(calendar=WorkCalendar(dict.fromkeys(off, False)), index=Index((own, *others)))
    shift = shift_of(own, year)
    return roll(Draft(own, next_id(own, shift), shift, office, str), data, working_days=working_days)


def task(deadlines, more="", title="Họp Hội đồng"):
    return f'- id: "1"\n  title: {title}\n' + indent(f"{more}\ndeadlines:\n" + indent(dedent(deadlines), "  "), "  ")


def only(result):
    """The one deadline of a draft."""
    return result.data["tasks"][0]["deadlines"][0]


def reviews(result):
    return [(review.topic, review.words) for review in result.reviews]


@pytest.mark.parametrize(
    ("deadline", "later"),
    [
        ("before: 2023-03-15", {"before": "2024-03-15"}),
        ("before: 2023-10", {"before": "2024-10"}),
        ("by: 2023-03-15T17:00", {"by": "2024-03-15T17:00"}),
        ("{day: 2023-06-11, approximate: true}", {"day": "2024-06-11", "approximate": "true"}),
        ("within: 2023-Q2", {"within": "2024-Q2"}),
        ("within: 2023-02-01/2023-10-31", {"within": "2024-02-01/2024-10-31"}),
        ("ongoing: 2023-02/..", {"ongoing": "2024-02/.."}),
        ("ongoing: true", {"ongoing": "true"}),
        ("every: FREQ=MONTHLY;BYMONTHDAY=25", {"every": "FREQ=MONTHLY;BYMONTHDAY=25"}),
        ("every: FREQ=WEEKLY;BYDAY=FR;UNTIL=20231031", {"every": "FREQ=WEEKLY;BYDAY=FR;UNTIL=20241031"}),
        (
            "after: {event: Kế hoạch năm 2023, days: 10, unit: working, occurred: 2023-04-20}",
            {"after": {"event": "Kế hoạch năm 2024", "days": "10", "unit": "working"}},
        ),
        ("waiting: Kế hoạch năm 2023", {"waiting": "Kế hoạch năm 2024"}),
    ],
)
def test_dates(deadline, later):
    result = rolled(task(f"- {deadline}"))
    assert only(result) == later
    assert result.reviews == []


def test_words_go_on_with_their_dates():
    result = rolled(
        task(
            """
            - id: hop
              before: 2023-02-20
              what: Họp đợt 1/2023
              text: trước ngày 20/02//2023
              note: PL1.9 ghi năm 2022
              quota: [{who: Quận, what: tập thể năm 2023, max: 2023}]
              dossier: {to: Ban, copies: 1, items: [Báo cáo năm 2022]}
            """,
            "content: Xét đợt 1/2023\ntiming: Họp trước ngày 20/02//2023\nnote: xem năm 2022\nlabels: [dot-1]",
            "Khen thưởng năm 2022",
        ),
        more="sections:\n  PL1: Phụ lục năm 2023\n",
    )
    assert result.data["sections"] == {"PL1": "Phụ lục năm 2024"}
    assert result.data["document"] == {"title": "Kế hoạch năm 2024", "issuer": "UBND Thành phố"}
    assert (result.data["id"], result.data["period"]) == ("vi-du-2024", "2024")
    row = result.data["tasks"][0]
    assert row.pop("deadlines") == [
        {
            "id": "hop",
            "before": "2024-02-20",
            "what": "Họp đợt 1/2024",
            "text": "trước ngày 20/02/2024",
            "note": "PL1.9 ghi năm 2023",
            "quota": [{"who": "Quận", "what": "tập thể năm 2024", "max": "2023"}],
            "dossier": {"to": "Ban", "copies": "1", "items": ["Báo cáo năm 2023"]},
        }
    ]
    assert row == {
        "id": "1",
        "title": "Khen thưởng năm 2023",
        "content": "Xét đợt 1/2024",
        "timing": "Họp trước ngày 20/02/2024",
        "note": "xem năm 2023",
        "labels": ["dot-1"],
    }


def test_what_is_not_touched_stays_as_it_was_typed():
    tasks = task('- {id: "2", by: 2023-03-15, publish: false}', "executor: Sở Y tế; Sở Nội vụ")
    _, data = loaded(tasks)
    old, new = data["tasks"][0], rolled(tasks).data["tasks"][0]
    assert (new["id"], type(new["id"])) == (old["id"], type(old["id"]))
    assert new["executor"] == old["executor"]
    assert [type(value) for value in new["deadlines"][0].values()] == [
        type(value) for value in old["deadlines"][0].values()
    ]


def test_progress_is_left_out():
    result = rolled(
        task(
            """
            - id: a
              before: 2023-03-15
              received: {Sở Y tế: 2023-03-01}
              done: 2023-03-10
              review: hỏi lại
            - id: b
              every: FREQ=MONTHLY;BYMONTHDAY=25
              occurrences: {2023-01-25: {done: 2023-01-24}}
            """,
            "former_ids: [PL1.9]\nreview: [hỏi Sở]",
        )
    )
    assert result.data["tasks"] == [
        {
            "id": "1",
            "title": "Họp Hội đồng",
            "deadlines": [{"id": "a", "before": "2024-03-15"}, {"id": "b", "every": "FREQ=MONTHLY;BYMONTHDAY=25"}],
        }
    ]
    assert result.reviews == []


def test_what_was_moved_begins_with_its_first_date():
    result = rolled(task("- {before: 2023-02-20, moved: [{before: 2023-03-01}, {by: 2023-03-05, document: 3/UBND}]}"))
    words = "in 2023 it was moved to: by 2023-03-05"
    assert only(result) == {"before": "2024-02-20", "review": [words]}
    assert reviews(result) == [("progress", words)]


@pytest.mark.parametrize(
    ("cancelled", "words"),
    [
        ("2023-03-01", "Proposed for removal: cancelled on 2023-03-01"),
        ("{date: 2023-03-01, reason: ghép}", "Proposed for removal: cancelled on 2023-03-01 (ghép)"),
    ],
)
def test_what_was_cancelled_is_proposed_for_removal(cancelled, words):
    result = rolled(task(f"- {{before: 2023-03-15, cancelled: {cancelled}}}"))
    assert only(result) == {"before": "2024-03-15", "review": [words]}
    assert reviews(result) == [("removal", words)]


@pytest.mark.parametrize(
    ("deadline", "words"),
    [
        ("by: 2023-03-30", "2024-03-30 is a Saturday; the last working day before it is 2024-03-29"),
        (
            "by: 2023-04-30",
            "2024-04-30 is a day off (Reunification Day, 30/4); the last working day before it is 2024-04-26",
        ),
        (
            "before: 2023-05-02",
            "the last day, 2024-05-01, is a day off (International Workers' Day, 1/5); the last working day before it is 2024-04-26",
        ),
        (
            "before: 2023-04-01",
            "the last day, 2024-03-31, is a Sunday; the last working day before it is 2024-03-29",
        ),
        (
            "before: 2023-09",
            "the last day, 2024-08-31, is a Saturday; the last working day before it is 2024-08-30",
        ),
        ("within: 2023-03-01/2023-03-30", "2024-03-30 is a Saturday; the last working day before it is 2024-03-29"),
        ("by: 2023-05-07", "2024-05-07 is a day off (day off: ); the last working day before it is 2024-05-06"),
        ("before: 2023-02-28", "February of 2024 has 29 days; is 2024-02-28 still meant?"),
    ],
)
def test_a_day_that_somebody_must_decide(deadline, words):
    result = rolled(task(f"- {deadline}"), off=[date(2024, 5, 7)])
    assert reviews(result) == [("day", words)]
    assert only(result)["review"] == [words]


@pytest.mark.parametrize(
    "deadline",
    [
        "before: 2023-03-30",
        "{day: 2023-09-02, approximate: true}",
        "within: 2023-06",
        "{within: 2023-03-21/2023-03-30, approximate: true}",
        "ongoing: 2023-03-01/2023-03-30",
        "every: FREQ=MONTHLY;BYMONTHDAY=30",
        "{within: 2023-02-21/2023-02-28, approximate: true}",
    ],
)
def test_a_day_that_nobody_need_decide(deadline):
    assert rolled(task(f"- {deadline}")).reviews == []


def test_a_day_that_the_new_year_does_not_have():
    result = rolled(
        task("- before: 2024-02-29", "timing: Trước ngày 29/02/2024"), period="2024", id="vi-du-2024", title="Kế hoạch"
    )
    words = "29/02 does not exist in 2025; 2025-02-28 is used instead"
    assert only(result) == {"before": "2025-02-28", "review": [words]}
    assert result.data["tasks"][0]["timing"] == "Trước ngày 28/02/2025"


def test_a_month_ends_as_it_does():
    result = rolled(task("- within: 2024-02", "timing: Trong tháng 02/2024"), period="2024", id="vi-du-2024", title="X")
    assert only(result) == {"within": "2025-02"}


def test_what_repeats_another_is_not_told_twice():
    tasks = task("- {id: a, by: 2023-03-30}\n- {id: b, by: 2023-03-30, same_as: vi-du-2023/1#a}")
    result = rolled(tasks)
    assert [review.ref for review in result.reviews] == ["vi-du-2024/1#a"]
    assert result.data["tasks"][0]["deadlines"][1]["same_as"] == "1#a"


WEEKEND = "timing: Trình trước 31/3/2023; họp trước ngày 13/4/2023"
TWO = "- {id: a, before: 2023-03-31, text: Trình trước 31/3/2023}\n- {id: b, before: 2023-04-13, text: họp trước ngày 13/4/2023}"


def test_working_days():
    result = rolled(task(TWO, WEEKEND, "Họp 31/3/2023"), working_days=True)
    row = result.data["tasks"][0]
    assert row["title"] == "Họp 30/3/2024"
    assert row["timing"] == "Trình trước 30/3/2024; họp trước ngày 13/4/2024"
    assert [(one["before"], one["text"]) for one in row["deadlines"]] == [
        ("2024-03-30", "Trình trước 30/3/2024"),
        ("2024-04-13", "họp trước ngày 13/4/2024"),  # a Saturday; its last day is a Friday
    ]
    assert (result.dates, result.to_working_days, result.reviews) == (2, 1, [])


def test_a_date_used_in_two_ways_goes_each_by_its_own():
    one = task("- before: 2023-03-30", "timing: trước 30/3/2023")
    other = task("- by: 2023-03-30", "timing: chậm nhất 30/3/2023").replace('"1"', '"2"')
    result = rolled(f"{one}\n{other}", working_days=True)
    assert [(row["timing"], row["deadlines"]) for row in result.data["tasks"]] == [
        ("trước 30/3/2024", [{"before": "2024-03-30"}]),
        ("chậm nhất 29/3/2024", [{"by": "2024-03-29"}]),
    ]
    assert (result.to_working_days, result.reviews) == (1, [])


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("30", ["2024-03-30 is a Saturday; the last working day before it is 2024-03-29"]),
        (
            "31",
            [
                "the last day, 2024-03-30, is a Saturday; the last working day before it is 2024-03-29",
                "2024-03-31 is a Sunday; the last working day before it is 2024-03-29",
            ],
        ),
    ],
)
def test_a_date_used_in_two_ways_by_one_task_stays(day, words):
    timing = f"timing: trước {day}/3/2023; chậm nhất {day}/3/2023"
    result = rolled(
        task(f"- {{id: a, before: 2023-03-{day}}}\n- {{id: b, by: 2023-03-{day}}}", timing), working_days=True
    )
    row = result.data["tasks"][0]
    assert row["timing"] == f"trước {day}/3/2024; chậm nhất {day}/3/2024"
    assert (row["deadlines"][0]["before"], row["deadlines"][1]["by"]) == (f"2024-03-{day}", f"2024-03-{day}")
    assert [review.words for review in result.reviews] == words


def test_working_days_keep_the_time_and_the_start():
    assert only(rolled(task("- by: 2023-03-30T17:00"), working_days=True))["by"] == "2024-03-29T17:00"
    assert only(rolled(task("- within: 2023-03-01/2023-03-30"), working_days=True))["within"] == "2024-03-01/2024-03-29"


@pytest.mark.parametrize(
    "tasks",
    [
        task("- by: 2023-03-30", "timing: chậm nhất 30/3"),
        task("- {id: a, by: 2023-03-30}\n- {id: b, day: 2023-03-30, approximate: true}", "timing: vào dịp 30/3/2023"),
        task("- by: 2023-03-30", "timing: chậm nhất 30/3")
        + '\n- id: "2"\n  title: Gửi\n  deadlines:\n    - by: 2023-03-30',
        task(
            "- {id: a, by: 2023-03-30}\n- {id: b, within: 2023-03-30/2023-06-30, text: từ 30/3/2023 đến 30/6/2023}",
        ),
    ],
)
def test_a_day_off_stays_where_words_or_another_deadline_hold_it(tasks):
    result = rolled(tasks, working_days=True)
    assert "2024-03-30" in result.data["tasks"][0]["deadlines"][0].values()
    assert "2024-03-30 is a Saturday; the last working day before it is 2024-03-29" in [r.words for r in result.reviews]


@pytest.mark.parametrize(("kind", "day"), [("by", "01-01"), ("before", "01-02")])
def test_a_working_day_before_the_period_is_none(kind, day):
    result = rolled(task(f"- {kind}: 2023-{day}"), working_days=True)
    assert only(result)[kind] == f"2024-{day}"
    assert [review.topic for review in result.reviews] == ["day"]


def test_a_correction_of_a_slip_is_settled():
    result = rolled(task("- {before: 2023-02-20, correction: ghi nhầm năm}", "timing: trước ngày 20/02/2022"))
    row = result.data["tasks"][0]
    words = "words and date now agree; corrected in 2023: “ghi nhầm năm”"
    assert row["timing"] == "trước ngày 20/02/2024"
    assert row["deadlines"] == [{"before": "2024-02-20", "review": [words]}]


def test_a_slip_is_settled_on_the_working_day():
    result = rolled(
        task("- {before: 2023-02-18, correction: ghi nhầm năm}", "timing: trước ngày 18/02/2022"), working_days=True
    )
    row = result.data["tasks"][0]
    assert (row["timing"], row["deadlines"][0]["before"]) == ("trước ngày 17/02/2024", "2024-02-17")
    assert reviews(result) == [("words", "words and date now agree; corrected in 2023: “ghi nhầm năm”")]


@pytest.mark.parametrize(
    ("deadline", "timing"),
    [
        ("before: 2023-02-20", "trước ngày 25/02/2023"),
        ("waiting: Kế hoạch", "theo quy định"),
        ("within: 2023", "không nêu hạn"),
    ],
)
def test_a_correction_that_still_holds_stays(deadline, timing):
    result = rolled(task(f"- {{{deadline}, correction: hỏi rồi}}", f"timing: {timing}"))
    assert only(result)["correction"] == "hỏi rồi"
    assert reviews(result) == [("words", "words and date differ as they did in 2023: “hỏi rồi”; is that still so?")]


@pytest.mark.parametrize(
    ("deadline", "timing"),
    [
        ("by: 2025-12-31", "phấn đấu đến năm 2025, 100% các đơn vị"),
        ("by: 2028-12-31", "phấn đấu đến năm 2028, 100% các đơn vị"),
    ],
)
def test_a_goal_of_several_years_stays(deadline, timing):
    result = rolled(task(f"- {deadline}", f"timing: {timing}"))
    day = deadline.removeprefix("by: ")
    words = f"Proposed for removal: a goal of several years; its date has not been changed here (by {day})"
    assert only(result) == {"by": day, "review": [words]}
    assert result.data["tasks"][0]["timing"] == timing
    assert (result.dates, reviews(result)[0]) == (0, ("removal", words))


@pytest.mark.parametrize(("goal", "off"), [(2024, ()), (2025, ()), (2028, ("2028-12-31 is a Sunday",))])
def test_a_goal_that_is_due_in_the_draft_is_kept(goal, off):
    timing = f"phấn đấu đến năm {goal}, 100% các đơn vị"
    result = rolled(task(f"- by: {goal}-12-31", f"timing: {timing}"), year=goal)
    words = f"a goal of several years, due in this plan: by {goal}-12-31; the date is as it was"
    assert only(result)["by"] == f"{goal}-12-31"
    assert result.data["tasks"][0]["timing"] == timing
    assert reviews(result)[0] == ("goal", words)
    assert [(review.topic, review.words.partition(";")[0]) for review in result.reviews[1:]] == [
        ("day", words) for words in off
    ]


def test_a_date_that_stays_with_the_anniversary_in_its_words():
    text = "phát sóng dịp kỷ niệm 70 năm Ngày Giải phóng Thủ đô (10/10/1953 - 10/10/2023)"
    result = rolled(task(f"- {{day: 2023-10-10, approximate: true, text: {text}}}", f"content: {text}"))
    assert only(result)["day"] == "2023-10-10"
    assert only(result)["text"] == text
    assert only(result)["review"] == [
        "Proposed for removal: its words have a date of their own, which was not changed here (around 2023-10-10)"
    ]


def test_words_that_do_not_follow_their_date_are_told():
    result = rolled(task("- before: 2024-02-29", "timing: trước ngày 29/02"), period="2024", title="Kế hoạch")
    assert result.data["tasks"][0]["timing"] == "trước ngày 29/02"
    assert ("words", "words and date no longer agree; correct one of them") in reviews(result)


def test_what_is_left_as_it_is_is_told_of_the_task():
    result = rolled(task("- within: 2023", "executor: Ban tổ chức năm 2023\nnote: giai đoạn 2021 - 2023"))
    (words,) = result.data["tasks"][0]["review"]
    assert words == "left as it is: “Ban tổ chức năm 2023”, “giai đoạn 2021 - 2023”; does it still hold?"
    assert result.data["tasks"][0]["executor"] == "Ban tổ chức năm 2023"


def test_what_is_proposed_for_removal_is_not_told_twice():
    result = rolled(task("- within: 2023", title="Sơ kết giai đoạn 2021 - 2023"))
    assert reviews(result) == [
        ("removal", "Proposed for removal: “Sơ kết … giai đoạn 2021 - 2023” is not due every year")
    ]
    assert result.data["tasks"][0]["title"] == "Sơ kết giai đoạn 2021 - 2023"


def test_a_plan_for_an_anniversary():
    result = rolled(task("- within: 2023"), title="Kế hoạch kỷ niệm 70 năm Ngày Giải phóng Thủ đô")
    words = "Proposed for removal, the whole plan: an anniversary of 70 years; 71 years are not celebrated"
    assert result.data["document"]["review"] == [words]
    assert [review.ref for review in result.reviews] == ["vi-du-2024"]


def test_a_title_and_headings_that_name_years_of_their_own():
    result = rolled(
        task("- within: 2023"), title="Kế hoạch giai đoạn 2021 - 2023", more="sections:\n  I: Sơ kết năm 2020\n"
    )
    words = "left as it is: “giai đoạn 2021 - 2023”, “năm 2020”; does it still hold?"
    assert result.data["document"]["review"] == [words]


def test_a_reference_to_what_has_another_id_now():
    tasks = task("- {id: a, by: 2023-03-15}", "former_ids: [PL1.9]")
    again = (
        tasks.replace('"1"', '"2"')
        .replace("by: 2023-03-15", "by: 2023-03-15, same_as: PL1.9#a")
        .replace("PL1.9]", "PL1.8]")
    )
    result = rolled(f"{tasks}\n{again}")
    assert result.data["tasks"][1]["deadlines"][0]["same_as"] == "1#a"


OTHER = '- id: "7"\n  title: Họp\n  deadlines:\n    - by: {day}'


@pytest.mark.parametrize("key", ["same_as", "on_task"])
def test_a_reference_to_another_plan_goes_on_with_it(key):
    others = [
        loaded(OTHER.format(day=day), id=f"khac-{day[:4]}", period=day[:4])[0] for day in ("2023-03-15", "2024-03-15")
    ]
    kind = "by: 2023-03-15" if key == "same_as" else "waiting: Họp"
    result = rolled(task(f"- {{{kind}, {key}: khac-2023/7}}"), *others)
    assert only(result)[key] == "khac-2024/7"
    assert result.reviews == []


@pytest.mark.parametrize("later", [None, "2024-03-18"])
def test_a_reference_to_another_plan_that_has_no_such_deadline(later):
    days = filter(None, ("2023-03-15", later))
    others = [loaded(OTHER.format(day=day), id=f"khac-{day[:4]}", period=day[:4])[0] for day in days]
    result = rolled(task("- {by: 2023-03-15, same_as: khac-2023/7}"), *others)
    words = "in 2023: same_as khac-2023/7; khac-2024/7 is not there yet, or has another date"
    assert only(result) == {"by": "2024-03-15", "review": [words]}
    assert reviews(result) == [("reference", words)]


@pytest.mark.parametrize(
    ("period", "year", "years"),
    [
        ("2023", None, 1),
        ("2023", 2026, 3),
        ("2023-01/2023-03", None, 1),
        ("2023-09/2024-05", None, 1),
        ("2021/2025", None, 5),
        ("2023-09/2024-09", None, 2),
    ],
)
def test_how_far_a_plan_goes_on(period, year, years):
    own, _ = loaded(task("- waiting: Kế hoạch"), period=period)
    assert shift_of(own, year).years == years


@pytest.mark.parametrize(
    ("id", "period", "later"),
    [
        ("hanoi-2023", "2023", "hanoi-2024"),
        ("hanoi-70nam-2023", "2023", "hanoi-70nam-2024"),
        ("hanoi", "2023", "hanoi-2024"),
        ("de-an-2030", "2023", "de-an-2030-2024"),
        ("nhiem-ky-2021-2025", "2021/2025", "nhiem-ky-2026-2030"),
        ("so-12023", "2023", "so-12023-2024"),
    ],
)
def test_the_id_of_the_draft(id, period, later):
    own, _ = loaded(task("- waiting: Kế hoạch"), id=id, period=period)
    assert next_id(own, shift_of(own, None)) == later
