"""The business day of an instant, for many millions of rows: by the zone's offsets, newest first."""

from collections.abc import Sequence
from datetime import MAXYEAR, UTC, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from alignment.domain.period import MONTHS_A_YEAR, Grain, Period
from alignment.metrics.clock import bucket_of, day_of

YEARS_BACK = 4
"""Older instants take the slow way, as `day_of` goes."""
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def day_by_offset(instant: str, zone: str, newest_year: int) -> str:
    """Return the expression for the business day of a UTC instant: `day_of`, some ten times faster."""
    if zone == "UTC" or newest_year >= MAXYEAR - 1:  # a load without dates has no newest year
        return day_of(instant, zone)
    spans = offsets(zone, newest_year)
    cases = " ".join(
        f"when {instant} >= {_instant(start)} then cast({instant} + interval '{minutes} minutes' as date)"
        for start, minutes in reversed(spans)
    )
    return f"case when {instant} is null then null {cases} else {day_of(instant, zone)} end"


def month_by_offset(instant: str, zone: str, newest_year: int) -> str:
    """Return the expression for the number of the business month of a UTC instant, year * 12 + month - 1.

    A binary search among the months' first instants: faster than taking a day apart.
    """
    older = bucket_of(day_of(instant, zone), Grain.MONTH)
    return older if newest_year >= MAXYEAR - 1 else _searched(instant, months(zone, newest_year), older)


def _searched(instant: str, starts: Sequence[tuple[datetime, int]], older: str) -> str:
    if not starts:
        return older
    middle = len(starts) // 2
    start, number = starts[middle]
    later = _searched(instant, starts[middle + 1 :], str(number))
    earlier = _searched(instant, starts[:middle], older)
    return f"case when {instant} >= {_instant(start)} then {later} else {earlier} end"


def _instant(instant: datetime) -> str:
    return f"timestamp '{instant:%Y-%m-%d %H:%M:%S}'"


@cache
def months(zone: str, newest_year: int) -> tuple[tuple[datetime, int], ...]:
    """Return (from which UTC instant on, number of the business month) of the last years, oldest first."""
    spans = offsets(zone, newest_year)
    ends = [*(start for start, _ in spans[1:]), datetime(newest_year + 2, 1, 1)]  # noqa: DTZ001 - naive UTC
    found: list[tuple[datetime, int]] = []
    for (start, minutes), end in zip(spans, ends, strict=True):
        ahead = timedelta(minutes=minutes)
        for month in Period((start + ahead).date(), (end + ahead).date() + DAY).buckets(Grain.MONTH):
            begins = max(datetime.combine(month.start, time()) - ahead, start)
            number = month.start.year * MONTHS_A_YEAR + month.start.month - 1
            if begins < end and (not found or found[-1][1] != number):
                found.append((begins, number))
    return tuple(found)


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
