"""Hand-off: what fell in the gap, what was followed up in time, and was it worth it?"""

import streamlit as st

from alignment.ui import (
    compass,
    dress,
    handoff,
    levels,
    live,
    pick,
    promise,
    routing,
    set_quality,
    shelf,
)

view = pick.view("Hand-off, {period}", undated="Hand-off")
dress.also("handoff.css", "promise.css", "compass.css")
live.targets("handoff_strip", "promises", "handoff_compass", "handoff_lists", "handoff_reasons")


@st.fragment(key="handoff_strip")
def strip() -> None:
    """Show what is left in the gap; the doorbell has it run again."""
    with live.drawing("handoff_strip"):
        handoff.strip(view)


@st.fragment(key="promises")
def promises() -> None:
    """Show what both sides promised; the doorbell has it run again."""
    with live.drawing("promises"):
        promise.show(view)


@st.fragment(key="handoff_compass")
def where_we_stand() -> None:
    """Show whether months brought fewer or more than planned; the doorbell has it run again."""
    with live.drawing("handoff_compass"):
        compass.show(view)


@st.fragment(key="handoff_lists")
def lists() -> None:
    """Show who lies there, and route them; the doorbell has it run again."""
    with live.drawing("handoff_lists"):
        routing.show(view)


@st.fragment(key="handoff_reasons")
def reasons() -> None:
    """Show why hand-offs come back, as we mapped the reasons; the doorbell has it run again."""
    with live.drawing("handoff_reasons"):
        set_quality.show(view)


strip()
promises()
left, right = st.columns(2, gap="small")
with left:
    handoff.followed_up(view)
with right:
    handoff.fell_in(view)
where_we_stand()
lists()
left, right = st.columns(2, gap="small")
with left:
    handoff.decided(view)
with right:
    reasons()
levels.show(view)
shelf.show(view)
