"""A criterion's scale: the stops that its threshold can take, and the level that a value falls into."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import ceil, floor, isfinite, log10
from typing import Self, TypeAlias

from alignment.domain.definition import Comparison, Threshold, Value

Values: TypeAlias = tuple[str, ...]

MOST_STOPS = 40
MOST_VALUES = 30
NO_VALUE = 0
DIGITS = 12
ROUND_STEPS = (1.0, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01)


@dataclass(frozen=True)
class Scale:
    """What a threshold on one attribute can be; levels count from 0, which stands for no value.

    At least and at most: `stops` ascend; level 1 lies below the first stop, the last one beyond the last.
    One of: `values` are sets of values that the scale tells apart, from level 2 on; 1 is any other value.
    Is true: level 1 is false, 2 is true.
    """

    attribute: str
    comparison: Comparison
    stops: tuple[float, ...] = ()
    values: tuple[Values, ...] = ()

    @property
    def size(self) -> int:
        """Return the number of levels, the one for no value included."""
        if self.comparison is Comparison.IS_TRUE:
            return 3
        return len(self.stops) + len(self.values) + 2

    @property
    def options(self) -> Values:
        """Return the single values that a one-of criterion can accept, the most frequent first."""
        return tuple(value for group in self.values for value in group)

    def level_of(self, value: Value) -> int:
        """Return the level that a lead's value falls into."""
        if value is None or not self.comparison.has_value(value):
            return NO_VALUE
        match self.comparison:
            case Comparison.AT_LEAST:
                return 1 + sum(stop <= float(value) for stop in self.stops)
            case Comparison.AT_MOST:
                return 1 + sum(stop < float(value) for stop in self.stops)
            case Comparison.ONE_OF:
                places = (place for place, group in enumerate(self.values, start=2) if str(value) in group)
                return next(places, 1)
            case Comparison.IS_TRUE:
                return 2 if value is True else 1

    def covers(self, threshold: Threshold) -> bool:
        """Tell whether every level lies wholly inside or wholly outside of what the threshold asks for."""
        match threshold:
            case None:
                return True
            case tuple():
                asked = set(threshold)
                return asked <= set(self.options) and not any(
                    0 < len(asked & set(group)) < len(group) for group in self.values
                )
        return threshold in self.stops

    def meets(self, threshold: Threshold) -> tuple[bool, ...]:
        """Return, a level each, whether its leads meet a criterion with that threshold (which it covers)."""
        match self.comparison, threshold:
            case Comparison.AT_LEAST, float() | int():
                below = 2 + self.stops.index(threshold)
                return tuple(level >= below for level in range(self.size))
            case Comparison.AT_MOST, float() | int():
                last = 1 + self.stops.index(threshold)
                return tuple(NO_VALUE < level <= last for level in range(self.size))
            case Comparison.ONE_OF, tuple():
                return (False, False, *(set(group) <= set(threshold) for group in self.values))
        return (False, False, True)

    def with_threshold(self, threshold: Threshold) -> Self:
        """Return the scale with a stop there, or with these values told apart from the others."""
        if self.covers(threshold) or threshold is None:
            return self
        if isinstance(threshold, tuple):
            return replace(self, values=_split(self.values, threshold))
        return replace(self, stops=tuple(sorted({*self.stops, float(threshold)})))


def _split(groups: Iterable[Values], asked: Values) -> tuple[Values, ...]:
    """Return the groups cut at the border of what is asked, and what was in none of them as one more."""
    groups = tuple(groups)
    known = {value for group in groups for value in group}
    pieces = [
        tuple(value for value in group if (value in asked) is inside)
        for group in groups
        for inside in (True, False)
    ]
    unseen = tuple(dict.fromkeys(value for value in asked if value not in known))
    return tuple(piece for piece in (*pieces, unseen) if piece)


def rounded_stops(leads_by_value: Mapping[float, int], most: int = MOST_STOPS) -> tuple[float, ...]:
    """Return up to `most` ascending stops: each value where they are few, else a round one a quantile."""
    leads_by_value = {value: leads for value, leads in leads_by_value.items() if isfinite(value)}
    values = sorted(leads_by_value)
    if len(values) <= most:
        return tuple(round(value, DIGITS) for value in values)
    total, passed, below, found = sum(leads_by_value.values()), 0, None, set()
    due = 1
    for value in values:
        passed += leads_by_value[value]
        if passed * most >= due * total:
            found.add(round(value, DIGITS) if below is None else roundest(below, value))
            below, due = value, passed * most // total + 1
    return tuple(sorted(found))


def roundest(low: float, high: float) -> float:
    """Return the number with the fewest digits above `low` and up to `high`."""
    if low < 0 <= high:
        return 0.0
    size = 10.0 ** floor(log10(max(abs(low), abs(high))))
    for step in (size * part for part in ROUND_STEPS):
        candidate = round(ceil(round(low / step, DIGITS)) * step, DIGITS)
        candidate = candidate if candidate > low else round(candidate + step, DIGITS)
        if candidate <= high:
            return candidate
    return round(high, DIGITS)
