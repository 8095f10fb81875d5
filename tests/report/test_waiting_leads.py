"""Two lists that a meeting wants empty: untouched for a day, and in cycle with too few attempts."""

import pytest

from alignment import report
from alignment.errors import MissingColumnError

NOW = "2026-07-20 12:00:00"


def ids(rows):
    """Return who is listed."""
    return rows["lead_id"].to_pylist()


def test_untouched_for_over_a_day_counts_weekends_too(given):
    """24 hours are 24 hours: ada came 24 h and a second ago, bob 24 h ago; the others were seen to."""
    snapshot = given(
        leads="""
        lead_id  created_at  mql_at               first_touch_at  sal_at      in_nurture
        ada      2026-07-01  2026-07-19T11:59:59  -               -           false
        bob      2026-07-01  2026-07-19T12:00:00  -               -           false
        cyd      2026-07-01  2026-07-10           2026-07-20      -           false
        dee      2026-07-01  2026-07-10           -               2026-07-12  false
        eve      2026-07-01  2026-07-10           -               -           true
        """,
        as_of=NOW,
    )
    assert ids(report.untouched(snapshot)) == ["ada"]
    assert ids(report.untouched(snapshot, hours=23)) == ["ada", "bob"]


def test_in_cycle_with_fewer_than_five_attempts_of_sales_since_hand_off(given):
    """Ada was tried four times, bob five; mails and calls before the hand-off are no attempts."""
    snapshot = given(
        leads="""
        lead_id  created_at  mql_at      sal_at      sql_at      rejected_at
        ada      2026-07-01  2026-07-06  2026-07-07  -           -
        bob      2026-07-01  2026-07-06  -           -           -
        new      2026-07-01  2026-07-07  -           -           -
        sql      2026-07-01  2026-07-06  -           2026-07-09  -
        gone     2026-07-01  2026-07-06  -           -           2026-07-09
        """,
        touches="\n".join(
            [
                "lead_id touched_at is_marketing",
                "ada 2026-07-02 false",
                "ada 2026-07-08 true",
                *(
                    f"{lead} 2026-07-{10 + n} false"
                    for lead, most in (("ada", 4), ("bob", 5))
                    for n in range(most)
                ),
            ]
        ),
        as_of=NOW,
    )
    (row,) = report.few_attempts(snapshot).to_pylist()
    assert (row["lead_id"], row["days_in_cycle"], row["attempts"]) == ("ada", 14, 4)
    assert ids(report.few_attempts(snapshot, days=13, attempts=6)) == ["ada", "bob", "new"]


def test_no_list_names_the_owner_of_a_lead(given):
    """Negative lists show leads, not people."""
    leads = "lead_id created_at mql_at first_touch_at rejected_at owner\nada 2026-07-01 2026-07-01 - - Finn"
    snapshot = given(leads=leads, touches="lead_id touched_at is_marketing\nada 2026-07-02 false", as_of=NOW)
    for rows in (report.untouched(snapshot), report.few_attempts(snapshot)):
        assert rows.num_rows == 1
        assert "Finn" not in str(rows.to_pylist())


@pytest.mark.parametrize(
    ("question", "columns", "missing"),
    [
        (report.untouched, "mql_at", "leads.first_touch_at"),
        (report.untouched, "first_touch_at", "leads.mql_at"),
        (report.few_attempts, "mql_at rejected_at", "touches.is_marketing"),
    ],
)
def test_a_list_names_the_column_it_needs(given, question, columns, missing):
    """An empty list would say that all is well."""
    values = " ".join(["2026-07-02"] * len(columns.split()))
    snapshot = given(leads=f"lead_id created_at {columns}\nada 2026-07-01 {values}", as_of=NOW)
    with pytest.raises(MissingColumnError, match=rf"needs column {missing}"):
        question(snapshot)
