"""The deals won with their milestones, and every touch of their leads: what attribution is shared by."""

from alignment.domain.period import Period
from alignment.metrics.deals import Deals
from alignment.metrics.query import Bound, Query

GROUPS = {"source": "l.source", "campaign": "t.campaign", "channel": "t.channel"}
"""What touches are grouped by, and where it stands; a touch has the source of the lead touched."""


def won_deals(deals: Deals, period: Period | None) -> Query:
    """List the deals won in the period; instants are naive UTC.

    Columns: deal_id, cents (null without amount or rate), created_at, closed_at, lead_at (creation of the
    first of its leads).
    """
    return Query(
        f"""with {_won(deals, period)},
moments as (
    select deal_id, min(created_at) as created_at, min(closed_at) as closed_at from deals group by deal_id
),
first_leads as (
    select x.deal_id, min(l.created_at) as lead_at
    from lead_deals x join leads l on l.lead_id = x.lead_id
    group by x.deal_id
)
select w.deal_id, w.cents, m.created_at, m.closed_at, f.lead_at
from won w
left join moments m on m.deal_id = w.deal_id
left join first_leads f on f.deal_id = w.deal_id
order by w.deal_id""",
        {**deals.values, **_days(period)},
    )


def touches(deals: Deals, period: Period | None, by: str) -> Query:
    """List the touches of all leads of those deals, oldest first; a touch of two deals' lead stands in both.

    Columns: deal_id, touched_at (naive UTC), group_value, is_marketing. Touches of one instant stand in the
    order of what they say, so that every engine lists them alike.
    """
    return Query(
        f"""with {_won(deals, period)}
select x.deal_id, t.touched_at, {GROUPS[by]} as group_value, t.is_marketing
from lead_deals x
join won w on w.deal_id = x.deal_id
join touches t on t.lead_id = x.lead_id
left join leads l on l.lead_id = t.lead_id
order by x.deal_id, t.touched_at nulls last, {GROUPS[by]} nulls last, t.lead_id""",
        {**deals.values, **_days(period)},
    )


def _won(deals: Deals, period: Period | None) -> str:
    closed = " and closed_day >= :start and closed_day < :end" if period else ""
    return f"""{deals.text},
won as (
    select deal_id, cents from valued where outcome = 'won'{closed}
)"""


def _days(period: Period | None) -> dict[str, Bound]:
    return {"start": period.start, "end": period.end} if period else {}
