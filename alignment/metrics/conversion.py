"""How far the leads of a cohort got, and how long they took."""

from alignment.domain.cohort import Cohort
from alignment.domain.period import Grain
from alignment.domain.stage import PATH, PathRule, Stage
from alignment.metrics.journeys import (
    Clock,
    cohort_values,
    entered_in,
    group_value,
    journeys,
    reached_day,
    reached_undated,
)
from alignment.metrics.query import Bound, Query

UNDATED = (Stage.OPPORTUNITY, Stage.WON)
NEXT_COLUMN = ",\n       "


def conversion(
    clock: Clock,
    cohort: Cohort,
    end: Stage,
    window: int | None,
    by: str | None = None,
    grain: Grain | None = None,
) -> Query:
    """Count, a row a group, the leads of the cohort that reached `end` within `window` days (None: ever).

    Columns: group_value, numerator, denominator, too_young, undated, reversed, implied.
    """
    start, rule = cohort.entered, cohort.path_rule
    within, young = _limits(window)
    reached, undated = reached_day(end, rule), reached_undated(end, rule)
    return Query(
        f"""with {journeys(clock, cohort, by)},
lags as (
    select {group_value(start, grain)} as group_value,
           :today - {start}_day as age,
           {reached_day(end, rule, start)} - {start}_day as lag,
           case when {reached} is not null or {undated} then 1 else 0 end as is_reached,
           case when {reached} is null and ({undated}) then 1 else 0 end as is_undated,
           case when {end}_day < {start}_day then 1 else 0 end as is_reversed,
           case when {end}_day is null then 1 else 0 end as is_implied
    from journeys
    where {entered_in(cohort, is_windowed=window is not None)}
),
judged as (
    select *, case when {young} then 1 else 0 end as is_young,
           case when {within} then 1 else 0 end as is_converted
    from lags
)
select group_value,
       cast(sum(is_converted * (1 - is_young)) as bigint) as numerator,
       cast(sum(1 - is_young) as bigint) as mature,
       cast(sum(is_young) as bigint) as too_young,
       cast(sum(is_undated * (1 - is_young)) as bigint) as undated,
       cast(sum(is_reversed) as bigint) as reversed,
       cast(sum(is_converted * (1 - is_young) * is_implied) as bigint) as implied
from judged
group by group_value""",
        _values(clock, cohort, window),
    )


def leads_by_stage(clock: Clock, cohort: Cohort, window: int | None) -> Query:
    """Count, in one row, the cohort's mature leads that reached each stage within the window.

    A later stage implies the earlier ones.

    Columns: one a stage from the entered one on, `<stage>_implied` for leads that skipped it, too_young, and
    undated: leads that got further at an unknown time, which a window can't judge.
    """
    start, later = cohort.entered, cohort.entered.onwards[1:]
    _, young = _limits(window)
    took = [f"{reached_day(stage, PathRule.REACHED, start)} - {start}_day as {stage}_lag" for stage in later]
    undated = " or ".join(
        f"({stage}_undated = 1 and {reached_day(stage, PathRule.REACHED)} is null)" for stage in UNDATED
    )
    out = f"{young} or is_undated = 1" if window is not None else young
    counts = [count for stage in later for count in _counts(stage, window)]
    return Query(
        f"""with {journeys(clock, cohort)},
took as (
    select *, :today - {start}_day as age,
           {NEXT_COLUMN.join(took)},
           case when {undated} then 1 else 0 end as is_undated
    from journeys
    where {entered_in(cohort, is_windowed=window is not None)}
),
judged as (
    select *, case when {young} then 1 else 0 end as is_young,
           case when {out} then 0 else 1 end as is_counted
    from took
)
select coalesce(sum(is_counted), 0) as {start},
       {NEXT_COLUMN.join(counts)},
       coalesce(sum(is_young), 0) as too_young,
       coalesce(sum(is_undated * (1 - is_young)), 0) as undated
from judged""",
        _values(clock, cohort, window),
    )


def _counts(stage: Stage, window: int | None) -> tuple[str, str]:
    reached = f"{stage}_lag <= :window"
    if window is None:
        rule = PathRule.REACHED
        reached = f"{reached_day(stage, rule)} is not null or {reached_undated(stage, rule)}"
    skipped = f"{stage}_day is null and ({reached})"
    return (
        f"coalesce(sum(case when {reached} then is_counted else 0 end), 0) as {stage}",
        f"coalesce(sum(case when {skipped} then is_counted else 0 end), 0) as {stage}_implied",
    )


def _limits(window: int | None) -> tuple[str, str]:
    """Return the conditions for having converted and for being too young to judge."""
    return (
        ("lag >= 0 and lag <= :window", "age < :window")
        if window is not None
        else ("is_reached = 1", "false")
    )


def _values(clock: Clock, cohort: Cohort, window: int | None) -> dict[str, Bound]:
    return {**clock.values, **cohort_values(cohort), **({} if window is None else {"window": window})}


def days_taken(clock: Clock, cohort: Cohort, end: Stage) -> Query:
    """Count the cohort's leads by the days they took to `end`, reversed ones apart; columns: days, leads."""
    reached, day = reached_day(end, cohort.path_rule, cohort.entered), f"{cohort.entered}_day"
    return Query(
        f"""with {journeys(clock, cohort)}
select {reached} - {day} as days, count(*) as leads
from journeys
where {entered_in(cohort, is_windowed=True)} and {reached} - {day} >= 0
group by {reached} - {day}""",
        {**clock.values, **cohort_values(cohort)},
    )


def lead_rows(clock: Clock, cohort: Cohort, by: str | None = None) -> Query:
    """List the leads of the cohort with the day of each stage, newest first."""
    days = ", ".join(f"{stage}_day" for stage in (*PATH, Stage.MEETING))
    shown = "by_value, " if by else ""
    return Query(
        f"""with {journeys(clock, cohort, by)}
select lead_id, {shown}{days}
from journeys
where {entered_in(cohort, is_windowed=False)}
order by {cohort.entered}_day desc nulls last, lead_id""",
        {**clock.values, **cohort_values(cohort)},
    )


def source_counts(clock: Clock) -> Query:
    """Count the leads of each source, the most frequent first; columns: source, leads."""
    return Query(
        "select source, count(*) as leads from leads where created_at is null or created_at <= :as_of"
        " group by source order by leads desc, source nulls last",
        clock.values,
    )
