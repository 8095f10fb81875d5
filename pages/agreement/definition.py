"""Definition: what a qualified lead is, moved by both sides at once, and signed."""

import streamlit as st

from alignment.domain.definition import HIGHEST_SCORE, MOST_POINTS
from alignment.domain.definition_words import condition, sentence
from alignment.ui import agreement_panel, live, session, synced
from alignment.ui.plain import plain

live.targets("definition")


@st.fragment(key="definition")
def definition() -> None:
    """Show the draft; the doorbell has it run again."""
    live.begin()
    draft = session.agreement().draft()
    st.title("Definition")
    st.write(plain(sentence(draft.definition)))
    controls, agree = st.columns([3, 2], gap="large")
    with controls:
        for criterion in draft.definition.criteria:
            field = f"criteria.{criterion.criterion_id}.points"
            synced.slider(draft, field, f"Points when {condition(criterion)}", -MOST_POINTS, MOST_POINTS)
            agreement_panel.marks(draft, field)
        for position, level in enumerate(draft.definition.levels[1:], start=1):
            field = f"levels.{position}.cutoff"
            synced.slider(draft, field, f"Cutoff of {level.name}, points", 0, HIGHEST_SCORE)
            agreement_panel.marks(draft, field)
    with agree:
        agreement_panel.signing(draft, {})
        agreement_panel.undo_button(draft)
        agreement_panel.change_log(draft)


definition()
