"""Recurring deadlines, as RFC 5545 rules that name their day.

    rhythm  = unit-word [","] [marker] [days] | [marker] days (unit-word | "tháng sau" | "tháng cuối quý" ...)
    days    = "ngày" d { ("," | "và") d } | d "/" m { ("," | "và") d "/" m } | "tháng" m | weekday
    unit-word = ("hằng" | "hàng" | "mỗi" | "định kỳ" ...) ("ngày" | "tuần" | "tháng" | "quý" | "năm") | "6 tháng, năm" ...

A rhythm without a day ends with its unit: hằng tháng is the last day of each month. "trước" makes each occurrence a `before`, a
day named without a marker a `day`.
"""

from collections.abc import Iterable

from tdkt_cli.core.phrases.chains import number_word
from tdkt_cli.core.phrases.dates import LONGEST_LIST
from tdkt_cli.core.phrases.draft import Draft, clause_end
from tdkt_cli.core.phrases.lexicon import NUMBER
from tdkt_cli.core.phrases.limits import WEEKDAYS, clock, markers_from, weekday
from tdkt_cli.core.phrases.tokens import Line
from tdkt_cli.core.plan import Bound, When

_LAST_DAYS = {
    "day": "FREQ=DAILY",
    "week": "FREQ=WEEKLY;BYDAY=SU",
    "month": "FREQ=MONTHLY;BYMONTHDAY=-1",
    "quarter": "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1",
    "half": "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1",
    "year": "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1",
}
_QUARTER_MONTHS = {"quarter-end": "3,6,9,12", "quarter-start": "1,4,7,10"}
_EACH = {"day": "day", "week": "week", "month": "month", "quarter": "quarter", "year": "year"}


def rhythm(line: Line, at: int) -> list[Draft]:
    """A rhythm that begins with its unit-word: "hằng tháng", "hằng quý, chậm nhất ngày 20 tháng cuối quý"."""
    units, after = _units(line, at)
    if not units:
        return []
    named = _named_behind(line, at, units, after)
    if named:
        return named
    return [Draft(_every(_LAST_DAYS[unit]), at, after, sure=unit != "week") for unit in units]


def _named_behind(line: Line, at: int, units: list[str], after: int) -> list[Draft]:
    """The day that stands behind the unit-word."""
    here = after
    while here < after + 3 and line.symbol(here) in (",", "(", ":", "-"):
        here += 1
    days = recurring_days(line, here, unit=units[-1])
    if days:
        return [
            Draft(draft.when, at, draft.after + (line.symbol(here - 1) == "(" and line.symbol(draft.after) == ")"))
            for draft in days
        ]
    return []


def _units(line: Line, at: int) -> tuple[list[str], int]:
    """The units of a rhythm and the place after them: hằng tháng, quý, năm; 6 tháng, năm; 3 tháng một lần."""
    found, here = _unit(line, at, begun=False)
    if not found:
        return [], at
    units = [found]
    while len(units) < LONGEST_LIST:
        joint = here
        while joint < here + 2 and line.symbol(joint) in (",", "and"):
            joint += 1
        more, after = _unit(line, joint, begun=True) if joint > here else ("", here)
        if not more:
            break
        if not (units == ["half"] and more == "year"):
            units.append(more)
        here = after
    return units, _once(line, here)


def _unit(line: Line, at: int, *, begun: bool) -> tuple[str, int]:
    lexeme = line.lexemes[at]
    if lexeme.symbol == "rhythm":
        return _not_dated(line, at, str(lexeme.value))
    if lexeme.symbol == "every" or (lexeme.symbol == "ongoing" and lexeme.key == _REGULARLY):
        return _unit(line, at + 1, begun=True)
    counted = _counted_months(line, at)
    if counted:
        return counted
    if lexeme.symbol == "whole-year" and begun and line.symbol(at + 1) != NUMBER:
        return "year", at + 1
    if (lexeme.symbol == NUMBER and lexeme.value == 1) or lexeme.key == _ONE:
        return _unit(line, at + 1, begun=True) if begun and line.symbol(at + 1) == "year" else ("", at)
    if begun and lexeme.symbol in _EACH and line.symbol(at + 1) != NUMBER:
        return _not_dated(line, at, _EACH[lexeme.symbol])
    return "", at


_REGULARLY, _ONE = "định", "một"


def _not_dated(line: Line, at: int, unit: str) -> tuple[str, int]:
    return (
        ("", at)
        if line.symbol(at + 1) == NUMBER and line.lexemes[at + 1].width == 4 and unit == "year"
        else (unit, at + 1)
    )


def _counted_months(line: Line, at: int) -> tuple[str, int] | None:
    """6 tháng, 3 tháng một lần: months as a rhythm, where "năm" or "một lần" stands behind or a rhythm before."""
    lexeme = line.lexemes[at]
    count = int(lexeme.value) if lexeme.symbol == NUMBER else number_word(line.text[lexeme.start : lexeme.end])
    unit = {1: "month", 3: "quarter", 6: "half", 12: "year"}.get(count or 0)
    here = at + 1
    if unit is None or line.symbol(here) != "month" or line.symbol(here + 1) == "part":
        return None
    here += 1
    joint = here
    while joint < here + 2 and line.symbol(joint) in (",", "and"):
        joint += 1
    joint += (
        (line.lexemes[joint].key == _ONE or line.lexemes[joint].value == 1) if line.symbol(joint + 1) == "year" else 0
    )
    year = joint > here and line.symbol(joint) in ("year", "whole-year", "rhythm") and line.symbol(joint + 1) != NUMBER
    rhythmic = line.symbol(at - 1) in ("every", "ongoing", "rhythm", ",", "and") if at else False
    if year or _once(line, here) > here or (rhythmic and line.symbol(here) not in (NUMBER, "word")):
        return unit, here
    return None


def _once(line: Line, at: int) -> int:
    """The place after "một lần", "/lần", "01 lần"."""
    here = at + (line.symbol(at) in ("/", ","))
    one = line.lexemes[here]
    here += (one.symbol == NUMBER and one.value == 1) or one.key == _ONE
    return here + 1 if line.lexemes[here].key == _TIME and here > at else at


_TIME = "lần"


def recurring_days(line: Line, at: int, unit: str = "") -> list[Draft]:
    """Days that recur, from their markers on; `unit` is the rhythm that was said before them."""
    markers, here = markers_from(line, at)
    timed = clock(line, here)
    if timed:
        here = timed[1] + (line.symbol(timed[1]) == ",")
        markers.add("latest")
    found = (
        _weekly(line, here, unit)
        or _dated(line, here, unit)
        or _monthly(line, here, unit)
        or _of_months(line, here, unit)
    )
    if not found:
        return []
    rules, after, is_day = found
    bound: Bound = (
        "before"
        if "before" in markers and not timed
        else "by"
        if markers & {"until", "latest", "within", "done"} or not is_day
        else "day"
    )
    return [Draft(_every(rule, bound), at, after, sure=not timed) for rule in rules]


Rules = tuple[list[str], int, bool]


def _weekly(line: Line, at: int, unit: str) -> Rules | None:
    """thứ Sáu hằng tuần; hằng tuần, vào thứ Sáu."""
    days: list[str] = []
    here = at
    while len(days) < LONGEST_LIST:
        day, after = weekday(line, here)
        if not day:
            break
        days.append(day)
        here = after
        if line.symbol(here) in (",", "and") and weekday(line, here + 1)[0]:
            here += 1
    if not days:
        return None
    said, after = _said(line, here, "week")
    if not said and unit != "week":
        return None
    return [f"FREQ=WEEKLY;BYDAY={','.join(sorted(set(days), key=WEEKDAYS.index))}"], after, True


def _said(line: Line, at: int, unit: str) -> tuple[bool, int]:
    """Whether the unit-word of a rhythm stands here, and the place after it."""
    here = at + (line.symbol(at) in ("of", ",", "(", "within"))
    lexeme = line.lexemes[here]
    if lexeme.symbol == "rhythm" and lexeme.value == unit:
        return True, here + 1 + (line.symbol(at) == "(" and line.symbol(here + 1) == ")")
    if lexeme.symbol == "every" and line.symbol(here + 1) == unit:
        return True, here + 2
    return False, at


def _dated(line: Line, at: int, unit: str) -> Rules | None:
    """15/6 hằng năm; 15/6 và 15/12 hằng năm; ngày 15 tháng 6 hằng năm."""
    dates: list[tuple[int, int]] = []
    here = at
    while len(dates) < LONGEST_LIST:
        found = _day_and_month(line, here)
        if found is None:
            break
        dates.append(found[0])
        here = found[1]
        joint = here
        while line.symbol(joint) in (",", "and", "on"):
            joint += 1
        if joint == here or _day_and_month(line, joint) is None:
            break
        here = joint
    if not dates:
        return None
    said, after = _said(line, here, "year")
    if not said and unit not in ("year", "half"):
        return None
    return _yearly(dates), after if said else here, True


def _yearly(dates: list[tuple[int, int]]) -> list[str]:
    """One rule for dates on one day of different months, else one for each."""
    days = {day for day, _ in dates}
    if len(days) == 1:
        months = ",".join(str(month) for month in sorted({month for _, month in dates}))
        return [f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={days.pop()}"]
    return [f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}" for day, month in dates]


_MONTH_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _day_and_month(line: Line, at: int) -> tuple[tuple[int, int], int] | None:
    here = at
    while here < at + 2 and line.symbol(here) == "day":
        here += 1
    day, sign, month = line.lexemes[here : here + 3]
    if (
        day.symbol != NUMBER
        or sign.symbol not in ("/", "-", ".", "month")
        or month.symbol != NUMBER
        or max(day.width, month.width) > 2
    ):
        return None
    if line.symbol(here + 3) == "/" and line.symbol(here + 4) == NUMBER:
        return None
    if not 1 <= int(month.value) <= 12 or not 1 <= int(day.value) <= _MONTH_LENGTHS[int(month.value) - 1]:
        return None
    return (int(day.value), int(month.value)), here + 3


def _monthly(line: Line, at: int, unit: str) -> Rules | None:
    """ngày 10 và 25 hằng tháng; ngày 20 tháng cuối quý; ngày 05 tháng sau; ngày (làm việc) cuối cùng của tháng."""
    worked = line.symbol(at) == "last-workday"
    days, here = ([], at + 1) if worked else _days(line, at)
    if not days and not worked:
        return None
    months, after = _months(line, here, unit)
    if months is None:
        return None
    chosen = "BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1" if worked else f"BYMONTHDAY={','.join(map(str, days))}"
    return [f"FREQ=MONTHLY;{f'BYMONTH={months};' if months else ''}{chosen}"], after, True


def _days(line: Line, at: int) -> tuple[list[int], int]:
    here = at
    if line.symbol(at) == "part" and line.lexemes[at].value in ("last-day", "end", "first-day", "start"):
        loose = line.lexemes[at].value in ("end", "start")
        return ([], at) if loose else ([-1 if line.lexemes[at].value == "last-day" else 1], at + 1)
    while here < at + 2 and line.symbol(here) == "day":
        here += 1
    if here == at:
        return [], at
    days: list[int] = []
    while len(days) < LONGEST_LIST and line.symbol(here) == NUMBER and 1 <= int(line.lexemes[here].value) <= 31:
        days.append(int(line.lexemes[here].value))
        here += 1
        joint = here + (line.symbol(here) in (",", "and"))
        joint += line.symbol(joint) == "day"
        if joint == here or line.symbol(joint) != NUMBER:
            break
        here = joint
    return days, here


def _months(line: Line, at: int, unit: str) -> tuple[str | None, int]:
    """The months in which days fall: "" for each, None where no rhythm is said; and the place after."""
    here = at + (line.symbol(at) in ("of", ","))
    symbol = line.symbol(here)
    if symbol in _QUARTER_MONTHS:
        after = here + 1
        said, after = (
            _said(line, after, "quarter") if line.symbol(after) in ("rhythm", "every", "of") else (False, after)
        )
        return _QUARTER_MONTHS[symbol], after
    if symbol == "next-month":
        return "", here + 1
    if symbol == "month" and line.symbol(here + 1) == "part" and line.lexemes[here + 1].value in ("start", "end"):
        quarterly, after = _said_quarter(line, here + 2)
        months = _QUARTER_MONTHS["quarter-end" if line.lexemes[here + 1].value == "end" else "quarter-start"]
        return (months, after) if quarterly or unit == "quarter" else (None, at)
    for each, months in (("month", ""), ("quarter", _QUARTER_MONTHS["quarter-end"])):
        said, after = _said(line, at, each)
        if said:
            return months, after
    if (
        symbol == "month"
        and line.symbol(here + 1) not in (NUMBER, "word", "part", "year")
        and symbol != line.symbol(at)
    ):
        return "", here + 1
    return ("", at) if unit == "month" else (None, at)


def _said_quarter(line: Line, at: int) -> tuple[bool, int]:
    here = at + (line.symbol(at) == "of")
    said, after = _said(line, at, "quarter")
    if said:
        return True, after
    if line.symbol(here) == "quarter" and line.symbol(here + 1) != NUMBER:
        here += 1
        return True, here + (line.lexemes[here].key in _NEXT) + (line.lexemes[here].symbol == "after")
    return False, at


_NEXT = frozenset(
    (
        "kế",
        "tiếp",
    )
)


def _of_months(line: Line, at: int, unit: str) -> Rules | None:
    """tháng 6 hằng năm, quý IV hằng năm, cuối hằng quý."""
    if line.symbol(at) == "month" and line.symbol(at + 1) == NUMBER and 1 <= int(line.lexemes[at + 1].value) <= 12:
        months, here = [int(line.lexemes[at + 1].value)], at + 2
        while len(months) < LONGEST_LIST and line.symbol(here) in (",", "and"):
            following = here + 1 + (line.symbol(here + 1) == "month")
            if line.symbol(following) != NUMBER or not 1 <= int(line.lexemes[following].value) <= 12:
                break
            months.append(int(line.lexemes[following].value))
            here = following + 1
        said, after = _said(line, here, "year")
        if said or unit == "year":
            return [f"FREQ=YEARLY;BYMONTH={','.join(map(str, sorted(set(months))))};BYMONTHDAY=-1"], after, False
    if line.symbol(at) == "quarter":
        value = {"i": 1, "ii": 2, "iii": 3, "iv": 4}.get(line.lexemes[at + 1].key) or (
            int(line.lexemes[at + 1].value) if line.symbol(at + 1) == NUMBER else 0
        )
        said, after = _said(line, at + 2, "year")
        if 1 <= value <= 4 and (said or unit == "year"):
            return [f"FREQ=YEARLY;BYMONTH={3 * value};BYMONTHDAY=-1"], after, False
    if line.symbol(at) == "part" and line.lexemes[at].value in ("end", "last-day"):
        for each in ("month", "quarter", "year"):
            said, after = _said(line, at + 1, each)
            if said:
                return [_LAST_DAYS[each]], after, False
    return None


def _every(rule: str, bound: Bound = "by") -> When:
    return When(kind="every", rrule=rule, bound=bound)


def mentions(line: Line, at: int, symbols: Iterable[str]) -> bool:
    """Whether one of these symbols stands in the rest of the clause."""
    wanted = set(symbols)
    return any(line.symbol(here) in wanted for here in range(at, clause_end(line, at)))
