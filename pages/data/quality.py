"""Quality: how fresh the data is, how full its columns are, what contradicts itself."""

import streamlit as st

from alignment.ui import dress, quality, session

dress.put_on("intake/intake.css")
with st.container(key="intake"):
    st.title("Data quality", anchor=False)
    snapshot = session.snapshot()

    quality.fresh(snapshot)
    quality.contradicting(snapshot)
    quality.full(snapshot)
    quality.loaded(snapshot)
