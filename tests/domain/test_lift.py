"""Rules of lift."""

import numpy as np
import pytest

from alignment.domain.lift import Lift
from alignment.domain.rate import Rate
from alignment.domain.refusal import Refusal


def test_lift_is_how_many_times_as_often_the_chosen_convert():
    """Three in ten where one in ten does."""
    assert Lift(Rate(30, 100), Rate(100, 1000)).value == pytest.approx(3)


@pytest.mark.parametrize(
    ("chosen", "everyone"), [(Rate(2, 4), Rate(2, 50)), (Rate(0, 20), Rate(0, 50)), (Rate(0, 0), Rate(0, 0))]
)
def test_where_few_were_chosen_or_nobody_converted_there_is_no_lift(chosen, everyone):
    """A quotient of next to nothing would be a number all the same."""
    assert (Lift(chosen, everyone).value, Lift(chosen, everyone).interval) == (None, None)


def test_the_interval_of_lift_holds_the_truth_as_often_as_it_says():
    """The chosen are part of everyone, which an interval for two groups apart would miss."""
    shares = np.array([0.05, 0.10, 0.08, 0.77])
    truth = (shares[0] / shares[:2].sum()) / (shares[0] + shares[2])
    draws = np.random.default_rng(4).multinomial(800, shares, 1000).tolist()
    lifts = [Lift(Rate(a, a + b), Rate(a + c, 800)) for a, b, c, _ in draws]

    held = [low <= truth <= high for low, high in (lift.interval for lift in lifts)]

    assert np.mean(held) == pytest.approx(0.95, abs=0.02)


def test_a_part_that_is_none_is_refused():
    """Ten converted of those chosen, but only five of everyone."""
    with pytest.raises(Refusal, match="part of all"):
        Lift(Rate(10, 20), Rate(5, 100))
