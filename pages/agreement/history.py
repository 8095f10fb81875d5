"""History: every definition that has been in force, what changed, who signed, and the edits of the draft."""

import streamlit as st

from alignment.ui import dress, history_panel, live, session

dress.put_on()
live.targets("history")


@st.fragment(key="history")
def history() -> None:
    """Show versions and draft; the doorbell has it run again."""
    with live.drawing("history"):
        versions = session.agreement().versions()
        st.title("History", anchor=False)
        if len(versions) == 1 and not versions[0].signatures:
            st.info("Nothing has been signed yet. Once both sides sign a definition, it stays here.")
        history_panel.versions(versions)
        history_panel.draft_log(session.agreement().draft())


history()
