"""The board page in Chromium: what a reader sees and does."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import product
from textwrap import dedent

import pytest
from axe_playwright_python.sync_playwright import Axe

from tdkt_cli.core.agenda import STATES
from tdkt_cli.core.plan import Cancelled, Done
from tdkt_cli.core.query import ROLE_CHOICES, Query
from tdkt_cli.core.text import visible
from tdkt_cli.render.language import language
from tdkt_cli.render.words import NEAR, distance, nearness

VI, EN = language("vi"), language("en")
DAYS = (
    "2022-12-30",
    "2022-12-31",
    "2023-01-01",
    "2023-02-19",
    "2023-02-20",
    "2023-02-21",
    "2023-06-30",
    "2024-02-29",
    "2026-01-01",
)

KINDS = dedent("""\
    tdkt: plan/1
    id: a
    document: {number: 9/KH-UBND, title: Kế hoạch A, issued: 2022-12-01}
    period: 2023
    units: u
    sections:
      I: Phần thứ nhất
    tasks:
      - id: "1"
        section: I
        title: Họp Hội đồng
        content: |-
          - Xét
          - Trình
        timing: trước 20/02/2023
        executor: Sở Y tế
        lead: Ước mơ Đại đồng
        deadlines:
          - id: truoc
            before: 2023-02-20
            what: Trình cờ
          - id: xong
            by: 2023-02-20
            done: {date: 2023-02-20, document: 1/QĐ}
          - id: muon
            by: 2023-02-20
            done: {date: 2023-02-25, document: 2/QĐ, note: chậm}
          - id: huy
            by: 2023-02-20
            cancelled: {date: 2023-02-10, document: 3/QĐ, reason: không còn cần}
          - id: chuyen
            by: 2023-02-20
            correction: văn bản in nhầm
            moved:
              - by: 2023-03-20
                date: 2023-02-15
                document: 4/QĐ
                reason: hoãn họp
          - id: gio
            by: 2023-02-20T17:00
          - id: ngay
            day: 2023-06-11
            approximate: true
          - id: khoang
            within: 2023-06
          - id: ky
            every: FREQ=MONTHLY;BYMONTH=3,6;BYMONTHDAY=-1
            occurrences:
              2023-03-31:
                done: 2023-03-30
          - id: sau
            after: {event: có kết quả, days: 10, occurred: 2023-03-01}
          - id: sau-cho
            after: {event: có quyết định, days: 5}
          - id: mai
            ongoing: true
          - id: cho
            waiting: kết quả
            on_task: "2"
      - id: "2"
        title: Nộp báo cáo
        executor: Các sở
        labels: [báo cáo]
        note: Gửi bản giấy
        deadlines:
          - by: 2023-02-19
            quota:
              - {who: mỗi sở, what: cờ, max: 2}
            dossier: {to: Ban TĐKT, copies: 3, items: [tờ trình, biên bản]}
            received:
              Sở Y tế: {date: 2023-02-01, document: 5/BC}
              Sở Nội vụ: 2023-02-18
      - id: "3"
        title: Nhắc lại việc 2
        executor: Các sở
        deadlines:
          - by: 2023-02-19
            same_as: "2"
""")
UNITS = dedent("""\
    tdkt: units/1
    id: u
    name: Danh bạ
    bodies:
      - {id: so-y-te, name: Sở Y tế, short: SYT}
      - {id: so-noi-vu, name: Sở Nội vụ}
      - {id: uoc-mo, name: Ước mơ Đại đồng}
    groups:
      - {id: cac-so, name: Các sở, members: [so-y-te, so-noi-vu]}
""")


@pytest.fixture
def kinds(project):
    return project(a=KINDS, u=UNITS)


def expected(found, day, speaker=VI):
    """What Python says of each item on a day."""
    soon = found.office.soon
    return {item.ref: [item.state(day, soon), speaker.say(distance(item, day, soon))] for item in found.items}


def shown(board):
    return {ref: rest for ref, *rest in board.rows()}


def check_groups(board, found, day):
    said = {VI.say(NEAR[key]): key for key in NEAR}
    near = {item.ref: nearness(item, day, found.office.soon) for item in found.items}
    groups = [(said[heading], refs) for heading, refs in board.groups()]
    assert {ref: key for key, refs in groups for ref in refs} == near
    assert [key for key, _ in groups] == [key for key in NEAR if key in near.values()]


# States and distances


def test_states_distances_and_groups_are_those_of_the_command_line(open_board, bundled):
    board = open_board(bundled)
    for text in DAYS:
        board.go(f"today={text}")
        day = date.fromisoformat(text)
        assert shown(board) == expected(bundled, day), text
        check_groups(board, bundled, day)


@pytest.mark.parametrize(("soon", "strict"), [(7, False), (0, False), (30, False), (7, True)])
def test_every_kind_of_deadline_on_every_day_around_it(open_board, kinds, soon, strict):
    from tdkt_cli.core.agenda import items  # noqa: PLC0415 - reckoned again with other settings

    office = replace(kinds.office, soon=soon, strict=strict)
    plans = list({item.plan.id: item.plan for item in kinds.items}.values())
    kinds.office, kinds.items = office, list(items(plans, office))
    board = open_board(kinds)
    seen = set()
    for text in (
        "2023-01-01",
        *(f"2023-02-{number:02}" for number in range(9, 28)),
        "2023-03-13",
        "2023-03-14",
        "2023-03-31",
        "2023-07-01",
    ):
        board.go(f"today={text}")
        day = date.fromisoformat(text)
        assert shown(board) == expected(kinds, day), text
        check_groups(board, kinds, day)
        seen |= {state for _, state, _ in board.rows()}
    assert seen == set(STATES)


def test_ends_on_the_days_that_decide(open_board, kinds):
    days = [date(2023, 2, number) for number in range(18, 24)]
    dates = [None, *days]
    due = next(item for item in kinds.items if item.ref == "a/1#truoc")
    kinds.items = [
        replace(
            due,
            deadline=replace(due.deadline, id=f"{place}"),
            done=done and Done(done),
            progress=replace(due.progress, cancelled=cancelled and Cancelled(cancelled)),
        )
        for place, (done, cancelled) in enumerate(product(dates, dates))
    ]
    board = open_board(kinds)
    for day in days:
        board.go(f"today={day}")
        assert shown(board) == expected(kinds, day), day


def test_what_has_come_that_a_deadline_waits_for(open_board, kinds):
    board = open_board(kinds, "today=2023-02-17")
    assert shown(board)["a/1#cho"] == ["waiting", VI.say(NEAR["waiting"])]
    board.go("today=2023-02-18")
    assert shown(board)["a/1#cho"] == ["waiting", "đã có căn cứ, cần ghi ngày"]


# Filters


@pytest.mark.parametrize("role", ROLE_CHOICES)
def test_units_are_found_as_the_command_line_finds_them(open_board, bundled, role):
    board = open_board(bundled, f"role={role}")
    day = date(2023, 2, 1)
    for unit in ("hanoi/so-y-te", "hanoi/ban-tdkt-tp", "hanoi/ubnd-tp"):
        register, id_ = unit.split("/")
        query = Query(units={register: bundled.office.registers[register].with_groups([id_])}, role=role)
        wanted = {item.ref for item in bundled.items if query.matches(item, bundled.office, day)}
        board.go(f"today=2023-02-01&role={role}&unit={unit}")
        if f"unit={unit}" in board.hash() and board.page.locator("#unit").input_value():
            assert set(board.refs()) == wanted
        else:
            assert wanted == set()


def offered(board):
    return board.page.locator('#units [role="option"]').all_inner_texts()


def test_a_unit_is_chosen_by_typing_part_of_its_name_without_accents(open_board, kinds):
    board = open_board(kinds)
    board.page.click("#unit")
    assert offered(board) == ["Sở Y tế", "Sở Nội vụ", "Ước mơ Đại đồng", "Các sở"]
    board.page.fill("#unit", "noi vu")
    assert offered(board) == ["Sở Nội vụ"]
    board.page.keyboard.press("Enter")
    assert board.page.input_value("#unit") == "Sở Nội vụ"
    assert board.refs() == ["a/2", "a/3"]
    assert board.hash() == "unit=u/so-noi-vu&today=2023-02-01"
    board.page.get_by_role("button", name="Bỏ chọn đơn vị").click()
    assert len(board.refs()) == len(kinds.items)


def test_the_list_of_units_by_keyboard(open_board, kinds):
    board = open_board(kinds)
    unit = board.page.locator("#unit")
    unit.focus()
    board.page.keyboard.press("ArrowDown")
    assert unit.get_attribute("aria-expanded") == "true"
    board.page.keyboard.press("ArrowDown")
    board.page.keyboard.press("ArrowDown")
    active = unit.get_attribute("aria-activedescendant")
    assert board.text(f"#{active}") == "Sở Nội vụ"
    board.page.keyboard.press("Escape")
    assert unit.get_attribute("aria-expanded") == "false"
    board.page.keyboard.type("khong co")
    assert offered(board) == ["Không có đơn vị nào khớp"]
    board.page.keyboard.press("Tab")
    assert board.page.input_value("#unit") == ""
    assert len(board.refs()) == len(kinds.items)


def test_the_role_in_which_a_unit_is_asked_for(open_board, kinds):
    board = open_board(kinds, "unit=u/uoc-mo&today=2023-02-01")
    assert board.refs() == []
    assert board.text("#total") == "Không có việc nào khớp"
    board.page.select_option("#role", "lead")
    assert {ref.partition("#")[0] for ref in board.refs()} == {"a/1"}


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("so y te", True),
        ("SỞ  Y TẾ", True),
        ("so\u031b\u0309 y te\u0302\u0301", True),  # typed in NFD
        ("uoc mo dai dong", True),
        ("ước-mơ", True),
        ("9/KH-UBND", True),
        ("phan thu nhat", True),
        ("không có đâu", False),
    ],
)
def test_searching_without_accents(open_board, kinds, typed, wanted):
    board = open_board(kinds)
    board.type(typed)
    assert ("a/1#truoc" in board.refs()) is wanted


def test_searching_finds_what_the_command_line_finds(open_board, bundled):
    board = open_board(bundled)
    for typed in ("so y te", "cờ", "đợt 1/2023", "PL1.3", "thang 6", "quận, huyện", "“"):
        board.type(typed)
        query = Query(text=typed)
        wanted = {item.ref for item in bundled.items if query.matches(item, bundled.office, date.min)}
        assert wanted
        assert wanted <= set(board.refs())
    board.type("so y te")
    assert 0 < len(board.refs()) < len(bundled.items)


def test_states_are_toggled_and_counted(open_board, kinds):
    board = open_board(kinds, "today=2023-02-26")
    counts = dict(zip(STATES, board.page.locator(".state-count").all_inner_texts(), strict=True))
    assert counts == {
        "overdue": "2", "due": "0", "later": "6", "waiting": "2", "ongoing": "1", "done_in_time": "2", "done_late": "1", "cancelled": "1",
    }  # fmt: skip
    late = board.page.get_by_role("button", name="Đã hoàn thành (quá hạn)")
    late.click()
    assert late.get_attribute("aria-pressed") == "true"
    assert board.refs() == ["a/1#muon"]
    board.page.get_by_role("button", name="Đã hủy").click()
    assert board.refs() == ["a/1#muon", "a/1#huy"]
    assert board.hash() == "state=done_late,cancelled&today=2023-02-26"
    assert board.page.locator(".state-count").all_inner_texts() == list(
        counts.values()
    )  # of what the other filters choose
    board.page.get_by_role("button", name="Xóa bộ lọc").click()
    assert len(board.refs()) == len(kinds.items)


def test_the_total_counts_what_repeats_another_once(open_board, kinds):
    board = open_board(kinds)
    rows, things = len(kinds.items), len(kinds.items) - 1
    assert board.text("#total") == f"Tổng cộng {things} việc trong {rows} dòng: việc trùng chỉ tính một lần"
    board.type("nhac lai")
    assert board.text("#total") == "Tổng cộng 1 việc"
    assert board.page.locator("#total").get_attribute("role") == "status"


def test_one_plan(open_board, bundled):
    board = open_board(bundled)
    board.page.select_option("#plan", "mttq-hanoi-2023")
    assert {ref.partition("/")[0] for ref in board.refs()} == {"mttq-hanoi-2023"}
    assert board.hash() == "plan=mttq-hanoi-2023&today=2023-02-01"


# The list


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


# The address


def test_everything_chosen_stands_in_the_address_and_comes_back(open_board, bundled):
    address = "unit=hanoi/so-y-te&role=executor&plan=hanoi-2023&state=overdue,later&q=khen+thưởng&view=list&group=month&lang=en"
    board = open_board(bundled, f"{address}&today=2023-02-01")
    first = board.rows()
    assert first
    page = board.page
    assert (page.input_value("#q"), page.input_value("#unit")) == ("khen thưởng", "Sở Y tế")
    assert (page.input_value("#role"), page.input_value("#plan")) == ("executor", "hanoi-2023")
    assert page.locator('[aria-pressed="true"]').evaluate_all("all => all.map(each => each.dataset.state || each.textContent)") == [
        "English", "overdue", "later", "Month", "List",
    ]  # fmt: skip
    page.locator('.state[data-state="due"]').click()
    kept = board.hash().replace(" ", "+")
    assert (
        kept
        == "unit=hanoi/so-y-te&role=executor&plan=hanoi-2023&state=overdue,due,later&q=khen+thưởng&group=month&today=2023-02-01&lang=en"
    )
    again = board.rows()
    board.open(kept)
    assert board.rows() == again


def test_back_and_forward(open_board, kinds):
    board = open_board(kinds)
    board.page.locator('.state[data-state="later"]').click()
    chosen = board.refs()
    board.page.get_by_role("button", name="Dòng thời gian").click()
    board.page.go_back()
    assert board.refs() == chosen
    assert board.page.locator("#timeline").is_hidden()
    board.page.go_back()
    assert len(board.refs()) == len(kinds.items)
    board.page.go_forward()
    assert board.refs() == chosen


def test_a_search_is_one_step_back(open_board, kinds):
    board = open_board(kinds)
    for typed in ("n", "no", "nop"):
        board.type(typed)
    assert board.refs() == ["a/2"]
    board.page.go_back()
    assert len(board.refs()) == len(kinds.items)
    assert board.page.input_value("#q") == ""


@pytest.mark.parametrize(
    "address",
    [
        "unit=u/khong-co&state=late,xxx&view=x&group=y&role=z&plan=q&lang=fr&year=20&ref=a/99",
        "%E0%A4%A&q=%ZZ",
        "=&&=x",
        "constructor=1&__proto__=2",
    ],
)
def test_what_means_nothing_in_the_address_is_ignored(open_board, kinds, address):
    board = open_board(kinds, f"{address}&today=2023-02-01")
    assert len(board.refs()) == len(kinds.items)
    assert board.page.locator("html").get_attribute("lang") == "vi"


@pytest.mark.parametrize("text", ["2023-02-30", "2023-2-1", "1899-12-31", "today", "2023-02-01T00:00"])
def test_a_day_that_is_none_is_ignored(open_board, kinds, text):
    board = open_board(kinds, f"today={text}", now=datetime(2023, 2, 10, tzinfo=UTC))
    assert board.text("#day") == "Hôm nay: thứ Sáu 10/02/2023"


def test_a_link_to_a_deadline_opens_it_and_drops_the_filters_that_hide_it(open_board, bundled):
    board = open_board(
        bundled, "today=2023-02-01&plan=cantho-2023&state=waiting&view=timeline&ref=hanoi-2023/PL1.3%23hop"
    )
    row = board.row("hanoi-2023/PL1.3#hop")
    assert row.locator(".row-open").get_attribute("aria-expanded") == "true"
    assert "Họp Hội đồng TĐKT TP trước ngày 20/02/2023" in row.inner_text()
    board.page.wait_for_function(
        "row => { const top = row.getBoundingClientRect().top; return top >= 0 && top < 200 }", arg=row.element_handle()
    )
    assert row.locator(".row-open").evaluate("button => button === document.activeElement")
    assert len(board.refs()) == len(bundled.items)
    assert board.hash() == "today=2023-02-01&ref=hanoi-2023/PL1.3#hop"


def test_a_link_to_a_deadline_leaves_filters_that_show_it(open_board, bundled):
    board = open_board(bundled, "today=2023-02-01&plan=hanoi-2023&ref=hanoi-2023/PL1.3%23hop")
    assert board.page.input_value("#plan") == "hanoi-2023"


def test_a_link_to_a_task_opens_all_its_deadlines(open_board, kinds):
    board = open_board(kinds, "today=2023-02-01&ref=a/1%23ky")
    assert board.page.locator(".row.opened").evaluate_all("rows => rows.map(row => row.dataset.ref)") == [
        "a/1#ky@2023-03-31", "a/1#ky@2023-06-30",
    ]  # fmt: skip


def test_from_what_repeats_to_what_it_repeats(open_board, kinds):
    board = open_board(kinds, "today=2023-02-01&q=nhac+lai")
    board.row("a/3").get_by_role("button").click()
    board.row("a/3").get_by_role("link", name="a/2", exact=True).click()
    assert board.row("a/2").locator(".row-details").is_visible()
    assert board.page.input_value("#q") == ""


# The day


@pytest.mark.parametrize("machine", ["America/Los_Angeles", "Asia/Tokyo", "UTC"])
def test_today_is_the_day_in_the_zone_of_the_plans(open_board, kinds, machine):
    board = open_board(kinds, "", now=datetime(2023, 2, 19, 18, tzinfo=UTC), timezone_id=machine)
    assert board.text("#day") == "Hôm nay: thứ Hai 20/02/2023"
    assert shown(board) == expected(kinds, date(2023, 2, 20))


def test_the_day_changes_at_midnight(open_board, kinds):
    board = open_board(kinds, "", now=datetime(2023, 2, 19, 16, 59, 30, tzinfo=UTC))
    assert board.text("#day") == "Hôm nay: Chủ nhật 19/02/2023"
    board.page.clock.run_for(60_000)
    assert board.text("#day") == "Hôm nay: thứ Hai 20/02/2023"
    assert shown(board) == expected(kinds, date(2023, 2, 20))


def test_another_day_is_said_plainly_and_can_be_dropped(open_board, kinds):
    board = open_board(kinds, "today=2023-06-01", now=datetime(2023, 2, 10, tzinfo=UTC))
    assert board.text("#day") == "Coi như hôm nay là thứ Năm 01/06/2023"
    board.page.get_by_role("button", name="bỏ, trở về ngày thực").click()
    assert board.text("#day") == "Hôm nay: thứ Sáu 10/02/2023"
    assert board.hash() == ""
    assert shown(board) == expected(kinds, date(2023, 2, 10))


# Languages and colours


def test_everything_switches_to_english_and_back(open_board, kinds):
    board = open_board(kinds, "today=2023-02-17")
    before = board.page.inner_text("body")
    board.page.get_by_role("button", name="English").click()
    assert board.page.locator("html").get_attribute("lang") == "en"
    assert board.page.title() == "Bảng thử – Deadline board"
    assert shown(board) == expected(kinds, date(2023, 2, 17), EN)
    text = board.row("a/1#truoc").inner_text()
    assert "2023-02-19" in text
    assert "before 2023-02-20" in text
    assert board.text("#day") == "Taken as today: Friday 2023-02-17"
    assert not re.search(
        r"\b(?:còn|ngày|Tìm|Tổng|quá hạn|thứ)\b", board.page.inner_text("#page").replace("Phần thứ", "")
    )
    board.page.get_by_role("button", name="Tiếng Việt").click()
    assert board.page.inner_text("body") == before


def test_a_board_that_begins_in_english(open_board, kinds):
    board = open_board(kinds, lang="en")
    assert board.text("#total") == "15 deadlines in 16 rows: what repeats another is counted once"
    assert "lang" not in board.hash()


def background(board):
    return board.page.evaluate("getComputedStyle(document.body).backgroundColor")


def test_dark_follows_the_system_until_it_is_chosen(open_board, kinds):
    light, dark = open_board(kinds, color_scheme="light"), open_board(kinds, color_scheme="dark")
    assert background(light) != background(dark)
    button = light.page.get_by_role("button", name="Nền tối")
    assert button.get_attribute("aria-pressed") == "false"
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    light.page.wait_for_function(
        "wanted => getComputedStyle(document.body).backgroundColor === wanted", arg=background(dark)
    )
    light.open()
    assert background(light) == background(dark)  # kept


def test_a_browser_that_keeps_nothing(open_board, kinds):
    board = open_board(kinds)
    board.page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused') } })"
    )
    board.open()
    board.page.get_by_role("button", name="Nền tối").click()
    assert board.page.locator("html").get_attribute("data-theme") == "dark"


def test_where_calendars_are_offered(open_board, kinds):
    link = open_board(kinds, feeds="index.html").page.get_by_role("link", name="Đăng ký lịch")
    assert link.get_attribute("href") == "index.html"
    assert open_board(kinds).page.get_by_role("link", name="Đăng ký lịch").count() == 0


# The timeline


def timeline_row(board, task):
    return board.page.locator(f'.tl-row[data-task="{task}"]')


def test_the_timeline_has_a_row_a_task_with_its_dates_in_words(open_board, kinds):
    board = open_board(kinds, "today=2023-02-17&view=timeline")
    assert board.page.locator(".tl-row").evaluate_all("rows => rows.map(row => row.dataset.task)") == [
        "a/1",
        "a/2",
        "a/3",
    ]
    name = timeline_row(board, "a/1").get_by_role("button").inner_text()
    assert "trước 20/02/2023: Trình cờ (còn 2 ngày)" in name
    assert "trong tháng 06/2023 (còn 133 ngày)" in name
    assert "(Đã hủy)" in name
    assert board.page.get_by_role("heading", name="Năm 2023", exact=True).is_visible()
    assert board.text(".tl-rest").startswith("2 việc không có ngày trong năm 2023")


def test_signs_stand_on_their_days_and_bars_over_their_periods(open_board, kinds):
    board = open_board(kinds, "today=2023-02-17&view=timeline")
    plot = timeline_row(board, "a/1").locator(".tl-plot").bounding_box()

    def place(day):
        number = (date.fromisoformat(day) - date(2023, 1, 1)).days
        return plot["x"] + plot["width"] * number / 365

    box = board.page.locator('.tl-mark[data-ref="a/1#truoc"]').bounding_box()
    assert box["x"] + box["width"] / 2 == pytest.approx((place("2023-02-19") + place("2023-02-20")) / 2, abs=1.5)
    bar = board.page.locator('.tl-bar[title^="trong tháng 06/2023"]').bounding_box()
    assert bar["x"] == pytest.approx(place("2023-06-01"), abs=1.5)
    assert bar["x"] + bar["width"] == pytest.approx(place("2023-07-01"), abs=1.5)
    today = board.page.locator(".tl-today").bounding_box()
    assert today["x"] == pytest.approx((place("2023-02-17") + place("2023-02-18")) / 2, abs=2.5)


def test_signs_do_not_cover_each_other(open_board, bundled):
    board = open_board(bundled, "today=2023-02-01&view=timeline")
    rows = board.page.locator(".tl-row").evaluate_all(
        "rows => rows.map(row => [...row.querySelectorAll('.tl-mark .sign')].map(sign => { const { left, right, top } = sign.getBoundingClientRect();"
        " return [left, right, top] }))"
    )
    assert any(len(signs) > 3 for signs in rows)
    for signs in rows:
        for index, (left, right, top) in enumerate(signs):
            assert not any(
                abs(top - other[2]) < 5 and left < other[1] - 1 and other[0] < right - 1 for other in signs[index + 1 :]
            )


def test_each_state_has_a_shape_of_its_own(open_board, kinds):
    board = open_board(kinds)
    shapes = board.page.evaluate(
        "[...document.querySelectorAll('symbol')].map(symbol => [symbol.id, symbol.innerHTML])"
    )
    assert [name for name, _ in shapes] == [
        f"sign-{state}"
        for state in ("overdue", "due", "later", "waiting", "ongoing", "done_in_time", "done_late", "cancelled")
    ]
    assert len({shape for _, shape in shapes}) == len(STATES)


def test_filters_choose_in_the_timeline_too(open_board, kinds):
    board = open_board(kinds, "today=2023-02-17&view=timeline")
    board.type("bao cao")
    assert board.page.locator(".tl-row").count() == 1
    board.page.locator('.state[data-state="later"]').click()
    assert board.page.locator(".tl-row").count() == 0


def test_years(open_board, bundled):
    board = open_board(bundled, "today=2023-02-01&view=timeline")
    board.page.get_by_role("button", name="Năm sau").click()
    assert board.page.get_by_role("heading", name="Năm 2024", exact=True).is_visible()
    assert "year=2024" in board.hash()
    assert board.page.locator(".tl-today").count() == 0
    assert board.page.get_by_role("button", name="Năm sau").evaluate("button => button === document.activeElement")
    board.open("today=2023-02-01&view=timeline&plan=hanoi-70nam-2024")
    assert board.page.get_by_role(
        "heading", name="Năm 2024", exact=True
    ).is_visible()  # the nearest that holds anything


def test_from_the_timeline_to_the_row(open_board, kinds):
    board = open_board(kinds, "today=2023-02-17&view=timeline")
    timeline_row(board, "a/2").get_by_role("button").click()
    assert board.row("a/2").locator(".row-details").is_visible()
    board.page.go_back()
    assert board.page.locator("#timeline").is_visible()


# Keyboard, phones, paper


def test_the_page_by_keyboard_alone(open_board, kinds):
    board = open_board(kinds)
    page = board.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Đến thẳng các thời hạn"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    assert board.hash() == "today=2023-02-01"  # the choice is still there
    page.keyboard.press("Tab")
    first = page.locator(".row-open").first
    assert first.evaluate("button => button === document.activeElement")
    page.keyboard.press("Enter")
    assert first.get_attribute("aria-expanded") == "true"
    assert page.locator(f"#{first.get_attribute('aria-controls')}").is_visible()
    page.keyboard.press("Space")
    assert first.get_attribute("aria-expanded") == "false"


def test_what_has_the_focus_is_seen(open_board, kinds):
    board = open_board(kinds)
    for _ in range(24):
        board.page.keyboard.press("Tab")
        outline = board.page.evaluate(
            "[getComputedStyle(document.activeElement), getComputedStyle(document.activeElement, '::after')].map(style => style.outlineStyle)"
        )
        assert "solid" in outline


def test_a_phone_scrolls_only_down(open_board, bundled):
    board = open_board(bundled, viewport={"width": 360, "height": 740})
    for address in ("", "&group=month", "&lang=en", "&view=timeline", "&ref=hanoi-2023/PL1.3%23hop"):
        board.go(f"today=2023-02-01{address}")
        assert board.page.evaluate("document.documentElement.scrollWidth") == 360
    board.go("today=2023-02-01&view=timeline")
    assert board.page.locator(".tl-box").evaluate("box => box.scrollWidth > box.clientWidth")
    assert board.page.locator("#q").is_hidden()
    board.page.get_by_role("button", name="Bộ lọc").click()
    assert board.page.locator("#q").is_visible()
    assert board.page.evaluate("document.documentElement.scrollWidth") == 360


def test_paper_has_what_was_chosen_and_no_controls(open_board, kinds):
    board = open_board(
        kinds, "today=2023-02-17&unit=u/so-noi-vu&q=nop", now=datetime(2023, 3, 1, 12, tzinfo=UTC), color_scheme="dark"
    )
    assert board.page.locator("#chosen").is_hidden()
    board.page.emulate_media(media="print")
    assert board.text("#chosen") == "Đã chọn: Đơn vị: Sở Nội vụ (giao cho); Tìm kiếm: “nop”"
    assert board.text("#printed") == "In ngày 01/03/2023"
    assert board.text("#day") == "Coi như hôm nay là thứ Sáu 17/02/2023"
    for hidden in (".filters", "#tools", "#reset", ".bar-tools", "#real-today"):
        assert board.page.locator(hidden).is_hidden()
    assert background(board) == "rgb(255, 255, 255)"
    assert board.page.evaluate("getComputedStyle(document.querySelector('.row-distance')).color") == "rgb(0, 0, 0)"
    assert board.page.locator(".row").first.evaluate("row => getComputedStyle(row).breakInside") == "avoid"
    assert board.page.locator(".row").first.evaluate("row => getComputedStyle(row).contentVisibility") == "visible"


def test_paper_is_a4(open_board, bundled):
    board = open_board(bundled)
    upright = board.page.pdf(prefer_css_page_size=True)
    assert re.search(rb"/MediaBox \[0 0 59[45][.\d]* 84[12][.\d]*\]", upright)
    board.go("today=2023-02-01&view=timeline")
    assert re.search(rb"/MediaBox \[0 0 84[12][.\d]* 59[45][.\d]*\]", board.page.pdf(prefer_css_page_size=True))


# What cannot be trusted

HOSTILE = (
    "<script>document.title='x';alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!-- <script>",
    "&lt;b&gt; &amp; {n} $data ' \" ` \\",
    "\u202egnol \u2066 \u200b \x1b[31m \u2028 \u2029 \x07",
    "𝔗𝔇 🎖 e\u0301\u0302",
    "ươ" * 200,
    "שלום עולם",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_shown_as_text(open_board, kinds, text):
    bad = replace(
        kinds.items[0].plan,
        document=replace(kinds.items[0].plan.document, title=text, number=text),
        sections={"I": text},
    )
    kinds.items = [
        replace(
            item,
            plan=bad,
            task=replace(item.task, title=text, content=text, timing=text, executor=(text,), labels=(text,), note=text),
            deadline=replace(item.deadline, what=text, text=text, correction=text, note=text),
        )
        for item in kinds.items
    ]
    board = open_board(kinds, "today=2023-02-17&ref=a/1%23truoc", name=text, viewport={"width": 360, "height": 740})
    spelled = visible(text)
    row = board.row("a/1#truoc")
    assert row.locator(".row-open").evaluate("button => button.textContent") == f"{spelled} – {spelled}"
    assert row.locator("dd").first.evaluate("value => value.textContent") == spelled
    assert board.page.locator("h1").evaluate("name => name.textContent") == spelled
    assert board.page.evaluate("document.querySelectorAll('script').length") == 2
    assert board.page.evaluate("document.querySelectorAll('img').length") == 0
    assert board.page.title().startswith(" ".join(spelled.split())[:20])
    assert board.page.evaluate("document.documentElement.scrollWidth") == 360
    board.go("today=2023-02-17&view=timeline")
    assert timeline_row(board, "a/1").locator("bdi").first.evaluate("title => title.textContent") == spelled
    assert board.page.evaluate("document.documentElement.scrollWidth") == 360


def test_a_hostile_address_is_shown_as_text(open_board, kinds):
    board = open_board(kinds, "today=2023-02-17&q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E%E2%80%AE")
    assert board.page.input_value("#q") == "<img src=x onerror=alert(1)> "
    board.page.emulate_media(media="print")
    assert "<img src=x onerror=alert(1)>" in board.text("#chosen")


def test_the_policy_stops_what_is_put_into_the_page(open_board, kinds):
    board = open_board(kinds)
    ran = board.page.evaluate(
        "() => { const script = document.createElement('script'); script.textContent = 'window.ran = true'; document.body.append(script);"
        " return window.ran === true }"
    )
    assert ran is False
    assert any("Content Security Policy" in problem for problem in board.wrong)
    board.wrong.clear()


def test_without_script_a_sentence_says_so(open_board, kinds):
    board = open_board(kinds, java_script_enabled=False)
    assert board.text("noscript p") == "Trang này cần JavaScript để hiện các thời hạn. Trang không tải gì từ mạng."
    assert board.text("h1") == "Bảng thử"
    assert board.page.locator("#page").is_hidden()


def test_a_board_of_nothing(open_board, kinds):
    kinds.items = []
    board = open_board(kinds)
    assert board.text("#total") == "Không có việc nào khớp"
    board.page.get_by_role("button", name="Dòng thời gian").click()
    assert board.page.get_by_role("heading", name="Năm 2023", exact=True).is_visible()


# Accessibility


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize(
    ("address", "width"),
    [
        ("today=2023-02-17", 1280),
        ("today=2023-02-26&group=month&lang=en", 1280),
        ("today=2023-02-17&state=later,due&ref=a/2", 1280),
        ("today=2023-02-17&view=timeline", 1280),
        ("today=2023-02-17&ref=a/1%23chuyen", 360),
        ("today=2023-02-17&view=timeline", 360),
    ],
)
def test_axe_finds_nothing(open_board, kinds, colours, address, width):
    board = open_board(
        kinds, address, viewport={"width": width, "height": 900}, color_scheme=colours, feeds="index.html"
    )
    board.page.locator("#unit").evaluate("unit => unit.click()")
    found = Axe().run(board.page, options={"resultTypes": ["violations"]})
    assert [(each["id"], [node["html"][:120] for node in each["nodes"]]) for each in found.response["violations"]] == []
