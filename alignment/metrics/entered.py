"""How many leads entered a stage, at all or by period."""

from alignment.domain.cohort import Cohort
from alignment.domain.period import Grain
from alignment.metrics.clock import bucket_of
from alignment.metrics.definition_query import Kinds
from alignment.metrics.journeys import Clock, cohort_values, entered_in, journeys
from alignment.metrics.query import Query


def entered(clock: Clock, cohort: Cohort, kinds: Kinds) -> Query:
    """Count the leads of the cohort in one row; column: leads."""
    return _counted(clock, cohort, kinds, "count(*) as leads")


def entered_by(clock: Clock, cohort: Cohort, kinds: Kinds, grain: Grain) -> Query:
    """Count the leads of the cohort by the period in which they entered its stage; columns: bucket, leads."""
    bucket = bucket_of(f"{cohort.entered}_day", grain)
    counted = _counted(clock, cohort, kinds, f"{bucket} as bucket, count(*) as leads")
    return Query(f"{counted.text}\ngroup by {bucket}", counted.values)


def _counted(clock: Clock, cohort: Cohort, kinds: Kinds, columns: str) -> Query:
    return Query(
        f"""with {journeys(clock, cohort, kinds)}
select {columns}
from journeys
where {entered_in(cohort, is_windowed=True)}""",
        {**clock.values, **cohort_values(cohort)},
    )
