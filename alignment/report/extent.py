"""From when to when the data reaches."""

from datetime import timedelta

from alignment.domain.period import Period
from alignment.metrics.extent import first_day
from alignment.report.answer import clock_of
from alignment.store.snapshot import Snapshot


def known_days(snapshot: Snapshot) -> Period | None:
    """Return the days from the first lead or deal to the as-of, None for data without dates."""
    clock = clock_of(snapshot)
    first = snapshot.ask(first_day(clock)).to_pylist()[0]["first_day"]
    return Period(first, clock.today + timedelta(days=1)) if first else None
