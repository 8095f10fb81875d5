"""The MQLs of two periods, counted three ways."""

from alignment.domain.judged import Judged
from alignment.domain.period import Period
from alignment.metrics.clock import day_of
from alignment.metrics.definition_query import Kinds
from alignment.metrics.journeys import Clock, one_of_sources, source_values
from alignment.metrics.mql import instant, qualifies
from alignment.metrics.query import Query

WAYS = ("recorded", "as_was", "by_former")
PERIODS = ("before", "now")


def mqls_of_two_periods(
    clock: Clock,
    periods: tuple[Period, Period],
    as_was: Judged,
    former: Judged,
    kinds: Kinds,
    sources: tuple[str | None, ...] = (),
) -> Query:
    """Count the MQLs of each period as recorded, by the versions in force and by the former one.

    One row; columns: recorded_before, recorded_now, as_was_before, as_was_now, by_former_before and
    by_former_now.
    """
    chosen = f" and {one_of_sources('l.source', sources)}" if sources else ""
    counts = ",\n       ".join(_count(way, period) for way in WAYS for period in PERIODS)
    bounds = {
        f"{name}_{end}": day
        for name, period in zip(PERIODS, periods, strict=True)
        for end, day in (("start", period.start), ("end", period.end))
    }
    return Query(
        f"""with judged as (
    select {clock.day("l.mql_at")} as recorded_day,
           {day_of(instant(), clock.zone)} as judged_day,
           case when {qualifies(as_was, clock.zone, kinds)} then 1 else 0 end as is_as_was,
           case when {qualifies(former, clock.zone, kinds)} then 1 else 0 end as is_by_former
    from leads l
    where (l.created_at is null or l.created_at <= :as_of){chosen}
)
select {counts}
from judged""",
        {**clock.values, **bounds, **source_values(sources)},
    )


def _count(way: str, period: str) -> str:
    day = "recorded_day" if way == "recorded" else "judged_day"
    is_one = "" if way == "recorded" else f"is_{way} = 1 and "
    inside = f"{is_one}{day} >= :{period}_start and {day} < :{period}_end"
    return f"cast(coalesce(sum(case when {inside} then 1 else 0 end), 0) as bigint) as {way}_{period}"
