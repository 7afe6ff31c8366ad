import io
import json
import sys
from pathlib import Path
from textwrap import indent

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from tdkt_cli.core.phrases import lexicon
from tdkt_cli.core.phrases import read as read_phrase
from tdkt_cli.core.text import UNSAFE, one_line
from tdkt_cli.files.loader import load_text
from tdkt_cli.render.phrase import phrase_yaml

KEYS = [
    "kind", "start", "end", "time", "rrule", "waiting", "approximate", "who", "what", "text",
    "bound", "event", "days", "unit", "occurred", "span", "sure",
]  # fmt: skip
SAME = ["kind", "start", "end", "time", "waiting", "approximate", "text"]
PLAN = """\
tdkt: plan/1
id: b
document:
  title: Kế hoạch
  draft: true
period: 2023
tasks:
  - id: "1"
    title: Nộp báo cáo
    executor: Sở Y tế
    timing: {timing}
"""
VI = """\
“Sở Y tế trình hồ sơ trước ngày 15/3”
  thời hạn   trước 15/03/2023
  ngày cuối  thứ Ba 14/03/2023
  giao cho   Sở Y tế
  việc       trình hồ sơ

“họp Hội đồng hằng tuần”
  thời hạn   hằng tuần
  việc       họp Hội đồng
  chưa chắc  lời văn có thể hiểu khác: đối chiếu lại với ngày

Dán vào nhiệm vụ:

    deadlines:
      - id: so-y-te
        before: 2023-03-15
        who: Sở Y tế
        what: Trình hồ sơ
        text: Sở Y tế trình hồ sơ trước ngày 15/3
      - id: hop-hoi-dong  # chưa chắc: đối chiếu với lời văn
        every: FREQ=WEEKLY;BYDAY=SU
        what: Họp Hội đồng
        text: họp Hội đồng hằng tuần
"""
EN = """\
“Sở Y tế trình hồ sơ trước ngày 15/3”
  when      before 2023-03-15
  last day  Tuesday 2023-03-14
  binds     Sở Y tế
  what      trình hồ sơ

“họp Hội đồng hằng tuần”
  when      each week
  what      họp Hội đồng
  not sure  the words allow another reading: compare them with the date

To paste into a task:
"""


@pytest.fixture
def read(tdkt, tmp_path):
    """Read words outside any project."""
    return lambda *typed, **env: tdkt("read", *typed, folder=tmp_path, **env)


@pytest.fixture
def read_lines(read, monkeypatch):
    """Read what comes from the input, a line each."""

    def run(*lines, typed=(), **env):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("".join(f"{line}\n" for line in lines).encode())))
        return read("--jsonl", *typed, **env)

    return run


def asked(phrase, **year):
    return json.dumps({"phrase": phrase, **year}, ensure_ascii=False)


def objects(ended):
    return [json.loads(line) for line in ended.lines]


def test_in_words_and_as_yaml(read):
    words = "Sở Y tế trình hồ sơ trước ngày 15/3; họp Hội đồng hằng tuần"
    assert read(words, "--year", "2023") == (0, VI, "")
    english = read(words, "--year", "2023", "--lang", "en")
    assert english == (0, EN + VI.partition("Dán vào nhiệm vụ:\n")[2], "")


def test_words_that_say_nothing(read):
    ended = read("lịch riêng")
    assert (ended.code, ended.err) == (0, "")
    assert ended.lines == [
        "Chưa đọc được: lịch riêng",
        "Trong lời văn này không có thời hạn. Ghi một ngày, hoặc waiting: và điều phải chờ.",
    ]
    assert read("lịch riêng", "--lang", "en").lines == [
        "Not read: lịch riêng",
        "Nothing here says when. Write a date, or waiting: and what it waits for.",
    ]


def test_words_that_are_read_in_part(read):
    ended = read("trước ngày 15/3/2023; từ tháng 10/2023 đến tháng 02/2023")
    assert ended.lines[1].split()[-1] == "15/03/2023"
    assert ended.lines[-2:] == ["", "Chưa đọc được: từ tháng 10/2023 đến tháng 02/2023"]


def test_a_date_without_a_year(read):
    assert read("trước ngày 15/3").lines[-1] == "Ngày ở đây không ghi năm: thêm năm của kế hoạch bằng --year NĂM."
    assert read("trước ngày 15/3", "--lang", "en").lines[-1] == (
        "A date here has no year: add the plan's with --year YYYY."
    )
    assert "15/03/2024" in read("trước ngày 15/3", "--year", "2024").out
    assert "15/03/2023" in read("trước ngày 15/3/2023", "--year", "2024").out
    assert "--year" not in read("trước ngày 15/3/2023").out + read("lịch riêng").out


@pytest.mark.parametrize(
    "words",
    [
        "trước ngày 15/3/2023",
        "trước tháng 11/2023",
        "đến hết ngày 15/3",
        "17 giờ ngày 20/02/2023",
        "vào dịp 12/6/2023",
        "đầu tháng 02/2023",
        "trong quý II/2023",
        "từ ngày 01/02 đến ngày 10/02/2023",
        "hằng tuần",
        "trước ngày 25 hằng tháng",
        "Chậm nhất ngày 20 tháng cuối quý",
        "trong 10 ngày làm việc kể từ ngày nhận đủ hồ sơ",
        "trong 05 ngày kể từ ngày 10/3/2023",
        "trước kỳ họp 15 ngày",
        "thường xuyên",
        "thường xuyên trong năm 2023",
        "từ tháng 02/2023",
        "thường xuyên đến hết năm 2023",
        "theo Kế hoạch của Thành phố",
        "khi có yêu cầu # gấp",
        "theo Kế hoạch của “Ban: Thi đua”",
        "Sở Y tế trình hồ sơ trước 15/3; Sở Y tế họp trước 20/4; Sở Nội vụ trình hồ sơ trước 15/3",
        "Họp Hội đồng trước ngày 15/3/2023\n(Sở Y tế trình hồ sơ trước ngày 21/02/2023)",
        "1512 hằng tháng; yes hằng quý",
    ],
)
def test_the_yaml_to_paste_is_a_plan_that_says_the_words(words, read, tdkt, project):
    pasted = read(words, "--year", "2023").out.partition("Dán vào nhiệm vụ:\n\n")[2].partition("\n\n")[0]
    timing = "|-\n" + indent(words, " " * 6)
    plan = PLAN.format(timing=timing) + pasted + "\n"
    folder = project(**{"plans/a.yaml": None, "plans/b.yaml": plan})
    checked = tdkt("check", "--strict", "--format", "json", "--today", "2023-12-31", folder=folder).records
    assert [found for found in checked if found["rule"] != "TDKT203"] == []  # a last day may be a day off

    readings = json.loads(read(words, "--year", "2023", "--format", "json").out)["readings"]
    listed = tdkt("list", "--format", "json", "--today", "2023-12-31", folder=folder).records
    held = {record["deadline"] or "": record for record in listed}
    assert len(held) == len(readings)
    for reading in readings:
        record = next(record for record in held.values() if record["text"] == reading["text"])
        if reading["kind"] == "every":
            assert (record["kind"], f"every: {reading['rrule']}" in pasted) == ("every", True)
        elif reading["kind"] == "after":
            assert record["event"] == {key: reading[key] for key in ("event", "days", "unit", "occurred")}
        else:
            assert [record[key] for key in SAME] == [reading[key] for key in SAME]
            assert record["who"] == ([reading["who"]] if reading["who"] else [])


PHRASES = sorted({one.strip().partition("=")[0] for group in lexicon.PHRASES.values() for one in group.split("|")})
SIGNS = ["/", "-", ".", ",", ";", ":", "(", "#", "'", '"', "[", "{", "|", "&", "*", "yes", "no", "15/3", "31/4", "2023", "II", "17h30", "Sở Y tế", "trình"]  # fmt: skip
pieces = st.one_of(st.sampled_from(PHRASES), st.sampled_from(SIGNS), st.integers(0, 3000).map(str))


@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(st.one_of(st.text(max_size=40), *(st.lists(pieces, max_size=12).map(gap.join) for gap in (" ", ""))))
@example("1512 hằng tháng; no hằng quý")
@example("suốt năm 2946")
@example("khi ngày")
def test_whatever_is_read_can_be_pasted(text):
    assume(not UNSAFE.search(text))
    result = read_phrase(text, 2023)
    assume(result.readings)
    plan = PLAN.format(timing="x") + indent("\n".join(phrase_yaml(result)), " " * 4) + "\n"
    loaded = load_text(plan, Path("b.yaml"), "b.yaml")
    assert [str(found.message) for found in loaded.findings] == []
    deadlines = [one for _, one in loaded.model.build(loaded.source).deadlines()]
    assert [(one.when, one.text) for one in deadlines] == [
        (reading.when, one_line(reading.text)) for reading in result.readings
    ]


def test_each_milestone_has_an_id_of_its_own(read):
    words = "Sở Y tế trình trước 15/3; Sở Y tế họp trước 20/4; họp trước 21/4; Trước 15/5"
    ids = [line.split(": ")[1] for line in read(words, "--year", "2023").lines if line.startswith("      - id")]
    assert ids == ["so-y-te", "so-y-te-2", "hop", "moc"]


def test_as_json(read):
    ended = read("Sở Y tế trình hồ sơ trước ngày 15/3", "--year", "2023", "--format", "json")
    assert json.loads(ended.out) == {
        "phrase": "Sở Y tế trình hồ sơ trước ngày 15/3",
        "readings": [
            {
                "kind": "before", "start": None, "end": "2023-03-15", "time": None, "rrule": None, "waiting": None,
                "approximate": False, "who": "Sở Y tế", "what": "trình hồ sơ", "text": "Sở Y tế trình hồ sơ trước ngày 15/3",
                "bound": None, "event": None, "days": None, "unit": None, "occurred": None, "span": [20, 35], "sure": True,
            }
        ],
        "unread": "",
    }  # fmt: skip
    assert (ended.code, ended.err) == (0, "")
    assert (
        ended.out
        == read("Sở Y tế trình hồ sơ trước ngày 15/3", "--year", "2023", "--format", "json", "--lang", "en").out
    )


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("17 giờ ngày 15/3/2023", {"kind": "by", "end": "2023-03-15", "time": "17:00"}),
        ("trong quý II/2023", {"kind": "within", "start": "2023-04-01", "end": "2023-06-30"}),
        ("vào dịp 11/6/2023", {"kind": "day", "end": "2023-06-11", "approximate": True}),
        ("trước ngày 25 hằng tháng", {"kind": "every", "rrule": "FREQ=MONTHLY;BYMONTHDAY=25", "bound": "before"}),
        ("hằng tuần", {"kind": "every", "rrule": "FREQ=WEEKLY;BYDAY=SU", "bound": "by", "sure": False}),
        ("từ tháng 02/2023", {"kind": "ongoing", "start": "2023-02-01"}),
        ("theo Kế hoạch của\ncác đơn vị", {"kind": "waiting", "waiting": "Kế hoạch của các đơn vị"}),
        (
            "trước kỳ họp 15 ngày",
            {"kind": "after", "event": "kỳ họp", "days": -15, "unit": "calendar"},
        ),
        (
            "trong 05 ngày làm việc kể từ ngày 10/3/2023",
            {"kind": "after", "event": "ngày 10/3/2023", "days": 5, "unit": "working", "occurred": "2023-03-10"},
        ),
    ],
)
def test_the_keys_of_a_reading_in_their_order(words, values, read):
    (reading,) = json.loads(read(words, "--format", "json").out)["readings"]
    assert list(reading) == KEYS
    shared = {"text", "span"}
    empty = dict.fromkeys(KEYS) | {"approximate": False, "sure": True}
    assert {key: value for key, value in reading.items() if key not in shared and value != empty[key]} == {
        key: value for key, value in values.items() if value != empty[key]
    }


def test_a_line_out_for_each_line_in(read_lines):
    ended = read_lines(
        asked("trước 15/3", year=2023), "", "  ", asked("trước 15/3", year=2024), asked("lịch riêng"), asked("")
    )
    assert (ended.code, ended.err) == (0, "")
    found = objects(ended)
    assert [list(one) for one in found] == [["phrase", "readings", "unread"]] * 4
    assert [(one["phrase"], [reading["end"] for reading in one["readings"]]) for one in found] == [
        ("trước 15/3", ["2023-03-15"]), ("trước 15/3", ["2024-03-15"]), ("lịch riêng", []), ("", []),
    ]  # fmt: skip
    assert all(list(reading) == KEYS for one in found for reading in one["readings"])


@pytest.mark.parametrize(
    ("year", "typed", "ends"),
    [
        ({}, (), []),
        ({"year": None}, (), []),
        ({"year": ""}, (), []),
        ({"year": "2024"}, (), ["2024-03-15"]),
        ({"year": " 2024 "}, (), ["2024-03-15"]),
        ({}, ("--year", "2025"), ["2025-03-15"]),
        ({"year": None}, ("--year", "2025"), ["2025-03-15"]),
        ({"year": 2024}, ("--year", "2025"), ["2024-03-15"]),
    ],
)
def test_the_year_of_a_line(year, typed, ends, read_lines):
    ended = read_lines(asked("trước 15/3", **year), typed=typed)
    assert (ended.code, ended.err) == (0, "")
    assert [reading["end"] for reading in objects(ended)[0]["readings"]] == ends


NO_OBJECT = {
    "vi": "đây không phải là đối tượng JSON có phrase và, nếu muốn, year",
    "en": "this is not a JSON object with a phrase and, optionally, a year",
}


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(
    "line",
    ["trước 15/3", "{", "null", "3", '["trước 15/3"]', "{}", '{"phrase": null}', '{"phrase": 3}', "[" * 100_000, "9" * 5000],
    ids=lambda line: line[:20],
)  # fmt: skip
def test_a_line_that_is_no_phrase(line, lang, read_lines):
    good = asked("trước 15/3/2023")
    ended = read_lines(good, "", line, good, typed=("--lang", lang))
    said = {"vi": "dòng 3: ", "en": "line 3: "}[lang] + NO_OBJECT[lang]
    assert (ended.code, ended.err) == (2, f"{said}\n")
    first, second, third = objects(ended)
    assert first == third
    assert second == {"phrase": None, "readings": [], "unread": line}


@pytest.mark.parametrize("year", ["23", "hai nghìn", 1899, 2200, 2023.5, True, [2023], -2023, "２０２３", "9" * 5000])
def test_a_line_with_a_year_that_is_none(year, read_lines):
    for lang, words in (
        ("vi", "không phải là năm: ghi chẳng hạn 2023"),
        ("en", "is not a year: write, for example, 2023"),
    ):
        ended = read_lines(asked("trước 15/3", year=year), typed=("--lang", lang))
        place = {"vi": "dòng 1", "en": "line 1"}[lang]
        assert (ended.code, ended.err) == (2, f"{place}: “{year}” {words}\n")
        assert objects(ended) == [{"phrase": None, "readings": [], "unread": asked("trước 15/3", year=year)}]


def test_no_lines(read_lines):
    assert read_lines() == (0, "", "")


@pytest.mark.parametrize(
    ("typed", "vi", "en"),
    [
        ((), "còn thiếu: PHRASE", "something is missing: PHRASE"),
        (("",), "còn thiếu: PHRASE", "something is missing: PHRASE"),
        ((" \n",), "còn thiếu: PHRASE", "something is missing: PHRASE"),
        (
            ("trước", "15/3"),
            "thừa chữ: 15/3; đặt các chữ đi cùng nhau trong ngoặc kép",
            "too many words: 15/3; put words that belong together in quotes",
        ),
        (
            ("trước 15/3", "--year", "23"),
            "“23” không phải là năm: ghi chẳng hạn 2023",
            "“23” is not a year: write, for example, 2023",
        ),
        (
            ("trước 15/3", "--year", "năm nay"),
            "“năm nay” không phải là năm: ghi chẳng hạn 2023",
            "“năm nay” is not a year: write, for example, 2023",
        ),
        (
            ("trước 15/3", "--format", "xml"),
            "--format: không có “xml”; chỉ nhận text, json",
            "--format does not know “xml”; it takes text, json",
        ),
        (
            ("trước 15/3", "--jsonl"),
            "với --jsonl, lời văn lấy từ đầu vào",
            "with --jsonl the phrases come from the input",
        ),
    ],
)
def test_what_cannot_be_read(typed, vi, en, read):
    assert read(*typed) == (2, "", f"tdkt: {vi}\n")
    assert read(*typed, "--lang", "en") == (2, "", f"tdkt: {en}\n")


HOSTILE = {
    "escape": "\x1b[31m\x1b]52;c;eA==\x07",
    "C1": "\x9b31m",
    "bidi": "\u202e\u2066",
    "tag": "\U000e0041",
    "invisible": "\u200b\ufeff",
}


PLACES = ["{} trước ngày 15/3/2023 {}", "Sở {} Y tế trình {} trước 15/3/2023", "{}", "theo {} Kế hoạch của {}"]


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("words", PLACES)
@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_nothing_of_a_phrase_reaches_the_terminal_raw(hostile, words, lang, read):
    ended = read(words.replace("{}", hostile), "--lang", lang)
    assert (ended.code, ended.err) == (0, "")
    assert UNSAFE.search(ended.out.replace("\n", "")) is None


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_nothing_of_a_phrase_reaches_the_terminal_raw_as_json(hostile, read, read_lines):
    for phrase in (words.replace("{}", hostile) for words in PLACES):
        for ended in (read(phrase, "--format", "json"), read_lines(asked(phrase)), read_lines(phrase)):
            assert UNSAFE.search(ended.out.replace("\n", "")) is None


def test_json_keeps_every_character(read):
    for hostile in HOSTILE.values():
        phrase = f"trước ngày 15/3/2023 {hostile}"
        assert json.loads(read(phrase, "--format", "json").out)["phrase"] == phrase


def test_what_is_wrong_is_said_without_escapes(read, read_lines):
    assert read("x", "--year", "\x1b[31m").err == "tdkt: “^[[31m” không phải là năm: ghi chẳng hạn 2023\n"
    assert read_lines(asked("x", year="\x1b[31m")).err == "dòng 1: “^[[31m” không phải là năm: ghi chẳng hạn 2023\n"


def test_no_plan_is_needed(read, project, tdkt):
    folder = project(**{"plans/a.yaml": "tdkt: plan/1\nid: [\n"})
    ended = tdkt("read", "trước ngày 15/3/2023", folder=folder)
    assert ended == read("trước ngày 15/3/2023")


@pytest.mark.parametrize("typed", [(), ("--year", "2023"), ("--format", "json", "--year", "2023")])
@pytest.mark.parametrize("year", ["1458", "2946"])
def test_a_year_that_no_plan_has(year, typed, read):
    ended = read(f"suốt năm {year}", *typed)
    assert (ended.code, ended.err) == (0, "")
    assert "2023-01-01" not in ended.out


@pytest.mark.parametrize(("lang", "said"), [("vi", "lịch không có ngày này"), ("en", "no calendar has this date")])
def test_a_day_that_no_calendar_has_is_said(tdkt, lang, said):
    ended = tdkt("read", "Trước ngày 31/4/2023", "--lang", lang)
    assert f"{said}: “31/4/2023”" in ended.out
    assert "waiting:" not in ended.out
