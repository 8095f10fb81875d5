"""The open pipeline by stage and age."""

from datetime import date

import pytest

from alignment import report
from alignment.domain.money import Money

NOW = "2026-07-31 18:00:00"
DEALS = """
    deal_id  created_at  closed_at   stage     is_closed  is_won  amount
    a        2026-07-30  -           Proposal  false      -       100
    b        2026-07-28  -           Proposal  false      -       50
    c        2026-07-24  -           Proposal  false      -       -
    d        2026-07-17  -           Discovery false      -       10
    e        2026-07-01  -           Discovery false      -       10
    f        2026-06-30  -           Discovery false      -       10
    g        -           -           Discovery false      -       10
    won      2026-07-01  2026-07-20  Closed    true       true    999
"""


def cells(found):
    """Return the rows as plain values."""
    return [(row.stage, row.age, row.count, row.amount.cents if row.amount else None) for row in found.rows]


def test_open_deals_lie_in_the_bands_of_their_age(given):
    """0–2, 3–7, 8–14, 15–30, over 30 days; a deal without a creation has no age."""
    assert cells(report.pipeline_age(given(deals=DEALS, as_of=NOW))) == [
        ("Proposal", "0–2 days", 1, 100_00),
        ("Proposal", "3–7 days", 2, 50_00),
        ("Discovery", "8–14 days", 1, 10_00),
        ("Discovery", "15–30 days", 1, 10_00),
        ("Discovery", "over 30 days", 1, 10_00),
        ("Discovery", "age not known", 1, 10_00),
    ]


def test_the_age_is_that_in_the_present_stage_where_the_history_tells(given):
    """A deal that came back to its stage counts from its last entry; leads of the same key do not count."""
    history = """
        record_id  record_table  stage      entered_at
        f          deals         Discovery  2026-06-30
        f          deals         Proposal   2026-07-10
        f          deals         Discovery  2026-07-30
        e          leads         Discovery  2026-07-31
    """
    found = report.pipeline_age(given(deals=DEALS, stage_history=history, as_of=NOW))
    assert ("Discovery", "0–2 days", 1, 10_00) in cells(found)
    unaged = "aged since their creation: the history does not tell when they entered their stage"
    assert (unaged, 6) in found.passport.left_out


def test_the_sums_by_age_are_those_of_the_pipeline(given):
    """Two figures, one pipeline."""
    snapshot = given(deals=DEALS, as_of=NOW)
    aged, plain = report.pipeline_age(snapshot), report.pipeline(snapshot)
    assert {stage: sum(row.amount.cents for row in aged.of(stage=stage)) for stage in aged.stages} == {
        row.stage: row.amount.cents for row in plain.stages
    }


def test_a_stage_of_which_no_amount_is_known_is_not_worth_zero(given):
    """Its deals are counted; the sum of all stages is that of the amounts that are known."""
    deals = """
        deal_id  created_at  stage      is_won  amount
        a        2026-07-30  Proposal   -       100
        b        2026-07-30  Proposal   -       -
        c        2026-07-30  Discovery  -       -
    """
    found = report.pipeline(given(deals=deals, as_of=NOW))
    euros = Money(100_00, "EUR")
    assert [(row.stage, row.count, row.amount) for row in found.stages] == [
        ("Proposal", 2, euros),
        ("Discovery", 1, None),
    ]
    assert found.amount == euros


def test_without_amounts_deals_are_counted(given):
    """No amount is not an amount of zero."""
    found = report.pipeline_age(given(deals="deal_id created_at is_won\na 2026-07-30 -", as_of=NOW))
    assert (found.has_amounts, found.rows[0].amount, found.rows[0].count) == (False, None, 1)


def test_a_deal_entered_after_the_as_of_has_no_age_yet(given):
    """What came later has not happened: the deal is aged since its creation."""
    history = "record_id record_table stage entered_at\na deals Proposal 2026-08-09"
    found = report.pipeline_age(given(deals=DEALS, stage_history=history, as_of=NOW))
    assert found.of(stage="Proposal")[0].amount == Money(100_00, "EUR")


@pytest.mark.parametrize(
    ("as_of", "stands"),
    [
        ("2026-07-05", [("Discovery", "3–7 days")]),
        ("2026-07-12", [("Proposal", "0–2 days")]),
        ("2026-07-21", [("Won", "0–2 days")]),
    ],
)
def test_a_deal_stood_where_the_history_knew_it_then(given, as_of, stands):
    """It was in discovery, then proposed; the table says where it is now."""
    deals = "deal_id created_at closed_at stage is_won amount\nd 2026-06-01 - Won - 10"
    history = """
        record_id  record_table  stage      entered_at
        d          deals         Discovery  2026-07-01
        d          deals         Proposal   2026-07-10
        d          deals         Won        2026-07-20
    """
    snapshot = given(deals=deals, stage_history=history, as_of=NOW)
    day = date.fromisoformat(as_of)
    aged, plain = report.pipeline_age(snapshot, as_of=day), report.pipeline(snapshot, as_of=day)
    assert [(row.stage, row.age) for row in aged.rows] == stands
    assert [row.stage for row in plain.stages] == [row.stage for row in aged.rows]


def test_a_deal_that_closes_later_stands_where_it_was(given):
    """A day of the future in the table is no reason to call it closed."""
    deals = "deal_id created_at closed_at stage is_won amount\nd 2026-06-01 2027-01-01 Won true 10"
    history = "record_id record_table stage entered_at\nd deals Proposal 2026-07-10"
    assert cells(report.pipeline_age(given(deals=deals, stage_history=history, as_of=NOW))) == [
        ("Proposal", "15–30 days", 1, 10_00)
    ]


@pytest.mark.parametrize(
    ("as_of", "cents"), [("2026-07-05", 10_00), ("2026-07-12", 20_00), ("2026-07-21", 90_00)]
)
def test_an_open_deal_was_worth_then_what_the_history_knew(given, as_of, cents):
    """Before its first row what that tells; then its last by that day; today's once none follows."""
    deals = "deal_id created_at closed_at stage is_won amount\nd 2026-06-01 2026-07-30 Won true 90"
    history = """
        record_id  record_table  stage      entered_at  amount
        d          deals         Discovery  2026-07-06  10
        d          deals         Proposal   2026-07-10  20
        d          deals         Proposal   2026-07-20  90
    """
    snapshot = given(deals=deals, stage_history=history, as_of=NOW)
    assert report.pipeline(snapshot, as_of=date.fromisoformat(as_of)).amount == Money(cents, "EUR")


def test_what_is_over_was_worth_what_it_closed_with(given):
    """A row that somebody wrote after the close changes no revenue, looked at from whichever day."""
    deals = "deal_id created_at closed_at is_won amount\nd 2026-06-01 2026-07-10 true 90"
    history = "record_id record_table entered_at amount\nd deals 2026-07-01 10\nd deals 2026-07-20 90"
    snapshot = given(deals=deals, stage_history=history, as_of=NOW)
    (row,) = report.revenue(snapshot, as_of=date(2026, 7, 15)).rows
    assert row.won_amount == Money(90_00, "EUR")
