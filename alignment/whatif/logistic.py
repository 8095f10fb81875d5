"""A logistic fit with a ridge, on counted patterns instead of leads."""

import numpy as np

from alignment.whatif.by_time import Flags
from alignment.whatif.ranking import Counts

RIDGE = 1.0
"""As much as one lead would say: keeps the weight finite of what only one kind of lead has."""
MOST_STEPS = 30
CLOSE_ENOUGH = 1e-6
STEEPEST = 30.0


def weights(met: Flags, converted: Counts, others: Counts) -> Counts:
    """Return each column's weight in the log odds of success, by Newton's method; shape [columns].

    `met`: shape [patterns, columns]; `converted` and `others`: leads of each pattern.
    """
    design = np.column_stack([np.ones(len(met)), met.astype(float)])
    leads = converted + others
    ridge = np.diag([1e-9, *[RIDGE] * met.shape[1]])
    found = np.zeros(design.shape[1])
    for _ in range(MOST_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(design @ found, -STEEPEST, STEEPEST)))
        slope = design.T @ (converted - leads * chance) - ridge @ found
        curve = (design.T * (leads * chance * (1 - chance))) @ design + ridge
        step = np.linalg.solve(curve, slope)
        found += step
        if np.abs(step).max() < CLOSE_ENOUGH:
            break
    return found[1:]
