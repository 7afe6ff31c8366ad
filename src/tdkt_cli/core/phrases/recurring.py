"""Days that recur, as RFC 5545 rules that name their day.

    days = marker* ( weekday { ("," | "và") weekday } unit-word
                   | d "/" m { ("," | "và") d "/" m } "hằng năm"
                   | "ngày" d { ("," | "và") d } (unit-word | "tháng sau" | "tháng cuối quý" ...)
                   | ["ngày cuối cùng"] ("tháng" m | "quý" q) "hằng năm" | "ngày làm việc cuối cùng của tháng" | "cuối" unit-word )

A unit said before ("hằng tháng, trước ngày 25") stands for the unit-word. "trước" makes each occurrence a `before`, a day named without a
marker a `day`.
"""

from tdkt_cli.core.phrases.chains import WEEKDAYS, weekday
from tdkt_cli.core.phrases.dates import LONGEST_LIST
from tdkt_cli.core.phrases.draft import Draft
from tdkt_cli.core.phrases.lexicon import NUMBER, ROMAN
from tdkt_cli.core.phrases.limits import MARKERS, clock, markers_from
from tdkt_cli.core.phrases.tokens import Line
from tdkt_cli.core.plan import Bound, When

LAST_DAYS = {
    "day": "FREQ=DAILY",
    "week": "FREQ=WEEKLY;BYDAY=SU",
    "month": "FREQ=MONTHLY;BYMONTHDAY=-1",
    "quarter": "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1",
    "half": "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1",
    "year": "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1",
}
_QUARTER_MONTHS = {"quarter-end": "3,6,9,12", "quarter-start": "1,4,7,10"}
_MONTH_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_NEXT = frozenset(("kế", "tiếp"))
Rules = tuple[list[str], int, bool]  # no rules: days that no calendar has


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
    if not rules:
        return [Draft(None, at, after, complete=False)]
    loose = line.symbol(here) == "part" and line.lexemes[here].value not in ("end", "last-day")
    if "before" in markers and not is_day:  # trước tháng 12 hằng năm
        rules = [rule.replace("BYMONTHDAY=-1", "BYMONTHDAY=1") for rule in rules]
    bound: Bound = (
        "before"
        if "before" in markers and not timed
        else "by"
        if markers & {"until", "latest", "within", "done"} or not is_day
        else "day"
    )
    return [Draft(every(rule, bound), at, after, sure=not (timed or loose)) for rule in rules]


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
    """15/6 hằng năm; 15/6 và 15/12 hằng năm; ngày 15 tháng 6 hằng năm. Without rules where no year has that day (30/2)."""
    dates: list[tuple[int, int]] = []
    here = at
    while len(dates) < LONGEST_LIST:
        found = _day_and_month(line, here)
        if found is None:
            break
        dates.append(found[0])
        here = found[1]
        joint = line.skip(here, (",", "and", "on", "before", "until", "latest"), 4)
        if joint == here or _day_and_month(line, joint) is None:
            break
        here = joint
    if not dates:
        return None
    said, after = _said(line, here, "year")
    possible = all(month <= 12 and day <= _MONTH_LENGTHS[month - 1] for day, month in dates)
    if not said and (unit not in ("year", "half") or not (possible or _announced(line, at))):
        return None
    after = after if said else here
    if not possible:
        return [], after, True
    return _yearly(dates), after + (unit == "year" and line.symbol(after) == "relative-year"), True


def _announced(line: Line, at: int) -> bool:
    """Whether words say that a day follows."""
    return line.symbol(at) == "day" or (at > 0 and line.symbol(at - 1) in MARKERS)


def _yearly(dates: list[tuple[int, int]]) -> list[str]:
    """One rule for dates on one day of different months, else one for each."""
    days = {day for day, _ in dates}
    if len(days) == 1:
        months = ",".join(str(month) for month in sorted({month for _, month in dates}))
        return [f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={days.pop()}"]
    return [f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}" for day, month in dates]


def _day_and_month(line: Line, at: int) -> tuple[tuple[int, int], int] | None:
    here = line.skip(at, ("day",), 2)
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
    return ((int(day.value), int(month.value)), here + 3) if day.value and month.value else None


def _monthly(line: Line, at: int, unit: str) -> Rules | None:
    """ngày 10 và 25 hằng tháng; ngày 20 tháng cuối quý; ngày 05 tháng sau; ngày (làm việc) cuối cùng của tháng."""
    worked = line.symbol(at) == "last-workday"
    days, here = ([], at + 1) if worked else _days(line, at)
    if not days and not worked:
        return None
    months, after = _months(line, here, unit)
    if months is None:
        return None
    if any(day > 31 for day in days):
        return [], after, True
    chosen = "BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1" if worked else f"BYMONTHDAY={','.join(map(str, days))}"
    return [f"FREQ=MONTHLY;{f'BYMONTH={months};' if months else ''}{chosen}"], after, True


def _days(line: Line, at: int) -> tuple[list[int], int]:
    here = at
    if line.symbol(at) == "part" and line.lexemes[at].value in ("last-day", "end", "first-day", "start"):
        loose = line.lexemes[at].value in ("end", "start")
        return ([], at) if loose else ([-1 if line.lexemes[at].value == "last-day" else 1], at + 1)
    here = line.skip(at, ("day",), 2)
    if here == at:
        return [], at
    days: list[int] = []
    while len(days) < LONGEST_LIST and line.symbol(here) == NUMBER and 1 <= int(line.lexemes[here].value) <= 99:
        if line.symbol(here + 1) in ("/", "-", ".") and line.symbol(here + 2) == NUMBER:
            return [], at  # a day with its month
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
    if unit == "month" and line.symbol(at) == ",":
        return "", at
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


def _of_months(line: Line, at: int, unit: str) -> Rules | None:
    """tháng 6 hằng năm, quý IV hằng năm, ngày cuối cùng tháng 6 hằng năm, cuối hằng quý."""
    last_day = line.symbol(at) == "part" and line.lexemes[at].value == "last-day"
    start = at + last_day + (last_day and line.symbol(at + 1) == "of")
    months, here = _month_list(line, start) if line.symbol(start) == "month" else _end_of_quarter(line, start)
    said, after = _said(line, here, "year") if months else (False, here)
    if months and (said or unit == "year"):
        return [f"FREQ=YEARLY;BYMONTH={','.join(map(str, sorted(set(months))))};BYMONTHDAY=-1"], after, last_day
    return _part_of_unit(line, at) if line.symbol(at) == "part" else None


_LOOSE_DAYS = {"start": "10", "middle": "20", "first-week": "7", "last-week": "-1"}


def _part_of_unit(line: Line, at: int) -> Rules | None:
    """cuối hằng quý, ngày cuối cùng của quý; đầu mỗi tháng, which ends with the part."""
    part = str(line.lexemes[at].value)
    for each in ("month", "quarter", "year"):
        said, after = _said(line, at + 1, each)
        here = at + 1 + (line.symbol(at + 1) == "of")
        if (
            part == "last-day"
            and line.symbol(here) == each
            and line.symbol(here + 1) in ("end", "\n", ",", ";", ")", ".")
        ):
            said, after = True, here + 1
        if said and part in ("end", "last-day"):
            return [LAST_DAYS[each]], after, part == "last-day"
        if said and each == "month" and part in _LOOSE_DAYS:
            return [f"FREQ=MONTHLY;BYMONTHDAY={_LOOSE_DAYS[part]}"], after, False
    return None


def _month_list(line: Line, at: int) -> tuple[list[int], int]:
    """The months of "tháng 6, 9 và 12"."""
    months: list[int] = []
    here = at + 1
    while len(months) < LONGEST_LIST and line.symbol(here) == NUMBER and 1 <= int(line.lexemes[here].value) <= 12:
        months.append(int(line.lexemes[here].value))
        here += 1
        joint = here + (line.symbol(here) in (",", "and"))
        joint += line.symbol(joint) == "month"
        if joint == here or line.symbol(joint) != NUMBER:
            break
        here = joint
    return months, here


def _end_of_quarter(line: Line, at: int) -> tuple[list[int], int]:
    """The last month of "quý IV"."""
    if line.symbol(at) != "quarter":
        return [], at
    lexeme = line.lexemes[at + 1]
    quarter = int(lexeme.value) if lexeme.symbol == NUMBER else ROMAN.get(lexeme.key, 0)
    return ([3 * quarter], at + 2) if 1 <= quarter <= 4 else ([], at)


def every(rule: str, bound: Bound = "by") -> When:
    """A recurring deadline by this rule."""
    return When(kind="every", rrule=rule, bound=bound)
