"""The level cube: leads counted by the level of each criterion's attribute, by month, segment and outcome.

Whatever a definition's points, thresholds and cutoffs are, its figures follow from these rows alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import IntFlag
from zoneinfo import ZoneInfo

from alignment.domain.period import midnight
from alignment.domain.scale import Scale
from alignment.domain.stage import PATH, Stage
from alignment.metrics.deals import RATES, cents_of, rate_of
from alignment.metrics.journeys import LEAD_DEALS, Clock
from alignment.metrics.lead_levels import Grid, key_expressions, level_expression
from alignment.metrics.offset_day import day_by_offset, month_by_offset
from alignment.metrics.query import Bound, Query, quoted


class Fate(IntFlag):
    """What is known of a lead, as one small number; each combination is a row of the cube.

    What sales decided: rejected is a lead that was rejected and did not become SQL or more then or later;
    accepted is any other that became SAL or more. A lead with neither is undecided.
    """

    MATURE = 1  # handed off, or created where nobody handed it off, at least a window ago
    WORKED = 2  # sales touched it or decided on it; whoever got further was worked
    CONVERTED = 4  # reached the outcome within the window
    UNDATED = 8  # reached the outcome at an unknown time: a window can't judge it
    WON = 16  # one of its deals is won by now
    UNVALUED = 32  # a won deal of it has no amount, or none that an exchange rate could turn into money
    ELSEWHERE = 64  # the money of one of its won deals counts with an earlier lead
    ACCEPTED = 128  # sales took it to work it, and has not sent it back since
    REJECTED = 256  # sales sent it back


_DECIDED = {"sal_at": "sal_reached_at", "sql_at": "sql_reached_at", "rejected_at": "turned_down_at"}
"""What sales decided: columns of the leads, and those of `journeys` that hold them up to the as-of."""


@dataclass(frozen=True)
class Outcome:
    """What counts as success: the stage, the days given to it (None: ever), the columns that tell of work.

    `worked_columns` are instants of the leads table; without any, every lead counts as worked.
    """

    stage: Stage
    window: int | None
    worked_columns: tuple[str, ...] = ()


def leads_by_level(
    clock: Clock,
    currency: str,
    grid: Grid,
    outcome: Outcome,
    segment: str | None = None,
) -> Query:
    """Count leads by level of every scale, month of creation, segment and fate.

    `segment`: a column of the leads.

    Columns: key_0 … (levels in mixed radix, see `Grid.keys`), month (year * 12 + month - 1; null: never
    dated), segment, fate, leads, cents. Money of a deal that several leads share is counted with the first of
    them, so that cents sum to won revenue exactly.
    """
    is_told = f"cast(l.{quoted(segment)} as varchar)" if segment else "cast(null as varchar)"
    columns = {**_keys(grid), "segment": is_told}
    grouped = ", ".join([*columns, "month", "fate"])
    return Query(
        f"""with {judged_leads(clock, outcome, columns)}
select {grouped}, count(*) as leads, cast(sum(cents) as bigint) as cents
from judged
group by {grouped}""",
        values_of(clock, currency, outcome),
    )


def leads_by_segments(
    clock: Clock,
    currency: str,
    grid: Grid,
    outcome: Outcome,
    segments: Sequence[Scale],
    months: tuple[int, int] | None = None,
) -> Query:
    """Count leads as `leads_by_level` does, once for each scale of `segments`, whose level is the segment.

    `months`: the first and the last that leads were created in; all of them count as the last. None: leads of
    any month, or of none, each as its own.

    Columns: place (of the scale), then those of `leads_by_level`.
    """
    keys = _keys(grid)
    levels = {f"segment_{place}": level_expression(scale) for place, scale in enumerate(segments)}
    alike = ", ".join([*keys, "month", "fate", *levels])
    month, inside = "month", ""
    values = values_of(clock, currency, outcome)
    if months:
        month, inside = "cast(:last_month as bigint)", " where month between :first_month and :last_month"
        values |= {"first_month": months[0], "last_month": months[1]}
    return Query(
        f"""with {judged_leads(clock, outcome, {**keys, **levels})},
alike as (
    select {alike}, count(*) as leads, sum(cents) as cents
    from (select {", ".join([*keys, *levels])}, {month} as month, fate, cents
          from judged{inside}) counted
    group by {alike}
)
"""
        + "\nunion all\n".join(
            f"""select {place} as place, {", ".join(keys)}, month, cast({name} as varchar) as segment, fate,
       cast(sum(leads) as bigint) as leads, cast(sum(cents) as bigint) as cents
from alike
group by {", ".join(keys)}, month, {name}, fate"""
            for place, name in enumerate(levels)
        ),
        values,
    )


def judged_leads(clock: Clock, outcome: Outcome, columns: Mapping[str, str]) -> str:
    """Return the CTEs up to `judged`: a row a lead that has come, with month, fate and cents.

    `columns`: expressions on a lead `l` by name, kept beside them. Bind `values_of` the same outcome.
    """
    return f"""{LEAD_DEALS},
{RATES},
{_lead_deal_outcomes(clock)},
dated as (
    select {", ".join(f"{expression} as {name}" for name, expression in columns.items())},
           {month_by_offset("l.created_at", clock.zone, clock.today.year)} as month,
           case when l.mql_at <= :as_of then l.mql_at else l.created_at end as start_at,
           {_happened("l.rejected_at")} as turned_down_at,
           {_instants(min(outcome.stage, Stage.SAL, key=PATH.index))},
           {_undated(outcome.stage)} as undated,
           {_undated(Stage.SAL)} as got_on_undated,
           {_touched(outcome)} as touched,
           coalesce(f.deal_fate, 0) as deal_fate,
           coalesce(f.cents, 0) as cents
    from leads l
    left join lead_deal_outcomes f on f.lead_id = l.lead_id
    where l.created_at is null or l.created_at <= :as_of
),
journeys as (
    select *, {_first_of(outcome.stage, "{}")} as ever_at
    from dated
),
outcomes as (
    select *, case when ever_at is not null
                   then {_first_of(outcome.stage, _since_start(clock))} end as outcome_at
    from journeys
),
judged as (
    select {", ".join(columns)}, cents, month,
           {_fate(clock, outcome)} as fate
    from outcomes
)"""


def is_worked(outcome: Outcome) -> str:
    """Return the condition that a row of `journeys` was touched or decided on; whoever got further was."""
    decided = (f"{told} is not null" for name, told in _DECIDED.items() if name in outcome.worked_columns)
    return " or ".join(["touched = 1", "ever_at is not null", "undated = 1", *decided])


def values_of(clock: Clock, currency: str, outcome: Outcome) -> dict[str, Bound]:
    """Return what `judged_leads` binds."""
    return {**clock.values, "currency": currency, **_window_values(clock, outcome)}


def _keys(grid: Grid) -> dict[str, str]:
    return {f"key_{number}": key for number, key in enumerate(key_expressions(grid))}


def _lead_deal_outcomes(clock: Clock) -> str:
    """Return the CTEs of what a lead's deals came to; deals from before the lead are expansion: left out."""
    is_later = f"{clock.day('d.created_at')} >= {clock.day('l.created_at')}"
    return f"""deal_outcomes as (
    select d.deal_id, d.created_at, d.is_won, d.closed_at,
           case when d.is_won = 1 and {cents_of("d")} is null then 1 else 0 end as is_unvalued,
           case when d.is_won = 1 and {cents_of("d")} > 0 then {cents_of("d")} else 0 end as cents
    from (select deal_id, created_at, amount, currency,
                 case when is_won and (closed_at is null or closed_at <= :as_of) then 1 else 0 end as is_won,
                 case when closed_at <= :as_of then closed_at end as closed_at,
                 case when closed_at <= :as_of then {_day(clock, "closed_at")} end as closed_day
          from deals
          where created_at <= :as_of or (created_at is null and (closed_at is null or closed_at <= :as_of))) d
    {rate_of("d")}
),
lead_deal_outcomes as (
    select lead_id,
           min(created_at) as opportunity_at,
           min(case when is_won = 1 then closed_at end) as won_at,
           max(case when created_at is null then 1 else 0 end) as is_opportunity,
           max(case when is_won = 1 and closed_at is null then 1 else 0 end) as is_won_undated,
           max(is_won) * {Fate.WON:d} + max(is_unvalued) * {Fate.UNVALUED:d}
           + max(case when place > 1 and cents > 0 then {Fate.ELSEWHERE:d} else 0 end) as deal_fate,
           sum(case when place = 1 then cents else 0 end) as cents
    from (select l.lead_id, d.created_at, d.closed_at, d.is_won, d.is_unvalued, d.cents,
                 row_number() over (
                     partition by d.deal_id order by l.created_at nulls last, l.lead_id) as place
          from lead_deals x
          join leads l on l.lead_id = x.lead_id
          join deal_outcomes d on d.deal_id = x.deal_id
          where l.created_at is null or d.created_at is null
             or d.created_at >= l.created_at or {is_later}) ranked
    group by lead_id
)"""


def _instants(stage: Stage) -> str:
    """Return the columns `<stage>_reached_at` of the outcome and of each later stage, which implies it."""
    instants = {
        Stage.MQL: _happened("l.mql_at"),
        Stage.SAL: _happened("l.sal_at"),
        Stage.SQL: _happened("l.sql_at"),
        Stage.OPPORTUNITY: f"least({_happened('l.converted_at')}, f.opportunity_at)",
        Stage.WON: "f.won_at",
    }
    return ", ".join(f"{instants[later]} as {later}_reached_at" for later in stage.onwards)


def _first_of(stage: Stage, told: str) -> str:
    """Return the expression for the first instant of the outcome or later, each in the form `told`."""
    instants = (told.replace("{}", f"{later}_reached_at") for later in stage.onwards)
    return f"least({', '.join(instants)}, cast(null as timestamp))"


def _since_start(clock: Clock) -> str:
    """Return an instant `{}`, null where it lies on a day before the start: it can't be what came of it."""
    is_same_day = f"{_day(clock, '{}')} >= {_day(clock, 'start_at')}"
    return f"case when {{}} is null or {{}} >= start_at or {is_same_day} then {{}} end"


def _undated(stage: Stage) -> str:
    converted = (
        "(l.is_converted and l.converted_at is null) or f.is_opportunity = 1 or "
        if stage is not Stage.WON
        else ""
    )
    return f"case when {converted}f.is_won_undated = 1 then 1 else 0 end"


def _touched(outcome: Outcome) -> str:
    if not outcome.worked_columns:
        return "1"
    asked = [name for name in outcome.worked_columns if name not in _DECIDED]
    signs = [*(f"l.{quoted(name)} <= :as_of" for name in asked), "f.lead_id is not null"]
    return f"case when {' or '.join(signs)} or l.is_converted or l.converted_at <= :as_of then 1 else 0 end"


def _fate(clock: Clock, outcome: Outcome) -> str:
    """Return the expression for a row's fate; of most leads there is nothing to tell but their age."""
    has_reached = "ever_at is not null or undated = 1"
    mature = f"case when start_at < :mature_before then {Fate.MATURE:d} else 0 end"
    bits = [f"case when {is_worked(outcome)} then {Fate.WORKED:d} else 0 end", "deal_fate", _decision()]
    if outcome.window is None:
        mature = f"{Fate.MATURE:d}"
        bits.append(f"case when {has_reached} then {Fate.CONVERTED:d} else 0 end")
    else:
        took = f"{_day(clock, 'outcome_at')} - {_day(clock, 'start_at')}"
        is_within = f"{took} between 0 and :window"
        undated = f"when ever_at is null then undated * {Fate.UNDATED:d}"
        bits.append(f"case {undated} when {is_within} then {Fate.CONVERTED:d} else 0 end")
    is_any = " or ".join([is_worked(outcome), *(f"{told} is not null" for told in _DECIDED.values())])
    return f"cast({mature} + case when {is_any} then {' + '.join(bits)} else 0 end as int)"


def _decision() -> str:
    """Return the expression for the bit of what sales decided, 0 while it hasn't."""
    qualified = [f"{stage}_reached_at" for stage in Stage.SQL.onwards]
    has_got_on = " or ".join(["got_on_undated = 1", *(f"{stage} >= turned_down_at" for stage in qualified)])
    is_taken = " or ".join(f"{stage} is not null" for stage in ("sal_reached_at", *qualified))
    return (
        f"case when {has_got_on} then {Fate.ACCEPTED:d} when turned_down_at is not null then"
        f" {Fate.REJECTED:d} when {is_taken} then {Fate.ACCEPTED:d} else 0 end"
    )


def _happened(instant: str) -> str:
    """Return the instant, null where it is later than the as-of: that has not been."""
    return f"case when {instant} <= :as_of then {instant} end"


def _day(clock: Clock, instant: str) -> str:
    return day_by_offset(instant, clock.zone, clock.today.year)


def _window_values(clock: Clock, outcome: Outcome) -> dict[str, Bound]:
    if outcome.window is None:
        return {}
    too_young_from = midnight(clock.today - timedelta(days=outcome.window - 1), ZoneInfo(clock.zone))
    return {"window": outcome.window, "mature_before": too_young_from}
