"""How often the forecast's range held, from what was known on its day."""

from datetime import date, timedelta

import pytest

from alignment import report
from alignment.domain.backtest import Backtest, Check
from alignment.domain.cohort import Passport
from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.errors import MissingColumnError
from tests.drawn import warehouse as tables

FIRST = date(2025, 1, 1)
NOW = "2026-09-20 00:00:00"
HEADER = "deal_id created_at closed_at is_closed is_won amount"


def steady(until=FIRST + timedelta(days=640), won_from=date(1, 1, 1)):
    """Draw a deal a day, closed after 20 days; every third is won, for 100."""
    lines = []
    for step in range((until - FIRST).days):
        day = FIRST + timedelta(days=step)
        close = day + timedelta(days=20)
        is_won = str(step % 3 == 0 and close >= won_from).lower()
        lines.append(f"d{step} {day} {close} true {is_won} 100")
    return "\n".join([HEADER, *lines])


def money(amount):
    """Return whole euros."""
    return Money(amount * 100, "EUR")


def check(quarter, came, moment=0.0):
    """Return a check of 2025 whose range is 100 to 200."""
    period = Period(date(2025, 3 * quarter - 2, 1), date(2025, 3 * quarter - 1, 1))
    return Check(period, period.start, moment, money(100), money(150), money(200), money(came))


def checked(*checks):
    """Return a backtest of these checks."""
    return Backtest(checks, Passport("", "", ""))


def test_past_quarters_are_forecast_at_four_moments(given):
    """2025 Q3 to 2026 Q2 are over and have 120 days of deals before them; Q3 2026 is not over."""
    found = report.backtest(given(deals=steady(), as_of=NOW))
    assert [f"{each.period.start:%Y-%m}" for each in found.checks[::4]] == [
        "2025-07",
        "2025-10",
        "2026-01",
        "2026-04",
    ]
    assert [each.as_of for each in found.checks[:2]] == [date(2025, 6, 30), date(2025, 7, 23)]


def test_steady_business_lies_within_its_range(given):
    """Nothing surprises."""
    found = report.backtest(given(deals=steady(), as_of=NOW))
    assert found.held.numerator == found.held.denominator == 16


def test_what_came_in_is_the_won_revenue_of_the_quarter(given):
    """The very figure of the page."""
    snapshot = given(deals=steady(), as_of=NOW)
    last = report.backtest(snapshot).checks[-1]
    assert last.came == report.revenue(snapshot, last.period).rows[0].won_amount


def test_a_forecast_knows_nothing_of_what_came_after_it(tmp_path):
    """From April 2026 on nothing is won any more: the forecast of 31 March still expects the usual."""
    drawn = steady().replace("true true", "true false")
    drawn = "\n".join(
        line.replace("true false", "true true")
        if number % 3 == 1 and line.split()[2] < "2026-04-01"
        else line
        for number, line in enumerate(drawn.splitlines())
    )
    usual, without = (
        report.backtest(tables(tmp_path / f"{number}.duckdb", {"deals": deals}, {"as_of": NOW})).checks[-4]
        for number, deals in enumerate((steady(), drawn))
    )
    assert (without.low, without.high) == (usual.low, usual.high)
    assert (without.came, without.is_held) == (money(0), False)


def test_an_amount_that_came_later_was_not_known_then(tmp_path):
    """The history says that the deals were worth 10 until their close."""
    rows = [line.split() for line in steady().splitlines()[1:]]
    history = "\n".join(
        f"{deal} deals Open {opened} 10\n{deal} deals Closed {closed} 100"
        for deal, opened, closed, *_ in rows
    )
    told = f"record_id record_table stage entered_at amount\n{history}"
    plain, then = (
        report.backtest(tables(tmp_path / f"{number}.duckdb", drawn, {"as_of": NOW})).checks[-1]
        for number, drawn in enumerate(({"deals": steady()}, {"deals": steady(), "stage_history": told}))
    )
    assert then.middle < plain.middle
    assert then.came == plain.came


def test_without_enough_days_before_them_no_quarter_is_tried(given):
    """A young company has no past to try a forecast on."""
    found = report.backtest(given(deals=steady(FIRST + timedelta(days=90)), as_of="2025-07-05 00:00:00"))
    assert (found.is_empty, found.quarters, found.held.value) == (True, 0, None)


def test_without_a_deal_nothing_is_tried(given):
    """An empty table is an answer."""
    assert report.backtest(given(deals=f"{HEADER}\nx - - false - 9", as_of=NOW)).is_empty


def test_the_column_that_is_missing_is_named(given):
    """Without creation days no past can be drawn from."""
    with pytest.raises(MissingColumnError, match=r"deals\.created_at.*how often the forecast held"):
        report.backtest(given(deals="deal_id closed_at is_won amount\na 2026-01-01 true 9"))


def test_a_range_holds_with_both_its_ends():
    """P10 and P90 are inside."""
    assert [check(1, came).is_held for came in (99, 100, 200, 201)] == [False, True, True, False]


def test_the_moment_nearest_to_now_is_asked_for():
    """A third of the quarter has passed: the forecasts made after a quarter of it tell."""
    found = checked(check(1, 150), check(1, 999, 0.25), check(2, 150), check(2, 150, 0.25))
    assert (found.held_at(0.33).numerator, found.held_at(0.33).denominator, found.quarters) == (1, 2, 2)


@pytest.mark.parametrize(
    ("held", "said"),
    [(5, "too narrow"), (6, "too narrow"), (8, "as often as it should"), (10, "more often than it should")],
)
def test_the_verdict_says_whether_the_range_is_as_wide_as_it_says(held, said):
    """75 to 85 % of ten checks."""
    checks = [check(1 + number % 4, 150 if number < held else 999, number / 10) for number in range(10)]
    assert said in checked(*checks).verdict


def test_three_quarters_are_too_few_for_a_verdict():
    """3 of 3 is no proof."""
    assert "too few past quarters" in checked(*(check(number, 150) for number in (1, 2, 3))).verdict
