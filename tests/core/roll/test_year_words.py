"""Words and dates of a plan some years later: what advances, what stays, and what is told of it."""

import json
import unicodedata
from datetime import date
from pathlib import Path

import pytest

from tdkt_cli.core.phrases import read
from tdkt_cli.core.roll.year_words import Shift, advanced, later_value, with_dates

NEXT = Shift(2023, 2023, 1)
AFTER_LEAP = Shift(2024, 2024, 1)
TWO_YEARS = Shift(2023, 2023, 2)
FIVE_YEARS = Shift(2021, 2025, 5)


@pytest.mark.parametrize(
    ("words", "later"),
    [
        ("Khen thưởng cấp Nhà nước đợt 1/2023", "Khen thưởng cấp Nhà nước đợt 1/2024"),
        ("Kế hoạch công tác thi đua, khen thưởng năm 2023", "Kế hoạch công tác thi đua, khen thưởng năm 2024"),
        ("tổng kết năm 2022 các Cụm thi đua", "tổng kết năm 2023 các Cụm thi đua"),
        ("triển khai Cuộc thi viết năm 2024", "triển khai Cuộc thi viết năm 2025"),
        ("Trong tháng 6/2023", "Trong tháng 6/2024"),
        ("đầu tháng 02 /2023", "đầu tháng 02 /2024"),
        ("cuối tháng 02 năm 2023", "cuối tháng 02 năm 2024"),
        ("Họp Hội đồng TĐKT TP trước ngày 20/02/2023", "Họp Hội đồng TĐKT TP trước ngày 20/02/2024"),
        ("Trước ngày 15/02//2023", "Trước ngày 15/02/2024"),
        ("trước ngày 15.3.2023, 15-3-2023", "trước ngày 15.3.2024, 15-3-2024"),
        ("ngày 15 tháng 3 năm 2023", "ngày 15 tháng 3 năm 2024"),
        ("trước 15/3/23", "trước 15/3/24"),
        ("17 giờ 00 ngày 20/02/2023", "17 giờ 00 ngày 20/02/2024"),
        ("từ 01/01/2023 đến 15/3/2023", "từ 01/01/2024 đến 15/3/2024"),
        ("01/01/2023 - 15/3/2023", "01/01/2024 - 15/3/2024"),
        ("Từ tháng 02/2023 đến tháng 10/2023", "Từ tháng 02/2024 đến tháng 10/2024"),
        ("tháng 11/2023-02/2024", "tháng 11/2024-02/2025"),
        ("quý II/2023", "quý II/2024"),
        ("6 tháng đầu năm 2023", "6 tháng đầu năm 2024"),
        ("năm học 2022-2023", "năm học 2023-2024"),
        ("Năm học 2022 – 2023 (đợt 1, 2, 3)", "Năm học 2023 – 2024 (đợt 1, 2, 3)"),
        ("năm học 2021 - 2022", "năm học 2022 - 2023"),
        ("trong năm 2023 đơn vị tổ chức, 3/2023 cá nhân", "trong năm 2024 đơn vị tổ chức, 3/2024 cá nhân"),
        ("đến hết năm 2023", "đến hết năm 2024"),
        ("năm 2022, 2023 và 2024", "năm 2023, 2024 và 2025"),
        ("tuyên truyền Luật trong năm 2023", "tuyên truyền Luật trong năm 2024"),
        ("(Quận gửi trước 30/6/2023; Sở gửi trước 10/7/2023)", "(Quận gửi trước 30/6/2024; Sở gửi trước 10/7/2024)"),
    ],
)
def test_what_advances(words, later):
    assert advanced(words, NEXT) == (later, ())


@pytest.mark.parametrize(
    "words",
    [
        "Nghị quyết số 10/2022/NQ-HĐND ngày 06/7/2022 của HĐND Thành phố",
        "Kế hoạch số 189/KH-UBND ngày 06/7/2022 của UBND Thành phố",
        "Kế hoạch số 322/KH-UBND (ngày 09 tháng 12 năm 2022)",
        "Chỉ thị số 34-CT/TW và Kế hoạch số 124-KH/TU năm 2023",
        "Luật số 06/2022/QH15",
        "theo Quyết định 2261/QĐ-MTTW-BTT ngày 05/11/2022",
        "Công văn số 123 ngày 05/01/2023",
        "Quyết định số 16/2018/QĐ-UBND ngày 08 tháng 8 năm 2018",
        "giai đoạn 2021 - 2025",
        "giai đoạn 2023- 2025",
        "nhiệm kỳ 2021-2026",
        "từ năm 2021 đến năm 2025",
        "phấn đấu đến năm 2025, 100% các đơn vị",
        "tầm nhìn 2050",
        "ngày Chủ tịch Hồ Chí Minh ra Lời kêu gọi (11/6/1948)",
        "ngày 28/4/2020",
        "1954",
        "Tập 29, Điều 85, 1.500.000 đồng, 01 bộ",
        "QH2023, KH-2023",
    ],
)
def test_what_stays_without_a_word(words):
    assert advanced(words, NEXT) == (words, ())


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("(11/6/1948-11/6/2023)", "11/6/1948-11/6/2023"),
        ("kỷ niệm (02/01/2004-02/01/2024)", "02/01/2004-02/01/2024"),
        ("sơ kết giai đoạn 2021- 2023 và", "giai đoạn 2021- 2023"),
        ("Cuộc thi viết (2015 - 2023)", "2015 - 2023"),
        ("từ năm 2022 đến năm 2023", "từ năm 2022 đến năm 2023"),
        ("tự chủ tài chính năm 2021", "năm 2021"),
        ("báo cáo chiến lược năm 2030", "năm 2030"),
        ("trước ngày 31/12/2027", "31/12/2027"),
        ("Luật Thi đua, khen thưởng năm 2022", "Luật Thi đua, khen thưởng năm 2022"),
        ("Thông báo ngày 05/01/2023 của Chủ tịch", "Thông báo ngày 05/01/2023"),
        ("2023 người", "2023 người"),
    ],
)
def test_what_stays_and_is_told(words, left):
    assert advanced(words, NEXT) == (words, (left,))


def test_what_stays_is_told_once():
    assert advanced("giai đoạn 2021-2023, giai đoạn 2021-2023", NEXT).left == ("giai đoạn 2021-2023",)


@pytest.mark.parametrize(
    ("words", "later"),
    [
        ("trước ngày 29/02/2024", "trước ngày 28/02/2025"),
        ("ngày 29 tháng 02 năm 2024", "ngày 28 tháng 02 năm 2025"),
        ("trước ngày 28/02/2024", "trước ngày 28/02/2025"),
    ],
)
def test_the_end_of_february(words, later):
    assert advanced(words, AFTER_LEAP).text == later


def test_by_several_years():
    assert (
        advanced("năm 2023, đợt 1/2024, năm học 2022-2023", TWO_YEARS).text == "năm 2025, đợt 1/2026, năm học 2024-2025"
    )
    assert advanced("năm 2021, năm 2026, trước 20/02/2025", FIVE_YEARS).text == "năm 2026, năm 2031, trước 20/02/2030"


def test_letters_typed_in_two_parts_are_read_too():
    assert (
        advanced(unicodedata.normalize("NFD", "giai đoạn 2023 - 2025, năm 2023"), NEXT).text
        == "giai đoạn 2023 - 2025, năm 2024"
    )


@pytest.mark.parametrize(
    ("value", "later"),
    [
        ("2023-02-20", "2024-02-20"),
        ("2023-02-20T17:00", "2024-02-20T17:00"),
        ("2023-06", "2024-06"),
        ("2023-Q2", "2024-Q2"),
        ("2023-H1", "2024-H1"),
        ("2023", "2024"),
        ("2023-02-01/2023-10-31", "2024-02-01/2024-10-31"),
        ("2023-02/2023-10", "2024-02/2024-10"),
        ("2022-12-31", "2023-12-31"),
        ("2023-02/..", "2024-02/.."),
        ("../2023", "../2024"),
        ("2023-02-28", "2024-02-28"),
        ("2023-02-21/2023-02-28", "2024-02-21/2024-02-29"),
        ("2025-12-31", None),
        ("2023/2025", None),
    ],
)
def test_dates_and_periods(value, later):
    assert later_value(value, NEXT) == later


@pytest.mark.parametrize(
    ("value", "later"),
    [
        ("2024-02-29", "2025-02-28"),
        ("2024-02-29T17:00", "2025-02-28T17:00"),
        ("2024-02-21/2024-02-29", "2025-02-21/2025-02-28"),
        ("2024-02-01/2024-02-10", "2025-02-01/2025-02-10"),
    ],
)
def test_after_a_leap_year(value, later):
    assert later_value(value, AFTER_LEAP) == later


@pytest.mark.parametrize(
    ("words", "changed"),
    [
        ("trước 30/3/2024", "trước 29/3/2024"),
        ("trước 30/03/2024, 31/3/2024", "trước 29/03/2024, 31/3/2024"),
        ("ngày 30 tháng 3 năm 2024", "ngày 29 tháng 3 năm 2024"),
        ("trước ngày 31/02/2024", "trước ngày 31/02/2024"),
        ("130/3/2024", "130/3/2024"),
    ],
)
def test_dates_that_give_way(words, changed):
    assert with_dates(words, {date(2024, 3, 30): date(2024, 3, 29)}) == changed


KNOWN = [
    json.loads(line)["phrase"]
    for line in (Path(__file__).parents[1] / "phrases/known.jsonl").read_text("utf-8").splitlines()
]


def dates_of(words, year):
    """Every date that words of a plan of this year name for sure."""
    return {(one.when.kind, one.when.start, one.when.end) for one in read(words, year).readings if one.sure}


def test_every_known_phrase_names_the_same_days_later():
    differing = []
    for words in KNOWN:
        later = dates_of(advanced(words, TWO_YEARS).text, 2025)
        for kind, *days in dates_of(words, 2023):
            if all(TWO_YEARS.moves(day.year) for day in days if day):
                start, end = (day and TWO_YEARS.day(day) for day in days)
                differing += [words] if (kind, start, end) not in later else []
    # The day after the end of February is another in a leap year, and the 15th is another day of the week.
    assert set(differing) == {
        "Sau ngày 28/02/2024",
        "14h00 ngày 15/3/2023 (thứ Tư)",
        "Họp Hội đồng ngày 15/3 (thứ Tư)",
    }
    assert len(KNOWN) > 400
