"""The hand-off page: what fell in the gap, how hand-offs were followed up, how good they were."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from alignment import report
from alignment.domain.black_hole import BlackHole
from alignment.domain.business_hours import MINUTE
from alignment.domain.follow_up import FollowUps
from alignment.domain.refusal import Refusal
from alignment.domain.stage import Stage
from alignment.errors import MissingColumnError
from alignment.ui import handoff_strip, handoff_tables, panels, passport, pictures, routing, terms
from alignment.ui.answers import ask
from alignment.ui.panels import instead
from alignment.ui.plain import plain
from alignment.ui.view import View

STRIP_HEIGHT = 96


@dataclass(frozen=True)
class Measures:
    """The heights of the panels in px."""

    above: int
    below: int
    least: int


DESK = Measures(above=238, below=300, least=170)
WALL = Measures(above=350, below=330, least=230)


def strip(view: View) -> None:
    """Show on top what lies in the black hole, and how hand-offs were followed up."""
    with st.container(key="strip", horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
        found, hole = _follow_up(view), _hole(view)
        refused = [each for each in (found, hole) if isinstance(each, Refusal)]
        known = found.rows[0] if isinstance(found, FollowUps) else None
        inside = routing.left_inside(view) if isinstance(hole, BlackHole) else None
        if known or inside:
            day_minutes = view.snapshot.business_hours.length / MINUTE
            st.html(handoff_strip.strip(known, inside, day_minutes, view.reader.words), width="stretch")
        for each in refused:
            instead(str(each), STRIP_HEIGHT, is_missing=isinstance(each, MissingColumnError))
        _passports(view, found, hole)


def followed_up(view: View) -> None:
    """Show both sides of the argument at once: what was followed up, and what was worth it."""
    agreed, fit = terms.in_force(), _measures(view)
    with st.container(key="half_follow_up", gap="xxsmall"):
        _heading("Followed up, and worth it?", "follow_up")
        _say(lambda: pictures.both_sides(view, agreed))
        panels.show(
            "quality",
            lambda: pictures.quality(view, agreed),
            view.reader,
            title="Follow-up × quality",
            height=fit.above,
        )
        panels.show(
            "compliance",
            lambda: pictures.compliance(view, agreed),
            view.reader,
            title="Touched within the SLA by month",
            height=fit.below,
        )


def fell_in(view: View) -> None:
    """Show the black hole: what lies in it, and how it came to be."""
    agreed, fit = terms.in_force(), _measures(view)
    with st.container(key="half_black_hole", gap="xxsmall"):
        with _heading("The black hole", "black_hole"):
            by = st.segmented_control(
                "Split by",
                list(pictures.BY),
                default="days inside",
                required=True,
                key="hole_by",
                label_visibility="collapsed",
            )
        _say(lambda: pictures.sentence(view, pictures.hole(view, agreed)))
        panels.show(
            "inside",
            lambda: pictures.inside(view, agreed, by or "days inside"),
            view.reader,
            title="In the black hole",
            height=fit.above,
        )
        panels.show(
            "flow",
            lambda: pictures.flow(view, agreed),
            view.reader,
            title="The hole week by week",
            height=fit.below,
        )


def decided(view: View) -> None:
    """Show what was decided on hand-offs, and how long that took."""
    agreed = terms.in_force()
    with st.container(key="half_decided", gap="xxsmall"):
        _heading("Decided", "decided")
        _say(lambda: pictures.decided(view, agreed))
        panels.show(
            "acceptance",
            lambda: pictures.acceptance(view, agreed),
            view.reader,
            title="Accepted of those decided on by month",
            height=_measures(view).below,
        )
        panels.show(
            "came_again",
            lambda: pictures.came_again(view),
            view.reader,
            title="Came again after they were sent back",
            height=_measures(view).least,
        )


def _follow_up(view: View) -> FollowUps | Refusal:
    try:
        found = ask(report.follow_up, view.snapshot, view.choice.cohort(Stage.MQL), terms.in_force())
        if found.is_empty:
            pictures.refuse_empty(view)
    except Refusal as refusal:
        return refusal
    return found


def _hole(view: View) -> BlackHole | Refusal:
    try:
        return pictures.hole(view, terms.in_force())
    except Refusal as refusal:
        return refusal


def _passports(view: View, found: FollowUps | Refusal, hole: BlackHole | Refusal) -> None:
    with st.container(width="content", gap=None):
        if isinstance(hole, BlackHole):
            passport.button(
                "The black hole",
                hole.passport,
                "hole",
                view.reader,
                table=handoff_tables.of_hole(hole.by_band(), "days inside"),
                note=view.source_note,
            )
        if isinstance(found, FollowUps):
            passport.button(
                "Follow-up of hand-offs",
                found.passport,
                "follow_up",
                view.reader,
                table=handoff_tables.of_follow_up(found, "hand-offs"),
                note=view.lead_note,
            )


def _heading(title: str, key: str) -> DeltaGenerator:
    """Put a half's heading; return the line that it stands on."""
    line = st.container(
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
        key=f"head_half_{key}",
    )
    line.header(title, anchor=False, width="content")
    return line


def _say(sentence: Callable[[], str]) -> None:
    """Say what a half shows in one sentence."""
    try:
        said = sentence()
    except Refusal:
        said = "What this half needs is named below."
    st.markdown(plain(said))


def _measures(view: View) -> Measures:
    return WALL if view.choice.is_room else DESK
