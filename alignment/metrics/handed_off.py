"""The leads handed off in a span of time: any question on leads, asked of them alone."""

from collections.abc import Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

from alignment.domain.period import Period, midnight
from alignment.metrics.query import Bound, Query


def of_handed_off(query: Query, span: Period, zone: str) -> Query:
    """Return a query that begins with `with`, asked of the leads that became MQL on these business days."""
    handed = "with leads as (select * from leads where mql_at >= :handed_from and mql_at < :handed_until),\n"
    first, end = (midnight(day, ZoneInfo(zone)) for day in (span.start, span.end))
    values: Mapping[str, Bound] = {**query.values, "handed_from": first, "handed_until": end}
    return replace(query, text=handed + query.text.removeprefix("with "), values=values)
