"""Rules of the plan backwards: goal → wins → SQLs → MQLs → leads, their range, their days, and until when."""

from datetime import date, datetime, timedelta

import pytest

from alignment.domain.agreement import Person, Side
from alignment.domain.assumption import Assumption, assumed_for, values_of
from alignment.domain.backward_plan import BackwardPlan
from alignment.domain.backward_plan_basis import Basis, Factor, Kind, Lag
from alignment.domain.cohort import Passport
from alignment.domain.goal import Goal
from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.domain.refusal import Refusal
from alignment.domain.stage import Stage

ADA, BO = Person("Ada", Side.MARKETING), Person("Bo", Side.SALES)
Q4 = Period(date(2026, 10, 1), date(2027, 1, 1))
Q3 = Period(date(2026, 7, 1), date(2026, 10, 1))
NOW = datetime(2026, 11, 26, 9)
CHAIN = (Stage.SQL, Stage.MQL, Stage.LEAD)


def plan(goal=1_600_000, today=date(2026, 11, 26), came=None, chain=CHAIN, factors=None, **assumed):
    """Return the plan of the worked example: deals of 160,000, 25 % of SQLs win, 4 % of MQLs become SQL."""
    known = (
        Factor(
            "amount",
            "Mean deal won",
            Kind.AMOUNT,
            160_000.0,
            (160_000.0, 160_000.0),
            "",
            (120_000.0, 200_000.0),
        ),
        Factor("sql_won", "SQL → Won", Kind.SHARE, 0.25, (0.2, 0.3), "", (0.2, 0.3)),
        Factor("mql_sql", "MQL → SQL", Kind.SHARE, 0.04, (0.04, 0.04), "", (0.03, 0.05)),
        Factor("lead_mql", "Lead → MQL", Kind.SHARE, 0.5, (0.5, 0.5), "", (0.4, 0.6)),
        Factor("days", "Days from MQL to won", Kind.DAYS, 60.0, (50.0, 70.0), "", (50.0, 80.0)),
    )
    lags = {Stage.SQL: Lag(40, 20, 50), Stage.MQL: Lag(60, 30, 50), Stage.LEAD: Lag(70, 35, 50)}
    basis = Basis(today, "EUR", factors or known, chain, {}, lags, came or {}, Passport("", "", ""))
    return BackwardPlan(Goal(Q4, Money(goal * 100, "EUR"), ADA, NOW), basis, assumed)


def test_the_goal_divided_by_each_step_is_what_it_needs():
    """1.6 million ÷ 160,000 = 10 wins; ÷ 25 % = 40 SQLs; ÷ 4 % = 1,000 MQLs; ÷ 50 % = 2,000 leads."""
    assert [(each.stage, each.count) for each in plan().needs] == [
        (Stage.WON, 10),
        (Stage.SQL, 40),
        (Stage.MQL, 1_000),
        (Stage.LEAD, 2_000),
    ]


def test_an_mql_is_worth_its_chance_times_the_deal():
    """1 % (25 % of 4 %) × 160,000 = 1,600."""
    assert plan().value_of(Stage.MQL) == Money(1_600_00, "EUR")


def test_nobody_wins_a_part_of_a_deal():
    """1.61 million need an 11th win; SQLs go on from the unrounded number, so 40.25 are 41."""
    found = plan(goal=1_610_000)
    assert (found.need(Stage.WON).count, found.need(Stage.SQL).count) == (11, 41)


def test_the_range_comes_from_what_the_rates_might_be():
    """Between 20 and 30 % of SQLs win: 34 to 50 SQLs. MQLs inherit it, wins know nothing of it."""
    found = plan()
    assert [found.need(stage).counts for stage in (Stage.WON, Stage.SQL, Stage.MQL)] == [
        (10, 10),
        (34, 50),
        (834, 1250),
    ]


def test_two_doubtful_steps_doubt_less_than_both_at_their_worst():
    """Errors combine as their squares do: both at the end of their interval at once are unlikely."""
    factors = [each for each in plan().basis.factors if each.name != "mql_sql"]
    doubtful = (*factors, Factor("mql_sql", "", Kind.SHARE, 0.04, (0.032, 0.048), "", None))
    low, high = plan(factors=doubtful).need(Stage.MQL).counts
    assert 1_000 < high < 40 / 0.032 / 0.8
    assert 40 / 0.048 / 1.2 < low < 1_000


def test_what_is_assumed_is_taken_as_given():
    """We say 50 % of SQLs win: half as many are needed, and the range no longer comes from that rate."""
    found = plan(sql_won=0.5)
    assert (found.need(Stage.SQL).count, found.need(Stage.SQL).counts) == (20, (20, 20))
    assert [each.name for each in found.changed] == ["sql_won"]


def test_several_factors_may_be_assumed_at_once():
    """20 wins of 80,000, and 50 % of SQLs: 40 SQLs again."""
    assert plan(amount=80_000.0, sql_won=0.5).need(Stage.SQL).count == 40


def test_each_stage_lies_its_own_days_earlier():
    """SQLs win 40 days later, MQLs 60: those of 1 October came in on 22 August and 2 August."""
    found = plan()
    assert found.need(Stage.SQL).days == Period(date(2026, 8, 22), date(2026, 11, 22))
    assert found.need(Stage.MQL).days == Period(date(2026, 8, 2), date(2026, 11, 2))


def test_the_latest_useful_day_of_an_mql_is_the_median_before_the_end():
    """Half of those that win take 60 days: 1 November. 1 in 10 takes 30: the last call is 1 December."""
    need = plan().need(Stage.MQL)
    assert (need.until, need.last_call) == (date(2026, 11, 1), date(2026, 12, 1))


def test_a_longer_cycle_stretches_all_steps_alike():
    """90 days instead of 60: an SQL takes 60 of them instead of 40."""
    found = plan(days=90.0)
    assert found.need(Stage.MQL).until == date(2026, 10, 2)
    assert found.need(Stage.SQL).days.start == date(2026, 8, 2)
    assert found.need(Stage.SQL).count == 40


def test_what_came_in_the_days_stands_beside_what_is_needed():
    """MQLs of 1 August came too early for this quarter, those of 2 November too late."""
    came = {
        Stage.MQL: {date(2026, 8, 1): 7, date(2026, 8, 2): 400, date(2026, 11, 1): 100, date(2026, 11, 2): 9}
    }
    assert plan(came=came).need(Stage.MQL).came == 500


def test_each_lever_alone_would_close_the_gap():
    """500 of 1,000 MQLs came: deals of 320,000, or 50 % of SQLs, or 8 % of MQLs."""
    came = {Stage.MQL: {date(2026, 9, 1): 500}}
    levers = plan(came=came).levers(Stage.MQL)
    assert [(each.factor.name, each.value) for each in levers] == [
        ("amount", pytest.approx(320_000)),
        ("sql_won", pytest.approx(0.5)),
        ("mql_sql", pytest.approx(0.08)),
    ]
    assert all(each.is_unseen for each in levers)


def test_no_share_of_more_than_all_is_asked_for():
    """200 of 1,000 MQLs came: not even if every SQL won."""
    came = {Stage.MQL: {date(2026, 9, 1): 200}}
    by_name = {each.factor.name: each for each in plan(came=came).levers(Stage.MQL)}
    assert (by_name["sql_won"].value, by_name["sql_won"].is_unseen) == (None, True)


def test_while_the_days_run_their_pace_goes_on():
    """After 46 of 92 days 500 came: 1,000 at the end, which is enough."""
    halfway = date(2026, 8, 2) + timedelta(45)
    found = plan(today=halfway, came={Stage.MQL: {date(2026, 8, 10): 500}})
    assert found.need(Stage.MQL).at_pace == 1_000
    assert found.levers(Stage.MQL) == ()


def test_days_not_begun_have_nothing_and_no_pace():
    """Nothing came is not zero of a thousand."""
    need = plan(today=date(2026, 7, 1), came={Stage.MQL: {date(2026, 6, 1): 50}}).need(Stage.MQL)
    assert (need.came, need.at_pace) == (None, None)


@pytest.mark.parametrize(("value", "is_unseen"), [(0.2, False), (0.3, False), (0.19, True), (0.31, True)])
def test_a_value_beyond_the_quarters_of_two_years_is_unseen(value, is_unseen):
    """From 20 to 30 %."""
    assert plan().basis.factor("sql_won").is_unseen(value) is is_unseen


def test_an_unknown_step_ends_the_chain():
    """Nobody knows how many MQLs, unless we assume a rate."""
    factors = [each for each in plan().basis.factors if each.name != "mql_sql"]
    unknown = (*factors, Factor("mql_sql", "MQL → SQL", Kind.SHARE, unknown="none of 40 MQLs reached SQL"))
    assert plan(factors=unknown).need(Stage.MQL).count is None
    assert plan(factors=unknown).need(Stage.SQL).count == 40
    assert plan(factors=unknown, mql_sql=0.04).need(Stage.MQL).count == 1_000


@pytest.mark.parametrize(
    ("factor", "value", "said"),
    [
        ("sql_won", 0.0, "can't divide by 0"),
        ("sql_won", 1.2, "can't be over 1, that is 100 %"),
        ("amount", float("nan"), "can't divide by nan"),
        ("days", 10_000.0, "can't be over 3,650"),
    ],
)
def test_nobody_assumes_what_cannot_be(factor, value, said):
    """No share over 100 %, no division by zero."""
    with pytest.raises(Refusal, match=said):
        Assumption(Q4, factor, value, ADA, NOW)


def test_of_one_factor_the_newest_assumption_holds_until_it_is_taken_back():
    """Each period has its own."""
    moves = (
        Assumption(Q4, "sql_won", 0.3, ADA, NOW),
        Assumption(Q4, "sql_won", 0.4, BO, NOW),
        Assumption(Q4, "mql_sql", 0.1, ADA, NOW),
        Assumption(Q4, "mql_sql", None, BO, NOW),
        Assumption(Q3, "days", 70.0, ADA, NOW),
    )
    assert values_of(assumed_for(Q4, moves)) == {"sql_won": 0.4}
