"""What each campaign or source brought and cost: rows that sum to the quarter, costs only where they are."""

from datetime import date

import pytest

from alignment import report
from alignment.domain.cohort import Cohort
from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.domain.rate import Rate
from alignment.domain.set_quality import ReasonGroup
from alignment.domain.strategy import Basis
from alignment.errors import MissingColumnError, UnknownTermError

Q3 = Cohort(period=Period(date(2026, 7, 1), date(2026, 10, 1)))
LATER = "2026-12-01 00:00:00"
LEADS = """
    lead_id  created_at  mql_at      sql_at      rejected_at  rejection_reason  source  campaign
    ada      2026-07-01  2026-07-02  2026-07-20  -            -                 web     brand
    bob      2026-07-03  2026-07-04  -           2026-07-09   wrong_fit         web     brand
    cy       2026-08-03  2026-10-02  -           -            -                 fair    stand
    dan      2026-06-30  2026-07-04  2026-10-04  -            -                 web     -
"""
DEALS = """
    deal_id  lead_id  created_at  closed_at   is_won  amount
    d1       ada      2026-07-21  2026-09-20  true    1000
    d2       ada      2026-08-01  2026-10-05  true    500
    d3       cy       2026-10-03  -           -       250
    d4       -        2026-09-01  2026-09-30  true    70
"""
SPEND = """
    month_on    source  campaign  amount
    2026-07-01  web     brand     300
    2026-08-01  web     brand     100
    2026-10-01  web     brand     900
    2026-08-01  -       -         40
    2026-09-01  fair    satnd     60
"""


def asked(given, cohort=Q3, *, drawn="drawn", leads=LEADS, deals=DEALS, spend=SPEND, **options):
    """Return the strategies of the drawn tables; None leaves a table out."""
    tables = {"leads": leads, "deals": deals, "spend": spend}
    load = given(name=drawn, as_of=LATER, **{name: table for name, table in tables.items() if table})
    return report.strategies(load, cohort, **options)


def row_of(found, name):
    """Return the row of a strategy."""
    (row,) = [row for row in found.rows if row.name == name]
    return row


def euros(amount):
    """Return an amount of the business currency."""
    return Money(round(amount * 100), "EUR")


def test_in_a_period_each_thing_counts_where_it_happened(given):
    """A quarter's MQLs, SQLs and wins are those of the other pages, whenever they began."""
    brand = row_of(asked(given), "brand")
    assert (brand.leads, brand.mqls, brand.sqls, brand.won) == (2, 2, 1, 1)
    assert (brand.revenue, brand.spend, brand.open_deals) == (euros(1000), euros(400), 0)


def test_of_its_leads_what_came_later_counts_too(given):
    """Spend is judged by what its own leads brought: the win of October belongs to a lead of July."""
    found = asked(given, basis=Basis.LEADS)
    brand, stand = row_of(found, "brand"), row_of(found, "stand")
    assert (brand.won, brand.revenue) == (2, euros(1500))
    assert (stand.mqls, stand.open_deals, stand.open_amount) == (1, 1, euros(250))


def test_costs_and_return_are_spend_over_what_came(given):
    """Four hundred for two MQLs, one SQL and one win of a thousand."""
    brand = row_of(asked(given), "brand")
    assert (brand.cost_per_mql, brand.cost_per_sql, brand.cost_per_win) == (
        euros(200),
        euros(400),
        euros(400),
    )
    assert brand.returned == 2.5


def test_spend_without_a_campaign_has_a_row_but_buys_nobody(given):
    """Money that names no campaign was not spent on the leads that have none: no cost is made of the two."""
    found = asked(given)
    none = row_of(found, None)
    assert (none.spend, none.mqls, none.revenue) == (euros(40), 1, euros(70))
    assert (none.cost_per_mql, none.returned) == (None, None)
    assert found.total.spend == euros(500)
    assert found.total.cost_per_mql == euros(500 / 3)


def test_spend_on_a_name_that_nothing_came_from_is_told(given):
    """A misspelled campaign would read as money without effect."""
    found = asked(given)
    assert row_of(found, "satnd").spend == euros(60)
    assert (
        dict(found.passport.left_out)[
            "with spend, but without any lead or deal: is the campaign spelled alike?"
        ]
        == 1
    )


def test_nothing_spent_is_no_cost_of_zero(given):
    """Undefined is not zero: neither without a row of spend nor without an MQL."""
    found = asked(given)
    stand, misspelled = row_of(found, "stand"), row_of(found, "satnd")
    assert (stand.spend, stand.cost_per_mql, stand.returned) == (None, None, None)
    assert (misspelled.cost_per_mql, misspelled.cost_per_win, misspelled.returned) == (None, None, 0)


def test_without_a_table_of_spend_the_rest_stands_and_the_need_is_said(given):
    """One missing table hides no other figure."""
    found = asked(given, spend=None)
    assert row_of(found, "brand").mqls == 2
    assert found.total.spend is None
    assert "needs table spend" in found.needs


def test_a_deal_of_several_leads_is_one_deal(given):
    """It belongs to the campaign of its first lead, or the sum would be more than was won."""
    deals = """
        deal_id  created_at  closed_at   is_won  amount
        d1       2026-08-04  2026-09-20  true    1000
    """
    both = "deal_id lead_id\nd1 cy\nd1 bob"
    load = given(leads=LEADS, deals=deals, deal_leads=both, as_of=LATER)
    found = report.strategies(load, Q3)
    assert [(row.name, row.won) for row in found.rows if row.won] == [("brand", 1)]


def test_a_deal_dated_before_its_lead_is_expansion_and_no_fruit_of_it(given):
    """Of new leads it is left out and counted; of the period it was won all the same."""
    deals = """
        deal_id  lead_id  created_at  closed_at   is_won  amount
        d1       cy       2026-07-04  2026-09-20  true    1000
    """
    found = asked(given, deals=deals, basis=Basis.LEADS)
    assert found.total.won == 0
    assert dict(found.passport.left_out)["deals dated before their lead: expansion, in nothing here"] == 1


def test_foreign_spend_takes_the_rate_of_its_month_and_none_is_made_up(given):
    """Without a rate an entry is left out and counted; it is never one to one."""
    spend = """
        month_on    campaign  amount  currency
        2026-07-01  brand     100     USD
        2026-08-01  brand     100     USD
        2026-08-01  stand     100     GBP
    """
    rates = "currency rate_on rate\nUSD 2026-06-01 0.5\nUSD 2026-08-01 0.8"
    load = given(leads=LEADS, spend=spend, exchange_rates=rates, as_of=LATER)
    found = report.strategies(load, Q3)
    assert (row_of(found, "brand").spend, row_of(found, "stand").spend) == (euros(130), None)
    left_out = dict(found.passport.left_out)
    assert left_out["entries of spend without an amount or an exchange rate"] == 1


def test_what_came_back_is_told_by_the_group_of_its_reason(given):
    """Volume without fit shows: one of two MQLs of the campaign was the wrong fit."""
    brand = row_of(asked(given), "brand")
    assert (brand.came_back, brand.main_reason) == (Rate(1, 2), "wide")
    mapped = asked(given, drawn="again", mapped={"wrong fit": ReasonGroup.HIGH})
    assert row_of(mapped, "brand").main_reason == "high"


def test_by_source_a_deal_without_a_lead_has_its_own_row(given):
    """As on the revenue page."""
    found = asked(given, by="source")
    assert [(row.name, row.won) for row in found.rows] == [
        ("web", 1),
        ("fair", 0),
        ("unattributed", 1),
        (None, 0),
    ]
    assert found.called("unattributed") == "no lead known"


def test_data_of_deals_alone_has_strategies_by_source(given):
    """Counts of leads are unknown then, not zero."""
    deals = "deal_id source closed_at is_won amount\nd1 web 2026-08-01 true 10\nd2 - 2026-08-01 true 5"
    found = asked(given, leads=None, spend=None, deals=deals, by="source")
    assert [(row.name, row.leads, row.won) for row in found.rows] == [
        ("web", None, 1),
        ("unattributed", None, 1),
    ]


def test_a_table_that_names_no_campaign_says_which_column_it_needs(given):
    """And what would be seen with it."""
    leads = "lead_id created_at\nada 2026-07-01"
    with pytest.raises(MissingColumnError, match=r"needs column leads\.campaign.*beside what it cost"):
        asked(given, leads=leads)


def test_other_columns_are_no_strategy(given):
    """The two that can be."""
    with pytest.raises(UnknownTermError, match="one of campaign, source, got “owner”"):
        asked(given, by="owner")


def test_a_quarter_that_nothing_happened_in_is_empty(given):
    """Still open deals are of now; a period without anything else has nothing to review."""
    found = asked(given, Cohort(period=Period(date(2020, 1, 1), date(2020, 4, 1))), basis=Basis.LEADS)
    assert found.is_empty


def test_won_and_open_money_that_nobody_knows_is_not_zero(given):
    """Deals of which none has an amount; a strategy that won nothing does not stand out with a zero."""
    deals = """
        deal_id  lead_id  created_at  closed_at   is_won  amount
        d1       ada      2026-07-21  2026-09-20  true    -
        d3       cy       2026-08-03  -           -       -
    """
    found = asked(given, deals=deals)
    assert [(row.revenue, row.open_amount) for row in (*found.rows, found.total)] == [
        (None, None) for _ in (*found.rows, found.total)
    ]
    assert found.total.won == 1
