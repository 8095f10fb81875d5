"""The deals as figures need them: valued in the business currency, with origin, outcome and days."""

from collections.abc import Mapping
from dataclasses import dataclass

from alignment.domain.cohort import UNATTRIBUTED
from alignment.metrics.clock import day_of
from alignment.metrics.journeys import LEAD_DEALS, Clock, has_begun, one_of_sources, source_values
from alignment.metrics.query import Bound, quoted

ORIGIN = """case when d.source is not null then d.source
                when o.deal_id is not null then o.lead_source else :unattributed end"""

LARGEST_RATE = 1_000_000_000
"""One that is larger, zero, below it or no number is no exchange rate: what it would turn has no amount."""
RATES = f"""rates as (
    select currency, case when rate > 0 and rate < {LARGEST_RATE} then rate end as rate, rate_on,
           lead(rate_on) over (partition by currency order by rate_on) as until_on
    from exchange_rates
)"""


AMOUNTS_THEN = """
amounts_then as (
    select deal_id, amount
    from (select h.record_id as deal_id, h.amount,
                 max(case when h.amount is null then 0 else 1 end) over (partition by h.record_id) as is_told,
                 max(case when h.entered_at > :as_of then 1 else 0 end)
                     over (partition by h.record_id) as is_changed_later,
                 row_number() over (
                     partition by h.record_id
                     order by case when h.entered_at > :as_of then 1 else 0 end,
                              case when h.entered_at <= :as_of then h.entered_at end desc,
                              h.entered_at, h.stage desc, h.amount desc) as place
          from stage_history h
          where h.entered_at is not null and (h.record_table is null or h.record_table = 'deals')) ranked
    where place = 1 and is_told = 1 and is_changed_later = 1
),"""
"""What the history tells a deal was worth at the as-of, of those it tells more of since.

The first that it tells, where that came later.
"""


def cents_of(deal: str, amount: str = "") -> str:
    """Return the expression for a deal's cents in the business currency; null without amount or rate.

    `amount` is another amount in the deal's currency, where it is not the deal's own.
    """
    given = amount or f"{deal}.amount"
    return f"""case when {deal}.currency is null or {deal}.currency = :currency
                then cast(round({given} * 100) as bigint)
                else cast(round({given} * 100 * r.rate) as bigint) end"""


def rate_of(deal: str) -> str:
    """Return the join of the rate `r` of the deal's `closed_day`, today's for one that isn't closed."""
    return f"""left join rates r on r.currency = {deal}.currency
         and coalesce({deal}.closed_day, :today) >= r.rate_on
         and (r.until_on is null or coalesce({deal}.closed_day, :today) < r.until_on)"""


@dataclass(frozen=True)
class Deals:
    """Which deals a question is about: those from these origins (empty: all), valued in `currency`."""

    clock: Clock
    currency: str
    sources: tuple[str | None, ...] = ()
    by: str | None = None

    @property
    def values(self) -> Mapping[str, Bound]:
        """Return the values that the CTEs bind."""
        return {
            **self.clock.values,
            **source_values(self.sources),
            "currency": self.currency,
            "unattributed": UNATTRIBUTED,
        }

    @property
    def text(self) -> str:
        """Return the CTEs up to `valued`, a row a deal.

        Columns: deal_id, stage, by_value, source, outcome (won, lost, open, or untold: closed, nobody
        says how), created_day, closed_day, expected_day, closes_later (1: after the as-of), cents in the
        business currency (null without an amount or a rate), expected_cents (the same of what the deal
        should bring).
        """
        closed = self.clock.day("d.closed_at")
        is_over = f"(d.closed_at is null or {closed} is not null)"
        is_closed = "coalesce(d.is_closed, d.is_won is not null and d.closed_at is not null)"
        amount, then = "d.amount", ""
        if self.clock.is_past:
            is_final = f"(d.is_won or {is_closed}) and {is_over}"
            amount = f"case when t.deal_id is null or ({is_final}) then d.amount else t.amount end"
            then = "\n    left join amounts_then t on t.deal_id = d.deal_id"
        return f"""{LEAD_DEALS},
origins as (
    select deal_id, lead_source
    from (select x.deal_id, l.source as lead_source,
                 row_number() over (
                     partition by x.deal_id order by l.created_at nulls last, l.lead_id) as place
          from lead_deals x join leads l on l.lead_id = x.lead_id) ranked
    where place = 1
),
{RATES},{AMOUNTS_THEN if self.clock.is_past else ""}
outcomes as (
    select d.deal_id, d.stage, {self._by_value} as by_value, d.currency, {amount} as amount,
           d.expected_amount,
           {ORIGIN} as source,
           case when d.is_won and {is_over} then 'won'
                when {is_closed} and {is_over} then case when d.is_won is null then 'untold' else 'lost' end
                else 'open' end as outcome,
           {self.clock.day("d.created_at")} as created_day,
           {closed} as closed_day,
           case when d.closed_at is not null and {closed} is null then 1 else 0 end as closes_later,
           {day_of("d.expected_close_at", self.clock.zone)} as expected_day
    from deals d
    left join origins o on o.deal_id = d.deal_id{then}
    where {has_begun("d")}
),
valued as (
    select v.deal_id, v.stage, v.by_value, v.source, v.outcome, v.created_day, v.closed_day, v.expected_day,
           v.closes_later,
           {cents_of("v")} as cents,
           {cents_of("v", "v.expected_amount")} as expected_cents
    from outcomes v
    {rate_of("v")}{self._sources_in}
)"""

    @property
    def _by_value(self) -> str:
        if self.by == "source":
            return ORIGIN
        return f"cast(d.{quoted(self.by)} as varchar)" if self.by else "cast(null as varchar)"

    @property
    def _sources_in(self) -> str:
        return f"\n    where {one_of_sources('v.source', self.sources)}" if self.sources else ""
