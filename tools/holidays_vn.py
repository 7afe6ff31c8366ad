"""Writes src/tdkt_cli/core/holidays_vn.py from the `holidays` package.

The package takes longer to import than the whole of `tdkt due` may take, and its answers change between versions. A generated table,
reviewed as a diff and compared with the package by a test, has neither problem.
"""

from pathlib import Path

import holidays

FIRST_YEAR, LAST_YEAR = 2000, 2099
TARGET = Path(__file__).parent.parent / "src" / "tdkt_cli" / "core" / "holidays_vn.py"
# The letter after each day; HOLIDAY_NAMES of core.workdays explains them.
LETTERS = {
    "Tết Dương lịch": "N",
    "Ngày Giỗ Tổ Hùng Vương": "H",
    "Ngày Chiến thắng": "V",
    "Ngày Quốc tế Lao động": "L",
    "Quốc khánh": "Q",
    "Ngày Văn hóa Việt Nam": "C",
}
HEAD = '''"""The public holidays of Việt Nam by year, as "MMDD" in order: Labour Code art. 112 with Tết and Giỗ Tổ by the lunar calendar.

A letter behind each says which it is: N New Year, T Tết, H Giỗ Tổ Hùng Vương, V 30/4, L 1/5, Q National Day, C Culture Day; in lower
case it makes up for one that falls on a weekend; x is a bridge day off in exchange for a Saturday worked.

Made by tools/holidays_vn.py from the `holidays` package; do not edit. What a yearly decision changes stands in
plans/calendars/. A year that is not here has only its weekends.
"""

HOLIDAYS: dict[int, str] = {
'''


def letter(name: str) -> str:
    """Return the letter of a holiday, given its name in the package."""
    plain, substitute, _ = name.partition(" (")
    if plain == "Ngày nghỉ":
        return "x"
    known = LETTERS.get(plain, "T" if "Tết" in plain else "")
    if not known:
        raise ValueError(name)
    return known.lower() if substitute else known


def table() -> dict[int, str]:
    """Return the holidays of each year, including those on a weekend."""
    return {
        year: " ".join(
            f"{day:%m%d}{letter(name.split('; ')[0])}"
            for day, name in sorted(holidays.country_holidays("VN", years=year, language="vi").items())
        )
        for year in range(FIRST_YEAR, LAST_YEAR + 1)
    }


def source() -> str:
    """Return the text of the module."""
    return HEAD + "".join(f'    {year}: "{days}",\n' for year, days in table().items()) + "}\n"


if __name__ == "__main__":
    TARGET.write_text(source(), encoding="utf-8")
