"""Who waits: hand-offs untouched for too long, and leads in cycle that were tried too few times."""

import pyarrow as pa

from alignment.domain.cohort import Cohort
from alignment.errors import MissingColumnError
from alignment.metrics import waiting_leads as metric
from alignment.metrics.hand_offs import HandOffs, handed_in
from alignment.report.answer import clock_of, need
from alignment.report.follow_up import USUAL_TERMS
from alignment.report.judged import kinds_of, missing_for
from alignment.store.snapshot import Snapshot

HOURS, DAYS, ATTEMPTS = 24, 14, 5
"""What a meeting begins with."""


def untouched(snapshot: Snapshot, cohort: Cohort | None = None, *, hours: int = HOURS) -> pa.Table:
    """Return the hand-offs that nobody has touched or decided on for more than so many hours."""
    shows = f"hand-offs untouched for {hours} hours"
    asked = _asked(snapshot, cohort, shows)
    need(snapshot, "leads", "first_touch_at", shows=shows)
    return snapshot.ask(metric.untouched(asked, hours))


def few_attempts(
    snapshot: Snapshot, cohort: Cohort | None = None, *, days: int = DAYS, attempts: int = ATTEMPTS
) -> pa.Table:
    """Return the leads in cycle for at least so many days with fewer attempts of sales."""
    shows = f"leads in cycle for {days} days with fewer than {attempts} attempts"
    asked = _asked(snapshot, cohort, shows)
    need(snapshot, "touches", "is_marketing", shows=shows)
    need(snapshot, "leads", "rejected_at", "sql_at", shows=shows)
    return snapshot.ask(metric.few_attempts(asked, days, attempts))


def _asked(snapshot: Snapshot, cohort: Cohort | None, shows: str) -> HandOffs:
    """Return all hand-offs of the cohort's sources: who waits waits, whenever the lead was handed over."""
    given = handed_in(cohort or Cohort())
    if lacks := missing_for(snapshot, given.judged, is_dated=True):
        raise MissingColumnError(f"Not available: needs column {lacks}. With it you would see {shows}.")
    whole = Cohort(given.entered, None, given.sources, given.as_of, judged=given.judged)
    clock = clock_of(snapshot, whole.as_of)
    return HandOffs(clock, whole, USUAL_TERMS, snapshot.business_hours, kinds_of(snapshot))
