"""A definition as query text: score, level, route and hand-off of every lead, in the words of each engine.

Everywhere: a missing value never meets a criterion, NaN and infinity are no numbers, a lead with none of the
values has no score, and a score on the cutoff is inside. `kinds` are the types of the leads' columns in the
load (DuckDB's names); a criterion that they can't answer counts as if no lead had a value.
"""

from collections.abc import Iterable, Mapping
from math import isfinite
from typing import TypeAlias

from alignment.domain.definition import (
    HIGHEST_SCORE,
    NUMERIC,
    Comparison,
    Criterion,
    Definition,
    Group,
    Level,
)
from alignment.metrics.dialect import DUCKDB, Dialect
from alignment.metrics.query import Query
from alignment.metrics.value_counts import LARGEST

WHOLE_NUMBERS = ("BIGINT", "INTEGER", "SMALLINT", "TINYINT", "HUGEINT", "UBIGINT", "UINTEGER")
NUMBERS = (*WHOLE_NUMBERS, "DOUBLE", "FLOAT", "DECIMAL")

Kinds: TypeAlias = Mapping[str, str]


def is_number(kind: str) -> bool:
    """Tell whether a type is one number: `DECIMAL(18,3)` is, the list `BIGINT[]` isn't."""
    return kind.partition("(")[0] in NUMBERS and not kind.endswith("]")


def answers(kind: str, comparison: Comparison) -> bool:
    """Tell whether a column of that type can be compared so."""
    match comparison:
        case Comparison.ONE_OF:
            return kind == "VARCHAR" or is_number(kind)
        case Comparison.IS_TRUE:
            return kind == "BOOLEAN"
    return is_number(kind)


def asked_of(definition: Definition, kinds: Kinds) -> tuple[Criterion, ...]:
    """Return the criteria that columns of these types can answer."""
    return tuple(
        found for found in definition.criteria if answers(kinds.get(found.attribute, ""), found.comparison)
    )


def scored_leads(definition: Definition, kinds: Kinds) -> Query:
    """Score every lead, for a CRM; columns: lead_id, source, score, level, route, handed_off (yes or no).

    Score, level and route are null for an unscored lead, which is not handed off.
    """
    score = score_expression(definition, "l", kinds)
    return Query(
        f"""select lead_id, source, score,
       {level_of("score", definition)} as level,
       {route_of("score", definition)} as route,
       case when {is_handed_off("score", definition)} then 'yes' else 'no' end as handed_off
from (select l.lead_id, l.source, {score} as score from leads l) scored
order by lead_id"""
    )


def query_text(definition: Definition, kinds: Kinds, dialect: Dialect, table: str = "leads") -> str:
    """Return the whole query for an engine of the user's own: a row a lead, scored as Accord scores it.

    Columns: lead_id, score, level, route, is_handed_off.
    """
    quote, asked = dialect.quote, asked_of(definition, kinds)
    groups = _by_group(asked)
    sums = "".join(
        f",\n           {_points(found, '', kinds, dialect)} as {group}_points"
        for group, found in groups.items()
    )
    capped = " + ".join(_capped(definition, group, f"{group}_points") for group in groups) or "0"
    return f"""with points as (
    select {quote("lead_id")} as lead_id,
           {_is_scored(asked, "", dialect)} as is_scored{sums}
    from {dialect.table(table)}
),
scored as (
    select lead_id,
           case when is_scored then {_clipped(capped)} end as score
    from points
)
select lead_id,
       score,
       {level_of("score", definition, dialect)} as level,
       {route_of("score", definition, dialect)} as route,
       {is_handed_off("score", definition)} as is_handed_off
from scored"""


def score_expression(definition: Definition, alias: str, kinds: Kinds) -> str:
    """Return the expression for the score 0…100 of a lead of `alias`, null for an unscored one."""
    asked = asked_of(definition, kinds)
    total = " + ".join(
        _capped(definition, group, f"({_points(found, alias, kinds, DUCKDB)})")
        for group, found in _by_group(asked).items()
    )
    return f"case when {_is_scored(asked, alias, DUCKDB)} then {_clipped(total or '0')} end"


def meets_expression(criterion: Criterion, alias: str, kinds: Kinds) -> str:
    """Return the condition that a lead of `alias` meets a criterion that its columns can answer."""
    return _is_met(criterion, alias, kinds[criterion.attribute], DUCKDB)


def is_handed_off_expression(definition: Definition, alias: str, kinds: Kinds) -> str:
    """Return the condition that a lead of `alias` is handed off; false for an unscored one, never null."""
    return is_handed_off(f"({score_expression(definition, alias, kinds)})", definition)


def level_of(score: str, definition: Definition, dialect: Dialect = DUCKDB) -> str:
    """Return the expression for the name of the level that a score falls into, null for no score."""
    return by_level(score, definition, [dialect.literal(level.name) for level in definition.levels])


def route_of(score: str, definition: Definition, dialect: Dialect = DUCKDB) -> str:
    """Return the expression for the route of the level that a score falls into, null for no score."""
    return by_level(score, definition, [dialect.literal(level.route) for level in definition.levels])


def is_handed_off(score: str, definition: Definition) -> str:
    """Return the condition that a score is handed off; false for no score, never null."""
    found = " or ".join(
        " and ".join([f"{score} >= {low}", *([f"{score} < {high}"] if high <= HIGHEST_SCORE else [])])
        for low, high in _spans(definition.levels)
    )
    return f"case when {found} then true else false end"


def _spans(levels: tuple[Level, ...]) -> list[tuple[int, int]]:
    """Return the scores that are handed off, [low, high), levels side by side as one span."""
    ends = [*(level.cutoff for level in levels[1:]), HIGHEST_SCORE + 1]
    spans: list[tuple[int, int]] = []
    for level, end in zip(levels, ends, strict=True):
        if not level.enters_hand_off:
            continue
        if spans and spans[-1][1] == level.cutoff:
            spans[-1] = spans[-1][0], end
        else:
            spans.append((level.cutoff, end))
    return spans


def by_level(score: str, definition: Definition, values: Iterable[str]) -> str:
    """Return the value, one a level, that goes with a score."""
    cases = [
        f"when {score} >= {level.cutoff} then {value}"
        for level, value in zip(definition.levels, values, strict=True)
    ]
    return f"case {' '.join(reversed(cases))} end"


def _by_group(criteria: Iterable[Criterion]) -> dict[Group, list[Criterion]]:
    groups: dict[Group, list[Criterion]] = {}
    for criterion in criteria:
        groups.setdefault(criterion.group, []).append(criterion)
    return groups


def _points(criteria: Iterable[Criterion], alias: str, kinds: Kinds, dialect: Dialect) -> str:
    return "\n             + ".join(
        f"case when {_is_met(found, alias, kinds[found.attribute], dialect)} then {found.points} else 0 end"
        for found in criteria
    )


def _capped(definition: Definition, group: Group, points: str) -> str:
    cap = definition.caps.get(group)
    return points if cap is None else f"least(greatest({points}, {-cap}), {cap})"


def _clipped(points: str) -> str:
    return f"least(greatest({points}, 0), {HIGHEST_SCORE})"


def _is_scored(criteria: Iterable[Criterion], alias: str, dialect: Dialect) -> str:
    """Return the condition that a lead has a value for one of the criteria."""
    has_value = dict.fromkeys(_has_value(found, alias, dialect) for found in criteria)
    return "\n             or ".join(has_value) or "false"


def _has_value(criterion: Criterion, alias: str, dialect: Dialect) -> str:
    column = _column(criterion, alias, dialect)
    return _is_finite(column, dialect) if criterion.comparison in NUMERIC else f"{column} is not null"


def _is_met(criterion: Criterion, alias: str, kind: str, dialect: Dialect) -> str:
    column = _column(criterion, alias, dialect)
    match criterion.comparison, criterion.threshold:
        case Comparison.ONE_OF, tuple() as accepted:
            return _is_one_of(column, kind, accepted, dialect)
        case Comparison.AT_LEAST, float() | int() as least:
            return _is_between(column, least, LARGEST, dialect)
        case Comparison.AT_MOST, float() | int() as most:
            return _is_between(column, -LARGEST, most, dialect)
    return column


def _is_between(column: str, low: float, high: float, dialect: Dialect) -> str:
    """Return the condition on a number; NaN and infinity lie beyond the largest one, whatever the engine."""
    return f"{dialect.as_number(column)} between {dialect.number(low)} and {dialect.number(high)}"


def _is_one_of(column: str, kind: str, accepted: tuple[str, ...], dialect: Dialect) -> str:
    """Return the condition that the value is accepted; engines write broken numbers each in their own way."""
    if kind == "VARCHAR":
        return f"{column} in ({', '.join(map(dialect.literal, accepted))})"
    if kind in WHOLE_NUMBERS or dialect is DUCKDB:
        return f"{dialect.as_text(column)} in ({', '.join(map(dialect.literal, accepted))})"
    numbers = [dialect.number(float(value)) for value in accepted if _is_written_number(value)]
    return f"{dialect.as_number(column)} in ({', '.join(numbers)})" if numbers else "false"


def _is_written_number(text: str) -> bool:
    try:
        return isfinite(float(text))
    except ValueError:
        return False


def _is_finite(column: str, dialect: Dialect) -> str:
    return f"abs({dialect.as_number(column)}) <= {dialect.number(LARGEST)}"


def _column(criterion: Criterion, alias: str, dialect: Dialect) -> str:
    name = dialect.quote(criterion.attribute)
    return f"{alias}.{name}" if alias else name
