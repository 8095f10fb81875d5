"""What the history tells of each deal's amount: the way from one day's open pipeline to another's."""

from datetime import timedelta

from alignment.domain.period import Period
from alignment.metrics.deals import Deals, cents_of, rate_of
from alignment.metrics.query import Query

_BEFORE = """(case when e.is_start = 1 then s.told_day < :start else s.told_day <= e.opened_day end)"""
_INSIDE = f"""(not {_BEFORE} and
                    case when e.is_closed = 1 then s.told_day <= e.closed_day else s.told_day < :end end)"""


def told(deals: Deals) -> str:
    """Return the CTE `told`, a row an amount that the history tells, as of now.

    Columns: deal_id, entered_at, told_day, stage, cents at the deal's own rate (null for a blank amount).
    Only of deals of which any row tells an amount.
    """
    day = deals.clock.day("h.entered_at")
    return f"""told_rows as (
    select v.deal_id, h.entered_at, h.stage, {day} as told_day, {cents_of("v", "h.amount")} as cents
    from outcomes v
    join stage_history h on h.record_id = v.deal_id and (h.record_table is null or h.record_table = 'deals')
    {rate_of("v")}
    where {day} is not null
),
told as (
    select t.deal_id, t.entered_at, t.stage, t.told_day, t.cents
    from told_rows t
    join (select deal_id from told_rows where cents is not null group by deal_id) a on a.deal_id = t.deal_id
)"""


def told_amounts(deals: Deals) -> Query:
    """List the amounts that the history tells, by deal and time.

    Columns: place (the deal's among the rows of deal_lives), days_ago, cents.
    """
    return Query(
        f"""with {deals.text},
{told(deals)},
places as (
    select deal_id, row_number() over (order by deal_id) - 1 as place
    from valued
    where created_day is not null and (outcome = 'open' or closed_day >= created_day)
)
select p.place, :today - t.told_day as days_ago, t.cents
from told t
join places p on p.deal_id = t.deal_id
order by p.place, t.entered_at, t.stage""",
        deals.values,
    )


def pipeline_bridge(deals: Deals, period: Period) -> Query:
    """Sum, in one row, how the open pipeline of the period's start becomes that of its end or of now.

    Columns, cents each with a `_count` of its deals: start, created, up, down, won, lost, untold (closed,
    nobody says how), not_told (what the amounts of now hold beyond the history), end; and the counts
    unvalued, unhistoried (taken at the amount of now), undated (closed on an unknown day: in no part).
    """
    latest = deals.clock.today
    is_now = "true" if period.last >= latest else "false"
    parts = {
        "start": ("is_start", "in_cents"),
        "created": ("is_created", "in_cents"),
        "up": ("case when up > 0 then 1 else 0 end", "up"),
        "down": ("case when down > 0 then 1 else 0 end", "down"),
        "won": ("is_closed * is_won", "final_cents"),
        "lost": ("is_closed * is_lost", "final_cents"),
        "untold": ("is_closed * (1 - is_won - is_lost)", "final_cents"),
        "not_told": ("case when out_cents <> last_cents then 1 else 0 end", "out_cents - last_cents"),
        "end": ("1 - is_closed", "out_cents"),
    }
    sums = ",\n       ".join(
        f"cast(coalesce(sum(({flag}) * ({cents})), 0) as bigint) as {name}_cents,"
        f" cast(coalesce(sum({flag}), 0) as bigint) as {name}_count"
        for name, (flag, cents) in parts.items()
    )
    return Query(
        f"""with {deals.text},
{told(deals)},
steps as (
    select deal_id, told_day, coalesce(cents, 0) as cents,
           coalesce(cents, 0) - coalesce(lag(coalesce(cents, 0)) over (
               partition by deal_id order by entered_at, stage, cents), coalesce(cents, 0)) as step,
           row_number() over (partition by deal_id order by entered_at, stage, cents) as place
    from told
),
lives as (
    select deal_id, outcome, cents, coalesce(cents, 0) as final_cents,
           least(created_day, case when outcome <> 'open' then closed_day end) as opened_day,
           case when outcome <> 'open' then closed_day end as closed_day
    from valued
),
entries as (
    select deal_id, cents, final_cents, opened_day, closed_day,
           case when outcome = 'won' then 1 else 0 end as is_won,
           case when outcome = 'lost' then 1 else 0 end as is_lost,
           case when opened_day >= :start then 0 else 1 end as is_start,
           case when opened_day >= :start then 1 else 0 end as is_created,
           case when closed_day < :end then 1 else 0 end as is_closed
    from lives
    where (opened_day is null or opened_day < :end) and (closed_day is null or closed_day >= :start)
      and (outcome = 'open' or closed_day is not null)
),
moves as (
    select e.deal_id, count(s.deal_id) as told_rows,
           coalesce(sum(case when s.place = 1 then s.cents else 0 end), 0) as first_cents,
           coalesce(sum(case when {_BEFORE} then s.step else 0 end), 0) as before_cents,
           coalesce(sum(case when {_INSIDE} and s.step > 0 then s.step else 0 end), 0) as up,
           coalesce(sum(case when {_INSIDE} and s.step < 0 then -s.step else 0 end), 0) as down
    from entries e
    left join steps s on s.deal_id = e.deal_id
    group by e.deal_id
),
ways as (
    select e.*, m.up, m.down, case when m.told_rows = 0 then 1 else 0 end as is_unhistoried,
           case when m.told_rows = 0 then e.final_cents else m.first_cents + m.before_cents end as in_cents,
           case when m.told_rows = 0 then e.final_cents
                else m.first_cents + m.before_cents + m.up - m.down end as last_cents
    from entries e
    join moves m on m.deal_id = e.deal_id
),
parts as (
    select *, case when is_closed = 1 or {is_now} then final_cents else last_cents end as out_cents from ways
)
select {sums},
       cast(coalesce(sum(case when cents is null then 1 else 0 end), 0) as bigint) as unvalued,
       cast(coalesce(sum(is_unhistoried), 0) as bigint) as unhistoried,
       (select count(*) from lives where outcome <> 'open' and closed_day is null) as undated
from parts""",
        {**deals.values, "start": period.start, "end": min(period.end, latest + timedelta(days=1))},
    )
