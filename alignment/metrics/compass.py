"""MQLs by month, those of them that became SQL within the window, and what these have in common."""

from collections.abc import Sequence
from datetime import date

from alignment.domain.cohort import Cohort
from alignment.domain.period import Grain
from alignment.domain.scale import Scale
from alignment.domain.stage import Stage
from alignment.metrics.clock import bucket_of
from alignment.metrics.definition_query import Kinds
from alignment.metrics.journeys import (
    Clock,
    cohort_values,
    entered_in,
    journeys,
    reached_day,
    reached_undated,
)
from alignment.metrics.lead_levels import level_expression
from alignment.metrics.query import Query, quoted

START, END = Stage.MQL, Stage.SQL


def mqls_by_month(clock: Clock, cohort: Cohort, window: int, kinds: Kinds) -> Query:
    """Count the cohort's MQLs by month, and their SQLs within `window` days, however old the month is.

    Columns: month (its number), first_on (the day of its first MQL), mqls, sqls, undated, reversed.
    """
    reached = reached_day(END, cohort.path_rule)
    return Query(
        f"""with {journeys(clock, cohort, kinds)},
lags as (
    select {bucket_of("mql_day", Grain.MONTH)} as month, mql_day,
           {_lag(cohort)} as lag,
           case when {reached} is null and ({reached_undated(END, cohort.path_rule)}) then 1 else 0 end
               as is_undated,
           case when sql_day < mql_day then 1 else 0 end as is_reversed
    from journeys
    where {entered_in(cohort, is_windowed=True)}
)
select month, min(mql_day) as first_on, count(*) as mqls,
       cast(sum(case when lag >= 0 and lag <= :window then 1 else 0 end) as bigint) as sqls,
       cast(sum(is_undated) as bigint) as undated,
       cast(sum(is_reversed) as bigint) as reversed
from lags
group by month""",
        {**clock.values, **cohort_values(cohort), "window": window},
    )


def sqls_by_text(
    clock: Clock, cohort: Cohort, window: int, kinds: Kinds, texts: Sequence[str], most: int, since: date
) -> Query:
    """Count the cohort's SQLs by the `most` frequent values of texts and flags, from `since` on and before.

    Columns: attribute (its place), value, found, found_before, leads, leads_before (with any value),
    distinct_values.
    """
    parts = [_by_text(place, name, most) for place, name in enumerate(texts)]
    return _of_sqls(clock, cohort, window, kinds, parts, since)


def sqls_by_band(
    clock: Clock, cohort: Cohort, window: int, kinds: Kinds, scales: Sequence[Scale], since: date
) -> Query:
    """Count the cohort's SQLs by the levels of numbers, from `since` on and before.

    Columns: attribute (the scale's place), level, found, found_before.
    """
    parts = [
        f"select {place} as attribute, {level_expression(scale)} as level, {_SUMS}"
        f" from sqls s join leads l on l.lead_id = s.lead_id group by {level_expression(scale)}"
        for place, scale in enumerate(scales)
    ]
    return _of_sqls(clock, cohort, window, kinds, parts, since)


_SUMS = "cast(sum(is_now) as bigint) as found, cast(sum(1 - is_now) as bigint) as found_before"


def _by_text(place: int, name: str, most: int) -> str:
    value = f"cast(l.{quoted(name)} as varchar)"
    return (
        f"select {place} as attribute, value, found, found_before, leads, leads_before, distinct_values"
        " from ("
        "select value, found, found_before, cast(sum(found) over () as bigint) as leads,"
        " cast(sum(found_before) over () as bigint) as leads_before, count(*) over () as distinct_values,"
        " row_number() over (order by found + found_before desc, value) as place from ("
        f"select {value} as value, {_SUMS} from sqls s join leads l on l.lead_id = s.lead_id"
        f" where l.{quoted(name)} is not null group by {value}) counted) placed where place <= {most:d}"
    )


def _of_sqls(
    clock: Clock, cohort: Cohort, window: int, kinds: Kinds, parts: Sequence[str], since: date
) -> Query:
    values = {**clock.values, **cohort_values(cohort), "window": window, "since": since}
    united = "\nunion all\n".join(parts)
    return Query(
        f"""with {journeys(clock, cohort, kinds)},
sqls as (
    select lead_id, case when mql_day >= :since then 1 else 0 end as is_now
    from (select lead_id, mql_day, {_lag(cohort)} as lag from journeys
          where {entered_in(cohort, is_windowed=True)}) lags
    where lag >= 0 and lag <= :window
)
{united}""",
        values,
    )


def _lag(cohort: Cohort) -> str:
    return f"{reached_day(END, cohort.path_rule, START)} - mql_day"
