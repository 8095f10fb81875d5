"""Business time spelled out: the calendar walked day by day, with aware clocks."""

from datetime import UTC, datetime, time, timedelta


def opening_times(zone, holidays, opens, closes, start):
    """Yield when the business opens and closes, as aware UTC instants, from the day of `start` on."""
    day = start.astimezone(zone).date()
    while True:
        if day.weekday() < 5 and day not in holidays:
            yield tuple(datetime.combine(day, time(hour), zone).astimezone(UTC) for hour in (opens, closes))
        day += timedelta(days=1)


def due(start, seconds, zone, holidays, opens=9, closes=17):
    """Return the instant at which the last of so many business seconds ends."""
    left = timedelta(seconds=seconds)
    for open_at, close_at in opening_times(zone, holidays, opens, closes, start):
        begin = max(open_at, start)
        if begin >= close_at:
            continue
        if begin + left <= close_at:
            return begin + left
        left -= close_at - begin
    return None


def spent(start, end, zone, holidays, opens=9, closes=17):
    """Return the business seconds between two instants."""
    total = timedelta()
    for open_at, close_at in opening_times(zone, holidays, opens, closes, start):
        if open_at >= end:
            return total // timedelta(seconds=1)
        total += max(timedelta(), min(close_at, end) - max(open_at, start))
    return None
