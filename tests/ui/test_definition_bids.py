"""Rules of what the page says and offers once bids are open."""

from datetime import datetime

import pytest

from alignment import whatif
from alignment.domain.agreement import Draft, Edit, Person, Side, Terms, Version
from alignment.domain.bid import Bid, Reveal
from alignment.domain.definition import Comparison, Criterion, Definition
from alignment.ui import agreement_panel, definition_bids, definition_view
from alignment.ui.definition_view import AGREES, HEAD, PANEL, DefinitionView
from alignment.ui.reader import Reader

ADA, BO = Person("Ada", Side.MARKETING), Person("Bo", Side.SALES)
NOON = datetime(2026, 7, 1, 12)
HOT, SIZE = "levels.2.cutoff", "criteria.size.threshold"
IN_FORCE = Definition(criteria=(Criterion("size", "size", Comparison.AT_LEAST, 10, 50),))
LEADS = """
    lead_id  created_at  size
    ada      2026-05-04  10
    bob      2026-05-05  20
    cem      2026-05-06  50
    dot      2026-05-07  90
    eve      2026-05-08  400
"""


def opened(field, marketing, sales, seq=0):
    """Return the bids of Ada and Bo, opened at edit `seq`."""
    return Reveal(field, Bid(ADA, marketing), Bid(BO, sales), NOON, seq)


@pytest.fixture
def looking(given):
    """Return the page's view with some bids opened and edits made."""
    snapshot = given(leads=LEADS, as_of="2026-07-01T12:00:00")

    def view(*reveals, edits=()):
        draft = Draft(Version(1, IN_FORCE, Terms("start")), edits, reveals=reveals)
        impact = whatif.impact(snapshot, IN_FORCE, draft.definition)
        return DefinitionView(draft, snapshot, impact, whatif.scales(snapshot, draft.definition), Reader())

    return view


@pytest.mark.parametrize(
    ("reveal", "offers"),
    [
        (opened(HOT, 50, 65), {"● Take marketing’s": 50, "■ Take sales’": 65, "Meet half-way": 57}),
        (opened(SIZE, 10, 90), {"● Take marketing’s": 10, "■ Take sales’": 90, "Meet half-way": 20}),
        (opened(HOT, 50, 51), {"● Take marketing’s": 50, "■ Take sales’": 51}),
        (opened(HOT, 55, 55), {"We agree:": 55}),
    ],
    ids=["a whole number", "a stop of the slider", "nothing in between", "the same"],
)
def test_opened_bids_offer_each_sides_value_and_one_half_way(looking, reveal, offers):
    """Half-way is a value that the slider halts at, and is offered where there is one."""
    assert definition_bids.offers(looking(reveal), reveal) == offers


def test_a_side_sees_of_its_bid_nothing_settled_once_somebody_moved_the_field(looking):
    """The offer stood on the value as it was."""
    moved = Edit(1, NOON, BO, HOT, 60, 65)

    assert definition_bids.unsettled(looking(opened(HOT, 50, 65)).draft) == (opened(HOT, 50, 65),)
    assert definition_bids.unsettled(looking(opened(HOT, 50, 65), edits=(moved,)).draft) == ()


def test_the_newest_bids_on_a_field_stand_for_it(looking):
    """A second round takes the place of the first."""
    first, second = opened(HOT, 50, 65), opened(HOT, 58, 61)

    assert definition_bids.unsettled(looking(first, second).draft) == (second,)


def test_the_log_says_both_bids_in_the_order_they_came(looking):
    """After the edit that was there when they were opened, before the next one."""
    edits = tuple(Edit(seq, NOON, BO, "criteria.size.points", 50 - seq, 49 - seq) for seq in (1, 2))
    reveal = opened(HOT, 50, 65, seq=1)
    draft = looking(reveal, edits=edits).draft

    assert agreement_panel._entries(draft) == [edits[0], reveal, edits[1]]
    assert agreement_panel.reveal_words(draft, reveal) == "Both bid on cutoff of hot: ● Ada 50, ■ Bo 65"


def test_a_ring_without_a_changed_field_draws_what_bids_signatures_and_samples_show(looking):
    """The figures stay as they are."""
    assert definition_view.parts(looking().draft, ()) == (HEAD, AGREES, PANEL)
