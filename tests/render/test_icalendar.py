"""How deadlines are written as events: every line of them, texts that trip programs, folding, times, reminders."""

import re
import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tdkt_cli.core.agenda import items
from tdkt_cli.core.feeds.editions import Edition, Version
from tdkt_cli.core.text import UNSAFE
from tdkt_cli.files.config import load_config
from tdkt_cli.files.workspace import read_workspace
from tdkt_cli.render.icalendar import Head, Profile, event_texts, feed_text, notice_text, plain_text, shortened
from tdkt_cli.render.language import language

STAMP = datetime(2023, 2, 10, 8, 30, tzinfo=UTC)
PLAN = """\
    tdkt: plan/1
    id: a
    document: {number: 1/KH, title: Kế hoạch A, issued: 2022-12-01, issuer: UBND Thành phố}
    period: 2023
    units: u
    tasks:
      - id: "1"
        title: Họp xét
        content: |-
          Họp xét:
          - tập thể
          - cá nhân
        lead: UBND Thành phố
        executor: Sở Nội vụ; Sở Y tế
        coordinator: Các sở
        advisor: Ban Thi đua
        timing: trước 20/02/2023
        note: ghi ở việc
        deadlines:
          - id: truoc
            before: 2023-02-22
          - id: gio
            by: 2023-02-20T17:00
            what: Trình hồ sơ
            who: Ban Thi đua
            text: |-
              17 giờ
              ngày 20/02
            correction: ghi nhầm
          - id: sang-som
            by: 2023-02-20T00:15
          - id: ky
            within: 2023-03-01/2023-03-31
          - id: doi
            by: 2023-03-01
            moved:
              - {by: 2023-03-10, date: 2023-02-20, document: 2/KH, reason: chờ ý kiến}
              - {by: 2023-03-31}
          - id: xong
            by: 2023-03-01
            done: {date: 2023-02-27, document: 3/BC, note: đủ}
          - id: huy
            by: 2023-03-01
            cancelled: {date: 2023-02-27, document: 4/TB, reason: thời tiết}
          - id: gui
            by: 2023-03-01
            who: Tất cả
            received:
              Sở Y tế: 2023-02-27
          - id: sau
            after: {event: nhận hồ sơ, days: 3, occurred: 2023-02-01}
          - id: thu-bay
            by: 2023-02-04
      - id: "2"
        title: Báo cáo
        deadlines:
          - by: 2023-05-05
"""
REGISTER = """\
    tdkt: units/1
    id: u
    name: Danh bạ
    bodies:
      - id: y-te
        name: Sở Y tế
      - id: noi-vu
        name: Sở Nội vụ
    groups:
      - id: tat-ca
        name: Tất cả
        members:
          - y-te
          - noi-vu
"""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    folder = tmp_path_factory.mktemp("calendar")
    for name, text in {"tdkt.toml": "", "plans/a.yaml": PLAN, "plans/u.yaml": REGISTER}.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(dedent(text), encoding="utf-8")
    return read_workspace(load_config(folder), [], folder)


@pytest.fixture(scope="module")
def item(workspace):
    """The item with this reference."""
    found = {item.ref: item for item in items(workspace.plans, workspace.office)}
    return lambda ref: found[ref]


@pytest.fixture(scope="module")
def written(workspace):
    """The event of an item as it is written."""

    def run(item, lang="vi", **profile):
        (text,) = event_texts([item], workspace.office, language(lang), Profile(**profile)).values()
        return text

    return run


@pytest.fixture(scope="module")
def event(written, item):
    """The lines of the event of the item with this reference, unfolded."""
    return lambda ref, lang="vi", **profile: unfolded(written(item(ref), lang, **profile))


def unfolded(text):
    return text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def values(lines, name):
    return [line.partition(":")[2] for line in lines if re.split("[:;]", line)[0] == name]


def value(lines, name):
    (only,) = values(lines, name)
    return only


def plain(escaped):
    """A text as a program reads it."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], escaped)


def description(lines):
    return plain(value(lines, "DESCRIPTION")).split("\n")


def test_an_event_line_by_line(event):
    assert event("a/2", page="https://a.vn/bang-theo-doi.html") == [
        "BEGIN:VEVENT",
        "UID:a_2@tdkt.invalid",
        "DTSTART;VALUE=DATE:20230505",
        "DTEND;VALUE=DATE:20230506",
        "SUMMARY:Báo cáo",
        r"DESCRIPTION:Báo cáo\n\nThời hạn: chậm nhất 05/05/2023\nNgày cuối: thứ Sáu 05/05/2023\nVăn bản: 1/KH ngày 01/12/2022\, UBND Thành phố\nMã: a/2\nhttps://a.vn/bang-theo-doi.html#ref=a/2",
        "STATUS:CONFIRMED",
        "CATEGORIES:1/KH",
        "TRANSP:TRANSPARENT",
        "X-MICROSOFT-CDO-BUSYSTATUS:FREE",
        "URL:https://a.vn/bang-theo-doi.html#ref=a/2",
        "END:VEVENT",
    ]


def test_a_feed_line_by_line(written, item):
    version = Version(written(item("a/2")), 3, STAMP)
    head = Head(name="Lịch, chung", description="a; b", zone="Asia/Ho_Chi_Minh", source="https://a.vn/x,y;z.ics")
    lines = unfolded(feed_text(head, Edition(STAMP, {"a_2@tdkt.invalid": version}), ["a_2@tdkt.invalid", "gone"]))
    assert lines[:19] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//tdkt//tdkt//VI",
        "CALSCALE:GREGORIAN",
        r"NAME:Lịch\, chung",
        r"X-WR-CALNAME:Lịch\, chung",
        r"DESCRIPTION:a\; b",
        r"X-WR-CALDESC:a\; b",
        "X-WR-TIMEZONE:Asia/Ho_Chi_Minh",
        "LAST-MODIFIED:20230210T083000Z",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
        "X-PUBLISHED-TTL:PT12H",
        "SOURCE;VALUE=URI:https://a.vn/x,y;z.ics",
        "BEGIN:VEVENT",
        "UID:a_2@tdkt.invalid",
        "DTSTAMP:20230210T083000Z",
        "LAST-MODIFIED:20230210T083000Z",
        "SEQUENCE:3",
        "DTSTART;VALUE=DATE:20230505",
    ]
    assert lines[-2:] == ["END:VEVENT", "END:VCALENDAR"]


def test_events_stand_in_the_order_asked_for():
    versions = {uid: Version(f"BEGIN:VEVENT\r\nUID:{uid}\r\nEND:VEVENT\r\n", 0, STAMP) for uid in "abc"}
    head = Head(name="x", description="x", zone="UTC")
    assert values(unfolded(feed_text(head, Edition(STAMP, versions), "cab")), "UID") == ["c", "a", "b"]


@pytest.mark.parametrize(
    ("ref", "span", "start", "end"),
    [
        ("a/1#truoc", False, ";VALUE=DATE:20230221", ";VALUE=DATE:20230222"),
        ("a/1#gio", False, ":20230220T093000Z", ":20230220T100000Z"),
        ("a/1#sang-som", False, ":20230219T164500Z", ":20230219T171500Z"),
        ("a/1#ky", False, ";VALUE=DATE:20230331", ";VALUE=DATE:20230401"),
        ("a/1#ky", True, ";VALUE=DATE:20230301", ";VALUE=DATE:20230401"),
        ("a/1#truoc", True, ";VALUE=DATE:20230221", ";VALUE=DATE:20230222"),
        ("a/1#doi", False, ";VALUE=DATE:20230331", ";VALUE=DATE:20230401"),
        ("a/1#sau", False, ";VALUE=DATE:20230206", ";VALUE=DATE:20230207"),
    ],
)
def test_on_the_last_day_its_end_exclusive(event, ref, span, start, end):
    lines = event(ref, span=span)
    assert f"DTSTART{start}" in lines
    assert f"DTEND{end}" in lines


@pytest.mark.parametrize(("zone", "end"), [("UTC", "20230220T170000Z"), ("America/New_York", "20230220T220000Z")])
def test_a_time_of_day_is_one_of_the_zone(event, zone, end):
    assert f"DTEND:{end}" in event("a/1#gio", zone=zone)


@pytest.mark.parametrize(
    ("ref", "done", "summary"),
    [
        ("a/2", "mark", "Báo cáo"),
        ("a/1#truoc", "mark", "Họp xét – Sở Nội vụ; Sở Y tế"),
        ("a/1#gio", "mark", "17:00 Trình hồ sơ – Ban Thi đua"),
        ("a/1#xong", "mark", "[Xong] Họp xét – Sở Nội vụ; Sở Y tế"),
        ("a/1#xong", "keep", "Họp xét – Sở Nội vụ; Sở Y tế"),
        ("a/1#huy", "keep", "[Hủy] Họp xét – Sở Nội vụ; Sở Y tế"),
    ],
)
def test_the_summary(event, ref, done, summary):
    assert plain(value(event(ref, done=done), "SUMMARY")) == summary


def test_only_what_is_cancelled_has_that_status(event):
    assert value(event("a/1#huy"), "STATUS") == "CANCELLED"
    assert {value(event(f"a/1#{id}"), "STATUS") for id in ("truoc", "xong", "gui")} == {"CONFIRMED"}


def test_the_description_says_everything_of_a_deadline(event):
    assert [line for line in description(event("a/1#gio")) if line] == [
        "Họp xét:",
        "- tập thể",
        "- cá nhân",
        "Giao cho: Ban Thi đua",
        "Chỉ đạo, chủ trì: UBND Thành phố",
        "Đơn vị thực hiện: Sở Nội vụ; Sở Y tế",
        "Đơn vị phối hợp: Các sở",
        "Đơn vị tham mưu: Ban Thi đua",
        "Thời hạn: chậm nhất 17:00 ngày 20/02/2023",
        "Ngày cuối: thứ Hai 20/02/2023",
        "Nguyên văn: 17 giờ ngày 20/02",
        "Đính chính: ghi nhầm",
        "Văn bản: 1/KH ngày 01/12/2022, UBND Thành phố",
        "Ghi chú: ghi ở việc",
        "Mã: a/1#gio",
    ]


def test_the_description_names_the_parties_bound_once(event):
    lines = description(event("a/1#truoc"))
    assert [line for line in lines if line.endswith(("Sở Nội vụ; Sở Y tế", "Các sở"))] == [
        "Giao cho: Sở Nội vụ; Sở Y tế",
        "Đơn vị phối hợp: Các sở",
    ]


@pytest.mark.parametrize(
    ("ref", "lines"),
    [
        ("a/1#thu-bay", ["Ngày cuối: thứ Bảy 04/02/2023", "Ngày làm việc cuối: thứ Sáu 03/02/2023"]),
        (
            "a/1#sau",
            [
                "Thời hạn: sau 3 ngày kể từ: nhận hồ sơ (06/02/2023)",
                "Ngày cuối: thứ Hai 06/02/2023",
                "Chuyển sang ngày làm việc: tính đến 04/02/2023 (nghỉ hằng tuần) nên kết thúc vào ngày làm việc tiếp theo, theo Điều 148",
            ],
        ),
        (
            "a/1#doi",
            [
                "Thời hạn: chậm nhất 31/03/2023",
                "Hạn đầu: chậm nhất 01/03/2023",
                "Đã chuyển: chậm nhất 10/03/2023; 2/KH; 20/02/2023; chờ ý kiến",
                "Đã chuyển: chậm nhất 31/03/2023",
            ],
        ),
        ("a/1#xong", ["Hoàn thành ngày: 27/02/2023; 3/BC; đủ"]),
        ("a/1#huy", ["Hủy ngày: 27/02/2023; 4/TB; thời tiết"]),
        ("a/1#gui", ["Giao cho: Tất cả", "Đã nhận từ: 1/2", "Còn thiếu: Sở Nội vụ"]),
    ],
)  # fmt: skip
def test_the_description_says_what_became_of_it(event, ref, lines):
    said = description(event(ref))
    assert [line for line in said if line in lines] == lines


def test_in_english(event):
    lines = event("a/1#xong", "en")
    assert plain(value(lines, "SUMMARY")) == "[Done] Họp xét – Sở Nội vụ; Sở Y tế"
    assert {"Binds: Sở Nội vụ; Sở Y tế", "When: by 2023-03-01", "Done on: 2023-02-27; 3/BC; đủ"} <= set(
        description(lines)
    )


def test_a_link_leads_to_the_deadline_on_the_page(event, item, written):
    page = "https://a.vn/bang-theo-doi.html"
    lines = event("a/1#truoc", page=page)
    assert value(lines, "URL") == description(lines)[-1] == f"{page}#ref=a/1%23truoc"
    occurrence = replace(item("a/2"), occurrence=date(2023, 5, 31))
    assert value(unfolded(written(occurrence, page=page)), "URL") == f"{page}#ref=a/2@2023-05-31"
    assert values(event("a/2"), "URL") == []


def test_a_category_is_one_whatever_the_number_of_the_document(item, written):
    def category(**document):
        named = item("a/2")
        plan = replace(named.plan, document=replace(named.plan.document, **document))
        return value(unfolded(written(replace(named, plan=plan))), "CATEGORIES")

    assert "," not in category(number="1/KH,2/KH")
    assert category(number="1;2") == r"1\;2"
    assert category(number=None) == "a"


@pytest.mark.parametrize(
    ("ref", "span", "triggers"),
    [
        ("a/1#truoc", False, ["-P6DT16H", "-PT16H", "PT8H"]),  # at eight in the morning
        ("a/1#ky", True, ["P23DT8H", "P29DT8H", "P30DT8H"]),  # before the last of its days
        ("a/1#gio", False, ["-P7D", "-P1D", "P0D"]),  # at that hour
        ("a/1#xong", False, []),
        ("a/1#huy", False, []),
    ],
)
def test_reminders(event, ref, span, triggers):
    lines = event(ref, span=span, lead_days=(7, 1, 0))
    assert values(lines, "TRIGGER") == triggers
    assert lines.count("BEGIN:VALARM") == lines.count("END:VALARM") == lines.count("ACTION:DISPLAY") == len(triggers)


def test_a_reminder_says_what_is_to_be_done(event):
    lines = event("a/1#gio", lead_days=(1,))
    assert lines[lines.index("BEGIN:VALARM") :][2] == "DESCRIPTION:Trình hồ sơ"


def test_no_reminders_unless_asked_for(event):
    assert "BEGIN:VALARM" not in event("a/1#truoc")


def test_a_notice_stands_on_each_monday():
    assert unfolded(notice_text("het@tdkt.invalid", date(2023, 2, 2), "Lịch này đã dừng, xem: a\\b")) == [
        "BEGIN:VEVENT",
        "UID:het@tdkt.invalid",
        "DTSTART;VALUE=DATE:20230130",
        "DTEND;VALUE=DATE:20230131",
        "RRULE:FREQ=WEEKLY;COUNT=520",
        r"SUMMARY:Lịch này đã dừng\, xem: a∖b",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("e\u0301 A\u0302\u0309", "é Ẩ"),
        ("\u202egnol\u2066\u200b\u00ad\ufeff", "gnol"),
        ("\x1b[31m\x00\x07\x7f\x9b", "[31m"),
        (r"C:\n\, \\", "C:∖n∖, ∖∖"),
        ("một\r\nhai\rba\u2028bốn\x85năm\x0bsáu", "một\nhai\nba\nbốn\nnăm\nsáu"),
        ("\ud800𝔗\U000e0041", "𝔗"),
        ("a\tb", "a\tb"),
    ],
)
def test_texts_hold_nothing_that_programs_misread(text, expected):
    assert plain_text(text) == expected


@given(st.text())
def test_any_text_is_made_plain(text):
    found = plain_text(text)
    assert not UNSAFE.search(found)
    assert "\\" not in found
    assert unicodedata.is_normalized("NFC", found)
    assert plain_text(found) == found.removesuffix("\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a", "a"),
        ("  a \n\n b\t", "a b"),
        ("a" * 250, "a" * 250),
        ("a" * 251, "a" * 247 + "…"),
        ("ế" * 84, "ế" * 82 + "…"),
        ("🎖" * 63, "🎖" * 61 + "…"),
        ("từ " * 100, "từ " * 48 + "từ…"),
        ("\u0301" * 200, "…"),
        ("một " + "a" * 250, "một " + "a" * 241 + "…"),
        ("a" * 246 + "x\u0323" + "a" * 9, "a" * 246 + "…"),
    ],
)
def test_a_summary_is_one_line_of_at_most_250_octets(text, expected):
    assert shortened(text) == expected


LETTERS = st.sampled_from(["a", "ế", "x\u0323\u0301", "𝔗", "🎖", " ", "\n", "đường "])


@given(st.lists(LETTERS, max_size=200).map("".join))
def test_no_letter_of_a_summary_is_parted_from_its_marks(text):
    line = " ".join(text.split())
    found = shortened(text)
    assert len(found.encode()) <= 250
    if found != line:
        kept = found.removesuffix("…")
        assert line.startswith(kept)
        assert not unicodedata.combining(line[len(kept)])


def test_long_lines_fold_between_characters(written, item):
    for length in range(60, 150):
        titled = replace(item("a/2"), task=replace(item("a/2").task, title=f"{'a' * length}ế🎖,;ế"))
        text = written(titled)
        lines = text.encode().split(b"\r\n")
        assert max(map(len, lines)) <= 75
        assert all(line.decode() for line in lines[:-1])
        assert not [line for line in lines if line.endswith(b"\\")]
        assert plain(value(unfolded(text), "SUMMARY")) == titled.task.title


@given(st.text(st.sampled_from('aế𝔗🎖,;:\\"\n \t'), min_size=1, max_size=400))
def test_any_content_is_read_back(written, item, content):
    task = replace(item("a/2").task, content=f"<{content}>")
    text = written(replace(item("a/2"), task=task))
    assert max(len(line) for line in text.encode().split(b"\r\n")) <= 75
    assert not re.search(r"(?<!\r)\n|\r(?!\n)", text)
    said = plain(value(unfolded(text), "DESCRIPTION"))
    assert said.startswith(f"<{content}>\n".replace("\\", "∖"))


@pytest.mark.parametrize("text", ["a\r\nBEGIN:VEVENT\r\nUID:x", "a\nEND:VCALENDAR", "a\x0bb\x1cc\x85d\u2029e"])
def test_no_text_begins_a_line_of_its_own(written, item, text):
    hostile = item("a/2")
    document = replace(hostile.plan.document, number=text, issuer=text)
    deadline = replace(hostile.deadline, what=text, note=text, correction=text)
    task = replace(hostile.task, content=text, executor=(text,), lead=(text,))
    lines = written(
        replace(hostile, plan=replace(hostile.plan, document=document), task=task, deadline=deadline), lead_days=(1,)
    ).splitlines()
    names = {"BEGIN", "UID", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "STATUS", "CATEGORIES", "TRANSP",
             "X-MICROSOFT-CDO-BUSYSTATUS", "ACTION", "TRIGGER", "END"}  # fmt: skip
    assert {re.split("[:;]", line)[0] for line in lines if not line.startswith(" ")} == names
    assert [line for line in lines if line.startswith("BEGIN")] == ["BEGIN:VEVENT", "BEGIN:VALARM"]
