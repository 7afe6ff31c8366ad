"""The values that people type for options, read.

Dates may be typed as 20/02/2023 or 20/2 (this year), months as 2 or 2023-02, quarters as 1, I, Q1 or 2023-Q1.
"""

import re
from datetime import date
from typing import TypeVar

from tdkt_cli.core.messages import msg
from tdkt_cli.core.periods import FIRST_YEAR, LAST_YEAR, DateError, Period, parse_date, parse_period
from tdkt_cli.core.text import suggest
from tdkt_cli.errors import UsageError

T = TypeVar("T", bound=str)
_MONTH = re.compile(r"\d{1,2}", re.ASCII)
_MONTH_FIRST = re.compile(r"^0?(\d{1,2})/(\d{4})$", re.ASCII)
_SHORT_MONTH = re.compile(r"^(\d{4})-(\d)$", re.ASCII)
DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?", re.ASCII)
_ALMOST_DAY = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}", re.ASCII)
_ALMOST_MONTH = re.compile(r"\d{4}-\d{2}", re.ASCII)
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4, "q1": 1, "q2": 2, "q3": 3, "q4": 4}


def split(typed: list[str] | None) -> list[str]:
    """Return the values of an option that may be repeated or hold several, split by commas."""
    return [value.strip() for values in typed or () for value in values.split(",") if value.strip()]


def choice(typed: str, choices: tuple[T, ...], option: str) -> T:
    """Return the choice that was typed, `-` and `_` alike. Raises UsageError that names the nearest."""
    wanted = typed.strip().lower().replace("-", "_")
    for known in choices:
        if known == wanted:
            return known
    with_near = msg("{option} does not know “{typed}”; did you mean {near}?", option=option)
    takes = msg("{option} does not know “{typed}”; it takes {choices}", option=option, choices=", ".join(choices))
    raise UsageError(suggest(typed, choices, with_near, takes))


def read_number(typed: str, option: str, most: int) -> int:
    """Return a whole number from 0 to `most`. Raises UsageError."""
    if not re.fullmatch(r"\d{1,6}", typed.strip(), re.ASCII) or int(typed) > most:
        raise UsageError(
            msg("{option} takes a whole number from 0 to {most}, not “{typed}”", option=option, most=most, typed=typed)
        )
    return int(typed)


def read_day(typed: str, today: date, option: str) -> date:
    """Return a date as people type it, one without a year in this year. Raises UsageError."""
    match = DAY.fullmatch(typed.strip())
    iso = f"{match[3] or today.year}-{int(match[2]):02d}-{int(match[1]):02d}" if match else typed.strip()
    try:
        return parse_date(iso, typed.strip())
    except DateError as error:
        if _ALMOST_DAY.fullmatch(iso):
            raise UsageError(msg("{option}: {problem}", option=option, problem=error.message)) from None
        words = msg("{option}: “{typed}” is not a date; type 20/02/2023 or 2023-02-20", option=option, typed=typed)
        raise UsageError(words) from None


def read_year(typed: object) -> int | None:
    """Return the year typed or given, None for none. Raises UsageError."""
    text = str(typed).strip() if typed is not None else ""
    if not text:
        return None
    if text.isascii() and text.isdigit() and FIRST_YEAR <= int(text[:9]) <= LAST_YEAR:
        return int(text)
    raise UsageError(msg("“{typed}” is not a year: write, for example, 2023", typed=text))


def read_month(typed: str, today: date, option: str) -> Period:
    """Return a month as people type it, one without a year in this year. Raises UsageError."""
    month = _MONTH_FIRST.sub(lambda match: f"{match[2]}-{int(match[1]):02d}", typed.strip())
    month = _SHORT_MONTH.sub(r"\1-0\2", month)
    return _period(
        f"{today.year}-{int(month):02d}" if _MONTH.fullmatch(month) else month, option, "2, 02/2023, 2023-02"
    )


def read_quarter(typed: str, today: date) -> Period:
    """Return a quarter as people type it, one without a year in this year. Raises UsageError."""
    quarter = _QUARTERS.get(typed.strip().lower())
    return _period(f"{today.year}-Q{quarter}" if quarter else typed.strip(), "--quarter", "1, II, 2023-Q1")


def _period(text: str, option: str, example: str) -> Period:
    try:
        return parse_period(text)
    except DateError as error:
        if _ALMOST_MONTH.fullmatch(text):
            raise UsageError(msg("{option}: {problem}", option=option, problem=error.message)) from None
        raise UsageError(msg("{option} takes for instance {example}", option=option, example=example)) from None
