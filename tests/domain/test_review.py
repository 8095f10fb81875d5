"""When the next review is due: a quarter after the last one, by the calendar."""

from datetime import date, datetime

import pytest

from alignment.domain.agreement import Person, Side
from alignment.domain.period import Period
from alignment.domain.review import DueStatus, Review, due, is_quarter, quarter_after

Q3 = Period(date(2026, 7, 1), date(2026, 10, 1))
HELD = Review(Q3, Person("Ada", Side.MARKETING), datetime(2026, 10, 8, 9))


@pytest.mark.parametrize(
    ("today", "status", "days"),
    [
        (date(2026, 10, 8), DueStatus.LATER, 92),
        (date(2026, 12, 25), DueStatus.SOON, 14),
        (date(2027, 1, 8), DueStatus.TODAY, 0),
        (date(2027, 1, 9), DueStatus.OVERDUE, -1),
    ],
)
def test_the_next_review_is_due_a_quarter_after_the_last(today, status, days):
    """Soon within two weeks, overdue from the day after."""
    found = due([HELD], today)
    assert (found.due_on, found.status, found.days) == (date(2027, 1, 8), status, days)


def test_without_any_review_the_first_is_due_at_once():
    """There is no day to count from."""
    assert due([], date(2026, 11, 1)).status is DueStatus.FIRST


@pytest.mark.parametrize(
    ("day", "after"),
    [
        (date(2026, 11, 30), date(2027, 2, 28)),
        (date(2027, 11, 30), date(2028, 2, 29)),
        (date(2026, 8, 31), date(2026, 11, 30)),
        (date(2026, 10, 1), date(2027, 1, 1)),
    ],
)
def test_a_quarter_later_is_a_day_that_there_is(day, after):
    """The last of a short month stands in."""
    assert quarter_after(day) == after


def test_a_quarter_is_three_whole_months():
    """Of any fiscal year."""
    assert is_quarter(Period(date(2026, 2, 1), date(2026, 5, 1)))
    assert not is_quarter(Period(date(2026, 2, 2), date(2026, 5, 1)))
    assert not is_quarter(Period(date(2026, 1, 1), date(2027, 1, 1)))
