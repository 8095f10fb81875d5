"""Quality: how fresh the data is, how full its columns are, what contradicts itself."""

import streamlit as st

from alignment.ui import quality, session

st.title("Data quality", anchor=False)
snapshot = session.snapshot()

quality.fresh(snapshot)
quality.contradicting(snapshot)
quality.full(snapshot)
quality.loaded(snapshot)
