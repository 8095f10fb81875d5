"""Revenue: summed over deals, each once, in the business currency."""

from datetime import date

import pytest

from alignment import report
from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.domain.rate import Rate
from alignment.errors import MissingColumnError

Q3 = Period(date(2026, 7, 1), date(2026, 10, 1))
LATER = "2027-01-01 00:00:00"


def euros(amount):
    """Return whole euros."""
    return Money(amount * 100, "EUR")


def only(found):
    """Return the one row of an answer without groups."""
    (row,) = found.rows
    return row


def test_a_deal_of_several_leads_is_counted_once(given):
    """A join would sum 2,000."""
    snapshot = given(
        leads="lead_id created_at\nada 2026-07-01\nbob 2026-07-01",
        deals="deal_id closed_at is_won amount\nd1 2026-07-09 true 1000",
        deal_leads="deal_id lead_id\nd1 ada\nd1 bob",
        as_of=LATER,
    )
    assert only(report.revenue(snapshot)).won_amount == euros(1000)


def test_revenue_belongs_to_the_day_the_deal_closed(given):
    """Created in the quarter, closed after it: not its revenue."""
    snapshot = given(
        deals="""
        deal_id  created_at  closed_at   is_won  amount
        d1       2026-07-01  2026-09-30  true    100
        d2       2026-07-01  2026-10-01  true    900
        """,
        as_of=LATER,
    )
    assert only(report.revenue(snapshot, Q3)).won_amount == euros(100)


def test_won_amounts_take_the_rate_of_the_closing_day(given):
    """The newest rate would move last year's revenue by 12 %."""
    snapshot = given(
        deals="""
        deal_id  closed_at   is_won  amount  currency
        d1       2026-07-31  true    100     USD
        d2       2026-08-01  true    100     USD
        """,
        exchange_rates="""
        currency  rate_on     rate
        USD       2026-07-01  0.80
        USD       2026-08-01  0.90
        """,
        as_of=LATER,
    )
    assert only(report.revenue(snapshot)).won_amount == euros(170)


def test_an_amount_without_a_rate_is_left_out_and_reported(given):
    """A missing rate is never 1.0."""
    snapshot = given(
        deals="""
        deal_id  closed_at   is_won  amount  currency
        d1       2026-07-09  true    100     USD
        d2       2026-07-09  true    50      EUR
        """,
        as_of=LATER,
    )
    row = only(report.revenue(snapshot))
    assert (row.won_amount, row.unvalued, row.won_count) == (euros(50), 1, 2)


def test_zero_counts_but_stays_out_of_the_mean(given):
    """A deal of nothing is a win, and no reason to halve the mean."""
    snapshot = given(
        deals="deal_id closed_at is_won amount\nd1 2026-07-09 true 0\nd2 2026-07-09 true 300", as_of=LATER
    )
    row = only(report.revenue(snapshot))
    assert (row.won_count, row.mean_won_amount, row.zero) == (2, euros(300), 1)


def test_a_negative_amount_is_a_credit_reported_apart(given):
    """A credit does not shrink what was won."""
    snapshot = given(
        deals="deal_id closed_at is_won amount\nd1 2026-07-09 true -40\nd2 2026-07-09 true 300", as_of=LATER
    )
    row = only(report.revenue(snapshot))
    assert (row.won_amount, row.credit_amount) == (euros(300), euros(-40))


def test_win_rate_is_undefined_where_no_deal_was_ever_lost(given):
    """A file of wins only knows no win rate of 100 %."""
    snapshot = given(deals="deal_id closed_at is_won amount\nd1 2026-07-09 true 10", as_of=LATER)
    assert only(report.revenue(snapshot)).win_rate is None


def test_win_rate_leaves_open_deals_out(given):
    """Won ÷ (won + lost)."""
    snapshot = given(
        deals="""
        deal_id  created_at  closed_at   is_closed  is_won
        d1       2026-07-01  2026-07-09  true       true
        d2       2026-07-01  2026-07-09  true       false
        d3       2026-07-01  -           false      -
        """,
        as_of=LATER,
    )
    assert only(report.revenue(snapshot)).win_rate == Rate(1, 2)


def test_without_amounts_revenue_is_unknown_not_zero(given):
    """No amount column, no revenue figure."""
    snapshot = given(deals="deal_id closed_at is_won\nd1 2026-07-09 true", as_of=LATER)
    assert only(report.revenue(snapshot)).won_amount is None


def test_the_origin_of_a_deal_is_its_first_leads_source(given):
    """Of two leads, the one that was there first; a deal of no lead is unattributed."""
    snapshot = given(
        leads="""
        lead_id  created_at  source
        ada      2026-03-01  fair
        bob      2026-02-01  web
        """,
        deals="""
        deal_id  closed_at   is_won  amount
        d1       2026-07-09  true    100
        d2       2026-07-09  true    30
        """,
        deal_leads="deal_id lead_id\nd1 ada\nd1 bob",
        as_of=LATER,
    )
    found = report.revenue(snapshot, by="source")
    assert {row.by["source"]: row.won_amount for row in found.rows} == {
        "web": euros(100),
        "unattributed": euros(30),
    }


def test_sourced_revenue_adds_up_to_the_whole(given):
    """Every deal has exactly one origin, the missing source included."""
    snapshot = given(
        leads="lead_id created_at source\nada 2026-03-01 -\nbob 2026-03-01 web",
        deals="""
        deal_id  lead_id  closed_at   is_won  amount
        d1       ada      2026-07-09  true    100
        d2       bob      2026-07-09  true    30
        d3       -        2026-07-09  true    7
        """,
        as_of=LATER,
    )
    parts = report.revenue(snapshot, by="source").rows
    assert sum(row.won_amount.cents for row in parts) == only(report.revenue(snapshot)).won_amount.cents


def test_a_close_in_the_future_has_not_happened(given):
    """A deal closed in 2099 is open today."""
    snapshot = given(
        deals="""
        deal_id  created_at  closed_at   is_closed  is_won  amount
        d1       2026-07-01  2099-01-01  true       true    10
        """,
        as_of=LATER,
    )
    assert only(report.revenue(snapshot)).won_count == 0
    assert report.pipeline(snapshot).stages[0].count == 1


def test_the_cycle_is_the_median_of_won_deals_only(given):
    """Lost deals end early; they would shorten it."""
    snapshot = given(
        deals="""
        deal_id  created_at  closed_at   is_closed  is_won
        d1       2026-07-01  2026-07-11  true       true
        d2       2026-07-01  2026-07-21  true       true
        d3       2026-07-01  2026-07-02  true       false
        """,
        as_of=LATER,
    )
    assert only(report.revenue(snapshot)).median_cycle_days == 15


def test_a_close_before_creation_stays_out_of_the_cycle(given):
    """A contradiction has no duration."""
    snapshot = given(
        deals="""
        deal_id  created_at  closed_at   is_won
        d1       2026-07-01  2026-07-11  true
        d2       2026-07-21  2026-07-01  true
        """,
        as_of=LATER,
    )
    assert only(report.revenue(snapshot)).median_cycle_days == 10


def test_an_unknown_column_to_group_by_is_refused_with_those_there_are(given):
    """The refusal lists what would do."""
    snapshot = given(deals="deal_id closed_at is_won\nd1 2026-07-09 true", as_of=LATER)
    with pytest.raises(MissingColumnError, match=r"no column “team” in deals.*month.*deal_id"):
        report.revenue(snapshot, by="team")


def test_without_deals_the_panel_says_what_it_needs(given):
    """Leads alone have no revenue of zero."""
    snapshot = given(leads="lead_id created_at\nada 2026-07-01", as_of=LATER)
    with pytest.raises(MissingColumnError, match="needs a table of deals"):
        report.revenue(snapshot)


def test_a_period_without_deals_is_empty_not_broken(given):
    """Nothing closed is an answer."""
    snapshot = given(deals="deal_id closed_at is_won amount\nd1 2025-07-09 true 10", as_of=LATER)
    found = report.revenue(snapshot, Q3)
    assert found.is_empty
    assert only(found).won_amount == euros(0)


def test_where_no_won_deal_has_a_value_revenue_is_unknown(given):
    """One win in dollars without a rate is not a revenue of zero."""
    snapshot = given(
        deals="""
        deal_id  closed_at   is_won  amount  currency
        d1       2026-07-09  true    100     USD
        """,
        as_of=LATER,
    )
    row = only(report.revenue(snapshot))
    assert (row.won_amount, row.unvalued) == (None, 1)


def test_the_win_rate_by_value_needs_values_on_both_sides(given):
    """Losses without an amount would make it 100 %."""
    lost = "\n".join(f"l{number} 2026-07-09 true false -" for number in range(9))
    snapshot = given(
        deals=f"deal_id closed_at is_closed is_won amount\nd1 2026-07-09 true true 9\n{lost}", as_of=LATER
    )
    found = report.revenue(snapshot)
    assert only(found).win_rate_by_value is None
    assert ("lost without an amount: not in the win rate by value", 9) in found.passport.left_out


def test_a_closed_deal_of_unknown_outcome_is_not_lost(given):
    """Closed, and nobody says how: in no rate, and counted."""
    snapshot = given(
        deals="""
        deal_id  closed_at   is_closed  is_won
        d1       2026-07-09  true       true
        d2       2026-07-09  true       false
        d3       2026-07-09  true       -
        """,
        as_of=LATER,
    )
    found = report.revenue(snapshot)
    assert only(found).win_rate == Rate(1, 2)
    assert ("closed, but won or lost is not told: in no rate", 1) in found.passport.left_out


def test_without_a_closed_flag_a_decided_deal_with_a_close_is_closed(given):
    """A table opened in place may say is_won and closed_at only: its losses are no open pipeline."""
    snapshot = given(
        deals="""
        deal_id  created_at  closed_at   is_won
        d1       2026-07-01  2026-07-09  true
        d2       2026-07-01  2026-07-09  false
        """,
        as_of=LATER,
    )
    assert only(report.revenue(snapshot)).lost_count == 1
    assert report.pipeline(snapshot).is_empty


def test_a_win_on_an_unknown_day_is_in_no_period_and_counted(given):
    """It is won revenue, but nobody knows of which quarter."""
    snapshot = given(
        deals="deal_id closed_at is_won amount\nd1 2026-07-09 true 100\nd2 - true 50", as_of=LATER
    )
    found = report.revenue(snapshot, Q3)
    assert only(found).won_amount == euros(100)
    assert ("won on an unknown day: in no period", 1) in found.passport.left_out


def test_a_close_that_has_been_counts_though_the_creation_lies_ahead(given):
    """A contradiction of dates loses no revenue."""
    snapshot = given(
        deals="deal_id created_at closed_at is_won amount\nd1 2099-01-01 2026-07-09 true 100", as_of=LATER
    )
    assert only(report.revenue(snapshot)).won_amount == euros(100)


@pytest.mark.parametrize("rate", ["0", "-5", "nan", "1e12"])
def test_a_rate_that_is_none_leaves_the_amount_out(given, rate):
    """Zero, below zero, no number, beyond all bounds: reported as without a rate, not as money."""
    snapshot = given(
        deals="deal_id closed_at is_won amount currency\nd1 2026-07-09 true 9 USD\nd2 2026-07-09 true 7 EUR",
        exchange_rates=f"currency rate_on rate\nUSD 2026-01-01 {rate}",
        as_of=LATER,
    )
    row = only(report.revenue(snapshot))
    assert (row.won_amount, row.unvalued, row.zero, row.credit_amount) == (euros(7), 1, 0, None)
