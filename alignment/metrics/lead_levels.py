"""The levels of a lead on some scales, as numbers that every engine can group by."""

from collections.abc import Iterable
from dataclasses import dataclass

from alignment.domain.definition import NUMERIC, Comparison
from alignment.domain.scale import NO_VALUE, Scale
from alignment.metrics.query import literal, quoted
from alignment.metrics.value_counts import is_finite

KEY_LIMIT = 2**62
"""A key stays below this, so that every engine's bigint holds it."""


@dataclass(frozen=True)
class Grid:
    """The scales of a cube, an attribute and comparison each.

    `tells_blanks`: a missing value has a level of its own on each scale. Else level 0 stands for a lead with
    none of the grid's attributes, and a single missing value falls into a level that is not met: far fewer
    tuples.
    """

    scales: tuple[Scale, ...]
    tells_blanks: bool = True

    @property
    def attributes(self) -> frozenset[str]:
        """Return the attributes that the grid looks at."""
        return frozenset(scale.attribute for scale in self.scales)

    @property
    def keys(self) -> tuple[tuple[int, ...], ...]:
        """Return the places of the scales that share each key, in mixed radix, the first counting least."""
        keys: list[list[int]] = [[]]
        radix = 1
        for place, scale in enumerate(self.scales):
            if radix * scale.size >= KEY_LIMIT:
                keys.append([])
                radix = 1
            keys[-1].append(place)
            radix *= scale.size
        return tuple(map(tuple, keys))


def key_expressions(grid: Grid) -> tuple[str, ...]:
    """Return the expressions for the keys of a lead `l`."""
    return tuple(_key(grid, [grid.scales[place] for place in places]) for places in grid.keys)


def level_expression(scale: Scale) -> str:
    """Return the expression for the level of a lead `l` on one scale."""
    return _level(Grid((scale,)), scale)


def _key(grid: Grid, scales: Iterable[Scale]) -> str:
    parts: list[str] = []
    radix = 1
    for scale in scales:
        parts.append(f"cast({_level(grid, scale)} as bigint) * {radix}")
        radix *= scale.size
    return " + ".join(parts) or "cast(0 as bigint)"


def _level(grid: Grid, scale: Scale) -> str:
    column = f"l.{quoted(scale.attribute)}"
    match scale.comparison:
        case Comparison.IS_TRUE:
            found = f"when {column} then 2"
        case Comparison.ONE_OF:
            found = " ".join(
                _one_of(column, place, values) for place, values in enumerate(scale.values, start=2)
            )
        case Comparison.AT_LEAST:
            found = f"when {_has_value(scale)} then {_steps(column, '>=', scale.stops)}"
        case Comparison.AT_MOST:
            found = f"when {_has_value(scale)} then {_steps(column, '>', scale.stops)}"
    return f"case {found} when {_has_value(scale)} then 1 {_blank(grid, scale)} end"


def _has_value(scale: Scale) -> str:
    """Return the condition that a lead has a value on the scale; NaN and infinity are no numbers."""
    column = f"l.{quoted(scale.attribute)}"
    return is_finite(column) if scale.comparison in NUMERIC else f"{column} is not null"


def _one_of(column: str, place: int, values: tuple[str, ...]) -> str:
    return f"when cast({column} as varchar) in ({', '.join(map(literal, values))}) then {place}"


def _blank(grid: Grid, scale: Scale) -> str:
    """Return the end of a level's cases, for a lead without a value."""
    if grid.tells_blanks:
        return f"else {NO_VALUE}"
    has_any = " or ".join(sorted({_has_value(each) for each in grid.scales}))
    not_met = scale.size - 1 if scale.comparison is Comparison.AT_MOST else 1
    return f"when {has_any} then {not_met} else {NO_VALUE}"


def _steps(column: str, sign: str, stops: tuple[float, ...], passed: int = 0) -> str:
    """Return the nested comparisons that find the level in as few steps as a binary search takes."""
    if not stops:
        return str(passed + 1)
    middle = len(stops) // 2
    above = _steps(column, sign, stops[middle + 1 :], passed + middle + 1)
    below = _steps(column, sign, stops[:middle], passed)
    return f"case when {column} {sign} cast({stops[middle]!r} as double) then {above} else {below} end"
