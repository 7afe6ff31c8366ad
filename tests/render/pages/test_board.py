"""The board page as text: what stands in it, what cannot break out of it, and that nothing in it depends on the day."""

import base64
import hashlib
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest

from tdkt_cli.core.agenda import items
from tdkt_cli.core.text import UNSAFE
from tdkt_cli.files.config import load_config
from tdkt_cli.files.workspace import read_workspace
from tdkt_cli.render.pages.board import BoardSettings, board_part, named_parties
from tdkt_cli.render.pages.board import board_html as html_of_parts
from tdkt_cli.render.pages.board_words import WORDS

ROOT = Path(__file__).parents[3]
ASSETS = ROOT / "src" / "tdkt_cli" / "render" / "pages" / "assets"
SETTINGS = BoardSettings(name="Bảng", lang="vi", zone="Asia/Ho_Chi_Minh")
HOSTILE = (
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    "<!-- <script",
    "]]>",
    "&lt;b&gt; &amp;",
    "\" ' ` $style $${data} {n} \\ \\u003c",
    "một\nhai",
    "\u202egnol\u2066 \u200b \x1b[31m \u2028\u2029",
    "𝔗𝔇 🎖",
    "ă" * 400,
)

PLAN = """\
    tdkt: plan/1
    id: a
    document: {number: 1/KH, title: Kế hoạch A, issued: 2022-12-01}
    period: 2023
    units: u
    sections:
      I: Phần I
    tasks:
      - id: "1"
        section: I
        title: Họp
        content: Họp xét
        executor: Các sở
        lead: Sở Nội vụ
        timing: trước 20/02/2023
        deadlines:
          - id: hop
            before: 2023-02-20
            moved:
              - before: 2023-03-01
                document: 2/KH
          - id: cho
            waiting: kết quả
            on_task: "2"
      - id: "2"
        title: Trình
        executor: Các sở
        deadlines:
          - by: 2023-02-19
            received:
              Sở Y tế: 2023-02-01
      - id: "3"
        title: Nhắc lại
        executor: Ai đó
        deadlines:
          - by: 2023-02-19
            same_as: "2"
"""
UNITS = """\
    tdkt: units/1
    id: u
    name: Danh bạ
    bodies:
      - {id: so-y-te, name: Sở Y tế}
      - {id: so-noi-vu, name: Sở Nội vụ}
      - {id: khac, name: Đơn vị khác}
    groups:
      - {id: cac-so, name: Các sở, members: [y-te-noi-vu]}
      - {id: y-te-noi-vu, name: Y tế và nội vụ, members: [so-y-te, so-noi-vu]}
"""


def read(folder):
    workspace = read_workspace(load_config(folder), [], folder)
    assert workspace.findings == ()
    return workspace.office, list(items(workspace.plans, workspace.office))


@pytest.fixture
def small(tmp_path):
    (tmp_path / "plans" / "units").mkdir(parents=True)
    (tmp_path / "plans" / "a.yaml").write_text(dedent(PLAN), encoding="utf-8")
    (tmp_path / "plans" / "units" / "u.yaml").write_text(dedent(UNITS), encoding="utf-8")
    return read(tmp_path)


@pytest.fixture(scope="module")
def bundled():
    return read(ROOT)


def data_in(html):
    (text,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)
    return json.loads(text)


def rows_in(data):
    return [row for plan in data.get("plans", ()) for task in plan["tasks"] for row in task["items"]]


def named(data, ref):
    (row,) = [row for row in rows_in(data) if row["ref"] == ref]
    return row


def board_html(found, office, settings):
    plans = dict.fromkeys(item.plan.id for item in found)
    parts = [board_part([item for item in found if item.plan.id == plan], office) for plan in plans]
    return html_of_parts(parts, named_parties(found, office), office, settings)


def with_texts(items, text):
    """The items, every text that a file could hold replaced."""
    return [
        replace(
            item,
            task=replace(item.task, title=text, content=text, executor=(text,), labels=(text,), note=text),
            deadline=replace(item.deadline, what=text, text=text, correction=text, note=text),
            plan=replace(item.plan, document=replace(item.plan.document, title=text, number=text)),
        )
        for item in items
    ]


def test_the_same_items_give_the_same_page(bundled):
    office, found = bundled
    assert board_html(found, office, SETTINGS) == board_html(list(found), office, SETTINGS)


def test_nothing_of_today_or_of_the_disk_stands_in_the_data(bundled):
    office, found = bundled
    data = data_in(board_html(found, office, SETTINGS))
    keys = {key for row in rows_in(data) for key in row}
    assert keys.isdisjoint({"state", "days_left", "file", "line"})
    assert "plans/hanoi-2023.yaml" not in json.dumps(data)


def test_every_item_stands_in_the_data_once(bundled):
    office, found = bundled
    data = data_in(board_html(found, office, SETTINGS))
    assert [row["ref"] for row in rows_in(data)] == [item.ref for item in found]
    titles = [task["title"] for plan in data["plans"] for task in plan["tasks"] for _ in task["items"]]
    assert titles == [item.task.title for item in found]


def test_dark_colours_are_those_of_dark_systems_and_of_readers_who_choose_them(small):
    office, found = small
    style = re.search("<style>(.*?)</style>", board_html(found, office, SETTINGS), re.DOTALL)[1]
    selectors = re.findall(r"(:root\S*) \{\s*color-scheme: dark;\s*--ground: #12181a;", style)
    assert selectors == [':root:not([data-theme="light"])', ':root[data-theme="dark"]']
    assert "@media (prefers-color-scheme: dark) {\n  :root:not" in style


def test_a_page_without_items():
    from tdkt_cli.core.agenda import Office  # noqa: PLC0415 - only here

    data = data_in(board_html([], Office(soon=0), SETTINGS))
    assert data["soon"] == 0
    assert data["plans"] == []


def test_a_row_has_its_dates_and_its_words_in_both_languages(small):
    office, found = small
    row = named(data_in(board_html(found, office, SETTINGS)), "a/1#hop")
    assert (row["last_day"], row["overdue_from"]) == ("2023-02-28", "2023-03-02")
    assert row["when"] == ["trước 01/03/2023", "before 2023-03-01"]
    assert row["first"] == ["trước 20/02/2023", "before 2023-02-20"]


def test_units_are_found_by_name_and_through_groups_however_deep(small):
    office, found = small
    data = data_in(board_html(found, office, SETTINGS))
    units = {unit["id"]: unit["within"] for unit in data["units"]}
    assert units == {
        "u/so-y-te": ["u/cac-so"],
        "u/so-noi-vu": ["u/cac-so", "u/so-noi-vu"],
        "u/cac-so": ["u/cac-so"],
        "u/y-te-noi-vu": ["u/cac-so"],
    }
    assert rows_in(data)[0]["units"] == {"bound": ["u/cac-so"], "lead": ["u/so-noi-vu"], "executor": ["u/cac-so"]}


def test_deliveries_stand_with_their_days(small):
    office, found = small
    row = named(data_in(board_html(found, office, SETTINGS)), "a/2")
    assert row["bodies"] == [["Sở Y tế", "2023-02-01"], ["Sở Nội vụ", None]]


def test_what_repeats_another_names_it(small):
    office, found = small
    row = named(data_in(board_html(found, office, SETTINGS)), "a/3")
    assert (row["repeats"], row["same_as"]) == (True, "a/2")


@pytest.mark.parametrize(("done", "expected"), [(None, None), (date(2023, 2, 10), "2023-02-10")])
def test_the_day_from_which_a_date_can_be_set(small, done, expected):
    from tdkt_cli.core.plan import Done  # noqa: PLC0415 - only here

    office, found = small
    waiting = next(item for item in found if item.awaited)
    awaited = tuple(replace(item, done=Done(done) if done else None) for item in waiting.awaited)
    data = data_in(board_html([replace(waiting, awaited=awaited)], office, SETTINGS))
    assert rows_in(data)[0].get("settable") == expected


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_file_breaks_out_of_the_data(small, text):
    office, found = small
    html = board_html(with_texts(found, text), office, replace(SETTINGS, name=text, feeds=f"x{text}"))
    plain = board_html(found, office, SETTINGS)
    for tag in ("<script", "</script", "<!--", "<img", "<style", "<meta"):
        assert html.lower().count(tag) == plain.lower().count(tag)
    assert not UNSAFE.search(html)
    shown = data_in(html)["plans"][0]["tasks"][0]["title"]
    assert shown == UNSAFE.sub(lambda char: shown_as(char.group()), text)


def shown_as(char):
    return f"^{chr(ord(char) ^ 0x40)}" if ord(char) < 0x20 else f"\\u{ord(char):04x}"


def test_the_name_of_the_board_is_escaped(small):
    office, found = small
    html = board_html(found, office, replace(SETTINGS, name="A & B <i>"))
    assert "<title>A &amp; B &lt;i&gt; – " in html
    assert '<h1><bdi id="name">A &amp; B &lt;i&gt;</bdi></h1>' in html


def hash_of(text):
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_the_policy_admits_the_one_style_and_the_one_script_and_nothing_else(bundled):
    office, found = bundled
    html = board_html(found, office, SETTINGS)
    (style,) = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    (script,) = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    (policy,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', html)
    assert policy.split("; ") == [
        "default-src 'none'",
        f"style-src {hash_of(style)}",
        f"script-src {hash_of(script)}",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    assert html.index("Content-Security-Policy") < html.index("<style>")


def test_nothing_is_loaded_and_nothing_is_set_as_markup(bundled):
    office, found = bundled
    html = board_html(found, office, SETTINGS)
    shell = html[: html.index('<script type="application/json"')] + html[html.rindex("<script>") :]
    assert not re.search(r"\b(?:src|srcset|action|poster|style|on\w+)=", shell)
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|fetch\(|XMLHttp", shell
    )
    assert not re.search(r"@import|url\(|https?://(?!www\.w3\.org/2000/svg)", shell)


def test_every_word_that_the_page_asks_for_is_there():
    sources = [path.read_text(encoding="utf-8") for path in sorted(ASSETS.glob("board*"))]
    asked = {
        key for source in sources for key in re.findall(r"""say\('(\w+)'|data-(?:word|label|hint)="(\w+)\"""", source)
    }
    keys = {first or second for first, second in asked}
    assert len(keys) > 40
    assert keys - WORDS.keys() == set()


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_page_begins_in_its_language(small, lang):
    office, found = small
    html = board_html(found, office, replace(SETTINGS, lang=lang))
    words = data_in(html)["words"][lang]
    assert f'<html lang="{lang}">' in html
    assert f"<title>Bảng – {words['board']}</title>" in html


def test_vietnamese_words_keep_their_places():
    office, found = read(ROOT)
    words = data_in(board_html(found[:1], office, SETTINGS))["words"]
    assert words["vi"].keys() == words["en"].keys()
    assert words["vi"]["days_left"] == ["còn {n} ngày", "còn {n} ngày"]
    assert words["en"]["days_left"] == ["{n} day left", "{n} days left"]
    assert words["vi"]["weekdays_short"] == ["T2", "T3", "T4", "T5", "T6", "T7", "CN"]


@pytest.mark.parametrize("path", sorted(ASSETS.glob("b*")), ids=lambda path: path.name)
def test_no_part_of_the_page_is_too_long(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400
