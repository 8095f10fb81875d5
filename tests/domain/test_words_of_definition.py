"""The definition says itself as it is."""

import pytest

from alignment.domain.definition import Comparison, Criterion, Definition, Group
from alignment.domain.definition_words import condition, number, sentence
from alignment.domain.refusal import Refusal


@pytest.mark.parametrize(
    ("value", "words"),
    [(1_000_000.0, "1000000"), (12345.67, "12345.67"), (250_000.5, "250000.5"), (50, "50")],
)
def test_a_threshold_is_said_to_its_last_digit(value, words):
    """Both sides sign this number, not one near it."""
    assert number(value) == words


def test_a_cap_stands_in_the_sentence():
    """Without it two criteria of 40 points would promise 80."""
    criteria = tuple(Criterion(name, name, Comparison.AT_LEAST, 1.0, 40) for name in ("a", "b"))
    assert "fit counts at most 50" in sentence(Definition(criteria, caps={Group.FIT: 50}))


@pytest.mark.parametrize(
    ("attribute", "words"),
    [
        ("webinar_attended", "webinar attended is yes"),
        ("is_competitor", "competitor is yes"),
        ("has_budget", "budget is yes"),
    ],
)
def test_a_flag_is_asked_as_people_ask(attribute, words):
    """The sentence is read aloud before it is signed."""
    assert condition(Criterion(attribute, attribute, Comparison.IS_TRUE, None, 5)) == words


@pytest.mark.parametrize("threshold", [float("nan"), float("inf"), 10**400])
def test_a_threshold_is_a_number_that_can_be_compared(threshold):
    """Nothing is at least nan."""
    with pytest.raises(Refusal, match="doesn't suit"):
        Criterion("a", "a", Comparison.AT_LEAST, threshold, 10)
