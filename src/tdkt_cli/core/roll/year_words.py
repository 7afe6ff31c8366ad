"""Years in a plan's words, advanced: "đợt 1/2023" becomes "đợt 1/2024", "năm học 2022 - 2023" one year later.

What counts is which year a text means. Advanced is what lies in the plan's years, the year before or the year after: years alone,
dates, months, quarters, school years. Left as it is: numbers and dates of documents, anniversaries, programmes of several years
(giai đoạn 2021 - 2025), goals (đến năm 2030), and what is plainly history. What is left although a reader of the new plan
would stumble over it is told.

The text is taken in NFC. Of a date that is advanced, a doubled sign (15/02//2023) is written once, and 29/02 becomes 28/02 where
the new year has no such day.
"""

import calendar
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from tdkt_cli.core.text import one_line

_FEBRUARY, _LEAP_DAY = 2, 29
_CENTURY = 100
_RECENT = 5  # years before the plan in which a year named alone may be more than history

_Y = r"(?:19|20|21)\d\d(?!\d)"
_DASH = r"\s*[-\u2010-\u2015\u2212]\s*"
_DATE = rf"\d{{1,2}}\s*[/.-]+\s*\d{{1,2}}\s*[/.-]+\s*{_Y}"
_WORDED = rf"\d{{1,2}}\s+tháng\s+\d{{1,2}}\s+năm\s+{_Y}"
_DAY = rf"(?i:ngày)\s+(?:{_DATE}|{_WORDED})"
_CODE = r"(?<![\w/])\d+[a-zđ]?[/-](?:\d{4}/)?[A-ZĐ][\w&.]*(?:[-/][A-ZĐ\d]\w*)*"
_DOCUMENT = r"(?i:nghị định|quyết định|công văn|thông báo|kế hoạch|nghị quyết|chỉ thị|kết luận|tờ trình|văn bản|thông tư|hướng dẫn)"
_PROGRAMME = r"(?i:giai đoạn|nhiệm kỳ|nhiệm kì|thời kỳ|thời kì|chu kỳ|khóa|khoá)"
_TIME = r"(?i:trong|tháng|quý|ngày|đợt|hết|giai đoạn)"
_THINGS = r"(?i:người|đồng|triệu|tỷ|tỉ|hộ|suất|lượt|tập thể|cá nhân|học sinh|đơn vị|m2|ha\b|km\b|%)"

_TERMS = re.compile(
    "|".join(
        f"(?P<{name}>{pattern})"
        for name, pattern in (
            ("code", rf"{_CODE}(?:\s*,?\s*\(?(?:ký\s+)?{_DAY}|\s+năm\s+{_Y})?"),
            ("numbered", rf"{_DOCUMENT}\s+(?:số\s*:?\s*)?\d+\s+{_DAY}"),
            ("issued", rf"{_DOCUMENT}\s+{_DAY}(?=\s+của\b)"),
            (
                "law",
                rf"(?:[Bb]ộ luật|Luật|Hiến pháp|Pháp lệnh)\b(?:(?!\b{_TIME}\b)[^.;:\n()“”\d]){{0,80}}?\bnăm\s+{_Y}",
            ),
            ("dates", rf"(?<![\w/]){_DATE}{_DASH}{_DATE}"),
            ("school", rf"(?i:năm học|niên khóa|niên khoá|niên độ|mùa giải)\s+{_Y}(?:{_DASH}|/){_Y}"),
            (
                "programme",
                rf"(?:{_PROGRAMME}\s+)?(?:từ\s+)?(?:năm\s+)?(?<!\d){_Y}(?:{_DASH}|\s+(?:đến|tới)\s+)(?:năm\s+)?{_Y}(?!\s*/\d)",
            ),
            ("goal", rf"(?i:đến|tới|tầm nhìn)\s+(?:(?:hết|cuối)\s+)?(?:năm\s+)?{_Y}"),
            ("date", rf"(?<![\w/]){_DATE}"),
            ("worded", rf"(?<!\w){_WORDED}"),
            ("short", r"(?<![\w/])\d{1,2}/\d{1,2}/\d\d(?![\w/])"),
            ("counted", rf"(?<![\d/])(?<!năm\s){_Y}\s*{_THINGS}"),
            ("year", rf"(?:(?<!\w)năm\s+)?(?<![0-9A-ZĐ.,])(?<![A-ZĐ][-_.]){_Y}(?![A-Za-zĐđ]|/[A-ZĐ]|[.,]\d)"),
        )
    )
)
_SLIP = re.compile(r"([/.-])\1+")
_LAST_YEAR = re.compile(r"\d+$")
_ANY_YEAR = re.compile(rf"(?<!\d){_Y}")
_PARTS = re.compile(r"\d+")
_VALUE_PART = re.compile(r"(?:^|(?<=/))(\d{4})(?:-02-(\d\d))?")
_FULL_DATE = re.compile(rf"(?<![\w/]){_DATE}|(?<!\w){_WORDED}")


class Advanced(NamedTuple):
    """A text with its years advanced, and the terms left unchanged that a person should review."""

    text: str
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shift:
    """From a plan of the years `first` to `last` to one that is `years` years later."""

    first: int
    last: int
    years: int

    def moves(self, year: int) -> bool:
        """Whether a year is one of the plan's, the one before them or the one after."""
        return self.first - 1 <= year <= self.last + 1

    def day(self, day: date) -> date:
        """The same day and month, `years` later; of 29 February the 28th where there is no 29th."""
        year = day.year + self.years
        return day.replace(year=year, day=min(day.day, calendar.monthrange(year, day.month)[1]))


def advanced(text: str, shift: Shift) -> Advanced:
    """Return the text with its years advanced."""
    left: list[str] = []

    def later(match: re.Match[str]) -> str:
        term = match.group()
        name = match.lastgroup or ""
        new, is_told = _later(name, term, shift)
        if is_told:
            left.append(one_line(term))
        return new

    text = _TERMS.sub(later, unicodedata.normalize("NFC", text))
    return Advanced(text, tuple(dict.fromkeys(left)))


def _later(name: str, term: str, shift: Shift) -> tuple[str, bool]:
    """Return a term with its years advanced, and whether a person should review it."""
    years = [int(year) for year in _ANY_YEAR.findall(term)]
    moves = [shift.moves(year) for year in years]
    if name in ("code", "numbered"):
        return term, False
    if name in ("issued", "law", "counted"):
        return term, any(moves)
    if name == "dates":
        return _dates(term, shift)
    if name == "school":
        return (_years_later(term, shift), False) if shift.moves(years[-1]) else (term, years[-1] > shift.last)
    if name == "programme" or (name == "goal" and years[0] > shift.last):
        return term, shift.first - 1 <= years[-1] < shift.first + shift.years  # over when the new plan begins
    if name in ("date", "worded", "short"):
        return _date(term, shift)
    if all(moves):
        return _years_later(term, shift), False
    return term, years[0] >= shift.first - _RECENT


def _dates(term: str, shift: Shift) -> tuple[str, bool]:
    """Two dates: an anniversary stays, from one to the other is advanced."""
    first, last = (_numbers(found) for found in re.findall(_DATE, term))
    if first[:2] == last[:2] and first[2] != last[2]:
        return term, shift.moves(last[2])
    later = [_date(found, shift) for found in re.findall(_DATE, term)]
    dates = iter(later)
    return re.sub(_DATE, lambda _: next(dates)[0], term), any(told for _, told in later)


def _date(term: str, shift: Shift) -> tuple[str, bool]:
    """A date some years later, its digits as wide as they were; of one long past nothing is said."""
    day, month, year = _numbers(term)
    short = year < _CENTURY
    year += (shift.first - shift.first % _CENTURY) * short
    if not shift.moves(year):
        return term, year > shift.last
    if (day, month) == (_LEAP_DAY, _FEBRUARY) and not calendar.isleap(year + shift.years):
        term = term.replace(f"{_LEAP_DAY}", f"{_LEAP_DAY - 1}", 1)
    year += shift.years
    term = _LAST_YEAR.sub(f"{year % _CENTURY:02d}" if short else f"{year}", term)
    return _SLIP.sub(r"\1", term), False


def _numbers(term: str) -> tuple[int, ...]:
    return tuple(map(int, _PARTS.findall(term)))


def _years_later(term: str, shift: Shift) -> str:
    return _ANY_YEAR.sub(lambda year: f"{int(year.group()) + shift.years}", term)


def with_dates(text: str, changed: Mapping[date, date]) -> str:
    """The text with the full dates in it that have changed within their year, as wide as they were."""
    became: dict[tuple[int, ...], tuple[int, ...]] = {
        (old.day, old.month, old.year): (new.day, new.month, new.year) for old, new in changed.items()
    }

    def other(match: re.Match[str]) -> str:
        new = became.get(_numbers(match.group()))
        if new is None:
            return match.group()
        numbers = iter(new)
        return _PARTS.sub(lambda old: f"{next(numbers):0{len(old.group())}d}", match.group())

    return _FULL_DATE.sub(other, text)


def later_value(value: str, shift: Shift) -> str | None:
    """A date or period of a file some years later, None where not all its years move.

    A period that ends with February does so again.
    """

    def later(part: re.Match[str]) -> str:
        year, day = int(part[1]), int(part[2] or 0)
        new = year + shift.years
        last, new_last = (calendar.monthrange(each, _FEBRUARY)[1] for each in (year, new))
        ends = part.start() > 0 and day == last
        return f"{new}-02-{new_last if ends else min(day, new_last):02d}" if day else f"{new}"

    moves = all(shift.moves(int(year)) for year, _ in _VALUE_PART.findall(value))
    return _VALUE_PART.sub(later, value) if moves else None
