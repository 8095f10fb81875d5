"""Which stages each deal was in, and when, as the history tells."""

from alignment.metrics.journeys import Clock
from alignment.metrics.query import Query


def deal_stages(clock: Clock) -> Query:
    """List the stages that each deal entered, by deal and time.

    Columns: deal_id, days_ago, stage (a number for each name).
    """
    day = clock.day("h.entered_at")
    return Query(
        f"""select h.record_id as deal_id, :today - {day} as days_ago,
       dense_rank() over (order by h.stage) as stage
from stage_history h
where (h.record_table is null or h.record_table = 'deals') and h.stage is not null and {day} is not null
order by h.record_id, h.entered_at, h.stage""",
        clock.values,
    )
