"""Rules of the thanks: they greet those who agreed, and make room for the next change."""

from datetime import date, datetime, timedelta

import pytest

from alignment.domain.agreement import Draft, Edit, Person, Side, Signature, Terms, Version
from alignment.domain.definition import Definition
from alignment.ui import definition_agree

ADA, BO = Person("Ada", Side.MARKETING), Person("Bo", Side.SALES)
NOON = datetime(2026, 7, 1, 12)
AGREED = Version(
    2,
    Definition(),
    Terms("spring", date(2026, 7, 2)),
    (Signature(ADA, NOON, 4), Signature(BO, NOON, 4)),
    at=NOON,
)
MOVED = Edit(5, NOON, BO, "levels.2.capacity", None, 30)


@pytest.mark.parametrize(
    ("edits", "minutes", "is_said"),
    [((), 1, True), ((MOVED,), 1, False), ((), 31, False)],
    ids=["just agreed", "a new draft is under way", "half an hour ago"],
)
def test_thanks_are_said_for_a_while_and_only_until_the_next_change(edits, minutes, is_said):
    """Over a running draft they would say that we agree on what nobody has signed."""
    draft = Draft(AGREED, edits)

    assert definition_agree.is_just_agreed(draft, NOON + timedelta(minutes=minutes)) == is_said
