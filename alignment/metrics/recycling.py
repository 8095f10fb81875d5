"""Leads that sales sent back after their hand-off, and what happened to them since.

The leads' own dates are those of the first journey; the history of stages has the later ones. However often
somebody comes again, a person counts once, by the first time. A later step implies the earlier ones.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from alignment.domain.recycling import Again
from alignment.metrics.hand_offs import HandOffs
from alignment.metrics.journeys import Clock, is_of_its_lead
from alignment.metrics.query import Bound, Query

TOLD_BY = {Again.ACCEPTED: "sal_at", Again.SQL: "sql_at"}
"""The date of a lead that tells a step of its first journey."""


@dataclass(frozen=True)
class SentBack:
    """The hand-offs that were sent back; `names` are those that the history of stages has for a step."""

    asked: HandOffs
    names: Mapping[Again, tuple[str, ...]] = field(default_factory=dict)

    @property
    def values(self) -> Mapping[str, Bound]:
        """Return the values that the CTEs bind."""
        named = {
            f"{step}_{place}": name for step, names in self.names.items() for place, name in enumerate(names)
        }
        return {**self.asked.values, **named}

    @property
    def text(self) -> str:
        """Return the CTEs up to `again`: a row a lead, with the day that it first came so far since."""
        clock = self.asked.clock
        since = [f"least({', '.join(INSTANTS[place:])})" for place in range(3)]
        back_day, *days = map(clock.day, ("s.rejected_at", *since, "s.won_at"))
        told = ", ".join(f"{day} as {step}_day" for step, day in zip(Again, days, strict=True))
        return f"""{self.asked.handed},
{deals_since(clock)},
sent_back as ({SENT_BACK}
),
called as ({CALLED}
),
entered as (
    select h.record_id as lead_id, {self._entered(Again.ACCEPTED)} as accepted_at,
           {self._entered(Again.SQL)} as sql_at
    from stage_history h
    join sent_back s on s.lead_id = h.record_id
    where coalesce(h.record_table, 'leads') = 'leads' and h.entered_at > s.rejected_at
      and h.entered_at <= :as_of
    group by h.record_id
),
again as (
    select s.lead_id, s.mql_day, s.source, s.reason, s.is_reversed, {back_day} as back_day, {told}
    from sent_back s
    left join called c on c.lead_id = s.lead_id
    left join entered e on e.lead_id = s.lead_id
)"""

    def _entered(self, step: Again) -> str:
        names = ", ".join(f":{step}_{place}" for place, _ in enumerate(self.names.get(step, ())))
        return f"min(case when {f'h.stage in ({names})' if names else 'false'} then h.entered_at end)"


def _since(instant: str) -> str:
    return f"case when {instant} > h.rejected_at and {instant} <= :as_of then {instant} end"


def deals_since(clock: Clock) -> str:
    """Return the CTE of the first deal, and the first win, that came after a lead was sent back."""
    return f"""deals_since as (
    select h.lead_id, min({_since("d.created_at")}) as opportunity_at,
           min(case when d.is_won then {_since("d.closed_at")} end) as won_at
    from handed h
    join lead_deals x on x.lead_id = h.lead_id
    join leads l on l.lead_id = h.lead_id
    join deals d on d.deal_id = x.deal_id and {is_of_its_lead(clock)}
    where h.rejected_at is not null
    group by h.lead_id
)"""


INSTANTS = ("c.touched_at", "s.accepted_at, e.accepted_at", "s.sql_at, e.sql_at, s.won_at")
SENT_BACK = f"""
    select h.lead_id, h.mql_day, h.rejected_at, l.source, l.rejection_reason as reason,
           case when h.rejected_at < h.handed_at then 1 else 0 end as is_reversed,
           {_since("l.sal_at")} as accepted_at,
           least({_since("l.sql_at")}, {_since("l.converted_at")}, d.opportunity_at) as sql_at,
           d.won_at
    from handed h
    join leads l on l.lead_id = h.lead_id
    left join deals_since d on d.lead_id = h.lead_id
    where h.rejected_at is not null"""
CALLED = """
    select t.lead_id, min(t.touched_at) as touched_at
    from touches t
    join sent_back s on s.lead_id = t.lead_id
    where not t.is_marketing and t.touched_at > s.rejected_at and t.touched_at <= :as_of
    group by t.lead_id"""


def stage_names() -> Query:
    """Count, for each stage of the leads' history, who entered it at the very date of a step.

    Columns: stage, leads, accepted, sql.
    """
    counted = ",\n       ".join(
        f"count(distinct case when h.entered_at = l.{column} then l.lead_id end) as {step}"
        for step, column in TOLD_BY.items()
    )
    return Query(
        f"""select h.stage, count(distinct l.lead_id) as leads,
       {counted}
from stage_history h join leads l on l.lead_id = h.record_id
where coalesce(h.record_table, 'leads') = 'leads' and h.stage is not null
group by h.stage"""
    )


def came_again(back: SentBack, window: int) -> Query:
    """Count the leads sent back by the days until each step was reached, in one pass.

    Columns: reason, is_reversed (sent back before the hand-off), is_old (sent back a window
    ago), touched, accepted, sql, won (days, null: not reached), leads. Flags are 1 or 0.
    """
    days = ", ".join(f"{step}_day - back_day as {step}" for step in Again)
    return Query(
        f"""with {back.text}
select reason, is_reversed, case when :today - back_day >= :window then 1 else 0 end as is_old,
       {days}, count(*) as leads
from again
group by 1, 2, 3, 4, 5, 6, 7""",
        {**back.values, "window": window},
    )


def sent_back(back: SentBack) -> Query:
    """List the leads that were sent back and have not come again, who was sent back last first.

    Columns: lead_id, source, reason, handed_day, back_day.
    """
    return Query(
        f"""with {back.text}
select lead_id, source, reason, mql_day as handed_day, back_day
from again
where touched_day is null and is_reversed = 0
order by back_day desc, lead_id""",
        back.values,
    )
