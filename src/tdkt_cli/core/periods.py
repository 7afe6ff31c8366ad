"""Dates and periods as the plan files write them.

    date    = year "-" month "-" day                      2023-02-20
    moment  = date ("T" / " ") hour ":" minute            2023-02-20T17:00, in the plan's time zone
    month   = year "-" month                              2023-06
    part    = year "-" ("Q" 1..4 / "H" 1..2)              2023-Q2, 2023-H1
    period  = year / part / month / date / interval
    interval = (month / date / part / year) "/" (the same)   2024-02/2024-10
    open     = period / ".." "/" period / period "/" ".."    ../2024, 2024-02/..: of what goes on

A period runs from its first to its last day, both included. Years run from 1900 to 2199: a mistyped year is an error and
the day after or before any date exists. The forms follow ISO 8601 and, for quarters and halves, EDTF's idea of parts of a
year; digits are ASCII and nothing is guessed.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, time

from tdkt_cli.core.messages import Message, MessageError, msg

FIRST_YEAR, LAST_YEAR = 1900, 2199

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})", re.ASCII)
_PERIOD = re.compile(r"(\d{4})(?:-(?:Q([1-4])|H([12])|(\d{2})))?", re.ASCII)
_MONTH_OR_YEAR = re.compile(r"\d{4}(?:-\d{2})?", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[/.-]+\s*(\d{1,2})\s*[/.-]+\s*(\d{4})", re.ASCII)
_VIETNAMESE_PART = re.compile(
    r"(?:(?:quý|q)\s*(I{1,3}|IV|[1-4])|(?:tháng\s*)(0?[1-9]|1[0-2])|(0?[1-9]|1[0-2]))\s*(?:/|-|\s|năm)\s*(\d{4})",
    re.IGNORECASE,
)
_ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4"}
_LOOSE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII)


class DateError(MessageError, ValueError):
    """Words that are not a date or period; `message` says what to write instead."""


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` to `end`, both included."""

    start: date
    end: date

    def __contains__(self, day: date) -> bool:
        """Whether a day is in it."""
        return self.start <= day <= self.end


def parse_date(text: str, typed: str = "") -> date:
    """Return the date written as `2023-02-20`. Raises DateError, which quotes what was `typed` where that was made into this text."""
    match = _DATE.fullmatch(text)
    if not match:
        raise DateError(_not_a_date(text))
    return _day(typed or text, *map(int, match.groups()))


def parse_moment(text: str) -> tuple[date, time | None]:
    """Return a date, or a date with a time of day: `2023-02-20T17:00`. Raises DateError."""
    match = _MOMENT.fullmatch(text)
    if not match:
        return parse_date(text), None
    day, (hour, minute) = parse_date(match[1]), match.group(2, 3)
    try:
        return day, time(int(hour), int(minute))
    except ValueError:
        raise DateError(msg("there is no time {hour}:{minute} in a day", hour=hour, minute=minute)) from None


def parse_first_day(text: str) -> date:
    """Return a date, or the first day of a month or year: what "trước tháng 10/2024" is before. Raises DateError."""
    return parse_period(text).start if _MONTH_OR_YEAR.fullmatch(text) else parse_date(text)


def parse_period(text: str) -> Period:
    """Return a year, half, quarter, month, date, or an interval of two of them. Raises DateError; start may follow end."""
    first, slash, last = text.partition("/")
    if slash:
        return Period(_part(first, text).start, _part(last, text).end)
    return _part(text, text)


def parse_open_period(text: str) -> tuple[date | None, date | None]:
    """Return a period that may lack its start or its end, as EDTF writes it: `2024-01-01/..`, `../2024`. Raises DateError."""
    first, slash, last = text.partition("/")
    if slash and first == "..":
        return None, _part(last, text).end
    if slash and last == "..":
        return _part(first, text).start, None
    period = parse_period(text)
    return period.start, period.end


def period_text(start: date | None, end: date | None) -> str:
    """Return a period in its shortest form: 2023-06, 2023-Q2, 2023-H1, 2023, else its two ends, `..` for a missing one."""
    if start is None or end is None:
        return f"{start or '..'}/{end or '..'}"
    forms = (
        f"{start:%Y}",
        f"{start:%Y}-H{(start.month + 5) // 6}",
        f"{start:%Y}-Q{(start.month + 2) // 3}",
        f"{start:%Y-%m}",
        f"{start}",
        f"{start:%Y-%m}/{end:%Y-%m}",
        f"{start}/{end}",
    )
    return next(text for text in forms if parse_period(text) == Period(start, end))


def _part(text: str, whole: str) -> Period:
    match = _PERIOD.fullmatch(text)
    if not match:
        if _DATE.fullmatch(text):
            day = parse_date(text)
            return Period(day, day)
        raise DateError(_not_a_period(whole))
    for part, length in zip(match.group(2, 3, 4), (3, 6, 1), strict=True):  # quarter, half, month
        if part:
            return _months(text, int(match[1]), last=int(part) * length, length=length)
    return _months(text, int(match[1]), last=12, length=12)


def _months(text: str, year: int, *, last: int, length: int) -> Period:
    first = last - length + 1
    if not 1 <= first <= last <= 12:  # noqa: PLR2004 - months of a year
        raise DateError(msg("“{text}”: there are only months 01 to 12", text=text))
    start = _day(text, year, first, 1)
    return Period(start, start.replace(month=last, day=calendar.monthrange(year, last)[1]))


def _day(text: str, year: int, month: int, day: int) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DateError(msg("the year {year} in “{text}” is not between 1900 and 2199", year=str(year), text=text))
    if not 1 <= month <= 12:  # noqa: PLR2004 - months of a year
        raise DateError(msg("“{text}”: there are only months 01 to 12", text=text))
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise DateError(
            msg("“{text}”: month {month} of {year} has {last} days", text=text, month=month, year=str(year), last=last)
        )
    return date(year, month, day)


def _not_a_date(text: str) -> Message:
    if _MOMENT.fullmatch(text):
        return msg("“{text}” has a time of day: put it under by", text=text)
    match = _DAY_FIRST.fullmatch(text.strip())
    parts = tuple(reversed(match.groups())) if match else ()
    match = match or _LOOSE.fullmatch(text.strip())
    if match:
        year, month, day = (int(part) for part in parts or match.groups())
        try:
            _day(text, year, month, day)
        except DateError as error:
            return error.message
        return msg("“{text}” is not a date: write {iso}", text=text, iso=f"{year:04d}-{month:02d}-{day:02d}")
    if _PERIOD.fullmatch(text) or ("/" in text and all(map(_PERIOD.fullmatch, text.split("/")))):
        return msg("“{text}” is a period: put it under within", text=text)
    return msg("“{text}” is not a date: write year-month-day, as in 2023-02-20", text=text)


def _not_a_period(text: str) -> Message:
    part = _VIETNAMESE_PART.fullmatch(text.strip())
    if part:
        quarter = _ROMAN.get((part[1] or "").upper(), part[1])
        iso = f"{part[4]}-Q{quarter}" if quarter else f"{part[4]}-{int(part[2] or part[3]):02d}"
        return msg("“{text}” is not a period: write {iso}", text=text, iso=iso)
    return msg(
        "“{text}” is not a period: write 2023-06, 2023-Q2, 2023-H1, 2023, or two dates or months as in 2023-02-01/2023-10-31",
        text=text,
    )
