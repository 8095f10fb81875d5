"""Strategies: what each campaign or source brought and cost, what we decided, and the quarterly review."""

import streamlit as st

from alignment.ui import decisions, dress, live, pick, review, strategies

view = pick.view("Strategies, {period}", undated="Strategies")
dress.also("strategies.css")
live.targets("strategy_review", "strategy_decisions")

by, basis = strategies.chosen(view)
answer = strategies.found(view, by, basis)


@st.fragment(key="strategy_review")
def quarterly_review() -> None:
    """Show when the review is due and what there is to talk about; the doorbell has it run again."""
    with live.drawing("strategy_review"):
        review.show(view, answer)


@st.fragment(key="strategy_decisions")
def decided() -> None:
    """Show every strategy with what we decided on it; the doorbell has it run again."""
    with live.drawing("strategy_decisions"):
        decisions.show(view, answer)


quarterly_review()
strategies.totals(view, answer)
left, right = st.columns(2, gap="large")
with left:
    strategies.volume_and_quality(view, by)
with right:
    strategies.money(view, answer)
decided()
