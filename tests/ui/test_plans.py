"""Rules of how much of a goal falls on a month."""

from datetime import date, datetime

from alignment.domain.agreement import Person, Side
from alignment.domain.goal import Goal
from alignment.domain.money import Money
from alignment.domain.period import Grain, Period
from alignment.ui.plans import part_of_goals

Q4 = Period(date(2026, 10, 1), date(2027, 1, 1))
ADA = Person("Ada", Side.MARKETING)


def goal_of(period, cents):
    """Return a goal that Ada set."""
    return Goal(period, Money(cents, "EUR"), ADA, datetime(2026, 10, 1))


def test_the_months_of_a_goal_add_up_to_it():
    """Its business days share it out."""
    parts = [part_of_goals(month, [goal_of(Q4, 6_600)]) for month in Q4.buckets(Grain.MONTH)]

    assert [part.cents for part in parts] == [2_200, 2_100, 2_300]


def test_the_goal_last_set_counts():
    """A goal changed with a reason replaces the one before."""
    goals = [goal_of(Q4, 6_600), goal_of(Q4, 13_200)]

    assert part_of_goals(Q4.buckets(Grain.MONTH)[0], goals).cents == 4_400


def test_a_month_outside_every_goal_has_no_part():
    """No goal is not a goal of zero."""
    assert part_of_goals(Period(date(2026, 9, 1), date(2026, 10, 1)), [goal_of(Q4, 6_600)]) is None
