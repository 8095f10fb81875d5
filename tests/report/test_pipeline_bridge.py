"""The pipeline bridge: start + created + up − down − lost − won, and what is not told, = end."""

from datetime import date

import pytest

from alignment import report
from alignment.domain.period import Period
from alignment.domain.refusal import Refusal
from alignment.errors import MissingColumnError
from alignment.report.pipeline_bridge import NOT_TOLD, UNTOLD

JULY = Period(date(2026, 7, 1), date(2026, 8, 1))
LATER = "2026-12-01 00:00:00"
DEALS = """
    deal_id  created_at  closed_at   is_closed  is_won  amount
    old      2026-06-01  -           false      -       130
    new      2026-07-05  -           false      -       50
    won      2026-06-01  2026-07-20  true       true    200
    lost     2026-06-01  2026-07-21  true       false   80
    before   2026-05-01  2026-06-30  true       true    999
    after    2026-08-01  -           false      -       999
""".strip()
HISTORY = """
    record_id  record_table  stage     entered_at  amount
    old        deals         Open      2026-06-01  100
    old        deals         Proposal  2026-07-10  160
    old        deals         Verbal    2026-07-15  130
    new        deals         Open      2026-07-05  50
    won        deals         Open      2026-06-01  150
    won        deals         Won       2026-07-20  200
    lost       deals         Open      2026-06-01  80
    lost       leads         Open      2026-07-02  7
    before     deals         Open      2026-05-01  999
    after      deals         Open      2026-08-01  999
""".strip()


def cents(found):
    """Return start, each part that is something, and end, in whole units."""
    parts = [(part.name, part.amount.amount) for part in found.parts if part.amount.cents]
    return [("start", found.start.amount.amount), *parts, ("end", found.end.amount.amount)]


def test_each_change_is_its_own_part(given):
    """330 open at the start; 160 − 30 of the old deal, + 50 of the won one before it was won."""
    found = report.pipeline_bridge(given(deals=DEALS, stage_history=HISTORY, as_of=LATER), JULY)
    assert cents(found) == [
        ("start", 330),
        ("created", 50),
        ("up", 110),
        ("down", -30),
        ("lost", -80),
        ("won", -200),
        ("end", 180),
    ]
    assert found.is_balanced


def test_what_the_history_does_not_tell_is_a_part_of_its_own(given):
    """The deal was won for 230, its history ends at 200."""
    deals = DEALS.replace("true    200", "true    230")
    found = report.pipeline_bridge(given(deals=deals, stage_history=HISTORY, as_of=LATER), JULY)
    assert (found.part(NOT_TOLD).amount.amount, found.part("won").amount.amount) == (30, -230)
    assert found.is_balanced


def test_what_is_won_is_the_won_revenue_of_the_period(given):
    """Two figures of one page."""
    snapshot = given(deals=DEALS, stage_history=HISTORY, as_of=LATER)
    won = report.revenue(snapshot, JULY).rows[0].won_amount
    assert report.pipeline_bridge(snapshot, JULY).part("won").amount.cents == -won.cents


def test_the_end_of_a_running_period_is_the_open_pipeline(given):
    """Also where the amount was changed without a row in the history."""
    deals = DEALS.replace("false      -       130", "false      -       135")
    snapshot = given(deals=deals, stage_history=HISTORY, as_of="2026-07-25 00:00:00")
    found = report.pipeline_bridge(snapshot, JULY)
    assert found.end.amount.cents == sum(row.amount.cents for row in report.pipeline(snapshot).stages)
    assert (found.is_now, found.part(NOT_TOLD).amount.amount, found.is_balanced) == (True, 5, True)


def test_a_past_period_ends_with_the_amounts_of_then(given):
    """What the old deal is worth since August is not July's."""
    history = f"{HISTORY}\nold deals Verbal 2026-09-01 500"
    deals = DEALS.replace("false      -       130", "false      -       500")
    found = report.pipeline_bridge(given(deals=deals, stage_history=history, as_of=LATER), JULY)
    assert (found.end.amount.amount, found.part(NOT_TOLD).amount.amount) == (180, 0)


def test_a_deal_without_history_is_taken_at_its_amount_of_now(given):
    """It is counted in the passport."""
    history = "\n".join(line for line in HISTORY.splitlines() if "won " not in line)
    found = report.pipeline_bridge(given(deals=DEALS, stage_history=history, as_of=LATER), JULY)
    assert found.start.amount.amount == 380
    assert ("not in the history: taken at their amount of now", 1) in found.passport.left_out
    assert found.is_balanced


def test_a_deal_closed_before_its_creation_comes_and_goes_on_the_day_of_its_close(given):
    """A contradiction of dates loses no balance, and no revenue."""
    deals = f"{DEALS}\nodd 2026-07-20 2026-07-10 true true 40"
    found = report.pipeline_bridge(given(deals=deals, stage_history=HISTORY, as_of=LATER), JULY)
    assert (found.part("created").amount.amount, found.part("won").amount.amount) == (90, -240)
    assert found.is_balanced


def test_a_deal_closed_in_the_future_is_open(given):
    """Its close has not happened."""
    deals = f"{DEALS}\nfuture 2026-07-01 2027-03-01 true true 40"
    found = report.pipeline_bridge(given(deals=deals, stage_history=HISTORY, as_of=LATER), JULY)
    assert (found.end.amount.amount, found.is_balanced) == (220, True)


def test_closed_and_nobody_says_how_is_neither_won_nor_lost(given):
    """It left the pipeline all the same."""
    deals = f"{DEALS}\nodd 2026-06-20 2026-07-10 true - 40"
    found = report.pipeline_bridge(given(deals=deals, stage_history=HISTORY, as_of=LATER), JULY)
    assert (found.part(UNTOLD).amount.amount, found.is_balanced) == (-40, True)


def test_amounts_that_are_missing_negative_or_without_a_rate_keep_the_balance(given):
    """A credit counts as it is; a deal without a value is nothing in every part, and counted."""
    lines = DEALS.splitlines()
    deals = "\n".join(
        [
            f"{lines[0]} currency",
            *(f"{line} EUR" for line in lines[1:]),
            "credit 2026-07-02 - false - -20 EUR",
            "blank 2026-07-02 - false - - EUR",
            "dollar 2026-07-02 2026-07-09 true true 70 USD",
        ]
    )
    history = f"{HISTORY}\ndollar deals Open 2026-07-02 60"
    found = report.pipeline_bridge(given(deals=deals, stage_history=history, as_of=LATER), JULY)
    assert (found.part("created").amount.amount, found.end.amount.amount) == (30, 160)
    assert ("without an amount or an exchange rate: nothing in every part", 2) in found.passport.left_out
    assert found.is_balanced


def test_a_deal_keeps_the_rate_of_its_close(given):
    """A rate that moves is no change of the pipeline."""
    snapshot = given(
        deals="deal_id created_at closed_at is_closed is_won amount currency\n"
        "d 2026-06-01 2026-07-20 true true 200 USD",
        stage_history="record_id record_table stage entered_at amount\n"
        "d deals Open 2026-06-01 100\nd deals Won 2026-07-20 200",
        exchange_rates="currency rate_on rate\nUSD 2026-06-01 0.80\nUSD 2026-07-15 0.90",
        as_of=LATER,
    )
    found = report.pipeline_bridge(snapshot, JULY)
    assert cents(found) == [("start", 90), ("up", 90), ("won", -180), ("end", 0)]


def test_without_the_table_the_sentence_names_it(given):
    """Table and column."""
    with pytest.raises(MissingColumnError, match="needs a table stage_history with the column amount"):
        report.pipeline_bridge(given(deals=DEALS, as_of=LATER), JULY)


def test_a_history_without_amounts_tells_nothing_of_them(given):
    """The column is named."""
    history = "record_id record_table stage entered_at\nold deals Open 2026-06-01"
    with pytest.raises(MissingColumnError, match=r"stage_history\.amount"):
        report.pipeline_bridge(given(deals=DEALS, stage_history=history, as_of=LATER), JULY)


def test_a_period_not_begun_has_no_bridge(given):
    """It says which."""
    snapshot = given(deals=DEALS, stage_history=HISTORY, as_of="2026-06-10 00:00:00")
    with pytest.raises(Refusal, match="has not begun"):
        report.pipeline_bridge(snapshot, JULY)


def test_a_period_without_deals_is_empty(given):
    """Nothing was open, nothing came."""
    long_ago = Period(date(2020, 1, 1), date(2020, 4, 1))
    found = report.pipeline_bridge(given(deals=DEALS, stage_history=HISTORY, as_of=LATER), long_ago)
    assert (found.is_empty, found.is_balanced) == (True, True)
