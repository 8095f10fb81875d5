"""What became of leads sent back: whoever came again, how far, after how many days; one person once."""

import pytest

from alignment import report
from alignment.domain.rate import Rate
from alignment.domain.recycling import Again
from alignment.domain.set_quality import UNMAPPED, ReasonGroup
from alignment.errors import MissingColumnError

AS_OF = "2026-12-31 12:00:00"
LEADS = """
    lead_id  created_at  mql_at      sal_at      rejected_at  sql_at      rejection_reason  source
    ada      2026-01-01  2026-02-02  -           2026-02-04   -           No_need_now       web
    bob      2026-01-01  2026-02-02  2026-03-06  2026-02-04   -           No_need_now       web
    cyd      2026-01-01  2026-02-02  2026-02-03  2026-02-04   2026-04-05  Role              fair
    dee      2026-01-01  2026-02-02  -           2026-02-04   -           Duplicate         fair
    eve      2026-01-01  2026-02-02  2026-02-03  2026-02-04   -           call_me           fair
    new      2026-01-01  2026-12-02  -           2026-12-04   -           No_need_now       web
    odd      2026-01-01  2026-02-02  -           2026-02-01   -           No_need_now       web
    yes      2026-01-01  2026-02-02  2026-02-03  -            2026-02-04  -                 web
"""
TOUCHES = """
    lead_id  touched_at           is_marketing
    ada      2026-02-03           false
    ada      2026-02-04           false
    ada      2026-02-14           true
    ada      2027-01-05           false
    dee      2026-02-14           false
    dee      2026-02-15           false
"""
DEALS = """
    deal_id  lead_id  created_at  closed_at   amount  is_won
    d1       cyd      2026-04-05  2026-09-04  100     true
"""


@pytest.fixture
def known(given):
    """Return the load of these tables: everything that a step is told by is in it."""
    return given(leads=LEADS, touches=TOUCHES, deals=DEALS, as_of=AS_OF)


def rates(returned):
    """Return the rate of each step."""
    return {came.step: came.rate for came in returned.steps}


@pytest.mark.parametrize(
    ("former", "later", "reached"),
    [
        ("d0 ada 2026-01-09 2026-01-20 false", "d1 ada 2026-03-06 - -", {Again.SQL}),
        ("d0 ada 2026-01-09 2026-01-20 true", "d1 ada 2026-03-06 2026-04-01 true", {Again.SQL, Again.WON}),
        ("d0 ada 2026-01-09 2026-01-20 true", "", set()),
    ],
)
def test_a_deal_of_the_time_before_hides_none_that_came_since(given, former, later, reached):
    """Only what was opened or won after ada was sent back tells that she came again."""
    snapshot = given(
        leads="lead_id created_at mql_at rejected_at sql_at\nada 2026-01-01 2026-02-02 2026-02-04 -",
        deals=f"deal_id lead_id created_at closed_at is_won\n{former}\n{later}".strip(),
        as_of=AS_OF,
    )
    came = {each.step for each in report.recycling(snapshot, window=91).whole.steps if each.ever}
    assert came & {Again.SQL, Again.WON} == reached


def test_whoever_came_again_is_counted_by_how_far(known):
    """Of five old enough dee was called, bob accepted after 30 days, cyd SQL after 60 and won after 212.

    Ada was touched before, at the very moment, by marketing and after the end of the data: not again.
    """
    found = report.recycling(known, window=91)

    assert rates(found.whole) == {
        Again.TOUCHED: Rate(3, 5),
        Again.ACCEPTED: Rate(2, 5),
        Again.SQL: Rate(1, 5),
        Again.WON: Rate(0, 5),
    }
    assert (found.whole.leads, found.whole.too_young) == (6, 1)
    assert ("sent back before their hand-off: dates that contradict", 1) in found.passport.left_out


def test_the_days_are_those_from_the_rejection_to_the_first_time(known):
    """Dee after 10, bob after 30, cyd after 60: the median is 30, however late the win of cyd came."""
    touched, *_, won = report.recycling(known, window=91).whole.steps

    assert (dict(touched.days), touched.median_days) == ({10: 1, 30: 1, 60: 1}, 30)
    assert (dict(won.days), won.ever, won.median_days) == ({212: 1}, 1, 212)


def test_without_a_window_every_return_counts(known):
    """However long it took, and however young the lead: said as ever."""
    found = report.recycling(known, window=None)

    assert rates(found.whole)[Again.WON] == Rate(1, 6)
    assert "came again ever" in found.passport.formula


def test_each_group_of_reasons_is_told_apart(known):
    """As people mapped them; together they are all leads sent back."""
    found = report.recycling(known)
    mapped = report.recycling(known, mapped={"call me": ReasonGroup.LOW})

    counts = {returned.group: returned.leads for returned in found.groups}
    assert counts == {"low": 3, "wide": 1, "high": 1, UNMAPPED: 1}
    assert sum(counts.values()) == found.whole.leads
    assert {returned.group: returned.leads for returned in mapped.groups}["low"] == 4


def test_a_second_journey_in_the_history_doubles_nobody(given):
    """The lead's own dates are those of the first one: the history knows of two MQLs and a second SAL.

    “Working” is what most leads enter at their very `sal_at`, so that name tells an acceptance.
    """
    snapshot = given(
        leads="""
        lead_id  created_at  mql_at      sal_at      rejected_at
        ada      2026-01-01  2026-02-02  2026-02-03  2026-02-04
        bob      2026-01-01  2026-02-02  2026-02-03  -
        """,
        stage_history="""
        record_id  record_table  stage    entered_at
        ada        leads         MQL      2026-02-02
        ada        leads         Working  2026-02-03
        bob        leads         Working  2026-02-03
        ada        leads         Trash    2026-02-04
        ada        leads         MQL      2026-03-01
        ada        leads         Working  2026-03-06
        ada        leads         Working  2026-04-06
        ada        leads         Other    2026-05-06
        """,
        as_of=AS_OF,
    )

    (accepted,) = report.recycling(snapshot).whole.steps

    assert (accepted.step, accepted.rate, dict(accepted.days)) == (Again.ACCEPTED, Rate(1, 1), {30: 1})


def test_the_list_holds_who_was_sent_back_and_has_not_come_again(known):
    """Who was sent back last stands first, with reason and group; no owner is named."""
    rows = report.sent_back(known).to_pylist()

    assert [(row["lead_id"], row["group"]) for row in rows] == [
        ("new", "low"),
        ("ada", "low"),
        ("eve", UNMAPPED),
    ]
    assert set(rows[0]) == {"lead_id", "source", "reason", "group", "handed_day", "back_day"}


def test_a_step_that_the_data_cannot_tell_is_named_and_no_zero(given):
    """Without touches and deals nobody knows whether anybody was called or won."""
    leads = "lead_id created_at mql_at sal_at rejected_at\nada 2026-01-01 2026-02-02 - 2026-02-04"
    found = report.recycling(given(leads=leads, as_of=AS_OF))

    assert [came.step for came in found.whole.steps] == [Again.ACCEPTED]
    assert found.missing == {
        Again.TOUCHED: "touches.is_marketing",
        Again.SQL: "leads.sql_at",
        Again.WON: "deals.is_won",
    }


@pytest.mark.parametrize(
    ("columns", "missing"),
    [
        ("mql_at sal_at", "leads.rejected_at"),
        ("rejected_at sal_at", "leads.mql_at"),
        ("mql_at rejected_at", "leads.sal_at"),
    ],
)
def test_a_missing_column_is_named(given, columns, missing):
    """An empty list would say that nobody was sent back, 0 % that nobody came again."""
    leads = f"lead_id created_at {columns}\nada 2026-07-01 2026-07-02 2026-07-02"
    with pytest.raises(MissingColumnError, match=rf"needs column .*{missing}.* would see what became"):
        report.recycling(given(leads=leads, as_of=AS_OF))
