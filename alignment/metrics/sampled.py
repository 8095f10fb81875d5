"""A part of the leads that is the same each time: those whose id ends in certain characters."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from alignment.metrics.query import Query, literal

ENDING_LENGTH = 2
ENDING = "substr(lead_id, greatest(length(lead_id) - 1, 1))"


def leads_by_ending() -> Query:
    """Count leads by the last two characters of their id; columns: ending, leads."""
    return Query(f"select {ENDING} as ending, count(*) as leads from leads group by {ENDING}")


def on_sample(query: Query, endings: Collection[str]) -> Query:
    """Return a query that begins with `with`, asked of the leads with these endings only."""
    sampled = f"with leads as (select * from leads where {_ends_in(sorted(endings))}),\n"
    return replace(query, text=sampled + query.text.removeprefix("with "))


def _ends_in(endings: Sequence[str]) -> str:
    """Return the condition that an id has one of the endings; `like` is faster for a single plain one."""
    if len(endings) == 1 and len(endings[0]) == ENDING_LENGTH and endings[0].isalnum():
        return f"lead_id like {literal('%' + endings[0])}"
    return f"{ENDING} in ({', '.join(map(literal, endings))})"
