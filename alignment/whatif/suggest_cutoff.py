"""The cutoff for what sales can work, and the one that brings most for a value and a cost."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import sqrt

import numpy as np

from alignment.domain.definition import HIGHEST_SCORE, Definition, Level
from alignment.domain.definition_steps import Step, steps
from alignment.domain.money import Money
from alignment.domain.rate import Z_95, Rate
from alignment.whatif.cube import Tally
from alignment.whatif.figures import Counting, Figures, Frame, handed_scores, is_in


@dataclass(frozen=True)
class CutoffPoint:
    """What a cutoff comes to: hand-offs, those judged with their successes, and what these bring in cents.

    `is_as_good`: the data can't tell it from the best (95 %).
    """

    definition: Definition
    cutoff: int
    hand_offs: int
    conversion: Rate
    cents: int = 0
    is_as_good: bool = False


@dataclass(frozen=True)
class CutoffSuggestion:
    """The best of the cutoffs that the draft's lowest hand-off level can have, and the curve around it."""

    draft: Definition
    best: CutoffPoint
    present: CutoffPoint
    curve: tuple[CutoffPoint, ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        """Return the edits that lead there; none where the present cutoff is the best."""
        return steps(self.draft, self.best.definition)

    @property
    def as_good(self) -> tuple[int, int]:
        """Return the lowest and the highest cutoff around the best that the data can't tell from it."""
        cutoffs = [point.cutoff for point in self.curve]
        low = high = cutoffs.index(self.best.cutoff)
        while low > 0 and self.curve[low - 1].is_as_good:
            low -= 1
        while high < len(self.curve) - 1 and self.curve[high + 1].is_as_good:
            high += 1
        return cutoffs[low], cutoffs[high]


def level_at_the_cutoff(definition: Definition) -> int:
    """Return the place of the lowest level that is handed off."""
    return next(place for place, level in enumerate(definition.levels) if level.enters_hand_off)


def with_cutoff(definition: Definition, cutoff: int) -> Definition:
    """Return the definition handing off from another score on; levels in the way give way, one point each."""
    at = level_at_the_cutoff(definition)

    def moved(place: int, level: Level) -> int:
        if place == 0:
            return 0
        away = cutoff + place - at
        return min(level.cutoff, away) if place < at else max(level.cutoff, away) if place > at else cutoff

    levels = (replace(level, cutoff=moved(place, level)) for place, level in enumerate(definition.levels))
    return replace(definition, levels=tuple(levels))


def cutoffs(figures: Figures) -> tuple[CutoffPoint, ...]:
    """Return what each cutoff that the levels leave room for would come to, the lowest first."""
    counts = np.array([(point.leads, point.judged, point.converted) for point in figures.histogram])
    return tuple(_point(candidate, counts) for candidate in _candidates(figures.definition))


def _candidates(definition: Definition) -> Iterator[Definition]:
    at, levels = level_at_the_cutoff(definition), len(definition.levels)
    for cutoff in range(at, HIGHEST_SCORE + 1 - (levels - 1 - at)) if at else (0,):
        yield with_cutoff(definition, cutoff)


def _point(candidate: Definition, counts: np.ndarray) -> CutoffPoint:
    leads, judged, converted = (int(number) for number in counts[handed_scores(candidate)].sum(axis=0))
    cutoff = candidate.levels[level_at_the_cutoff(candidate)].cutoff
    return CutoffPoint(candidate, cutoff, leads, Rate(converted, judged))


def for_capacity(figures: Figures, capacity: float) -> CutoffSuggestion | None:
    """Return the lowest cutoff whose hand-offs a week stay within the capacity.

    None where even the highest one hands off more, or where the data has no dates and so no weeks.
    """
    if not figures.weeks:
        return None
    curve = cutoffs(figures)
    within = [point for point in curve if point.hand_offs <= capacity * figures.weeks]
    if not within:
        return None
    same = [point for point in within if point.hand_offs == within[0].hand_offs]
    best = next((point for point in same if _is_present(figures, point)), within[0])
    return _suggestion(figures, curve, best)


def for_value(figures: Figures, value: Money, cost: Money) -> CutoffSuggestion | None:
    """Return the cutoff whose judged hand-offs bring most: value of each success less cost of each hand-off.

    Of several that bring the same, the present one, else the highest. None where nothing is judged.
    """
    curve = tuple(
        replace(
            point,
            cents=point.conversion.numerator * value.cents - point.conversion.denominator * cost.cents,
        )
        for point in cutoffs(figures)
    )
    if not any(point.conversion.denominator for point in curve):
        return None
    most = max(point.cents for point in curve)
    best = max(
        (point for point in curve if point.cents == most),
        key=lambda point: (_is_present(figures, point), point.cutoff),
    )
    marked = (replace(point, is_as_good=_is_as_good(point, best, value.cents)) for point in curve)
    return _suggestion(figures, tuple(marked), best)


def _suggestion(figures: Figures, curve: tuple[CutoffPoint, ...], best: CutoffPoint) -> CutoffSuggestion:
    present = next(point for point in curve if _is_present(figures, point))
    return CutoffSuggestion(figures.definition, best, present, curve)


def _is_present(figures: Figures, point: CutoffPoint) -> bool:
    return point.definition.levels == figures.definition.levels


def _is_as_good(point: CutoffPoint, best: CutoffPoint, cents_each: int) -> bool:
    """Tell whether what lies between two cutoffs could be chance: a binomial spread of its successes."""
    between = abs(point.conversion.denominator - best.conversion.denominator)
    successes = abs(point.conversion.numerator - best.conversion.numerator)
    if not between:
        return True
    share = min(successes / between, 1.0)
    spread = sqrt(max(between * share * (1 - share), 0.25))
    return best.cents - point.cents <= Z_95 * cents_each * spread


def value_of_an_outcome(tally: Tally, frame: Frame) -> Money | None:
    """Return chance of a win after a success × mean won value, by all judged leads of the frame's period.

    None where none of them has won by a deal of a known amount.
    """
    counting = Counting(tally.fates, frame)
    inside = [is_in(month, frame.period) for month in tally.months]
    leads, cents = (array[:, inside].sum(axis=(0, 1)) for array in (tally.leads, tally.cents))
    won = counting.converted & counting.won
    valued = won & ~counting.unvalued
    successes, wins, priced = (int(leads[kind].sum()) for kind in (counting.converted, won, valued))
    if not (successes and priced):
        return None
    return Money(round(wins / successes * int(cents[valued].sum()) / priced), frame.currency)
