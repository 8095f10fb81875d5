"""Rules of what some have in common: tested by Fisher's exact test, corrected for all that was looked at."""

from fractions import Fraction
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment.domain.traits import Counts, at_least, compared, holm

ATTRIBUTES = {"source": 6, "industry": 8, "size": 5, "country": 4, "demo": 2}
NOW, BEFORE, DRAWS = 40, 300, 200


def leads(number, seed):
    """Return so many leads with a value each of every attribute, none of them telling anything."""
    chance = np.random.default_rng(seed)
    return [{name: chance.integers(values) for name, values in ATTRIBUTES.items()} for _ in range(number)]


def counts_of(now, before):
    """Return every value's counts among these and those."""
    return [
        Counts(
            name,
            str(value),
            sum(lead[name] == value for lead in now),
            len(now),
            sum(lead[name] == value for lead in before),
            len(before),
        )
        for name, values in ATTRIBUTES.items()
        for value in range(values)
    ]


def found_among(now, before):
    """Return the traits that are told of these."""
    return [
        (trait.counts.attribute, trait.counts.value)
        for trait in compared(counts_of(now, before))
        if trait.is_telling
    ]


def test_a_planted_trait_is_found():
    """Half of the forty come from one industry, which one in eight does otherwise."""
    now, before = leads(NOW, 1), leads(BEFORE, 2)
    for lead in now[: NOW // 2]:
        lead["industry"] = 3

    assert found_among(now, before) == [("industry", "3")]


def test_on_shuffled_leads_a_trait_is_told_at_most_once_in_twenty_times():
    """Over 25 values eyes always find one; the correction keeps all of them together to 5 in 100."""
    alarms = 0
    for seed in range(DRAWS):
        everybody = leads(NOW + BEFORE, 1_000 + seed)
        np.random.default_rng(seed).shuffle(everybody)
        alarms += bool(found_among(everybody[:NOW], everybody[NOW:]))

    assert alarms <= DRAWS * 0.05


def test_without_the_correction_there_would_be_far_more():
    """The rule above holds because of it, not because nothing is ever found."""
    alarms = 0
    for seed in range(DRAWS):
        everybody = leads(NOW + BEFORE, 1_000 + seed)
        alarms += any(each.chance < 0.05 for each in counts_of(everybody[:NOW], everybody[NOW:]))

    assert alarms > DRAWS * 0.3


def test_chances_are_corrected_by_holms_steps():
    """0.005 × 4, 0.01 × 3, 0.03 × 2; the last may not be less sure than the one before."""
    found = holm([0.01, 0.04, 0.03, 0.005])

    assert [round(each, 6) for each in found] == [0.03, 0.06, 0.06, 0.02]


@given(st.integers(0, 30), st.integers(1, 30), st.integers(0, 30), st.integers(1, 30))
def test_the_exact_test_is_exact(found, drawn, marked, others):
    """The sum of all tables as odd as this one or odder, in whole numbers."""
    marked = min(marked, drawn + others)
    found = min(found, drawn, marked)
    ways = sum(comb(marked, i) * comb(drawn + others - marked, drawn - i) for i in range(found, drawn + 1))
    exact = Fraction(ways, comb(drawn + others, drawn))

    assert at_least(found, drawn, marked, others) == pytest.approx(float(exact), abs=1e-9)


@pytest.mark.parametrize(
    ("found", "chance"),
    [(0, 1.0), (5_000, 1.0), (10_000, 0.5), (10_600, 0.0)],
)
def test_many_leads_are_counted_as_surely_as_few(found, chance):
    """No term of the sum is lost where the first ones are too small for a number."""
    assert at_least(found, 100_000, 20_000, 100_000) == pytest.approx(chance, abs=0.01)


@pytest.mark.parametrize(
    ("found", "found_before", "is_telling"), [(1_150, 10_000, False), (1_250, 10_000, True)]
)
def test_a_sure_but_small_difference_is_no_trait(found, found_before, is_telling):
    """Of very many leads everything is sure; a trait is at least a fifth more frequent."""
    (trait,) = compared([Counts("country", "DE", found, 10_000, found_before, 100_000)])

    assert (trait.chance < 0.001, trait.is_telling) == (True, is_telling)


def test_a_value_that_hardly_anybody_has_is_not_tested():
    """It could not be told from chance, and would make the others less sure."""
    assert compared([Counts("source", "Fax", 4, 40, 0, 300)]) == ()
    assert compared([Counts("source", "new", 40, 40, 0, 0)]) == ()


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        (Counts("a", "b", 30, 40, 10, 300), "very unlikely to be chance"),
        (Counts("a", "b", 8, 40, 25, 300), "unlikely to be chance"),
        (Counts("a", "b", 5, 40, 30, 300), "chance might explain it"),
    ],
)
def test_how_sure_we_are_is_said_in_words(counts, words):
    """Nobody reads 0.013 from three metres."""
    assert compared([counts])[0].words == words
