"""The suggested goal is a round sum that the sample company is on its way to."""

from datetime import date, timedelta

import duckdb
import pytest

from alignment.sample import company
from alignment.sample.goal import suggested_goal
from tests.sample.conftest import AS_OF


def won(ask, start, end):
    """Return what was won between two days, in EUR."""
    return float(
        ask(f"""
            select coalesce(sum(amount * coalesce(rate, 1)), 0)
            from deals asof left join exchange_rates as rates
            on deals.currency = rates.currency and closed_at >= rate_on
            where is_won and closed_at >= '{start}' and closed_at < '{end}'
        """)[0][0]
    )


def test_the_goal_is_for_the_quarter_under_way(sample_file):
    """The board shows this quarter first."""
    goal = suggested_goal(sample_file, AS_OF)

    assert (goal.start_on, goal.end_on) == (date(2026, 4, 1), date(2026, 7, 1))


def test_the_goal_is_round(sample_file):
    """People agree on round sums."""
    assert suggested_goal(sample_file, AS_OF).amount % 50_000 == 0


@pytest.mark.parametrize("as_of", [date(2026, 5, 20), date(2026, 6, 30), date(2026, 11, 21)], ids=str)
def test_we_are_on_our_way_to_the_goal(as_of, tmp_path):
    """Neither reached nor hopeless: a meeting has something to decide."""
    path = tmp_path / "sample.duckdb"
    company.write(path, as_of=as_of)
    goal = suggested_goal(path, as_of)
    with duckdb.connect(path, read_only=True) as connection:
        so_far = won(lambda query: connection.execute(query).fetchall(), goal.start_on, as_of + timedelta(1))
    elapsed = (as_of + timedelta(1) - goal.start_on) / (goal.end_on - goal.start_on)

    assert 0.8 <= so_far / (goal.amount * elapsed) <= 1.05


def test_on_the_first_day_of_a_quarter_the_goal_follows_the_quarters_before(tmp_path):
    """One day says nothing yet."""
    path = tmp_path / "sample.duckdb"
    company.write(path, as_of=date(2026, 7, 1))

    assert suggested_goal(path, date(2026, 7, 1)).amount >= 400_000
