"""Definition: what a qualified lead is, moved by both sides at once, and signed."""

import streamlit as st

from alignment.ui import (
    definition_agree,
    definition_criteria,
    definition_head,
    definition_impact,
    definition_levels,
    definition_view,
    dress,
    live,
)

live.targets("definition")
dress.put_on("definition.css")


@st.fragment(key="definition")
def definition() -> None:
    """Show the draft and what it would have done; the doorbell has it run again."""
    live.begin()
    view = definition_view.here()
    definition_agree.thanks(view.draft.base)
    definition_head.show(view)
    with st.container(key="columns"):
        asks, does, agrees = st.columns([33, 42, 25], gap="medium")
    with does, st.container(key="does"):
        definition_impact.show(view)
        definition_levels.show(view)
    with asks:
        definition_criteria.show(view)
    with agrees:
        definition_agree.show(view)


definition()
