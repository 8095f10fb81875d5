"""Random draws by the array, repeatable from a seed."""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Whole: TypeAlias = npt.NDArray[np.int64]
Real: TypeAlias = npt.NDArray[np.float64]
Flags: TypeAlias = npt.NDArray[np.bool_]

SECONDS_A_DAY = 86_400


def sigmoid(odds: Real) -> Real:
    """Return the probability of log-odds."""
    return 1 / (1 + np.exp(-odds))


class Draw:
    """A stream of random arrays; the same seeds give the same stream."""

    def __init__(self, *seeds: int) -> None:
        """Start the stream of these seeds."""
        self._generator = np.random.default_rng(seeds)

    def normal(self, count: int) -> Real:
        """Draw from the standard normal distribution."""
        return self._generator.standard_normal(count)

    def uniform(self, low: float, high: float, count: int) -> Real:
        """Draw numbers in [low, high)."""
        return self._generator.uniform(low, high, count)

    def whole(self, low: int, high: int, count: int) -> Whole:
        """Draw whole numbers in [low, high)."""
        return self._generator.integers(low, high, count)

    def chance(self, probability: Real | float, count: int) -> Flags:
        """Draw True with the given probability, one for all or one each."""
        return self._generator.random(count) < probability

    def counts(self, mean: Real) -> Whole:
        """Draw Poisson counts."""
        return self._generator.poisson(mean)

    def pick(self, weights: Sequence[float], count: int) -> Whole:
        """Draw indices with probabilities in proportion to the weights."""
        bounds = np.cumsum(weights) / np.sum(weights)
        return np.minimum(
            np.searchsorted(bounds, self._generator.random(count), side="right"), len(weights) - 1
        )

    def lag(self, median_days: Real | float, spread: float, count: int) -> Whole:
        """Draw lognormal lags in seconds from their median in days; `spread` is the logarithm's sigma."""
        return (median_days * SECONDS_A_DAY * np.exp(spread * self.normal(count))).astype(np.int64)
