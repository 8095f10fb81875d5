"""Figures of quarters that are over: restated when a later load tells them otherwise, and only then."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.domain.restated import Closed, Headline, Load, closed_quarters, restated
from alignment.ui import restated_words
from alignment.ui.words import Words

Q3 = Period(date(2026, 7, 1), date(2026, 10, 1))
Q4 = Period(date(2026, 10, 1), date(2027, 1, 1))
UTC = ZoneInfo("UTC")


def load(day, won, deals, *, sqls=40, mqls=None, company="Nord", period=Q3):
    """Return what a load of a day of autumn told of the third quarter; `day` is (month, day)."""
    amount = None if won is None else Money(won * 100, "EUR")
    at = datetime(2026, *day, 6)
    return Load(at, at, company, "EUR", "UTC", (Closed(period, amount, deals, sqls, mqls),))


FIRST, SAME, LATE = load((10, 2), 410_000, 31), load((10, 20), 410_000, 31), load((11, 5), 418_000, 33)


def said(*loads):
    """Return the sentences of what these loads restate, oldest load first."""
    return restated_words.lines(restated(loads), Words.of("en"), UTC)


def test_a_deal_that_came_late_restates_the_quarter():
    """First told on 2 October, told as now since 5 November, by two more deals."""
    (found,) = said(FIRST, SAME, LATE, load((11, 20), 418_000, 33))

    assert found == (
        "Restated: Q3 2026 won was €410K on 2 Oct 2026, is €418K since 5 Nov 2026:"
        " 2 more deals, which came late."
    )


@pytest.mark.parametrize("loads", [(), (FIRST,), (FIRST, SAME), (FIRST, LATE, load((11, 9), 410_000, 31))])
def test_nothing_is_said_where_nothing_changed_or_no_earlier_load_is_known(loads):
    """One load is no history; what went back to where it was is as it was."""
    assert said(*loads) == ()


@pytest.mark.parametrize(
    ("deals", "because"),
    [
        (33, ": 2 more deals, which came late."),
        (32, ": 1 more deal, which came late."),
        (31, ": as many deals, other amounts or days."),
        (30, ": 1 deal fewer than then."),
        (None, "."),
    ],
)
def test_the_reason_is_only_what_the_counts_tell(deals, because):
    """No cause is made up."""
    assert said(FIRST, load((11, 5), 418_000, deals))[0].endswith(f"since 5 Nov 2026{because}")


def test_mqls_and_sqls_are_restated_as_counts():
    """A lead qualified in September and entered in November."""
    assert said(load((10, 2), 1, 1, sqls=40, mqls=90), load((11, 5), 1, 1, sqls=41, mqls=90)) == (
        "Restated: Q3 2026 SQLs were 40 on 2 Oct 2026, are 41 since 5 Nov 2026.",
    )


def test_a_difference_that_the_short_way_hides_is_said_in_full():
    """€410K and €410K would read as no change."""
    assert "was €410,000.00 on" in said(FIRST, load((11, 5), 410_001, 31))[0]


def test_what_one_load_can_not_tell_restates_nothing():
    """A column left out of one export is no change of the figure."""
    assert said(load((10, 2), None, 31), LATE) == ()
    assert said(FIRST, load((11, 5), None, 31)) == ()


@pytest.mark.parametrize("other", [{"company": "Süd"}, {"currency": "USD"}, {"time_zone": "Asia/Tokyo"}])
def test_loads_of_another_company_currency_or_zone_are_not_compared(other):
    """Other data is no late data."""
    assert said(replace(FIRST, **other), LATE) == ()


def test_a_quarter_that_only_the_newest_load_knows_is_not_restated():
    """It has only just closed."""
    assert said(FIRST, load((11, 5), 9, 9, period=Q4)) == ()


def test_a_page_says_it_of_its_own_period_and_the_one_it_is_compared_with():
    """In Q4 one looks back to Q3, in Q2 not."""
    found = restated((FIRST, LATE))
    periods = {"Q4": Q4, "Q3": Q3, "Q2": Q3.previous(), "2026": Period(date(2026, 1, 1), date(2027, 1, 1))}

    assert [name for name, each in periods.items() if restated_words.within(found, each)] == [
        "Q4",
        "Q3",
        "2026",
    ]


def test_a_digest_says_it_once_of_what_changed_since():
    """Whoever looked on 10 November has read it."""
    found, say = restated((FIRST, LATE)), Words.of("en")

    assert restated_words.lines(found, say, UTC, since=datetime(2026, 11, 1))
    assert restated_words.lines(found, say, UTC, since=datetime(2026, 11, 10)) == ()


def test_eight_quarters_are_kept_and_the_one_under_way_is_not():
    """The last day of a quarter still belongs to it."""
    assert closed_quarters(date(2026, 12, 31))[0] == Q3
    assert closed_quarters(date(2027, 1, 1))[0] == Q4
    assert len(closed_quarters(date(2027, 1, 1))) == 8


def test_headlines_are_won_sqls_and_mqls():
    """What people quote of a quarter."""
    assert [str(each) for each in Headline] == ["won", "sql", "mql"]
