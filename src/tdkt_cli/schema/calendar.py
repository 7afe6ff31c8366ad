"""The exceptions to the working calendar by yearly decisions, `tdkt: calendar/1`."""

import datetime as dt
from collections import Counter
from typing import Literal, Self

from pydantic import Field, model_validator

from tdkt_cli.core.messages import msg
from tdkt_cli.schema.scalars import TRUE, Day, Flag, Line, Model, Slug, Text, about, one_of, refuse


class DayModel(Model, title="ngày"):
    """Một ngày khác với lịch thông thường: đúng một trong off, working."""

    model_config = one_of("off", "working")

    date: Day = Field(description="Ngày khác với lịch thông thường, ví dụ 2026-01-02.")
    off: Flag | None = about("true: được nghỉ.", TRUE)
    working: Flag | None = about("true: làm bù.", TRUE)
    decision: Text = Field(description="Văn bản quyết định: số, ngày, cơ quan.")
    note: Text | None = about("Ghi chú.")

    @model_validator(mode="after")
    def _one_of(self) -> Self:
        if (self.off, self.working) not in {(True, None), (None, True)}:
            refuse("TDKT017", msg("a day has exactly one of off: true, working: true"))
        return self


class CalendarModel(Model, title="lịch nghỉ và làm bù"):
    """Lịch nghỉ, làm bù."""

    tdkt: Literal["calendar/1"] = Field(description="Loại và phiên bản của tệp.")
    id: Slug = Field(description="Mã lịch.")
    name: Line = Field(description="Tên lịch.")
    days: tuple[DayModel, ...] = Field(description="Các ngày, theo thứ tự.")

    @model_validator(mode="after")
    def _each_day_once(self) -> Self:
        for day, count in Counter(day.date for day in self.days).items():
            if count > 1:
                refuse("TDKT016", msg("{day} appears twice in the calendar", day=day))
        return self

    def overrides(self) -> dict[dt.date, bool]:
        """Return whether each day is worked (True) or off (False)."""
        return {day.date: bool(day.working) for day in self.days}

    def decisions(self) -> dict[dt.date, str]:
        """Return the document that decided each day."""
        return {day.date: day.decision for day in self.days}

    def notes(self) -> dict[dt.date, str]:
        """Return the notes by day."""
        return {day.date: day.note for day in self.days if day.note}
