"""The two halves of the board: alike in place and order, so that they can be read together."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from alignment.domain.refusal import Refusal
from alignment.domain.revenue import Attainment
from alignment.ui import panels, pictures, sentences
from alignment.ui.plain import plain
from alignment.ui.view import View


@dataclass(frozen=True)
class Measures:
    """What fits a screen of 1920 × 1080: heights in px, and how many sources."""

    main: int
    beside: int
    sources: int


DESK = Measures(main=300, beside=246, sources=9)
WALL = Measures(main=320, beside=174, sources=5)


def shared_revenue(view: View, attainment: Attainment | None) -> None:
    """Show what was won: over time, and below what is open and where it came from."""
    fit, reader = _measures(view), view.reader
    with st.container(key="half_revenue", gap="xxsmall"):
        _heading("Shared revenue", lambda: sentences.revenue(view, attainment))
        panels.show(
            "won",
            lambda: pictures.won_to_date(view, attainment),
            reader,
            title="Won to date",
            height=fit.main,
        )
        left, right = st.columns(2, gap="small")
        with left:
            panels.show(
                "pipeline",
                lambda: pictures.pipeline(view),
                reader,
                title="Open pipeline by stage",
                height=fit.beside,
            )
        with right:
            panels.show(
                "won_by_source",
                lambda: pictures.won_by_source(view, most=fit.sources),
                reader,
                title="Won by source",
                height=fit.beside,
            )


def from_lead_to_won(view: View) -> None:
    """Show how leads become wins: one cohort, and below the trend and each source's quality and quantity."""
    fit, reader = _measures(view), view.reader
    with st.container(key="half_conversion", gap="xxsmall"):
        _heading("From lead to won", lambda: sentences.conversion(view), beside=view.mqls)
        panels.show("path", lambda: pictures.path(view), reader, title="Lead → Won", height=fit.main)
        start, end = pictures.usual_pair(view)
        left, right = st.columns(2, gap="small")
        with left:
            panels.show(
                "trend",
                lambda: pictures.trend(view, start, end),
                reader,
                title=f"{start.label} → {end.label} by month",
                height=fit.beside,
            )
        with right:
            panels.show(
                "sources",
                lambda: pictures.sources(view, start, end, most=fit.sources),
                reader,
                title=f"{start.label} → {end.label} by source",
                height=fit.beside,
            )


def _measures(view: View) -> Measures:
    return WALL if view.choice.is_room else DESK


def _heading(title: str, say: Callable[[], str], beside: str = "") -> None:
    """Put the half's heading and its sentence; `beside` is what holds for all pictures of the half."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.header(title, anchor=False, width="content")
        if beside:
            st.markdown(plain(beside), width="content")
    try:
        sentence = say()
    except Refusal:
        sentence = ""
    st.markdown(plain(sentence or "What this half needs is named below."))
