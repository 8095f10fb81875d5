"""Rules of the bridge: what is compared with what, and what its parts say."""

from datetime import date

import pytest

from alignment.domain.bridge import Bridge, Counted, a_year_before, comparable
from alignment.domain.cohort import Passport
from alignment.domain.period import Period

Q3, Q4 = Period(date(2026, 7, 1), date(2026, 10, 1)), Period(date(2026, 10, 1), date(2027, 1, 1))


def test_a_period_under_way_is_compared_with_as_many_days_of_the_one_before():
    """The 52 days that have passed of the fourth quarter beside the first 52 of the third."""
    before, now = comparable(Q4, date(2026, 11, 21))

    assert (before, now) == (Period(Q3.start, date(2026, 8, 22)), Period(Q4.start, date(2026, 11, 22)))


@pytest.mark.parametrize("today", [date(2026, 12, 31), date(2027, 3, 1), date(2026, 9, 30)])
def test_a_period_that_is_over_or_still_to_come_is_compared_as_a_whole(today):
    """With the whole one before."""
    assert comparable(Q4, today) == (Q3, Q4)


def test_a_short_period_before_is_not_left():
    """Thirty days of March have passed; February has only 28."""
    before, _ = comparable(Period(date(2026, 3, 1), date(2026, 4, 1)), date(2026, 3, 30))

    assert before == Period(date(2026, 2, 1), date(2026, 3, 1))


@pytest.mark.parametrize(
    ("period", "before"),
    [
        (Q4, Period(date(2025, 10, 1), date(2026, 1, 1))),
        (Period(date(2026, 10, 5), date(2026, 10, 8)), Period(date(2025, 10, 5), date(2025, 10, 8))),
        (Period(date(2024, 2, 1), date(2024, 3, 1)), Period(date(2023, 2, 1), date(2023, 3, 1))),
    ],
)
def test_the_year_before_has_the_same_days(period, before):
    """Whole months stay whole months."""
    assert a_year_before(period) == before


def test_nothing_before_makes_no_share():
    """A share of nothing is not known, never zero."""
    nothing, some = Counted(Q3, 0, 0, 0), Counted(Q4, 5, 5, 5)
    found = Bridge(nothing, some, "version 1", (), has_records=True, passport=Passport("", "", ""))

    assert found.share(found.demand) is None
