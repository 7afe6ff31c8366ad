"""The bytes of feeds: what every calendar program asks for, and that they depend on nothing but the plans."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
URL = "https://lich.example.vn/tdkt/"


WITH_EVERYTHING = ("--span", "--lead-days", "30,7,0", "--url", URL, "--done", "keep")


@pytest.fixture(params=["bundled", "hostile", "with everything"])
def feed(request, feed_of):
    """Feeds of all kinds."""
    if request.param == "bundled":
        return feed_of(folder=ROOT)
    return feed_of(*(WITH_EVERYTHING if request.param == "with everything" else ()))


def unfolded(feed):
    return feed.decode().replace("\r\n ", "").split("\r\n")


def test_lines_end_with_crlf_and_nothing_else_ends_one(feed):
    assert feed.endswith(b"\r\n")
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", feed)
    assert b"\r\n\r\n" not in feed


def test_lines_have_at_most_75_octets_and_no_character_is_parted(feed):
    lines = feed.split(b"\r\n")
    assert max(map(len, lines)) == 75
    for line in lines:
        line.decode()


def test_no_escape_is_parted(feed):
    pairs = zip(feed.split(b"\r\n"), feed.split(b"\r\n")[1:], strict=False)
    assert not [line for line, following in pairs if line.endswith(b"\\") and following.startswith(b" ")]


def test_no_escape_but_those_that_every_program_reads(feed):
    assert set(re.findall(rb"\\(.)", feed)) <= {b",", b";", b"n"}


def test_no_control_character(feed):
    assert not re.search(r"[^\S\r\n \u3000]|[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f]", feed.decode())


def test_uids_are_plain_and_each_stands_once(feed):
    lines = unfolded(feed)
    uids = [line.removeprefix("UID:") for line in lines if line.startswith("UID")]
    assert len(uids) == len(set(uids)) == lines.count("BEGIN:VEVENT") > 0
    assert [uid for uid in uids if not re.fullmatch(r"[A-Za-z0-9._-]+@tdkt\.invalid", uid)] == []


def test_the_head_of_the_calendar(feed):
    head = unfolded(feed[: feed.index(b"BEGIN:VEVENT")])
    names = [re.split("[:;]", line)[0] for line in head[1:-1]]
    assert names == [
        "VERSION", "PRODID", "CALSCALE", "NAME", "X-WR-CALNAME", "DESCRIPTION", "X-WR-CALDESC", "X-WR-TIMEZONE",
        "LAST-MODIFIED", "REFRESH-INTERVAL", "X-PUBLISHED-TTL",
    ]  # fmt: skip
    assert {"VERSION:2.0", "CALSCALE:GREGORIAN", "X-WR-TIMEZONE:Asia/Ho_Chi_Minh"} <= set(head)
    assert {"REFRESH-INTERVAL;VALUE=DURATION:PT12H", "X-PUBLISHED-TTL:PT12H"} <= set(head)


def test_each_event_has_its_stamps_and_blocks_nobody(feed):
    for event in feed.decode().split("\r\nBEGIN:VEVENT\r\n")[1:]:
        names = [re.split("[:;]", line)[0] for line in event.split("\r\nBEGIN:VALARM\r\n")[0].split("\r\n")]
        for name in ("DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION"):
            assert names.count(name) == 1
        assert "\r\nSTATUS:CONFIRMED\r\n" in event
        assert "\r\nTRANSP:TRANSPARENT\r\nX-MICROSOFT-CDO-BUSYSTATUS:FREE\r\n" in event


def test_a_category_has_no_comma(feed):
    assert not [line for line in unfolded(feed) if line.startswith("CATEGORIES") and "," in line]


@pytest.mark.parametrize(
    "settings",
    [
        {"TZ": "Pacific/Kiritimati", "LANG": "C", "LC_ALL": "POSIX", "PYTHONHASHSEED": "1", "COLUMNS": "20"},
        {"TZ": "America/Los_Angeles", "LANG": "vi_VN.UTF-8", "PYTHONHASHSEED": "2"},
    ],
)
def test_neither_zone_nor_locale_matters(process, feed_of, office, settings):
    assert process("export", "ics", folder=office, **settings).out == feed_of()


@pytest.mark.parametrize("day", ["1999-01-01", "2023-02-20", "2098-12-31"])
def test_the_day_does_not_matter(tdkt, feed_of, office, day):
    assert tdkt("export", "ics", folder=office, TDKT_TODAY=day).out == feed_of()


def test_the_folder_in_which_it_runs_does_not_matter(tdkt, feed_of, office, tmp_path):
    assert tdkt("export", "ics", folder=office / "plans").out == feed_of()
    assert tdkt("export", "ics", office / "plans", folder=tmp_path).out == feed_of()


def test_a_file_and_the_output_get_the_same_bytes(feed_of, export):
    assert export() == feed_of()


def test_the_language_is_that_asked_for(feed_of):
    english = feed_of("--lang", "en").decode()
    assert "\r\nSUMMARY:[Done] Họp" in english
    assert "Thời hạn" not in english
