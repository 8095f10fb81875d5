"""How well a score ranks the leads that had success above those that had none: AUC, alone and compared."""

from dataclasses import dataclass
from math import exp, log, sqrt
from typing import Any

import numpy as np
import numpy.typing as npt

from alignment.domain.rate import Z_95

Counts = npt.NDArray[np.float64]
Ranks = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Auc:
    """The chance that a lead that converted scores above one that did not; a tie counts half.

    `value` and `interval` (95 %, DeLong's variance on the logit scale) are None where one kind is missing.
    """

    value: float | None
    interval: tuple[float, float] | None
    converted: int
    others: int


@dataclass(frozen=True)
class AucDifference:
    """How the AUC changes from one score to another on the same leads, with DeLong's paired 95 % interval."""

    before: Auc
    after: Auc
    value: float | None
    interval: tuple[float, float] | None

    @property
    def is_better(self) -> bool:
        """Tell whether the interval lies above zero."""
        return self.interval is not None and self.interval[0] > 0

    @property
    def is_worse(self) -> bool:
        """Tell whether the interval lies below zero."""
        return self.interval is not None and self.interval[1] < 0


def added_up(places: npt.NDArray[np.integer[Any]], leads: npt.NDArray[Any], size: int) -> Counts:
    """Return the leads by place; shape [size]."""
    return np.bincount(places, leads, size).astype(np.float64, copy=False)


def auc_value(converted: Counts, others: Counts) -> float | None:
    """Return the AUC of counts by ascending score, None where one of the two kinds is missing."""
    pairs = converted.sum() * others.sum()
    return float(converted @ (np.cumsum(others) - others / 2) / pairs) if pairs else None


def auc_values(converted: Counts, others: Counts) -> Counts:
    """Return `auc_value` of each row of counts, 0 where one of the two kinds is missing; shape [rows]."""
    pairs = converted.sum(axis=1) * others.sum(axis=1)
    ahead = np.einsum("rs,rs->r", converted, np.cumsum(others, axis=1) - others / 2)
    return np.divide(ahead, pairs, out=np.zeros_like(pairs), where=pairs > 0)


def auc_of(ranks: Ranks, converted: Counts, others: Counts) -> Auc:
    """Return the AUC of rows that hold so many leads of both kinds; `ranks` are whole scores from 0 on."""
    counts = int(converted.sum()), int(others.sum())
    if not all(counts):
        return Auc(None, None, *counts)
    above, below = _placements(ranks, converted, others)
    value = float(above @ converted / counts[0])
    return Auc(value, _on_logit_scale(value, _deviation(above, converted, below, others)), *counts)


def compare(before: Ranks, after: Ranks, converted: Counts, others: Counts) -> AucDifference:
    """Return how the AUC changes when the same rows are ranked another way."""
    aucs = auc_of(before, converted, others), auc_of(after, converted, others)
    if aucs[0].value is None or aucs[1].value is None:
        return AucDifference(*aucs, None, None)
    old, new = _placements(before, converted, others), _placements(after, converted, others)
    value = aucs[1].value - aucs[0].value
    half = Z_95 * _deviation(new[0] - old[0], converted, new[1] - old[1], others)
    return AucDifference(*aucs, value, (value - half, value + half))


def _placements(ranks: Ranks, converted: Counts, others: Counts) -> tuple[Counts, Counts]:
    """Return, a row each, the share of others ranked below it and of converted ranked above it."""
    size = int(ranks.max(initial=0)) + 1
    hits, misses = added_up(ranks, converted, size), added_up(ranks, others, size)
    below = (np.cumsum(misses) - misses / 2) / misses.sum()
    above = 1 - (np.cumsum(hits) - hits / 2) / hits.sum()
    return below[ranks], above[ranks]


def _deviation(of_converted: Counts, converted: Counts, of_others: Counts, others: Counts) -> float:
    """Return the standard error of a mean over both kinds (DeLong, DeLong and Clarke-Pearson, 1988)."""
    return sqrt(_variance(of_converted, converted) + _variance(of_others, others))


def _variance(values: Counts, leads: Counts) -> float:
    """Return the variance of the mean of values that so many leads have."""
    total = float(leads.sum())
    mean = float(values @ leads) / total
    return max(float(((values - mean) ** 2) @ leads) / max(total - 1, 1) / total, 0.0)


def _on_logit_scale(value: float, deviation: float) -> tuple[float, float]:
    """Return an interval that stays between 0 and 1."""
    if not 0 < value < 1:
        return value, value
    half = Z_95 * deviation / (value * (1 - value))
    centre = log(value / (1 - value))
    return 1 / (1 + exp(half - centre)), 1 / (1 + exp(-half - centre))
