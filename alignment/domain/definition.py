"""The definition of a qualified lead: criteria with points, caps per group, levels with cutoffs."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from math import isfinite
from typing import Self, TypeAlias

from alignment.domain.refusal import Refusal

HIGHEST_SCORE = 100
MOST_POINTS = 50
FEWEST_LEVELS, MOST_LEVELS = 2, 6
LONGEST_NAME, LONGEST_SLA, LARGEST_CAPACITY = 60, 10_000, 1_000_000_000
"""Of a level: characters, business hours (five years), leads a week. What is more is a slip of the hand."""
LARGEST = 1e15
"""Larger thresholds are no numbers that anybody reads."""


class Comparison(StrEnum):
    """How a criterion looks at its attribute."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ONE_OF = "one_of"
    IS_TRUE = "is_true"

    def has_value(self, value: "Value") -> bool:
        """Tell whether there is a value to compare: NaN and infinity are no numbers."""
        is_number = self in NUMERIC and isinstance(value, float)
        return isfinite(value) if is_number else value is not None


NUMERIC = (Comparison.AT_LEAST, Comparison.AT_MOST)


class Group(StrEnum):
    """What a criterion speaks of; points are capped per group."""

    FIT = "fit"
    ENGAGEMENT = "engagement"
    EXCLUSION = "exclusion"


class Route(StrEnum):
    """Where the leads of a level go."""

    NURTURE = "nurture"
    SDR = "sdr"
    BOTH = "both"
    SALES = "sales"
    NONE = "none"

    @property
    def label(self) -> str:
        """Return the route in words."""
        return {
            "nurture": "nurture drip",
            "sdr": "SDR",
            "both": "nurture drip and SDR",
            "sales": "sales",
            "none": "nobody",
        }[self]


Threshold: TypeAlias = float | tuple[str, ...] | None
Value: TypeAlias = float | str | bool | None  # a lead's value of an attribute


@dataclass(frozen=True)
class Criterion:
    """One rule on one attribute: what it asks, and the points a lead gets for meeting it.

    `threshold` is a number for at least / at most, the accepted values for one of, None for is true.
    """

    criterion_id: str
    attribute: str
    comparison: Comparison
    threshold: Threshold
    points: int
    group: Group = Group.FIT

    def __post_init__(self) -> None:
        """Refuse an id with a dot, points out of range and a threshold that doesn't suit the comparison."""
        if not self.criterion_id or "." in self.criterion_id:
            message = f"The id of a criterion can't be empty or hold a dot, got “{self.criterion_id}”."
            raise Refusal(message)
        if not -MOST_POINTS <= self.points <= MOST_POINTS:
            between = f"between -{MOST_POINTS} and {MOST_POINTS}"
            message = f"The points of {self.attribute} must lie {between}, got {self.points}."
            raise Refusal(message)
        suits = {
            Comparison.IS_TRUE: self.threshold is None,
            Comparison.ONE_OF: isinstance(self.threshold, tuple) and len(self.threshold) > 0,
        }.get(self.comparison, _is_number(self.threshold))
        if not suits:
            message = (
                f"The threshold of {self.attribute} doesn't suit “{self.comparison}”: {self.threshold!r}."
            )
            raise Refusal(message)

    def is_met_by(self, value: Value) -> bool:
        """Tell whether a lead with this value meets the criterion; a missing value never does."""
        if value is None or not self.comparison.has_value(value):
            return False
        match self.comparison, self.threshold:
            case Comparison.AT_LEAST, float() | int() as threshold:
                return float(value) >= threshold
            case Comparison.AT_MOST, float() | int() as threshold:
                return float(value) <= threshold
            case Comparison.ONE_OF, tuple() as accepted:
                return str(value) in accepted
            case _:
                return value is True


def _is_number(threshold: Threshold) -> bool:
    if isinstance(threshold, bool) or not isinstance(threshold, int | float):
        return False
    return abs(threshold) <= LARGEST  # neither nan nor infinity


@dataclass(frozen=True)
class Level:
    """A band of the score from `cutoff` up to the next level's, with route and SLA in business hours.

    `capacity` is the number of its leads that can be worked a week within the SLA, None where nobody said.
    """

    name: str
    cutoff: int
    route: Route = Route.NONE
    sla_hours: int | None = None
    enters_hand_off: bool = False
    capacity: int | None = None

    def __post_init__(self) -> None:
        """Refuse a nameless level, a cutoff outside the score, an SLA or a capacity that can't be."""
        if not self.name.strip():
            message = "A level needs a name."
            raise Refusal(message)
        if not 0 <= self.cutoff <= HIGHEST_SCORE:
            message = f"The cutoff of {self.name} must lie between 0 and {HIGHEST_SCORE}, got {self.cutoff}."
            raise Refusal(message)
        if len(self.name) > LONGEST_NAME or not self.name.isprintable():
            message = f"A level's name is one line of up to {LONGEST_NAME} characters."
            raise Refusal(message)
        if self.sla_hours is not None and not 0 < self.sla_hours <= LONGEST_SLA:
            between = f"between 1 and {LONGEST_SLA:,} hours"
            message = f"The SLA of {self.name} must lie {between}, got {self.sla_hours}."
            raise Refusal(message)
        if self.capacity is not None and not 0 <= self.capacity <= LARGEST_CAPACITY:
            message = (
                f"The capacity of {self.name} must lie between 0 and {LARGEST_CAPACITY:,} a week,"
                f" got {self.capacity}."
            )
            raise Refusal(message)


DEFAULT_LEVELS = (
    Level("raw", 0, Route.NONE),
    Level("warm", 35, Route.NURTURE),
    Level("hot", 60, Route.SALES, sla_hours=8, enters_hand_off=True),
)


@dataclass(frozen=True)
class Definition:
    """What a qualified lead is: the score of its criteria and the levels that the score falls into.

    Score = Σ points of the criteria met, capped per group, clipped to 0…100. Levels ascend by cutoff, the
    first starts at 0. A cap bounds the group's sum on both sides of zero; a group without one is not capped.
    """

    criteria: tuple[Criterion, ...] = ()
    levels: tuple[Level, ...] = DEFAULT_LEVELS
    caps: Mapping[Group, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse levels out of order, names or criteria used twice, and no level for hand-off."""
        if not FEWEST_LEVELS <= len(self.levels) <= MOST_LEVELS:
            message = f"A definition has {FEWEST_LEVELS} to {MOST_LEVELS} levels, got {len(self.levels)}."
            raise Refusal(message)
        if self.levels[0].cutoff != 0:
            message = f"The lowest level, {self.levels[0].name}, must start at 0 points."
            raise Refusal(message)
        self._refuse_levels_out_of_order()
        self._refuse_repeats([level.name for level in self.levels], "level")
        self._refuse_repeats([criterion.criterion_id for criterion in self.criteria], "criterion")
        if not any(level.enters_hand_off for level in self.levels):
            message = "At least one level must enter hand-off, or nobody would ever call a lead."
            raise Refusal(message)
        if any(not 0 <= cap <= HIGHEST_SCORE for cap in self.caps.values()):
            message = f"A cap must lie between 0 and {HIGHEST_SCORE} points."
            raise Refusal(message)

    @property
    def capacity(self) -> int | None:
        """Return how many hand-offs can be worked a week: the sum over the levels that enter hand-off.

        A level that says none adds none; None where no such level says any.
        """
        said = [level.capacity for level in self.levels if level.enters_hand_off]
        known = [capacity for capacity in said if capacity is not None]
        return sum(known) if known else None

    def _refuse_levels_out_of_order(self) -> None:
        for lower, upper in zip(self.levels, self.levels[1:], strict=False):
            if lower.cutoff >= upper.cutoff:
                message = (
                    f"{upper.name} must start above {lower.name}: {upper.cutoff} is not above {lower.cutoff}."
                )
                raise Refusal(message)

    @staticmethod
    def _refuse_repeats(names: list[str], noun: str) -> None:
        folded = [name.strip().casefold() for name in names]
        twice = [name for place, name in enumerate(names) if folded[place] in folded[:place]]
        if twice:
            message = f"Each {noun} needs a name of its own; {', '.join(twice)} stands twice."
            raise Refusal(message)

    def criterion(self, criterion_id: str) -> Criterion:
        """Return the criterion of that id; raise Refusal when there is none (any more)."""
        for criterion in self.criteria:
            if criterion.criterion_id == criterion_id:
                return criterion
        message = f"The definition has no criterion “{criterion_id}” (any more)."
        raise Refusal(message)

    def score(self, lead: Mapping[str, Value]) -> int | None:
        """Return the lead's score 0…100; None (unscored) when it has a value for none of the criteria."""
        if not any(found.comparison.has_value(lead.get(found.attribute)) for found in self.criteria):
            return None
        sums = dict.fromkeys(Group, 0)
        for criterion in self.criteria:
            if criterion.is_met_by(lead.get(criterion.attribute)):
                sums[criterion.group] += criterion.points
        total = sum(self.capped(group, points) for group, points in sums.items())
        return min(max(total, 0), HIGHEST_SCORE)

    def capped(self, group: Group, points: int) -> int:
        """Return the group's points within its cap."""
        cap = self.caps.get(group)
        return points if cap is None else min(max(points, -cap), cap)

    def level_of(self, score: int | None) -> Level | None:
        """Return the level that a score falls into; a score on the cutoff is inside. None for unscored."""
        if score is None:
            return None
        return next(level for level in reversed(self.levels) if score >= level.cutoff)

    def qualifies(self, lead: Mapping[str, Value]) -> bool:
        """Tell whether the lead is handed off by this definition."""
        level = self.level_of(self.score(lead))
        return level is not None and level.enters_hand_off

    def with_criterion(self, criterion: Criterion) -> Self:
        """Return the definition with the criterion added, or put in the place of the one with its id."""
        if any(known.criterion_id == criterion.criterion_id for known in self.criteria):
            put = tuple(
                criterion if known.criterion_id == criterion.criterion_id else known
                for known in self.criteria
            )
            return replace(self, criteria=put)
        return replace(self, criteria=(*self.criteria, criterion))

    def without_criterion(self, criterion_id: str) -> Self:
        """Return the definition without that criterion."""
        self.criterion(criterion_id)
        return replace(
            self, criteria=tuple(known for known in self.criteria if known.criterion_id != criterion_id)
        )

    def with_points(self, criterion_id: str, points: int) -> Self:
        """Return the definition with other points for one criterion."""
        return self.with_criterion(replace(self.criterion(criterion_id), points=points))

    def with_threshold(self, criterion_id: str, threshold: Threshold) -> Self:
        """Return the definition with another threshold for one criterion."""
        return self.with_criterion(replace(self.criterion(criterion_id), threshold=threshold))

    def with_level(self, position: int, level: Level) -> Self:
        """Return the definition with another level at that position, the lowest being 0."""
        return replace(self, levels=(*self.levels[:position], level, *self.levels[position + 1 :]))

    def with_capacity(self, capacity: int | None) -> Self:
        """Return the definition with this capacity at the highest level that enters hand-off."""
        position = max(place for place, level in enumerate(self.levels) if level.enters_hand_off)
        return self.with_level(position, replace(self.levels[position], capacity=capacity))

    def with_cap(self, group: Group, cap: int | None) -> Self:
        """Return the definition with another cap for a group, None for no cap."""
        caps = {known: value for known, value in self.caps.items() if known is not group}
        return replace(self, caps=caps if cap is None else {**caps, group: cap})
