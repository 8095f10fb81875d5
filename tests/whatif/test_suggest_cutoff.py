"""Suggested cutoffs and a plain search through all of them, held together on random leads."""

import tempfile

import pytest
from hypothesis import given as drawn_from
from hypothesis import settings
from hypothesis import strategies as some

from alignment import whatif
from alignment.domain.definition import Comparison, Criterion, Definition, Level
from alignment.domain.money import Money
from alignment.whatif import Question
from tests import suggest_plain
from tests.suggest_plain import Lead

EVER = Question(window=None)
SIZES = (1.0, 5.0, 9.0, 50.0)
VALUE, COST = 700, 200


def leads():
    """Up to sixteen leads of half a year, some without a value, some that nobody worked."""
    attributes = some.fixed_dictionaries(
        {"size": some.one_of(some.none(), some.sampled_from(SIZES)), "asked": some.booleans()}
    )
    some_lead = some.builds(Lead, some.integers(0, 170), attributes, some.booleans(), some.booleans())
    return some.lists(some_lead, min_size=1, max_size=16)


@some.composite
def definitions(draw):
    """Three criteria and two to four levels, the upper ones being handed off."""
    worth = some.integers(-50, 50)
    criteria = (
        Criterion("size", "size", Comparison.AT_LEAST, draw(some.sampled_from(SIZES)), draw(worth)),
        Criterion("large", "size", Comparison.AT_LEAST, 9.0, draw(worth)),
        Criterion("asked", "asked", Comparison.IS_TRUE, None, draw(worth)),
    )
    cuts = sorted(draw(some.sets(some.integers(1, 100), min_size=1, max_size=3)))
    at = draw(some.integers(1, len(cuts)))
    levels = tuple(
        Level(f"level {place}", cut, enters_hand_off=place >= at) for place, cut in enumerate([0, *cuts])
    )
    return Definition(criteria, levels)


def known(given_leads, definition):
    """Return the figures of the definition on these leads."""
    with tempfile.TemporaryDirectory() as folder:
        snapshot = suggest_plain.opened(given_leads, folder, ("size", "asked"))
        return whatif.figures(snapshot, definition, EVER)


@settings(max_examples=15)
@drawn_from(leads(), definitions(), some.floats(0, 2))
def test_the_cutoff_for_a_capacity_is_the_lowest_that_stays_within_it(given_leads, definition, capacity):
    """No other cutoff below it hands off few enough; or no cutoff does, and none is suggested."""
    figures = known(given_leads, definition)
    at = whatif.level_at_the_cutoff(definition)

    found = whatif.cutoff_for_capacity(figures, capacity)

    def hand_offs(cutoff):
        return len(suggest_plain.from_cutoff(given_leads, definition, cutoff))

    within = [
        cutoff
        for cutoff in suggest_plain.cutoffs(definition, at)
        if hand_offs(cutoff) <= capacity * figures.weeks
    ]
    assert (found is None) == (not within)
    if found:
        assert found.best.hand_offs == hand_offs(within[0])
        assert found.best.cutoff in {within[0], definition.levels[at].cutoff}


@settings(max_examples=15)
@drawn_from(leads(), definitions())
def test_the_cutoff_for_a_value_brings_the_most_that_any_cutoff_does(given_leads, definition):
    """Judged leads only: nobody knows what the others would have brought."""
    found = whatif.cutoff_for_value(known(given_leads, definition), Money(VALUE, "EUR"), Money(COST, "EUR"))

    def brings(cutoff):
        judged = [
            lead for lead in suggest_plain.from_cutoff(given_leads, definition, cutoff) if lead.is_judged
        ]
        return VALUE * sum(lead.is_success for lead in judged) - COST * len(judged)

    at = whatif.level_at_the_cutoff(definition)
    possible = suggest_plain.cutoffs(definition, at)
    if found is None:
        assert not any(
            lead.is_judged for lead in suggest_plain.from_cutoff(given_leads, definition, possible[0])
        )
    else:
        assert found.best.cents == max(map(brings, possible)) == brings(found.best.cutoff)
        assert found.present.cents == brings(definition.levels[at].cutoff)


def levels(*cutoffs):
    """Return a definition on size with these cutoffs, the last of which is handed off."""
    named = (Level(f"level {place}", cutoff) for place, cutoff in enumerate(cutoffs[:-1]))
    size = Criterion("size", "size", Comparison.AT_LEAST, 5.0, 40)
    more = Criterion("more", "size", Comparison.AT_LEAST, 9.0, 30)
    return Definition((size, more), (*named, Level("hot", cutoffs[-1], enters_hand_off=True)))


MANY = [Lead(day, {"size": 50.0}, is_success=day % 2 == 0) for day in range(40)]
FEW = [Lead(day, {"size": 5.0}, is_success=day % 10 == 0) for day in range(40)]


def test_a_level_in_the_way_gives_way():
    """Levels stay in their order, so a cutoff that goes below another takes it along."""
    found = whatif.cutoff_for_value(
        known([*MANY, *FEW], levels(0, 50, 60)), Money(VALUE, "EUR"), Money(1, "EUR")
    )

    assert found.best.cutoff == 40
    assert [level.cutoff for level in found.best.definition.levels] == [0, 39, 40]
    assert dict(found.steps) == {"levels.1.cutoff": 39, "levels.2.cutoff": 40}


def test_the_present_cutoff_is_suggested_where_it_does_as_well():
    """Nobody is sent from 45 to 70 for the same hand-offs."""
    found = whatif.cutoff_for_value(known(MANY, levels(0, 45)), Money(VALUE, "EUR"), Money(COST, "EUR"))

    assert found.best.cutoff == found.present.cutoff == 45
    assert found.steps == ()


def test_a_flat_optimum_is_said_to_be_flat():
    """Cutoffs between which no lead lies can't be told apart."""
    found = whatif.cutoff_for_value(known(MANY, levels(0, 45)), Money(VALUE, "EUR"), Money(COST, "EUR"))

    assert found.as_good == (1, 70)


def test_a_cutoff_that_clearly_brings_less_is_not_as_good():
    """Forty hand-offs at a loss are no chance."""
    figures = known([*MANY, *FEW], levels(0, 60))

    found = whatif.cutoff_for_value(figures, Money(VALUE, "EUR"), Money(COST, "EUR"))

    assert found.as_good == (41, 70)


def test_a_definition_that_hands_off_every_level_has_one_cutoff_only():
    """The lowest level starts at 0 and stays there."""
    everybody = Definition(
        (Criterion("size", "size", Comparison.AT_LEAST, 5.0, 40),),
        (Level("all", 0, enters_hand_off=True), Level("hot", 60, enters_hand_off=True)),
    )

    found = whatif.cutoff_for_value(known(MANY, everybody), Money(VALUE, "EUR"), Money(COST, "EUR"))

    assert [point.cutoff for point in found.curve] == [0]


def test_without_dates_no_cutoff_is_suggested_for_a_capacity(given):
    """Without weeks nobody can tell how many hand-offs a week there are."""
    snapshot = given(leads="lead_id is_converted size\nada true 50\nbob false 50")

    assert whatif.cutoff_for_capacity(whatif.figures(snapshot, levels(0, 60)), 100) is None


@pytest.mark.parametrize(
    ("rows", "cents"),
    [
        ("d1 ada 1200 true\nd2 bob 800 true", 100_000),
        ("d1 ada 1200 true\nd2 bob - false", 60_000),
        ("d1 ada 1200 true\nd2 bob - true", 120_000),
        ("d1 ada - false\nd2 bob - false", None),
    ],
    ids=["both won", "one of two won", "an amount missing", "none won"],
)
def test_the_value_of_a_success_is_its_chance_of_a_win_times_the_mean_won_value(given, rows, cents):
    """A missing amount is unknown, never zero."""
    deals = "deal_id lead_id amount is_won created_at closed_at\n" + "\n".join(
        f"{row} 2026-01-09 2026-02-01" for row in rows.splitlines()
    )
    leads = "lead_id created_at sql_at size\nada 2026-01-05 2026-01-07 50\nbob 2026-01-06 2026-01-08 50"
    snapshot = given(leads=leads, deals=deals, as_of="2026-09-30 00:00:00")

    found = whatif.suggest(snapshot, levels(0, 60), levels(0, 60)).outcome_value

    assert (found.cents if found else None) == cents
