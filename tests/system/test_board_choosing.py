"""The board in Chromium: filters and search, and the address that keeps what was chosen."""

from datetime import UTC, date, datetime

import pytest

from tdkt_cli.core.agenda import STATES
from tdkt_cli.core.query import ROLE_CHOICES, Query
from tdkt_cli.render.language import language

VI, EN = language("vi"), language("en")


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


def test_tab_takes_the_unit_that_is_marked(open_board, kinds):
    board = open_board(kinds)
    board.page.locator("#unit").focus()
    board.page.keyboard.type("so noi")
    board.page.keyboard.press("Tab")
    assert board.page.input_value("#unit") == "Sở Nội vụ"
    assert "unit=u/so-noi-vu" in board.hash()
    assert board.page.evaluate("document.activeElement.id") != "unit"


def test_a_unit_that_has_delivered_owes_nothing_while_others_do(open_board, kinds):
    board = open_board(kinds, "unit=u/so-y-te&today=2023-02-17")
    assert "a/2" not in board.refs()
    board.go("unit=u/so-noi-vu&today=2023-02-17")
    assert "a/2" in board.refs()
    board.go("unit=u/so-y-te&role=executor&today=2023-02-17")
    assert "a/2" in board.refs()
    board.go("unit=u/so-y-te&today=2023-01-31")
    assert "a/2" in board.refs()


def test_searching_for_a_unit_offers_what_binds_it(open_board, kinds):
    board = open_board(kinds)
    board.type("so noi")
    assert board.page.locator("#q-units button").count() == 0
    board.type("so noi vu")
    board.page.get_by_role("button", name="Việc giao cho Sở Nội vụ").click()
    assert board.hash() == "unit=u/so-noi-vu&today=2023-02-01"
    assert board.page.input_value("#q") == ""
    assert board.page.locator("#q-units button").count() == 0


def test_without_a_unit_there_is_no_role_to_choose(open_board, kinds):
    board = open_board(kinds)
    assert board.page.locator("#role").is_disabled()
    board.go("unit=u/so-noi-vu&today=2023-02-01")
    assert board.page.locator("#role").is_enabled()


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
        "overdue": "2", "due": "0", "later": "6", "waiting": "2", "ongoing": "1", "done_in_time": "3", "done_late": "1", "cancelled": "1",
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
