"""A shared goal that suits the sample company: within reach in the quarter under way, and not yet reached."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import duckdb

from alignment.sample.clock import months_before
from alignment.sample.columns import in_quotes

ROUNDED_TO = 50_000
AHEAD_OF_PACE = 0.92  # won so far, of what the goal asks for by now
GROWTH = 1.1  # at least half and at most one and a half times this, on the two quarters before

WON_BETWEEN = """
    select coalesce(sum(amount * coalesce(rate, 1)), 0)
    from deals
    asof left join exchange_rates
        on deals.currency = exchange_rates.currency and cast(closed_at as date) >= rate_on
    where is_won and closed_at >= $start and closed_at < $end
"""


@dataclass(frozen=True)
class Goal:
    """Won revenue to reach in the quarter [start_on, end_on), in whole units of the business currency."""

    start_on: date
    end_on: date
    amount: int


def suggested_goal(warehouse: Path, as_of: date) -> Goal:
    """Return a goal for the quarter of `as_of`, from what was won until then and in the two before."""
    start = as_of.replace(month=(as_of.month - 1) // 3 * 3 + 1, day=1)
    end = months_before(start, -3)
    today = as_of + timedelta(1)
    with duckdb.connect() as connection:
        connection.execute(f"attach {in_quotes(warehouse)} as made (read_only)")
        connection.execute("use made")
        so_far = _won(connection, start, today)
        usual = _won(connection, months_before(start, 6), start) / 2 * GROWTH
    elapsed = (today - start) / (end - start)
    at_pace = so_far / elapsed / AHEAD_OF_PACE
    amount = min(max(at_pace, usual / 2), usual * 1.5) if usual else at_pace
    return Goal(start, end, max(round(amount / ROUNDED_TO), 1) * ROUNDED_TO)


def _won(connection: duckdb.DuckDBPyConnection, start: date, end: date) -> float:
    return float(connection.execute(WON_BETWEEN, {"start": start, "end": end}).fetchall()[0][0])
