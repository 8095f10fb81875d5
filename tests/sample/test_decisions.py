"""Rules of what the sample company decided: of a quarter that is over, and never ahead of the data."""

from datetime import date

import pytest

from alignment.domain.decision import Choice, decided, standing
from alignment.domain.review import is_quarter
from alignment.sample.decisions import reviewed


@pytest.mark.parametrize(
    "as_of", [date(2026, 11, 26), date(2026, 10, 8), date(2026, 10, 3), date(2026, 1, 1)]
)
def test_the_last_review_is_past_and_of_a_quarter_that_is_over(as_of):
    """Also in the first days of a quarter, when that of the last one is still to come."""
    found = reviewed(as_of)

    assert is_quarter(found.review.period)
    assert found.review.period.end <= found.review.at.date() <= as_of
    assert all(each.at.date() <= as_of for each in (*found.decisions, *found.reasons))


def test_one_decision_has_been_seen_to_and_two_are_open():
    """So that a first visitor sees both."""
    found = reviewed(date(2026, 11, 26))

    assert {each.choice for each in decided(found.decisions).values()} == {
        Choice.STOP,
        Choice.MORE,
        Choice.CHANGE,
    }
    assert [each.choice for each in standing(found.decisions)] == [Choice.CHANGE, Choice.MORE]
