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


def pipeline(deals: Deals) -> Query:
    """Sum the open deals by the stage they stood in; columns: stage, deals, cents, unvalued."""
    return Query(
        f"""with {_standing(deals)}
select stage, count(*) as deals, cast(coalesce(sum(cents), 0) as bigint) as cents,
       cast(sum(case when cents is null then 1 else 0 end) as bigint) as unvalued
from standing
group by stage""",
        deals.values,
    )


def pipeline_age(deals: Deals) -> Query:
    """Sum the open deals by stage and age in days; columns: stage, age, by_history, deals, cents, unvalued.

    The age is that since the deal last entered its stage where the history tells (`by_history`), else since
    its creation; null where neither is known.
    """
    return Query(
        f"""with {_standing(deals)},
entries as (
    select s.deal_id, max(m.entered_day) as entered_day
    from standing s
    join moves m on m.deal_id = s.deal_id and m.stage = s.stage
    group by s.deal_id
),
aged as (
    select s.stage, s.cents, :today - coalesce(e.entered_day, s.created_day) as age,
           case when e.entered_day is null then 0 else 1 end as by_history
    from standing s
    left join entries e on e.deal_id = s.deal_id
)
select stage, age, by_history, count(*) as deals, cast(coalesce(sum(cents), 0) as bigint) as cents,
       cast(sum(case when cents is null then 1 else 0 end) as bigint) as unvalued
from aged
group by stage, age, by_history""",
        deals.values,
    )


def _standing(deals: Deals) -> str:
    """Return the CTEs up to `standing`, a row an open deal: deal_id, stage, cents, created_day.

    The deals tell their present stage. Of one that moves on or ends after the as-of, that is the future: its
    stage is the last that the history knows by then, where it knows one.
    """
    entered = deals.clock.day("h.entered_at")
    return f"""{deals.text},
moves as (
    select h.record_id as deal_id, h.stage, {entered} as entered_day,
           case when {entered} is null then 1 else 0 end as is_later,
           row_number() over (
               partition by h.record_id, case when {entered} is null then 1 else 0 end
               order by h.entered_at desc) as place
    from stage_history h
    where h.entered_at is not null and (h.record_table is null or h.record_table = 'deals')
),
stood as (
    select deal_id, max(case when is_later = 0 and place = 1 then stage end) as stage,
           max(is_later) as moves_on
    from moves
    group by deal_id
),
standing as (
    select v.deal_id, v.cents, v.created_day,
           case when s.stage is not null and (s.moves_on = 1 or v.closes_later = 1) then s.stage
                else v.stage end as stage
    from valued v
    left join stood s on s.deal_id = v.deal_id
    where v.outcome = 'open'
)"""
