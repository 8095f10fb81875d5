"""How far the leads of a cohort got, and how long they took."""

from collections.abc import Sequence

from alignment.domain.cohort import Cohort
from alignment.domain.period import Grain
from alignment.domain.stage import PATH, PathRule, Stage
from alignment.metrics.definition_query import Kinds
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

NEXT_COLUMN = ",\n       "


def conversion(
    clock: Clock,
    cohort: Cohort,
    end: Stage,
    window: int | None,
    kinds: Kinds,
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
        f"""with {journeys(clock, cohort, kinds, by)},
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


def leads_by_stage(
    clock: Clock, cohort: Cohort, stages: Sequence[Stage], window: int | None, kinds: Kinds
) -> Query:
    """Count, in one row, the cohort's mature leads that reached each of the stages within the window.

    A later stage implies the earlier ones. Columns: the entered stage and each of `stages`; too_young; for
    each of `stages` also `<stage>_implied`, leads that skipped it, and `<stage>_undated`, leads that were in
    the stage before and reached this one at an unknown time, which a window can't judge.
    """
    start = cohort.entered
    _, young = _limits(window)
    took = [f"{reached_day(stage, PathRule.REACHED, start)} - {start}_day as {stage}_lag" for stage in stages]
    pairs = zip([None, *stages], stages, strict=False)
    counts = [count for before, stage in pairs for count in _counts(before, stage, window)]
    return Query(
        f"""with {journeys(clock, cohort, kinds)},
took as (
    select {NEXT_COLUMN.join(["*", f":today - {start}_day as age", *took])}
    from journeys
    where {entered_in(cohort, is_windowed=window is not None)}
),
judged as (
    select *, case when {young} then 1 else 0 end as is_young, case when {young} then 0 else 1 end as is_ripe
    from took
)
select {NEXT_COLUMN.join([f"{_total('true')} as {start}", *counts])},
       coalesce(sum(is_young), 0) as too_young
from judged""",
        _values(clock, cohort, window),
    )


def _counts(before: Stage | None, stage: Stage, window: int | None) -> tuple[str, str, str]:
    reached, was_before = _within(stage, window), _within(before, window) if before else "true"
    untold = (
        f"{reached_day(stage, PathRule.REACHED)} is null and ({reached_undated(stage, PathRule.REACHED)})"
    )
    undated = f"{was_before} and {untold}" if window is not None else "false"
    return (
        f"{_total(reached)} as {stage}",
        f"{_total(f'{stage}_day is null and ({reached})')} as {stage}_implied",
        f"{_total(undated)} as {stage}_undated",
    )


def _within(stage: Stage, window: int | None) -> str:
    if window is not None:
        return f"{stage}_lag <= :window"
    return f"{reached_day(stage, PathRule.REACHED)} is not null or {reached_undated(stage, PathRule.REACHED)}"


def _total(condition: str) -> str:
    return f"coalesce(sum(case when {condition} then is_ripe else 0 end), 0)"


def _limits(window: int | None) -> tuple[str, str]:
    """Return the conditions for having converted and for being too young to judge."""
    return (
        ("lag >= 0 and lag <= :window", "age < :window")
        if window is not None
        else ("is_reached = 1", "false")
    )


def _values(clock: Clock, cohort: Cohort, window: int | None) -> dict[str, Bound]:
    return {**clock.values, **cohort_values(cohort), **({} if window is None else {"window": window})}


def days_taken(clock: Clock, cohort: Cohort, end: Stage, kinds: Kinds) -> Query:
    """Count the cohort's leads by the days they took to `end`, reversed ones apart; columns: days, leads."""
    reached, day = reached_day(end, cohort.path_rule, cohort.entered), f"{cohort.entered}_day"
    return Query(
        f"""with {journeys(clock, cohort, kinds)}
select {reached} - {day} as days, count(*) as leads
from journeys
where {entered_in(cohort, is_windowed=True)} and {reached} - {day} >= 0
group by {reached} - {day}""",
        {**clock.values, **cohort_values(cohort)},
    )


def lead_rows(clock: Clock, cohort: Cohort, kinds: Kinds, by: str | None = None) -> Query:
    """List the leads of the cohort with the day of each stage, newest first."""
    days = ", ".join(f"{stage}_day" for stage in (*PATH, Stage.MEETING))
    shown = "by_value, " if by else ""
    return Query(
        f"""with {journeys(clock, cohort, kinds, by)}
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
