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
_LOOSE_DAYS = {"start": "10", "middle": "20", "first-week": "7", "last-week": "-1"}
_CLOSES = frozenset(("end", "\n", ",", ";", ")", "."))
_NEXT = frozenset(("kế", "tiếp"))
Rules = tuple[list[str], int, bool]  # no rules: days that no calendar has


def recurring_days(line: Line, at: int, unit: str = "") -> list[Draft]:
    """Read days that recur, from their markers on; `unit` is the rhythm that was said before them."""
    markers, here = markers_from(line, at)
    timed = clock(line, here)
    if timed:
        here = line.skip(timed[1], (",",))
    readers = (_weekly, _dated, _monthly, _of_months)
    found = next(filter(None, (reader(line, here, unit) for reader in readers)), None)
    if not found:
        return []
    rules, after, is_day = found
    if not rules:
        return [Draft(None, at, after, complete=False)]
    loose = _part(line, here) not in ("", "end", "last-day")
    if "before" in markers and not is_day:  # trước tháng 12 hằng năm
        rules = [rule.replace("BYMONTHDAY=-1", "BYMONTHDAY=1") for rule in rules]
    bound: Bound = "by" if timed or not is_day or markers & {"until", "latest", "within", "done"} else "day"
    if "before" in markers and not timed:
        bound = "before"
    return [Draft(every(rule, bound), at, after, sure=not (timed or loose)) for rule in rules]


def _weekly(line: Line, at: int, unit: str) -> Rules | None:
    """Read days of each week: thứ Sáu hằng tuần; hằng tuần, vào thứ Sáu."""
    days: list[str] = []
    day, here = weekday(line, at)
    while day and len(days) < LONGEST_LIST:
        days.append(day)
        joint = line.skip(here, (",", "and"))
        day, after = weekday(line, joint)
        here = after if day else here
    said, after = _said(line, here, "week")
    if not days or not (said or unit == "week"):
        return None
    return [f"FREQ=WEEKLY;BYDAY={','.join(sorted(set(days), key=WEEKDAYS.index))}"], after, True


def _said(line: Line, at: int, unit: str) -> tuple[bool, int]:
    """Whether the unit-word of a rhythm stands here, and the place after it."""
    here = line.skip(at, ("of", ",", "(", "within"))
    if line.symbol(here) == "rhythm" and line.value(here) == unit:
        return True, here + 1 + (line.symbol(at) == "(" and line.symbol(here + 1) == ")")
    if line.symbol(here) == "every" and line.symbol(here + 1) == unit:
        return True, here + 2
    return False, at


def _dated(line: Line, at: int, unit: str) -> Rules | None:
    """Read dates of each year: 15/6 và 15/12 hằng năm; ngày 15 tháng 6 hằng năm. Without rules where no year has that day (30/2)."""
    dates: list[tuple[int, int]] = []
    here, found = at, _day_and_month(line, at)
    while found and len(dates) < LONGEST_LIST:
        dates.append(found[0])
        here = found[1]
        joint = line.skip(here, (",", "and", "on", "before", "until", "latest"), 4)
        found = _day_and_month(line, joint) if joint > here else None
    if not dates:
        return None
    said, after = _said(line, here, "year")
    possible = all(month <= 12 and day <= _MONTH_LENGTHS[month - 1] for day, month in dates)
    announced = line.symbol(at) == "day" or line.symbol(at - 1) in MARKERS  # that a day follows
    if not said and (unit not in ("year", "half") or not (possible or announced)):
        return None
    if not possible:
        return [], after, True
    return _yearly(dates), line.skip(after, ("relative-year",)) if unit == "year" else after, True


def _yearly(dates: list[tuple[int, int]]) -> list[str]:
    """One rule for dates on one day of different months, else one for each."""
    days = {day for day, _ in dates}
    if len(days) == 1:
        months = ",".join(map(str, sorted({month for _, month in dates})))
        return [f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={days.pop()}"]
    return [f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}" for day, month in dates]


def _day_and_month(line: Line, at: int) -> tuple[tuple[int, int], int] | None:
    here = line.skip(at, ("day",), 2)
    day, sign, month = line.lexemes[here : here + 3]
    numbers = day.symbol == month.symbol == NUMBER and max(day.width, month.width) <= 2
    with_year = line.symbol(here + 3) == "/" and line.symbol(here + 4) == NUMBER
    if not numbers or sign.symbol not in ("/", "-", ".", "month") or with_year:
        return None
    return ((int(day.value), int(month.value)), here + 3) if day.value and month.value else None


def _monthly(line: Line, at: int, unit: str) -> Rules | None:
    """Read days of each month: ngày 10 và 25 hằng tháng; ngày 20 tháng cuối quý; ngày 05 tháng sau; ngày (làm việc) cuối cùng của tháng."""
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
    """The days of "ngày 10 và 25", the first (1) or last (-1) of a month; and the place after them."""
    if _part(line, at) in ("last-day", "first-day"):
        return [-1 if _part(line, at) == "last-day" else 1], at + 1
    here = line.skip(at, ("day",), 2)
    return _numbers(line, here, "day", most=99) if here > at else ([], at)


def _numbers(line: Line, at: int, word: str, *, most: int) -> tuple[list[int], int]:
    """The days or months, of which `word` may stand before each, in a list; and the place after them."""
    numbers: list[int] = []
    here = at
    while len(numbers) < LONGEST_LIST and line.symbol(here) == NUMBER and 1 <= int(line.value(here)) <= most:
        if word == "day" and line.symbol(here + 1) in ("/", "-", ".") and line.symbol(here + 2) == NUMBER:
            return [], at  # a day with its month
        numbers.append(int(line.value(here)))
        here += 1
        joint = line.skip(line.skip(here, (",", "and")), (word,))
        if joint == here or line.symbol(joint) != NUMBER:
            break
        here = joint
    return numbers, here


def _part(line: Line, at: int) -> str:
    """Which part of months or a year a lexeme names; "" for none."""
    return str(line.value(at)) if line.symbol(at) == "part" else ""


def _months(line: Line, at: int, unit: str) -> tuple[str | None, int]:
    """The months in which days fall: "" for each, None where no rhythm is said; and the place after."""
    if unit == "month" and line.symbol(at) == ",":
        return "", at
    here = line.skip(at, ("of", ","))
    symbol, part = line.symbol(here), _part(line, here + 1)
    if symbol in _QUARTER_MONTHS:
        after = here + 1
        if line.symbol(after) in ("rhythm", "every", "of"):
            _, after = _said(line, after, "quarter")
        return _QUARTER_MONTHS[symbol], after
    if symbol == "next-month":
        return "", here + 1
    if symbol == "month" and part in ("start", "end"):
        quarterly, after = _said_quarter(line, here + 2)
        return (_QUARTER_MONTHS[f"quarter-{part}"], after) if quarterly or unit == "quarter" else (None, at)
    for each, months in (("month", ""), ("quarter", _QUARTER_MONTHS["quarter-end"])):
        said, after = _said(line, at, each)
        if said:
            return months, after
    if symbol == "month" and here > at and line.symbol(here + 1) not in (NUMBER, "word", "part", "year"):
        return "", here + 1
    return ("", at) if unit == "month" else (None, at)


def _said_quarter(line: Line, at: int) -> tuple[bool, int]:
    here = line.skip(at, ("of",))
    if line.symbol(here) == "quarter" and line.symbol(here + 1) != NUMBER:
        here += 1
        return True, here + (line.key(here) in _NEXT) + (line.symbol(here) == "after")
    return _said(line, at, "quarter")


def _of_months(line: Line, at: int, unit: str) -> Rules | None:
    """Read months of each year, which end with their last day: tháng 6 hằng năm, quý IV hằng năm, ngày cuối cùng tháng 6 hằng năm, cuối hằng quý."""
    last_day = _part(line, at) == "last-day"
    here = line.skip(at + 1, ("of",)) if last_day else at
    months: list[int] = []
    if line.symbol(here) == "month":
        months, here = _numbers(line, here + 1, "month", most=12)
    elif line.symbol(here) == "quarter":
        lexeme, here = line.lexemes[here + 1], here + 2
        quarter = int(lexeme.value) if lexeme.symbol == NUMBER else ROMAN.get(lexeme.key, 0)
        months = [3 * quarter] if 1 <= quarter <= 4 else []
    said, after = _said(line, here, "year")
    if months and (said or unit == "year"):
        return [f"FREQ=YEARLY;BYMONTH={','.join(map(str, sorted(set(months))))};BYMONTHDAY=-1"], after, last_day
    return _part_of_unit(line, at)


def _part_of_unit(line: Line, at: int) -> Rules | None:
    """Read a part of each month, quarter or year: cuối hằng quý, ngày cuối cùng của quý; đầu mỗi tháng, which ends with the part."""
    part, here = _part(line, at), line.skip(at + 1, ("of",))
    for each in ("month", "quarter", "year"):
        said, after = _said(line, at + 1, each)
        if part == "last-day" and line.symbol(here) == each and line.symbol(here + 1) in _CLOSES:
            said, after = True, here + 1
        if said and part in ("end", "last-day"):
            return [LAST_DAYS[each]], after, part == "last-day"
        if said and each == "month" and part in _LOOSE_DAYS:
            return [f"FREQ=MONTHLY;BYMONTHDAY={_LOOSE_DAYS[part]}"], after, False
    return None


def every(rule: str, bound: Bound = "by") -> When:
    """Return a recurring deadline by this rule."""
    return When(kind="every", rrule=rule, bound=bound)
