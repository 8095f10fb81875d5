"""Rules of the strip: what it says of the goal, never in markup that came with the data."""

from datetime import date, datetime

import pytest

from alignment.domain.agreement import Person, Side
from alignment.domain.cohort import Passport
from alignment.domain.goal import Goal
from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.domain.revenue import Attainment
from alignment.ui import strip
from alignment.ui.words import Words

SAY = Words.of("en")
Q4 = Period(date(2026, 10, 1), date(2027, 1, 1))


def euros(amount):
    """Return an amount."""
    return Money(amount * 100, "EUR")


@pytest.fixture
def stand():
    """Return a function that makes where we stand half way through the quarter, with a goal of 2 million."""

    def made(won, *, chance=0.7, forecast=(1_500_000, 1_900_000, 2_300_000), elapsed=0.5):
        goal = Goal(Q4, euros(2_000_000), Person("Ada", Side.MARKETING), datetime(2026, 10, 1))
        ends = tuple(map(euros, forecast)) if forecast else None
        return Attainment(
            goal,
            euros(won),
            elapsed,
            chance,
            ends,
            Passport("", "", ""),
            "" if forecast else "chance not known",
        )

    return made


def test_won_goal_pace_and_chance_stand_in_one_strip(stand):
    """With what might come of it."""
    shown = strip.with_goal(stand(920_000), SAY)

    for said in ("€920K", "€2M", "92%", "of the pace we need", "7 in 10", "might end at €1.9M (€1.5M–€2.3M)"):
        assert said in shown


def test_a_goal_that_is_met_says_so_and_forecasts_nothing(stand):
    """Nothing remains to be hoped for."""
    shown = strip.with_goal(stand(2_100_000), SAY)

    assert "Goal met" in shown
    assert "€100K more than we set out for" in shown
    assert "accord-might" not in shown


def test_a_chance_that_nobody_can_know_is_no_zero(stand):
    """Too few past deals tell nothing of the open ones."""
    assert "chance not known" in strip.with_goal(stand(920_000, chance=None, forecast=None), SAY)


def test_before_the_first_business_day_there_is_no_pace(stand):
    """Nothing divided by nothing is not 0 %."""
    assert "no pace before the first business day" in strip.with_goal(stand(0, elapsed=0.0), SAY)


def test_the_bar_tells_those_who_cannot_see_it(stand):
    """In exact amounts."""
    assert 'aria-label="Won €920,000.00 of €2,000,000.00; on pace would be €1,000,000.00.' in strip.with_goal(
        stand(920_000), SAY
    )


def test_a_period_without_a_goal_invites_to_set_one():
    """What was won is shown all the same."""
    shown = strip.without_goal(euros(920_000), 12, "Q4 2026", SAY, can_have_goal=True)

    assert "€920K" in shown
    assert "No goal yet: set one together." in shown


def test_beside_pictures_of_some_sources_the_goal_is_said_to_be_of_all(stand):
    """Nobody takes what all sources won for what the chosen ones did."""
    assert "won of <b>€2M</b><small>all sources</small>" in strip.with_goal(
        stand(920_000), SAY, beside_some=True
    )
    assert "all sources" not in strip.with_goal(stand(920_000), SAY)
