"""`report coverage`, `sales-velocity`, `lead-velocity`, `pipeline`: the figures of the page, for scripts."""

import json

import pytest

from alignment.__main__ import main
from tests import drawn

FACTS = {"as_of": "2026-07-16 18:00:00"}
DEALS = """
    deal_id  created_at  closed_at   expected_close_at  stage     is_closed  is_won  amount
    w1       2026-07-01  2026-07-11  -                  Closed    true       true    100
    l1       2026-07-01  2026-07-11  -                  Closed    true       false   100
    o1       2026-07-05  -           2026-07-30         Proposal  false      -       50
"""
HISTORY = """
    record_id  record_table  stage     entered_at  amount
    w1         deals         Open      2026-07-01  90
    w1         deals         Closed    2026-07-11  100
    l1         deals         Open      2026-07-01  100
    o1         deals         Proposal  2026-07-05  40
"""
LEADS = "lead_id created_at sql_at\nada 2026-06-01 2026-06-05\nbob 2026-07-01 2026-07-05"


@pytest.fixture
def printed(tmp_path, monkeypatch, capsys):
    """Return a function that runs a report on the drawn tables and reads the JSON that it printed."""
    path = tmp_path / "drawn.duckdb"
    drawn.warehouse(path, {"deals": DEALS, "leads": LEADS, "stage_history": HISTORY}, FACTS)
    monkeypatch.chdir(tmp_path)

    def run(*words):
        assert main(["report", *words, "--warehouse", str(path), "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    return run


def test_coverage_of_a_typed_goal_is_printed_for_the_quarter_of_the_as_of(printed):
    """50 due ÷ (150 − 100); two decided deals tell no win rate."""
    (row,) = printed("coverage", "--goal", "150")
    assert (row["coverage"], row["needed"]) == (1.0, None)
    assert row["said"].startswith("undefined: too few deals")


def test_sales_velocity_says_why_there_is_none(printed):
    """Never a zero."""
    (row,) = printed("sales-velocity")
    assert (row["a_day_amount"], row["open_count"]) == (None, 1)
    assert "too few deals" in row["said"]


def test_lead_velocity_prints_twelve_months(printed):
    """The newest one last, with its elapsed days; growth after one lead is not said."""
    rows = printed("lead-velocity")
    assert len(rows) == 12
    assert rows[-1] == {"month": "2026-07", "count": 1, "month_before": 1, "rate": None, "elapsed_days": 16}


def test_the_pipeline_is_printed_by_stage_and_age(printed):
    """One open deal, eleven days old."""
    assert printed("pipeline") == [
        {"stage": "Proposal", "age": "8–14 days", "count": 1, "amount": 50.0, "unvalued": 0}
    ]


def test_the_bridge_is_printed_part_by_part(printed):
    """0 + 230 + 10 − 100 − 100, and 10 that the history does not tell, = 50."""
    rows = printed("pipeline-bridge")
    assert [(row["part"], row["amount"]) for row in rows] == [
        ("start", 0),
        ("created", 230),
        ("up", 10),
        ("down", 0),
        ("lost", -100),
        ("won", -100),
        ("not told by the history", 10),
        ("now", 50),
    ]


def test_a_forecast_says_why_there_is_none(printed):
    """Two past deals tell no chance; what was won is said all the same."""
    (row,) = printed("forecast", "--goal", "1000")
    assert (row["won_amount"], row["p50_amount"]) == (100, None)
    assert row["said"] == "chance not known: too few past deals"


def test_a_backtest_without_a_past_is_empty(printed):
    """No quarter has enough days before it."""
    assert printed("backtest") == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["coverage", "--goal", "0"], "A goal must be over 0"),
        (["coverage", "--goal", "100", "--start", "2026-01-01"], "both ends of a period"),
        (["lead-velocity", "--stage", "sold"], "“sold” is no stage"),
    ],
)
def test_bad_input_is_one_clear_line(tmp_path, capsys, words, sentence):
    """A goal of zero, half a period, a stage that is none."""
    path = tmp_path / "drawn.duckdb"
    drawn.warehouse(path, {"deals": DEALS, "leads": LEADS}, FACTS)
    assert main(["report", *words, "--warehouse", str(path)]) == 2
    assert sentence in capsys.readouterr().err


def test_the_forecast_is_printed_without_a_goal_too(printed):
    """What was won stands in it; of a goal that nobody set, nothing."""
    (row,) = printed("forecast")
    assert (row["won_amount"], row["goal_amount"], row["pace"], row["chance"]) == (100.0, None, None, None)
    assert row["said"].startswith("no goal was set for 1 Jul 2026")
