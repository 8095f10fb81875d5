"""The shared goal: won so far, pace, and the chance that the open deals bring the rest."""

from datetime import date, datetime, timedelta

import pytest

from alignment import report
from alignment.domain.agreement import Person, Side
from alignment.domain.goal import Goal
from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.domain.refusal import Refusal
from alignment.domain.revenue import business_days, elapsed_share
from alignment.errors import MissingColumnError

JULY = Period(date(2026, 7, 1), date(2026, 8, 1))


def goal(amount):
    """Return a goal of whole euros for July."""
    return Goal(JULY, Money(amount * 100, "EUR"), Person("Ada", Side.SALES), datetime(2026, 6, 1))


def past_deals(won, lost):
    """Draw deals opened in January: won and lost ones, all closed on their tenth day."""
    lines = [f"w{number} 2026-01-01 2026-01-11 true true 100" for number in range(won)]
    lines += [f"l{number} 2026-01-01 2026-01-11 true false 100" for number in range(lost)]
    return "\n".join(["deal_id created_at closed_at is_closed is_won amount", *lines])


def test_pace_is_won_over_what_was_due_by_now(given):
    """On the evening of 16 July 12 of 23 business days have passed: 60 of 115 is right on pace."""
    snapshot = given(
        deals="deal_id closed_at is_won amount\nd1 2026-07-09 true 60", as_of="2026-07-16 18:00:00"
    )
    assert report.attainment(snapshot, goal(115)).pace == pytest.approx(1.0)


def test_holidays_are_no_business_days(given):
    """Without them the same day is later in the month."""
    drawn = {"deals": "deal_id closed_at is_won amount\nd1 2026-07-09 true 60"}
    snapshot = given(
        **drawn, holidays="holiday_on name\n2026-07-30 a\n2026-07-31 b", as_of="2026-07-16 18:00:00"
    )
    assert report.attainment(snapshot, goal(115)).elapsed_share == pytest.approx(12 / 21)


def test_a_goal_that_is_met_has_no_chance_left_to_miss(given):
    """Nothing remains."""
    snapshot = given(
        deals="deal_id closed_at is_won amount\nd1 2026-07-09 true 60", as_of="2026-07-16 18:00:00"
    )
    found = report.attainment(snapshot, goal(50))
    assert (found.is_met, found.chance, found.remaining.cents) == (True, 1.0, 0)


def test_the_chance_is_that_of_past_deals_of_the_same_age(given):
    """30 of 100 past deals were won on day 10; one open deal of 5 days decides: 3 in 10."""
    snapshot = given(
        deals=past_deals(30, 70) + "\nopen 2026-07-11 - false - 500", as_of="2026-07-16 18:00:00"
    )
    assert report.attainment(snapshot, goal(500)).chance == pytest.approx(0.30, abs=0.02)


def test_a_win_that_comes_after_the_period_does_not_help_it(given):
    """Past deals of 5 days were won on day 60: none of them within the 15 days left."""
    late = "\n".join(f"w{number} 2026-01-01 2026-03-02 true true 100" for number in range(50))
    snapshot = given(
        deals=f"{past_deals(0, 50)}\n{late}\nopen 2026-07-11 - false - 500", as_of="2026-07-16 18:00:00"
    )
    assert report.attainment(snapshot, goal(500)).chance < 0.05


def test_a_deal_that_grew_older_than_the_wins_is_not_promised(given):
    """All past wins came by day 10; at 40 days only those that were still open tell, and none of them won."""
    survivors = "\n".join(f"s{number} 2026-01-01 2026-03-20 true false 100" for number in range(50))
    snapshot = given(
        deals=f"{past_deals(30, 20)}\n{survivors}\nopen 2026-06-06 - false - 500", as_of="2026-07-16 18:00:00"
    )
    assert report.attainment(snapshot, goal(500)).chance < 0.05


def test_too_few_past_deals_tell_no_chance(given):
    """Ten deals are no past to draw from."""
    snapshot = given(deals=past_deals(5, 5) + "\nopen 2026-07-11 - false - 500", as_of="2026-07-16 18:00:00")
    found = report.attainment(snapshot, goal(500))
    assert (found.chance, found.forecast) == (None, None)


def test_without_amounts_nothing_is_said_of_the_goal(given):
    """Wins without amounts are not 0 of the goal."""
    snapshot = given(deals="deal_id closed_at is_won\nd1 2026-07-09 true", as_of="2026-07-16 18:00:00")
    with pytest.raises(MissingColumnError, match=r"deals\.amount"):
        report.attainment(snapshot, goal(115))


def test_a_period_not_begun_has_no_pace(given):
    """On 30 June nothing is due of July."""
    snapshot = given(
        deals="deal_id closed_at is_won amount\nd1 2026-06-09 true 60", as_of="2026-06-30 18:00:00"
    )
    assert report.attainment(snapshot, goal(115)).pace is None


def test_weekends_are_no_business_days():
    """A week has five."""
    assert business_days(date(2026, 7, 6), date(2026, 7, 13)) == 5


@pytest.mark.parametrize(("today", "share"), [(date(2026, 6, 1), 0), (date(2026, 9, 1), 1)])
def test_the_elapsed_share_stays_between_nothing_and_all(today, share):
    """Before the period nothing, after it all has passed."""
    assert elapsed_share(JULY, today) == share


def test_where_no_open_deal_has_an_amount_its_worth_is_drawn_from_those_won(given):
    """A CRM that prices deals at their close: 3 in 10 win, and all past wins brought 100."""
    snapshot = given(deals=past_deals(30, 70) + "\nopen 2026-07-11 - false - -", as_of="2026-07-16 18:00:00")
    found = report.attainment(snapshot, goal(99))
    assert found.chance == pytest.approx(0.30, abs=0.05)
    assert "worth from those won: none of them has an amount" in found.passport.formula
    assert ("open without an amount or an exchange rate", 1) in found.passport.left_out


def test_deals_not_opened_yet_bring_what_past_stretches_brought(given):
    """Every ten days a deal is opened and won for 100 a day later: 200 so far, one or two in 15 days."""
    days = [date(2026, 1, 1) + timedelta(days=10 * step) for step in range(20)]
    drawn = "\n".join(
        f"w{step} {day} {day + timedelta(days=1)} true true 100" for step, day in enumerate(days)
    )
    header = "deal_id created_at closed_at is_closed is_won amount"
    snapshot = given(deals=f"{header}\n{drawn}", as_of="2026-07-16 18:00:00")
    low, _, high = report.attainment(snapshot, goal(5000)).forecast
    assert (low.cents, high.cents) == (300_00, 400_00)


def test_a_large_pipeline_is_drawn_as_fast_and_as_wide(given):
    """Of 400 equal deals 3 in 10 are won: about 120, give or take what past deals leave open."""
    many = "\n".join(f"o{number} 2026-07-11 - false - 100" for number in range(400))
    snapshot = given(deals=f"{past_deals(300, 700)}\n{many}", as_of="2026-07-16 18:00:00")
    low, middle, high = (each.cents / 100_00 for each in report.attainment(snapshot, goal(10**6)).forecast)
    assert middle == pytest.approx(120, abs=5)
    assert 8 < middle - low < 22
    assert 8 < high - middle < 22


@pytest.mark.parametrize(
    ("now", "words"),
    [("2026-08-03 12:00:00", "the period is over"), ("2026-06-20 12:00:00", "not begun yet")],
)
def test_outside_its_period_a_goal_has_no_chance(given, now, words):
    """After the end nothing can come, before the start too much can."""
    snapshot = given(deals=past_deals(30, 70) + "\nopen 2026-06-11 - false - 500", as_of=now)
    found = report.attainment(snapshot, goal(500))
    assert (found.chance, found.forecast, found.unknown) == (None, None, words)


def test_a_goal_in_another_currency_is_not_compared(given):
    """2,500 dollars are not 2,500 euros."""
    snapshot = given(
        deals="deal_id closed_at is_won amount\nd1 2026-07-09 true 60",
        as_of="2026-07-16 18:00:00",
        currency="USD",
    )
    with pytest.raises(Refusal, match="The goal is in EUR, this data counts in USD"):
        report.attainment(snapshot, goal(115))


def test_without_one_known_amount_nothing_is_said_of_the_goal(given):
    """Deals were won; what they brought nobody knows, and that is not zero."""
    deals = "deal_id created_at closed_at is_won amount\nd1 2026-07-01 2026-07-09 true -"
    snapshot = given(deals=deals, as_of="2026-07-20 00:00:00")
    unknown = r"none of the 1 deals won in .+ has an amount"
    with pytest.raises(MissingColumnError, match=unknown):
        report.forecast(snapshot, JULY)
    with pytest.raises(MissingColumnError, match=unknown):
        report.attainment(snapshot, goal(1000))
