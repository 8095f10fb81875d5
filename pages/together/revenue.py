"""Revenue: what we won, against the goal, and what it is made of; every deal one click away."""

import streamlit as st

from alignment.ui import ahead, attribution, detail, goal, live, loads, pick, pictures, rows

view = pick.view("Shared revenue, {period}")
live.targets(goal.BLOCK)
goal.show(view)
detail.revenue_figures(view)
ahead.show(view)
loads.say(view)

left, right = st.columns(2, gap="large")
with left:
    detail.panel(
        view, "won", "Won to date", lambda: pictures.won_to_date(view, goal.attainment(view), can_leave=True)
    )
with right:
    month = detail.panel(
        view,
        "months",
        "Won by month",
        lambda: pictures.won_by_month(view, goal.all_goals(), can_leave=True),
        can_choose=True,
    )

left, right = st.columns(2, gap="large", vertical_alignment="bottom")
with left:
    detail.panel(view, "pipeline", "Open pipeline", lambda: pictures.pipeline_age(view))
with right:
    detail.won_by(view)

attribution.show(view)
detail.panel(view, "pipeline_bridge", "Pipeline bridge", lambda: pictures.pipeline_bridge(view))

with st.container(key="rows"):
    st.header("The deals behind it", anchor=False)
    rows.deals(view, month)
