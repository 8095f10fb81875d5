"""Rules of agreement beyond chance."""

import numpy as np
import pytest

from alignment.domain.kappa import Kappa
from alignment.domain.refusal import Refusal


def test_agreement_by_chance_alone_is_zero():
    """Half say yes, whatever the other says."""
    assert Kappa(25, 25, 25, 25).value == 0


def test_the_worked_example_of_the_textbooks():
    """35 of 50 alike where 25 would be by chance."""
    kappa = Kappa(20, 5, 10, 15)

    assert kappa.value == pytest.approx(0.4)
    assert kappa.words == "moderately"


@pytest.mark.parametrize("kappa", [Kappa(0, 0, 0, 0), Kappa(9, 0, 0, 0), Kappa(0, 0, 0, 7)])
def test_where_nobody_could_disagree_agreement_is_not_known(kappa):
    """Two judges who always say yes have shown nothing."""
    assert (kappa.value, kappa.interval, kappa.words) == (None, None, "can't be told")


def test_the_interval_holds_the_truth_as_often_as_it_says():
    """Drawn a thousand times, 95 in 100 intervals hold the κ that the draws come from."""
    shares = np.array([0.3, 0.15, 0.1, 0.45])
    truth = Kappa(*(int(share * 100) for share in shares)).value
    draws = np.random.default_rng(4).multinomial(200, shares, 1000)

    held = [low <= truth <= high for low, high in (Kappa(*map(int, row)).interval for row in draws)]

    assert np.mean(held) == pytest.approx(0.95, abs=0.02)


def test_counts_below_zero_are_refused():
    """There is no lead that counts less than nothing."""
    with pytest.raises(Refusal):
        Kappa(1, 1, -1, 1)
