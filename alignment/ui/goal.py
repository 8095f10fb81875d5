"""The shared goal: where it is shown, and the small dialog in which marketing and sales set it."""

import streamlit as st

from alignment import report
from alignment.domain.goal import MOST_UNITS, Goal
from alignment.domain.money import CENTS, Money
from alignment.domain.period import Period
from alignment.domain.refusal import Refusal
from alignment.domain.revenue import Attainment, Range
from alignment.ui import passport, session, strip, tables, words
from alignment.ui.answers import ask
from alignment.ui.panels import instead
from alignment.ui.plain import plain
from alignment.ui.view import View

STRIP_HEIGHT = 96


def attainment(view: View) -> Attainment | None:
    """Return how we stand against the period's goal, None without one; raise Refusal if unknown."""
    period = view.choice.period
    agreed = session.agreement().goals.of(period) if period else None
    return ask(report.attainment, view.snapshot, agreed) if agreed else None


def all_goals() -> tuple[Goal, ...]:
    """Return every goal ever set, oldest first."""
    return session.agreement().goals.every()


def show(view: View) -> Attainment | None:
    """Show the strip; return what it shows for the pictures below, None while they show some sources only."""
    with st.container(key="strip", horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
        try:
            found = attainment(view)
            if found:
                st.html(strip.with_goal(found, view.reader.words), width="stretch")
                _buttons(view, found)
                return None if view.choice.sources else found
            _without_goal(view)
        except Refusal as refusal:
            instead(str(refusal), STRIP_HEIGHT, is_missing=True)
    return None


def _without_goal(view: View) -> None:
    found = ask(report.revenue, view.snapshot, view.choice.period, sources=view.choice.sources)
    won = found.rows[0]
    st.html(
        strip.without_goal(
            won.won_amount,
            won.won_count,
            words.period(view.choice.period),
            view.reader.words,
            can_have_goal=_can_have_one(view),
            might=_might(view),
        ),
        width="stretch",
    )
    passport.button(
        "Won so far",
        found.passport,
        "won_so_far",
        view.reader,
        table=tables.of_revenue(found, "deals"),
        note=view.note,
    )
    if _may_set(view) and st.button("Set the goal", type="primary", icon=":material/flag:", key="set_goal"):
        _ask_for_goal(view)


def _might(view: View) -> Range | None:
    """Return with what the period might end, None where nobody can tell."""
    if view.choice.period is None:
        return None
    try:
        return ask(report.forecast, view.snapshot, view.choice.period, sources=view.choice.sources).range
    except Refusal:
        return None


def _buttons(view: View, found: Attainment) -> None:
    with st.container(width="content", gap=None):
        passport.button(
            "The goal", found.passport, "goal", view.reader, table=tables.of_attainment(found), note=view.note
        )
        if _may_set(view) and not view.choice.is_room:
            with st.container(key="about_change_goal"):
                if st.button("Change the goal", icon=":material/edit:", type="tertiary", key="change_goal"):
                    _ask_for_goal(view)


def _may_set(view: View) -> bool:
    return _can_have_one(view) and session.person().side.may_edit


def _can_have_one(view: View) -> bool:
    """Tell whether the data could ever say that a goal is met: it needs days and amounts."""
    return view.choice.period is not None and view.snapshot.has("deals", "amount")


@st.dialog("Our shared goal")
def _ask_for_goal(view: View) -> None:
    periods = [view.choice.period] if view.choice.period else []
    now = session.agreement().goals.of(periods[0]) if periods else None
    with st.form("goal", border=False):
        period: Period = st.selectbox("Period", periods, format_func=words.period)
        amount = st.number_input(
            f"Won revenue we aim for, {view.snapshot.currency}",
            min_value=0.0,
            max_value=float(MOST_UNITS),
            step=10_000.0,
            format="%.0f",
            value=now.amount.amount if now else None,
        )
        reason = st.text_input("Why this goal? The others will read it.", value="", max_chars=300)
        if st.form_submit_button("Set the goal for both of us", type="primary"):
            _save(view, period, amount, reason)


def _save(view: View, period: Period, amount: float | None, reason: str) -> None:
    if amount is None:
        st.error("Please give the amount that we aim for.")
        return
    goal = Money(round(amount * CENTS), view.snapshot.currency)
    try:
        session.agreement().goals.set(session.person(), period, goal, reason, session.screen())
    except Refusal as refusal:
        st.error(plain(str(refusal)))
    else:
        st.rerun()
