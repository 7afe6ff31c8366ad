"""The table of public holidays against the very version of the `holidays` package that it was made from.

The package holds back python-dateutil, which tdkt does not, so these tests have an environment of their own: `make test-holidays`.
"""

import runpy
from datetime import date, timedelta
from pathlib import Path

import holidays
import pytest

from tdkt_cli.core import holidays_vn
from tdkt_cli.core.workdays import WorkCalendar

TOOL = Path(__file__).parents[2] / "tools" / "holidays_vn.py"


@pytest.mark.parametrize("year", range(2020, 2031))
def test_working_days_agree_with_the_holidays_package_but_for_saturdays_worked(year):
    known = holidays.country_holidays("VN", years=year)
    ours = WorkCalendar()
    days = [date(year, 1, 1) + timedelta(days=offset) for offset in range(365 + (year % 4 == 0))]
    differing = [
        day for day in days if day not in known.weekend_workdays and ours.is_working(day) != known.is_working_day(day)
    ]
    assert differing == []
    assert not any(ours.is_working(day) for day in days if day in known.weekend_workdays)


def test_the_table_is_what_the_tool_makes_of_the_package():
    made = runpy.run_path(str(TOOL))["source"]()
    assert Path(holidays_vn.__file__).read_text(encoding="utf-8") == made
