"""The shared plan of MQLs and SQLs a month, and the small dialog in which either side sets it."""

from datetime import date

import streamlit as st

from alignment.domain.compass import Compass
from alignment.domain.period import months_later
from alignment.domain.plan import MOST_MONTHS, MOST_PLANNED, in_force
from alignment.domain.refusal import Refusal
from alignment.ui import compass_words, session
from alignment.ui.plain import plain
from alignment.ui.view import View

MONTHS_AHEAD, USUAL_MONTHS = 6, 3


def button(view: View, found: Compass) -> None:
    """Put the button that opens the dialog."""
    if st.button("Set the plan", icon=":material/edit_calendar:", type="tertiary", key="set_plan"):
        _ask_for_plan(view, found)


def months_offered(found: Compass, today: date) -> list[date]:
    """Return the months that can be planned from: the one under way first, those to come, those that were."""
    running = today.replace(day=1)
    ahead = [months_later(running, later) for later in range(MONTHS_AHEAD + 1)]
    return [*ahead, *(each.month for each in reversed(found.months) if each.month < running)][:18]


@st.dialog("Our shared plan")
def _ask_for_plan(view: View, found: Compass) -> None:
    offered = months_offered(found, view.today or date.max)
    now = in_force(session.agreement().plans.every()).get(offered[0])
    with st.form("plan", border=False):
        first = st.selectbox("From", offered, format_func=compass_words.name)
        months = st.number_input(
            "For how many months", min_value=1, max_value=MOST_MONTHS, value=USUAL_MONTHS, step=1
        )
        mqls = _number("MQLs a month", now.mqls if now else None, least=1)
        sqls = _number(f"SQLs of them, within {found.window_days} days", now.sqls if now else None, least=0)
        reason = st.text_input("Why this plan? The others will read it.", value="", max_chars=300)
        if st.form_submit_button("Set the plan for both of us", type="primary"):
            _save(first, int(months), mqls, sqls, reason)


def _number(label: str, value: int | None, *, least: int) -> int | None:
    return st.number_input(label, min_value=least, max_value=MOST_PLANNED, value=value, step=1)


def _save(first: date, months: int, mqls: int | None, sqls: int | None, reason: str) -> None:
    if mqls is None or sqls is None:
        st.error("Please give both numbers: MQLs and SQLs a month.")
        return
    try:
        session.agreement().plans.set(
            session.person(), first, (mqls, sqls), reason, months=months, screen=session.screen()
        )
    except Refusal as refusal:
        st.error(plain(str(refusal)))
    else:
        st.rerun()
