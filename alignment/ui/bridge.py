"""The bridge on a page: which period to compare with, kept in the address, and the picture."""

from collections.abc import Mapping
from datetime import date, timedelta

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from alignment.domain.bridge import a_year_before, comparable
from alignment.domain.judged import Judged
from alignment.domain.period import Period
from alignment.domain.refusal import Refusal
from alignment.errors import MissingColumnError
from alignment.ui import detail, pictures, session, words
from alignment.ui.choice import period_token, read_period
from alignment.ui.panels import Picture
from alignment.ui.pick import OWN_DAYS, show_days
from alignment.ui.plain import plain
from alignment.ui.view import View

AGAINST = "against"
"""The parameter of the address that names the period compared with."""
TITLE = "Why more or fewer MQLs"
PICK, DAYS, IS_OWN = "pick_against", "pick_against_days", "is_own_against"


def show(view: View) -> None:
    """Let people choose the period to compare with, and show why there are more or fewer MQLs than in it."""
    chosen, today = view.choice.period, view.today
    if chosen is None or today is None:
        detail.panel(view, "bridge", TITLE, _refuse_undated)
        return
    usual, now = comparable(chosen, today)
    with st.container(horizontal=True, vertical_alignment="bottom", key="bridge_choice"):
        before = _picked(usual, now)
        said = st.container(width="stretch")
    detail.panel(view, "bridge", TITLE, lambda: _drawn(view, before, now, said))


def _drawn(view: View, before: Period, now: Period, said: DeltaGenerator) -> Picture:
    picture = pictures.bridge(view, before, now, Judged.as_was(session.agreement().versions()))
    said.markdown(f"**{plain(picture.takeaway)}**")
    return picture


def _refuse_undated() -> Picture:
    shows = "why there are more or fewer MQLs than before"
    raise MissingColumnError(f"Not available: needs column leads.created_at. With it you would see {shows}.")


def _picked(usual: Period, now: Period) -> Period:
    """Return the period to compare with: as the address says, else the usual one."""
    before, complaint = _from_address(usual)
    named = {f"Just before: {words.period(usual)}": usual}
    named[f"A year before: {words.period(a_year_before(now))}"] = a_year_before(now)
    own = next((name for name, period in named.items() if period == before), OWN_DAYS)
    st.session_state[PICK] = OWN_DAYS if st.session_state.get(IS_OWN) else own
    shown = st.selectbox(
        "Compare with", [*named, OWN_DAYS], key=PICK, on_change=_rewrite, args=(named,), width=320
    )
    if shown == OWN_DAYS:
        show_days(DAYS, before)
        st.date_input("Their first and last day", key=DAYS, on_change=_rewrite, args=(named,), width=280)
    if complaint:
        st.warning(plain(complaint), icon=":material/info:")
    return before


def _from_address(usual: Period) -> tuple[Period, str]:
    written = st.query_params.get(AGAINST, "")
    try:
        return (read_period(written) if written else usual), ""
    except Refusal as refusal:
        return usual, f"{refusal} Comparing with {words.period(usual)} instead."


def _rewrite(named: Mapping[str, Period]) -> None:
    """Write what the widgets say into the address: the first name is the usual period and needs no word."""
    state = st.session_state
    state[IS_OWN] = state.get(PICK) == OWN_DAYS
    days: tuple[date, ...] = state.get(DAYS, ())
    picked = named.get(state.get(PICK, ""))
    if state[IS_OWN] and len(days) > 1:
        picked = Period(days[0], days[1] + timedelta(days=1))
    if picked and picked != next(iter(named.values())):
        st.query_params[AGAINST] = period_token(picked)
    elif picked:
        st.query_params.pop(AGAINST, None)
