"""TDKT001 to TDKT018 where an example says too little: what is refused, once, with what to write instead."""

import pytest

from tdkt_cli.files.parser import MAX_DEPTH

EMPTY = "TDKT012 there is no value here; write it, or leave the key out"
UNSAID = "TDKT605 not understood: “lịch riêng”"
TOO_MANY_DAYS = "TDKT016 at most 3660 days"
CALENDAR = """
    tdkt: calendar/1
    id: vn
    name: Lịch nghỉ
    days:
      - {date: 2023-06-10, working: true, decision: Thông báo 1}
      - {date: 2023-06-12, off: true, decision: Thông báo 1}
      - {date: %s, %s, decision: Thông báo 2}
    """


def calendar(day, kind):
    return {"calendars/vn.yaml": CALENDAR % (day, kind)}


@pytest.mark.parametrize("date", ["before: 2023-06-15", "every: FREQ=DAILY", "ongoing: true", "waiting: lịch họp"])
def test_dates_that_are_not_approximate(date, finds):
    finds(
        "TDKT017 approximate can only be used with by / day / within",
        deadlines=f"- »{date}\n  approximate: true",
    )


@pytest.mark.parametrize("date", ["by: 2023-06-15", "day: 2023-06-15", "within: 2023-06-01/2023-06-15"])
def test_dates_that_may_be_approximate(date, no_finding):
    no_finding(deadlines=f"- {date}\n  approximate: true")


@pytest.mark.parametrize(
    "date", ["by: 2023-06-15", "before: 2023-06-15", "within: 2023-06", "ongoing: true", "text: x"]
)
def test_occurrences_need_something_that_occurs_again(date, finds):
    finds(
        "TDKT017 occurrences can only be used with every / waiting",
        deadlines=f"- »{{{date}, occurrences: {{2023-06-15: {{done: 2023-06-14}}}}}}",
    )


@pytest.mark.parametrize(
    ("key", "value"),
    [("done", "2023-01-25"), ("received", "{Sở Y tế: 2023-01-25}"), ("moved", "[{by: 2023-06-30}]")],
)
def test_the_progress_of_a_rule_stands_under_its_occurrences(key, value, finds, no_finding):
    every = "every: FREQ=MONTHLY;BYMONTHDAY=25"
    finds(
        f"TDKT017 with every, write {key} under occurrences, by date: 2023-01-31: {{{key}: ...}}",
        deadlines=f"- »{{{every}, {key}: {value}}}",
    )
    no_finding(deadlines=f"- {{{every}, occurrences: {{2023-01-25: {{{key}: {value}}}}}}}")
    no_finding(deadlines=f"- {{waiting: Kế hoạch của Thành phố, {key}: {value}}}")


def test_a_rule_can_be_cancelled_as_a_whole(no_finding):
    no_finding(deadlines="- {every: FREQ=MONTHLY;BYMONTHDAY=25, cancelled: 2023-05-31, note: sáp nhập}")


def test_a_deadline_is_done_or_cancelled(finds, no_finding):
    finds(
        "TDKT017 done and cancelled exclude each other",
        deadlines="- »{by: 2023-06-15, done: 2023-06-14, cancelled: 2023-06-14}",
    )
    no_finding(deadlines="- {by: 2023-06-15, moved: [{by: 2023-06-30}], cancelled: 2023-06-14}")


@pytest.mark.parametrize("day", ["2023-06-15T17:00", "2023-06-15 17:00"])
@pytest.mark.parametrize("key", ["before", "day"])
def test_a_time_of_day_goes_only_with_by(key, day, finds, no_finding):
    finds(f"TDKT015 “{day}” has a time of day: put it under by", deadlines=f"- {key}: »{day}")
    no_finding(deadlines=f"- by: {day}")


@pytest.mark.parametrize("period", ["2004/2025", "1900/2199", "2003-12/2024-01", "2004-02-01/2024-02-01"])
def test_a_plan_of_more_than_twenty_years(period, finds):
    finds("TDKT016 at most 20 years", deadlines="- ongoing: true", period=f"»{period}")


@pytest.mark.parametrize("period", ["2004/2023", "2004-02-01/2024-01-31"])
def test_a_plan_of_twenty_years_is_read(period, no_finding):
    no_finding(deadlines="- ongoing: true", period=period)


ONE_LINE = "TDKT016 this must be one line; the whole text belongs in content"


TWO_LINES = ['"Họp\\nvà họp"', '"Họp\\tvà họp"', "|-\n          Họp\n          và họp"]
CELLS = {
    "title": "title: {}",
    "what": "deadlines:\n    - id: b\n      by: 2023-06-15\n      what: {}",
    "names": "title: Họp\n  executor:\n    - Sở Y tế\n    - {}",
    "labels": "title: Họp\n  labels:\n    - cờ\n    - {}",
}


@pytest.mark.parametrize("words", TWO_LINES)
@pytest.mark.parametrize("cell", CELLS)
def test_titles_names_and_labels_are_one_line(cell, words, finds):
    cells = {"title": "title: Họp", "timing": "timing: Quý II", "deadlines": "deadlines:\n    - by: 2023-06-15"}
    cells[CELLS[cell].partition(":")[0]] = CELLS[cell].format(f"»{words}")
    finds(ONE_LINE, tasks="- id: a\n  " + "\n  ".join(cells.values()))


@pytest.mark.parametrize("words", TWO_LINES)
def test_a_heading_is_one_line(words, finds):
    task = "{id: a, title: Họp, timing: Quý II, deadlines: [{by: 2023-06-15}]}"
    finds(ONE_LINE, tasks=f"- {task}", sections=f"PL1: Phụ lục 1\nPL1.Q1: »{words}")


@pytest.mark.parametrize("words", TWO_LINES)
@pytest.mark.parametrize("key", ["name: {}", "name: A\n    short: {}", "name: A\n    aliases:\n      - {}"])
def test_the_names_in_a_register_are_one_line(key, words, finds):
    head = "tdkt: units/1\nid: vi-du\nname: Danh bạ\nbodies:\n  - id: a\n    "
    finds(ONE_LINE, register=head + key.format(f"»{words}"))


def test_a_folded_value_is_one_line(no_finding):
    title = "title: >-\n    Họp Hội đồng\n    Thành phố"
    no_finding(tasks=f"- id: a\n  {title}\n  timing: Quý II\n  deadlines:\n    - within: 2023-Q2")
    no_finding(tasks="- id: a\n  title: |\n    Họp\n  timing: Quý II\n  deadlines:\n    - within: 2023-Q2")


@pytest.mark.parametrize("days", [3661, -3661, 999999, -999999])
def test_an_offset_of_more_than_ten_years(days, finds):
    finds(TOO_MANY_DAYS, deadlines=f"- after: {{event: họp, days: »{days}, occurred: 2023-01-13}}")


@pytest.mark.parametrize("days", [3660, -3660, 0])
def test_an_offset_of_ten_years_is_read(days, finds):
    finds(UNSAID, deadlines=f"- after: {{event: họp, days: {days}}}", timing="»lịch riêng")


@pytest.mark.parametrize("days", ["1000000", "1.5", "mười", '"10"', "0x10", "+3"])
def test_an_offset_is_a_whole_number(days, finds):
    finds("TDKT012 this must be a whole number", deadlines=f"- after: {{event: họp, days: »{days}}}")


@pytest.mark.parametrize("kind", ["off: true", "working: true"])
def test_a_day_stands_once_in_a_calendar(kind, finds, no_finding):
    no_finding(beside=calendar("2023-06-11", kind))
    marked = {name: text.replace("tdkt:", "»tdkt:") for name, text in calendar("2023-06-10", kind).items()}
    finds("TDKT016 2023-06-10 appears twice in the calendar", beside=marked)


OTHER = """
    tdkt: calendar/1
    id: xa
    name: Lịch nghỉ bù
    days:
      - {date: %s, %s, decision: Thông báo 3}
    """


@pytest.mark.parametrize(
    ("day", "kind"), [("2023-06-10", "off: true"), ("2023-06-12", "working: true"), ("2023-06-13", "off: true")]
)
def test_two_calendars_that_disagree(day, kind, finds):
    first = calendar("2023-06-13", "working: true")
    finds(
        f"TDKT018 another calendar says otherwise about {day}; keep one",
        beside=first | {"calendars/xa.yaml": OTHER % (f"»{day}", kind)},
    )


@pytest.mark.parametrize(
    ("day", "kind"), [("2023-06-10", "working: true"), ("2023-06-12", "off: true"), ("2023-06-14", "off: true")]
)
def test_two_calendars_that_agree(day, kind, no_finding):
    no_finding(beside=calendar("2023-06-13", "off: true") | {"calendars/xa.yaml": OTHER % (day, kind)})


def test_of_two_calendars_that_disagree_the_first_counts(finds):
    finds(
        "TDKT018 another calendar says otherwise about 2023-06-10; keep one",
        deadlines="- by: 2023-06-10",  # a Saturday worked
        beside=calendar("2023-06-13", "off: true") | {"calendars/xa.yaml": OTHER % ("»2023-06-10", "off: true")},
    )


@pytest.mark.parametrize("empty", ["", "~", "null", "Null", "NULL"])
@pytest.mark.parametrize("key", ["by", "every", "what", "done", "who", "moved", "publish", "occurrences", "quota"])
def test_an_empty_value_is_one_finding(key, empty, finds):
    date = "" if key in {"by", "every"} else "\n  every: FREQ=MONTHLY;BYMONTHDAY=25"
    value = f" »{empty}" if empty else "»"
    finds(EMPTY, deadlines=f"- {key}:{value}{date}")


@pytest.mark.parametrize("empty", ["", "null"])
def test_an_empty_item_is_one_finding(empty, finds):
    value = f" »{empty}" if empty else "»"
    finds(EMPTY, deadlines=f"- {{id: a, by: 2023-06-15}}\n-{value}")


@pytest.mark.parametrize(
    "deadline",
    [
        "by: 2023-06-15\n  done: {date: »~}",
        "after: {event: họp, days: 1, unit: »~}",
        "waiting: x\n  occurrences: {2023-01-01: {done: {date: »~}}}",
    ],
)
def test_an_empty_date_or_word_is_one_finding(deadline, finds):
    finds(EMPTY, deadlines=f"- {deadline}")


BOMBS = {
    "lists": "[",
    "lists in lines": "[\n",
    "mappings": "{a: ",
    "keys": "? ",
    "keys in braces": "{? ",
    "items": "- ",
    "mixed": "[{a: ",
}


@pytest.mark.parametrize("header", ["", "tdkt: plan/1\nid: vi-du\ntasks: "])
@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_a_nesting_bomb_is_refused(bomb, header, tmp_path, everything_found):
    (tmp_path / "plans").mkdir()
    for times in MAX_DEPTH + 1, 100_000:
        (tmp_path / "plans/vi-du.yaml").write_text(header + bomb * times, "utf-8")
        (found,) = everything_found()
        assert found.rule in {"TDKT005", "TDKT007"}


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n" * 1000,
        "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9) if n else 'x'}]\n" for n in range(100)),
        "<<: {a: 1}\n" * 1000,
        "a: !!python/object/apply:os.system [id]\n" * 1000,
        "--- a\n" * 1000,
        "a: b\n" * 100_000,
        "- ~\n" * 100_000,
    ],
    ids=["aliases", "laughs", "merges", "tags", "documents", "one key", "nothing"],
)
def test_other_bombs_are_refused(text, tmp_path, everything_found):
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans/vi-du.yaml").write_text("tdkt: plan/1\n" * (text[0] != "-") + text, "utf-8")
    found = everything_found()
    assert found
    assert len(found) < 60


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY", "FREQ=DAILY;COUNT=999999999", "FREQ=DAILY;BYHOUR=1", "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=WEEKLY;BYWEEKNO=53;BYDAY=MO", f"FREQ=MONTHLY;BYMONTHDAY={'1,' * 100_000}1", "FREQ=DAILY;" * 1000,
    ],
)  # fmt: skip
def test_a_refused_rule_is_one_finding(rule, tmp_path, finds, everything_found):
    finds(deadlines="- by: 2023-06-15")
    file = tmp_path / "plans/vi-du.yaml"
    file.write_text(file.read_text("utf-8").replace("by: 2023-06-15", f"every: {rule}"), "utf-8")
    assert [one.rule for one in everything_found()] == ["TDKT016"]
