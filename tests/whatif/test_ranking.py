"""AUC from counts and over all pairs of leads, held together; its intervals by DeLong's own sums."""

from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from alignment.whatif import ranking
from tests import suggest_plain

LEADS = some.lists(some.tuples(some.integers(0, 5), some.integers(0, 5), some.booleans()), max_size=14)


def arrays(leads):
    """Return scores, other scores, successes and failures, a row a lead."""
    first, second, success = (np.array([lead[place] for lead in leads], np.intp) for place in range(3))
    return first, second, success.astype(float), 1.0 - success


@settings(max_examples=60)
@given(LEADS)
def test_the_auc_is_the_share_of_pairs_in_the_right_order(leads):
    """A tie counts half; without a pair there is none."""
    first, _, converted, others = arrays(leads)

    found = ranking.auc_of(first, converted, others)

    plain = suggest_plain.auc([(lead[0], lead[2]) for lead in leads])
    assert found.value == (None if plain is None else pytest.approx(plain))
    assert found.interval is None or found.interval[0] <= found.value <= found.interval[1]


def placements(scores, successes, failures):
    """Return each success's share of failures below it, and each failure's share of successes above."""
    ahead = np.array([[(a > b) + (a == b) / 2 for b in scores[failures]] for a in scores[successes]])
    return ahead.mean(axis=1), ahead.mean(axis=0)


@settings(max_examples=40)
@given(LEADS)
def test_the_interval_of_a_difference_is_that_of_delong(leads):
    """By his sums over single leads, the two scores being of the same leads."""
    first, second, converted, others = arrays(leads)
    successes, failures = converted > 0, others > 0
    if min(successes.sum(), failures.sum()) < 2:
        return

    found = ranking.compare(first, second, converted, others)

    old, new = (placements(scores, successes, failures) for scores in (first, second))
    parts = [(after - before).var(ddof=1) / len(before) for before, after in zip(old, new, strict=True)]
    half = 1.959964 * sqrt(sum(parts))
    value = new[0].mean() - old[0].mean()
    assert found.value == pytest.approx(value)
    assert found.interval == pytest.approx((value - half, value + half), abs=1e-6)


def test_rows_that_stand_for_many_leads_count_as_many():
    """A pattern of the cube is no single lead."""
    scores, converted, others = np.array([0, 1, 2]), np.array([1.0, 2.0, 3.0]), np.array([4.0, 1.0, 2.0])
    one_by_one = [np.repeat(scores, kind.astype(int)) for kind in (converted, others)]
    each = np.concatenate(one_by_one), np.repeat([1.0, 0.0], [6, 7]), np.repeat([0.0, 1.0], [6, 7])

    rows, leads = ranking.auc_of(scores, converted, others), ranking.auc_of(*each)
    assert (rows.value, *rows.interval) == pytest.approx((leads.value, *leads.interval))


def test_a_perfect_ranking_has_no_spread():
    """Nothing in the data speaks of another."""
    found = ranking.auc_of(np.array([0, 1]), np.array([0.0, 9.0]), np.array([9.0, 0.0]))

    assert (found.value, found.interval) == (1.0, (1.0, 1.0))
