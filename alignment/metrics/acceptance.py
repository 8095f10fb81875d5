"""What sales decided on hand-offs first, and after how much business time."""

from alignment.domain.period import Grain
from alignment.domain.stage import Stage
from alignment.metrics.hand_offs import HandOffs
from alignment.metrics.journeys import group_value
from alignment.metrics.query import Query

FIRST = """case when rejected_at is not null and (accepted_at is null or rejected_at < accepted_at)
                      and not (accepted_at is null and is_accepted_undated = 1) then 'rejected'
                 when accepted_at is not null or is_accepted_undated = 1 then 'accepted'
                 else 'undecided' end"""
"""Of two decisions the first one; an acceptance at an unknown time goes before a rejection."""


def decisions(asked: HandOffs, grain: Grain | None = None) -> Query:
    """Count the hand-offs by their first decision.

    Columns: group_value, decision, hand_offs, sent_back_later, undated, reversed.
    """
    return Query(
        f"""with {asked.text},
decided as (select *, {FIRST} as decision from hand_offs)
select {group_value(Stage.MQL, grain)} as group_value, decision, count(*) as hand_offs,
       count(case when decision = 'accepted' then rejected_at end) as sent_back_later,
       count(case when decision = 'accepted' and accepted_at is null then 1 end) as undated,
       count(case when decided_at < handed_at then 1 end) as reversed
from decided
group by 1, 2""",
        asked.values,
    )


def waits(asked: HandOffs, grain: Grain | None = None) -> Query:
    """Count the hand-offs by the business minutes to the first decision.

    Columns: group_value, is_over, minutes, leads.
    """
    return Query(
        f"""with {asked.text},
decided as (select *, {FIRST} as decision from hand_offs)
select {group_value(Stage.MQL, grain)} as group_value, decision <> 'undecided' as is_over,
       (coalesce(decided_s, now_s) - handed_s) // 60 as minutes, count(*) as leads
from decided
where not (decision = 'accepted' and accepted_at is null) and (decided_at is null or decided_at >= handed_at)
group by 1, 2, 3""",
        asked.values,
    )
