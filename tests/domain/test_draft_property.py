"""A draft that grew edit by edit is the one read at once: two ways to a definition and both positions."""

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as some

from alignment.domain.agreement import Draft, Edit, Person, Side, Signature, Terms, Version
from alignment.domain.definition import Comparison, Criterion, Definition
from alignment.domain.refusal import Refusal

ADA, BO = Person("Ada", Side.MARKETING), Person("Bo", Side.SALES)
NOON = datetime(2026, 7, 1, 12)
SIZE, DEMO = (
    Criterion("size", "size", Comparison.AT_LEAST, 50, 15),
    Criterion("demo", "demo", Comparison.IS_TRUE, None, 5),
)
BASE = Version(4, Definition((SIZE, DEMO)), Terms("start"))
NEW = {"attribute": "role", "comparison": "is_true", "points": 5}
BACK = {"attribute": "size", "comparison": "at_least", "threshold": 40, "points": 15}

VALUES = {
    "criteria.size": some.sampled_from([BACK, None]),
    "criteria.size.points": some.integers(-20, 20),
    "criteria.size.threshold": some.integers(1, 90),
    "criteria.role": some.sampled_from([NEW, None]),
    "criteria.role.points": some.integers(-20, 20),  # refused where nobody has added it
    "levels.1.cutoff": some.integers(1, 90),
    "levels.2.cutoff": some.integers(1, 90),  # refused where it stands below the one before
    "terms.reason": some.text(max_size=3),
}


def value_before(edits, field):
    """Return what an edit of a field would change, None where there is no such field."""
    try:
        return Draft(BASE, tuple(edits)).value_of(field)
    except Refusal:
        return None


@some.composite
def histories(draw):
    """Draw edits of both sides, some of which take back an earlier one."""
    edits = []
    for seq in range(1, draw(some.integers(1, 14)) + 1):
        who = draw(some.sampled_from([ADA, BO]))
        taken_back = {edit.undoes for edit in edits}
        open_ones = [
            edit for edit in edits if edit.who == who and edit.undoes is None and edit.seq not in taken_back
        ]
        if open_ones and draw(some.integers(0, 4)) == 0:
            undone = draw(some.sampled_from(open_ones))
            edits.append(Edit(seq, NOON, who, undone.field, undone.after, undone.before, undone.seq))
        else:
            field = draw(some.sampled_from(sorted(VALUES)))
            edits.append(Edit(seq, NOON, who, field, value_before(edits, field), draw(VALUES[field])))
    return tuple(edits)


def seen(draft):
    """Return the definition and where each side stands."""
    return draft.definition, draft.position_of(Side.MARKETING), draft.position_of(Side.SALES)


@given(histories(), some.data())
def test_a_draft_that_grew_is_the_draft_read_at_once(edits, data):
    """Wherever somebody looked meanwhile."""
    looks = sorted(data.draw(some.sets(some.integers(0, len(edits)))) | {len(edits)})
    grown, before = Draft(BASE), 0
    for look in looks:
        seen(grown)
        grown, before = grown.grown(edits[before:look]), look

    whole = Draft(BASE, edits)
    assert grown == whole
    assert seen(grown) == seen(whole)


def test_the_signatures_that_are_given_stand_in_the_place_of_those_before():
    """Whoever reads a draft again reads all its signatures."""
    signed = (Signature(ADA, NOON, 0),)

    assert Draft(BASE).grown((), signed).signatures == signed
    assert Draft(BASE, signatures=signed).grown(()).signatures == ()
