"""The contradictions shelf: each row that says two things at once is counted and listed."""

import pytest

from alignment import report
from alignment.errors import UnknownTermError

LEADS = """
    lead_id  created_at  mql_at      sql_at      rejected_at  first_touch_at  stage     source
    ada      2026-07-01  2026-07-02  -           2026-07-05   2026-07-03      Rejected  web
    bob      2026-07-01  2026-07-02  -           -            2026-07-03      Customer  web
    cyd      2026-07-01  2026-07-02  2026-07-08  -            -               SQL       fair
    dee      2026-07-01  2026-07-02  -           -            2026-07-03      MQL       fair
    eve      2026-07-01  2027-07-02  -           -            -               Lead      fair
    fay      2026-07-01  2026-07-02  2026-07-08  -            2026-07-03      Customer  web
"""
DEALS = """
    deal_id  lead_id  created_at  closed_at   is_won
    d1       ada      2026-07-10  2026-07-20  true
    d2       dee      2026-06-01  -           -
    d3       fay      2026-07-10  2026-07-09  true
    d4       fay      2026-07-10  2027-01-01  -
    d5       dee      -           2026-06-20  true
"""
EXPECTED = {
    "a won deal, though sales sent the lead back": ["ada"],
    "a customer by stage, without a won deal": ["bob"],
    "an SQL to which nothing has happened: no touch, no meeting": ["cyd"],
    "a deal older than its lead: expansion, counted apart": ["d2"],
    "a deal closed before its lead came in": ["d5"],
    "a deal closed before it was opened": ["d3"],
    "leads dated after the newest event that has been": ["eve"],
    "deals dated after the newest event that has been": ["d4"],
}


@pytest.fixture
def snapshot(given):
    """Return a load with one row of each contradiction, and others that are in order."""
    return given(leads=LEADS, deals=DEALS, as_of="2026-08-01 00:00:00")


def test_each_contradiction_is_counted_with_the_figure_it_distorts(snapshot):
    """One row each."""
    found = report.shelf(snapshot)
    assert {each.words: each.rows for each in found.found} == dict.fromkeys(EXPECTED, 1)
    assert all(each.distorts for each in found.found)
    assert found.rows == 8


@pytest.mark.parametrize(("words", "rows"), EXPECTED.items())
def test_its_rows_are_listed(snapshot, words, rows):
    """So that somebody can put them right in the CRM."""
    assert report.shelf_rows(snapshot, words)["record_id"].to_pylist() == rows


def test_what_the_data_cannot_tell_is_not_looked_for(given):
    """Without deals nobody can contradict a rejection."""
    found = report.shelf(given(leads="lead_id created_at\nada 2026-07-01", as_of="2026-08-01 00:00:00"))
    assert [each.words for each in found.found] == ["leads dated after the newest event that has been"]
    assert found.rows == 0


def test_an_unknown_contradiction_is_refused(snapshot):
    """In one sentence."""
    with pytest.raises(UnknownTermError, match="is no contradiction"):
        report.shelf_rows(snapshot, "too good to be true")
