"""Rules of numbers and sentences as people read them."""

from datetime import date

import pytest

from alignment.domain.cohort import Passport
from alignment.domain.conversion import ConversionPath, Step
from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.domain.rate import Rate
from alignment.domain.stage import Stage
from alignment.ui import words
from alignment.ui.words import Words

ENGLISH, GERMAN = Words.of("en-GB"), Words.of("de-DE")


def path_of(**counts):
    """Return a path with these stages alone."""
    steps = tuple(Step(Stage(stage), count, None) for stage, count in counts.items())
    return ConversionPath(steps, 28, 0, Passport("", "", ""))


@pytest.mark.parametrize(
    ("euros", "said"),
    [(0, "€0"), (940, "€940"), (89_543, "€89.5K"), (1_243_968, "€1.24M"), (-12_345_678, "-€12.3M")],
)
def test_money_on_the_wall_has_three_digits_that_matter(euros, said):
    """More digits can't be read from three metres, and don't matter."""
    assert ENGLISH.short_money(Money(euros * 100, "EUR")) == said


def test_money_in_a_table_is_exact_in_the_readers_notation():
    """A German reads points and commas the other way round."""
    assert GERMAN.money(Money(124_396_866, "EUR")) == "1.243.968,66\N{NO-BREAK SPACE}€"


def test_an_unknown_amount_is_said_and_is_no_zero():
    """None is not 0."""
    assert ENGLISH.short_money(None) == "not known"


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 leads"), (1, "1 lead"), (2, "2 leads"), (1_200, "1.200 leads")]
)
def test_one_thing_is_named_as_one(number, said):
    """A small company has one MQL in a week, too."""
    assert Words.of("de").counted(number, "lead") == said


def test_a_locale_that_nobody_knows_is_read_as_english():
    """A browser may send anything."""
    assert Words.of("xx-!!").count(1234) == "1,234"


def test_a_rate_is_said_with_its_counts_and_interval():
    """A bare percentage says too much."""
    assert ENGLISH.rate(Rate(3, 8)) == "38% (3 of 8, 14–69%)"


def test_under_five_there_is_no_percentage():
    """Neither in full nor in a picture."""
    assert ENGLISH.rate(Rate(2, 4)) == "n too small (2 of 4)"
    assert "%" not in ENGLISH.short_rate(Rate(2, 4))


@pytest.mark.parametrize(("share", "said"), [(0.68, "7 in 10"), (0.02, "< 1 in 10"), (0.97, "almost sure")])
def test_a_chance_is_said_in_tens_and_never_as_certain(share, said):
    """Nobody feels the difference between 68 and 71 percent."""
    assert words.chance(share) == said


def test_the_difference_between_the_halves_is_said_as_something_to_talk_about():
    """No side is blamed for it."""
    said = ENGLISH.handed_over(path_of(mql=412, sal=287))

    assert said == "Marketing hands over 412, sales accepts 287: 125 to talk about."


def test_without_an_accepting_stage_nothing_is_said_of_it():
    """The panel says which column is missing."""
    assert ENGLISH.handed_over(path_of(mql=412)) == ""


@pytest.mark.parametrize(
    ("start", "end", "name"),
    [
        (date(2026, 10, 1), date(2027, 1, 1), "Q4 2026"),
        (date(2026, 1, 1), date(2027, 1, 1), "2026"),
        (date(2026, 5, 1), date(2026, 6, 1), "May 2026"),
        (date(2026, 5, 1), date(2026, 5, 8), "1 May 2026 – 7 May 2026"),
    ],
)
def test_a_period_is_called_by_its_short_name(start, end, name):
    """Others are called by their first and last day."""
    assert words.period(Period(start, end)) == name
