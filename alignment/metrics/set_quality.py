"""Hand-offs that came back, by month, source and reason, and which criteria they met."""

from collections.abc import Sequence

from alignment.domain.definition import Criterion
from alignment.domain.period import Grain
from alignment.metrics.clock import bucket_of
from alignment.metrics.definition_query import meets_expression
from alignment.metrics.hand_offs import HandOffs
from alignment.metrics.query import Query

IS_SUCCESS = (
    "(sql_day is not null or opportunity_day is not null or won_day is not null or is_accepted_undated = 1)"
)


def failed(asked: HandOffs) -> Query:
    """Count the hand-offs that came back and reached nothing; columns: month, source, reason, leads."""
    return Query(
        f"""with {asked.handed}
select {bucket_of("h.mql_day", Grain.MONTH)} as month, l.source as source, l.rejection_reason as reason,
       count(*) as leads
from handed h join leads l on l.lead_id = h.lead_id
where h.rejected_at is not null and not {IS_SUCCESS}
group by 1, 2, 3""",
        asked.values,
    )


def criteria_missed(asked: HandOffs, criteria: Sequence[Criterion]) -> Query:
    """Count, of failures by reason and of successes, those that each criterion would have kept back.

    A criterion that gives points keeps back who doesn't meet it, one that takes some who does. Columns:
    is_success (1 or 0), reason, leads, kept_0, kept_1 and so on.
    """
    kept = "".join(
        f",\n       cast(sum(case when {_met(criterion, asked)} then {int(criterion.points < 0)}"
        f" else {int(criterion.points >= 0)} end) as bigint) as kept_{place}"
        for place, criterion in enumerate(criteria)
    )
    return Query(
        f"""with {asked.handed},
told as (
    select *, case when {IS_SUCCESS} then 1 else 0 end as is_success from handed
)
select h.is_success, case when h.is_success = 0 then l.rejection_reason end as reason,
       count(*) as leads{kept}
from told h join leads l on l.lead_id = h.lead_id
where h.is_success = 1 or h.rejected_at is not null
group by 1, 2""",
        asked.values,
    )


def hand_offs(asked: HandOffs) -> Query:
    """Count the hand-offs; column: leads."""
    return Query(f"with {asked.handed}\nselect count(*) as leads from handed", asked.values)


def _met(criterion: Criterion, asked: HandOffs) -> str:
    return meets_expression(criterion, "l", asked.kinds)
