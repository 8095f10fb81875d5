"""Rules of a link to one criterion: its card is the open one; a link that has grown old says so."""

import pytest

from alignment.domain.definition import Comparison, Criterion, Definition, Level
from alignment.ui.definition_view import card_key
from tests.ui.reading import said_on

LEADS = """
    lead_id  created_at  size  visits
    ada      2026-07-02  50    3
    bob      2026-07-03  20    9
"""
SIZE = Criterion("size", "size", Comparison.AT_LEAST, 10, 50)
VISITS = Criterion("visits", "visits", Comparison.AT_LEAST, 10, 5)
ASKED = Definition((SIZE, VISITS), (Level("raw", 0), Level("hot", 20, enters_hand_off=True)))


@pytest.fixture
def follow(open_page):
    """Return a function that follows a link to the definition page, to a criterion if one is named."""

    def followed(criterion_id=None):
        address = {"open": criterion_id} if criterion_id else {}
        return open_page(
            "definition", address=address, definition=ASKED, leads=LEADS, as_of="2026-07-09 00:00:00"
        )

    return followed


def open_cards(page):
    """Return the cards that are open: each has one button to remove its criterion."""
    return [each.key for each in page.button if (each.key or "").startswith("remove_card")]


def test_without_a_link_the_first_card_is_open(follow):
    """As ever."""
    assert open_cards(follow()) == [f"remove_{card_key('size')}"]


def test_a_link_opens_that_card_in_place_of_the_first(follow):
    """One card is open, and it is another one."""
    assert open_cards(follow("visits")) == [f"remove_{card_key('visits')}"]


def test_a_link_to_what_we_do_not_ask_opens_the_page_as_usual_and_says_so(follow):
    """Somebody removed the criterion since, or typed an address; markup stays text."""
    page = follow("<b>gone</b>")

    assert not page.exception
    assert open_cards(page) == [f"remove_{card_key('size')}"]
    assert "opens the criterion “<b>gone</b>”, which we do not ask" in said_on(page)
