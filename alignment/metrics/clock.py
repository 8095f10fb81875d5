"""Instants as days of the business: every bucket and every window is counted in them."""

from alignment.domain.period import FIRST_MONDAY, Grain
from alignment.metrics.query import literal


def day_of(instant: str, zone: str) -> str:
    """Return the expression for the business day of a UTC instant."""
    if zone == "UTC":
        return f"cast({instant} as date)"
    return f"cast(timezone({literal(zone)}, timezone('UTC', {instant})) as date)"


def bucket_of(day: str, grain: Grain) -> str:
    """Return the expression for the number of the bucket of a day; `bucket_label` turns it into words."""
    year, month = f"extract(year from {day})", f"extract(month from {day})"
    match grain:
        case Grain.WEEK:
            return f"cast(({day} - date '{FIRST_MONDAY}') // 7 as bigint)"
        case Grain.MONTH:
            return f"cast({year} * 12 + {month} - 1 as bigint)"
        case Grain.QUARTER:
            return f"cast({year} * 4 + (({month} - 1) // 3) as bigint)"
        case Grain.YEAR:
            return f"cast({year} as bigint)"
