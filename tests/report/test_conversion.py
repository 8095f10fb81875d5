"""Conversion: where do the leads of a cohort stop?"""

from datetime import date

import pytest

from alignment import report
from alignment.domain.cohort import Cohort
from alignment.domain.period import Period
from alignment.domain.rate import Rate
from alignment.domain.stage import PathRule, Stage
from alignment.errors import MissingColumnError, UnknownTermError

Q3 = Period(date(2026, 7, 1), date(2026, 10, 1))
LATER = "2027-01-01 00:00:00"


def only(found):
    """Return the one row of an answer without groups."""
    (row,) = found.rows
    return row


def test_a_stage_the_rep_forgot_to_fill_in_still_counts(given):
    """A later stage implies the earlier ones, and the implied are counted."""
    snapshot = given(
        leads="""
        lead_id  created_at  mql_at  sql_at
        ada      2026-07-02  -       2026-07-20
        """,
        as_of=LATER,
    )
    path = report.conversion_path(snapshot, Cohort(period=Q3), window=90)
    mql = path.steps[1]
    assert (mql.stage, mql.count, mql.implied) == (Stage.MQL, 1, 1)


def test_leads_too_young_to_convert_are_not_in_the_denominator(given):
    """Bob had 10 of his 30 days: he is neither a success nor a failure."""
    snapshot = given(
        leads="""
        lead_id  created_at  mql_at      sql_at
        ada      2026-07-01  2026-07-01  2026-07-15
        eve      2026-07-01  2026-07-01  -
        bob      2026-08-20  2026-08-20  -
        """,
        as_of="2026-08-30 12:00:00",
    )
    row = only(report.conversion(snapshot, Stage.MQL, Stage.SQL, window=30))
    assert (row.rate, row.too_young) == (Rate(1, 2), 1)


def test_the_last_day_of_the_window_is_inside(given):
    """Day 30 counts, day 31 does not; days are counted by the calendar, not in hours."""
    snapshot = given(
        leads="""
        lead_id  created_at  mql_at               sql_at
        ada      2026-07-01  2026-07-01T09:00:00  2026-07-31T23:00:00
        bob      2026-07-01  2026-07-01T09:00:00  2026-08-01T00:00:00
        """,
        as_of=LATER,
    )
    row = only(report.conversion(snapshot, Stage.MQL, Stage.SQL, window=30))
    assert row.rate == Rate(1, 2)


def test_days_are_those_of_the_business_zone(given):
    """23:30 UTC on 30 June is 1 July in Berlin: the lead belongs to the third quarter."""
    snapshot = given(
        leads="""
        lead_id  created_at           mql_at
        ada      2026-06-30T23:30:00  2026-07-01T08:00:00
        """,
        as_of=LATER,
        time_zone="Europe/Berlin",
    )
    row = only(report.conversion(snapshot, Stage.LEAD, Stage.MQL, Cohort(period=Q3), window=None))
    assert row.rate == Rate(1, 1)


def test_what_came_after_an_explicit_as_of_has_not_happened(given):
    """On 10 July nobody knew of the SQL on the 20th."""
    snapshot = given(
        leads="""
        lead_id  created_at  mql_at      sql_at
        ada      2026-07-01  2026-07-02  2026-07-20
        """,
        as_of=LATER,
    )
    cohort = Cohort(as_of=date(2026, 7, 10))
    assert only(report.conversion(snapshot, Stage.MQL, Stage.SQL, cohort, window=None)).rate == Rate(0, 1)


def test_a_reversed_date_converts_nobody_within_days_and_is_counted(given):
    """An SQL two days before its MQL is a contradiction; that it got there at all counts as ever."""
    snapshot = given(
        leads="""
        lead_id  created_at  mql_at      sql_at
        ada      2026-07-01  2026-07-05  2026-07-03
        """,
        as_of=LATER,
    )
    windowed = only(report.conversion(snapshot, Stage.MQL, Stage.SQL, window=30))
    ever = only(report.conversion(snapshot, Stage.MQL, Stage.SQL, window=None))
    assert (windowed.rate, windowed.reversed, ever.rate) == (Rate(0, 1), 1, Rate(1, 1))


def test_a_contradicting_later_stage_implies_nothing_within_days(given):
    """A win dated before the lead existed does not make the MQL, which is dated, disappear."""
    snapshot = given(
        leads="""
        lead_id  created_at  mql_at
        ada      2026-07-05  2026-07-06
        """,
        deals="""
        deal_id  lead_id  closed_at   is_won
        d1       ada      2026-07-01  true
        """,
        as_of=LATER,
    )
    assert only(report.conversion(snapshot, Stage.LEAD, Stage.MQL, window=30)).rate == Rate(1, 1)


def test_a_deal_before_its_lead_is_expansion(given):
    """The customer was there before the lead: no opportunity of this lead."""
    snapshot = given(
        leads="""
        lead_id  created_at
        ada      2026-07-05
        bob      2026-07-05
        """,
        deals="""
        deal_id  lead_id  created_at  closed_at  is_won
        d1       ada      2026-05-01  -          -
        d2       bob      2026-07-09  -          -
        """,
        as_of=LATER,
    )
    assert only(report.conversion(snapshot, Stage.LEAD, Stage.OPPORTUNITY, window=None)).rate == Rate(1, 2)


def test_a_lead_is_won_if_any_of_its_deals_is(given):
    """One lost, one won deal: one won lead, not half and not two."""
    snapshot = given(
        leads="""
        lead_id  created_at
        ada      2026-07-05
        """,
        deals="""
        deal_id  lead_id  created_at  closed_at   is_won
        d1       ada      2026-07-06  2026-07-20  false
        d2       ada      2026-07-08  2026-07-30  true
        """,
        as_of=LATER,
    )
    assert only(report.conversion(snapshot, Stage.LEAD, Stage.WON, window=30)).rate == Rate(1, 1)


def test_every_lead_of_a_shared_deal_is_won(given):
    """Two leads, one deal between them: both got there."""
    snapshot = given(
        leads="""
        lead_id  created_at
        ada      2026-07-05
        bob      2026-07-05
        """,
        deals="""
        deal_id  lead_id  created_at  closed_at   is_won
        d1       ada      2026-07-06  2026-07-20  true
        """,
        deal_leads="""
        deal_id  lead_id
        d1       ada
        d1       bob
        """,
        as_of=LATER,
    )
    assert only(report.conversion(snapshot, Stage.LEAD, Stage.WON, window=30)).rate == Rate(2, 2)


def test_a_missing_source_is_a_group_of_its_own(given):
    """No source is not the source called “unknown”."""
    snapshot = given(
        leads="""
        lead_id  created_at  mql_at      source
        ada      2026-07-01  2026-07-02  unknown
        bob      2026-07-01  -           -
        """,
        as_of=LATER,
    )
    found = report.conversion(snapshot, Stage.LEAD, Stage.MQL, window=None, by="source")
    assert {row.by["source"]: row.rate for row in found.rows} == {"unknown": Rate(1, 1), None: Rate(0, 1)}


def test_sources_can_be_chosen_the_missing_one_too(given):
    """Choosing “no source” gives the leads without one."""
    snapshot = given(
        leads="""
        lead_id  created_at  mql_at      source
        ada      2026-07-01  2026-07-02  web
        bob      2026-07-01  -           -
        """,
        as_of=LATER,
    )
    row = only(report.conversion(snapshot, Stage.LEAD, Stage.MQL, Cohort(sources=(None,)), window=None))
    assert row.rate == Rate(0, 1)


def test_a_conversion_without_a_time_is_left_out_of_a_window_and_counted(given):
    """Ada converted, nobody wrote when: 0 % would be as false as 100 %."""
    snapshot = given(
        leads="""
        lead_id  created_at  is_converted  converted_at
        ada      2026-07-01  true          -
        bob      2026-07-01  true          2026-07-09
        """,
        as_of=LATER,
    )
    row = only(report.conversion(snapshot, Stage.LEAD, Stage.OPPORTUNITY, window=30))
    assert (row.rate, row.undated) == (Rate(1, 1), 1)


def test_strict_counts_only_leads_that_took_every_stage_in_order(given):
    """Bob skipped the MQL: reached counts him, strict does not."""
    snapshot = given(
        leads="""
        lead_id  created_at  mql_at      sal_at      sql_at
        ada      2026-07-01  2026-07-02  2026-07-03  2026-07-04
        bob      2026-07-01  -           2026-07-03  2026-07-04
        """,
        as_of=LATER,
    )
    strict = Cohort(path_rule=PathRule.STRICT)
    assert only(report.conversion(snapshot, Stage.LEAD, Stage.SQL, strict, window=30)).rate == Rate(1, 2)
    assert only(report.conversion(snapshot, Stage.LEAD, Stage.SQL, window=30)).rate == Rate(2, 2)


def test_the_usual_window_is_the_80th_percentile_in_whole_weeks(given):
    """Lags of 1, 2, 3, 4 and 18 days: 80 of 100 took up to 6.8 days, so one week."""
    snapshot = given(
        leads="""
        lead_id  created_at  mql_at
        a        2026-07-01  2026-07-02
        b        2026-07-01  2026-07-03
        c        2026-07-01  2026-07-04
        d        2026-07-01  2026-07-05
        e        2026-07-01  2026-07-19
        """,
        as_of=LATER,
    )
    assert report.usual_window(snapshot, Stage.LEAD, Stage.MQL) == 7


def test_a_missing_column_is_named_with_what_it_would_show(given):
    """Never 0 % where the data can't tell."""
    snapshot = given(leads="lead_id created_at\nada 2026-07-01", as_of=LATER)
    with pytest.raises(MissingColumnError, match=r"needs column leads\.sql_at.*you would see SQL"):
        report.conversion(snapshot, Stage.LEAD, Stage.SQL)


def test_a_stage_without_its_column_is_not_a_bar_of_zero(given):
    """The path says which column it needs, and goes on from the stage before."""
    snapshot = given(
        leads="""
        lead_id  created_at  mql_at      sql_at
        ada      2026-07-01  2026-07-02  2026-07-03
        """,
        as_of=LATER,
    )
    steps = {step.stage: step for step in report.conversion_path(snapshot, window=30).steps}
    assert steps[Stage.SAL].missing_column == "leads.sal_at"
    assert steps[Stage.SQL].rate == Rate(1, 1)


def test_leads_without_dates_can_still_be_counted_as_converted_ever(given):
    """An export without any date answers the one question that needs none."""
    snapshot = given(
        leads="""
        lead_id  is_converted
        ada      true
        bob      false
        """
    )
    assert only(report.conversion(snapshot, Stage.LEAD, Stage.OPPORTUNITY, window=None)).rate == Rate(1, 2)
    with pytest.raises(MissingColumnError, match=r"leads\.created_at"):
        report.conversion(snapshot, Stage.LEAD, Stage.OPPORTUNITY, window=30)
    with pytest.raises(MissingColumnError, match=r"leads\.created_at"):
        report.conversion(snapshot, Stage.LEAD, Stage.OPPORTUNITY, window=None, by="month")


@pytest.mark.parametrize(
    ("start", "end"), [(Stage.SQL, Stage.MQL), (Stage.MQL, Stage.MQL), (Stage.MQL, Stage.LEAD)]
)
def test_a_conversion_goes_forward(given, start, end):
    """From SQL to MQL nobody converts."""
    snapshot = given(leads="lead_id created_at\nada 2026-07-01", as_of=LATER)
    with pytest.raises(UnknownTermError, match="goes forward"):
        report.conversion(snapshot, start, end)


def test_a_column_may_hold_what_looks_like_a_value_to_bind(given):
    """A column called `utm:start` is a name, not the period's start."""
    snapshot = given(
        leads="""
        lead_id  created_at  mql_at      utm:start
        ada      2026-07-01  2026-07-02  x
        """,
        as_of=LATER,
    )
    found = report.conversion(snapshot, Stage.LEAD, Stage.MQL, Cohort(period=Q3), window=None, by="utm:start")
    assert only(found).by == {"utm:start": "x"}


def test_a_lead_exactly_as_old_as_the_window_is_judged(given):
    """On its 30th day the lead has had all its 30 days; the day before it had not."""
    snapshot = given(
        leads="""
        lead_id  created_at  mql_at
        ada      2026-07-01  2026-07-01
        bob      2026-07-02  2026-07-02
        """,
        as_of="2026-07-31 12:00:00",
    )
    row = only(report.conversion(snapshot, Stage.LEAD, Stage.MQL, window=30))
    assert (row.rate, row.too_young) == (Rate(1, 1), 1)


def test_a_young_lead_that_converted_already_waits_for_its_peers(given):
    """Counting early converters but not the rest of their cohort would flatter the rate."""
    snapshot = given(
        leads="""
        lead_id  created_at  mql_at
        ada      2026-07-25  2026-07-26
        """,
        as_of="2026-07-31 12:00:00",
    )
    row = only(report.conversion(snapshot, Stage.LEAD, Stage.MQL, window=30))
    assert (row.rate, row.too_young) == (Rate(0, 0), 1)


def test_a_lost_deal_wins_no_lead(given):
    """It was closed, not won."""
    snapshot = given(
        leads="lead_id created_at\nada 2026-07-05",
        deals="deal_id lead_id created_at closed_at is_won\nd1 ada 2026-07-06 2026-07-20 false",
        as_of=LATER,
    )
    assert only(report.conversion(snapshot, Stage.LEAD, Stage.WON, window=30)).rate == Rate(0, 1)


def test_a_column_name_with_a_quote_is_a_name(given):
    """A header that would end the identifier stays one."""
    snapshot = given(leads='lead_id created_at mql_at a"b\nada 2026-07-05 - x', as_of=LATER)
    found = report.conversion(snapshot, Stage.LEAD, Stage.MQL, window=None, by='a"b')
    assert only(found).by == {'a"b': "x"}


@pytest.mark.parametrize(("as_of", "reached"), [(date(2026, 7, 8), 0), (date(2026, 7, 9), 1)])
def test_a_conversion_without_a_date_has_that_of_its_deal(given, as_of, reached):
    """Who looks back to before the deal was opened sees a lead that is not converted yet."""
    snapshot = given(
        leads="lead_id created_at mql_at is_converted\nada 2026-07-01 2026-07-02 true",
        deals="deal_id lead_id created_at\nd1 ada 2026-07-09",
        as_of=LATER,
    )
    cohort = Cohort(Stage.MQL, as_of=as_of)
    found = report.conversion(snapshot, Stage.MQL, Stage.OPPORTUNITY, cohort, window=None)
    assert only(found).rate == Rate(reached, 1)


def test_a_deal_dated_in_the_future_leaves_its_lead_converted(given):
    """Its day is a slip; that the lead is converted now is known."""
    snapshot = given(
        leads="lead_id created_at mql_at is_converted\nada 2026-07-01 2026-07-02 true",
        deals="deal_id lead_id created_at\nd1 ada 2099-07-09",
        as_of=LATER,
    )
    found = report.conversion(snapshot, Stage.MQL, Stage.OPPORTUNITY, window=None)
    assert only(found).rate == Rate(1, 1)


def test_an_undated_win_takes_no_lead_from_the_bars_before_it(given):
    """Nobody wrote when ada was won; that she became an SQL on the 9th is known all the same."""
    snapshot = given(
        leads="""
        lead_id  created_at  mql_at      sql_at      is_converted  converted_at
        ada      2026-07-01  2026-07-02  2026-07-09  true          -
        bob      2026-07-01  2026-07-02  -           false         -
        eve      2026-07-01  2026-07-02  2026-07-05  true          2026-07-08
        """,
        as_of=LATER,
    )
    steps = {step.stage: step for step in report.conversion_path(snapshot, window=30).steps}
    assert steps[Stage.SQL].rate == Rate(2, 3)
    assert steps[Stage.OPPORTUNITY].rate == Rate(1, 1)


def test_the_usual_window_of_an_as_of_knows_only_what_had_been(given):
    """On 1 February nobody knew of the lead that took 111 days."""
    snapshot = given(
        leads="""
        lead_id  created_at  mql_at
        a        2026-01-02  2026-01-04
        b        2026-01-02  2026-01-05
        c        2026-01-02  2026-04-23
        """,
        as_of=LATER,
    )
    cohort = Cohort(as_of=date(2026, 2, 1))
    assert only(report.conversion(snapshot, Stage.LEAD, Stage.MQL, cohort)).window_days == 7


def test_a_deal_not_yet_begun_wins_nothing(given):
    """As of February the deal of June was not there, won or not."""
    snapshot = given(
        leads="lead_id created_at\nada 2026-01-05",
        deals="deal_id lead_id created_at closed_at is_won\nd1 ada 2026-06-01 - true",
        as_of=LATER,
    )
    cohort = Cohort(as_of=date(2026, 2, 1))
    assert only(report.conversion(snapshot, Stage.LEAD, Stage.WON, cohort, window=None)).rate == Rate(0, 1)
