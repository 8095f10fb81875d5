"""Questions about one lead: its row, its touches, its stages, its deals; and which leads to look at."""

from alignment.metrics.journeys import LEAD_DEALS, Clock
from alignment.metrics.query import Query


def one_lead(lead_id: str) -> Query:
    """Return all columns of a lead, in one row; none for an unknown one."""
    return Query("select * from leads where lead_id = :lead_id limit 1", {"lead_id": lead_id})


def leads_named(part: str, most: int) -> Query:
    """List ids that hold the text, whatever its case, the very one first; column: lead_id."""
    return Query(
        f"""select lead_id from leads
where position(lower(:part) in lower(lead_id)) > 0
order by case when lead_id = :part then 0 when lower(lead_id) = lower(:part) then 1 else 2 end, lead_id
limit {most:d}""",
        {"part": part},
    )


def touches_of(lead_id: str, most: int) -> Query:
    """List a lead's touches, oldest first; columns: touched_at, channel, campaign, is_marketing, touches."""
    return Query(
        f"""select touched_at, channel, campaign, is_marketing, count(*) over () as touches
from touches where lead_id = :lead_id and touched_at is not null
order by touched_at limit {most:d}""",
        {"lead_id": lead_id},
    )


def deals_of(lead_id: str) -> Query:
    """List a lead's deals, by whichever column names it, oldest first."""
    return Query(
        f"""with {LEAD_DEALS}
select d.deal_id, d.created_at, d.stage, d.amount, d.currency, d.closed_at, d.is_closed, d.is_won,
       d.expected_close_at, d.lost_reason
from lead_deals x
join deals d on d.deal_id = x.deal_id
where x.lead_id = :lead_id
order by d.created_at nulls last, d.deal_id""",
        {"lead_id": lead_id},
    )


def stages_of(lead_id: str) -> Query:
    """List the stages that a lead and its deals entered; columns: deal_id, stage, entered_at, amount."""
    return Query(
        f"""with {LEAD_DEALS}
select case when h.record_id = :lead_id then null else h.record_id end as deal_id,
       h.stage, h.entered_at, h.amount
from stage_history h
where h.entered_at is not null
  and ((coalesce(h.record_table, 'leads') = 'leads' and h.record_id = :lead_id)
    or (coalesce(h.record_table, 'deals') = 'deals'
        and h.record_id in (select deal_id from lead_deals where lead_id = :lead_id)))
order by h.entered_at""",
        {"lead_id": lead_id},
    )


def leads_at_cutoff(clock: Clock, score: str, cutoff: int) -> Query:
    """Pick the leads just below the cutoff and just above, and the newest; columns: why, lead_id, score.

    `score` is the expression for the score of a lead `l`.
    """
    newest = "created_at desc nulls last, lead_id"
    picks = {
        "below": f"where score < {cutoff:d} order by score desc, {newest}",
        "above": f"where score >= {cutoff:d} order by score, {newest}",
        "newest": f"where created_at is not null order by {newest}",
    }
    parts = "\nunion all\n".join(
        f"select * from (select '{why}' as why, lead_id, score from scored {pick} limit 1) {why}_lead"
        for why, pick in picks.items()
    )
    return Query(
        f"""with scored as (
    select l.lead_id, l.created_at, {score} as score
    from leads l
    where l.created_at is null or l.created_at <= :as_of
)
{parts}""",
        {"as_of": clock.as_of},
    )
