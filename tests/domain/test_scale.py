"""The rules of a criterion's scale: levels, boundaries, stops."""

import pytest

from alignment.domain.definition import Comparison, Criterion
from alignment.domain.scale import MOST_STOPS, Scale, rounded_stops, roundest

SIZES = Scale("size", Comparison.AT_LEAST, stops=(10.0, 50.0))
DAYS = Scale("days", Comparison.AT_MOST, stops=(7.0, 30.0))
TITLES = Scale("title", Comparison.ONE_OF, values=(("boss",), ("clerk",)))


def test_a_missing_value_has_the_level_that_no_threshold_accepts():
    """Missing is not met, however low the threshold."""
    for scale, threshold in ((SIZES, 10), (DAYS, 30), (TITLES, ("boss", "clerk"))):
        assert scale.level_of(None) == 0
        assert not scale.meets(threshold)[0]


@pytest.mark.parametrize(
    ("scale", "threshold", "value"),
    [
        (SIZES, 50, 50.0),
        (SIZES, 50, 49.9),
        (DAYS, 7, 7.0),
        (DAYS, 7, 7.1),
        (TITLES, ("boss",), "boss"),
        (TITLES, ("boss",), "clerk"),
        (TITLES, ("boss",), "intern"),
        (Scale("asked", Comparison.IS_TRUE), None, True),
        (Scale("asked", Comparison.IS_TRUE), None, False),
    ],
)
def test_a_level_meets_what_its_values_meet(scale, threshold, value):
    """A value on the boundary is inside, for the criterion and for the level."""
    criterion = Criterion("c", scale.attribute, scale.comparison, threshold, 10)

    assert scale.meets(threshold)[scale.level_of(value)] is criterion.is_met_by(value)


def test_a_threshold_between_the_stops_becomes_a_stop():
    """Somebody typed 25: the slider must be able to stand there."""
    assert SIZES.with_threshold(25).stops == (10.0, 25.0, 50.0)


def test_an_accepted_value_that_the_data_lacks_is_told_apart_all_the_same():
    """The next load may bring it."""
    assert TITLES.with_threshold(("pilot",)).options == ("boss", "clerk", "pilot")


def test_values_accepted_apart_are_told_apart():
    """Two definitions that accept different titles share one scale."""
    scale = (
        Scale("title", Comparison.ONE_OF)
        .with_threshold(("boss", "clerk"))
        .with_threshold(("clerk", "intern"))
    )

    assert sorted(map(sorted, scale.values)) == [["boss"], ["clerk"], ["intern"]]


def test_few_different_numbers_are_all_stops():
    """A count from 0 to 5 needs no rounding."""
    assert rounded_stops({0.0: 7, 1.0: 3, 5.0: 1}) == (0.0, 1.0, 5.0)


def test_many_different_numbers_give_at_most_forty_round_stops():
    """Nobody drags a slider through ten thousand numbers."""
    stops = rounded_stops({float(number): 1 for number in range(1, 10_000)})

    assert len(stops) <= MOST_STOPS
    assert stops == tuple(sorted(set(stops)))
    assert {1000.0, 5000.0} <= set(stops)


def test_no_lead_with_a_value_means_no_stops():
    """An empty column has nothing to choose from."""
    assert rounded_stops({}) == ()


@pytest.mark.parametrize(
    ("low", "high", "roundest_number"),
    [(47, 61, 50), (93, 140, 100), (-4, 3, 0), (0.031, 0.038, 0.035), (7, 7.5, 7.5)],
)
def test_the_roundest_number_of_a_span_has_the_fewest_digits(low, high, roundest_number):
    """50 reads better than 47, and asks the same."""
    assert roundest(low, high) == pytest.approx(roundest_number)
