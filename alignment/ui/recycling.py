"""Recycling on the hand-off page: leads that were sent back are left alone until a day."""

from datetime import date, timedelta

import streamlit as st

from alignment.domain.refusal import Refusal
from alignment.domain.routing import last_day
from alignment.ui import live, session, words
from alignment.ui.view import View

USUAL_DAYS = 91
DAY = "recycling_day"


def action(view: View, picked: list[str], reason: str) -> None:
    """Offer to send what is chosen to nurture until a day."""
    today = view.today
    if today is None:
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="recycling"):
        day = st.date_input(
            "Leave in nurture, not before",
            today + timedelta(days=USUAL_DAYS),
            min_value=today,
            max_value=last_day(today),
            format="YYYY-MM-DD",
            key=DAY,
            width=460 if view.choice.is_room else 260,
        )
        st.button(
            f"Recycle {view.reader.words.count(len(picked))}" if picked else "Recycle",
            icon=":material/event_repeat:",
            key="recycling_recycle",
            disabled=not picked or day is None,
            on_click=_recycle,
            args=(picked, day or today, today, reason),
        )


def _recycle(leads: list[str], day: date, today: date, reason: str) -> None:
    try:
        session.agreement().routings.recycle(session.person(), leads, day, today, reason, session.screen())
        live.tell(f"{len(leads):,} recycled, not before {words.day(day)}. Take it back below at any time.")
    except Refusal as refusal:
        live.tell(str(refusal))
    live.look_again()
