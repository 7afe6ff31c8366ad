"""What must not be taken for certain: no sure reading, whatever else is said of it."""

import pytest

from tdkt_cli.core.phrases import read

DOUBTFUL = """
    15-1/2/3/4
    cấp xã: 15/3, cấp huyện: 20/3, cấp tỉnh: 25/3
    Đợt 1: 15/3, đợt 2: 15/9
    Trước 15/3 các đơn vị gửi hồ sơ, 20/3 họp Hội đồng
    trước 15/3 (cấp xã), 20/3 (cấp huyện), 25/3 (cấp tỉnh)
    Hội nghị tổng kết 20/12, báo cáo trước 25/12
    ngày 5-10 hằng tháng
    mùng 5 hằng tháng
    20-25 hằng tháng
    đầu mỗi quý
    mỗi năm 2 lần
    1 lần/năm vào tháng 6
    tháng 2 lần
    2 tháng 1 lần
    hằng tháng (trừ tháng 12)
    Dịp Tết Nguyên đán hằng năm
    thứ Năm tuần thứ 3 hằng tháng
    từ thứ Hai đến thứ Sáu hằng tuần
    từ 15/3 đến 20/4 hằng năm
    15/6/2023 hằng năm
    định kỳ 5 năm/lần
    01/12 - 30/11
    20/12 - 10/01
    từ 20/12 đến 10/01
    trước ngày 10/3 âm lịch
    rằm tháng 7
    Hội Nông dân Việt Nam 14/10
    Tỉnh Quảng Nam 15/3
    Hồ sơ gửi sau ngày 15/3/2023 không được xem xét
    chưa thực hiện trong năm 2023
    đã hoàn thành ngày 10/3/2023
    gia hạn từ 15/11 đến 30/11
    kháng chiến từ 20/7/1954 đến 30/4/1975
    Luật số 06/2022/QH15 ngày 15/6/2022
    Tờ trình ngày 15/3/2023
    Hà Nội, ngày 09 tháng 12 năm 2022
    (số liệu tính từ 15/12/2022 đến 14/6/2023)
    15/3 hoặc 20/3
    quý II hoặc quý III
    ngày 15/3/2023 (thứ Hai)
    thứ Năm, ngày 17/3/2023
    14h30 thứ Hai ngày 17/3/2023
    T6, 17/3
    trước l5/3/2023
    trước ngày ..... tháng 3 năm 2023
    từ 17h ngày 15/3
    trước ngày 15/3/2023 05 ngày
    trong 02 tháng kể từ ngày nhận
    trước 2/3 thời gian
    khoảng 1/3 tổng số
    từ 2 - 3 tháng
    Nop quy 2 trieu
    hang thang
    1.1. Phát động và triển khai
    kế hoạch 5 năm (2021 - 2025)
    Năm 2023 là năm giữa nhiệm kỳ
    trong năm học 2022-2023
    công việc hàng ngày của mỗi tổ chức
    khen thưởng thành tích đột xuất
    trước ngày 31/4/2023
    Quý I/202
    29/02/2023
    khi có yêu cầu hoặc trước ngày 15/3
    khi có yêu cầu và trước ngày 15/3
    khi có yêu cầu và/hoặc trước ngày 15/3
    khi có yêu cầu hoặc ngày 15/3
    theo quy định hoặc trước ngày 15/3
    chờ hướng dẫn hoặc trước ngày 15/3
    trước ngày 15/3 hoặc khi có yêu cầu
    trước ngày 15/3 hoặc sau ngày 20/3
    trong 10 ngày kể từ ngày nhận hồ sơ hoặc trước ngày 15/3
    hằng năm hoặc theo yêu cầu
    khi có yêu cầu trước ngày 15/3
    Sở Y tế báo cáo khi có yêu cầu trước ngày 15/3
    theo quy định trước ngày 15/3
    trước 17h hằng ngày
    hằng ngày, trước 17h
    hằng tháng, trước 17h ngày 25
    ngày 30/2 hằng năm
    30/2 hằng năm
    15/6 và 31/11 hằng năm
    ngày 15/3 (thứ Năm)
    15/3/2023 (thứ 2)
    ngày 15/3, thứ Năm
    ngày thứ Năm 15/3/2023
    ngày 15/3 (thứ Tư) đến ngày 17/3 (thứ Sáu)
"""


@pytest.mark.parametrize("phrase", [line.strip() for line in DOUBTFUL.strip().splitlines()])
def test_nothing_is_sure(phrase):
    assert [reading for reading in read(phrase, 2023).readings if reading.sure] == []


@pytest.mark.parametrize(
    ("phrase", "left"),
    [
        ("Gửi trước 15/3; họp 20/3; trình 25/3", "họp 20/3; trình 25/3"),
        ("Hội nghị tổng kết 20/12, báo cáo trước 25/12", "20/12"),
        ("trước ngày 31/4/2023", "trước ngày 31/4/2023"),
        ("trước 15/3; trước ngày 30/2 hằng năm", "trước ngày 30/2 hằng năm"),
        ("khi có yêu cầu hoặc trước ngày 30/2 hằng năm", "trước ngày 30/2 hằng năm"),
        ("Báo cáo hằng quý và trước ngày 31/4/2023", "31/4/2023"),
    ],
)
def test_what_is_left_over_is_said(phrase, left):
    assert read(phrase, 2023).unread == left


@pytest.mark.parametrize(
    ("phrase", "dates"),
    [
        ("trước ngày 31/4/2023", ["31/4/2023"]),
        ("29/02/2023", ["29/02/2023"]),
        ("họp ngày 15/13/2023 và trước 31/6", ["15/13/2023", "31/6"]),
        ("ngày 30/2 hằng năm", ["30/2"]),
        ("30/2 hằng năm", ["30/2"]),
        ("hằng năm (trước 31/4)", ["31/4"]),
        ("15/6 và 31/11 hằng năm", ["31/11"]),
        ("trước ngày 30 tháng 2 năm 2023", ["30 tháng 2 năm 2023"]),
        ("ngày 29 tháng 2 hằng năm", []),
        ("trước ngày 28/4/2023; đạt 31/6 chỉ tiêu", []),
    ],
)
def test_dates_of_no_calendar_are_named(phrase, dates):
    assert list(read(phrase, 2023).impossible) == dates


@pytest.mark.parametrize(
    ("phrase", "act"),
    [
        ("khi có yêu cầu hoặc trước ngày 15/3", None),
        ("khi có yêu cầu trước ngày 15/3", None),
        ("theo quy định trước ngày 15/3", None),
        ("trước ngày 15/3 theo quy định", None),
        ("đã hoàn thành ngày 15/3", None),
        ("chưa hoàn thành trước ngày 15/3", None),
        ("trừ ngày 15/3", None),
        ("trước 17h hằng ngày", None),
        ("hằng ngày, từ 7h đến 17h", None),
        ("ngày 15/3, thứ Tư", None),
        ("- Thường xuyên; · trước ngày 15/3", None),
        ("Sở Y tế báo cáo khi có yêu cầu trước ngày 15/3", "báo cáo khi có yêu cầu"),
        ("Báo cáo theo yêu cầu trước ngày 15/3", "Báo cáo theo yêu cầu"),
        ("Theo quy định, gửi báo cáo trước ngày 15/3", "gửi báo cáo"),
        ("Theo Kế hoạch và gửi báo cáo trước ngày 15/3", "Theo Kế hoạch và gửi báo cáo"),
        ("Gia hạn đến ngày 15/3", "Gia hạn"),
        ("Tháng 3: trước 15/4", "Tháng 3"),
    ],
)
def test_words_of_time_and_of_manner_are_no_act(phrase, act):
    assert {reading.what for reading in read(phrase, 2023).readings} == {act}


def test_the_words_of_a_milestone_keep_what_makes_it_doubtful():
    for phrase in ("đã hoàn thành ngày 15/3", "theo quy định trước ngày 15/3", "trước ngày 15/3 theo quy định"):
        assert [reading.text for reading in read(phrase, 2023).readings] == [phrase]


@pytest.mark.parametrize(
    ("phrase", "sure"),
    [
        ("Trước ngày 20 tháng cuối quý (riêng quý IV trước ngày 10/12)", [False, True]),
        ("Báo cáo ngày 25 hằng tháng; riêng tháng 12 trước ngày 15/12/2023", [False, True]),
        ("Riêng Sở Y tế báo cáo trước ngày 10/12; các sở báo cáo ngày 25 hằng tháng", [True, True]),
        ("Các sở gửi trước ngày 15/3; riêng Sở Y tế gửi trước ngày 20/3", [True, True]),
        ("Báo cáo ngày 25 hằng tháng; gửi hồ sơ trước ngày 15/12/2023", [True, True]),
    ],
)
def test_what_recurs_is_not_sure_where_a_date_is_an_exception_to_it(phrase, sure):
    assert [reading.sure for reading in read(phrase, 2023).readings] == sure


@pytest.mark.parametrize(
    "phrase", ["ngày 15/3 (thứ Tư)", "15/3 (thứ 4)", "trước 17h ngày 15/3, thứ Tư", "ngày thứ Tư 15/3/2023"]
)
def test_a_day_of_the_week_that_fits_its_date_leaves_no_doubt(phrase):
    (reading,) = read(phrase, 2023).readings
    assert reading.sure
    assert reading.span == (0, len(phrase))


def test_a_choice_between_milestones_loses_none():
    for phrase in ("khi có yêu cầu hoặc trước ngày 15/3", "trước ngày 15/3 hoặc khi có yêu cầu"):
        assert {reading.when.kind for reading in read(phrase, 2023).readings} == {"waiting", "before"}
