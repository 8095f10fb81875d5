"""`report goal` and `report plan`: the shared goals and the way back from them, for scripts."""

import json
from datetime import date
from pathlib import Path

import pytest

from alignment import agreement
from alignment.__main__ import main
from alignment.domain.agreement import Person, Side
from alignment.domain.aim import Measure
from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.store.warehouse import Warehouse
from tests import drawn
from tests.report.test_backward_plan import tables

ADA = Person("Ada", Side.MARKETING)
FACTS = {"as_of": "2026-08-20 12:00:00"}
Q3 = Period(date(2026, 7, 1), date(2026, 10, 1))


@pytest.fixture
def drawn_at(tmp_path, monkeypatch):
    """Write the drawn tables and go where no ledger is; return their path."""
    path = tmp_path / "drawn.duckdb"
    drawn.warehouse(path, tables(), FACTS)
    monkeypatch.chdir(tmp_path)
    return path


@pytest.fixture
def ledger(drawn_at, tmp_path):
    """Return the address of a ledger with a goal and an aim, and what Ada assumes."""
    url = f"sqlite:///{tmp_path / 'ledger.sqlite'}"
    ours = agreement.opened(url, Warehouse(Path(drawn_at)))
    ours.goals.set(ADA, Q3, Money(1_000_00, "EUR"), "as much as ever")
    ours.aims.set(ADA, Q3, Measure.SQLS, 20, "to see the fair")
    ours.backward_plans.assume(ADA, Q3, "sql_won", 0.25)
    return url


@pytest.fixture
def printed(drawn_at, capsys):
    """Return a function that runs a report on the drawn tables and reads the JSON that it printed."""

    def run(*words):
        assert main(["report", *words, "--warehouse", str(drawn_at), "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    return run


def test_goals_are_printed_beside_what_was_attained_with_their_dates(printed, ledger):
    """Revenue first, then the aims; who set them, and why."""
    revenue, sqls = printed("goal", "--ledger", ledger)
    assert (revenue["measure"], revenue["target"], revenue["attained"]) == ("revenue", 1_000, 0)
    assert (revenue["period"], revenue["end"], revenue["known_on"]) == ("2026Q3", "2026-10-01", "2026-08-20")
    assert (sqls["measure"], sqls["target"], sqls["attained"]) == ("sqls", 20, 0)
    assert (sqls["set_by"], sqls["reason"]) == ("Ada", "to see the fair")


def test_no_goal_is_said_and_is_no_goal_of_zero(printed):
    """What was won stands there all the same."""
    (row,) = printed("goal", "--start", "2026-01-01", "--end", "2026-04-01")
    assert (row["target"], row["attained"]) == (None, 1_000)
    assert row["said"] == "no goal was set for 1 Jan 2026 – 31 Mar 2026"


def test_a_plan_is_printed_from_the_wins_to_the_leads(printed):
    """10 wins, 20 SQLs, 40 MQLs: what January brought; with the days in which they come in."""
    found = printed("plan", "--goal", "1000")
    assert [(row["stage"], row["needed"]) for row in found["needs"]] == [
        ("won", 10),
        ("sql", 20),
        ("mql", 40),
        ("lead", 40),
    ]
    mql = found["needs"][2]
    assert (mql["from_on"], mql["to_on"], mql["latest_useful_on"]) == (
        "2026-06-02",
        "2026-09-01",
        "2026-09-01",
    )
    assert mql["goal_amount_each"] == 25


def test_what_both_sides_assume_counts_unless_it_is_left_out(printed, ledger):
    """Ada said that a quarter of the SQLs win: 40 are needed. As measured, 20."""
    assumed = printed("plan", "--ledger", ledger)
    measured = printed("plan", "--ledger", ledger, "--as-measured")
    typed = printed("plan", "--ledger", ledger, "--assume", "sql_won=0.1")
    assert [found["needs"][1]["needed"] for found in (assumed, measured, typed)] == [40, 20, 100]
    (factor,) = [row for row in assumed["factors"] if row["factor"] == "sql_won"]
    assert (factor["is_assumed"], factor["measured"], factor["used"]) == (True, 0.5, 0.25)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["plan", "--goal", "0"], "A goal must be over 0"),
        (["plan"], "give one with --goal"),
        (["plan", "--goal", "nan"], "--goal needs an amount of money, got nan."),
        (["forecast", "--goal", "1e400"], "--goal needs an amount of money, got inf."),
        (["goal", "--goal", "1000", "--ledger", "sqlite:///not-there.sqlite"], "There is no ledger at"),
        (["plan", "--goal", "1000", "--assume", "luck=2"], "takes FACTOR=VALUE with one of amount"),
        (["plan", "--goal", "1000", "--assume", "sql_won=30"], "can't be over 1, that is 100 %"),
        (["plan", "--goal", "1000", "--assume", "sql_won=x"], "needs a number after sql_won="),
        (["goal", "--start", "2026-01-01"], "both ends of a period"),
    ],
)
def test_bad_input_is_one_clear_line(drawn_at, capsys, words, sentence):
    """A goal of zero, no goal, no number, no ledger, a factor that is none, more than all, half a period."""
    assert main(["report", *words, "--warehouse", str(drawn_at)]) == 2
    assert sentence in capsys.readouterr().err
