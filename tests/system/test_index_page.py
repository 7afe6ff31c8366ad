"""The page of a published site that offers its calendars, in Chromium."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

ROOT = Path(__file__).parents[2]
TDKT = Path(sys.executable).with_name("tdkt")
ADDRESS = "https://lich.example.vn/tdkt/"


def published(folder, *arguments):
    """Publish the bundled plans."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("TDKT_")} | {"TDKT_CACHE": ""}
    subprocess.run([TDKT, "publish", folder, *arguments], cwd=ROOT, env=env, check=True, capture_output=True)
    return (folder / "index.html").as_uri()


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A site of the bundled plans whose address is known."""
    return published(tmp_path_factory.mktemp("site"), "--url", ADDRESS)


@pytest.fixture
def open_page(chromium):
    """Open a page with no network; nothing may go wrong in it."""
    contexts, wrong = [], []

    def opened(address, **context):
        contexts.append(chromium.new_context(offline=True, **context))
        page = contexts[-1].new_page()
        page.set_default_timeout(5000)
        page.on("console", lambda message: wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


def names(page):
    return page.evaluate("[...document.querySelectorAll('.feed:not([hidden]) h3')].map(name => name.textContent)")


def feed(page, name):
    return page.locator(".kind", has=page.get_by_role("heading", name="Theo đơn vị")).locator(
        ".feed", has=page.get_by_role("heading", name=name, exact=True)
    )


def test_a_unit_has_a_link_for_each_program(open_page, site):
    unit = feed(open_page(site), "Sở Y tế")
    links = dict(unit.locator(".ways a").evaluate_all("all => all.map(link => [link.textContent, link.href])"))
    calendar, google, outlook, file = links.values()
    assert list(links) == [
        "Phần mềm lịch (Apple, Thunderbird, Outlook)",
        "Google Lịch",
        "Outlook trên web",
        "Tải tệp .ics",
    ]
    assert calendar == "webcal://lich.example.vn/tdkt/don-vi/hanoi/so-y-te.ics"
    assert urlsplit(google).netloc == "calendar.google.com"
    assert parse_qs(urlsplit(google).query) == {"cid": [calendar]}
    assert urlsplit(outlook).netloc == "outlook.office.com"
    assert parse_qs(urlsplit(outlook).query) == {"url": [f"{ADDRESS}don-vi/hanoi/so-y-te.ics"], "name": ["Sở Y tế"]}
    assert file == site.replace("index.html", "don-vi/hanoi/so-y-te.ics")


def test_every_file_that_is_offered_is_there(open_page, site):
    files = open_page(site).evaluate(
        "[...document.querySelectorAll('a[href]')].map(link => link.href).filter(address => address.startsWith('file:'))"
    )
    assert len(files) > 100
    assert [file for file in files if not Path(urlsplit(file).path).is_file()] == []


def test_an_address_is_copied(open_page, site):
    page = open_page(site, permissions=["clipboard-read", "clipboard-write"])
    unit = feed(page, "Sở Y tế")
    unit.get_by_role("button", name="Chép: Sở Y tế").click()
    expect(unit.locator("button")).to_have_text("Đã chép")  # a browser copies in its own time
    expect(unit.get_by_role("button", name="Đã chép: Sở Y tế")).to_have_count(1)
    expect(page.locator("#copied")).to_have_text("Đã chép: Sở Y tế")
    assert page.evaluate("navigator.clipboard.readText()") == f"{ADDRESS}don-vi/hanoi/so-y-te.ics"


def test_an_address_that_cannot_be_copied_is_selected(open_page, site):
    page = open_page(site)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()); }")
    feed(page, "Sở Y tế").get_by_role("button").click()
    page.wait_for_function("getSelection().toString() !== ''")
    assert page.evaluate("getSelection().toString()") == f"{ADDRESS}don-vi/hanoi/so-y-te.ics"


def test_a_phone_reads_the_code(open_page, site):
    unit = feed(open_page(site), "Sở Y tế")
    code = unit.get_by_role("img", name="QR: Sở Y tế")
    assert code.is_hidden()
    unit.get_by_text("Mã QR cho điện thoại").click()
    box = code.bounding_box()
    assert box["width"] == box["height"] > 150


def test_finding_a_unit_without_accents(open_page, site):
    page = open_page(site)
    assert len(names(page)) > 100
    page.get_by_label("Tìm đơn vị, kế hoạch").fill("so y te")
    assert names(page) == ["Sở Y tế"]
    page.get_by_label("Tìm đơn vị, kế hoạch").fill("322/kh")
    assert names(page) == ["322/KH-UBND – Kế hoạch công tác thi đua, khen thưởng năm 2023"]
    page.get_by_label("Tìm đơn vị, kế hoạch").fill("không có đâu")
    assert names(page) == []
    assert page.locator(".find [role=status]").inner_text() == "Không có lịch nào khớp."
    page.get_by_label("Tìm đơn vị, kế hoạch").fill("")
    assert len(names(page)) > 100
    assert page.locator(".find [role=status]").inner_text() == ""


def test_units_of_two_places_stand_under_their_registers(open_page, site):
    registers = open_page(site).locator(".register").all_inner_texts()
    assert len(registers) == 2
    assert registers[0].endswith("thành phố Cần Thơ")
    assert registers[1].endswith("thành phố Hà Nội")


def test_without_an_address_the_page_says_what_is_missing(open_page, tmp_path):
    page = open_page(published(tmp_path / "site"))
    assert "url, mục [publish] của tdkt.toml" in page.locator(".notice").inner_text()
    assert page.locator("a[href^=webcal], .address, .qr").count() == 0
    assert feed(page, "Sở Y tế").get_by_role("link").all_inner_texts() == ["Tải tệp .ics"]


def test_without_script_everything_is_there(open_page, site):
    page = open_page(site, java_script_enabled=False)
    assert feed(page, "Sở Y tế").get_by_role("link").count() == 4
    assert page.locator(".find").is_hidden()
    assert page.locator("button:visible").count() == 0


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(open_page, site, colours, width):
    page = open_page(site, viewport={"width": width, "height": 900}, color_scheme=colours)
    feed(page, "Sở Y tế").get_by_text("Mã QR cho điện thoại").click()
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    assert [(each["id"], [node["html"][:120] for node in each["nodes"]]) for each in found.response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
