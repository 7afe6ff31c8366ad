"""The board in Chromium: its list, and what stands in an opened row."""

from tdkt_cli.render.language import language

VI, EN = language("vi"), language("en")


def test_months(open_board, kinds):
    board = open_board(kinds)
    board.page.get_by_role("button", name="Tháng", exact=True).click()
    headings = [heading for heading, _ in board.groups()]
    assert headings == ["Tháng 02/2023", "Tháng 03/2023", "Tháng 06/2023", "Thường xuyên", "Chưa xác định thời hạn"]
    assert dict(board.groups())["Tháng 06/2023"] == ["a/1#ngay", "a/1#khoang", "a/1#ky@2023-06-30"]


def test_a_row_closed_says_what_when_and_whom(open_board, kinds):
    board = open_board(kinds, "today=2023-02-17")
    lines = board.row("a/1#truoc").inner_text().split("\n")
    text = " ".join(lines)
    for part in ("19/02/2023", "Trình cờ – Họp Hội đồng", "Sở Y tế", "trước 20/02/2023", "9/KH-UBND", "a/1#truoc"):
        assert part in text
    assert "còn 2 ngày" in text.lower()
    assert "chủ nhật" in text.lower()
    assert "ngày làm việc cuối: T6 17/02/2023" in text


def fields(board, ref):
    """What an opened row says, by the names of its fields."""
    names = board.row(ref).locator("dt").all_inner_texts()
    return dict(zip(map(str.lower, names), board.row(ref).locator("dd").all_inner_texts(), strict=True))


def test_a_row_opened_says_everything(open_board, kinds):
    board = open_board(kinds, "today=2023-02-26")

    def opened(ref):
        board.row(ref).get_by_role("button").click()
        return fields(board, ref)

    assert opened("a/1#muon")["hoàn thành ngày"] == "25/02/2023; 2/QĐ; chậm"
    moved = opened("a/1#chuyen")
    assert moved["hạn đầu"] == "chậm nhất 20/02/2023"
    assert moved["đã chuyển"] == "chậm nhất 20/03/2023; 4/QĐ; 15/02/2023; hoãn họp"
    assert moved["đính chính"] == "văn bản in nhầm"
    assert moved["nội dung"] == "- Xét\n- Trình"
    assert moved["thời gian, nguyên văn"] == "trước 20/02/2023"
    assert moved["chỉ đạo, chủ trì"] == "Ước mơ Đại đồng"
    assert opened("a/1#huy")["hủy ngày"] == "10/02/2023; 3/QĐ; không còn cần"
    report = opened("a/2")
    assert report["đã nhận từ"] == "Sở Y tế (01/02/2023; 5/BC)\nSở Nội vụ (18/02/2023)"
    assert report["chỉ tiêu"] == "mỗi sở: tối đa 2 cờ"
    assert (report["hồ sơ"], report["gửi hồ sơ đến"], report["số bộ"]) == ("tờ trình\nbiên bản", "Ban TĐKT", "3")
    assert (report["ghi chú"], report["nhãn"], report["số đơn vị"]) == ("Gửi bản giấy", "báo cáo", "2")
    assert opened("a/3")["trùng với"] == "a/2"


def test_who_is_missing_goes_by_the_day(open_board, kinds):
    board = open_board(kinds, "today=2023-02-17&ref=a/2")
    assert "đã nhận 1/2" in board.row("a/2").inner_text()
    assert fields(board, "a/2")["còn thiếu"] == "Sở Nội vụ"
    board.go("today=2023-02-18")
    assert "đã nhận 2/2" in board.row("a/2").inner_text()
    assert "còn thiếu" not in fields(board, "a/2")  # the row is still open
