"""How hand-offs were followed up: their standing with the SLA, their waits, and of which kind they are."""

from collections.abc import Sequence

from alignment.domain.period import Grain
from alignment.domain.stage import PathRule, Stage
from alignment.metrics.hand_offs import HandOffs
from alignment.metrics.journeys import group_value, reached_day, reached_undated
from alignment.metrics.query import Query

_TOUCHED = "touched_at is not null"
_TOUCHED_OR_NOW = "coalesce(touched_at, cast(:as_of as timestamp))"
_TIMED = "status not in ('reversed', 'untold')"
MEASURES = {
    "speed": (_TIMED, _TOUCHED, "(coalesce(touched_s, now_s) - handed_s) // 60"),
    "elapsed": (
        _TIMED,
        _TOUCHED,
        f"cast(extract(epoch from {_TOUCHED_OR_NOW} - handed_at) as bigint) // 60",
    ),
    "system": (
        f"{_TIMED} and (assigned_at is not null or touched_at is null)",
        "assigned_at is not null",
        "(coalesce(assigned_s, now_s) - handed_s) // 60",
    ),
    "human": (
        f"{_TIMED} and assigned_at is not null and (touched_at is null or touched_at >= assigned_at)",
        _TOUCHED,
        "(coalesce(touched_s, now_s) - assigned_s) // 60",
    ),
}
"""What is timed: of which hand-offs, when it is over, and the minutes so far."""


def statuses(asked: HandOffs, grain: Grain | None = None) -> Query:
    """Count the hand-offs by their standing with the SLA; columns: group_value, status, hand_offs."""
    return Query(
        f"""with {asked.text}
select {group_value(Stage.MQL, grain)} as group_value, status, count(*) as hand_offs
from hand_offs
group by 1, 2""",
        asked.values,
    )


def waits(asked: HandOffs, measures: Sequence[str], grain: Grain | None = None) -> Query:
    """Count the hand-offs by the minutes that they waited.

    Columns: measure, group_value, is_over, minutes, leads.
    """
    each = "\nunion all\n".join(_wait(measure, group_value(Stage.MQL, grain)) for measure in measures)
    return Query(f"with {asked.text}\n{each}", asked.values)


def _wait(measure: str, group: str) -> str:
    where, is_over, minutes = MEASURES[measure]
    return f"""select '{measure}' as measure, {group} as group_value, {is_over} as is_over,
       {minutes} as minutes, count(*) as leads
from hand_offs where {where} group by 2, 3, 4"""


def kinds_followed_up(asked: HandOffs) -> Query:
    """Count the hand-offs of each kind; columns: group_value, followed_up, not_followed_up, not_due."""
    followed_up = "touched_at is not null or is_decided = 1"
    return Query(
        f"""with {asked.text}
select by_value as group_value,
       cast(sum(case when {followed_up} then 1 else 0 end) as bigint) as followed_up,
       cast(sum(case when {followed_up} then 0 else 1 end) as bigint) as not_followed_up,
       cast(sum(case when status = 'pending' then 1 else 0 end) as bigint) as not_due
from hand_offs
group by by_value""",
        asked.values,
    )


def kinds_qualified(asked: HandOffs, window: int) -> Query:
    """Count, of each kind, the followed-up hand-offs old enough, and those that became SQL within the window.

    Columns: group_value, qualified, judged.
    """
    reached = reached_day(Stage.SQL, PathRule.REACHED, Stage.MQL)
    untold = (
        f"{reached_day(Stage.SQL, PathRule.REACHED)} is null"
        f" and ({reached_undated(Stage.SQL, PathRule.REACHED)})"
    )
    return Query(
        f"""with {asked.handed}
select by_value as group_value,
       cast(sum(case when {reached} - mql_day <= :window then 1 else 0 end) as bigint) as qualified,
       count(*) as judged
from handed
where (touched_at is not null or is_decided = 1) and :today - mql_day >= :window and not ({untold})
group by by_value""",
        {**asked.values, "window": window},
    )
