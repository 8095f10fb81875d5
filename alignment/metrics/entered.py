"""How many leads entered a stage."""

from alignment.domain.cohort import Cohort
from alignment.metrics.definition_query import Kinds
from alignment.metrics.journeys import Clock, cohort_values, entered_in, journeys
from alignment.metrics.query import Query


def entered(clock: Clock, cohort: Cohort, kinds: Kinds) -> Query:
    """Count the leads of the cohort in one row; column: leads."""
    return Query(
        f"""with {journeys(clock, cohort, kinds)}
select count(*) as leads
from journeys
where {entered_in(cohort, is_windowed=True)}""",
        {**clock.values, **cohort_values(cohort)},
    )
