"""Rules of a definition: what can be built, and what it says of a lead."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from alignment.domain.definition import (
    FEWEST_LEVELS,
    MOST_LEVELS,
    MOST_POINTS,
    Comparison,
    Criterion,
    Definition,
    Group,
    Level,
)
from alignment.domain.definition_plain import LEVEL_FIELDS, from_plain, to_plain, value_of, with_value
from alignment.domain.refusal import Refusal

SIZE = Criterion("size", "size", Comparison.AT_LEAST, 50, 40)
ROLE = Criterion("role", "role", Comparison.ONE_OF, ("CEO", "CTO"), 30)
DEMO = Criterion("demo", "demo", Comparison.IS_TRUE, None, 30, Group.ENGAGEMENT)
RIVAL = Criterion("rival", "rival", Comparison.IS_TRUE, None, -50, Group.EXCLUSION)
ALL = Definition(criteria=(SIZE, ROLE, DEMO, RIVAL))


@pytest.mark.parametrize(
    ("lead", "score"),
    [
        ({"size": 50}, 40),
        ({"size": 49.9}, 0),
        ({"size": 80, "role": "CEO"}, 70),
        ({"size": 80, "role": "ceo"}, 40),
        ({"size": 80, "role": "CEO", "demo": True}, 100),
        ({"size": 80, "rival": True}, 0),
        ({"size": 80, "role": "CEO", "demo": True, "rival": True}, 50),
        ({"demo": False}, 0),
        ({"size": None, "role": "CTO"}, 30),
        ({"size": None, "role": None}, None),
        ({"unasked": 7}, None),
        ({}, None),
    ],
)
def test_a_lead_scores_the_points_it_meets_between_0_and_100(lead, score):
    """A missing value is not met; with none of the values the lead is unscored, not zero."""
    assert ALL.score(lead) == score


def test_at_most_holds_up_to_its_threshold():
    """The threshold itself is inside."""
    recent = Criterion("age", "age", Comparison.AT_MOST, 7, 10)

    assert [recent.is_met_by(value) for value in (6, 7, 8, None)] == [True, True, False, False]


def test_a_cap_bounds_its_group_on_both_sides_of_zero():
    """Fit and exclusion each by its own."""
    capped = ALL.with_cap(Group.FIT, 50).with_cap(Group.EXCLUSION, 20)

    assert capped.score({"size": 80, "role": "CEO"}) == 50
    assert capped.score({"size": 80, "role": "CEO", "rival": True}) == 30


@pytest.mark.parametrize(
    ("score", "level"), [(0, "raw"), (34, "raw"), (35, "warm"), (59, "warm"), (60, "hot"), (100, "hot")]
)
def test_a_score_on_the_cutoff_is_inside_the_level(score, level):
    """And unscored is in none."""
    assert ALL.level_of(score).name == level
    assert ALL.level_of(None) is None


def test_a_lead_qualifies_when_its_level_enters_hand_off():
    """Hot by default."""
    assert ALL.qualifies({"size": 80, "role": "CEO"})
    assert not ALL.qualifies({"size": 80})
    assert not ALL.qualifies({})


HAND_OFF = {"enters_hand_off": True}


@pytest.mark.parametrize(
    ("build", "why"),
    [
        (lambda: Criterion("", "size", Comparison.AT_LEAST, 1, 1), "id"),
        (lambda: Criterion("a.b", "size", Comparison.AT_LEAST, 1, 1), "dot"),
        (lambda: Criterion("a", "size", Comparison.AT_LEAST, 1, MOST_POINTS + 1), "points of size"),
        (lambda: Criterion("a", "size", Comparison.AT_LEAST, "1", 1), "suit “at_least”"),
        (lambda: Criterion("a", "size", Comparison.ONE_OF, (), 1), "suit “one_of”"),
        (lambda: Criterion("a", "size", Comparison.IS_TRUE, 3, 1), "suit “is_true”"),
        (lambda: Level(" ", 0), "name"),
        (lambda: Level("hot", 101), "cutoff of hot"),
        (lambda: Level("hot", 50, sla_hours=0), "SLA of hot"),
        (lambda: Definition(levels=(Level("one", 0, **HAND_OFF),)), f"{FEWEST_LEVELS} to {MOST_LEVELS}"),
        (lambda: Definition(levels=(Level("low", 5), Level("high", 9, **HAND_OFF))), "must start at 0"),
        (
            lambda: Definition(levels=(Level("low", 0), Level("mid", 9), Level("top", 9, **HAND_OFF))),
            "above mid",
        ),
        (lambda: Definition(levels=(Level("low", 0), Level("low", 9, **HAND_OFF))), "low stands twice"),
        (lambda: Definition(levels=(Level("low", 0), Level("high", 9))), "hand-off"),
        (lambda: Definition(criteria=(SIZE, SIZE)), "size stands twice"),
        (lambda: Definition(caps={Group.FIT: 101}), "cap"),
        (lambda: Level("hot", 50, capacity=-1), "capacity of hot"),
        (lambda: ALL.criterion("nobody"), "no criterion “nobody”"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_makes_no_sense_cannot_be_built(build, why):
    """The sentence names the part."""
    with pytest.raises(Refusal, match=why):
        build()


NUMBERS = some.integers(-1000, 1000) | some.floats(-1e6, 1e6, allow_nan=False)
WORDS = some.text(min_size=1, max_size=8)
POINTS = some.integers(-MOST_POINTS, MOST_POINTS)


@some.composite
def definitions(draw):
    """Draw any definition."""
    criteria = []
    for place in range(draw(some.integers(0, 5))):
        comparison = draw(some.sampled_from(Comparison))
        threshold = {
            Comparison.ONE_OF: some.lists(WORDS, min_size=1, max_size=3).map(tuple),
            Comparison.IS_TRUE: some.none(),
        }.get(comparison, NUMBERS)
        criteria.append(
            Criterion(
                f"c{place}",
                draw(WORDS),
                comparison,
                draw(threshold),
                draw(POINTS),
                draw(some.sampled_from(Group)),
            )
        )
    cutoffs = sorted(draw(some.sets(some.integers(1, 100), min_size=1, max_size=5)))
    capacity = some.none() | some.integers(0, 500)
    levels = [
        Level(f"level {place}", cutoff, **HAND_OFF, capacity=draw(capacity))
        for place, cutoff in enumerate([0, *cutoffs])
    ]
    caps = draw(some.dictionaries(some.sampled_from(Group), some.integers(0, 100)))
    return Definition(tuple(criteria), tuple(levels), caps)


RAW = {"name": "raw", "cutoff": 0}
WARM = {"name": "warm", "cutoff": 30, "enters_hand_off": True}
HOT = {"name": "hot", "cutoff": 60, "enters_hand_off": True}


def test_the_capacity_is_the_sum_over_the_levels_that_enter_hand_off():
    """What a nurture drip can carry says nothing on sales."""
    levels = [{**RAW, "capacity": 900}, {**WARM, "capacity": 20}, {**HOT, "capacity": 30}]

    assert from_plain({"levels": levels}).capacity == 50


def test_without_a_capacity_at_any_hand_off_level_it_is_not_known():
    """Zero would say that sales can work none."""
    assert from_plain({"levels": [{**RAW, "capacity": 900}, WARM, HOT]}).capacity is None


def test_the_capacity_of_an_older_definition_goes_to_its_highest_hand_off_level():
    """It was one number for all hand-offs; files and ledgers still hold it."""
    stale = {**HOT, "cutoff": 90, "name": "stale", "enters_hand_off": False}

    read = from_plain({"levels": [RAW, WARM, HOT, stale], "capacity": 45})

    assert [level.capacity for level in read.levels] == [None, None, 45, None]
    assert from_plain({"capacity": 45}).capacity == 45
    assert with_value(read, "capacity", 50).levels[2].capacity == value_of(read, "capacity") + 5


@given(definitions())
def test_a_definition_survives_being_written_as_plain_data(definition):
    """What the ledger and a file keep is read back equal."""
    assert from_plain(to_plain(definition)) == definition


@given(definitions())
def test_setting_a_field_to_its_own_value_changes_nothing(definition):
    """Reading and writing a field are inverse, for every field there is."""
    fields = [f"criteria.{known.criterion_id}" for known in definition.criteria]
    fields += [f"{whole}.{name}" for whole in fields for name in ("points", "threshold", "group")]
    fields += [f"levels.{place}.{name}" for place in range(len(definition.levels)) for name in LEVEL_FIELDS]
    for field in [*fields, "levels", *(f"caps.{group}" for group in Group)]:
        assert with_value(definition, field, value_of(definition, field)) == definition


@pytest.mark.parametrize(
    "field", ["nonsense", "criteria.size.name", "levels.7.cutoff", "levels.x.cutoff", "caps.x", ""]
)
def test_a_field_that_is_not_there_can_be_neither_read_nor_set(field):
    """It may have gone meanwhile; the sentence names it."""
    with pytest.raises(Refusal):
        value_of(ALL, field)
    with pytest.raises(Refusal):
        with_value(ALL, field, 1)


@pytest.mark.parametrize(
    ("plain", "why"),
    [
        ({"criterions": []}, "can't have criterions"),
        ({"criteria": [{"attribute": "size"}]}, "needs comparison"),
        ({"criteria": [{"attribute": "size", "comparison": "over", "points": 1}]}, "comparison of size"),
        ({"criteria": [{"attribute": "size", "comparison": "is_true", "points": 1.5}]}, "points of size"),
        ({"levels": [{"cutoff": 0}]}, "level needs name"),
        ({"caps": {"luck": 3}}, "group"),
        ({"capacity": "many"}, "The capacity must be a whole number"),
        ({"capacity": -1}, "The capacity of hot must lie between 0 and 1,000,000,000 a week, got -1"),
        ({"capacity": 9, "levels": [RAW, {**HOT, "capacity": 1}]}, "Each level has its own capacity"),
        ({"levels": [RAW, {**HOT, "capacity": 1.5}]}, "The capacity of hot must be a whole number"),
        ({"levels": [RAW, {**HOT, "capacity": 10**12}]}, "must lie between 0 and 1,000,000,000 a week"),
        ({"levels": [RAW, {**HOT, "sla_hours": 10**9}]}, "must lie between 1 and 10,000 hours"),
        ({"levels": [RAW, {**HOT, "name": "h" * 61}]}, "one line of up to 60 characters"),
        ({"levels": [RAW, {**HOT, "name": "h\no"}]}, "one line of up to 60 characters"),
        ({"levels": [RAW, {**HOT, "name": "RAW"}]}, "Each level needs a name of its own"),
        ({"levels": [RAW, {**HOT, "enters_hand_off": "no"}]}, "must be true or false"),
        ({"levels": [RAW, {**HOT, "sla_hour": 8}]}, "can't have sla_hour"),
        ([1], "A definition is a table of criteria, levels"),
    ],
)
def test_plain_data_that_is_no_definition_is_refused_with_the_part(plain, why):
    """A person finds the line in the file."""
    with pytest.raises(Refusal, match=why):
        from_plain(plain)
