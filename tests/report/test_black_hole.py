"""The black hole: hand-offs that nobody decided on and nothing happens to any more."""

from datetime import date

import pytest

from alignment import report
from alignment.domain.black_hole import band_of
from alignment.domain.cohort import Cohort
from alignment.errors import MissingColumnError

LATER = "2026-12-31 00:00:00"
MONDAY = "2026-07-06T10:00:00"
"""With an SLA of one business day, due on Tuesday the 7th at 10:00, in the hole seven days later."""


def inside(snapshot, **asked):
    """Return the ids of the leads that lie in the hole."""
    return report.black_hole_rows(snapshot, **asked)["lead_id"].to_pylist()


@pytest.mark.parametrize(("now", "leads"), [("10:00:00", 0), ("10:00:01", 1)])
def test_a_lead_falls_in_seven_days_after_its_due_time(given, now, leads):
    """On the second: nothing happened since Monday at 10:00."""
    snapshot = given(
        leads=f"""
        lead_id  created_at  mql_at    last_activity_at  sal_at
        ada      {MONDAY}    {MONDAY}  {MONDAY}          -
        """,
        as_of=f"2026-07-14 {now}",
    )
    assert report.black_hole(snapshot).leads == leads


def test_a_decision_a_deal_nurture_or_activity_keeps_a_lead_out(given):
    """Only ada has none of them; gus had an activity a week before the end."""
    snapshot = given(
        leads=f"""
        lead_id  created_at  mql_at    last_activity_at     sal_at      sql_at      rejected_at  in_nurture
        ada      {MONDAY}    {MONDAY}  {MONDAY}             -           -           -            false
        bob      {MONDAY}    {MONDAY}  {MONDAY}             2026-07-08  -           -            false
        cyd      {MONDAY}    {MONDAY}  {MONDAY}             -           2026-07-08  -            false
        dee      {MONDAY}    {MONDAY}  {MONDAY}             -           -           2026-07-08   false
        eve      {MONDAY}    {MONDAY}  {MONDAY}             -           -           -            true
        fay      {MONDAY}    {MONDAY}  {MONDAY}             -           -           -            false
        gus      {MONDAY}    {MONDAY}  2026-12-24T10:00:00  -           -           -            false
        hal      {MONDAY}    -         {MONDAY}             -           -           -            false
        """,
        deals="""
        deal_id  lead_id  created_at
        d1       fay      2026-07-09
        """,
        as_of=LATER,
    )
    assert inside(snapshot) == ["ada"]


def test_holidays_and_weekends_give_more_time(given):
    """Handed over on Friday at 15:00, Monday a holiday: due on Tuesday at 15:00, in the hole a week later."""
    leads = """
        lead_id  created_at           mql_at               last_activity_at     sal_at
        ada      2026-07-03T15:00:00  2026-07-03T15:00:00  2026-07-03T15:00:00  -
        """
    snapshot = given(leads=leads, holidays="holiday_on name\n2026-07-06 Monday", as_of=LATER)
    (row,) = report.black_hole_rows(snapshot).to_pylist()
    assert row["fell_day"] == date(2026, 7, 14)


def test_what_fell_in_and_came_out_sums_to_what_is_inside(given):
    """Ada fell in, was called a month later, and fell in again; bob fell in and was sent back."""
    snapshot = given(
        leads=f"""
        lead_id  created_at  mql_at    first_touch_at       last_activity_at     rejected_at
        ada      {MONDAY}    {MONDAY}  2026-08-03T10:00:00  2026-08-03T10:00:00  -
        bob      {MONDAY}    {MONDAY}  -                    {MONDAY}             2026-07-22
        """,
        as_of="2026-08-30 12:00:00",
    )
    weeks = report.black_hole(snapshot).weeks
    moves = {week.label: (week.fell_in, week.came_out, week.inside) for week in weeks}
    assert moves["2026-W29"] == (2, 0, 2)
    assert moves["2026-W30"] == (0, 1, 1)
    assert moves["2026-W32"] == (0, 1, 0)
    assert moves["2026-W33"] == (1, 0, 1)


def test_every_touch_on_record_counts_as_activity(given):
    """The lead's own columns know of none since July, the table of touches does."""
    snapshot = given(
        leads=f"""
        lead_id  created_at  mql_at    last_activity_at  sal_at
        ada      {MONDAY}    {MONDAY}  {MONDAY}          -
        """,
        touches="""
        lead_id  touched_at           channel  is_marketing
        ada      2026-12-30T10:00:00  call     false
        """,
        as_of=LATER,
    )
    assert inside(snapshot) == []


@pytest.mark.parametrize(
    ("days", "band"),
    [(0, "0–2 days"), (3, "3–7 days"), (14, "8–14 days"), (30, "15–30 days"), (31, "over 30 days")],
)
def test_a_day_belongs_to_one_band(days, band):
    """By the days since it fell in."""
    assert band_of(days) == band


def test_money_inside_is_the_expected_value_of_its_sources(given):
    """Every second MQL won 1,000: a lead inside stands for 500, whatever else is not known of it."""
    won = "\n".join(f"w{n}  2026-01-05  2026-01-05  2026-01-05  2026-01-06  web" for n in range(40))
    deals = "\n".join(f"d{n}  w{n}  2026-01-07  2026-01-08  1000  true" for n in range(20))
    snapshot = given(
        leads=f"""lead_id  created_at  mql_at  last_activity_at  sal_at  source
        {won}
        ada      {MONDAY}    {MONDAY}  {MONDAY}  -  web
        """,
        deals=f"""deal_id  lead_id  created_at  closed_at  amount  is_won
        {deals}
        """,
        as_of="2026-07-20 00:00:00",
    )
    assert report.black_hole(snapshot).money.amount == pytest.approx(500, abs=15)  # ada herself is one more


def test_without_amounts_no_money_is_said(given):
    """Not zero: not known."""
    snapshot = given(
        leads=f"lead_id created_at mql_at last_activity_at sal_at\nada {MONDAY} {MONDAY} {MONDAY} -",
        as_of=LATER,
    )
    assert report.black_hole(snapshot).money is None


def test_only_the_chosen_sources_are_counted(given):
    """And the rate is of their hand-offs."""
    snapshot = given(
        leads=f"""
        lead_id  created_at  mql_at    last_activity_at  sal_at  source
        ada      {MONDAY}    {MONDAY}  {MONDAY}          -       web
        bob      {MONDAY}    {MONDAY}  {MONDAY}          -       fair
        """,
        as_of=LATER,
    )
    found = report.black_hole(snapshot, Cohort(sources=("web",)))
    assert (found.leads, found.rate.denominator) == (1, 1)


@pytest.mark.parametrize(
    ("columns", "missing"),
    [
        ("mql_at sal_at", "leads.last_activity_at"),
        ("mql_at last_activity_at", "leads.rejected_at or leads.sal_at or leads.sql_at"),
        ("last_activity_at sal_at", "leads.mql_at"),
    ],
)
def test_what_tells_activity_or_decisions_is_asked_for(given, columns, missing):
    """Without decisions every lead of last year would lie in the hole."""
    values = " ".join(["2026-07-06"] * len(columns.split()))
    snapshot = given(leads=f"lead_id created_at {columns}\nada 2026-07-06 {values}", as_of=LATER)
    with pytest.raises(MissingColumnError, match=missing):
        report.black_hole(snapshot)
