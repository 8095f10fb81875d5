"""The days on which the data knows anything."""

from alignment.metrics.journeys import Clock
from alignment.metrics.query import Query


def first_day(clock: Clock) -> Query:
    """Return the business day of the first lead or deal, null without dates; column: first_day."""
    return Query(
        f"""with dated as (
    select created_at as begun_at from leads
    union all
    select least(created_at, closed_at) from deals
)
select min({clock.day("begun_at")}) as first_day from dated""",
        clock.values,
    )
