"""The small dialog in which marketing and sales set what both aim for: revenue, SQLs, win rate, hole rate."""

from datetime import date

import streamlit as st

from alignment.config import settings
from alignment.domain.aim import MOST_SQLS, WHOLE, Measure
from alignment.domain.fiscal import GOAL_GRAINS
from alignment.domain.goal import MOST_UNITS
from alignment.domain.money import CENTS, Money
from alignment.domain.period import Period
from alignment.domain.refusal import Refusal
from alignment.ui import live, session, words
from alignment.ui.plain import plain
from alignment.ui.view import View

REVENUE = "revenue"
UNITS = {
    Measure.SQLS: "SQLs that we aim for",
    Measure.WIN_RATE: "Win rate that we aim for, at least, %",
    Measure.HOLE_RATE: "Hole rate that we aim for, at most, %",
}


def periods_offered(today: date, chosen: Period | None, with_goals: set[Period]) -> list[Period]:
    """Return the periods that a goal can be set for: the chosen one first, then those of today and the next.

    Other days than a month, a quarter or a year are offered where they have a goal already.
    """
    calendar = settings().calendar
    running = [calendar.bucket_of(today, grain) for grain in GOAL_GRAINS]
    following = [
        calendar.bucket_of(each.end, grain) for each, grain in zip(running, GOAL_GRAINS, strict=True)
    ]
    is_fit = chosen is not None and (calendar.grain_of(chosen) is not None or chosen in with_goals)
    return list(dict.fromkeys([*([chosen] if chosen and is_fit else []), *running, *following]))


@st.dialog("Our shared goals")
def ask(view: View) -> None:
    """Ask for a goal, and set it for both sides."""
    measure = st.segmented_control(
        "A goal for",
        [REVENUE, *Measure],
        format_func=lambda each: each.label if isinstance(each, Measure) else "Won revenue",
        default=REVENUE,
        required=True,
        key="goal_measure",
    )
    goals = session.agreement().goals.every()
    chosen = view.choice.period
    offered = periods_offered(view.today or date.max, chosen, {goal.period for goal in goals})
    if chosen not in offered:
        st.caption("A goal is for a month, a quarter or a year.")
    with st.form("goal", border=False):
        period: Period = st.selectbox("Period", offered, format_func=words.period)
        given = _number(view, Measure(measure) if measure in list(Measure) else None, offered[0])
        reason = st.text_input("Why this goal? The others will read it.", value="", max_chars=300)
        if st.form_submit_button("Set the goal for both of us", type="primary"):
            _save(view, Measure(measure) if measure in list(Measure) else None, period, given, reason)


def _number(view: View, measure: Measure | None, period: Period) -> float | None:
    """Ask for the number; first comes what is set for the first of the periods."""
    if measure is None:
        now = session.agreement().goals.of(period)
        return st.number_input(
            f"Won revenue we aim for, {view.snapshot.currency}",
            min_value=0.0,
            max_value=float(MOST_UNITS),
            step=10_000.0,
            format="%.0f",
            value=now.amount.amount if now else None,
        )
    aim = session.agreement().aims.of(period).get(measure)
    most = WHOLE if measure.is_share else MOST_SQLS
    return st.number_input(UNITS[measure], 0, most, aim.target if aim else None, 1, key=f"aim_{measure}")


def _save(view: View, measure: Measure | None, period: Period, given: float | None, reason: str) -> None:
    if given is None:
        st.error("Please give the number that we aim for.")
        return
    agreement, who, screen = session.agreement(), session.person(), session.screen()
    try:
        if measure is None:
            amount = Money(round(given * CENTS), view.snapshot.currency)
            agreement.goals.set(who, period, amount, reason, screen)
        else:
            agreement.aims.set(who, period, measure, int(given), reason, screen)
    except Refusal as refusal:
        st.error(plain(str(refusal)))
        return
    if period != view.choice.period:
        live.tell(f"The goal for {words.period(period)} is set. Choose that period above to see it.")
    st.rerun()
