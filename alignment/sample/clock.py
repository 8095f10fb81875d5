"""The sample company's clock: wall time in its business zone, working hours, and the way to UTC.

Instants are int64 arrays of wall-clock seconds since 1970 in the business zone; `NEVER` is later than any of
them, so whatever is later than the newest data has not happened, and neither has what never will.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa

from alignment.sample.draw import Draw, Flags, Whole

ZONE = "Europe/Berlin"
DAY = 86_400
HOUR = 3_600
NEVER = 2**61
OPENS, CLOSES = 8 * HOUR, 18 * HOUR
MONTHS = 24
DAYS_AROUND = 500  # days known before the first lead and after the newest data


def day_number(day: date) -> int:
    """Return the days since 1970-01-01."""
    return (day - date(1970, 1, 1)).days


def months_before(day: date, months: int) -> date:
    """Return the same day of an earlier month, or that month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def easter(year: int) -> date:
    """Return Easter Sunday of a Gregorian year (the anonymous computus)."""
    century, of_century = divmod(year, 100)
    epact = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - epact - of_century % 4) % 7
    shift = (year % 19 + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def holidays_of(year: int) -> dict[date, str]:
    """Return the days on which all of Germany rests."""
    sunday = easter(year)
    return {
        date(year, 1, 1): "New Year's Day",
        sunday - timedelta(2): "Good Friday",
        sunday + timedelta(1): "Easter Monday",
        date(year, 5, 1): "Labour Day",
        sunday + timedelta(39): "Ascension Day",
        sunday + timedelta(50): "Whit Monday",
        date(year, 10, 3): "Day of German Unity",
        date(year, 12, 25): "Christmas Day",
        date(year, 12, 26): "St Stephen's Day",
    }


@dataclass(frozen=True)
class Clock:
    """The two years that end with `as_of`, the last day that has data."""

    as_of: date

    @property
    def first_day(self) -> int:
        """Return the day number of the first day on which leads arrive."""
        return day_number(months_before(self.as_of + timedelta(1), MONTHS))

    @property
    def days(self) -> int:
        """Return the number of days with data."""
        return day_number(self.as_of) + 1 - self.first_day

    @property
    def end(self) -> int:
        """Return the instant at which the data ends: midnight after `as_of`."""
        return (day_number(self.as_of) + 1) * DAY

    @cached_property
    def holidays(self) -> dict[date, str]:
        """Return the holidays from the year before the first lead to the year after `as_of`."""
        years = range(self.as_of.year - 3, self.as_of.year + 2)
        return {day: name for year in years for day, name in holidays_of(year).items()}

    def is_working_day(self, days: Whole) -> Flags:
        """Tell for day numbers whether people work: Monday to Friday, no holiday."""
        holidays = np.array([day_number(day) for day in self.holidays], dtype=np.int64)
        return ((days + 3) % 7 < 5) & ~np.isin(days, holidays)  # noqa: PLR2004 - day 0 was a Thursday

    def in_hours(self, draw: Draw, instants: Whole) -> Whole:
        """Move each instant out of working hours to the first three hours of the next working day."""
        happens = instants < NEVER
        day = np.where(happens, instants, self.end) // DAY
        second = np.where(happens, instants, self.end) % DAY
        works_on = self._next_working_day[self._row(day + (second >= CLOSES))]
        is_moved = (works_on != day) | (second < OPENS)
        of_day = np.where(is_moved, OPENS + draw.whole(0, 3 * HOUR, len(day)), second)
        return np.where(happens, works_on * DAY + of_day, NEVER)

    def happened(self, instants: Whole) -> Whole:
        """Return the instants with NEVER for what lies after the end of the data."""
        return np.where(instants < self.end, instants, NEVER)

    def instants(self, instants: Whole) -> pa.Array:
        """Return naive UTC timestamps; null for NEVER."""
        never = instants >= NEVER
        wall = np.where(never, self.end, instants)
        return pa.array(
            (wall - self._utc_offset[self._row(wall // DAY)]) * 1_000_000, pa.timestamp("us"), mask=never
        )

    def utc(self, instant: int) -> datetime:
        """Return one instant as an aware UTC datetime."""
        wall = datetime.fromtimestamp(instant, UTC).replace(tzinfo=ZoneInfo(ZONE))
        return wall.astimezone(UTC)

    def _row(self, days: Whole) -> Whole:
        return np.clip(days - self.first_day + DAYS_AROUND, 0, len(self._utc_offset) - 1)

    @cached_property
    def _known_days(self) -> Whole:
        return np.arange(self.first_day - DAYS_AROUND, day_number(self.as_of) + DAYS_AROUND, dtype=np.int64)

    @cached_property
    def _next_working_day(self) -> Whole:
        working = np.where(self.is_working_day(self._known_days), self._known_days, NEVER)
        return np.minimum.accumulate(working[::-1])[::-1]

    @cached_property
    def _utc_offset(self) -> Whole:
        zone, noon = ZoneInfo(ZONE), datetime(1970, 1, 1, 12)  # noqa: DTZ001 - wall time, the zone follows
        offsets = [(noon + timedelta(int(day))).replace(tzinfo=zone).utcoffset() for day in self._known_days]
        return np.array([offset.total_seconds() for offset in offsets if offset], dtype=np.int64)
