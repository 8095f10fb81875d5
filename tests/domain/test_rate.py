"""Rates know how sure they are."""

from importlib import import_module

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from alignment.domain.rate import Rate, RateDifference
from alignment.domain.refusal import Refusal


def test_a_rate_of_nothing_is_undefined_not_zero():
    """An empty cohort has no conversion of 0 %."""
    assert Rate(0, 0).value is None
    assert Rate(0, 0).interval is None


@pytest.mark.parametrize(
    ("rate", "low", "high"), [(Rate(3, 8), 14, 69), (Rate(12, 40), 18, 45), (Rate(60, 200), 24, 37)]
)
def test_few_leads_give_a_wide_interval(rate, low, high):
    """The published examples of the Wilson interval."""
    assert (round(rate.low * 100), round(rate.high * 100)) == (low, high)


def test_under_five_no_percentage_is_said():
    """Three of four is no 75 %."""
    assert str(Rate(3, 4)) == "n too small (3 of 4)"


def test_a_rate_says_count_and_interval():
    """A percentage never stands alone."""
    assert str(Rate(3, 8)) == "38 % (3 of 8, 14–69 %)"


@pytest.mark.parametrize(("numerator", "denominator"), [(-1, 5), (6, 5)])
def test_a_part_is_never_larger_than_its_whole(numerator, denominator):
    """A rate over 100 % can't be built."""
    with pytest.raises(Refusal, match="numerator"):
        Rate(numerator, denominator)


@pytest.fixture(scope="module")
def theirs():
    """Return the intervals of statsmodels: imported here, as that takes seconds."""
    return import_module("statsmodels.stats.proportion")


counts = st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@drawn(counts)
def test_the_interval_is_wilsons(theirs, count):
    """Ours equals the one of statsmodels, for any count."""
    low, high = theirs.proportion_confint(*count, method="wilson")
    assert Rate(*count).interval == pytest.approx((low, high), abs=1e-9)


@drawn(counts, counts)
def test_the_interval_of_a_difference_is_newcombes(theirs, before, after):
    """Ours equals the one of statsmodels, for any two counts that may be compared."""
    ours = RateDifference(Rate(*before), Rate(*after)).interval
    if ours is None:
        assert min(before[1], after[1]) < 5
        return
    low, high = theirs.confint_proportions_2indep(*after, *before, method="newcomb", compare="diff")
    assert ours == pytest.approx((low, high), abs=1e-9)


def test_a_difference_whose_interval_holds_zero_is_no_clear_difference():
    """12 of 40 against 14 of 40 is noise, and said so."""
    assert RateDifference(Rate(12, 40), Rate(14, 40)).words == "no clear difference"


def test_a_difference_beyond_doubt_is_likely_higher():
    """60 of 200 against 90 of 200 is more."""
    assert RateDifference(Rate(60, 200), Rate(90, 200)).words == "likely higher"


@pytest.mark.parametrize(("rate", "words"), [(Rate(3, 1000), "< 1 %"), (Rate(997, 1000), "> 99 %")])
def test_some_is_never_said_as_none_nor_almost_all_as_all(rate, words):
    """3 of 1,000 is not 0 %."""
    assert str(rate).startswith(words)
