"""Rules of judging: which version holds on which day, and what is said of it."""

from datetime import date

import pytest

from alignment.domain.agreement import Terms, Version
from alignment.domain.definition import Comparison, Criterion, Definition
from alignment.domain.judged import AS_RECORDED, Judged
from alignment.domain.period import Period
from alignment.domain.refusal import Refusal

ASKED = Definition((Criterion("asked", "asked", Comparison.IS_TRUE, None, 50),))


def version(number, day=None, definition=ASKED):
    """A version in force from a day on."""
    return Version(number, definition, Terms("why", day))


def name_on(judged, day):
    """The name of what judges on a day."""
    return judged.on(day).name


def test_a_version_judges_from_its_own_day_on():
    """The day itself is its own."""
    judged = Judged.as_was([version(1), version(2, date(2026, 3, 1))])

    assert [name_on(judged, date(2026, 2, 28)), name_on(judged, date(2026, 3, 1))] == [
        "version 1",
        "version 2",
    ]


def test_the_first_version_holds_before_its_day():
    """Leads are older than agreements."""
    assert name_on(Judged.as_was([version(1, date(2026, 3, 1))]), date(2020, 1, 1)) == "version 1"


def test_the_newer_of_two_versions_of_one_day_holds():
    """What was signed last is in force."""
    judged = Judged.as_was([version(1), version(2, date(2026, 3, 1)), version(3, date(2026, 3, 1))])

    assert [span.name for span in judged.spans] == ["version 1", "version 3"]


def test_a_newer_version_with_an_earlier_day_leaves_nothing_to_the_one_before():
    """It holds from its own day on."""
    judged = Judged.as_was([version(1), version(2, date(2026, 5, 1)), version(3, date(2026, 3, 1))])

    assert name_on(judged, date(2026, 6, 1)) == "version 3"
    assert len(judged.spans) == 2


def test_an_empty_first_version_judges_nobody_and_gives_way():
    """A ledger begins with one; else every lead of before would count as no MQL."""
    judged = Judged.as_was([version(1, None, Definition()), version(2, date(2026, 3, 1))])

    assert name_on(judged, date(2026, 1, 1)) == "version 2"


def test_without_any_criteria_nothing_can_be_judged():
    """That is said, not counted as no MQLs."""
    with pytest.raises(Refusal, match="has criteria yet"):
        Judged.as_was([version(1, None, Definition())])


def test_the_spans_of_a_period_are_those_in_force_on_some_day_of_it():
    """One that begins on the day after is not."""
    judged = Judged.as_was([version(1), version(2, date(2026, 2, 1)), version(3, date(2026, 4, 1))])

    names = [span.name for span in judged.within(Period(date(2026, 2, 1), date(2026, 4, 1)))]

    assert names == ["version 2"]


@pytest.mark.parametrize(
    ("judged", "words"),
    [
        (AS_RECORDED, "as recorded in the CRM"),
        (Judged.as_was([version(1), version(2, date(2026, 3, 1))]), "by the version in force that day"),
        (Judged.as_if(version(2)), "by version 2"),
    ],
)
def test_what_judges_is_said_in_words(judged, words):
    """They follow "MQLs" on every picture."""
    assert str(judged) == words


def test_the_passport_says_which_version_held_when_and_that_values_are_those_of_now():
    """Nobody should take it for what the lead was like on that day."""
    said = Judged.as_was([version(1), version(2, date(2026, 3, 1))]).explained

    assert "version 1 at first, version 2 since 2026-03-01" in said
    assert "its values are those that the table holds now" in said
