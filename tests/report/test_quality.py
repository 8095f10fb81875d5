"""Rules of quality: what contradicts itself is counted among those that could; months tell how full it is."""

from datetime import datetime

import pytest

from alignment.errors import MissingColumnError
from alignment.report import quality

LEADS = """
    lead_id  created_at  mql_at      source
    ada      2026-07-02  2026-07-05  web
    bob      2026-07-09  2026-07-01  -
    cy       2026-08-01  -           -
"""


def counted(snapshot, words):
    """Return how many rows contradict themselves in this way, and how many could."""
    return next((one.rows, one.of) for one in quality.contradictions(snapshot) if one.words == words)


def test_a_later_stage_before_an_earlier_one_is_counted(given):
    """Bob became an MQL before we knew him; Cy never did, so he can't contradict himself."""
    assert counted(given(leads=LEADS), "mql_at before created_at") == (1, 2)


def test_what_the_columns_cannot_tell_is_not_looked_for(given):
    """Without amounts nothing is said of amounts."""
    assert all(one.table == "leads" for one in quality.contradictions(given(leads=LEADS)))


def test_a_deal_won_without_an_amount_is_counted(given):
    """It counts as a win and brings nothing."""
    deals = """
        deal_id  created_at  closed_at   is_won  amount
        d1       2026-07-01  2026-07-03  true    -
        d2       2026-07-01  2026-07-03  false   -
        d3       2026-07-01  2026-07-03  true    5
    """

    assert counted(given(deals=deals), "won without an amount") == (1, 2)


def test_months_tell_how_full_a_column_is(given):
    """Half of July has a source, none of August."""
    months = quality.fullness(given(leads=LEADS), "leads")

    assert [(month.month_on.month, month.rows, month.share("source")) for month in months] == [
        (7, 2, 0.5),
        (8, 1, 0.0),
    ]


def test_the_newest_date_of_each_column_is_told(given):
    """A column that stands still is one that nobody fills any more."""
    newest = {one.column: one.at for one in quality.newest(given(leads=LEADS))}

    assert newest == {"created_at": datetime(2026, 8, 1), "mql_at": datetime(2026, 7, 5)}


def test_without_creation_dates_there_are_no_months(given):
    """The sentence names the column."""
    with pytest.raises(MissingColumnError, match=r"leads\.created_at"):
        quality.fullness(given(leads="lead_id  is_converted\nada  true"), "leads")


def test_attributes_have_their_months_too(given):
    """A criterion stands on them."""
    snapshot = given(leads="lead_id  created_at  industry\nada  2026-07-02  bank\nbob  2026-07-03  -")

    (july,) = quality.fullness(snapshot, "leads", of_attributes=True)

    assert july.filled == {"industry": 1}


def test_without_months_a_table_is_as_full_as_all_its_rows(given):
    """A scoring data set has no dates, and empty columns all the same."""
    snapshot = given(leads="lead_id  is_converted  industry\nada  true  bank\nbob  false  -")

    assert quality.tables(snapshot) == (("leads", False),)
    assert quality.whole_fullness(snapshot, "leads").filled == {"is_converted": 2, "industry": 1}
