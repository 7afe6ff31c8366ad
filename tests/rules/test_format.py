"""TDKT001 to TDKT018 where an example says too little: what is refused, once, with what to write instead."""

import pytest

from tdkt_cli.files.builder import MAX_DEPTH

EMPTY = "TDKT012 there is no value here; write it, or leave the key out"
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


@pytest.mark.parametrize(
    "date", ["by: 2023-06-15", "before: 2023-06-15", "within: 2023-06", "ongoing: true", "text: x"]
)
def test_occurrences_need_something_that_occurs_again(date, finds):
    finds(
        "TDKT017 occurrences goes only with every / waiting",
        deadlines=f"- »{{{date}, occurrences: {{2023-06-15: {{done: 2023-06-14}}}}}}",
    )


@pytest.mark.parametrize("days", [3661, -3661, 999999, -999999])
def test_an_offset_of_more_than_ten_years(days, finds):
    finds(TOO_MANY_DAYS, deadlines=f"- after: {{event: họp, days: »{days}, occurred: 2023-01-13}}")


@pytest.mark.parametrize("days", [3660, -3660, 0])
def test_an_offset_of_ten_years_is_read(days, no_finding):
    no_finding(deadlines=f"- after: {{event: họp, days: {days}}}")


@pytest.mark.parametrize("days", ["1000000", "1.5", "mười", '"10"', "0x10", "+3"])
def test_an_offset_is_a_whole_number(days, finds):
    finds("TDKT012 here must stand a whole number", deadlines=f"- after: {{event: họp, days: »{days}}}")


@pytest.mark.parametrize("kind", ["off: true", "working: true"])
def test_a_day_stands_once_in_a_calendar(kind, finds, no_finding):
    no_finding(beside=calendar("2023-06-11", kind))
    marked = {name: text.replace("tdkt:", "»tdkt:") for name, text in calendar("2023-06-10", kind).items()}
    finds("TDKT016 2023-06-10 stands twice in the calendar", beside=marked)


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
