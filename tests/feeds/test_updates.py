"""What changes in a feed when a plan changes, and what does not."""

import re
from datetime import datetime

import pytest

STAMPS = re.compile("^(DTSTAMP|LAST-MODIFIED|SEQUENCE):(.*)\r\n", re.MULTILINE)
TRUOC, GIO, DOI, HUY = (f"a_I.1-a_b__{id}@tdkt.invalid" for id in ("truoc", "gio", "doi", "huy"))


def parts(feed):
    """The head of a feed without its stamp, that stamp, and its events by UID."""
    head, *events = feed.decode().removesuffix("END:VCALENDAR\r\n").split("\r\nBEGIN:VEVENT\r\n")
    (stamp,) = re.findall("^LAST-MODIFIED:(.*)\r", head, re.MULTILINE)
    by_uid = {re.sub("\r\n ", "", event).split("\r\n")[0].removeprefix("UID:"): event for event in events}
    return head.replace(stamp, ""), moment(stamp), by_uid


def moment(stamp):
    return datetime.strptime(stamp, "%Y%m%dT%H%M%S%z")


def stamps(event):
    found = dict(STAMPS.findall(event))
    assert found["DTSTAMP"] == found["LAST-MODIFIED"]
    return int(found["SEQUENCE"]), moment(found["DTSTAMP"])


def changed(before, after):
    return {uid for uid in before.keys() | after.keys() if before.get(uid) != after.get(uid)}


@pytest.fixture
def change(export, edit):
    """Export, replace words of the plan, export again: both feeds in their parts. The head, but its stamp, stays the same."""

    def run(old, new, *arguments):
        before = export(*arguments)
        edit(old, new)
        after = export(*arguments)
        assert parts(before)[0] == parts(after)[0]
        return parts(before)[1:], parts(after)[1:]

    return run


def test_without_a_change_the_file_stays_as_it_is(export, folder):
    first = export()
    inode = (folder / "lich.ics").stat()
    assert export() == first
    again = (folder / "lich.ics").stat()
    assert (again.st_ino, again.st_mtime_ns) == (inode.st_ino, inode.st_mtime_ns)


@pytest.mark.parametrize("day", ["2023-02-22", "2023-12-20", "2023-01-05"])
def test_a_moved_deadline_changes_its_event_only(change, day):
    (first, before), (second, after) = change("before: 2023-02-20", f"before: {day}")
    assert changed(before, after) == {TRUOC}
    (old_count, old_stamp), (new_count, new_stamp) = stamps(before[TRUOC]), stamps(after[TRUOC])
    assert new_count == old_count + 1
    assert (new_stamp - old_stamp).total_seconds() >= 1
    assert (second - first).total_seconds() >= 1
    assert f"DTEND;VALUE=DATE:{day.replace('-', '')}\r\n" in after[TRUOC]


def test_each_move_counts(export, edit):
    seen = [stamps(parts(export())[2][TRUOC])]
    for old, new in (("2023-02-20", "2023-02-22"), ("2023-02-22", "2023-02-24"), ("2023-02-24", "2023-02-20")):
        edit(f"before: {old}", f"before: {new}")
        seen.append(stamps(parts(export())[2][TRUOC]))
    assert [count for count, _ in seen] == [0, 1, 2, 3]
    assert [moment for _, moment in seen] == sorted({moment for _, moment in seen})


def test_a_recorded_move_counts(change):
    moved = "before: 2023-02-20\n        moved:\n          - by: 2023-02-28"
    (_, before), (_, after) = change("before: 2023-02-20", moved)
    assert changed(before, after) == {TRUOC}
    assert "DTSTART;VALUE=DATE:20230228\r\n" in after[TRUOC]


def test_an_added_deadline(change):
    (first, before), (second, after) = change(
        "      - id: gio\n", "      - id: them\n        by: 2023-06-06\n      - id: gio\n"
    )
    added = "a_I.1-a_b__them@tdkt.invalid"
    assert changed(before, after) == {added}
    assert stamps(after[added]) == (0, second)
    assert second > first


def test_a_removed_deadline_is_dropped(change):
    (first, before), (second, after) = change("      - id: gio\n        by: 2023-02-20T17:00\n", "")
    assert before.keys() - after.keys() == changed(before, after) == {GIO}
    assert second > first


def test_a_cancelled_deadline_is_shown_for_one_edition(export, edit):
    before = parts(export())[2]
    edit("by: 2023-02-20T17:00", "by: 2023-02-20T17:00\n        cancelled: 2023-02-10")
    cancelled = export()
    after = parts(cancelled)[2]
    assert changed(before, after) == {GIO}
    assert "\r\nSTATUS:CANCELLED\r\n" in after[GIO]
    assert "\r\nSUMMARY:[Hủy] 17:00 Họp" in after[GIO]
    assert stamps(after[GIO])[0] == stamps(before[GIO])[0] + 1
    assert export("--today", "2024-01-01") == cancelled
    edit("before: 2023-02-20", "before: 2023-02-22")
    last = export()
    assert changed(after, parts(last)[2]) == {GIO, TRUOC}
    assert GIO not in parts(last)[2]
    assert export() == last


def test_a_deadline_cancelled_before_the_first_edition_is_not_shown(export):
    assert HUY not in parts(export())[2]


def test_a_cancellation_that_is_taken_back(export, edit):
    first = parts(export())[2]
    edit("by: 2023-02-20T17:00", "by: 2023-02-20T17:00\n        cancelled: 2023-02-10")
    export()
    edit("by: 2023-02-20T17:00\n        cancelled: 2023-02-10", "by: 2023-02-20T17:00")
    after = parts(export())[2]
    assert changed(first, after) == {GIO}
    assert stamps(after[GIO])[0] == 2
    assert STAMPS.sub("", after[GIO]) == STAMPS.sub("", first[GIO])


@pytest.mark.parametrize(("choice", "expected"), [("keep", "Họp"), ("mark", "[Xong] Họp"), ("drop", None)])
def test_a_deadline_is_done(change, choice, expected):
    done = "before: 2023-02-20\n        done: 2023-02-10"
    (_, before), (_, after) = change("before: 2023-02-20", done, "--done", choice)
    assert changed(before, after) == {TRUOC}
    if expected:
        assert f"\r\nSUMMARY:{expected}" in after[TRUOC]
        assert stamps(after[TRUOC])[0] == stamps(before[TRUOC])[0] + 1
    else:
        assert TRUOC not in after


def test_a_renumbered_task_keeps_its_events(change):
    (_, before), (_, after) = change("id: I.1-a_b\n", "id: I.7\n    former_ids: [I.1-a_b]\n")
    assert before.keys() == after.keys()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("tdkt: plan/1\n", "# ghi chú\ntdkt: plan/1\n"),
        ("sections:\n  I: Phần một\n", ""),
        ("id: cho\n", "id: doi-viec\n"),
    ],
)
def test_what_no_calendar_shows_changes_nothing(change, old, new):
    before, after = change(old, new)
    assert before == after


def test_a_feed_from_elsewhere_goes_on(export, edit, folder, tmp_path):
    first = export()
    (tmp_path / "cu").mkdir()
    (folder / "lich.ics").rename(tmp_path / "cu" / "lich.ics")
    edit("before: 2023-02-20", "before: 2023-02-22")
    after = parts(export("--previous", tmp_path / "cu"))[2]
    assert changed(parts(first)[2], after) == {TRUOC}
    assert stamps(after[TRUOC])[0] == 1
