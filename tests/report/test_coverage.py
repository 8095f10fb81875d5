"""Coverage: open pipeline due in the period ÷ what is still to be won, beside what past deals needed."""

from datetime import date, datetime

import pytest

from alignment import report
from alignment.domain.agreement import Person, Side
from alignment.domain.goal import Goal
from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.domain.refusal import Refusal
from alignment.errors import MissingColumnError

JULY = Period(date(2026, 7, 1), date(2026, 8, 1))
NOW = "2026-07-16 18:00:00"
HEADER = "deal_id  created_at  closed_at  expected_close_at  is_closed  is_won  amount"
OPEN = f"""
    {HEADER}
    won      2026-06-01  2026-07-03  -           true   true   100
    july     2026-06-01  -           2026-07-30  false  -      150
    late     2026-06-01  -           2026-07-02  false  -      50
    august   2026-06-01  -           2026-08-01  false  -      900
    june     2026-06-01  -           2026-06-30  false  -      900
    unsaid   2026-06-01  -           -           false  -      900
""".strip()


def goal(amount, period=JULY):
    """Return a goal of whole euros."""
    return Goal(period, Money(amount * 100, "EUR"), Person("Ada", Side.SALES), datetime(2026, 6, 1))


def decided(won, lost):
    """Draw deals of 100 won and lost in May."""
    each = [("true", number) for number in range(won)] + [("false", won + number) for number in range(lost)]
    return "\n".join(f"p{number} 2026-05-01 2026-05-20 - true {is_won} 100" for is_won, number in each)


def test_coverage_is_the_pipeline_due_over_what_is_still_to_be_won(given):
    """200 are due in July, an overdue day of July included; 400 of 500 are still to be won."""
    found = report.coverage(given(deals=OPEN, as_of=NOW), goal(500))
    assert (found.due, found.due_count, found.value) == (Money(200_00, "EUR"), 2, 0.5)


def test_what_is_due_elsewhere_is_counted_and_left_out(given):
    """Nobody knows whether June's or the undated deal comes in July."""
    found = report.coverage(given(deals=OPEN, as_of=NOW), goal(500))
    assert dict(found.passport.left_out) == {
        "open, but due before the period": 1,
        "open without a day on which they should close": 1,
    }


def test_a_goal_that_is_met_needs_no_coverage(given):
    """Nothing remains to divide by."""
    found = report.coverage(given(deals=OPEN, as_of=NOW), goal(100))
    assert (found.is_met, found.value) == (True, None)


def test_what_is_needed_is_one_over_the_win_rate_by_value(given):
    """5 of 20 past deals of equal amounts were won, and July's one of 100: 6 of 21."""
    found = report.coverage(given(deals=f"{OPEN}\n{decided(5, 15)}", as_of=NOW), goal(500))
    assert found.needed == pytest.approx(21 / 6)


def test_without_lost_deals_nobody_knows_what_is_needed(given):
    """A win rate of 100 % would say that a coverage of 1 is enough."""
    found = report.coverage(given(deals=f"{OPEN}\n{decided(9, 0)}", as_of=NOW), goal(500))
    assert (found.needed, found.undefined) == (None, "undefined: the data holds no lost deal")
    assert "undefined: the data holds no lost deal" in found.passport.formula


def test_only_lost_deals_need_no_coverage_without_end(given):
    """1 ÷ 0 is said in words."""
    lost = f"{HEADER}\n{decided(0, 9)}\nopen 2026-06-01 - 2026-07-30 false - 150"
    found = report.coverage(given(deals=lost, as_of=NOW), goal(500))
    assert found.needed is None
    assert found.undefined == "undefined: no deal of the last year was won"


def test_the_last_year_has_365_days(given):
    """A deal that was lost one day before it leaves a win rate by value of a half."""
    drawn = f"{OPEN}\n{decided(4, 5)}\nold 2025-05-01 2025-07-16 - true false 1000"
    assert report.coverage(given(deals=drawn, as_of=NOW), goal(500)).needed == pytest.approx(2)


def test_a_year_old_decision_tells_nothing_of_today(given):
    """The win rate is that of the year up to the as-of."""
    old = decided(0, 30).replace("2026-05", "2025-05")
    found = report.coverage(given(deals=f"{OPEN}\n{decided(5, 15)}\n{old}", as_of=NOW), goal(500))
    assert found.needed == pytest.approx(21 / 6)


def test_a_period_to_come_is_covered_by_what_is_due_in_it(given):
    """August has not begun: its whole goal remains."""
    august = Period(date(2026, 8, 1), date(2026, 9, 1))
    found = report.coverage(given(deals=OPEN, as_of=NOW), goal(1800, august))
    assert (found.value, found.unknown) == (0.5, "")


def test_a_period_that_is_over_can_be_covered_by_nothing(given):
    """What is still open and was due in it did not come."""
    found = report.coverage(given(deals=OPEN, as_of="2026-08-02 12:00:00"), goal(500))
    assert (found.value, found.unknown) == (None, "the period is over")


def test_an_open_deal_without_an_amount_takes_what_it_should_bring(given):
    """That is what the column is for; it is counted."""
    snapshot = given(
        deals="""
        deal_id  created_at  closed_at  expected_close_at  is_closed  is_won  amount  expected_amount
        a        2026-06-01  -          2026-07-30         false      -       -       80
        b        2026-06-01  -          2026-07-30         false      -       20      999
        """,
        as_of=NOW,
    )
    found = report.coverage(snapshot, goal(100))
    assert found.due == Money(100_00, "EUR")
    assert ("due without an amount: what they should bring was taken", 1) in found.passport.left_out


@pytest.mark.parametrize(("amount", "currency"), [("-", "EUR"), ("100", "USD")])
def test_where_no_open_deal_has_a_value_coverage_is_not_zero(given, amount, currency):
    """Neither without an amount nor in dollars without a rate."""
    snapshot = given(
        deals=f"""
        deal_id  created_at  closed_at  expected_close_at  is_closed  is_won  amount     currency
        a        2026-06-01  -          2026-07-30         false      -       {amount}   {currency}
        """,
        as_of=NOW,
    )
    found = report.coverage(snapshot, goal(100))
    assert (found.value, found.unknown) == (None, "open deals have no amount")


def test_a_negative_amount_is_a_credit_and_covers_nothing(given):
    """It is reported, not taken off."""
    drawn = f"{OPEN}\ncredit 2026-06-01 - 2026-07-30 false - -40"
    found = report.coverage(given(deals=drawn, as_of=NOW), goal(500))
    assert found.due == Money(200_00, "EUR")
    assert ("due with a negative amount: a credit, in no sum", 1) in found.passport.left_out


def test_a_period_without_deals_is_not_covered_at_all(given):
    """Zero of 100 is an answer: no open deal is due."""
    snapshot = given(deals=f"{HEADER}\nx 2025-01-01 2025-02-01 - true true 9", as_of=NOW)
    assert report.coverage(snapshot, goal(100)).value == 0


def test_without_expected_closes_the_column_is_named(given):
    """Nobody knows what is due."""
    snapshot = given(deals="deal_id closed_at is_won amount\nd1 2026-07-09 true 60", as_of=NOW)
    with pytest.raises(MissingColumnError, match=r"deals\.expected_close_at.*covers the goal"):
        report.coverage(snapshot, goal(100))


def test_a_goal_in_another_currency_is_not_compared(given):
    """Euros cover no dollars."""
    with pytest.raises(Refusal, match="The goal is in EUR, this data counts in USD"):
        report.coverage(given(deals=OPEN, as_of=NOW, currency="USD"), goal(100))
