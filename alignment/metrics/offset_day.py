"""The business day of an instant, for many millions of rows: by the zone's offsets, newest first."""

from datetime import MAXYEAR, UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from alignment.metrics.clock import day_of

YEARS_BACK = 4
"""Older instants take the slow way, as `day_of` goes."""
MINUTE = timedelta(minutes=1)


def day_by_offset(instant: str, zone: str, newest_year: int) -> str:
    """Return the expression for the business day of a UTC instant: `day_of`, some ten times faster."""
    if zone == "UTC" or newest_year >= MAXYEAR - 1:  # a load without dates has no newest year
        return day_of(instant, zone)
    spans = offsets(zone, newest_year)
    cases = " ".join(
        f"when {instant} >= timestamp '{start:%Y-%m-%d %H:%M:%S}'"
        f" then cast({instant} + interval '{minutes} minutes' as date)"
        for start, minutes in reversed(spans)
    )
    return f"case when {instant} is null then null {cases} else {day_of(instant, zone)} end"


@cache
def offsets(zone: str, newest_year: int) -> tuple[tuple[datetime, int], ...]:
    """Return (from which UTC instant on, minutes ahead of UTC) of the last years, oldest first."""
    local = ZoneInfo(zone)
    day = datetime(newest_year - YEARS_BACK, 1, 1, tzinfo=UTC)
    found = [(day, _ahead(local, day))]
    while day.year <= newest_year + 1:
        after = day + timedelta(days=1)
        if _ahead(local, after) != found[-1][1]:
            found.append((_changed_between(local, day, after), _ahead(local, after)))
        day = after
    return tuple((start.replace(tzinfo=None), minutes) for start, minutes in found)


def _ahead(local: ZoneInfo, instant: datetime) -> int:
    return round((instant.astimezone(local).utcoffset() or timedelta()) / MINUTE)


def _changed_between(local: ZoneInfo, low: datetime, high: datetime) -> datetime:
    """Return the first minute of the new offset."""
    while high - low > MINUTE:
        middle = low + (high - low) // (2 * MINUTE) * MINUTE
        low, high = (middle, high) if _ahead(local, middle) == _ahead(local, low) else (low, middle)
    return high
