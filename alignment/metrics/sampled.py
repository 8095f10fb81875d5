"""A part of the leads that is the same each time: those whose id ends in certain characters."""

from collections.abc import Collection
from dataclasses import replace

from alignment.metrics.query import Query, literal

ENDING = "substr(lead_id, greatest(length(lead_id) - 1, 1))"


def leads_by_ending() -> Query:
    """Count leads by the last two characters of their id; columns: ending, leads."""
    return Query(f"select {ENDING} as ending, count(*) as leads from leads group by {ENDING}")


def on_sample(query: Query, endings: Collection[str]) -> Query:
    """Return a query that begins with `with`, asked of the leads with these endings only."""
    listed = ", ".join(map(literal, sorted(endings)))
    sampled = f"with leads as (select * from leads where {ENDING} in ({listed})),\n"
    return replace(query, text=sampled + query.text.removeprefix("with "))
