"""The leads that entered a stage, month by month."""

from alignment.domain.cohort import Cohort
from alignment.domain.period import Grain
from alignment.metrics.clock import bucket_of
from alignment.metrics.definition_query import Kinds
from alignment.metrics.journeys import Clock, cohort_values, entered_in, journeys
from alignment.metrics.query import Query


def leads_by_month(clock: Clock, cohort: Cohort, kinds: Kinds, elapsed_days: int) -> Query:
    """Count the leads of the cohort by the month of their entry; columns: month, leads, by_then.

    `by_then` are those of the month's first `elapsed_days`.
    """
    day, values = f"{cohort.entered}_day", {**clock.values, **cohort_values(cohort)}
    return Query(
        f"""with {journeys(clock, cohort, kinds)}
select {bucket_of(day, Grain.MONTH)} as month, count(*) as leads,
       cast(sum(case when extract(day from {day}) <= :elapsed_days then 1 else 0 end) as bigint) as by_then
from journeys
where {entered_in(cohort, is_windowed=True)}
group by {bucket_of(day, Grain.MONTH)}""",
        {**values, "elapsed_days": elapsed_days},
    )
