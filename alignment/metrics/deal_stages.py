"""Which stages each deal was in, and when, as the history tells."""

from alignment.metrics.deals import Deals
from alignment.metrics.query import Query

PLACES = """places as (
    select deal_id, created_day, row_number() over (order by deal_id) - 1 as place
    from valued
    where created_day is not null and (outcome = 'open' or closed_day >= created_day)
)"""
"""The deals of `deal_lives`, each with its place among its rows."""


def deal_stages(deals: Deals) -> Query:
    """List the stages that each deal entered, by deal and time.

    Columns: place (the deal's among the rows of deal_lives), entered (days since its creation), stage (a
    number for each name).
    """
    day = deals.clock.day("h.entered_at")
    return Query(
        f"""with {deals.text},
{PLACES}
select p.place, {day} - p.created_day as entered, dense_rank() over (order by h.stage) as stage
from stage_history h
join places p on p.deal_id = h.record_id
where (h.record_table is null or h.record_table = 'deals') and h.stage is not null
  and {day} is not null and {day} >= p.created_day
order by p.place, h.entered_at, h.stage""",
        deals.values,
    )
