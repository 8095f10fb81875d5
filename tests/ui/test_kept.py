"""Figures that are kept: when one is drawn again, and what Streamlit's double hand-over may not cost."""

from dataclasses import replace

import pytest
from babel import Locale

from alignment.domain.cohort import Passport
from alignment.domain.money import Money
from alignment.domain.revenue import Revenue, Revenues
from alignment.ui import charts
from alignment.ui.charts.kept import at_height
from alignment.ui.reader import Reader
from alignment.ui.theme import Look
from alignment.ui.words import Words

PASSPORT = Passport("won", None, None, (), None, "UTC", ())
DESK = Reader()


def won(euros):
    """Return what one source won."""
    row = Revenue({"source": "web"}, Money(euros * 100, "EUR"), 1, 0, None, None, None, None)
    return Revenues((row,), "EUR", PASSPORT)


def drawn(found, reader=DESK, title="Won"):
    """Return the picture of what was won."""
    return charts.won_by(found, ("web",), "source", reader, charts.Caption(title, "all sources"))


def test_the_same_result_for_the_same_reader_is_drawn_once():
    """A page that is opened again builds no figure anew."""
    assert drawn(won(1_200)) is drawn(won(1_200))


@pytest.mark.parametrize(
    "other",
    [
        {"found": won(1_201)},
        {"found": won(1_200), "title": "Won in Q3"},
        {"found": won(1_200), "reader": Reader(Look(is_dark=True))},
        {"found": won(1_200), "reader": Reader(Look(is_room=True))},
        {"found": won(1_200), "reader": replace(DESK, words=Words(Locale("de")))},
    ],
    ids=["one euro more", "another caption", "in the dark", "on the wall", "in German"],
)
def test_whatever_differs_is_another_picture(other):
    """A figure kept from before, shown for another load, choice, theme or language, would be a lie."""
    first, then = drawn(won(1_200)), drawn(**other)

    assert first is not then
    assert first.layout.datarevision != then.layout.datarevision


def test_a_locale_that_has_learnt_more_is_still_the_same_reader():
    """The object grows with each format that is asked of it; its picture is not another one for that."""
    locale = Locale("fr")
    reader = Reader(words=Words(locale))
    first = drawn(won(900), reader)
    locale.months["format"]["wide"][1]

    assert drawn(won(900), reader) is first


def test_a_finished_figure_has_what_plotly_would_draw_again_for():
    """A template is always new to Plotly, and a frame of another height draws the whole picture again."""
    sized = at_height(drawn(won(1_200)), 246)
    plain = sized.to_plotly_json()["layout"]

    assert "template" not in plain
    assert plain["height"] == 246
    assert plain["datarevision"]
    assert plain["xaxis"]["fixedrange"]
    assert plain["font"]["size"] == DESK.look.text_size
    assert at_height(drawn(won(1_200)), 246) is sized
    assert at_height(drawn(won(1_200)), 300).layout.height == 300
