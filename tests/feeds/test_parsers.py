"""Feeds read back by programs that know nothing of tdkt: each finds the deadlines that `tdkt list` shows."""

import unicodedata
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DAY = timedelta(days=1)
HANOI = timedelta(hours=7)
OCTETS = 250


def uid(record):
    """The UID of a record whose task has never been renumbered."""
    occurrence = (record["occurrence"] or "").replace("-", "")
    ids = [f"{record['plan']}_{record['task']}", record["deadline"] or "", occurrence]
    while not ids[-1]:
        ids.pop()
    return f"{'__'.join(ids)}@tdkt.invalid"


def span(record):
    """When the event of a record begins and ends: all of its last day, or the half hour before its time in Hà Nội."""
    last = date.fromisoformat(record["last_day"])
    if not record["time"]:
        return last, last + DAY
    end = datetime.combine(last, time.fromisoformat(record["time"]), UTC) - HANOI
    return end - timedelta(minutes=30), end


def summary(record):
    """The summary of a record's event before anything is cut."""
    done = "[Xong] " if record["done"] else ""
    hour = f"{record['time']} " if record["time"] else ""
    who = f" – {'; '.join(record['bound'])}" if record["bound"] else ""
    text = f"{done}{hour}{record['what'] or record['title']}{who}"
    return unicodedata.normalize("NFC", " ".join(text.split())).replace("\\", "\N{SET MINUS}")


def shown(records):
    """The records that have an event of their own in a first edition."""
    days = {record["ref"]: record["last_day"] for record in records}
    return [
        record
        for record in records
        if record["last_day"] and not record["cancelled"] and days.get(record["same_as"]) != record["last_day"]
    ]


def is_cut(text, whole):
    """Whether a text is the beginning of another that was too long, cut between words."""
    kept = text.removesuffix("…")
    return text != kept and whole.startswith(kept) and OCTETS // 2 < len(text.encode()) <= OCTETS < len(whole.encode())


@pytest.mark.parametrize("bundled", [True, False])
def test_every_program_reads_what_list_shows(read, feed_of, records, office, bundled):
    where = ROOT if bundled else office
    expected = {uid(record): record for record in shown(records(where))}
    expected |= {key.replace("a_2__", "a_1.b__"): expected.pop(key) for key in list(expected) if "a_2__" in key}
    events = read(feed_of(folder=where))
    assert events.keys() == expected.keys()
    assert {key: (event.start, event.end) for key, event in events.items()} == {
        key: span(record) for key, record in expected.items()
    }
    for key, record in expected.items():
        assert events[key].summary == summary(record) or is_cut(events[key].summary, summary(record))


def test_times_of_day_are_those_of_the_zone(read, export, folder):
    (folder / "tdkt.toml").write_text('timezone = "America/New_York"\n', encoding="utf-8")
    event = read(export())["a_I.1-a_b__gio@tdkt.invalid"]
    assert (event.start, event.end) == (
        datetime(2023, 2, 20, 21, 30, tzinfo=UTC),
        datetime(2023, 2, 20, 22, 0, tzinfo=UTC),
    )


def test_a_period_on_all_of_its_days(read, feed_of):
    events = read(feed_of("--span"))
    period, day = events["a_I.1-a_b__ky@tdkt.invalid"], events["a_I.1-a_b__truoc@tdkt.invalid"]
    assert (period.start, period.end) == (date(2023, 12, 15), date(2024, 1, 1))
    assert (day.start, day.end) == (date(2023, 2, 19), date(2023, 2, 20))


def test_titles_that_trip_programs(read, feed_of, hostile):
    titles, _ = hostile
    events = read(feed_of())
    summaries = {id: events[f"b_{id}@tdkt.invalid"].summary for id in titles}
    assert summaries | {"letters": "", "long": ""} == {
        "comma": "Xét, chọn; trình: duyệt",
        "quotes": "“Người tốt” \"việc tốt\" 'một' `hai` %n $x ^n",
        "backslash": "Lưu ở C:∖new∖, hết ∖n",
        "html": "<script>alert(1)</script> &amp; <b>đậm</b>",
        "wide": "𝔗𝔇 🎖 thi đua",
        "wider": "🎖" * 60,
        "nfd": "Nguy\u1ec5n V\u0103n \u1ea2nh",
        "letters": "",
        "long": "",
        "property": "DTSTART:20230101 BEGIN:VALARM END:VEVENT BEGIN:VEVENT",
        "spaces": "một hai ba",
    }
    assert is_cut(summaries["letters"], titles["letters"])
    assert is_cut(summaries["long"], titles["long"])
    assert summaries["long"].endswith(("Đẩy…", "mạnh…", "phong…", "trào…", "thi…", "đua…", "yêu…", "nước…"))


def test_what_is_cut_from_a_summary_stands_in_the_description(read, feed_of, hostile):
    titles, _ = hostile
    events = read(feed_of())
    for id in ("letters", "long"):
        assert titles[id] in events[f"b_{id}@tdkt.invalid"].description.splitlines()


def test_a_content_of_several_lines(read, feed_of):
    lines = read(feed_of())["a_I.1-a_b__truoc@tdkt.invalid"].description.splitlines()
    assert [line for line in lines if line][:6] == [
        "Dòng một, hai; ba",
        '- “gạch” "ngoặc"',
        "<b>&amp;</b> 🎖",
        "hết",
        "Giao cho: Sở Y tế; Sở Nội vụ",
        "Thời hạn: trước 20/02/2023",
    ]


def test_what_is_done(read, feed_of):
    done, late = "a_I.1-a_b__xong@tdkt.invalid", "a_I.1-a_b__tre@tdkt.invalid"
    kept = read(feed_of("--done", "keep"))
    assert (kept[done].summary, kept[late].summary) == (
        "Họp, xét – Sở Y tế; Sở Nội vụ",
        "Họp, xét – Sở Tài chính",
    )
    marked = read(feed_of("--done", "mark"))
    assert (marked[done].summary, marked[late].summary) == (
        "[Xong] Họp, xét – Sở Y tế; Sở Nội vụ",
        "[Xong] Họp, xét – Sở Tài chính",
    )
    dropped = read(feed_of("--done", "drop"))
    assert kept.keys() - dropped.keys() == {done, late}


def test_a_name_that_trips_programs(feed_of):
    feed = feed_of("--name", 'Lịch, "chung"; C:\\x')
    named = [line for line in feed.decode().split("\r\n") if line.startswith(("NAME", "X-WR-CALNAME"))]
    assert named == [f'{name}:Lịch\\, "chung"\\; C:∖x' for name in ("NAME", "X-WR-CALNAME")]


def test_a_feed_without_events(read, feed_of):
    assert read(feed_of("--text", "không có chữ này")) == {}
