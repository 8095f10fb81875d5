"""Rules of texts that may stand for no value: found by word or frequency, proposed, never assumed."""

import pytest

from alignment.domain.no_value import lookalikes


def texts(columns, known=()):
    """Return the texts that are proposed."""
    return [one.text for one in lookalikes(columns, known)]


@pytest.mark.parametrize("text", ["Not specified", "undefined", "?", "—", "keine Angabe", "Please Select"])
def test_a_word_for_nothing_is_proposed_wherever_it_stands(text):
    """Every form has its own."""
    assert texts({"Industry": {text: 3, "Bank": 5}}) == [text]


def test_a_text_that_is_frequent_in_three_columns_is_proposed():
    """A list box that nobody touched says the same in all of them, whatever the word."""
    columns = {name: {"Ausw.": 40, f"a {name}": 20} for name in ("City", "Industry", "Role")}

    (found,) = lookalikes(columns, ())

    assert (found.text, found.rows) == ("Ausw.", 120)


def test_a_text_in_two_columns_may_well_mean_something():
    """Berlin is a city and a region."""
    assert texts({name: {"Berlin": 40, "Bonn": 20} for name in ("City", "Region")}) == []


@pytest.mark.parametrize("text", ["Yes", "No", "Other", "Unknown", "0", "1"])
def test_an_answer_is_an_answer_in_however_many_columns(text):
    """`unknown` converts otherwise than an empty cell; only people can say that it is one."""
    assert texts({name: {text: 40, "x" + name: 20} for name in "abcd"}) == []


def test_what_is_read_so_anyway_is_not_proposed():
    """It was settled before."""
    assert texts({"Industry": {"Not specified": 3, "Bank": 5}}, ("Not specified",)) == []
