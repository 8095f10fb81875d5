"""Rules of the pictures of the open pipeline: bars that add up, words that say the same."""

from datetime import date

import pytest

from alignment.domain.cohort import Passport
from alignment.domain.money import Money
from alignment.domain.period import Period
from alignment.domain.pipeline_age import OpenDeals, PipelineAge
from alignment.domain.pipeline_bridge import Part, PipelineBridge
from alignment.ui import charts
from alignment.ui.pictures.pipeline_age import sentence as said_of_ages
from alignment.ui.pictures.pipeline_bridge import sentence, table
from alignment.ui.words import Words
from tests.ui.test_charts import DESK

EN = Words.of("en")
PASSPORT = Passport("", "", "")
JULY = Period(date(2026, 7, 1), date(2026, 8, 1))


def part(name, amount, count=1):
    """A part of whole euros."""
    return Part(name, Money(amount * 100, "EUR"), count)


BRIDGE = PipelineBridge(
    JULY,
    part("start", 300),
    (part("created", 100), part("up", 0, 0), part("down", -50), part("lost", -100), part("won", -30)),
    part("end", 220),
    is_now=False,
    passport=PASSPORT,
)
OPEN = PipelineAge(
    (
        OpenDeals("Proposal", "0–2 days", 2, Money(300_00, "EUR"), 0),
        OpenDeals("Proposal", "over 30 days", 1, None, 1),
        OpenDeals("<b>Talk</b>", "over 30 days", 1, Money(50_00, "EUR"), 0),
    ),
    PASSPORT,
)


def test_each_bar_begins_where_the_one_before_it_ends():
    """300, + 100 on top of it, − 50 − 100 − 30 from 400 down to 220."""
    (bars,) = charts.pipeline_bridge(BRIDGE, DESK).data
    assert list(bars.base) == [0, 300, 400, 350, 250, 220, 0]
    assert list(bars.x) == [300, 100, 0, 50, 100, 30, 220]
    assert list(bars.text) == ["<b>€300</b>", "+€100", "€0", "−€50", "−€100", "−€30", "<b>€220</b>"]


def test_the_bridge_is_said_in_a_sentence_and_a_table():
    """The same values, each with its sign."""
    assert sentence(BRIDGE, EN) == (
        "€300 were open at the start, €220 are at the end:"
        " +€100 created, €0 up, −€50 down, −€100 lost, −€30 won."
    )
    rows = table(BRIDGE).rows
    assert (rows[0][0], rows[-1][0], len(rows)) == ("open at the start", "open at the end", 7)


def test_the_pipeline_is_split_by_age_the_oldest_in_full_colour():
    """One bar an age; a stage without an amount has no length, and text of the data stays text."""
    young, old = charts.pipeline_age(OPEN, DESK).data
    assert (list(young.x), list(old.x), list(old.y)) == ([300], [0, 50], [0, 1])
    assert old.marker.color.endswith("1.00)")
    assert "&lt;b&gt;Talk" in charts.pipeline_age(OPEN, DESK).layout.yaxis.ticktext[1]


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (OPEN, "4 deals are open, worth €350.00; 2 of them over 30 days in their stage, €50.00."),
        (
            PipelineAge((OpenDeals("Talk", "over 30 days", 3, None, 3),), PASSPORT),
            "3 deals are open, 3 of them for over 30 days in their stage.",
        ),
    ],
)
def test_how_much_has_lain_for_long_is_said(found, said):
    """In money where there is any."""
    assert said_of_ages(found, "EUR", EN) == said
