"""The fiscal calendar: periods, what they are called and how an address writes them."""

from datetime import date

import pytest

from alignment.domain.fiscal import JANUARY, FiscalCalendar
from alignment.domain.period import Grain, Period
from alignment.domain.refusal import Refusal

APRIL, FEBRUARY = FiscalCalendar(4), FiscalCalendar(2)


@pytest.mark.parametrize(
    ("calendar", "grain", "start", "end"),
    [
        (JANUARY, Grain.QUARTER, date(2026, 10, 1), date(2027, 1, 1)),
        (JANUARY, Grain.YEAR, date(2026, 1, 1), date(2027, 1, 1)),
        (APRIL, Grain.QUARTER, date(2026, 10, 1), date(2027, 1, 1)),
        (APRIL, Grain.YEAR, date(2026, 4, 1), date(2027, 4, 1)),
        (FEBRUARY, Grain.QUARTER, date(2026, 11, 1), date(2027, 2, 1)),
        (FEBRUARY, Grain.YEAR, date(2026, 2, 1), date(2027, 2, 1)),
        (FEBRUARY, Grain.MONTH, date(2026, 11, 1), date(2026, 12, 1)),
    ],
)
def test_the_day_lies_in_the_companys_own_period(calendar, grain, start, end):
    """26 November 2026, seen from three companies."""
    assert calendar.bucket_of(date(2026, 11, 26), grain) == Period(start, end)


def test_before_the_first_month_the_old_year_still_runs():
    """January to March belong to the year that began last April."""
    assert APRIL.bucket_of(date(2027, 3, 31), Grain.YEAR).start == date(2026, 4, 1)
    assert FEBRUARY.bucket_of(date(2027, 1, 15), Grain.QUARTER).start == date(2026, 11, 1)


@pytest.mark.parametrize(
    ("calendar", "grain", "name", "token"),
    [
        (JANUARY, Grain.MONTH, "Nov 2026", "2026-11"),
        (JANUARY, Grain.QUARTER, "Q4 2026", "2026Q4"),
        (JANUARY, Grain.YEAR, "2026", "2026"),
        (APRIL, Grain.QUARTER, "FY2027 Q3", "FY2027Q3"),
        (APRIL, Grain.YEAR, "FY2027", "FY2027"),
        (FEBRUARY, Grain.QUARTER, "FY2027 Q4", "FY2027Q4"),
        (FEBRUARY, Grain.MONTH, "Nov 2026", "2026-11"),
    ],
)
def test_a_period_is_called_for_the_year_in_which_it_ends(calendar, grain, name, token):
    """And an address that names it is read back as the same days."""
    period = calendar.bucket_of(date(2026, 11, 26), grain)
    assert (calendar.name(period), calendar.token(period)) == (name, token)
    assert calendar.read(token) == period


def test_a_link_from_before_the_setting_keeps_its_days():
    """Without FY a quarter is the calendar's, whatever the company's year."""
    assert FEBRUARY.read("2026Q4") == Period(date(2026, 10, 1), date(2027, 1, 1))
    assert FEBRUARY.token(Period(date(2026, 10, 1), date(2027, 1, 1))) is None


def test_other_days_have_no_name():
    """They are said by their days."""
    assert APRIL.name(Period(date(2026, 1, 1), date(2027, 1, 1))) is None
    assert APRIL.grain_of(Period(date(2026, 11, 2), date(2026, 12, 1))) is None


@pytest.mark.parametrize("month", [0, 13])
def test_a_year_begins_in_one_of_twelve_months(month):
    """Nothing else would have four quarters."""
    with pytest.raises(Refusal, match="from 1 to 12"):
        FiscalCalendar(month)
