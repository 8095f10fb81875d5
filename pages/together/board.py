"""The board: one shared goal, and side by side what we won and how leads become wins."""

import streamlit as st

from alignment.ui import board, goal, pick, received

view = pick.view("Our goal, {period}", undated="What we won, {period}")
attainment = goal.show(view)

revenue, conversion = st.columns(2, gap="small")
with revenue:
    board.shared_revenue(view, attainment)
with conversion:
    board.from_lead_to_won(view)
received.on_board(view)
