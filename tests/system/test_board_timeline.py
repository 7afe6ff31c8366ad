"""The board in Chromium: the timeline of a year."""

from datetime import date

import pytest

from tdkt_cli.core.agenda import STATES
from tdkt_cli.render.language import language

VI, EN = language("vi"), language("en")


def test_the_timeline_has_a_row_a_task_with_its_dates_in_words(open_board, kinds):
    board = open_board(kinds, "today=2023-02-17&view=timeline")
    assert board.page.locator(".tl-row").evaluate_all("rows => rows.map(row => row.dataset.task)") == [
        "a/1",
        "a/2",
        "a/3",
    ]
    name = board.timeline_row("a/1").get_by_role("button").inner_text()
    assert "trước 20/02/2023: Trình cờ · còn 2 ngày" in name
    assert "trong tháng 06/2023 · còn 133 ngày" in name
    assert " · Đã hủy" in name
    assert board.page.get_by_role("heading", name="Năm 2023", exact=True).is_visible()
    assert board.text(".tl-rest").startswith("3 việc không có ngày trong năm 2023")


def test_signs_stand_on_their_days_and_bars_over_their_periods(open_board, kinds):
    board = open_board(kinds, "today=2023-02-17&view=timeline")
    plot = board.timeline_row("a/1").locator(".tl-plot").bounding_box()

    def place(day):
        number = (date.fromisoformat(day) - date(2023, 1, 1)).days
        return plot["x"] + plot["width"] * number / 365

    box = board.page.locator('.tl-mark[data-goto="a/1#truoc"]').bounding_box()
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


def test_a_click_on_a_sign_leads_to_its_row(open_board, kinds):
    board = open_board(kinds, "today=2023-02-17&view=timeline")
    board.page.locator('.tl-mark[data-goto="a/1#truoc"]').click()
    assert board.row("a/1#truoc").locator(".row-details").is_visible()


def test_from_the_timeline_to_the_row(open_board, kinds):
    board = open_board(kinds, "today=2023-02-17&view=timeline")
    board.timeline_row("a/2").get_by_role("button").click()
    assert board.row("a/2").locator(".row-details").is_visible()
    board.page.go_back()
    assert board.page.locator("#timeline").is_visible()
