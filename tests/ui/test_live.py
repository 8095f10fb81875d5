"""Rules of what a live page still owes its reader after a run that was cut short."""

from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from alignment.ui import live


@pytest.fixture(autouse=True)
def settles_at_once(monkeypatch):
    """Have the browser hear of the end of a run before the next one begins."""
    monkeypatch.setattr(live, "SETTLES_S", -1.0)


def left_owed(script, *drawn):
    """Run a script that names a page's fragments, then draw some of them; return what the next run owes.

    Of each fragment: whether it was drawn already.
    """
    page = AppTest.from_function(script, kwargs={"drawn": drawn})
    page.run()
    assert not page.exception
    return dict(page.session_state["left"])


def one_in_another(drawn):
    """Be a page with one fragment around the others, two of which are owed."""
    import streamlit as st  # noqa: PLC0415 - runs as a script of its own

    from alignment.ui import live  # noqa: PLC0415 - runs as a script of its own

    live.targets("page", parts=lambda *_: ())
    live.owed().update({"figures": None, "agree": None})
    for key in drawn:
        with live.drawing(key):
            pass
    st.session_state["left"] = {key: when is not None for key, when in live.owed().items()}


def side_by_side(drawn):
    """Be a page with three fragments of its own, all owed."""
    import streamlit as st  # noqa: PLC0415 - runs as a script of its own

    from alignment.ui import live  # noqa: PLC0415 - runs as a script of its own

    live.targets("strip", "lists", "reasons")
    live.owed().update({"strip": None, "lists": None, "reasons": None})
    for key in drawn:
        with live.drawing(key):
            pass
    st.session_state["left"] = {key: when is not None for key, when in live.owed().items()}


@pytest.mark.parametrize(
    ("drawn", "owed"),
    [
        ((), {"figures": False, "agree": False}),
        (("figures",), {"figures": True, "agree": False}),
        (("figures", "agree"), {}),
        (("page",), {}),
    ],
)
def test_a_fragment_is_owed_until_all_of_its_run_are_drawn(drawn, owed):
    """The browser clears what a fragment no longer shows at the end of a run only, not of one cut short."""
    assert left_owed(one_in_another, *drawn) == owed


def test_what_was_drawn_just_before_the_next_run_is_owed_anew(monkeypatch):
    """That run may take the place of the message that the drawing's own run has ended."""
    monkeypatch.setattr(live, "SETTLES_S", 60.0)

    assert left_owed(one_in_another, "page") == {"figures": False, "agree": False}


def without_one_of_its_parts():
    """Be a page that owes a part which was never drawn, and catches up when asked to."""
    import streamlit as st  # noqa: PLC0415 - runs as a script of its own

    from alignment.ui import live  # noqa: PLC0415 - runs as a script of its own

    def look():
        live.owed()["a part that is not there"] = None
        live.catch_up()

    @st.fragment(key="page")
    def page():
        with live.drawing("page"):
            st.session_state["drawn"].append("page")
            st.button("Look again", on_click=look)

    st.session_state.setdefault("drawn", []).append("script")
    live.targets("page", parts=lambda *_: ())
    page()
    st.session_state["left"] = list(live.owed())


def test_a_part_that_is_not_there_keeps_nothing_from_being_drawn_again():
    """What holds it failed when it was last drawn: that is drawn anew, else the page stayed as it is."""
    page = AppTest.from_function(without_one_of_its_parts).run()

    page.button[0].click().run()

    assert not page.exception
    assert page.session_state["drawn"] == ["script", "page", "page"]
    assert page.session_state["left"] == []


def side_by_side_without_one():
    """Be a page of parts side by side, of which one could not be drawn; it catches up when asked to."""
    import streamlit as st  # noqa: PLC0415 - runs as a script of its own

    from alignment.ui import live  # noqa: PLC0415 - runs as a script of its own

    def look():
        live.owed()["lists"] = None
        live.catch_up()
        st.session_state["has_asked_for_all"] = live._WHOLE in st.session_state

    @st.fragment(key="strip")
    def strip():
        st.button("Look again", on_click=look)

    live.targets("strip", "lists")
    strip()


def test_of_parts_side_by_side_one_that_is_not_there_has_the_whole_page_drawn():
    """The bar does so when it runs next."""
    page = AppTest.from_function(side_by_side_without_one).run()

    page.button[0].click().run()

    assert not page.exception
    assert page.session_state["has_asked_for_all"]


@pytest.mark.parametrize("first", ["strip", "lists", "reasons"])
def test_fragments_side_by_side_are_owed_each_for_itself(first):
    """One of them drawn, the others would else stay as they were."""
    owed = left_owed(side_by_side, first)

    assert owed == {"strip": False, "lists": False, "reasons": False} | {first: True}


@pytest.mark.parametrize(
    ("asked", "told", "is_whole", "is_looked_at"),
    [
        (["bar"], {}, False, True),
        (["bar"], {"isWhole": True}, True, False),
        (["passport", "bar"], {}, True, False),
        (None, {}, False, False),
    ],
)
def test_a_ring_takes_the_place_of_nothing_that_a_person_asked_for(
    monkeypatch, asked, told, is_whole, is_looked_at
):
    """Alone the bar has the live parts drawn; else the whole page is, which the person's wish is part of."""
    looks = []
    state = {"doorbell": SimpleNamespace(ring=told)}
    monkeypatch.setattr(live.st, "session_state", state)
    monkeypatch.setattr(live, "get_script_run_ctx", lambda: SimpleNamespace(fragment_ids_this_run=asked))
    monkeypatch.setattr(live, "_is_new_load", lambda: False)
    monkeypatch.setattr(live, "look_again", lambda **_: looks.append(True))

    live._rung()

    assert (live._WHOLE in state, bool(looks)) == (is_whole, is_looked_at)
