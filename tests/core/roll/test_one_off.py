"""What in a task is not due every year, whole or in parts; the ordinary rows of a year are not."""

import pytest

from tdkt_cli.core.roll.one_off import doubts, once, removals
from tdkt_cli.core.roll.year_words import Shift

NEXT = Shift(2023, 2023, 1)
FIVE_YEARS = Shift(2023, 2023, 5)


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("hoạt động kỷ niệm 75 năm ngày Chủ tịch Hồ Chí Minh ra Lời kêu gọi", "an anniversary of 75 years"),
        ("chào mừng các ngày lễ lớn và 70 năm Ngày Giải phóng Thủ đô", "an anniversary of 70 years"),
        ("Tuyên truyền ngày truyền thống Thi đua yêu nước (11/6/1948 – 11/6/2023)", "an anniversary of 75 years"),
        ("Sửa đổi, bổ sung Quyết định số 19/2018/QĐ-UBND", "“Sửa đổi, bổ sung Quyết định”"),
        ("Trình HĐND sửa đổi, bổ sung Nghị quyết số 30/2022/NQ-HĐND", "“sửa đổi, bổ sung Nghị quyết”"),
        (
            "Tham mưu quy trình điều chỉnh, bổ sung, thay thế Quyết định số 16",
            "“điều chỉnh, bổ sung, thay thế Quyết định”",
        ),
        ("Xây dựng Đề án kiện toàn các cụm, khối thi đua", "“Xây dựng Đề án”"),
        ("Xét, khen thưởng sơ kết phong trào “Doanh nghiệp” giai đoạn 2021 - 2025", "“sơ kết … giai đoạn 2021 - 2025”"),
        ("Xây dựng Kế hoạch tổng kết 10 năm Chỉ thị số 34-CT/TW", "“tổng kết 10 năm”"),
        ("Hội nghị sơ kết 3 năm phong trào thi đua", "“sơ kết 3 năm”"),
        ("Báo cáo 05 năm thực hiện Nghị quyết", "“05 năm thực hiện”"),
        ("Tổ chức Đại hội Thi đua yêu nước Thành phố", "“Đại hội Thi đua yêu nước Thành phố”"),
        ("Xét, đề nghị danh hiệu “Nghệ nhân nhân dân”", "“Nghệ nhân nhân dân” is not conferred every year"),
    ],
)
def test_what_is_done_once(words, named):
    assert named in str(once(words, NEXT))


@pytest.mark.parametrize(
    "words",
    [
        "Tổ chức tổng kết, bình xét đề nghị khen thưởng năm 2022 của các Cụm Thi đua",
        "Tổ chức sơ kết 6 tháng đầu năm 2023 các Cụm thi đua thuộc Thành phố",
        "Xây dựng và triển khai Kế hoạch công tác, phát động thi đua chào mừng kỷ niệm các ngày lễ lớn của Thủ đô",
        "tập thể kỷ niệm ngày thành lập, cá nhân chuẩn bị nghỉ chế độ",
        "Ký kết giao ước thi đua, xây dựng quy chế, triển khai kế hoạch hoạt động năm 2023",
        "Xây dựng bộ tiêu chí chấm điểm thi đua năm 2023",
        "Tham gia ý kiến vào dự thảo Kế hoạch công tác thi đua, khen thưởng",
        "Thông qua dự thảo các văn bản về công tác thi đua, khen thưởng",
        "“Công dân Thủ đô ưu tú” năm 2023; Chiến sĩ thi đua toàn quốc",
        "Xét, đề nghị tặng Kỷ niệm chương Vì sự nghiệp thi đua, khen thưởng",
        "kỷ niệm 77 năm Ngày Thương binh, Liệt sĩ",
    ],
)
def test_what_may_be_due_again(words):
    assert once(words, NEXT) is None


def test_an_anniversary_that_is_round_again_stays():
    assert once("kỷ niệm 75 năm ngày truyền thống", FIVE_YEARS) is None


def test_a_task_of_which_every_part_is_done_once(make):
    task = make.task(title="Sửa đổi", content="- Sửa đổi Quy chế A\n- Bãi bỏ Quyết định B")
    assert [(removal.part, str(removal.message)) for removal in removals(task, NEXT)] == [
        (None, "Proposed for removal: “Sửa đổi Quy chế” is done once"),
        (None, "Proposed for removal: “Bãi bỏ Quyết định” is done once"),
    ]


@pytest.mark.parametrize(
    ("content", "part"),
    [
        ("Phiên họp:\n- Xét đợt 1/2023\n- Xét danh hiệu “Nhà giáo ưu tú”;", "Xét danh hiệu “Nhà giáo ưu tú”;"),
        ("Sửa đổi Hướng dẫn; Xây dựng bộ tiêu chí năm 2023", "Sửa đổi Hướng dẫn"),
        ("Sửa đổi Quy chế Cụm. Tổ chức ký kết giao ước", "Sửa đổi Quy chế Cụm"),
    ],
)
def test_a_part_that_is_done_once(make, content, part):
    (removal,) = removals(make.task(title="Họp", content=content), NEXT)
    assert removal.part == part
    assert f"the part “{part}”" in str(removal.message)


def test_what_goes_on_with_a_small_letter_is_one_part(make):
    (removal,) = removals(make.task(title="Sơ kết giai đoạn 2021-2023; khen thưởng các tập thể"), NEXT)
    assert removal.part is None


def test_a_long_part_is_cut_short(make):
    (removal,) = removals(make.task(title="a", content="Sửa đổi Quy chế " + "rất " * 40 + "dài\n- Họp"), NEXT)
    shown = str(removal.message).partition("“")[2].partition("”")[0]
    assert len(shown) <= 80
    assert shown.endswith("…")


def test_the_title_is_read_where_there_is_no_content(make):
    assert removals(make.task(title="Sửa đổi Quy chế", content="Họp Hội đồng"), NEXT) == ()
    assert len(removals(make.task(title="Sửa đổi Quy chế"), NEXT)) == 1


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("Xuất bản Sách “Những bông hoa đẹp” tập 29", "“tập 29”: should its number advance?"),
        ("Hội thi lần thứ XII", "“lần thứ XII”: should its number advance?"),
        (
            "(tổ chức tại Thành phố Cần Thơ - Đơn vị Cụm phó năm 2023)",
            "“tổ chức tại Thành phố Cần Thơ - Đơn vị Cụm phó năm 2024”: is it the same place and body?",
        ),
        ("Họp sáng thứ Tư, ngày 15/3/2023", "“thứ Tư, ngày 15/3/2024”: is it still that day of the week?"),
        ("Họp ngày 15/3/2023 (thứ Tư)", "“15/3/2024 (thứ Tư”: is it still that day of the week?"),
        ("kỷ niệm 77 năm Ngày Thương binh, Liệt sĩ", "“77 years” will be 78 years"),
    ],
)
def test_what_only_a_person_knows(make, words, message):
    assert [str(doubt) for doubt in doubts(make.task(title=words), NEXT)] == [message]


def test_no_doubt(make):
    task = make.task(
        title="Họp năm 2023",
        content="Cụm trưởng các Cụm thi đua họp tại Thành phố; kỷ niệm 75 năm",
        timing="Thứ Sáu hằng tuần",
    )
    assert list(doubts(task, NEXT)) == []
