"""Periods are half-open, in days of the business."""

from datetime import date
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from alignment.domain.period import Grain, Period, bucket_of, label_of
from alignment.domain.refusal import Refusal


def test_a_period_must_start_before_it_ends():
    """An empty period would answer every question with nothing."""
    with pytest.raises(Refusal, match="must start before it ends"):
        Period(date(2026, 5, 3), date(2026, 5, 1))


def test_the_end_is_outside():
    """The first of July is not in the second quarter."""
    quarter = Period(date(2026, 4, 1), date(2026, 7, 1))
    assert quarter.contains(date(2026, 6, 30))
    assert not quarter.contains(date(2026, 7, 1))


def test_a_day_of_daylight_saving_has_23_hours():
    """Berlin's 29 March 2026 starts at 23:00 UTC and ends at 22:00 UTC."""
    start, end = Period(date(2026, 3, 29), date(2026, 3, 30)).instants(ZoneInfo("Europe/Berlin"))
    assert (end - start).total_seconds() == 23 * 3600


def test_the_quarter_before_has_its_own_length():
    """Before the 90 days of Q1 come the 92 of Q4, not 90 days."""
    assert Period(date(2026, 1, 1), date(2026, 4, 1)).previous() == Period(
        date(2025, 10, 1), date(2026, 1, 1)
    )


@pytest.mark.parametrize(
    ("grain", "label"),
    [(Grain.WEEK, "2026-W53"), (Grain.MONTH, "2027-01"), (Grain.QUARTER, "2027Q1"), (Grain.YEAR, "2027")],
)
def test_a_bucket_is_named_as_people_name_it(grain, label):
    """New Year's Day of 2027 lies in the last ISO week of 2026."""
    assert label_of(bucket_of(date(2027, 1, 1), grain), grain) == label


def test_buckets_cover_the_period_without_gap():
    """Each bucket starts where the one before ends."""
    buckets = Period(date(2026, 1, 15), date(2026, 3, 2)).buckets(Grain.MONTH)
    assert [bucket.start.month for bucket in buckets] == [1, 2, 3]
    assert all(one.end == after.start for one, after in pairwise(buckets))
