"""What was promised, counted: MQLs by source, and hand-offs by how they were answered."""

from alignment.domain.cohort import Cohort
from alignment.domain.stage import Stage
from alignment.metrics.clock import day_of
from alignment.metrics.definition_query import Kinds
from alignment.metrics.hand_offs import HandOffs
from alignment.metrics.journeys import Clock, cohort_values, entered_in, group_value, journeys
from alignment.metrics.query import Query


def mqls_by(clock: Clock, cohort: Cohort, kinds: Kinds, by: str | None) -> Query:
    """Count the leads that became MQL, by a column of the leads; columns: group_value, mqls."""
    return Query(
        f"""with {journeys(clock, cohort, kinds, by)}
select {group_value(Stage.MQL, None)} as group_value, count(*) as mqls
from journeys
where {entered_in(cohort, is_windowed=True)}
group by 1""",
        {**clock.values, **cohort_values(cohort)},
    )


DECISION = """case when accepted_days <= :days or (rejected_days <= :days and has_reason = 1) then 'decided'
                when accepted_days is null and is_accepted_undated = 1
                then case when age_days <= :days then 'decided' else 'undated' end
                when decided_at < handed_at and accepted_days is null and rejected_days is null
                then 'reversed'
                when rejected_days <= :days then 'unexplained'
                when age_days > :days then 'undecided'
                else 'open' end"""
"""What counts of decisions is dated after the hand-off, and within :days of it by the business's calendar."""
ANSWER = """case when status in ('reversed', 'untold', 'unpromised') then status
                when status = 'pending' then case when decision = 'open' then 'pending' else 'late' end
                when status <> 'met' then case when decision = 'open' then 'late' else 'untouched' end
                when decision = 'open' then 'pending'
                when decision = 'decided' then 'answered'
                else decision end"""


def answers(asked: HandOffs, days: int) -> Query:
    """Count the hand-offs by how they were answered; `days` to decide. Columns: answer, hand_offs."""
    zone = asked.clock.zone
    return Query(
        f"""with {asked.text},
aged as (
    select h.handed_at, h.decided_at, h.is_accepted_undated, h.status,
           case when h.accepted_at >= h.handed_at
                then {day_of("h.accepted_at", zone)} - h.mql_day end as accepted_days,
           case when h.rejected_at >= h.handed_at
                then {day_of("h.rejected_at", zone)} - h.mql_day end as rejected_days,
           case when trim(l.rejection_reason) <> '' then 1 else 0 end as has_reason,
           :today - h.mql_day as age_days
    from hand_offs h
    join leads l on l.lead_id = h.lead_id
),
decided as (select *, {DECISION} as decision from aged)
select {ANSWER} as answer, count(*) as hand_offs
from decided
group by 1""",
        {**asked.values, "days": days},
    )
