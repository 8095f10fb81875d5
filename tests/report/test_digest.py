"""Rules of the digest: what it says of a period, and what counts as changed since a day."""

from datetime import date, datetime

import pytest

from alignment import report
from alignment.domain.digest import Record, in_force, to_come
from alignment.domain.refusal import Refusal
from alignment.domain.stage import Stage
from alignment.errors import MissingColumnError
from tests.digest_plain import ADA, BO, DEALS, LEADS, NOW, Q4, goal, promise, version

OLD, NEW = datetime(2026, 10, 1, 8), datetime(2026, 10, 27, 8)


def digest(snapshot, **wanted):
    """Return the digest of a load."""
    return report.digest(snapshot, report.Wanted(**wanted))


def test_without_a_choice_it_is_about_the_quarter_of_the_data_and_its_last_seven_days(given):
    """Who opens it cold sees what just happened."""
    found = digest(given(leads=LEADS, deals=DEALS, as_of=NOW))

    assert (found.period, found.since) == (Q4, date(2026, 10, 25))


def test_what_came_is_counted_from_the_day_on(given):
    """Of two deals won one was closed after the 25th; of three leads two came after it."""
    came = digest(given(leads=LEADS, deals=DEALS, as_of=NOW)).came

    assert (came.won.amount, came.won_count, came.lost_count) == (800, 1, 1)
    assert came.stages == {Stage.LEAD: 2, Stage.MQL: 1, Stage.SQL: 1}


def test_what_came_by_a_stage_that_the_data_does_not_know_is_left_out(given):
    """Not zero: not known."""
    leads = "lead_id created_at\nada 2026-10-31"

    assert digest(given(leads=leads, as_of=NOW)).came.stages == {Stage.LEAD: 1}


def test_data_that_ends_before_the_day_brings_nothing_and_is_no_error(given):
    """Somebody looked since the last load."""
    found = digest(given(leads=LEADS, deals=DEALS, as_of=NOW), since=date(2026, 11, 20))

    assert found.came is None


def test_only_records_of_the_day_and_later_are_news(given):
    """Midnight of the business: 27 October in Berlin began at 23:00 UTC the day before."""
    record = Record(
        goals=(goal(9_000, OLD), goal(8_000, datetime(2026, 10, 26, 23))),
        promises=(promise(80, datetime(2026, 10, 26, 22, 59)),),
    )
    snapshot = given(leads=LEADS, deals=DEALS, as_of=NOW, time_zone="Europe/Berlin")

    news = digest(snapshot, record=record, since=date(2026, 10, 27)).news

    assert (len(news.goals), news.goals[0].amount.amount, news.promises) == (1, 8_000, ())


def test_the_goal_set_last_is_the_one_that_counts(given):
    """Every change is kept; one holds."""
    record = Record(goals=(goal(9_000, OLD), goal(8_000, NEW, reason="Fair")))

    assert digest(given(deals=DEALS, as_of=NOW), record=record).goal.goal.amount.amount == 8_000


def test_the_forecast_is_there_with_and_without_a_goal(given):
    """With one it is that of the goal, drawn once; with too few past deals both say why there is none."""
    snapshot = given(deals=DEALS, as_of=NOW)
    without, beside = digest(snapshot), digest(snapshot, record=Record(goals=(goal(9_000, OLD),)))

    assert (without.goal, without.forecast.won.amount) == (None, 2_000)
    assert without.forecast.unknown == beside.forecast.unknown == beside.goal.unknown


def test_before_is_the_day_before_since_within_the_period(given):
    """On 24 October 1,200 of it were won; before the quarter there is no before."""
    snapshot, record = given(deals=DEALS, as_of=NOW), Record(goals=(goal(9_000, OLD),))

    assert digest(snapshot, record=record).before.won.amount == 1_200
    assert digest(snapshot, record=record, since=date(2026, 10, 1)).before is None


def test_what_the_data_can_not_tell_is_a_sentence_and_not_a_zero(given):
    """Leads alone: no revenue, no forecast, no promise of value."""
    found = digest(given(leads=LEADS, as_of=NOW))

    assert all(isinstance(each, Refusal) for each in (found.forecast, found.backtest, found.marketing))
    assert "table of deals" in str(found.forecast)


def test_without_dates_there_is_no_digest(given):
    """It says which column it needs."""
    with pytest.raises(MissingColumnError, match=r"deals\.closed_at"):
        digest(given(leads="lead_id is_converted\nada true"))


@pytest.mark.parametrize(("day", "number"), [(1, 1), (9, 1), (10, 2), (31, 2)])
def test_the_newest_version_that_has_begun_is_in_force(day, number):
    """Signed is not yet in force."""
    versions = (version(1, None), version(2, date(2026, 10, 10), ADA, BO))
    today = date(2026, 10, day)

    assert in_force(versions, today).number == number
    assert (to_come(versions, today) is None) == (number == 2)
