"""Lead: why one lead is what it is, in force and by the draft, what would move it, and how it went on."""

import streamlit as st

from alignment.ui import definition_lead, dress, live, reader, session

live.targets("lead_explained")
dress.put_on("definition_lead.css")


@st.fragment(key="lead_explained")
def lead() -> None:
    """Show the search and the lead; the doorbell has it run again when the draft moves."""
    with live.drawing("lead_explained"):
        draft, snapshot = session.agreement().draft(), session.snapshot()
        st.title("Explain a lead", anchor=False)
        found = definition_lead.chosen(draft, snapshot)
        if found:
            definition_lead.explanation(found, draft, snapshot, reader.here(), is_wide=True)


lead()
