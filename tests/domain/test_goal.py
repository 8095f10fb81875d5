"""Rules of the shared goal: it is an amount that people can mean."""

from datetime import date, datetime

import pytest

from alignment.domain.agreement import Person, Side
from alignment.domain.goal import Goal
from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.domain.refusal import Refusal

Q4 = Period(date(2026, 10, 1), date(2027, 1, 1))


def goal_of(euros):
    """Return a goal of so many euros."""
    return Goal(Q4, Money(euros * 100, "EUR"), Person("Ada", Side.SALES), datetime(2026, 10, 1))


@pytest.mark.parametrize("euros", [10**12 + 1, 99_999_999_999_999_999_999])
def test_a_goal_with_too_many_digits_is_refused_in_words(euros):
    """It would fit no column and no screen; the sentence says the most there can be."""
    with pytest.raises(Refusal, match="can't be over 1,000,000,000,000"):
        goal_of(euros)


def test_the_highest_goal_is_still_a_goal():
    """A limit is the last that holds."""
    assert goal_of(10**12).amount.amount == 10**12
