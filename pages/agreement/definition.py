"""Definition: what a qualified lead is, moved by both sides at once, and signed."""

import streamlit as st

from alignment.ui import (
    definition_agree,
    definition_criteria,
    definition_head,
    definition_impact,
    definition_levels,
    definition_panels,
    definition_view,
    dress,
    live,
    pick,
    reader,
)
from alignment.ui.definition_view import AGREES, FIGURES, HEAD, PANEL, WHOLE

live.targets(WHOLE, parts=definition_view.parts)
dress.put_on(
    "definition.css",
    "control.css",
    "definition_differ.css",
    "definition_lead.css",
    "definition_quality.css",
    "definition_suggest.css",
    look=reader.here(is_room=pick.is_room()).look,
    room=("definition_room.css",),
)


@st.fragment(key=WHOLE)
def definition() -> None:
    """Show the draft and what it would have done; the doorbell has what changed run again."""
    with live.drawing(WHOLE):
        head()
        with st.container(key="columns"):
            asks, does, agrees = st.columns([33, 42, 25], gap="medium")
        with does, st.container(key="does"):
            figures()
            panel()
        with asks:
            definition_criteria.show(definition_view.here())
        with agrees:
            agree()


@st.fragment(key=HEAD)
def head() -> None:
    """Show the sentence, what it changes, and thanks once it is agreed."""
    with live.drawing(HEAD):
        view = definition_view.here()
        definition_agree.thanks(view.draft)
        definition_head.show(view)


@st.fragment(key=FIGURES)
def figures() -> None:
    """Show what the draft would have done, and the levels."""
    with live.drawing(FIGURES):
        view = definition_view.here()
        definition_impact.show(view)
        definition_levels.show(view)


@st.fragment(key=PANEL)
def panel() -> None:
    """Show the panel that somebody here has opened, after what everybody looks at."""
    with live.drawing(PANEL):
        definition_panels.show(definition_view.here())


@st.fragment(key=AGREES)
def agree() -> None:
    """Show terms, signatures and changes."""
    with live.drawing(AGREES):
        definition_agree.show(definition_view.here())


definition()
