"""Rules of coming together: where two positions differ, and the moves that settle it."""

from datetime import datetime

import pytest

from alignment.domain.agreement import Draft, Edit, Person, Side, Signature, Terms, Version
from alignment.domain.agreement_words import edit_words
from alignment.domain.definition import Comparison, Criterion, Definition, Group
from alignment.domain.scale import Scale
from alignment.domain.settlement import (
    Difference,
    Meeting,
    Way,
    differences,
    half_way,
    in_order,
    meetings,
    ways,
    ways_for_all,
)

ADA, BO = Person("Ada", Side.MARKETING), Person("Bo", Side.SALES)
NOON = datetime(2026, 7, 1, 12)
POINTS, THRESHOLD, HOT = "criteria.size.points", "criteria.size.threshold", "levels.2.cutoff"
SIZE = Criterion("size", "size", Comparison.AT_LEAST, 50, 15)
BASE = Version(1, Definition((SIZE, Criterion("role", "role", Comparison.ONE_OF, ("boss",), 5))), Terms("x"))
STOPS = Scale("size", Comparison.AT_LEAST, stops=(1.0, 10.0, 50.0, 200.0, 1000.0, 5000.0))


def drafted(*edits, signatures=()):
    """Return a draft after these edits, `(who, field, value)` each, as the ledger writes them."""
    draft = Draft(BASE)
    for seq, (who, field, value, *undoes) in enumerate(edits, 1):
        edit = Edit(seq, NOON, who, field, draft.value_of(field), value, *undoes)
        draft = Draft(BASE, (*draft.edits, edit))
    return Draft(BASE, draft.edits, signatures)


@pytest.mark.parametrize(
    ("field", "one", "other", "middle"),
    [
        (POINTS, 10, 20, 15),
        (POINTS, 20, 10, 15),
        (POINTS, 10, 13, 11),
        (POINTS, -50, -5, -28),
        (POINTS, 10, 11, None),
        (POINTS, 10, 10, None),
        (HOT, 60, 71, 65),
        ("levels.2.sla_hours", 8, 24, 16),
        ("levels.2.sla_hours", None, 24, None),
        ("levels.2.capacity", 20, 41, 30),
        ("caps.fit", 20, 40, 30),
        ("caps.fit", None, 40, None),
        (THRESHOLD, 1, 5000, 50.0),
        (THRESHOLD, 5000, 1, 50.0),
        (THRESHOLD, 10, 200, 50.0),
        (THRESHOLD, 50, 200, None),
        (THRESHOLD, 7, 30, 10.0),
        (THRESHOLD, ["a"], ["b"], None),
        ("criteria.size.group", "fit", "engagement", None),
        ("levels.2.name", "hot", "warm", None),
        ("levels.2.enters_hand_off", True, False, None),
    ],
)
def test_half_way_is_the_value_in_the_middle_that_the_slider_can_take(field, one, other, middle):
    """The same whoever is named first; None where nothing lies between."""
    comparison = Comparison.ONE_OF if isinstance(one, list) else STOPS.comparison
    scale = Scale("size", comparison, stops=() if isinstance(one, list) else STOPS.stops)

    assert half_way(field, one, other, scale) == middle


def test_half_way_of_a_column_that_is_gone_is_not_known():
    """Without its values there are no stops to halt at."""
    assert half_way(THRESHOLD, 1, 5000, None) is None


def test_positions_differ_field_by_field():
    """Criteria, levels and caps; what both want alike is no difference."""
    alike = (ADA, THRESHOLD, 10), (BO, THRESHOLD, 10)
    draft = drafted((ADA, POINTS, 20), (BO, HOT, 70), (BO, "caps.fit", 30), *alike)

    found = differences(draft.position_of(Side.MARKETING), draft.position_of(Side.SALES))

    assert found == (
        Difference(POINTS, 20, 15),
        Difference(HOT, 60, 70),
        Difference("caps.fit", None, 30),
    )


def test_to_take_what_the_other_has_put_in_settles_the_difference():
    """The draft stays as it is, and nobody differs any more."""
    draft = drafted((ADA, POINTS, 20))
    assert draft.is_moved_by(Side.SALES, POINTS, 20)

    agreed = drafted((ADA, POINTS, 20), (BO, POINTS, 20))

    assert differences(agreed.position_of(Side.MARKETING), agreed.position_of(Side.SALES)) == ()
    assert not agreed.is_moved_by(Side.SALES, POINTS, 20)


def test_undo_takes_a_side_back_to_where_it_stood():
    """Not to what the other side had set before it."""
    draft = drafted((BO, POINTS, 10), (ADA, POINTS, 30), (BO, POINTS, 20), (BO, POINTS, 30, 3))

    assert draft.position_of(Side.SALES).criterion("size").points == 10
    assert draft.position_of(Side.MARKETING).criterion("size").points == 30


def test_the_log_says_a_yes_as_a_yes():
    """`20 → 20` would look like nothing."""
    draft = drafted((ADA, POINTS, 20), (BO, POINTS, 20), (BO, POINTS, 20, 2))

    assert [edit_words(draft, edit) for edit in draft.edits] == [
        "points of size 15 → 20",
        "yes to points of size 20",
        "took back: yes to points of size 20",
    ]


def test_undo_of_taking_theirs_brings_the_difference_back():
    """The edit changed nothing in the draft, and still can be taken back."""
    draft = drafted((ADA, POINTS, 20), (BO, POINTS, 20), (BO, POINTS, 20, 2))

    assert draft.position_of(Side.SALES).criterion("size").points == 15


@pytest.mark.parametrize(
    ("edits", "side", "offered"),
    [
        ([], Side.SALES, {}),
        ([(ADA, POINTS, 21)], Side.SALES, {Way.THEIRS: 21, Way.HALF_WAY: 18, Way.IN_FORCE: 15}),
        ([(ADA, POINTS, 21)], Side.MARKETING, {Way.THEIRS: 15, Way.HALF_WAY: 18}),
        ([(ADA, POINTS, 16)], Side.SALES, {Way.THEIRS: 16, Way.IN_FORCE: 15}),
        (
            [(ADA, POINTS, 21), (BO, POINTS, 11)],
            Side.SALES,
            {Way.THEIRS: 21, Way.HALF_WAY: 16, Way.IN_FORCE: 15},
        ),
        ([(ADA, POINTS, 21), (BO, POINTS, 21)], Side.SALES, {Way.IN_FORCE: 15}),
        ([(ADA, POINTS, 21)], Side.OBSERVER, {}),
    ],
    ids=["no edits", "other moved", "own move", "nothing between", "both moved", "settled", "observer"],
)
def test_a_way_is_offered_where_it_moves_something(edits, side, offered):
    """The draft or one's own position; two ways to one value are one."""
    assert ways(drafted(*edits), side, POINTS) == offered


def test_a_cutoff_that_the_draft_cannot_take_is_not_offered():
    """Hot can't go below where warm stands now."""
    draft = drafted((ADA, HOT, 40), (BO, HOT, 80), (BO, "levels.1.cutoff", 50))

    assert Way.THEIRS not in ways(draft, Side.SALES, HOT)


def test_of_a_signed_draft_only_what_changes_it_is_offered():
    """A mere yes is given by signing; it must not void the other side's signature."""
    draft = drafted((ADA, POINTS, 20), signatures=[Signature(ADA, NOON, 1)])

    assert ways(draft, Side.SALES, POINTS) == {Way.HALF_WAY: 17, Way.IN_FORCE: 15}


def test_all_of_theirs_comes_in_an_order_that_the_draft_can_take():
    """Warm rises above where hot was: hot has to go first."""
    wanted = ((ADA, HOT, 90), (ADA, "levels.1.cutoff", 70), (ADA, POINTS, 30))
    draft = drafted(*wanted, (BO, "levels.1.cutoff", 35), (BO, HOT, 60))

    steps = ways_for_all(draft, Side.SALES, {})

    assert steps[Way.THEIRS] == ((POINTS, 30), (HOT, 90), ("levels.1.cutoff", 70))
    assert steps[Way.HALF_WAY] == ((POINTS, 22), ("levels.1.cutoff", 52), (HOT, 75))


def test_steps_that_block_each_other_are_put_in_turn():
    """Level by level from the top when they rise."""
    rising = [("levels.1.cutoff", 70), (HOT, 90)]

    assert in_order(Definition(), rising) == ((HOT, 90), ("levels.1.cutoff", 70))
    assert in_order(Definition(), [(HOT, 30)]) == ()


def test_both_can_meet_half_way_or_at_one_of_the_two():
    """Of values that have no middle, only at one of the two."""
    assert meetings(Difference(POINTS, 10, 20)) == (
        Meeting(POINTS, 15, None),
        Meeting(POINTS, 10, Side.MARKETING),
        Meeting(POINTS, 20, Side.SALES),
    )
    assert [found.side for found in meetings(Difference("criteria.size.group", "fit", Group.EXCLUSION))] == [
        Side.MARKETING,
        Side.SALES,
    ]
