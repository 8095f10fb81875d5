"""The panels below the figures, one at a time: each looks at what the draft does from another side."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from alignment.ui import (
    definition_capacity,
    definition_code,
    definition_differ,
    definition_lead,
    definition_quality,
    definition_segments,
    definition_suggest,
)
from alignment.ui.definition_view import DefinitionView

OPENED = "panel"


@dataclass(frozen=True)
class Panel:
    """A panel's name on the page, its icon, and what draws it."""

    name: str
    icon: str
    show: Callable[[DefinitionView], None]


PANELS: Mapping[str, Panel] = {
    "quality": Panel("How good is it", "verified", definition_quality.show),
    "differ": Panel("Where we differ", "join_inner", definition_differ.show),
    "capacity": Panel("What we can work", "speed", definition_capacity.show),
    "segments": Panel("Who disappears", "group_remove", definition_segments.show),
    "suggest": Panel("What the data suggests", "lightbulb", definition_suggest.show),
    "lead": Panel("Explain a lead", "person_search", definition_lead.show),
    "code": Panel("Take it along", "output", definition_code.show),
}
"""The panels in the order of the questions that a meeting asks, by their names in the address."""


def show(view: DefinitionView) -> None:
    """Offer the panels, and draw the chosen one; the choice stays in the address, by its name."""
    named = st.query_params.get(OPENED)
    if OPENED not in st.session_state and named in PANELS:
        st.session_state[OPENED] = named
    chosen = st.segmented_control(
        "Look closer",
        list(PANELS),
        key=OPENED,
        format_func=lambda name: f":material/{PANELS[name].icon}: {PANELS[name].name}",
        label_visibility="collapsed",
    )
    if named and not chosen:
        del st.query_params[OPENED]
    if chosen:
        st.query_params[OPENED] = chosen
        with st.container(key=f"panel_{chosen}"):
            PANELS[chosen].show(view)
