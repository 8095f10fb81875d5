"""The digest: all that somebody who was away needs, in one screen; nothing can be changed here."""

import streamlit as st

from alignment.ui import digest, dress, live, pick

view = pick.view("Where we stand, {period}", undated="Where we stand")
dress.also("digest.css")
live.targets("digest")
digest.remember()


@st.fragment(key="digest")
def show() -> None:
    """Show the whole digest; the doorbell has it run again."""
    with live.drawing("digest"):
        digest.show(view)


show()
