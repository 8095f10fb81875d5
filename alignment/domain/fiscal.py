"""The fiscal calendar: in which month the company's year begins, and what its periods are called."""

import re
from dataclasses import dataclass
from datetime import date

from alignment.domain.period import MONTHS_A_YEAR, Grain, Period, bucket_of, months_between, months_later
from alignment.domain.refusal import Refusal

GOAL_GRAINS = (Grain.MONTH, Grain.QUARTER, Grain.YEAR)
"""What a goal is for."""
QUARTER_MONTHS = 3
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_CALENDAR = re.compile(r"(\d{4})(?:Q([1-4]))?", re.IGNORECASE)
_FISCAL = re.compile(r"FY(\d{4})(?:Q([1-4]))?", re.IGNORECASE)


@dataclass(frozen=True)
class FiscalCalendar:
    """A year that begins on the first of `first_month`, and is named for the year in which it ends."""

    first_month: int = 1

    def __post_init__(self) -> None:
        """Refuse a month that is none."""
        if not 1 <= self.first_month <= MONTHS_A_YEAR:
            raise Refusal(f"A fiscal year begins in a month from 1 to 12, got {self.first_month}.")

    @property
    def is_own(self) -> bool:
        """Tell whether it differs from the calendar's own year: its periods are called FY then."""
        return self.first_month != 1

    def bucket_of(self, day: date, grain: Grain) -> Period:
        """Return the fiscal month, quarter or year that holds the day; weeks are those of the calendar."""
        if grain not in (Grain.QUARTER, Grain.YEAR):
            return bucket_of(day, grain)
        length = MONTHS_A_YEAR if grain is Grain.YEAR else QUARTER_MONTHS
        start = months_later(day, -((day.month - self.first_month) % length))
        return Period(start, months_later(start, length))

    def grain_of(self, period: Period) -> Grain | None:
        """Return whether a period is a whole month, quarter or year; None for any other days."""
        return next((each for each in GOAL_GRAINS if self.bucket_of(period.start, each) == period), None)

    def name(self, period: Period) -> str | None:
        """Return what a period is called: `Q4 2026`, `FY2026 Q3`, `Nov 2026`; None where it has no name."""
        grain, year, start = self.grain_of(period), self._year_of(period.start), period.start
        match grain:
            case Grain.MONTH:
                return f"{start:%b %Y}"
            case Grain.QUARTER:
                return (
                    f"FY{year} Q{self._quarter(start)}" if self.is_own else f"Q{self._quarter(start)} {year}"
                )
            case Grain.YEAR:
                return f"FY{year}" if self.is_own else str(year)
            case _:
                return None

    def token(self, period: Period) -> str | None:
        """Return how an address writes a period: `2026Q4`, `FY2026Q3`, `2026`, `2026-11`; None for none."""
        grain, prefix = self.grain_of(period), "FY" * self.is_own
        year = self._year_of(period.start)
        match grain:
            case Grain.MONTH:
                return f"{period.start:%Y-%m}"
            case Grain.QUARTER:
                return f"{prefix}{year}Q{self._quarter(period.start)}"
            case Grain.YEAR:
                return f"{prefix}{year}"
            case _:
                return None

    def read(self, token: str) -> Period | None:
        """Return the period that an address names, None for none; without FY it is the calendar's own.

        Raises ValueError or OverflowError for a year or month that no calendar has.
        """
        if month := _MONTH.fullmatch(token):
            return bucket_of(date(int(month[1]), int(month[2]), 1), Grain.MONTH)
        if own := _FISCAL.fullmatch(token):
            return _period_of(self, int(own[1]), own[2])
        if calendar := _CALENDAR.fullmatch(token):
            return _period_of(FiscalCalendar(), int(calendar[1]), calendar[2])
        return None

    def _year_of(self, day: date) -> int:
        return months_later(self.bucket_of(day, Grain.YEAR).start, MONTHS_A_YEAR - 1).year

    def _quarter(self, start: date) -> int:
        begins = self.bucket_of(start, Grain.YEAR).start
        return months_between(begins, start) // QUARTER_MONTHS + 1


def _period_of(calendar: FiscalCalendar, year: int, quarter: str | None) -> Period:
    begins = date(year - calendar.is_own, calendar.first_month, 1)
    if quarter is None:
        return Period(begins, months_later(begins, MONTHS_A_YEAR))
    start = months_later(begins, (int(quarter) - 1) * QUARTER_MONTHS)
    return Period(start, months_later(start, QUARTER_MONTHS))


JANUARY = FiscalCalendar()
