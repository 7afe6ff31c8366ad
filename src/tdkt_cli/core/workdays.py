"""Working days: Monday to Friday, less the public holidays of Labour Code art. 112, corrected by the calendar files.

The holidays stand as data in `holidays_vn`, for the years that it names; the yearly decisions that swap days (a bridge day
off for a Saturday worked) come from `plans/calendars/`. A date on a day off is never moved: it is shown with the last
working day before it. Only the end of a period counted from an event moves (Civil Code 2015 art. 148).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from tdkt_cli.core.holidays_vn import HOLIDAYS
from tdkt_cli.core.messages import Message, msg

_DAY = timedelta(days=1)
_SATURDAY = 5
_EXCHANGED = "x"
HOLIDAY_NAMES = {
    "N": msg("New Year"),
    "T": msg("Tết"),
    "H": msg("Hùng Vương Commemoration Day"),
    "V": msg("Reunification Day, 30/4"),
    "L": msg("International Workers' Day, 1/5"),
    "Q": msg("National Day"),
    "C": msg("Vietnam Culture Day, 24/11"),
}


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The days on which offices work.

    `overrides` maps a date to True where it is worked, False where it is off; `decisions` to the document that says so, `notes` to what is
    noted of it. `names` are those of the calendar files, by id.
    """

    overrides: Mapping[date, bool] = field(default_factory=dict)
    decisions: Mapping[date, str] = field(default_factory=dict)
    notes: Mapping[date, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    def is_working(self, day: date) -> bool:
        """Return whether offices work on this day."""
        decided = self.overrides.get(day)
        if decided is not None:
            return decided
        return day.weekday() < _SATURDAY and f"{day:%m%d}" not in HOLIDAYS.get(day.year, "")

    def reason(self, day: date) -> Message | None:
        """Return why a day is off, or worked though it is a weekend or holiday; None for an ordinary working day."""
        usual = self._usual_reason(day)
        if day not in self.overrides:
            return usual
        decision = self.decisions.get(day, "")
        if not self.overrides[day]:
            return msg("day off: {decision}", decision=decision)
        return msg("worked: {decision}", decision=decision) if usual else None

    def _usual_reason(self, day: date) -> Message | None:
        days = HOLIDAYS.get(day.year, "")
        place = days.find(f"{day:%m%d}")
        if place >= 0:
            letter = days[place + 4]
            if letter == _EXCHANGED:
                return msg("day off in exchange for a Saturday worked")
            name = HOLIDAY_NAMES[letter.upper()]
            return msg("{holiday}, in lieu of a weekend", holiday=name) if letter.islower() else name
        return msg("weekend") if day.weekday() >= _SATURDAY else None

    def last_working_day(self, day: date) -> date:
        """Return the day if it is worked, else the nearest worked day before it."""
        while not self.is_working(day):
            day -= _DAY
        return day

    def next_working_day(self, day: date) -> date:
        """Return the day if it is worked, else the nearest worked day after it."""
        while not self.is_working(day):
            day += _DAY
        return day

    @staticmethod
    def counted(event: date, days: int) -> date:
        """Return the day `days` calendar days after the event."""
        return event + days * _DAY

    def end_of_period(self, event: date, days: int, *, working: bool) -> date:
        """Return the last day of a period of `days` days after `event`, which is not counted (Civil Code art. 147).

        An end on a day off moves to the next working day (art. 148). Negative `days` lead back from the event to a fixed
        date before it, which does not move: a later date would come too late for the event.
        """
        if not working:
            end = self.counted(event, days)
            return self.next_working_day(end) if days > 0 else end
        step, nearest = (_DAY, self.next_working_day) if days > 0 else (-_DAY, self.last_working_day)
        day = event
        for _ in range(abs(days)):
            day = nearest(day + step)
        return day
