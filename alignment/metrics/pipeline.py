"""The open deals: due in a period, by stage and age, and how many there are."""

from alignment.domain.period import Period
from alignment.metrics.deals import Deals
from alignment.metrics.query import Query


def due(deals: Deals, period: Period) -> Query:
    """Sum the open deals that should close in the period, in one row.

    A deal without an amount counts with what it should bring. Columns: deals, cents, unvalued,
    credits (negative amounts, in no sum), expected_only, overdue, undated.
    """
    return Query(
        f"""with {deals.text},
open_deals as (
    select coalesce(cents, expected_cents) as cents,
           case when cents is null and expected_cents is not null then 1 else 0 end as is_expected_only,
           case when expected_day >= :start and expected_day < :end then 1 else 0 end as is_due,
           case when expected_day < :start then 1 else 0 end as is_overdue,
           case when expected_day is null then 1 else 0 end as is_undated
    from valued
    where outcome = 'open'
)
select cast(coalesce(sum(is_due), 0) as bigint) as deals,
       cast(coalesce(sum(case when cents > 0 then is_due * cents else 0 end), 0) as bigint) as cents,
       cast(coalesce(sum(case when cents is null then is_due else 0 end), 0) as bigint) as unvalued,
       cast(coalesce(sum(case when cents < 0 then is_due else 0 end), 0) as bigint) as credits,
       cast(coalesce(sum(is_due * is_expected_only), 0) as bigint) as expected_only,
       cast(coalesce(sum(is_overdue), 0) as bigint) as overdue,
       cast(coalesce(sum(is_undated), 0) as bigint) as undated
from open_deals""",
        {**deals.values, "start": period.start, "end": period.end},
    )


def open_deals(deals: Deals) -> Query:
    """Count the open deals, in one row: deals."""
    return Query(
        f"with {deals.text}\nselect count(*) as deals from valued where outcome = 'open'", deals.values
    )


def pipeline_age(deals: Deals) -> Query:
    """Sum the open deals by stage and age in days; columns: stage, age, by_history, deals, cents, unvalued.

    The age is that since the deal last entered its present stage where the history tells (`by_history`), else
    since its creation; null where neither is known.
    """
    entered = deals.clock.day("h.entered_at")
    return Query(
        f"""with {deals.text},
entries as (
    select v.deal_id, max({entered}) as entered_day
    from valued v
    join stage_history h on h.record_id = v.deal_id and h.stage = v.stage
    where v.outcome = 'open' and (h.record_table is null or h.record_table = 'deals')
    group by v.deal_id
),
aged as (
    select v.stage, v.cents, :today - coalesce(e.entered_day, v.created_day) as age,
           case when e.entered_day is null then 0 else 1 end as by_history
    from valued v
    left join entries e on e.deal_id = v.deal_id
    where v.outcome = 'open'
)
select stage, age, by_history, count(*) as deals, cast(coalesce(sum(cents), 0) as bigint) as cents,
       cast(sum(case when cents is null then 1 else 0 end) as bigint) as unvalued
from aged
group by stage, age, by_history""",
        deals.values,
    )
