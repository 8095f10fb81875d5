"""What a plan backwards takes from the data: mature rates, lags, amounts, and what was seen in two years."""

from datetime import date, datetime

import pytest

from alignment import report
from alignment.domain.agreement import Person, Side
from alignment.domain.cohort import Cohort
from alignment.domain.goal import Goal
from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.domain.refusal import Refusal
from alignment.domain.stage import Stage
from alignment.errors import MissingColumnError

Q3 = Period(date(2026, 7, 1), date(2026, 10, 1))
NOW = "2026-08-20 12:00:00"


def goal(amount, period=Q3):
    """Return a goal of whole euros."""
    return Goal(period, Money(amount * 100, "EUR"), Person("Ada", Side.SALES), datetime(2026, 6, 1))


def tables(mqls=40, sqls=20, wins=10, amount=100, month="2026-01"):
    """Draw leads of one month: MQLs on the 1st, SQLs after 9 days, won after 29; a deal each that won."""
    leads = ["lead_id created_at mql_at sql_at"]
    deals = ["deal_id lead_id created_at closed_at is_closed is_won amount"]
    for number in range(mqls):
        name = f"{month}-{number}"
        leads.append(f"{name} {month}-01 {month}-01 {f'{month}-10' if number < sqls else '-'}")
        if number < wins:
            deals.append(f"{name} {name} {month}-10 {month}-30 true true {amount}")
    return {"leads": "\n".join(leads), "deals": "\n".join(deals)}


def test_each_step_is_the_mature_rate_of_the_newest_year(given):
    """20 of 40 MQLs became SQL, 10 of these won; deals bring 100: 1,000 need 10 wins, 20 SQLs, 40 MQLs."""
    found = report.backward_plan(given(**tables(), as_of=NOW), goal(1_000))
    assert [(each.stage, each.count) for each in found.needs] == [
        (Stage.WON, 10),
        (Stage.SQL, 20),
        (Stage.MQL, 40),
        (Stage.LEAD, 40),
    ]
    assert found.basis.factor("sql_won").counted == "10 of 20 SQLs, within 21 days"


def test_a_rate_is_the_one_that_the_conversion_page_counts(given):
    """Two queries, one rule: same cohort, same window, same leads."""
    young = tables(month="2026-08", wins=0)["leads"].partition("\n")[2]
    drawn = tables()
    snapshot = given(leads=f"{drawn['leads']}\n{young}", deals=drawn["deals"], as_of=NOW)
    found = report.plan_basis(snapshot)
    for name, start, end in (("sql_won", Stage.SQL, Stage.WON), ("mql_sql", Stage.MQL, Stage.SQL)):
        factor = found.factor(name)
        window = int(factor.counted.rpartition("within ")[2].split()[0])
        ripe = Period(date(2025, 9, 1), date(2026, 8, 21))
        there = report.conversion(snapshot, start, end, Cohort(period=ripe), window=window).rows[0].rate
        assert (factor.value, factor.interval) == (there.value, there.interval)


def test_those_too_young_are_in_no_rate(given):
    """40 MQLs of August had no time yet: the plan is that of January's."""
    young = tables(month="2026-08", sqls=0, wins=0)["leads"].partition("\n")[2].replace("-08-01", "-08-15")
    drawn = tables()
    snapshot = given(leads=f"{drawn['leads']}\n{young}", deals=drawn["deals"], as_of=NOW)
    assert report.plan_basis(snapshot).factor("mql_sql").value == 0.5


def test_mean_deal_and_its_interval(given):
    """10 deals of 100: no doubt. Half of them of 300: 200 on average, give or take some 60."""
    drawn = tables()
    one = report.plan_basis(given(**drawn, as_of=NOW)).factor("amount")
    assert (one.value, one.interval) == (100, (100, 100))
    mixed = "\n".join(
        line.replace(" 100", " 300") if number % 2 else line
        for number, line in enumerate(drawn["deals"].splitlines())
    )
    two = report.plan_basis(given(leads=drawn["leads"], deals=mixed, as_of=NOW, name="two")).factor("amount")
    assert two.value == 200
    assert two.interval == (pytest.approx(145, abs=5), pytest.approx(277, abs=5))


def test_what_was_seen_are_the_quarters_of_two_years(given):
    """A quarter of 25 % and one of 50 %: 40 % was seen between them, 60 % was not."""
    old, new = tables(month="2025-10", sqls=10, wins=5), tables()
    both = {name: f"{old[name]}\n{new[name].partition(chr(10))[2]}" for name in ("leads", "deals")}
    factor = report.plan_basis(given(**both, as_of=NOW)).factor("mql_sql")
    assert factor.seen == (0.25, 0.5)
    assert (factor.is_unseen(0.4), factor.is_unseen(0.6)) == (False, True)


def test_days_are_those_of_leads_that_won(given):
    """29 days from MQL to won, 20 from SQL: the latest useful MQL for September comes on its 1st."""
    found = report.backward_plan(given(**tables(), as_of=NOW), goal(1_000))
    assert found.basis.factor("days").value == 29
    assert found.need(Stage.MQL).until == date(2026, 9, 1)
    assert found.need(Stage.SQL).until == date(2026, 9, 10)


def test_what_came_is_counted_in_the_shifted_days(given):
    """Those who win from 1 July to 30 September come in as MQLs 29 days earlier."""
    drawn = tables()
    now = "\n".join(f"n{number} 2026-06-02 2026-06-02 -" for number in range(7))
    snapshot = given(leads=f"{drawn['leads']}\n{now}", deals=drawn["deals"], as_of=NOW)
    assert report.backward_plan(snapshot, goal(1_000)).need(Stage.MQL).came == 7


def test_without_a_stage_the_step_goes_over_it(given):
    """No sql_at: MQL → Won directly, and the column is named where SQLs would stand."""
    drawn = tables()
    leads = "\n".join(" ".join(line.split()[:3]) for line in drawn["leads"].splitlines())
    found = report.backward_plan(given(leads=leads, deals=drawn["deals"], as_of=NOW), goal(1_000))
    assert found.need(Stage.MQL).count == 40
    assert "needs column leads.sql_at" in found.need(Stage.SQL).missing


def test_deals_alone_tell_the_wins(given):
    """Without leads the rest says what it needs; never zero."""
    deals = "\n".join(
        " ".join(word for place, word in enumerate(line.split()) if place != 1)
        for line in tables()["deals"].splitlines()
    )
    found = report.backward_plan(given(deals=deals, as_of=NOW), goal(1_000))
    assert found.wins.count == 10
    assert found.need(Stage.MQL).count is None
    assert "needs column" in found.need(Stage.MQL).missing


def test_a_step_that_nobody_took_is_no_rate_of_zero(given):
    """A plan can't divide by it: it says so."""
    none = report.plan_basis(given(**tables(wins=0), as_of=NOW)).factor("sql_won")
    assert (none.value, none.unknown.startswith("none of 20 SQLs reached Won")) == (None, True)


def test_too_few_tell_nothing(given):
    """Four SQLs, four wins: no percentage is said, and no plan is built on it."""
    basis = report.plan_basis(given(**tables(mqls=4, sqls=4, wins=4), as_of=NOW))
    assert basis.factor("sql_won").unknown == "only 4 SQLs entered at least 21 days ago"
    assert basis.factor("amount").unknown == "only 4 deals of the last year were won with an amount"


def test_a_period_without_deals_is_planned_from_the_year_before(given):
    """Nothing is won in the next quarter yet: that is what it needs a plan for."""
    ahead = Period(date(2026, 10, 1), date(2027, 1, 1))
    found = report.backward_plan(given(**tables(), as_of=NOW), goal(1_000, ahead))
    assert (found.wins.count, found.wins.came) == (10, None)
    assert found.need(Stage.MQL).until == date(2026, 12, 2)


def test_only_won_deals_leave_the_steps_of_leads_alone(given):
    """A win rate of deals would be undefined; the plan uses leads, which did get lost on the way."""
    assert report.plan_basis(given(**tables(), as_of=NOW)).factor("sql_won").value == 0.5


def test_deals_of_no_lead_are_said(given):
    """The plan asks leads for all of the goal: the passport counts what came without one."""
    drawn = tables()
    deals = f"{drawn['deals']}\nloose - 2026-01-01 2026-02-01 true true 100"
    left_out = report.plan_basis(given(leads=drawn["leads"], deals=deals, as_of=NOW)).passport.left_out
    assert (
        "won in the last year by a deal of no lead: the plan asks leads for all of the goal",
        1,
    ) in left_out


def test_deals_of_several_leads_are_said(given):
    """Rates count leads and wins are deals: the passport counts the deals of which that is not the same."""
    drawn = tables()
    deal = drawn["deals"].splitlines()[1].split()[0]
    lead = drawn["leads"].splitlines()[-1].split()[0]
    found = report.plan_basis(given(**drawn, deal_leads=f"deal_id lead_id\n{deal} {lead}", as_of=NOW))
    assert [count for words, count in found.passport.left_out if "of several leads" in words] == [1]


def test_without_amounts_the_column_is_named(given):
    """Nobody knows what a win brings."""
    drawn = tables()
    deals = "\n".join(line.rpartition(" ")[0] for line in drawn["deals"].splitlines())
    with pytest.raises(MissingColumnError, match=r"deals\.amount"):
        report.plan_basis(given(leads=drawn["leads"], deals=deals, as_of=NOW))


def test_a_goal_in_another_currency_is_not_divided(given):
    """Euros are not dollars."""
    with pytest.raises(Refusal, match="The goal is in EUR, this data counts in USD"):
        report.backward_plan(given(**tables(), as_of=NOW, currency="USD"), goal(1_000))
