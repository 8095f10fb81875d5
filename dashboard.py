"""Accord's entry: `streamlit run dashboard.py` serves it; a host that runs scripts itself shows it."""

from pathlib import Path

import streamlit as st

from alignment.ui import frame, server

if __name__ == "__main__":
    frame.show()
else:
    server.refuse_exposed()
    app = st.App(
        Path(frame.__file__).with_name("screen.py"),
        routes=server.routes(),
        middleware=server.middleware(),
        lifespan=server.warm_up,
        on_script_error=frame.say,
    )
