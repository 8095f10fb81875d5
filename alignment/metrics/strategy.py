"""Leads, deals and money of each campaign or source: in a period, or of the leads that came in it."""

from dataclasses import dataclass

from alignment.domain.cohort import Cohort
from alignment.domain.period import Period
from alignment.domain.stage import PathRule, Stage
from alignment.domain.strategy import Basis
from alignment.metrics.deals import RATES, Deals, cents_of
from alignment.metrics.definition_query import Kinds
from alignment.metrics.journeys import (
    Clock,
    cohort_values,
    journeys,
    one_of_sources,
    reached_day,
    reached_undated,
    source_values,
)
from alignment.metrics.query import Bound, Query, quoted

STRATEGIES = ("campaign", "source")
"""The columns that say what a lead, a deal or an amount spent belongs to."""
SUCCESS = """(sql_day is not null or opportunity_day is not null or won_day is not null
    or opportunity_undated = 1 or won_undated = 1)"""


@dataclass(frozen=True)
class Asked:
    """What is counted: by which column, on which basis, for which cohort (its period, sources, MQLs)."""

    clock: Clock
    cohort: Cohort
    kinds: Kinds
    by: str
    basis: Basis

    @property
    def period(self) -> Period | None:
        """Return the days asked for, None for all time."""
        return self.cohort.period

    @property
    def of_leads(self) -> dict[str, Bound]:
        """Return the values that a question on leads binds."""
        return {**self.clock.values, **cohort_values(self.cohort)}

    def is_within(self, day: str) -> str:
        """Return the condition that a day lies in the period; for all time, that it is known."""
        return f"({day} >= :start and {day} < :end)" if self.period else f"({day} is not null)"

    def counts(self, stage: Stage) -> str:
        """Return the condition that a journey counts as one of that stage."""
        if self.basis is Basis.LEADS:
            reached = (
                f"{reached_day(stage, PathRule.REACHED)} is not null"
                f" or {reached_undated(stage, PathRule.REACHED)}"
            )
            return f"{self._is_new} and ({reached})" if stage is not Stage.LEAD else self._is_new
        if self.period is None and stage is Stage.LEAD:
            return "true"
        if self.period is None and stage is Stage.MQL:
            return "(mql_day is not null or mql_undated = 1)"
        return self.is_within(f"{stage}_day")

    @property
    def _is_new(self) -> str:
        return self.is_within("lead_day") if self.period else "true"


def leads(asked: Asked) -> Query:
    """Count leads, MQLs and SQLs of each strategy; columns: group_value, leads, mqls, sqls."""
    counted = ",\n       ".join(
        f"cast(sum(case when {asked.counts(stage)} then 1 else 0 end) as bigint) as {name}"
        for stage, name in ((Stage.LEAD, "leads"), (Stage.MQL, "mqls"), (Stage.SQL, "sqls"))
    )
    return Query(
        f"""with {journeys(asked.clock, asked.cohort, asked.kinds, asked.by)}
select by_value as group_value,
       {counted}
from journeys
group by by_value""",
        asked.of_leads,
    )


def sent_back(asked: Asked) -> Query:
    """Count the MQLs that sales sent back and that reached nothing; columns: group_value, reason, leads."""
    return Query(
        f"""with {journeys(asked.clock, asked.cohort, asked.kinds, asked.by)}
select j.by_value as group_value, l.rejection_reason as reason, count(*) as leads
from journeys j join leads l on l.lead_id = j.lead_id
where {asked.counts(Stage.MQL)} and l.rejected_at <= :as_of and not {SUCCESS}
group by j.by_value, l.rejection_reason""",
        asked.of_leads,
    )


def deals(asked: Asked, of: Deals) -> Query:
    """Sum the deals of each strategy; a deal belongs to that of the first of its leads.

    Columns: group_value, won, won_cents (amounts over zero), unvalued, credits (won with a negative amount),
    open_deals, open_cents, open_unvalued, expansion (dated before their lead, in nothing else).
    """
    won = "v.outcome = 'won'"
    is_open = "v.outcome = 'open'"
    counted, expansion = _of_deals(asked)
    group_value = "v.by_value" if asked.by == "source" else "b.group_value"
    if asked.basis is Basis.PERIOD:
        won = f"{won} and {asked.is_within('v.closed_day')}" if asked.period else won
    sums = {
        "won": (won, "1"),
        "won_cents": (f"{won} and v.cents > 0", "v.cents"),
        "unvalued": (f"{won} and v.cents is null", "1"),
        "credits": (f"{won} and v.cents < 0", "1"),
        "open_deals": (is_open, "1"),
        "open_cents": (f"{is_open} and v.cents is not null", "v.cents"),
        "open_unvalued": (f"{is_open} and v.cents is null", "1"),
    }
    columns = ",\n       ".join(
        f"cast(sum(case when {counted} and {condition} then {value} else 0 end) as bigint) as {name}"
        for name, (condition, value) in sums.items()
    )
    return Query(
        f"""with {of.text},
brought as (
    select deal_id, group_value, lead_day
    from (select x.deal_id, l.{quoted(asked.by)} as group_value,
                 {asked.clock.day("l.created_at")} as lead_day,
                 row_number() over (
                     partition by x.deal_id order by l.created_at nulls last, l.lead_id) as place
          from lead_deals x join leads l on l.lead_id = x.lead_id) ranked
    where place = 1
)
select {group_value} as group_value,
       {columns},
       cast(sum(case when {expansion} then 1 else 0 end) as bigint) as expansion
from valued v
left join brought b on b.deal_id = v.deal_id
group by {group_value}""",
        {**of.values, **_days(asked.period)},
    )


def _of_deals(asked: Asked) -> tuple[str, str]:
    """Return the conditions for a deal that counts, and for one left out as dated before its lead."""
    if asked.basis is Basis.PERIOD:
        return "true", "false"
    before = "coalesce(v.created_day < b.lead_day, false)"
    begun = "case when b.deal_id is null then v.created_day else b.lead_day end"
    new = asked.is_within(begun) if asked.period else "true"
    return f"{new} and not {before}", f"{new} and {before}"


def spend(asked: Asked, currency: str) -> Query:
    """Sum what was spent on each strategy; a month's money counts where its first day lies.

    Columns: group_value, entries, cents, unvalued (no amount or no exchange rate), undated (of no month).
    """
    inside = f"s.month_on <= :today and {asked.is_within('s.month_on')}"
    of_sources = (
        f"\n    where {one_of_sources('s.source', asked.cohort.sources)}" if asked.cohort.sources else ""
    )
    return Query(
        f"""with {RATES},
spent as (
    select s.{quoted(asked.by)} as group_value, {cents_of("s")} as cents,
           case when {inside} then 1 else 0 end as is_in,
           case when s.month_on is null then 1 else 0 end as is_undated
    from spend s
    left join rates r on r.currency = s.currency
         and s.month_on >= r.rate_on and (r.until_on is null or s.month_on < r.until_on){of_sources}
)
select group_value, cast(sum(is_in) as bigint) as entries,
       cast(sum(case when is_in = 1 and cents is not null then cents else 0 end) as bigint) as cents,
       cast(sum(case when is_in = 1 and cents is null then 1 else 0 end) as bigint) as unvalued,
       cast(sum(is_undated) as bigint) as undated
from spent
group by group_value""",
        {
            **asked.clock.values,
            **source_values(asked.cohort.sources),
            **_days(asked.period),
            "currency": currency,
        },
    )


def _days(period: Period | None) -> dict[str, Bound]:
    return {"start": period.start, "end": period.end} if period else {}
