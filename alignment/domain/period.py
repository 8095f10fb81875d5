"""Days of the business, half-open, and the buckets that a trend is drawn in."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from alignment.domain.refusal import Refusal

MONTHS_A_YEAR = 12


class Grain(StrEnum):
    """The width of a trend's buckets."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True)
class Period:
    """The days from `start` up to, not including, `end`, in the business time zone."""

    start: date
    end: date

    def __post_init__(self) -> None:
        """Refuse a period that ends before it starts."""
        if self.start >= self.end:
            message = f"A period must start before it ends, got {self.start} to {self.end}."
            raise Refusal(message)

    def __str__(self) -> str:
        """Return the period in words, with its last day included."""
        return f"{self.start:%-d %b %Y} – {self.last:%-d %b %Y}"

    @property
    def last(self) -> date:
        """Return the last day inside the period."""
        return self.end - timedelta(days=1)

    @property
    def days(self) -> int:
        """Return the number of days inside."""
        return (self.end - self.start).days

    def contains(self, day: date) -> bool:
        """Tell whether the day lies inside."""
        return self.start <= day < self.end

    def instants(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Return the period's bounds as naive UTC instants, days of 23 and 25 hours included."""
        return midnight(self.start, zone), midnight(self.end, zone)

    def previous(self) -> "Period":
        """Return the period of the same kind just before: months move by months, others by days."""
        if self.start.day == 1 and self.end.day == 1:
            return Period(months_later(self.start, -months_between(self.start, self.end)), self.start)
        return Period(self.start - timedelta(days=self.days), self.start)

    def buckets(self, grain: Grain) -> tuple["Period", ...]:
        """Return the grain's buckets that cover the period, the first and last whole."""
        begin = bucket_start(self.start, grain)
        found: list[Period] = []
        while begin < self.end:
            after = next_bucket(begin, grain)
            found.append(Period(begin, after))
            begin = after
        return tuple(found)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """Return the day's first instant in the zone, as naive UTC."""
    return datetime.combine(day, time(), zone).astimezone(UTC).replace(tzinfo=None)


def months_later(day: date, months: int) -> date:
    """Return the first of the month that lies `months` months after the day's own month."""
    number = day.year * MONTHS_A_YEAR + day.month - 1 + months
    return date(number // MONTHS_A_YEAR, number % MONTHS_A_YEAR + 1, 1)


def months_between(start: date, end: date) -> int:
    """Return how many months lie between two firsts of months."""
    return (end.year - start.year) * MONTHS_A_YEAR + end.month - start.month


def bucket_start(day: date, grain: Grain) -> date:
    """Return the first day of the bucket that holds the day; weeks start on Monday."""
    match grain:
        case Grain.WEEK:
            return day - timedelta(days=day.weekday())
        case Grain.MONTH:
            return day.replace(day=1)
        case Grain.QUARTER:
            return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
        case Grain.YEAR:
            return date(day.year, 1, 1)


def next_bucket(start: date, grain: Grain) -> date:
    """Return the first day of the bucket after the one that starts on `start`."""
    if grain is Grain.WEEK:
        return start + timedelta(days=7)
    return months_later(start, {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}[grain])


def bucket_of(day: date, grain: Grain) -> Period:
    """Return the grain's bucket that holds the day."""
    start = bucket_start(day, grain)
    return Period(start, next_bucket(start, grain))


FIRST_MONDAY = date(1800, 1, 6)
"""Weeks are numbered from here: early enough that no business is older."""


def bucket_label(number: int, grain: Grain) -> str:
    """Return the name of a numbered bucket: `2026-W07`, `2026-03`, `2026Q1`, `2026`."""
    match grain:
        case Grain.WEEK:
            year, week, _ = (FIRST_MONDAY + timedelta(weeks=number)).isocalendar()
            return f"{year}-W{week:02d}"
        case Grain.MONTH:
            return f"{number // 12}-{number % 12 + 1:02d}"
        case Grain.QUARTER:
            return f"{number // 4}Q{number % 4 + 1}"
        case Grain.YEAR:
            return str(number)


def label_of(bucket: Period, grain: Grain) -> str:
    """Return the name of the bucket that starts where the period does, as `bucket_label` writes it."""
    start = bucket.start
    match grain:
        case Grain.WEEK:
            return bucket_label((start - FIRST_MONDAY).days // 7, grain)
        case Grain.MONTH:
            return bucket_label(start.year * 12 + start.month - 1, grain)
        case Grain.QUARTER:
            return bucket_label(start.year * 4 + (start.month - 1) // 3, grain)
        case Grain.YEAR:
            return bucket_label(start.year, grain)
