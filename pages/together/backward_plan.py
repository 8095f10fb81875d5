"""The plan backwards: how many wins, SQLs, MQLs and leads our goal needs, and until when."""

import streamlit as st

from alignment.ui import backward_plan, dress, goal, live, pick

view = pick.view("Plan backwards, {period}")
dress.also("backward_plan.css")
live.targets(goal.BLOCK, "backward_plan")


@st.fragment(key="backward_plan")
def plan() -> None:
    """Show the plan, moved by all of us; the doorbell has it run again."""
    with live.drawing("backward_plan"):
        backward_plan.show(view)


goal.show(view)
plan()
