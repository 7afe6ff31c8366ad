import pytest

APRIL_VI = """\
Tháng 04/2026: 20 ngày làm việc

  T2   T3   T4   T5   T6   T7   CN
             1    2    3   (4)  (5)
   6    7    8    9   10  (11) (12)
  13   14   15   16   17  (18) (19)
  20   21   22   23   24  (25) (26)
 (27)  28   29  (30)

( ) ngày nghỉ, + ngày làm bù; thứ Bảy, Chủ nhật nghỉ hằng tuần
  CN 26/04/2026  Giỗ Tổ Hùng Vương
  T2 27/04/2026  Giỗ Tổ Hùng Vương, nghỉ bù ngày cuối tuần
  T5 30/04/2026  Ngày Chiến thắng 30/4
"""
APRIL_EN = """\
Month 04/2026: 20 working days

 Mon  Tue  Wed  Thu  Fri  Sat  Sun
             1    2    3   (4)  (5)
   6    7    8    9   10  (11) (12)
  13   14   15   16   17  (18) (19)
  20   21   22   23   24  (25) (26)
 (27)  28   29  (30)

( ) off, + worked; Saturdays and Sundays are off
  Sun 2026-04-26  Hùng Vương Commemoration Day
  Mon 2026-04-27  Hùng Vương Commemoration Day, in lieu of a weekend
  Thu 2026-04-30  Reunification Day, 30/4
"""


@pytest.mark.parametrize(("lang", "month"), [("vi", APRIL_VI), ("en", APRIL_EN)])
@pytest.mark.parametrize("typed", ["2026-04", "04/2026", "4/2026"])
def test_a_month_with_its_days_off_and_why(typed, lang, month, tdkt):
    assert tdkt("workdays", typed, "--lang", lang) == (0, month, "")


def test_this_month_unless_said(tdkt):
    assert tdkt("workdays", "--today", "2026-04-09") == tdkt("workdays", "4", "--today", "2026-12-31")


def test_what_a_decision_changes_is_marked_and_cited(tdkt):
    lines = tdkt("workdays", "2026-01").lines
    decision = "Công văn số 12729/VPCP-KGVX ngày 25/12/2025 của Văn phòng Chính phủ"
    assert lines[0] == "Tháng 01/2026: 21 ngày làm việc"
    assert "   5    6    7    8    9   10+ (11)" in lines
    assert lines[-2:] == [f"  T6 02/01/2026  được nghỉ: {decision}", f"  T7 10/01/2026  làm bù: {decision}"]


@pytest.mark.parametrize(
    ("month", "count"), [("2023-01", 16), ("2024-02", 16), ("2026-08", 21), ("2026-11", 20), ("2026-02", 15)]
)
def test_how_many_days_are_worked(month, count, tdkt):
    records = tdkt("workdays", month, "--format", "json").records
    assert sum(record["working"] for record in records) == count
    assert all(record["reason"] for record in records if not record["working"])
    assert [tuple(record) for record in records[:1]] == [("date", "working", "reason")]


@pytest.mark.parametrize("typed", ["13", "2026-13", "04-2026x", "tháng tư"])
def test_a_month_that_is_none(typed, tdkt):
    ended = tdkt("workdays", typed)
    assert (ended.code, ended.out) == (2, "")
    assert "MONTH" in ended.err


AFTER = """\
tdkt: plan/1
id: b
document:
  title: Kế hoạch
  draft: true
period: 2023
tasks:
  - id: "1"
    title: Trả lời
    executor: Văn phòng
    deadlines:
      - after:
          event: nhận văn bản
          days: 5
          occurred: 2023-04-25
"""


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "vi",
            "tính đến 30/04/2023 (Ngày Chiến thắng 30/4) nên kết thúc vào ngày làm việc tiếp theo, theo Điều 148",
        ),
        (
            "en",
            "counted to 2023-04-30 (Reunification Day, 30/4), so it ends on the next working day, art. 148",
        ),
    ],
)
def test_an_end_that_moves_says_why(lang, said, project, tdkt):
    folder = project(**{"plans/b.yaml": AFTER})
    shown = tdkt("show", "b/1", "--lang", lang, folder=folder)
    assert said in shown.out
    (record,) = tdkt("list", "--plan", "b", "--format", "json", folder=folder).records
    assert record["end"] == "2023-05-04"
    still = tdkt("show", "b/1", "--lang", lang, folder=project(**{"plans/b.yaml": AFTER.replace("days: 5", "days: 2")}))
    assert said.split(" ")[0] not in still.out.split()


def test_what_waits_is_listed_by_what_it_waits_for(project, tdkt):
    plan = (
        AFTER.replace("          occurred: 2023-04-25\n", "")
        + """\
  - id: "2"
    title: Họp
    executor: Văn phòng
    deadlines:
      - waiting: kế hoạch của Bộ
"""
    )
    folder = project(**{"plans/b.yaml": plan})
    lines = tdkt("list", "--plan", "b", "--kind", "waiting,after", folder=folder).lines
    assert [line for line in lines if line.startswith("Chờ: ")] == ["Chờ: Kế hoạch của Bộ", "Chờ: Nhận văn bản"]
