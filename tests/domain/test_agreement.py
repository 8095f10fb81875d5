"""Rules of coming to one definition: the draft, undo, positions, signatures."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from alignment.domain.agreement import Draft, Edit, Person, Side, Signature, Terms, Version
from alignment.domain.agreement_words import edit_words
from alignment.domain.definition import Comparison, Criterion, Definition, Level
from alignment.domain.definition_plain import level_to_plain, with_value
from alignment.domain.level_pairs import level_pairs
from alignment.domain.refusal import Refusal

ADA = Person("Ada", Side.MARKETING)
BO = Person("Bo", Side.SALES)
NOON = datetime(2026, 7, 1, 12)
POINTS = "criteria.size.points"
BASE = Version(
    4, Definition(criteria=(Criterion("size", "size", Comparison.AT_LEAST, 50, 15),)), Terms("start")
)
NEW = {"attribute": "role", "comparison": "is_true", "points": 5}


def drafted(*edits, signatures=(), begun_seq=0):
    """Return a draft after these edits, each `(who, field, value)` or `(who, field, value, undone seq)`."""
    made = []
    for seq, (who, field, value, *undoes) in enumerate(edits, begun_seq + 1):
        made.append(Edit(seq, NOON, who, field, None, value, *undoes))
    return Draft(BASE, tuple(made), tuple(signatures), begun_seq)


def test_the_draft_holds_the_last_value_of_each_field():
    """Whoever set it."""
    draft = drafted((ADA, POINTS, 20), (BO, POINTS, 25), (ADA, "levels.1.cutoff", 40))

    assert (draft.value_of(POINTS), draft.value_of("levels.1.cutoff")) == (25, 40)


def test_a_side_stands_for_what_it_set_last_and_for_what_is_in_force():
    """Bo's value is not Ada's position."""
    draft = drafted((ADA, POINTS, 20), (BO, POINTS, 25))

    points = {side: draft.position_of(side).criterion("size").points for side in Side}

    assert points == {Side.MARKETING: 20, Side.SALES: 25, Side.OBSERVER: 15}


def test_an_added_criterion_counts_for_both_positions():
    """Else the two could not be compared."""
    draft = drafted((ADA, "criteria.role", NEW), (BO, "criteria.role.points", 9))

    assert draft.position_of(Side.MARKETING).criterion("role").points == 5
    assert draft.position_of(Side.SALES).criterion("role").points == 9


def test_a_criterion_that_comes_back_stands_where_it_stood():
    """Who takes a removal back finds the list as it was; what is new comes last."""
    size, demo = (Criterion(name, name, Comparison.IS_TRUE, None, 5) for name in ("size", "demo"))
    base = Version(4, Definition(criteria=(size, demo)), Terms("start"))
    back = {"attribute": "size", "comparison": "is_true", "points": 5}
    gone = Edit(1, NOON, ADA, "criteria.size", back, None), Edit(2, NOON, BO, "criteria.role", None, NEW)
    again = Edit(3, NOON, ADA, "criteria.size", None, back)

    draft = Draft(base, (*gone, again))

    assert [found.criterion_id for found in draft.definition.criteria] == ["size", "demo", "role"]


def test_a_position_leaves_out_what_only_made_sense_with_the_other_sides_edit():
    """Sales moved hot above warm's new place; in marketing's own view warm never moved."""
    draft = drafted((BO, "levels.1.cutoff", 10), (ADA, "levels.2.cutoff", 20))

    assert [level.cutoff for level in draft.position_of(Side.MARKETING).levels] == [0, 35, 60]
    assert [level.cutoff for level in draft.definition.levels] == [0, 10, 20]


def test_numbers_of_edits_rise_from_draft_to_draft():
    """A fresh draft stands at the last edit of the one before."""
    assert drafted(begun_seq=7).seq == 7
    assert drafted((ADA, POINTS, 20), begun_seq=7).seq == 8


@pytest.mark.parametrize(
    ("edited", "name"),
    [
        (POINTS, POINTS),
        ("criteria.size", POINTS),
        (POINTS, "criteria.size"),
        ("levels", "levels.1.cutoff"),
        ("levels.1.cutoff", "levels"),
    ],
)
def test_a_field_is_stale_when_it_or_what_it_is_part_of_changed_since(edited, name):
    """The whole counts for its parts, and a part for the whole."""
    value = {"criteria.size": NEW, "levels": [{"name": "raw", "cutoff": 0}]}.get(edited, 21)

    draft = drafted((ADA, edited, value))

    with pytest.raises(Refusal, match=r"Ada (set|changed) .* meanwhile; your change was not applied\."):
        draft.refuse_stale(name, 0, draft.definition)


def test_a_field_is_not_stale_by_an_edit_that_was_seen():
    """Nor by one of a field whose name only begins alike."""
    drafted((ADA, POINTS, 20)).refuse_stale(POINTS, 1, BASE.definition)
    drafted((ADA, "criteria.size_2", None)).refuse_stale(POINTS, 0, BASE.definition)


def test_undo_offers_ones_own_newest_edit():
    """Not the other's, though it is newer."""
    draft = drafted((ADA, POINTS, 20), (ADA, "levels.1.cutoff", 40), (BO, "levels.2.cutoff", 70))

    assert draft.undoable_by(ADA).field == "levels.1.cutoff"


def test_undo_again_goes_one_edit_further_back():
    """What was taken back isn't taken back twice."""
    draft = drafted((ADA, POINTS, 20), (ADA, "levels.1.cutoff", 40), (ADA, "levels.1.cutoff", 35, 2))

    assert draft.undoable_by(ADA).field == POINTS


def test_undo_walks_back_through_all_moves_of_one_field():
    """Ada's second move was taken back: nothing stands on her first any more, and that can go too."""
    draft = drafted((ADA, POINTS, 20), (ADA, POINTS, 25), (ADA, POINTS, 20, 2))

    assert draft.undoable_by(ADA) == draft.edits[0]


def test_what_the_other_built_and_took_back_is_in_nobodys_way():
    """Bo's move is gone; Ada's stands alone again."""
    draft = drafted((ADA, POINTS, 20), (BO, POINTS, 25), (BO, POINTS, 20, 2))

    assert draft.undoable_by(ADA) == draft.edits[0]


def test_nothing_is_undone_that_somebody_built_upon():
    """Bo's value would vanish with Ada's."""
    assert drafted((ADA, POINTS, 20), (BO, POINTS, 25)).undoable_by(ADA) is None


def test_a_signature_holds_until_the_next_edit():
    """It was for the draft as it stood."""
    signed = Signature(ADA, NOON, 1)

    assert drafted((ADA, POINTS, 20), signatures=[signed]).signature_of(Side.MARKETING) == signed
    assert (
        drafted((ADA, POINTS, 20), (BO, POINTS, 9), signatures=[signed]).signature_of(Side.MARKETING) is None
    )


def test_a_draft_is_agreed_when_both_sides_signed_the_same_one():
    """Two of one side, or signatures on two states, don't make it."""
    edits = [(ADA, POINTS, 20), (BO, POINTS, 9)]

    def is_agreed(*signatures):
        return drafted(*edits, signatures=[Signature(who, NOON, seq) for who, seq in signatures]).is_agreed

    assert is_agreed((ADA, 2), (BO, 2))
    assert not is_agreed((ADA, 2), (Person("Cleo", Side.MARKETING), 2))
    assert not is_agreed((ADA, 1), (BO, 2))


def test_terms_are_not_carried_over_from_the_version_before():
    """The next change has its own reason and day."""
    assert drafted().terms == Terms("", None)
    assert drafted((ADA, "terms.effective_on", "2026-08-01")).terms.effective_on == date(2026, 8, 1)


@pytest.mark.parametrize("name", ["", "   "])
def test_nobody_takes_part_without_a_name(name):
    """The others see who moves what."""
    with pytest.raises(Refusal, match="Please give your name"):
        Person(name, Side.SALES)


def test_only_marketing_and_sales_edit():
    """An observer looks on."""
    assert [side for side in Side if side.may_edit] == [Side.MARKETING, Side.SALES]


def with_levels(named):
    """Return levels as plain data, each `(name, cutoff)`."""
    return [level_to_plain(level) for level in levels_of(named)]


def levels_of(named):
    """Return levels, each `(name, cutoff)`, of which the highest is handed off."""
    return tuple(Level(*each, enters_hand_off=each == named[-1]) for each in named)


RAW, WARM, HOT = ("raw", 0), ("warm", 35), ("hot", 60)
USUAL = replace(BASE.definition, levels=levels_of([RAW, WARM, HOT]))


@pytest.fixture
def put_in():
    """Return a draft in which sales moved hot, and marketing then put a level between raw and warm."""
    moved = [RAW, WARM, ("hot", 70)]
    edits = (
        Edit(1, NOON, BO, "levels.2.cutoff", 60, 70),
        Edit(2, NOON, ADA, "levels", with_levels(moved), with_levels([RAW, ("cool", 18), *moved[1:]])),
    )
    return Draft(replace(BASE, definition=USUAL), edits)


def test_a_level_put_in_leaves_each_side_where_it_stood(put_in):
    """The new one counts for both; marketing never said that hot begins at 70."""
    stands = {side: [level.cutoff for level in put_in.position_of(side).levels] for side in Side}

    assert stands[Side.MARKETING] == [0, 18, 35, 60]
    assert stands[Side.SALES] == [0, 18, 35, 70]
    assert [level.cutoff for level in put_in.definition.levels] == [0, 18, 35, 70]


def test_what_a_side_moved_is_known_by_its_present_place(put_in):
    """Hot is the fourth level now; the third is warm, which nobody moved."""
    assert put_in.is_set_by(Side.SALES, "levels.3.cutoff")
    assert not put_in.is_set_by(Side.SALES, "levels.2.cutoff")


def test_the_log_speaks_of_the_level_that_was_moved(put_in):
    """Not of the one that stands in its place since."""
    assert edit_words(put_in, put_in.edits[0]) == "cutoff of hot 60 → 70"


def test_the_log_calls_a_criterion_that_is_gone_by_its_attribute():
    """An id is ours, and nobody has seen it."""
    size = {"attribute": "company_size", "comparison": "at_least", "threshold": 50, "points": 15}
    base = replace(BASE, definition=with_value(BASE.definition, "criteria.size", size))
    edits = (Edit(1, NOON, ADA, POINTS, 15, 20), Edit(2, NOON, ADA, "criteria.size", size, None))

    said = [edit_words(Draft(base, edits), edit) for edit in edits]

    assert said == [
        "points of company size 15 → 20",
        "criterion company size +15 when company size is at least 50 → none",
    ]


def test_a_refusal_names_what_was_moved_and_as_it_is_called_now():
    """Who wants to change all levels hears of the one that moved, by the name on the screen."""
    draft = Draft(replace(BASE, definition=USUAL), (Edit(1, NOON, ADA, "levels.2.cutoff", 60, 70),))

    with pytest.raises(Refusal, match=r"^Ada set cutoff of blazing to 70 meanwhile"):
        draft.refuse_stale("levels", 0, with_value(USUAL, "levels.2.name", "blazing"))


@pytest.mark.parametrize(
    ("after", "pairs"),
    [
        ((RAW, WARM, HOT), {0: 0, 1: 1, 2: 2}),
        ((RAW, ("cool", 18), WARM, HOT), {0: 0, 2: 1, 3: 2}),
        ((RAW, WARM, HOT, ("best", 90)), {0: 0, 1: 1, 2: 2}),
        ((RAW, HOT), {0: 0, 1: 2}),
        ((RAW, ("tepid", 35), HOT), {0: 0, 1: 1, 2: 2}),
        ((RAW, HOT, ("best", 90)), {0: 0, 1: 2}),
        ((("cold", 0), WARM, HOT), {0: 0, 1: 1, 2: 2}),
    ],
    ids=[
        "the same",
        "one below",
        "one on top",
        "one gone",
        "renamed",
        "one gone and one on top",
        "lowest renamed",
    ],
)
def test_a_level_is_known_again_by_its_name_else_by_its_place(after, pairs):
    """It has no id: what lies between two that are known is what lay there before."""
    later = replace(USUAL, levels=levels_of(after))

    assert level_pairs(USUAL, later) == pairs
