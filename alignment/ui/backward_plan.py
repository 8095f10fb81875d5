"""The plan backwards on a page: what each step brings, what the goal needs, what would have to be true."""

from collections.abc import Mapping

import streamlit as st

from alignment import report
from alignment.domain.assumption import Assumption, values_of
from alignment.domain.backward_plan import BackwardPlan
from alignment.domain.backward_plan_basis import DAYS
from alignment.domain.period import Period
from alignment.domain.refusal import Refusal
from alignment.domain.stage import Stage
from alignment.ui import (
    backward_plan_slider,
    backward_plan_table,
    backward_plan_words,
    live,
    passport,
    session,
    words,
)
from alignment.ui.answers import ask
from alignment.ui.plain import plain
from alignment.ui.view import View

NO_DATES = (
    "Not available: needs column deals.closed_at. With it you would see what a goal needs, and until when."
)

RAIL = (
    "Below each slider, by quarter of the last two years: outlined what was seen, hatched what was not; the"
    " mark is what the data has now."
)
BARS = "Outlined: needed, with its range. Solid: came in these days so far; the mark: how far they have run."


def show(view: View) -> None:
    """Show the plan for the goal of the chosen period, or say what it needs first."""
    period = view.choice.period
    goal = session.agreement().goals.of(period) if period else None
    if goal is None:
        st.info(NO_DATES if period is None else _invitation(period))
        return
    try:
        basis = ask(report.plan_basis, view.snapshot, judged=view.choice.judged)
        moves = session.agreement().backward_plans.of(goal.period)
        plan = BackwardPlan(goal, basis, values_of(moves))
    except Refusal as refusal:
        st.info(plain(str(refusal)), icon=":material/table_chart:")
        return
    _said(view, plan, moves)
    left, right = st.columns((5, 6), gap="medium")
    with left:
        _steps(view, plan)
    with right:
        _needs(view, plan)
        _until(view, plan)


def _invitation(period: Period) -> str:
    return (
        f"No goal is set for {words.period(period)} yet. Set one above, and see here what it needs: wins,"
        " SQLs, MQLs and leads, and until when."
    )


def _said(view: View, plan: BackwardPlan, moves: Mapping[str, Assumption]) -> None:
    """Say the plan in words: what is needed, what would have to be true for it."""
    say = view.reader.words
    stage = plan.basis.cycle_stage
    sentences = [
        backward_plan_words.needed(plan, say),
        *backward_plan_words.assumed(plan, moves, say),
        backward_plan_words.levers(plan, stage, say) if stage else "",
    ]
    with st.container(key="plan_said", gap="xxsmall"):
        for sentence in filter(None, sentences):
            st.markdown(plain(sentence))


def _steps(view: View, plan: BackwardPlan) -> None:
    """Show the factors, each under the hand."""
    with st.container(key="half_plan_steps", gap="small"):
        with st.container(
            horizontal=True,
            horizontal_alignment="distribute",
            vertical_alignment="center",
            key="plan_steps_head",
        ):
            st.header("What would have to be true", anchor=False, width="content")
            if plan.changed and session.person().side.may_edit:
                st.button(
                    "As the data has it",
                    icon=":material/undo:",
                    type="tertiary",
                    key="plan_take_back",
                    on_click=_take_back,
                    args=(plan.goal.period,),
                )
        st.caption(RAIL)
        for factor in plan.basis.factors:
            if factor.name != DAYS:
                backward_plan_slider.show(plan, factor, view.reader.words)


def _needs(view: View, plan: BackwardPlan) -> None:
    """Show what the goal needs beside what came, a stage a row."""
    with st.container(key="half_plan_needs", gap="small"):
        with st.container(
            horizontal=True,
            horizontal_alignment="distribute",
            vertical_alignment="center",
            key="plan_needs_head",
        ):
            st.header("What the goal needs", anchor=False, width="content")
            passport.button(
                "What the goal needs",
                plan.basis.passport,
                "backward_plan",
                view.reader,
                table=backward_plan_table.of_plan(plan),
                note=view.whole_note,
            )
        st.caption(BARS)
        st.html(backward_plan_table.html(plan, view.reader.words))


def _until(view: View, plan: BackwardPlan) -> None:
    """Show until when it still counts, and the days to the win, under the hand."""
    stage, days = plan.basis.cycle_stage, plan.basis.factor(DAYS)
    if stage is None or days is None:
        return
    with st.container(key="half_plan_until", gap="small"):
        st.header(_title(plan, stage), anchor=False)
        st.markdown(plain(backward_plan_words.latest(plan, stage, plan.basis.today)))
        backward_plan_slider.show(plan, days, view.reader.words)


def _title(plan: BackwardPlan, stage: Stage) -> str:
    until = plan.need(stage).until
    return f"Latest useful day for a new {stage.label}: {words.day(until) if until else words.UNKNOWN}"


def _take_back(period: Period) -> None:
    try:
        session.agreement().backward_plans.take_back(session.person(), period, session.screen())
    except Refusal as refusal:
        live.tell(str(refusal))
    live.look_again()
