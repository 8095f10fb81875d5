"""Won revenue, win rate, cycle and pipeline: revenue is summed over deals, never over a join."""

from dataclasses import replace

from alignment.domain.period import Grain, Period
from alignment.metrics.clock import bucket_of
from alignment.metrics.deals import Deals
from alignment.metrics.query import Bound, Query

REVENUE_COLUMNS = (
    "won_cents",
    "won_count",
    "lost_count",
    "won_value_count",
    "lost_cents",
    "lost_value_count",
    "lost_unvalued",
    "unvalued",
    "zero",
    "credit_cents",
    "credits",
)


def revenue(deals: Deals, period: Period | None, grain: Grain | None = None) -> Query:
    """Sum the deals closed in the period, a row a group.

    Columns: group_value, won_cents, won_count, lost_count, won_value_count (deals with an amount over zero),
    lost_cents, lost_value_count, lost_unvalued, unvalued, zero, credit_cents, credits.
    """
    group = bucket_of("closed_day", grain) if grain else "by_value"
    return Query(
        f"""with {deals.text}
select {group} as group_value,
       cast(sum(case when outcome = 'won' and cents > 0 then cents else 0 end) as bigint) as won_cents,
       cast(sum(case when outcome = 'won' then 1 else 0 end) as bigint) as won_count,
       cast(sum(case when outcome = 'lost' then 1 else 0 end) as bigint) as lost_count,
       cast(sum(case when outcome = 'won' and cents > 0 then 1 else 0 end) as bigint) as won_value_count,
       cast(sum(case when outcome = 'lost' and cents > 0 then cents else 0 end) as bigint) as lost_cents,
       cast(sum(case when outcome = 'lost' and cents > 0 then 1 else 0 end) as bigint) as lost_value_count,
       cast(sum(case when outcome = 'lost' and cents is null then 1 else 0 end) as bigint) as lost_unvalued,
       cast(sum(case when outcome = 'won' and cents is null then 1 else 0 end) as bigint) as unvalued,
       cast(sum(case when outcome = 'won' and cents = 0 then 1 else 0 end) as bigint) as zero,
       cast(sum(case when outcome = 'won' and cents < 0 then cents else 0 end) as bigint) as credit_cents,
       cast(sum(case when outcome = 'won' and cents < 0 then 1 else 0 end) as bigint) as credits
from valued
where outcome in ('won', 'lost'){_closed_in(period, grain)}
group by {group}""",
        {**deals.values, **_period_values(period)},
    )


def cycle_days(deals: Deals, period: Period | None, grain: Grain | None = None) -> Query:
    """Count won deals by the days from creation to close; columns: group_value, days, deals."""
    group = bucket_of("closed_day", grain) if grain else "by_value"
    return Query(
        f"""with {deals.text}
select {group} as group_value, closed_day - created_day as days, count(*) as deals
from valued
where outcome = 'won' and closed_day >= created_day{_closed_in(period, grain)}
group by {group}, closed_day - created_day""",
        {**deals.values, **_period_values(period)},
    )


def lost_deals(deals: Deals) -> Query:
    """Count the lost deals of all time and all origins; a load without any can't tell a win rate."""
    everywhere = replace(deals, sources=(), by=None)
    return Query(
        f"with {everywhere.text}\nselect count(*) as deals from valued where outcome = 'lost'",
        everywhere.values,
    )


def loose_ends(deals: Deals) -> Query:
    """Count the deals that no period or rate can hold; columns: won_undated, untold (won or lost)."""
    return Query(
        f"""with {deals.text}
select coalesce(sum(case when outcome = 'won' and closed_day is null then 1 else 0 end), 0) as won_undated,
       coalesce(sum(case when outcome = 'untold' then 1 else 0 end), 0) as untold
from valued""",
        deals.values,
    )


def deal_lives(deals: Deals) -> Query:
    """List each deal's life; columns: deal_id, outcome, age (days since creation), life (to close), cents."""
    return Query(
        f"""with {deals.text}
select deal_id, outcome, :today - created_day as age, closed_day - created_day as life, cents
from valued
where created_day is not null and (outcome = 'open' or closed_day >= created_day)
order by deal_id""",
        deals.values,
    )


def won_by_day(deals: Deals) -> Query:
    """Sum what was won by day; columns: days_ago, cents (amounts over zero, as won revenue counts them)."""
    return Query(
        f"""with {deals.text}
select :today - closed_day as days_ago, cast(sum(cents) as bigint) as cents
from valued
where outcome = 'won' and cents > 0 and closed_day is not null
group by closed_day""",
        deals.values,
    )


def deal_rows(deals: Deals, period: Period | None, outcomes: tuple[str, ...] = ("won", "lost")) -> Query:
    """List the deals closed in the period (or the open ones), newest first."""
    named = ", ".join(f"'{outcome}'" for outcome in outcomes)
    return Query(
        f"""with {deals.text}
select deal_id, outcome, stage, source, created_day, closed_day, expected_day, cents / 100.0 as amount
from valued
where outcome in ({named}){_closed_in(period, None) if "open" not in outcomes else ""}
order by coalesce(closed_day, expected_day, created_day) desc nulls last, deal_id""",
        {**deals.values, **_period_values(period)},
    )


def _closed_in(period: Period | None, grain: Grain | None) -> str:
    if period:
        return " and closed_day >= :start and closed_day < :end"
    return " and closed_day is not null" if grain else ""


def _period_values(period: Period | None) -> dict[str, Bound]:
    return {"start": period.start, "end": period.end} if period else {}
