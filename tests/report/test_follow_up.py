"""Follow-up: was a hand-off touched by its due time, how long did it wait, was it worth it?"""

from datetime import date, datetime, timedelta

import pytest

from alignment import report
from alignment.domain.cohort import Cohort
from alignment.domain.definition import Comparison, Criterion, Definition, Level, Route
from alignment.domain.follow_up import SlaStatus, Waited, Waits
from alignment.domain.judged import Judged, Span
from alignment.domain.period import Period
from alignment.domain.rate import Rate
from alignment.errors import MissingColumnError

LATER = "2026-12-31 00:00:00"
MET, MISSED, OVERDUE, PENDING = SlaStatus.MET, SlaStatus.MISSED, SlaStatus.OVERDUE, SlaStatus.PENDING


def counts(snapshot, **asked):
    """Return how many hand-offs stand where with the SLA of 8 business hours."""
    (row,) = report.follow_up(snapshot, **asked).rows
    return row.counts


def test_eight_business_hours_over_a_weekend(given):
    """Handed over on Friday at 15:00: two hours on Friday, six on Monday, due on Monday at 15:00."""
    snapshot = given(
        leads="""
        lead_id  created_at           mql_at               first_touch_at
        ada      2026-07-03T15:00:00  2026-07-03T15:00:00  2026-07-06T15:00:00
        bob      2026-07-03T15:00:00  2026-07-03T15:00:00  2026-07-06T15:00:01
        """,
        as_of=LATER,
    )
    assert counts(snapshot) == {MET: 1, MISSED: 1}


def test_on_a_holiday_nobody_is_late(given):
    """Monday is a holiday, listed twice by mistake: due on Tuesday at 15:00. A Sunday changes nothing."""
    snapshot = given(
        leads="""
        lead_id  created_at           mql_at               first_touch_at
        ada      2026-07-03T15:00:00  2026-07-03T15:00:00  2026-07-07T15:00:00
        bob      2026-07-03T15:00:00  2026-07-03T15:00:00  2026-07-07T15:00:01
        """,
        holidays="""
        holiday_on  name
        2026-07-05  Sunday
        2026-07-06  Monday
        2026-07-06  Again
        """,
        as_of=LATER,
    )
    assert counts(snapshot) == {MET: 1, MISSED: 1}


def test_the_night_that_loses_an_hour_takes_none_of_the_business_day(given):
    """Berlin, 29 March: from Friday 15:00 (14:00 UTC) to Monday 15:00 (13:00 UTC) is one business day."""
    snapshot = given(
        leads="""
        lead_id  created_at           mql_at               first_touch_at
        ada      2026-03-27T14:00:00  2026-03-27T14:00:00  2026-03-30T13:00:00
        bob      2026-03-27T14:00:00  2026-03-27T14:00:00  2026-03-30T13:00:01
        """,
        as_of=LATER,
        time_zone="Europe/Berlin",
    )
    assert counts(snapshot) == {MET: 1, MISSED: 1}


def test_the_night_that_gains_an_hour_gives_none_to_the_business_day(given):
    """Berlin, 25 October: from Friday 15:00 (13:00 UTC) to Monday 15:00 (14:00 UTC)."""
    snapshot = given(
        leads="""
        lead_id  created_at           mql_at               first_touch_at
        ada      2026-10-23T13:00:00  2026-10-23T13:00:00  2026-10-26T14:00:00
        bob      2026-10-23T13:00:00  2026-10-23T13:00:00  2026-10-26T14:00:01
        """,
        as_of=LATER,
        time_zone="Europe/Berlin",
    )
    assert counts(snapshot) == {MET: 1, MISSED: 1}


@pytest.mark.parametrize(("now", "status"), [("15:00:00", PENDING), ("15:00:01", OVERDUE)])
def test_a_hand_off_is_overdue_from_the_second_after_its_due_time(given, now, status):
    """Due on Tuesday at 15:00:00: pending on that second, overdue on the next."""
    snapshot = given(
        leads="""
        lead_id  created_at           mql_at               first_touch_at
        ada      2026-07-06T15:00:00  2026-07-06T15:00:00  -
        """,
        as_of=f"2026-07-07 {now}",
    )
    assert counts(snapshot) == {status: 1}


@pytest.mark.parametrize(
    ("handed_at", "due_at", "rest"),
    [
        ("2026-07-03T13:00:00", "2026-07-06 13:00:00", "2026-07-05"),  # a weekend; the holiday is a Sunday
        ("2026-07-03T13:00:00", "2026-07-07 13:00:00", "2026-07-06"),  # and Monday is a holiday
        ("2026-03-27T14:00:00", "2026-03-30 13:00:00", "2026-03-29"),  # the night that loses an hour
        ("2026-10-23T13:00:00", "2026-10-26 14:00:00", "2026-10-25"),  # the night that gains one
    ],
)
def test_pending_turns_overdue_on_the_second_in_berlin_too(given, handed_at, due_at, rest):
    """Handed over on Friday at 15:00, due at 15:00 of the next day of business, whatever lies between."""
    drawn = {
        "leads": f"lead_id created_at mql_at first_touch_at\nada {handed_at} {handed_at} -",
        "holidays": f"holiday_on name\n{rest} rest",
    }
    second = datetime.fromisoformat(due_at)
    for now, status in ((second, PENDING), (second + timedelta(seconds=1), OVERDUE)):
        snapshot = given(name=status, as_of=f"{now}", time_zone="Europe/Berlin", **drawn)
        assert counts(snapshot) == {status: 1}


def test_what_is_due_when_the_day_closes_is_late_that_evening(given):
    """Handed over on Saturday, due on Monday at 17:00: the evening is past it."""
    snapshot = given(
        leads="""
        lead_id  created_at           mql_at               first_touch_at
        ada      2026-07-04T12:00:00  2026-07-04T12:00:00  2026-07-06T17:00:00
        bob      2026-07-04T12:00:00  2026-07-04T12:00:00  2026-07-06T17:00:01
        eve      2026-07-04T12:00:00  2026-07-04T12:00:00  2026-07-07T09:00:00
        """,
        as_of=LATER,
    )
    assert counts(snapshot) == {MET: 1, MISSED: 2}


def test_ever_missed_is_told_apart_from_still_overdue(given):
    """Bob was touched a week late, eve never: two were missed, one is overdue to this day."""
    snapshot = given(
        leads="""
        lead_id  created_at           mql_at               first_touch_at
        ada      2026-07-06T10:00:00  2026-07-06T10:00:00  2026-07-06T11:00:00
        bob      2026-07-06T10:00:00  2026-07-06T10:00:00  2026-07-13T11:00:00
        eve      2026-07-06T10:00:00  2026-07-06T10:00:00  -
        new      2026-07-15T11:00:00  2026-07-15T11:00:00  -
        """,
        as_of="2026-07-15 12:00:00",
    )
    (row,) = report.follow_up(snapshot).rows
    assert (row.ever_missed, row.still_overdue) == (2, 1)
    assert row.compliance == Rate(1, 3)  # the new one is not due yet


def test_an_untouched_lead_is_slower_than_its_age_and_never_dropped(given):
    """Waits of 1, 2 and 3 hours, and two that still wait: the median is 3 hours, not 2."""
    snapshot = given(
        leads="""
        lead_id  created_at           mql_at               first_touch_at
        a        2026-07-06T10:00:00  2026-07-06T10:00:00  2026-07-06T11:00:00
        b        2026-07-06T10:00:00  2026-07-06T10:00:00  2026-07-06T12:00:00
        c        2026-07-06T10:00:00  2026-07-06T10:00:00  2026-07-06T13:00:00
        d        2026-07-06T10:00:00  2026-07-06T10:00:00  -
        e        2026-07-06T10:00:00  2026-07-06T10:00:00  -
        """,
        as_of="2026-07-06 16:00:00",
    )
    (row,) = report.follow_up(snapshot).rows
    assert row.speed.median == Waited(180)
    assert row.speed.most == Waited(360, is_longer=True)  # two of five still wait: nobody knows


def test_most_leads_waiting_make_the_median_longer_than_any_age(given):
    """One was touched within the hour, three still wait: half of them took longer than anybody knows."""
    snapshot = given(
        leads="""
        lead_id  created_at           mql_at               first_touch_at
        a        2026-07-06T10:00:00  2026-07-06T10:00:00  2026-07-06T11:00:00
        b        2026-07-06T10:00:00  2026-07-06T10:00:00  -
        c        2026-07-06T11:00:00  2026-07-06T11:00:00  -
        d        2026-07-06T12:00:00  2026-07-06T12:00:00  -
        """,
        as_of="2026-07-06 16:00:00",
    )
    (row,) = report.follow_up(snapshot).rows
    assert row.speed.median == Waited(360, is_longer=True)


def test_a_lead_that_came_a_minute_ago_makes_nobody_faster():
    """Counted as a wait of one minute it would halve the median; it only says that it has waited longer."""
    assert Waits({60: 1, 120: 1, 180: 1}, {1: 3}).median == Waited(120)


def test_without_anybody_waiting_the_median_is_the_usual_one():
    """Of an even number it lies in the middle of two."""
    assert Waits({1: 1, 2: 1, 3: 1, 4: 1}).median == Waited(2.5)
    assert Waits({1: 1, 2: 1, 30: 1}).median == Waited(2)
    assert Waits().median is None


def test_waiting_for_an_owner_is_told_apart_from_waiting_for_the_owner(given):
    """Handed over at 9, given out at 11, touched at 12. Bob's owner was there before: no time was lost."""
    snapshot = given(
        leads="""
        lead_id  created_at           mql_at               assigned_at          first_touch_at
        ada      2026-07-06T09:00:00  2026-07-06T09:00:00  2026-07-06T11:00:00  2026-07-06T12:00:00
        bob      2026-07-06T09:00:00  2026-07-06T09:00:00  2026-07-01T09:00:00  2026-07-06T12:00:00
        """,
        as_of=LATER,
    )
    (row,) = report.follow_up(snapshot).rows
    assert row.system == Waits({120: 1, 0: 1})
    assert row.human == Waits({60: 1, 180: 1})


def test_without_a_column_for_the_owner_only_the_whole_wait_is_told(given):
    """Zero would say that leads are given out at once."""
    snapshot = given(
        leads="""
        lead_id  created_at  mql_at      first_touch_at
        ada      2026-07-06  2026-07-06  2026-07-07
        """,
        as_of=LATER,
    )
    (row,) = report.follow_up(snapshot).rows
    assert (row.system, row.human) == (None, None)


def test_a_decision_without_a_touch_is_no_broken_promise(given):
    """Somebody worked ada, nobody wrote down when; bob's touch is dated before his hand-off."""
    snapshot = given(
        leads="""
        lead_id  created_at           mql_at               first_touch_at       sal_at
        ada      2026-07-06T10:00:00  2026-07-06T10:00:00  -                    2026-07-20T10:00:00
        bob      2026-07-06T10:00:00  2026-07-06T10:00:00  2026-07-05T10:00:00  -
        """,
        as_of=LATER,
    )
    (row,) = report.follow_up(snapshot).rows
    assert row.counts == {SlaStatus.UNTOLD: 1, SlaStatus.REVERSED: 1}
    assert (row.compliance, row.speed.count) == (Rate(0, 0), 0)


def test_each_level_has_its_own_sla(given):
    """Touched after five hours: in time for warm, late for hot; cold, without one, gets the lowest."""
    levels = (
        Level("cold", 0, Route.SALES, enters_hand_off=True),
        Level("warm", 10, Route.SDR, sla_hours=8, enters_hand_off=True),
        Level("hot", 20, Route.SALES, sla_hours=4, enters_hand_off=True),
    )
    asks = (
        Criterion("a", "visits", Comparison.AT_LEAST, 1, 10),
        Criterion("b", "visits", Comparison.AT_LEAST, 5, 10),
    )
    terms = Judged("own", (Span(None, "ours", Definition(asks, levels)),))
    snapshot = given(
        leads="""
        lead_id  created_at           mql_at               first_touch_at       visits
        hot      2026-07-06T09:00:00  2026-07-06T09:00:00  2026-07-06T14:00:00  9
        warm     2026-07-06T09:00:00  2026-07-06T09:00:00  2026-07-06T14:00:00  1
        cold     2026-07-06T09:00:00  2026-07-06T09:00:00  2026-07-06T14:00:00  0
        """,
        as_of=LATER,
    )
    assert counts(snapshot, terms=terms) == {MISSED: 1, MET: 2}


def test_the_sla_is_that_of_the_day_of_the_hand_off(given):
    """Four hours since 1 August, eight before: the same five hours were in time in July."""
    own = {
        hours: Definition(
            levels=(Level("raw", 0), Level("hot", 60, Route.SALES, hours, enters_hand_off=True))
        )
        for hours in (8, 4)
    }
    terms = Judged("as-was", (Span(None, "v1", own[8]), Span(date(2026, 8, 1), "v2", own[4])))
    snapshot = given(
        leads="""
        lead_id  created_at           mql_at               first_touch_at
        ada      2026-07-06T09:00:00  2026-07-06T09:00:00  2026-07-06T14:00:00
        bob      2026-08-03T09:00:00  2026-08-03T09:00:00  2026-08-03T14:00:00
        """,
        as_of=LATER,
    )
    assert counts(snapshot, terms=terms) == {MET: 1, MISSED: 1}


def test_compliance_over_time_is_that_of_the_months_of_hand_off(given):
    """A touch in August belongs to the hand-off of July."""
    snapshot = given(
        leads="""
        lead_id  created_at           mql_at               first_touch_at
        ada      2026-07-31T10:00:00  2026-07-31T10:00:00  2026-08-20T10:00:00
        bob      2026-08-03T10:00:00  2026-08-03T10:00:00  2026-08-03T11:00:00
        """,
        as_of=LATER,
    )
    rows = report.follow_up(snapshot, by="month").rows
    assert [(row.by, row.compliance) for row in rows] == [
        ({"month": "2026-07"}, Rate(0, 1)),
        ({"month": "2026-08"}, Rate(1, 1)),
    ]


def test_a_kind_of_lead_is_poor_once_its_followed_up_leads_do_clearly_worse(given):
    """Six of eight from the web became SQL, none of eight from the list."""
    followed = "\n".join(
        f"{source}{number}  2026-07-01  2026-07-01  2026-07-02  {sql_at}  {source}"
        for source, good in (("web", 6), ("list", 0))
        for number in range(8)
        for sql_at in ["2026-07-05" if number < good else "-"]
    )
    snapshot = given(
        leads=f"""lead_id  created_at  mql_at      first_touch_at  sql_at  source
        {followed}
        late1    2026-07-01  2026-07-01  -  -  web
        late2    2026-07-01  2026-07-01  -  -  list
        late3    2026-07-01  2026-07-01  -  -  list
        """,
        as_of=LATER,
    )
    found = report.follow_up_by_quality(snapshot, window=30)
    cells = {
        (followed, good): found.cell(is_followed_up=followed, is_good=good)
        for followed in (True, False)
        for good in (True, False)
    }
    assert cells == {(True, True): 8, (True, False): 8, (False, True): 1, (False, False): 2}
    assert [kind.value for kind in found.weak] == ["list"]


def test_a_kind_with_too_few_leads_to_tell_is_not_called_poor(given):
    """Nothing is known against it; how many such there are is said."""
    snapshot = given(
        leads="""
        lead_id  created_at  mql_at      first_touch_at  sql_at      source
        ada      2026-07-01  2026-07-01  2026-07-02      -           fair
        bob      2026-07-01  2026-07-01  2026-07-02      2026-07-03  web
        """,
        as_of=LATER,
    )
    found = report.follow_up_by_quality(snapshot, window=30)
    assert found.weak == ()
    assert ("of a source with too few leads to tell: counted as good", 2) in found.passport.left_out


def test_only_hand_offs_of_the_period_are_counted(given):
    """By the business day of the hand-off."""
    snapshot = given(
        leads="""
        lead_id  created_at           mql_at               first_touch_at
        ada      2026-06-30T22:30:00  2026-06-30T22:30:00  2026-07-01T08:00:00
        bob      2026-06-30T21:30:00  2026-06-30T21:30:00  2026-07-01T08:00:00
        """,
        as_of=LATER,
        time_zone="Europe/Berlin",
    )
    july = Cohort(period=Period(date(2026, 7, 1), date(2026, 8, 1)))
    assert counts(snapshot, cohort=july) == {MET: 1}


@pytest.mark.parametrize(
    ("columns", "missing"),
    [("mql_at", "leads.first_touch_at"), ("first_touch_at", "leads.mql_at")],
)
def test_a_missing_column_is_named_and_no_rate_stands_in_its_place(given, columns, missing):
    """Without touches 0 % would read as a broken promise."""
    snapshot = given(leads=f"lead_id created_at {columns}\nada 2026-07-01 2026-07-02", as_of=LATER)
    with pytest.raises(MissingColumnError, match=rf"needs column {missing}\. With it you would see speed"):
        report.follow_up(snapshot)
    with pytest.raises(MissingColumnError, match=missing):
        report.follow_up_by_quality(snapshot)


def test_quality_needs_to_know_the_kinds_apart(given):
    """Without source or campaign all leads are of one kind, and nothing could be poor."""
    leads = "lead_id created_at mql_at first_touch_at sql_at\nada 2026-07-01 2026-07-02 2026-07-02 2026-07-03"
    with pytest.raises(MissingColumnError, match=r"leads\.source or leads\.campaign"):
        report.follow_up_by_quality(given(leads=leads, as_of=LATER))
