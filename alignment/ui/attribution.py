"""What brought it: how touches are grouped and weighed, the models, and sourced beside influenced."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from alignment.domain.attribution import (
    LONGEST_HALF_LIFE,
    SHORTEST_HALF_LIFE,
    USUAL_HALF_LIFE,
    Before,
    Rules,
)
from alignment.ui import detail, pictures
from alignment.ui.panels import Picture
from alignment.ui.plain import plain
from alignment.ui.view import View

MARKETING, EVERYBODY = "marketing’s", "all, also sales’"
BY = ("channel", "campaign", "source")


def show(view: View) -> None:
    """Show the models side by side, and sourced beside influenced, by the rules that people choose."""
    by, rules = _chosen()
    left, right = st.columns(2, gap="large")
    with left:
        said = st.container()
        detail.panel(
            view,
            "attribution",
            "What brought it?",
            lambda: _said(said, pictures.attribution(view, by, rules)),
        )
    with right:
        said_apart = st.container()
        detail.panel(
            view,
            "sourced_influenced",
            "Sourced and influenced",
            lambda: _said(said_apart, pictures.sourced_influenced(view, rules), pictures.APART),
        )


def _said(where: DeltaGenerator, picture: Picture, more: str = "") -> Picture:
    """Say what a picture shows above it, where everybody reads it."""
    where.markdown(plain(f"{picture.takeaway} {more}"))
    return picture


def _chosen() -> tuple[str, Rules]:
    """Let people choose what touches count for, whose they are, how fast they fade, and what influences."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="attribution_choice"):
        by = st.segmented_control("What brought it, by", BY, default=BY[0], required=True, key="brought_by")
        whose = st.segmented_control(
            "Touches", (MARKETING, EVERYBODY), default=MARKETING, required=True, key="brought_touches"
        )
        before = st.segmented_control(
            "Influenced up to the deal’s",
            list(Before),
            default=Before.CREATION,
            required=True,
            key="brought_before",
        )
        half_life = st.number_input(
            "Half-life of time decay, days",
            SHORTEST_HALF_LIFE,
            LONGEST_HALF_LIFE,
            USUAL_HALF_LIFE,
            step=1.0,
            format="%g",
            key="brought_half_life",
            width=220,
        )
    return by or BY[0], Rules(half_life, whose != EVERYBODY, before or Before.CREATION)
