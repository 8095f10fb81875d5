"""Rules of the figures ahead: what can't be known is said, never drawn as zero."""

from datetime import date, datetime

import pytest

from alignment.domain.agreement import Person, Side
from alignment.domain.backtest import Backtest, Check
from alignment.domain.cohort import Passport
from alignment.domain.coverage import Coverage
from alignment.domain.goal import Goal
from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.domain.rate import Rate
from alignment.domain.stage import Stage
from alignment.domain.velocity import LeadMonth, LeadVelocity, SalesVelocity
from alignment.ui import ahead
from alignment.ui.words import Words

EN = Words.of("en")
PASSPORT = Passport("", "", "")
JULY = Period(date(2026, 7, 1), date(2026, 8, 1))
GOAL = Goal(JULY, Money(500_00, "EUR"), Person("Ada", Side.SALES), datetime(2026, 6, 1))
NO_LOSSES = "undefined: the data holds no lost deal"


def covered(won, rate=0.25, undefined="", unknown=""):
    """A coverage with 200 due."""
    due = Money(200_00, "EUR")
    return Coverage(GOAL, Money(won * 100, "EUR"), due, 2, rate, undefined, PASSPORT, unknown)


@pytest.mark.parametrize(
    ("found", "value", "detail"),
    [
        (covered(100), "0.5×", "needed 4×: 25% by value are won"),
        (covered(100, None, NO_LOSSES), "0.5×", f"what is needed is {NO_LOSSES}"),
        (covered(500), "Goal met", "nothing is left to cover"),
        (covered(100, unknown="the period is over"), "–", "the period is over"),
    ],
)
def test_coverage_stands_beside_what_is_needed(found, value, detail):
    """Met, over and undefined are said."""
    figure = ahead.of_coverage(found, EN)
    assert (figure.value, figure.detail) == (value, detail)


def test_sales_velocity_shows_its_four_parts():
    """2 open × 40 % × 200 ÷ 20 days."""
    figure = ahead.of_sales(SalesVelocity(2, Rate(2, 5), Money(200_00, "EUR"), 20, PASSPORT), EN)
    assert (figure.value, figure.detail) == ("€8 a day", "2 open × 40% × €200 ÷ 20 days (won only)")


def test_an_undefined_velocity_says_why():
    """Won deals only have no win rate."""
    figure = ahead.of_sales(SalesVelocity(2, None, None, None, PASSPORT, "the win rate is undefined"), EN)
    assert (figure.value, figure.detail) == ("–", "the win rate is undefined")


def money(amount):
    """Whole euros."""
    return Money(amount * 100, "EUR")


def test_the_forecast_says_how_often_such_ranges_held():
    """At this point of the quarter, at any, and whether that is as it should be."""
    known = ((1, 0.0, 2), (2, 0.0, 9), (3, 0.0, 2), (4, 0.0, 2), (4, 0.5, 2))
    months = [Period(date(2025, month, 1), date(2025, month + 1, 1)) for month, *_ in known]
    checks = tuple(
        Check(month, JULY.start, moment, money(1), money(2), money(3), money(came))
        for month, (_, moment, came) in zip(months, known, strict=True)
    )
    figure = ahead.of_forecast(Backtest(checks, PASSPORT), (money(100), money(200), money(300)), 0.1, EN)
    assert figure.value == "€100–€300"
    assert figure.detail == ("held 3 of 4 so far into a quarter, 4 of 5 in all: as often as it should")


def test_a_forecast_never_tried_says_so():
    """No past, no promise."""
    figure = ahead.of_forecast(Backtest((), PASSPORT), None, 0.1, EN)
    assert (figure.value, figure.detail[:21]) == ("–", "not tried on the past")


@pytest.mark.parametrize(
    ("month", "value", "detail"),
    [
        (LeadMonth(JULY, 10, 8), "+25%", "10 SQLs in Jul 2026 after 8"),
        (LeadMonth(JULY, 6, 8, 16), "−25%", "6 SQLs in Jul 2026 after 8, first 16 days of both"),
        (LeadMonth(JULY, 6, 2), "n too small", "6 SQLs in Jul 2026 after 2"),
        (LeadMonth(JULY, 6, 0), "undefined", "6 SQLs in Jul 2026 after 0: no growth from nothing"),
    ],
)
def test_lead_velocity_says_what_it_compares(month, value, detail):
    """Equal elapsed days, and no percentage of few or of none."""
    figure = ahead.of_leads(LeadVelocity(Stage.SQL, (month,), PASSPORT), EN)
    assert (figure.value, figure.detail) == (value, detail)
