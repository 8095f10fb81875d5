"""What the sample company's two sides promised each other: for the quarter under way, and the one before."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import duckdb

from alignment.domain.money import CENTS, Money
from alignment.domain.period import Period
from alignment.domain.promise import USUAL_DAYS, AnswerPromise, Promise, ValuePromise
from alignment.sample.agreement import MARKETING, SALES
from alignment.sample.clock import months_before
from alignment.sample.columns import in_quotes
from alignment.sample.story import CURRENCY

ROUNDED_TO, PERCENT_TO = 10_000, 5
LEAST_PERCENT, MOST_PERCENT = 50, 95
YEAR, QUARTER = 12, 3
LEADS_BESIDE, DEALS_BESIDE = 30, 5  # of the average, so that a small source promises no wonder
WON_WITHIN_DAYS = 91

MQLS = "select source, count(*) from leads where mql_at >= $start and mql_at < $end group by source"
WINNERS = """
    select leads.source, count(distinct leads.lead_id)
    from leads join deal_leads using (lead_id) join deals using (deal_id)
    where mql_at >= $start and mql_at < $end and is_won and deals.closed_at < mql_at + to_days($within)
    group by leads.source
"""
DEALS = """
    select source, count(*), sum(amount * coalesce(rate, 1))
    from deals
    asof left join exchange_rates
        on deals.currency = exchange_rates.currency and cast(closed_at as date) >= rate_on
    where is_won and amount > 0 and closed_at < $until
    group by source
"""
ANSWERED = """
    select count(*) filter (where
               first_touch_at < mql_at + to_days(case when isodow(mql_at) >= 5 then 4 else 1 end)
               and (coalesce(sal_at, sql_at) < mql_at + to_days($decided)
                    or rejected_at < mql_at + to_days($decided) and rejection_reason is not null)),
           count(*)
    from leads where mql_at >= $start and mql_at < $end
"""

Worth = Mapping[str | None, float]


def promises(warehouse: Path, as_of: date) -> tuple[Promise, ...]:
    """Return both sides' promises for the quarter of `as_of` and the one before, oldest first.

    Each promises on the first day of a quarter what the quarter before had reached, rounded.
    """
    start = as_of.replace(month=(as_of.month - 1) // QUARTER * QUARTER + 1, day=1)
    with duckdb.connect() as connection:
        connection.execute(f"attach {in_quotes(warehouse)} as made (read_only)")
        connection.execute("use made")
        return tuple(
            promise
            for first in (months_before(start, QUARTER), start)
            for promise in _made(connection, first)
        )


def _made(connection: duckdb.DuckDBPyConnection, start: date) -> list[Promise]:
    period = Period(start, months_before(start, -QUARTER))
    before = {"start": months_before(start, QUARTER), "end": start}
    worth = _worth(connection, start)
    reached = sum(worth.get(source, 0) * mqls for source, mqls in _rows(connection, MQLS, before))
    answered, of = _rows(connection, ANSWERED, before | {"decided": USUAL_DAYS + 1})[0]
    at = datetime.combine(start, time(8, 30))
    amount = max(round(reached / ROUNDED_TO), 1) * ROUNDED_TO
    percent = int(answered / of * 100 / PERCENT_TO) * PERCENT_TO if of else LEAST_PERCENT
    cents = {source: round(each * CENTS) for source, each in worth.items()}
    value = ValuePromise(Money(amount * CENTS, CURRENCY), cents)
    answers = AnswerPromise(min(max(percent, LEAST_PERCENT), MOST_PERCENT))
    return [
        Promise(period, value, MARKETING, at),
        Promise(period, answers, SALES, at + timedelta(minutes=4)),
    ]


def _worth(connection: duckdb.DuckDBPyConnection, day: date) -> Worth:
    """Return what one MQL of each source was expected to bring on a day, by the year that is old enough."""
    old = {"start": months_before(day, YEAR + QUARTER), "end": months_before(day, QUARTER)}
    mqls = dict(_rows(connection, MQLS, old))
    winners = dict(_rows(connection, WINNERS, old | {"within": WON_WITHIN_DAYS}))
    deals = {source: (count, amount) for source, count, amount in _rows(connection, DEALS, {"until": day})}
    count, amount = (sum(float(each[place]) for each in deals.values()) for place in range(2))
    if not mqls or not count:
        return {}
    share, mean = sum(winners.values()) / sum(mqls.values()), amount / count
    return {
        source: (winners.get(source, 0) + LEADS_BESIDE * share)
        / (of + LEADS_BESIDE)
        * (float(deals.get(source, (0, 0))[1]) + DEALS_BESIDE * mean)
        / (deals.get(source, (0, 0))[0] + DEALS_BESIDE)
        for source, of in mqls.items()
    }


def _rows(
    connection: duckdb.DuckDBPyConnection, query: str, values: Mapping[str, object]
) -> list[tuple[Any, ...]]:
    return connection.execute(query, values).fetchall()
