"""How many leads entered a stage, at all or by period."""

from alignment.domain.cohort import Cohort
from alignment.domain.period import Grain
from alignment.metrics.clock import bucket_of
from alignment.metrics.definition_query import Kinds
from alignment.metrics.journeys import Clock, cohort_values, entered_in, journeys
from alignment.metrics.query import Query


def leads_entered(clock: Clock, cohort: Cohort, kinds: Kinds, grain: Grain) -> Query:
    """Count the leads of the cohort by the period in which they entered its stage; columns: bucket, leads."""
    bucket = bucket_of(f"{cohort.entered}_day", grain)
    return Query(
        f"""with {journeys(clock, cohort, kinds)}
select {bucket} as bucket, count(*) as leads
from journeys
where {entered_in(cohort, is_windowed=True)}
group by {bucket}""",
        {**clock.values, **cohort_values(cohort)},
    )
