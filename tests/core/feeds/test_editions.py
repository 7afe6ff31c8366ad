"""The stamps of events from one edition of a feed to the next."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tdkt_cli.core.feeds.editions import Edition, NotAFeedError, Version, next_edition, read_edition

ISSUED = datetime(2022, 12, 1, tzinfo=UTC)
COMMITTED = datetime(2023, 2, 10, 8, 30, tzinfo=UTC)
SECOND = timedelta(seconds=1)
CANCELLED = "STATUS:CANCELLED\r\n"


def event(uid, day="20230203", status=""):
    return f"BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTART;VALUE=DATE:{day}\r\nSUMMARY:x\r\n{status}END:VEVENT\r\n"


def events(*uids, **changed):
    return {uid: event(uid) for uid in uids} | changed


def feed(edition):
    head = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nLAST-MODIFIED:{edition.modified:%Y%m%dT%H%M%S}Z\r\n"
    return f"{head}{''.join(version.stamped() for version in edition.versions.values())}END:VCALENDAR\r\n"


def stamps(edition):
    return {uid: (version.sequence, version.modified) for uid, version in edition.versions.items()}


@pytest.fixture
def first():
    """An edition of three events."""
    return next_edition(events("a", "b", "c"), None, ISSUED)


def test_the_first_edition_has_the_stamp_of_the_day_of_issue(first):
    assert first.modified == ISSUED
    assert stamps(first) == dict.fromkeys("abc", (0, ISSUED))


def test_the_three_stamps_follow_the_uid():
    version = Version(event("a"), 4, COMMITTED)
    assert version.stamped().split("\r\n")[1:6] == [
        "UID:a",
        "DTSTAMP:20230210T083000Z",
        "LAST-MODIFIED:20230210T083000Z",
        "SEQUENCE:4",
        "DTSTART;VALUE=DATE:20230203",
    ]


def test_nothing_has_changed(first):
    assert next_edition(events("a", "b", "c"), first, COMMITTED) is first


def test_another_order_is_no_change(first):
    assert next_edition(events("c", "a", "b"), first, COMMITTED) is first


def test_only_the_changed_event_advances(first):
    second = next_edition(events("a", "b", "c", b=event("b", "20230301")), first, ISSUED)
    assert second.modified == ISSUED + SECOND
    assert stamps(second) == {"a": (0, ISSUED), "b": (1, ISSUED + SECOND), "c": (0, ISSUED)}


def test_each_change_counts_one(first):
    edition = first
    for day in (1, 2, 3):
        edition = next_edition(events("a", "b", "c", b=event("b", f"2023030{day}")), edition, ISSUED)
    assert stamps(edition)["b"] == (3, ISSUED + 3 * SECOND)


def test_a_change_that_is_taken_back_advances_too(first):
    moved = next_edition(events("a", "b", "c", b=event("b", "20230301")), first, ISSUED)
    back = next_edition(events("a", "b", "c"), moved, ISSUED)
    assert stamps(back)["b"] == (2, ISSUED + 2 * SECOND)


def test_a_known_moment_is_the_stamp_of_the_change(first):
    second = next_edition(events("a", "b", "c", b=event("b", "20230301")), first, COMMITTED)
    assert stamps(second)["b"] == (1, COMMITTED)
    assert second.modified == COMMITTED


@pytest.mark.parametrize("since", [ISSUED - timedelta(days=900), ISSUED])
def test_a_stamp_never_goes_back_nor_stands_still(first, since):
    second = next_edition(events("a", "b", "c", b=event("b", "20230301")), first, since)
    assert second.modified == ISSUED + SECOND


def test_a_new_event_begins_at_nought(first):
    second = next_edition(events("a", "b", "c", "d"), first, ISSUED)
    assert stamps(second) == stamps(first) | {"d": (0, ISSUED + SECOND)}


def test_a_removed_event_is_dropped_and_the_feed_says_that_it_has_changed(first):
    second = next_edition(events("a", "c"), first, ISSUED)
    assert stamps(second) == {"a": (0, ISSUED), "c": (0, ISSUED)}
    assert second.modified == ISSUED + SECOND


def test_the_last_event_is_removed(first):
    assert next_edition({}, first, ISSUED) == Edition(ISSUED + SECOND, {})


def test_what_was_never_shown_is_not_shown_as_cancelled(first):
    gone = {"d": event("d", status=CANCELLED)}
    assert next_edition(gone, None, ISSUED).versions == {}
    assert next_edition(events("a", "b", "c") | gone, first, COMMITTED) is first


def test_a_cancelled_event_is_shown_once_then_dropped_at_the_next_change(first):
    texts = events("a", "b", "c", b=event("b", status=CANCELLED))
    second = next_edition(texts, first, COMMITTED)
    assert stamps(second)["b"] == (1, COMMITTED)
    assert second.versions["b"].cancelled
    assert next_edition(texts, second, COMMITTED) is second
    third = next_edition(texts | {"c": event("c", "20230301")}, second, COMMITTED)
    assert stamps(third) == {"a": (0, ISSUED), "c": (1, COMMITTED + SECOND)}
    assert next_edition(texts | {"c": event("c", "20230301")}, third, COMMITTED) is third


def test_an_edition_is_read_as_it_was_written(first):
    edition = next_edition(events("a", "b", "c", b=event("b", status=CANCELLED)), first, COMMITTED)
    assert read_edition(feed(edition)) == edition


def test_a_folded_uid_is_read_whole():
    folded = "BEGIN:VEVENT\r\nUID:hanoi-2023\r\n _1@tdkt\r\n .invalid\r\nSUMMARY:x\r\nEND:VEVENT\r\n"
    edition = Edition(ISSUED, {"hanoi-2023_1@tdkt.invalid": Version(folded, 2, ISSUED)})
    assert read_edition(feed(edition)) == edition


def test_an_event_with_an_alarm_is_read_whole():
    alarm = "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-P7D\r\nEND:VALARM\r\n"
    edition = Edition(ISSUED, {"a": Version(event("a", status=alarm), 0, ISSUED)})
    assert read_edition(feed(edition)) == edition


@pytest.mark.parametrize(
    "words", ["BEGIN:VEVENT", "x\r\n BEGIN:VEVENT\r\n END:VCALENDAR", "BEGIN:VEVENT\r\n  x", "END:VEVENT"]
)
def test_an_event_whose_words_look_like_lines_is_read_whole(words):
    text = event("a").replace("SUMMARY:x", f"SUMMARY:x{words}")
    edition = Edition(ISSUED, {"a": Version(text, 0, ISSUED), "b": Version(event("b"), 1, COMMITTED)})
    assert read_edition(feed(edition)) == edition


WHOLE = feed(Edition(ISSUED, {"a": Version(event("a"), 0, ISSUED), "b": Version(event("b"), 3, COMMITTED)}))


@pytest.mark.parametrize("end", [*range(0, len(WHOLE), 7), len(WHOLE) - 1])
def test_a_truncated_feed_is_refused(end):
    with pytest.raises(NotAFeedError):
        read_edition(WHOLE[:end])


@pytest.mark.parametrize(
    ("what", "instead"),
    [
        ("\r\n", "\n"),
        ("LAST-MODIFIED:20221201T000000Z\r\nBEGIN:VEVENT", "BEGIN:VEVENT"),
        ("UID:b\r\n", ""),
        ("SEQUENCE:3\r\n", ""),
        ("SEQUENCE:3", "SEQUENCE:-3"),
        ("SEQUENCE:3", "SEQUENCE:٣"),
        ("DTSTAMP:20230210T083000Z", "DTSTAMP:20230210T083001Z"),
        ("20230210T083000Z", "20230230T083000Z"),
        ("20230210T083000Z", "20230210T083000"),
        ("BEGIN:VCALENDAR", "\ufeffBEGIN:VCALENDAR"),
        ("END:VCALENDAR\r\n", "END:VCALENDAR\r\n<html>"),
        ("END:VEVENT\r\nEND:VCALENDAR", "END:VCALENDAR"),
    ],
)
def test_what_tdkt_has_not_written_is_refused(what, instead):
    assert what in WHOLE
    with pytest.raises(NotAFeedError):
        read_edition(WHOLE.replace(what, instead))


UIDS = st.sampled_from("abcd")
TEXTS = st.dictionaries(UIDS, st.tuples(st.sampled_from(["20230203", "20230301"]), st.sampled_from(["", CANCELLED])))


@given(st.lists(st.tuples(TEXTS, st.integers(-10, 10)), max_size=8))
def test_whatever_happens_no_stamp_goes_back(history):
    edition = None
    for found, hours in history:
        texts = {uid: event(uid, day, status) for uid, (day, status) in found.items()}
        since = COMMITTED + timedelta(hours=hours)
        new = next_edition(texts, edition, since)
        assert read_edition(feed(new)) == new
        assert next_edition(texts, new, since).versions == new.versions
        if edition and new is not edition:
            assert new.modified > edition.modified
            for uid in edition.versions.keys() & new.versions.keys():
                before, after = edition.versions[uid], new.versions[uid]
                changed = before.text != after.text
                assert after.sequence == before.sequence + changed
                assert after.modified == (new.modified if changed else before.modified)
        edition = new
