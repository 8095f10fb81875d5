"""The board: one shared goal, and side by side what we won and how leads become wins."""

import streamlit as st

from alignment.ui import board, dress, goal, live, loads, pick, promise, received

view = pick.view("Our goal, {period}", undated="What we won, {period}")
dress.also("promise.css")
live.targets(goal.BLOCK, "promises")


@st.fragment(key="promises")
def promises() -> None:
    """Show what both sides promised; the doorbell has it run again."""
    with live.drawing("promises"):
        promise.show(view)


attainment = goal.show(view)
promises()

revenue, conversion = st.columns(2, gap="small")
with revenue:
    board.shared_revenue(view, attainment)
with conversion:
    board.from_lead_to_won(view)
received.on_board(view)
loads.say(view)
