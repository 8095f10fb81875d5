"""The shared goal: the very same block for every side, live on every page that shows it."""

import streamlit as st

from alignment import report
from alignment.domain.goal import Goal
from alignment.domain.refusal import Refusal
from alignment.domain.revenue import Attainment, Range
from alignment.ui import aims, goal_dialog, goal_record, live, passport, session, strip, tables, words
from alignment.ui.answers import ask
from alignment.ui.panels import instead
from alignment.ui.view import View

STRIP_HEIGHT = 96
BLOCK = "goal_block"
"""The live fragment of the goal, the same on every page that shows it."""
_SHOWN = "goal_block_shown"


def attainment(view: View) -> Attainment | None:
    """Return how we stand against the period's goal, None without one; raise Refusal if unknown."""
    period = view.choice.period
    agreed = session.agreement().goals.of(period) if period else None
    return ask(report.attainment, view.snapshot, agreed) if agreed else None


def all_goals() -> tuple[Goal, ...]:
    """Return every goal ever set, oldest first."""
    return session.agreement().goals.every()


def show(view: View) -> Attainment | None:
    """Show the goal, live; return how we stand against it for the pictures below.

    None without a goal, or while these pictures show some sources only. A goal that somebody sets changes
    more on a page than its strip: then all of it runs again.
    """
    st.session_state[_SHOWN] = _newest()
    _live(view)
    try:
        return None if view.choice.sources else attainment(view)
    except Refusal:
        return None


@st.fragment(key=BLOCK)
def _live(view: View) -> None:
    with live.drawing(BLOCK):
        if st.session_state.get(_SHOWN) != _newest():
            st.rerun()
        _show(view)


def _newest() -> tuple[int, int]:
    agreement = session.agreement()
    return len(agreement.goals.every()), len(agreement.aims.every())


def _show(view: View) -> None:
    """Show the strip, and below it the aims beside revenue where some are set."""
    with st.container(key="strip", horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
        try:
            found = attainment(view)
            if found:
                st.html(
                    strip.with_goal(found, view.reader.words, beside_some=bool(view.choice.sources)),
                    width="stretch",
                )
                _buttons(view, found)
            else:
                _without_goal(view)
        except Refusal as refusal:
            instead(str(refusal), STRIP_HEIGHT, is_missing=True)
    aims.show(view)


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
        goal_dialog.ask(view)


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
        goal_record.button(found.goal.period, view.reader)
        if _may_set(view) and not view.choice.is_room:
            with st.container(key="about_change_goal"):
                if st.button("Change the goal", icon=":material/edit:", type="tertiary", key="change_goal"):
                    goal_dialog.ask(view)


def _may_set(view: View) -> bool:
    return _can_have_one(view) and session.person().side.may_edit


def _can_have_one(view: View) -> bool:
    """Tell whether the data could ever say that a goal is met: it needs days and amounts."""
    return view.choice.period is not None and view.snapshot.has("deals", "amount")
