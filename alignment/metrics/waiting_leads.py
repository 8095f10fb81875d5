"""Two lists that a meeting wants empty: hand-offs untouched for too long, and leads tried too few times."""

from alignment.domain.business_hours import HOUR
from alignment.metrics.hand_offs import HandOffs
from alignment.metrics.query import Query


def untouched(asked: HandOffs, hours: int) -> Query:
    """List the hand-offs that nobody has touched or decided on for so many hours, who waits longest first.

    Columns: lead_id, source, handed_day, hours_waited (of any kind).
    """
    waited = "cast(extract(epoch from cast(:as_of as timestamp) - h.handed_at) as bigint)"
    return Query(
        f"""with {asked.handed}
select h.lead_id, l.source, h.mql_day as handed_day, {waited} // {HOUR} as hours_waited
from handed h join leads l on l.lead_id = h.lead_id
where h.touched_at is null and h.is_decided = 0 and not coalesce(l.in_nurture, false)
  and {waited} > :hours * {HOUR}
order by h.handed_at, h.lead_id""",
        {**asked.values, "hours": hours},
    )


def few_attempts(asked: HandOffs, days: int, attempts: int) -> Query:
    """List the leads in cycle for so many days with fewer attempts of sales, who is in it longest first.

    In cycle: handed off, not sent back, no SQL, no deal, not in nurture. Columns: lead_id, source,
    handed_day, days_in_cycle, attempts.
    """
    return Query(
        f"""with {asked.handed},
tried as (
    select h.lead_id, count(t.touched_at) as attempts
    from handed h
    left join touches t on t.lead_id = h.lead_id and not t.is_marketing
         and t.touched_at >= h.handed_at and t.touched_at <= :as_of
    group by h.lead_id
)
select h.lead_id, l.source, h.mql_day as handed_day, :today - h.mql_day as days_in_cycle, t.attempts
from handed h
join tried t on t.lead_id = h.lead_id
join leads l on l.lead_id = h.lead_id
where coalesce(h.sql_day, h.opportunity_day, h.won_day) is null and h.opportunity_undated = 0
  and h.won_undated = 0 and (l.rejected_at is null or l.rejected_at > :as_of)
  and not coalesce(l.in_nurture, false)
  and :today - h.mql_day >= :days and t.attempts < :attempts
order by h.mql_day, h.lead_id""",
        {**asked.values, "days": days, "attempts": attempts},
    )
