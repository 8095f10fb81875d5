"""The levels of a lead on some scales, as numbers that every engine can group by."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from math import prod
from typing import TypeAlias

from alignment.domain.definition import NUMERIC, Comparison
from alignment.domain.scale import NO_VALUE, Scale
from alignment.metrics.query import literal, quoted
from alignment.metrics.value_counts import LARGEST, is_finite

KEY_LIMIT = 2**62
"""A key stays below this, so that every engine's bigint holds it."""
LARGEST_SMALL = 2**31 - 1
"""Up to here a key is an int, which is faster."""
FEW_VALUES = 8

Told: TypeAlias = Callable[[int], str]


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
    return _level(Grid((scale,)), scale, str)


def _key(grid: Grid, scales: Sequence[Scale]) -> str:
    """Return the levels of the scales, each written as what it counts in the key: nothing is multiplied."""
    is_small = prod(scale.size for scale in scales) <= LARGEST_SMALL
    parts: list[str] = []
    radix = 1
    for scale in scales:
        parts.append(_level(grid, scale, partial(_counted, radix=radix, is_small=is_small)))
        radix *= scale.size
    total = "\n           + ".join(parts) or "cast(0 as bigint)"
    if grid.tells_blanks or not parts:
        return total
    has_any = " or ".join(sorted({_has_value(scale) for scale in grid.scales}, key=_by_effort))
    return f"case when {has_any} then {total} else 0 end"


def _by_effort(condition: str) -> tuple[int, str]:
    """Return what sorts a plain look for a null first: one condition that holds is enough."""
    return len(condition), condition


def _counted(level: int, radix: int, *, is_small: bool) -> str:
    return str(level * radix) if is_small else f"cast({level * radix} as bigint)"


def _level(grid: Grid, scale: Scale, told: Told) -> str:
    """Return the expression for a lead's level on the scale, each level in the form `told`.

    Where the grid doesn't tell blanks, a missing value falls into a level that is not met.
    """
    column = f"l.{quoted(scale.attribute)}"
    not_met = scale.size - 1 if scale.comparison is Comparison.AT_MOST else 1
    blank = NO_VALUE if grid.tells_blanks else not_met
    match scale.comparison:
        case Comparison.AT_LEAST:
            return _Steps(column, ">=", told, blank).among(scale.stops)
        case Comparison.AT_MOST:
            return _Steps(column, ">", told, blank).among(scale.stops)
        case Comparison.IS_TRUE:
            found = f"when {column} then {told(2)}"
        case Comparison.ONE_OF:
            found = " ".join(
                f"when {is_one} then {told(place)}"
                for place, values in enumerate(scale.values, start=2)
                for is_one in _is_one_of(f"cast({column} as varchar)", values)
            )
    other = f"when {column} is not null then {told(1)} " if blank != 1 else ""
    return f"case {found} {other}else {told(blank)} end" if found or other else told(blank)


def _has_value(scale: Scale) -> str:
    """Return the condition that a lead has a value on the scale; NaN and infinity are no numbers."""
    column = f"l.{quoted(scale.attribute)}"
    return is_finite(column) if scale.comparison in NUMERIC else f"{column} is not null"


def _is_one_of(text: str, values: tuple[str, ...]) -> Iterator[str]:
    """Yield the conditions of which one holds; a few values are faster found one by one than in a list."""
    if len(values) > FEW_VALUES:
        yield f"{text} in ({', '.join(map(literal, values))})"
        return
    for value in values:
        yield f"{text} = {literal(value)}"


@dataclass(frozen=True)
class _Steps:
    """Finds the level of a number in as few comparisons as a binary search takes.

    Engines sort NaN above all numbers, infinity included; a null is at least nothing. So both ends alone tell
    what is no number.
    """

    column: str
    sign: str
    told: Told
    blank: int

    def among(self, stops: tuple[float, ...], passed: int = 0, *, is_top: bool = True) -> str:
        """Return the expression for the level, `passed` stops lying below these."""
        if not stops:
            return self._end(passed + 1, is_top=is_top)
        middle = len(stops) // 2
        above = self.among(stops[middle + 1 :], passed + middle + 1, is_top=is_top)
        below = self.among(stops[:middle], passed, is_top=False)
        return f"case when {self.column} {self.sign} {_double(stops[middle])} then {above} else {below} end"

    def _end(self, level: int, *, is_top: bool) -> str:
        ends = [f"{self.column} >= {_double(-LARGEST)}"] if level == 1 else []
        ends += [f"{self.column} <= {_double(LARGEST)}"] if is_top else []
        if not ends or level == self.blank:
            return self.told(level)
        return f"case when {' and '.join(ends)} then {self.told(level)} else {self.told(self.blank)} end"


def _double(number: float) -> str:
    return f"cast({number!r} as double)"
