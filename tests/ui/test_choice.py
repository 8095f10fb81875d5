"""Rules of what is looked at: the address holds it, and nonsense in it is said, never raised."""

from datetime import date

import pytest

from alignment.config import Settings
from alignment.domain.agreement import Terms, Version
from alignment.domain.definition import Definition
from alignment.domain.judged import AS_RECORDED, Judged
from alignment.domain.period import Period
from alignment.domain.stage import Stage
from alignment.ui import choice
from alignment.ui.choice import (
    Choice,
    as_address,
    from_address,
    in_other_data,
    named_periods,
    read_period,
)

TODAY = date(2026, 11, 21)
Q4 = Period(date(2026, 10, 1), date(2027, 1, 1))
SOURCES = ("Webinar", "Trade & fair", None)
LARGE = Judged.as_if(Version(2, Definition(), Terms("large companies")))


@pytest.mark.parametrize(
    "choice",
    [
        Choice(Q4),
        Choice(Period(date(2026, 1, 1), date(2027, 1, 1)), None, ("Webinar", None), is_room=True),
        Choice(Period(date(2026, 7, 3), date(2026, 7, 16)), 90, ("Trade & fair",)),
    ],
)
def test_a_link_reopens_the_same_view(choice):
    """What is written in the address is read back as the same choice, without a complaint."""
    assert from_address(as_address(choice), TODAY, SOURCES) == (choice, [])


def test_an_address_without_a_choice_shows_this_quarter():
    """Seen from the data's newest day, with the usual window and all sources."""
    assert from_address({}, TODAY, SOURCES) == (Choice(Q4), [])


@pytest.mark.parametrize(
    "token",
    [
        "2026Q5",
        "yesterday",
        "2026-02-30..2026-03-01",
        "2026-03-02..2026-03-01",
        "0001-01-01..0001-01-02",
        "1899Q4",
        "2026-01-01..2201-01-01",
        "9999",
        "0000",
        "²",
    ],
)
def test_a_period_that_is_none_falls_back_and_is_named(token):
    """The sentence quotes it and says how a period is written."""
    choice, complaints = from_address({"period": [token]}, TODAY, SOURCES)

    assert choice == Choice(Q4)
    assert len(complaints) == 1
    assert token in complaints[0]
    assert "2026Q4" in complaints[0]


def test_a_window_that_is_none_falls_back_and_is_named():
    """The sentence lists the windows there are."""
    choice, complaints = from_address({"window": ["-3"]}, TODAY, SOURCES)

    assert choice.window == "usual"
    assert complaints == [
        "“-3” is no cohort window; choose one of usual, 30, 60, 90, ever. Showing the usual one instead."
    ]


def test_a_source_that_the_data_lacks_is_left_out_and_named():
    """The known ones stay chosen."""
    choice, complaints = from_address({"source": ["Webinar", "Fax"]}, TODAY, SOURCES)

    assert choice.sources == ("Webinar",)
    assert complaints == ["The data has no source “Fax”. Showing the others."]


@pytest.mark.parametrize("name", ["period", "window", "source", "judged"])
def test_a_long_part_that_means_nothing_is_said_back_in_short(name):
    """A broken link does not fill the screen."""
    _, complaints = from_address({name: ["x" * 3_000]}, TODAY, SOURCES, (AS_RECORDED,))

    assert [len(said) < 300 for said in complaints] == [True]


def test_data_without_dates_has_no_period_and_gives_leads_for_ever():
    """A period in the address is refused in words."""
    choice, complaints = from_address({"period": ["2026Q4"], "window": ["30"]}, None, SOURCES)

    assert choice == Choice(None, None)
    assert complaints == ["The data has no dates, so no period can be chosen; all of it is shown."]


def test_last_twelve_months_end_with_the_month_under_way():
    """They are whole months, this one included."""
    assert named_periods(TODAY)["Last 12 months"] == Period(date(2025, 12, 1), date(2026, 12, 1))


def test_a_quarter_may_be_written_in_small_letters():
    """People type addresses."""
    assert read_period("2026q4") == Q4


def test_a_trend_covers_twelve_months_and_none_to_come():
    """It ends with the month of the data's newest day."""
    cohort = Choice(Q4).year_of_cohorts(Stage.MQL, TODAY)

    assert cohort.period == Period(date(2025, 12, 1), date(2026, 12, 1))


@pytest.mark.parametrize(
    "known",
    [
        Period(date(2023, 1, 2), date(2023, 8, 4)),
        Period(date(2027, 1, 1), date(2027, 8, 4)),
    ],
)
def test_a_period_that_other_data_has_nothing_of_gives_way(known):
    """The last quarter with data is shown, and the sentence says from when to when there is any."""
    choice, said = in_other_data(Choice(Q4, 90), known)

    assert choice == Choice(Period(date(known.start.year, 7, 1), date(known.start.year, 10, 1)), 90)
    assert str(known) in said[0]


def test_a_period_that_other_data_reaches_into_is_kept():
    """One common day is enough."""
    assert in_other_data(Choice(Q4), Period(date(2026, 12, 31), date(2027, 8, 4))) == (Choice(Q4), [])


def test_a_link_reopens_the_same_judgement_of_mqls():
    """By its short name; as recorded is the default and needs none."""
    choice = Choice(Q4, judged=LARGE)

    assert as_address(choice)["judged"] == ["2"]
    assert from_address(as_address(choice), TODAY, SOURCES, (AS_RECORDED, LARGE)) == (choice, [])
    assert "judged" not in as_address(Choice(Q4))


def test_every_cohort_is_judged_as_chosen():
    """Of the period, and of the year that ends with it."""
    choice = Choice(Q4, judged=LARGE)

    assert choice.cohort(Stage.MQL).judged is LARGE
    assert choice.year_of_cohorts(Stage.MQL, TODAY).judged is LARGE


def test_a_fiscal_year_names_the_periods_and_their_links(monkeypatch):
    """A company whose year begins in April: the quarter is its third, and the year is called for its end."""
    monkeypatch.setattr(choice, "settings", lambda: Settings(_env_file=None, fiscal_year_start=4))

    assert named_periods(TODAY)["This year"] == Period(date(2026, 4, 1), date(2027, 4, 1))
    assert as_address(Choice(Q4))["period"] == ["FY2027Q3"]
    assert from_address({"period": ["FY2027Q3"]}, TODAY, SOURCES) == (Choice(Q4), [])


def test_a_month_has_a_link_of_its_own():
    """Goals are set for months, too."""
    november = Choice(Period(date(2026, 11, 1), date(2026, 12, 1)))
    assert as_address(november)["period"] == ["2026-11"]
    assert from_address({"period": ["2026-11"]}, TODAY, SOURCES) == (november, [])
