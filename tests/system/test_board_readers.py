"""The board in Chromium for every reader: by keyboard, on a phone, on paper, with assistive technology; and texts that nobody trusts."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe

from tdkt_cli.core.text import visible
from tdkt_cli.render.language import language

VI, EN = language("vi"), language("en")


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
    assert board.background() == "rgb(255, 255, 255)"
    assert board.page.evaluate("getComputedStyle(document.querySelector('.row-distance')).color") == "rgb(0, 0, 0)"
    assert board.page.locator(".row").first.evaluate("row => getComputedStyle(row).breakInside") == "avoid"
    assert board.page.locator(".row").first.evaluate("row => getComputedStyle(row).contentVisibility") == "visible"


def test_paper_is_a4(open_board, bundled):
    board = open_board(bundled)
    upright = board.page.pdf(prefer_css_page_size=True)
    assert re.search(rb"/MediaBox \[0 0 59[45][.\d]* 84[12][.\d]*\]", upright)
    board.go("today=2023-02-01&view=timeline")
    assert re.search(rb"/MediaBox \[0 0 84[12][.\d]* 59[45][.\d]*\]", board.page.pdf(prefer_css_page_size=True))


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
    assert board.timeline_row("a/1").locator("bdi").first.evaluate("title => title.textContent") == spelled
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
