import datetime as dt
import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tdkt_cli.core.phrases import lexicon, read
from tdkt_cli.core.plan import Event, When
from tdkt_cli.core.wording import when_words
from tdkt_cli.render.language import language

VIETNAMESE = language("vi")
PHRASES = sorted({entry.strip().partition("=")[0] for group in lexicon.PHRASES.values() for entry in group.split("|")})
SIGNS = ["/", "//", "-", "–", ".", ",", ";", ":", "(", ")", "\n", "+", "%", "“", "\u200b", "\t", "15/3/2023", "31/4", "2023", "II", "17h30", "98/2023/NĐ-CP"]  # fmt: skip
WORDS = ["Sở Y tế", "các đơn vị", "trình hồ sơ", "họp", "báo cáo", "đơn vị", "Hội đồng", "III", "T6"]
pieces = st.one_of(
    st.sampled_from(PHRASES), st.sampled_from(SIGNS), st.sampled_from(WORDS), st.integers(0, 10**6).map(str)
)
texts = st.one_of(st.text(max_size=60), st.lists(pieces, max_size=14).map(" ".join), st.lists(pieces, max_size=8).map("".join))  # fmt: skip
years = st.one_of(st.none(), st.integers(1900, 2199))


@given(texts, years)
@example("trước " * 50, 2023)
@example("(" * 200, None)
@example("9" * 5000 + "/3/2023", 2023)
def test_reading_never_raises_and_only_finds_what_the_calendar_has(text, year):
    result = read(text, year)
    for reading in result.readings:
        start, end = reading.span
        assert 0 <= start < end <= len(unicodedata.normalize("NFC", text))
        when = reading.when
        assert not (when.start and when.end and when.start > when.end)
    assert result.readings or result.unread.split() == unicodedata.normalize("NFC", text).split()


@given(texts, years)
def test_composed_and_decomposed_text_read_the_same(text, year):
    composed, decomposed = (read(unicodedata.normalize(form, text), year) for form in ("NFC", "NFD"))
    assert (composed.readings, composed.unread) == (decomposed.readings, decomposed.unread)


LONG = {
    "digits": "1",
    "slashes": "/",
    "digits and slashes": "1/",
    "dates": "15/3 ",
    "words": "trước ",
    "names": "Abc, ",
    "a list": "15/3, ",
    "ranges": "từ 15/3 đến ",
    "rhythms": "hằng tháng, ",
    "half-years": "6 tháng, ",
    "weekdays": "thứ 2, ",
    "brackets": "(trước 15/3 ",
    "events": "trước kỳ họp ",
    "conditions": "khi có ",
    "conditions and dates": "khi có yêu cầu trước 15/3 ",
    "choices": "khi có yêu cầu hoặc trước 15/3 ",
    "dates of no calendar": "ngày 30/2 hằng năm, ",
    "weekdays of dates": "ngày 15/3 (thứ Tư), ",
    "anniversaries": "kỷ niệm ",
    "codes": "1/A-",
    "milestones": "Sở Y tế trình trước 15/3/2023; ",
    "colons": "Sở: ",
    "fillers": "và phải ",
    "dashes": "tháng 3 - ",
    "times of day": "sáng ",
    "each": "hằng ",
    "days of a month": "ngày 20 tháng 3, ",
    "wrapped lines": "trước\n",
}


def steps(text):
    """How many calls Python makes to read a text: a measure of work that no machine's speed changes."""
    count = 0

    def counting(_frame, event, _argument):
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(counting)
    try:
        read(text, 2023)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("unit", LONG.values(), ids=LONG)
def test_work_grows_with_the_length_and_no_faster(unit, thorough):
    times = 10 if thorough else 4
    small, middle, large = (steps((unit * size)[:size]) for size in (1_000, 1_000 * times, 1_000 * times**2))
    assert middle <= 1.2 * times * small + 2_000
    assert large <= 1.2 * times * middle + 2_000


dates = st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31))
later = st.integers(1, 900)


def month_of(day, months=1):
    start = day.replace(day=1, month=(day.month - 1) // months * months + 1)
    return When(kind="within", start=start, end=last_day(start, months))


def last_day(start, months):
    last = start.month + months - 1
    after = dt.date(start.year + last // 12, last % 12 + 1, 1)
    return after - dt.timedelta(days=1)


def within(start, days, *, approximate=False, kind="within"):
    return When(kind=kind, start=start, end=start + dt.timedelta(days=days), approximate=approximate)


RULES = [
    *(f"FREQ=WEEKLY;BYDAY={days}" for days in ("MO", "TU,TH", "WE", "FR", "SA", "SU")),
    *(f"FREQ=MONTHLY;{months}BYMONTHDAY={day}" for months in ("", "BYMONTH=3,6,9,12;") for day in ("1", "15", "25,28", "-1")),
    "FREQ=MONTHLY;BYMONTH=1,4,7,10;BYMONTHDAY=10",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    *(f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={day}" for months in ("6", "6,12", "12", "3,6,9,12") for day in ("15", "-1")),
]  # fmt: skip
EVENTS = [
    "nhận đủ hồ sơ hợp lệ",
    "kết thúc hội nghị",
    "kỳ họp HĐND",
    "ban hành Kế hoạch",
    "họp Hội đồng TĐKT Thành phố",
]
AWAITED = ["Kế hoạch của Thành phố", "nội dung phát sinh", "hướng dẫn của Bộ Nội vụ, sau đó triển khai", "Nghị định số 98/2023/NĐ-CP ngày 31/12/2023", "kỳ họp giữa năm"]  # fmt: skip
whens = st.one_of(
    dates.map(lambda day: When(kind="before", end=day)),
    st.builds(lambda day, time: When(kind="by", end=day, time=time), dates, st.one_of(st.none(), st.times().map(lambda time: time.replace(second=0, microsecond=0, tzinfo=None)))),
    dates.map(lambda day: When(kind="by", end=day, approximate=True)),
    st.builds(lambda day, loose: When(kind="day", end=day, approximate=loose), dates, st.booleans()),
    st.builds(month_of, dates, st.sampled_from([1, 3, 6, 12])),
    st.builds(lambda start, days, loose: within(start, days, approximate=loose), st.dates(dt.date(1900, 1, 1), dt.date(2190, 1, 1)), later, st.booleans()),
    st.builds(lambda rule, bound: When(kind="every", rrule=rule, bound=bound), st.sampled_from(RULES), st.sampled_from(["before", "by", "day"])),
    st.just(When(kind="every", rrule="FREQ=DAILY")),
    st.builds(lambda event, days, unit: When(kind="after", event=Event(event=event, days=days, unit=unit)), st.sampled_from(EVENTS), st.integers(-90, 90).filter(bool), st.sampled_from(["working", "calendar"])),
    st.just(When(kind="ongoing")),
    st.builds(lambda start, days: within(start, days, kind="ongoing"), st.dates(dt.date(1900, 1, 1), dt.date(2190, 1, 1)), later),
    dates.map(lambda day: When(kind="ongoing", start=day)),
    dates.map(lambda day: When(kind="ongoing", end=day)),
    st.sampled_from(AWAITED).map(lambda words: When(kind="waiting", waiting=words)),
)  # fmt: skip


@given(whens)
def test_what_tdkt_says_it_reads_back(when):
    words = VIETNAMESE.say(when_words(when))
    result = read(words, None)
    assert [reading.when for reading in result.readings] == [when]
    assert result.unread == ""


def test_each_phrase_of_the_lexicon_has_one_meaning():
    seen = {}
    for symbol, group in lexicon.PHRASES.items():
        for entry in group.split("|"):
            words = tuple(map(lexicon.key, entry.strip().partition("=")[0].split()))
            assert seen.setdefault(words, symbol) == symbol, entry
