"""Conversion: from any stage to any later one; where leads come from, and where they stop."""

import streamlit as st

from alignment.ui import bridge, detail, pick, pictures, rows

view = pick.view("From lead to won, {period}")
start, end = detail.steps(view)
detail.conversion_figures(view, start, end)

left, right = st.columns(2, gap="large")
with left:
    stage = detail.panel(
        view, "path", "Lead → Won", lambda: pictures.path(view, can_leave=True), can_choose=True
    )
with right:
    title = f"{start.label} → {end.label} by month"
    detail.panel(view, "trend", title, lambda: pictures.trend(view, start, end, can_leave=True))

left, right = st.columns(2, gap="large", vertical_alignment="bottom")
with left:
    detail.by_column(view, start, end)
with right:
    bridge.show(view)

with st.container(key="rows"):
    st.header("The leads behind it", anchor=False)
    rows.leads(view, stage)
