"""Acceptance: what sales decided on a hand-off first, and how long that took."""

import pytest

from alignment import report
from alignment.domain.acceptance import Decision
from alignment.domain.follow_up import Waited, Waits
from alignment.domain.rate import Rate
from alignment.errors import MissingColumnError

LATER = "2026-12-31 00:00:00"
ACCEPTED, REJECTED, UNDECIDED = Decision.ACCEPTED, Decision.REJECTED, Decision.UNDECIDED


def only(snapshot, **asked):
    """Return the one row of an answer without groups."""
    (row,) = report.acceptance(snapshot, **asked).rows
    return row


def test_undecided_leads_are_shown_and_in_no_rate(given):
    """One accepted, one rejected, one neither: half, not a third."""
    snapshot = given(
        leads="""
        lead_id  created_at  mql_at      sal_at      rejected_at
        ada      2026-07-01  2026-07-06  2026-07-07  -
        bob      2026-07-01  2026-07-06  -           2026-07-08
        cyd      2026-07-01  2026-07-06  -           -
        """,
        as_of=LATER,
    )
    row = only(snapshot)
    assert row.counts == {ACCEPTED: 1, REJECTED: 1, UNDECIDED: 1}
    assert (row.rate, row.hand_offs) == (Rate(1, 2), 3)


def test_the_first_decision_counts(given):
    """Given up weeks after a yes is a yes; a later stage implies it; taken up after a no is a no."""
    snapshot = given(
        leads="""
        lead_id  created_at  mql_at      sal_at      sql_at      rejected_at
        ada      2026-07-01  2026-07-06  2026-07-07  -           2026-08-01
        bob      2026-07-01  2026-07-06  -           2026-07-09  -
        cyd      2026-07-01  2026-07-06  2026-08-01  -           2026-07-08
        """,
        as_of=LATER,
    )
    row = only(snapshot)
    assert row.counts == {ACCEPTED: 2, REJECTED: 1}
    assert row.sent_back_later == 1


def test_a_decision_that_is_yet_to_come_has_not_been_made(given):
    """On 7 July nobody knew of the one on the 8th."""
    snapshot = given(
        leads="lead_id created_at mql_at sal_at rejected_at\nada 2026-07-01 2026-07-06 2026-07-08 -",
        as_of="2026-07-07 12:00:00",
    )
    assert only(snapshot).counts == {UNDECIDED: 1}


def test_time_to_decide_is_business_time_and_whoever_waits_has_waited_longer(given):
    """Friday 16:00 to Monday 10:00 is two business hours; bob waits since Friday."""
    snapshot = given(
        leads="""
        lead_id  created_at  mql_at               sal_at               rejected_at
        ada      2026-07-01  2026-07-03T16:00:00  2026-07-06T10:00:00  -
        bob      2026-07-01  2026-07-03T16:00:00  -                    -
        cyd      2026-07-01  2026-07-03T16:00:00  -                    2026-07-06T12:00:00
        """,
        as_of="2026-07-06 16:00:00",
    )
    row = only(snapshot)
    assert row.waits == Waits({120: 1, 240: 1}, {480: 1})
    assert (row.waits.median, row.waits.most) == (Waited(240), Waited(480, is_longer=True))


@pytest.mark.parametrize(
    ("handed_at", "decided_at"),
    [
        ("2026-03-27T15:00:00", "2026-03-30T08:00:00"),  # the night that loses an hour
        ("2026-10-23T14:00:00", "2026-10-26T09:00:00"),  # the night that gains one
    ],
)
def test_a_changed_clock_changes_no_time_to_decide(given, handed_at, decided_at):
    """Berlin, Friday 16:00 to Monday 10:00: two business hours in spring and in autumn."""
    head = "lead_id created_at mql_at sal_at rejected_at"
    snapshot = given(
        leads=f"{head}\nada 2026-01-01 {handed_at} {decided_at} -", as_of=LATER, time_zone="Europe/Berlin"
    )
    assert only(snapshot).waits == Waits({120: 1})


def test_a_decision_before_the_hand_off_takes_part_in_no_time(given):
    """It is counted, and as what it was."""
    snapshot = given(
        leads="lead_id created_at mql_at sal_at rejected_at\nada 2026-07-01 2026-07-06 2026-07-05 -",
        as_of=LATER,
    )
    row = only(snapshot)
    assert (row.counts, row.reversed, row.waits.count) == ({ACCEPTED: 1}, 1, 0)


def test_acceptance_at_an_unknown_time_is_an_acceptance(given):
    """The lead became an opportunity, nobody wrote down when."""
    snapshot = given(
        leads="lead_id created_at mql_at sal_at rejected_at is_converted\nada 2026-07-01 2026-07-06 - - true",
        as_of=LATER,
    )
    row = only(snapshot)
    assert (row.counts, row.undated, row.waits.count) == ({ACCEPTED: 1}, 1, 0)


@pytest.mark.parametrize(
    ("columns", "missing"),
    [
        ("mql_at sal_at", "leads.rejected_at"),
        ("mql_at rejected_at", "leads.sal_at or leads.sql_at"),
        ("sal_at rejected_at", "leads.mql_at"),
    ],
)
def test_half_of_the_decisions_is_no_acceptance(given, columns, missing):
    """Without rejections all would be accepted: 100 % that nobody has earned."""
    values = " ".join(["2026-07-02"] * len(columns.split()))
    snapshot = given(leads=f"lead_id created_at {columns}\nada 2026-07-01 {values}", as_of=LATER)
    with pytest.raises(MissingColumnError, match=rf"needs column {missing}"):
        report.acceptance(snapshot)
