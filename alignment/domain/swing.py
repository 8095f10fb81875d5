"""Signal apart from noise: the process behaviour chart of a monthly count (Wheeler's XmR)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise, takewhile
from statistics import fmean

SCALING = 2.66
"""3 ÷ 1.128: three sigma for single values, by the mean of their moving ranges of two (Wheeler 1993)."""
FEWEST_MONTHS, MOST_MONTHS = 6, 24
RUN = 8
"""So many months in a row on one side of what was expected are a signal, each within the limits or not."""
ROUNDING = 1e-9


class Standing(StrEnum):
    """How a month's count stands to what was expected of it."""

    FEWER = "fewer"
    EXPECTED = "expected"
    MORE = "more"


@dataclass(frozen=True)
class Usual:
    """What is usual by the months before, oldest first: the chart's centre line and natural limits."""

    before: tuple[int, ...]

    @property
    def centre(self) -> float:
        """Return the mean of the months before."""
        return _mean(self.before)

    @property
    def swing(self) -> float:
        """Return how far a month may lie away without anything having changed: 2.66 × mean moving range."""
        return SCALING * _mean_range(self.before)

    @property
    def low(self) -> float:
        """Return the lower natural limit; no count lies under 0."""
        return max(0.0, self.centre - self.swing)

    @property
    def high(self) -> float:
        """Return the upper natural limit."""
        return self.centre + self.swing


@dataclass(frozen=True)
class Reading:
    """A month's count beside what was planned (None: nothing) and what is usual (None: too few months).

    `run`: months in a row, this one the last, that lie on the same side of what was expected of them: under
    it where negative, 0 where this one lies on it.
    """

    actual: int
    usual: Usual | None
    plan: int | None = None
    run: int = 0

    @property
    def expected(self) -> float | None:
        """Return what was planned, without a plan what is usual."""
        if self.plan is not None:
            return float(self.plan)
        return self.usual.centre if self.usual else None

    @property
    def is_beyond(self) -> bool:
        """Tell whether it lies farther from what was expected than months usually swing."""
        return self._is_beyond(self.expected)

    @property
    def is_run(self) -> bool:
        """Tell whether eight months in a row or more lie on its side."""
        return self.usual is not None and abs(self.run) >= RUN

    @property
    def is_usual(self) -> bool:
        """Tell whether it lies within the natural limits of the months before, whatever was planned."""
        return self.usual is not None and not self._is_beyond(self.usual.centre)

    @property
    def standing(self) -> Standing | None:
        """Return fewer or more where there is a signal, else expected; None while nothing can be judged."""
        expected = self.expected
        if self.usual is None or expected is None:
            return None
        if not (self.is_beyond or self.is_run):
            return Standing.EXPECTED
        return Standing.MORE if self.actual > expected else Standing.FEWER

    def _is_beyond(self, expected: float | None) -> bool:
        if self.usual is None or expected is None:
            return False
        return abs(self.actual - expected) > self.usual.swing + ROUNDING


def readings(actual: Sequence[int], planned: Sequence[int | None]) -> tuple[Reading, ...]:
    """Return the reading of each month, oldest first, by at most 24 months before it and its own plan."""
    return tuple(_reading(actual[: place + 1], planned[: place + 1]) for place in range(len(actual)))


def _reading(actual: Sequence[int], planned: Sequence[int | None]) -> Reading:
    before = tuple(actual[-1 - MOST_MONTHS : -1])
    usual = Usual(before) if len(before) >= FEWEST_MONTHS else None
    return Reading(actual[-1], usual, planned[-1], _run(actual, planned, usual))


def _run(actual: Sequence[int], planned: Sequence[int | None], usual: Usual | None) -> int:
    """Return how many months up to the last lie on its side of their plans, without a plan of the centre."""
    if usual is None:
        return 0
    if planned[-1] is None:
        distances = [each - usual.centre for each in actual]
    else:
        distances = [
            0.0 if plan is None else float(each - plan) for each, plan in zip(actual, planned, strict=True)
        ]
    side = _side(distances[-1])
    return side * len(list(takewhile(lambda each: side and _side(each) == side, reversed(distances))))


def _side(distance: float) -> int:
    return 0 if abs(distance) <= ROUNDING else 1 if distance > 0 else -1


@lru_cache(maxsize=2_000)
def _mean(counts: tuple[int, ...]) -> float:
    """Return the mean; kept, because a page asks it of the same months hundreds of times."""
    return fmean(counts)


@lru_cache(maxsize=2_000)
def _mean_range(counts: tuple[int, ...]) -> float:
    """Return the mean distance from one month to the next."""
    return fmean(abs(after - before) for before, after in pairwise(counts))
