"""Rules of the shared plan: numbers of a whole month that people can mean."""

from datetime import date, datetime

import pytest

from alignment.domain.agreement import Person, Side
from alignment.domain.plan import Plan, in_force, months_of
from alignment.domain.refusal import Refusal

JULY = date(2026, 7, 1)


def plan_of(mqls=100, sqls=30, month=JULY, at=datetime(2026, 6, 20)):
    """Return a plan that Ada set."""
    return Plan(month, mqls, sqls, Person("Ada", Side.MARKETING), at)


@pytest.mark.parametrize(
    ("mqls", "sqls", "sentence"),
    [
        (0, 0, "1 MQL or more"),
        (10, -1, "0 SQLs or more"),
        (10, 11, "SQLs of a month are some of its MQLs"),
        (10**9 + 1, 0, "can't be over 1,000,000,000"),
    ],
)
def test_a_plan_that_nobody_can_mean_is_refused_in_words(mqls, sqls, sentence):
    """It says what would be one."""
    with pytest.raises(Refusal, match=sentence):
        plan_of(mqls, sqls)


@pytest.mark.parametrize(("mqls", "sqls"), [(1, 0), (10, 10), (10**9, 10**9)])
def test_the_limits_are_still_plans(mqls, sqls):
    """A limit is the last that holds."""
    assert plan_of(mqls, sqls).mqls == mqls


def test_a_plan_is_for_a_whole_month():
    """It begins on the first."""
    with pytest.raises(Refusal, match="whole month"):
        plan_of(month=date(2026, 7, 2))


@pytest.mark.parametrize(
    ("at", "is_afterwards"),
    [(datetime(2026, 7, 31, 23), False), (datetime(2026, 8, 1, 0), True)],
)
def test_a_plan_set_when_the_month_is_over_says_so(at, is_afterwards):
    """It already knew what came."""
    assert plan_of(at=at).is_afterwards is is_afterwards


def test_of_one_month_the_newest_plan_holds():
    """The others stay on record."""
    first, other, newest = plan_of(100), plan_of(50, month=date(2026, 8, 1)), plan_of(120)

    assert in_force([first, other, newest]) == {JULY: newest, date(2026, 8, 1): other}


def test_some_months_can_be_planned_at_once():
    """Over the end of a year, too."""
    assert months_of(date(2026, 11, 1), 3) == (date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1))
    with pytest.raises(Refusal, match="1 to 12 months"):
        months_of(JULY, 13)
