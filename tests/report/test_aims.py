"""Aims beside what came: SQLs, win rate and hole rate of a period, or why nobody can tell."""

from datetime import date, datetime

import pytest

from alignment import report
from alignment.domain.agreement import Person, Side
from alignment.domain.aim import Aim, Measure
from alignment.domain.period import Period
from alignment.domain.rate import Rate

JULY = Period(date(2026, 7, 1), date(2026, 8, 1))
NOW = "2026-07-16 18:00:00"
DEALS = "deal_id created_at closed_at is_closed is_won amount"


def aim(measure, target, period=JULY):
    """Return an aim for July."""
    return Aim(period, measure, target, Person("Ada", Side.MARKETING), datetime(2026, 6, 1))


def closed(won, lost):
    """Draw deals closed on 10 July."""
    lines = [f"w{number} 2026-06-01 2026-07-10 true true 100" for number in range(won)]
    lines += [f"l{number} 2026-06-01 2026-07-10 true false 100" for number in range(lost)]
    return "\n".join([DEALS, *lines])


def test_sqls_of_the_period_stand_beside_the_aim(given):
    """Two in July, one in June: 2 of 4, and on pace would be 2 after 12 of 23 business days."""
    leads = """
        lead_id  created_at  sql_at
        ada      2026-06-01  2026-07-01
        bob      2026-06-01  2026-07-16
        cyn      2026-06-01  2026-06-30
    """
    found = report.aim_reached(given(leads=leads, as_of=NOW), aim(Measure.SQLS, 4))
    assert (found.count, found.due, found.is_met, found.known_on) == (2, 2, False, date(2026, 7, 16))


def test_the_win_rate_is_that_of_deals_closed_in_the_period(given):
    """6 of 20: 30 %, which is what was aimed at."""
    found = report.aim_reached(given(deals=closed(6, 14), as_of=NOW), aim(Measure.WIN_RATE, 30))
    assert (found.rate, found.is_met) == (Rate(6, 20), True)


def test_with_only_won_deals_the_win_rate_is_undefined_and_said(given):
    """Never 100 %."""
    found = report.aim_reached(given(deals=closed(9, 0), as_of=NOW), aim(Measure.WIN_RATE, 30))
    assert (found.rate, found.is_met, found.unknown) == (
        None,
        None,
        "undefined: the data holds no lost deal",
    )


def test_a_period_without_deals_has_no_win_rate(given):
    """Never 0 %."""
    old = closed(2, 3).replace("2026-07-10", "2026-06-10")
    found = report.aim_reached(given(deals=old, as_of=NOW), aim(Measure.WIN_RATE, 30))
    assert (found.rate, found.unknown) == (None, "no deal was closed in these days")


def test_two_deals_tell_no_rate(given):
    """Neither met nor missed."""
    found = report.aim_reached(given(deals=closed(1, 1), as_of=NOW), aim(Measure.WIN_RATE, 30))
    assert (found.rate.is_too_small, found.is_met) == (True, None)


@pytest.mark.parametrize(("target", "is_met"), [(40, True), (39, False)])
def test_the_hole_rate_is_a_most(given, target, is_met):
    """4 of 10 hand-offs of June lie there: 40 % is kept by 40, not by 39."""
    lines = [
        f"l{number} 2026-06-01 2026-06-01 {'2026-06-02' if number >= 4 else '-'} 2026-06-01"
        for number in range(10)
    ]
    leads = "\n".join(["lead_id created_at mql_at sal_at last_activity_at", *lines])
    found = report.aim_reached(given(leads=leads, as_of=NOW), aim(Measure.HOLE_RATE, target))
    assert (found.rate, found.is_met) == (Rate(4, 10), is_met)


def test_a_quarter_not_begun_has_nothing_to_hold_against(given):
    """Zero SQLs would be said of days that have not been."""
    ahead = Period(date(2026, 10, 1), date(2027, 1, 1))
    found = report.aim_reached(
        given(leads="lead_id created_at sql_at\nada 2026-06-01 2026-07-01", as_of=NOW),
        aim(Measure.SQLS, 4, ahead),
    )
    assert (found.count, found.unknown) == (None, "not begun yet")


def test_a_missing_column_is_named(given):
    """And what it would show."""
    found = report.aim_reached(
        given(leads="lead_id created_at\nada 2026-07-01", as_of=NOW), aim(Measure.SQLS, 4)
    )
    assert "needs column leads.sql_at" in found.unknown
    assert found.count is None
