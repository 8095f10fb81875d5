"""Rules of what a live page still owes its reader after a run that was cut short."""

import pytest
from streamlit.testing.v1 import AppTest

from alignment.ui import live


def left_owed(script, *drawn):
    """Run a script that names a page's fragments, then draw some of them; return what is owed after it."""
    page = AppTest.from_function(script, kwargs={"drawn": drawn})
    page.run()
    assert not page.exception
    return dict(page.session_state[live.OWED])


def one_in_another(drawn):
    """Be a page with one fragment around the others, two of which are owed."""
    import streamlit as st  # noqa: PLC0415 - runs as a script of its own

    from alignment.ui import live  # noqa: PLC0415 - runs as a script of its own

    live.targets("page", parts=lambda *_: ())
    st.session_state[live.OWED] = {"figures": False, "agree": False}
    for key in drawn:
        with live.drawing(key):
            pass


def side_by_side(drawn):
    """Be a page with three fragments of its own, all owed."""
    import streamlit as st  # noqa: PLC0415 - runs as a script of its own

    from alignment.ui import live  # noqa: PLC0415 - runs as a script of its own

    live.targets("strip", "lists", "reasons")
    st.session_state[live.OWED] = {"strip": False, "lists": False, "reasons": False}
    for key in drawn:
        with live.drawing(key):
            pass


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


@pytest.mark.parametrize("first", ["strip", "lists", "reasons"])
def test_fragments_side_by_side_are_owed_each_for_itself(first):
    """One of them drawn, the others would else stay as they were."""
    owed = left_owed(side_by_side, first)

    assert owed == {"strip": False, "lists": False, "reasons": False} | {first: True}
