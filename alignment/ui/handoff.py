"""The hand-off page: how hand-offs were followed up, how good they were."""

from dataclasses import dataclass

import streamlit as st

from alignment import report
from alignment.domain.business_hours import MINUTE
from alignment.domain.judged import Judged
from alignment.domain.refusal import Refusal
from alignment.domain.stage import Stage
from alignment.errors import MissingColumnError
from alignment.ui import handoff_strip, panels, passport, pictures, session, tables
from alignment.ui.answers import ask
from alignment.ui.panels import instead
from alignment.ui.view import View

STRIP_HEIGHT = 96


@dataclass(frozen=True)
class Measures:
    """The heights of the panels in px."""

    quality: int
    compliance: int


DESK, WALL = Measures(quality=330, compliance=330), Measures(quality=420, compliance=420)


def terms() -> Judged:
    """Return the definitions whose SLAs hold; where the ledger can't be read, what a new one begins with."""
    try:
        return report.terms_of(session.agreement().versions())
    except Refusal:
        return report.USUAL_TERMS


def strip(view: View) -> None:
    """Show on top how many hand-offs were touched in time, and how long they wait."""
    with st.container(key="strip", horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
        try:
            found = ask(report.follow_up, view.snapshot, view.choice.cohort(Stage.MQL), terms())
            if found.is_empty:
                pictures.refuse_empty(view)
        except Refusal as refusal:
            instead(str(refusal), STRIP_HEIGHT, is_missing=isinstance(refusal, MissingColumnError))
            return
        day_minutes = view.snapshot.business_hours.length / MINUTE
        st.html(handoff_strip.strip(found.rows[0], day_minutes, view.reader.words), width="stretch")
        passport.button(
            "Follow-up of hand-offs",
            found.passport,
            "follow_up",
            view.reader,
            table=tables.of_follow_up(found, "hand-offs"),
            note=view.lead_note,
        )


def quality(view: View) -> None:
    """Show both sides of the argument at once: what was followed up, and what was worth it."""
    agreed = terms()
    panels.show(
        "quality",
        lambda: pictures.quality(view, agreed),
        view.reader,
        title="Follow-up × quality",
        height=_measures(view).quality,
    )


def compliance(view: View) -> None:
    """Show month by month how many hand-offs were touched in time, and how many never were."""
    agreed = terms()
    panels.show(
        "compliance",
        lambda: pictures.compliance(view, agreed),
        view.reader,
        title="Touched within the SLA by month",
        height=_measures(view).compliance,
    )


def _measures(view: View) -> Measures:
    return WALL if view.choice.is_room else DESK
