"""The least that a page can do with a move: one slider, and its value as text below."""

import streamlit as st

with st.container(key="bare"):
    moved = st.slider("Value", 0, 100, 50)
st.markdown(f"- value {moved}")
