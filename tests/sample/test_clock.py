"""The sample company's clock keeps Berlin's time, German holidays and working hours."""

from datetime import date, datetime

import numpy as np
import pytest

from alignment.sample.clock import DAY, HOUR, NEVER, Clock, day_number, easter, months_before
from alignment.sample.draw import Draw

CLOCK = Clock(date(2026, 6, 30))


def at(year, month, day, hour=0):
    """Return a wall-clock instant as an array of one."""
    return np.array([day_number(date(year, month, day)) * DAY + hour * HOUR])


@pytest.mark.parametrize("day", [date(2024, 3, 31), date(2025, 4, 20), date(2026, 4, 5), date(2038, 4, 25)])
def test_easter_is_where_the_calendar_has_it(day):
    """Four of nine holidays move with it."""
    assert easter(day.year) == day


@pytest.mark.parametrize(
    ("hour", "utc", "month"), [(12, datetime(2026, 1, 15, 11), 1), (12, datetime(2026, 5, 15, 10), 5)]
)
def test_wall_time_becomes_utc_with_the_season(hour, utc, month):
    """Berlin is one hour ahead of UTC in winter and two in summer."""
    assert CLOCK.instants(at(2026, month, 15, hour)).to_pylist() == [utc]


def test_what_never_happened_has_no_instant():
    """An empty date, not one in a far future."""
    assert CLOCK.instants(np.array([NEVER])).to_pylist() == [None]


@pytest.mark.parametrize(
    ("moment", "works_on"),
    [
        (at(2026, 6, 17, 11), date(2026, 6, 17)),  # a Wednesday at eleven
        (at(2026, 6, 17, 20), date(2026, 6, 18)),  # after hours
        (at(2026, 6, 19, 20), date(2026, 6, 22)),  # Friday evening
        (at(2026, 6, 20, 11), date(2026, 6, 22)),  # Saturday
        (at(2026, 5, 14, 11), date(2026, 5, 15)),  # Ascension Day
    ],
)
def test_people_act_in_working_hours(moment, works_on):
    """Nobody calls a lead on Saturday night."""
    acted = CLOCK.in_hours(Draw(1), moment)[0]

    assert acted // DAY == day_number(works_on)
    assert 8 * HOUR <= acted % DAY < 18 * HOUR


def test_working_hours_never_bring_anything_forward():
    """An answer can't come before its question."""
    moments = day_number(date(2026, 1, 1)) * DAY + np.arange(0, 60 * DAY, 1_777)

    assert (CLOCK.in_hours(Draw(1), moments) >= moments).all()


def test_a_month_before_its_last_day_is_the_last_day_of_a_shorter_month():
    """24 months before 29 February must be a day that exists."""
    assert months_before(date(2028, 2, 29), 24) == date(2026, 2, 28)
