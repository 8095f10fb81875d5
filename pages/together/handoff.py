"""Hand-off: what fell in the gap, what was followed up in time, and was it worth it?"""

import streamlit as st

from alignment.ui import dress, handoff, pick

view = pick.view("Hand-off, {period}", undated="Hand-off")
dress.also("handoff.css")
handoff.strip(view)

left, right = st.columns(2, gap="small")
with left:
    handoff.followed_up(view)
with right:
    handoff.fell_in(view)
