"""What the sample company expected when it signed: what its definition would have done the year before."""

from collections import Counter
from datetime import date, timedelta
from math import sqrt
from pathlib import Path
from statistics import fmean, variance
from typing import Any

import duckdb

from alignment.domain.definition import Definition
from alignment.domain.rate import Z_95, Rate
from alignment.sample.clock import months_before
from alignment.sample.columns import in_quotes

MONTHS, WINDOW_DAYS = 12, 28
MOST_LEADS = 20_000  # of a larger company every nth lead is enough
FEWEST_MONTHS = 3

LEADS = """
    select *, cast(created_at as date) as created_on,
           cast(coalesce(mql_at, created_at) as date) as started_on,
           cast(sql_at as date) as qualified_on,
           least(first_touch_at, sal_at, sql_at, rejected_at) < $signed_on as is_worked
    from leads
    where created_at >= $start and created_at < $end and hash(lead_id) % $nth = 0
"""


def expected(warehouse: Path, definition: Definition, signed_on: date) -> dict[str, Any]:
    """Return what was known on the day of the signatures of the year of leads before; empty without leads."""
    end = signed_on.replace(day=1)
    span = {"start": months_before(end, MONTHS), "end": end}
    with duckdb.connect() as connection:
        connection.execute(f"attach {in_quotes(warehouse)} as made (read_only)")
        connection.execute("use made")
        count = "select count(*) from leads where created_at >= $start and created_at < $end"
        nth = connection.execute(count, span).fetchall()[0][0] // MOST_LEADS + 1
        values = {**span, "nth": nth, "signed_on": signed_on}
        leads = connection.sql(LEADS, params=values).to_arrow_table().to_pylist()
    handed = [lead for lead in leads if definition.qualifies(_comparable(lead))]
    if not handed:
        return {}
    first = min(lead["created_on"] for lead in leads)
    return {
        **_hand_offs(Counter(lead["created_on"].replace(day=1) for lead in handed), first, end, nth),
        **_conversion(_rate(handed, signed_on, nth)),
        "counted_from": max(span["start"], first).isoformat(),
        "counted_until": end.isoformat(),
    }


def _comparable(lead: dict[str, Any]) -> dict[str, Any]:
    return {
        name: float(value) if isinstance(value, int) and not isinstance(value, bool) else value
        for name, value in lead.items()
    }


def _hand_offs(by_month: Counter[date], first: date, end: date, nth: int) -> dict[str, float | None]:
    """Return the average week and between which 95 of 100 months lie, by how much full months differ."""
    a_week = by_month.total() * nth / ((end - max(first, months_before(end, MONTHS))).days / 7)
    starts = [start for back in range(1, MONTHS + 1) if (start := months_before(end, back)) >= first]
    weekly = [by_month[start] * nth / ((months_before(start, -1) - start).days / 7) for start in starts]
    low = high = None
    if len(weekly) >= FEWEST_MONTHS:
        half = Z_95 * sqrt(variance(weekly) * (1 + 1 / len(weekly)))
        low, high = round(max(fmean(weekly) - half, 0.0), 2), round(fmean(weekly) + half, 2)
    return {"hand_offs_a_week": round(a_week, 2), "hand_offs_low": low, "hand_offs_high": high}


def _rate(handed: list[dict[str, Any]], signed_on: date, nth: int) -> Rate:
    old = [lead for lead in handed if signed_on - lead["started_on"] >= timedelta(WINDOW_DAYS)]
    worked = [lead for lead in old if lead["is_worked"]]
    took = [(lead["qualified_on"] - lead["started_on"]).days for lead in worked if lead["qualified_on"]]
    return Rate(sum(0 <= days <= WINDOW_DAYS for days in took) * nth, len(worked) * nth)


def _conversion(rate: Rate) -> dict[str, Any]:
    return {
        "outcome": "sql",
        "window_days": WINDOW_DAYS,
        "converted": rate.numerator,
        "judged": rate.denominator,
        "conversion": None if rate.value is None else round(rate.value, 4),
        "conversion_low": None if rate.low is None else round(rate.low, 4),
        "conversion_high": None if rate.high is None else round(rate.high, 4),
    }
