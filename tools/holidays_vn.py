"""Write src/tdkt_cli/core/holidays_vn.py from the `holidays` package.

The package takes longer to import than the whole of `tdkt due` may take, and its answers change between versions; a table
made once, reviewed as a diff and held by a test against the package, has neither trouble.
"""

from pathlib import Path

import holidays

FIRST_YEAR, LAST_YEAR = 2000, 2099
TARGET = Path(__file__).parent.parent / "src" / "tdkt_cli" / "core" / "holidays_vn.py"
HEAD = '''"""The public holidays of Việt Nam by year, as "MMDD" in order: Labour Code art. 112 with Tết and Giỗ Tổ by the lunar calendar.

Made by tools/holidays_vn.py from the `holidays` package; do not edit. What a yearly decision changes stands in
plans/calendars/. A year that is not here has only its weekends.
"""

HOLIDAYS: dict[int, str] = {
'''


def table() -> dict[int, str]:
    """The days off of each year, weekends among them included where they are holidays."""
    return {
        year: " ".join(f"{day:%m%d}" for day in sorted(holidays.country_holidays("VN", years=year)))
        for year in range(FIRST_YEAR, LAST_YEAR + 1)
    }


def source() -> str:
    """The text of the module."""
    return HEAD + "".join(f'    {year}: "{days}",\n' for year, days in table().items()) + "}\n"


if __name__ == "__main__":
    TARGET.write_text(source(), encoding="utf-8")
