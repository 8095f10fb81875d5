"""What a plan backwards rests on: when leads entered a stage, how long they took, and deals won by day."""

from datetime import date

from alignment.domain.cohort import Cohort
from alignment.domain.stage import Stage
from alignment.metrics.deals import Deals
from alignment.metrics.definition_query import Kinds
from alignment.metrics.journeys import (
    Clock,
    cohort_values,
    entered_in,
    journeys,
    reached_day,
    reached_undated,
)
from alignment.metrics.query import Query


def lags(clock: Clock, cohort: Cohort, following: Stage, kinds: Kinds) -> Query:
    """Count the cohort's leads by day of entry and by the days they took to the next stage and to the win.

    Columns: day, next_lag, next_undated, won_lag, won_undated, leads; a lag is null for those that did not
    get there, or not after the entry; undated is 1 for those of whom nobody knows when.
    """
    start, rule = cohort.entered, cohort.path_rule
    columns = ",\n       ".join(
        f"{reached_day(end, rule, start)} - {start}_day as {name}_lag,\n"
        f"       case when {reached_day(end, rule)} is null and ({reached_undated(end, rule)})"
        f" then 1 else 0 end as {name}_undated"
        for name, end in (("next", following), ("won", Stage.WON))
    )
    return Query(
        f"""with {journeys(clock, cohort, kinds)},
took as (
    select {start}_day as day,
       {columns}
    from journeys
    where {entered_in(cohort, is_windowed=True)}
)
select day, next_lag, next_undated, won_lag, won_undated, count(*) as leads
from took
group by day, next_lag, next_undated, won_lag, won_undated""",
        {**clock.values, **cohort_values(cohort)},
    )


def won_deals(deals: Deals, since: date) -> Query:
    """Sum the deals won since a day, by the day they closed.

    Columns: day, deals, leadless (deals of no lead), shared (of several leads), valued (with an amount over
    zero), cents, and squares: the sum of the squared amounts, in units of the currency.
    """
    return Query(
        f"""with {deals.text},
linked as (select deal_id, count(*) as leads from lead_deals group by deal_id)
select v.closed_day as day, count(*) as deals,
       cast(sum(case when k.deal_id is null then 1 else 0 end) as bigint) as leadless,
       cast(sum(case when k.leads > 1 then 1 else 0 end) as bigint) as shared,
       cast(sum(case when v.cents > 0 then 1 else 0 end) as bigint) as valued,
       cast(sum(case when v.cents > 0 then v.cents else 0 end) as bigint) as cents,
       sum(case when v.cents > 0 then (v.cents / 100.0) * (v.cents / 100.0) else 0.0 end) as squares
from valued v
left join linked k on k.deal_id = v.deal_id
where v.outcome = 'won' and v.closed_day >= :since
group by v.closed_day""",
        {**deals.values, "since": since},
    )
