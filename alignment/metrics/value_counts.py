"""How often each value of an attribute occurs, rounded so that a scale can be made of them."""

import sys
from collections.abc import Iterable

from alignment.metrics.query import Query, quoted

DECADES = range(1, 15)
SMALLEST_STEP = 0.01
LARGEST = sys.float_info.max


def rounded_value_counts(attributes: Iterable[str]) -> Query:
    """Count leads by number, rounded to two digits; columns: attribute (its place), value, leads."""
    parts = [
        f"select {place} as attribute, {_rounded(quoted(name))} as value, count(*) as leads from leads"
        f" where {is_finite(quoted(name))} group by {_rounded(quoted(name))}"
        for place, name in enumerate(attributes)
    ]
    return Query("\nunion all\n".join(parts))


def is_finite(column: str) -> str:
    """Return the condition that a column holds a number; engines sort NaN above all, infinity included."""
    return f"abs(cast({column} as double)) <= {LARGEST!r}"


def _rounded(column: str) -> str:
    number = f"cast({column} as double)"
    steps = [(10**decade, SMALLEST_STEP * 10**decade) for decade in DECADES]
    cases = " ".join(
        f"when abs({number}) < {below} then round({number} / {step!r}) * {step!r}" for below, step in steps
    )
    near_zero = f"when abs({number}) < 1 then round({number} / {SMALLEST_STEP}) * {SMALLEST_STEP}"
    return f"case {near_zero} {cases} else {number} end"


def top_value_counts(attributes: Iterable[str], most: int) -> Query:
    """Count leads by text, the `most` frequent of each attribute.

    Columns: attribute (its place), value, leads, distinct_values.
    """
    parts = [
        f"select {place} as attribute, value, leads, distinct_values from ("
        f"select value, leads, count(*) over () as distinct_values,"
        f" row_number() over (order by leads desc, value) as place from ("
        f"select cast({quoted(name)} as varchar) as value, count(*) as leads from leads"
        f" where {quoted(name)} is not null group by {quoted(name)}) counted) ranked where place <= {most:d}"
        for place, name in enumerate(attributes)
    ]
    return Query("\nunion all\n".join(parts))
