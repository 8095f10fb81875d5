"""What the data suggests: cutoffs, points, a further criterion, each to be taken or left; never by itself."""

import streamlit as st

from alignment.domain.definition_steps import Step
from alignment.domain.definition_words import condition, signed
from alignment.ui import definition_asked as asked
from alignment.ui import definition_impact
from alignment.ui import definition_suggest_cutoff as cutoff
from alignment.ui import definition_suggest_words as say
from alignment.ui.definition_view import DefinitionView, put
from alignment.ui.plain import plain
from alignment.ui.synced import hook
from alignment.whatif import Suggestions

INTRO = (
    "Nothing moves by itself: each suggestion is an edit that we might make, and both sides see who made it."
)
OF_TODAY = "The columns are as they stand today: what was written after hand-off might flatter a suggestion."
MOVED = "The draft has gone another way since we asked. Ask again for suggestions that suit it."


def show(view: DefinitionView) -> None:
    """Show what the data might choose, or which column would let it."""
    if not view.impact.draft.leads:
        st.info(
            "The data has no leads in this period: nothing to learn from yet.",
            icon=":material/hourglass_empty:",
        )
        return
    if view.impact.draft.outcome is None:
        st.info(f"Not available: {definition_impact.NEEDS_OUTCOME}.", icon=":material/help:")
        return
    st.caption(INTRO if view.snapshot.is_time_honest else f"{INTRO} {OF_TODAY}")
    cutoff.for_capacity(view)
    found = asked.suggestions(view)
    if found is None:
        _offer()
        return
    cutoff.for_value(view, found)
    _points(view, found)
    _criteria(view, found)
    _left_out(found)
    with st.container(horizontal=True):
        st.button("Ask again", icon=":material/refresh:", on_click=asked.ask, key="suggest_again")
        st.button("Put away", icon=":material/close:", on_click=asked.put_away, key="suggest_away")
        say.passport(view, found)


def _offer() -> None:
    if asked.was_asked():
        st.info(MOVED, icon=":material/info:")
    st.button(
        "Ask again" if asked.was_asked() else "Ask the data for points and criteria",
        icon=":material/query_stats:",
        type="primary",
        on_click=asked.ask,
        key="suggest_ask",
    )


def _points(view: DefinitionView, found: Suggestions) -> None:
    points, left = found.points, asked.left(view, found)
    st.subheader("Other points", anchor=False)
    if points.why_not:
        st.markdown(plain(points.why_not))
        return
    st.markdown(plain(say.verdict(found)))
    st.caption(plain(say.check(view, points.months, points.checked, points.fitted)))
    if not left:
        st.markdown("The draft has these points." if points.steps else "No points would change.")
        return
    st.markdown(plain(say.effect(view, found.with_points)))
    with st.container(key="suggested_points", gap="xxsmall"):
        for field, value in left:
            asks = condition(view.definition.criterion(field.split(".")[1]))
            words = (
                f"{_points_words(view.draft.value_of(field))} → **{_points_words(value)}** when {plain(asks)}"
            )
            _line(view, words, ((field, value),), "Take", field)
    if len(left) > 1:
        _take(view, left, f"Take all {len(left)}", "points", is_first=say.is_better(found))


def _points_words(points: int) -> str:
    return signed(points) if points else "0"


def _criteria(view: DefinitionView, found: Suggestions) -> None:
    st.subheader("One more criterion", anchor=False)
    if not found.criteria:
        st.markdown("No other column would make the ranking noticeably better.")
        return
    st.caption(plain(say.basis_of_criteria(view, found)))
    for suggestion in found.criteria:
        criterion = suggestion.criterion
        another = " :gray[another step of a column in use]" if suggestion.is_another_step else ""
        with st.container(key=f"more_{hook(criterion.criterion_id)}", gap=None):
            line = f"**{signed(criterion.points)}** when {plain(condition(criterion))}{another}"
            _line(view, line, suggestion.steps, "Add", criterion.criterion_id)
            st.caption(plain(f"{say.gain(suggestion)} {say.effect_of_criterion(view, found, suggestion)}"))


def _left_out(found: Suggestions) -> None:
    if not found.suspects:
        return
    st.subheader("Left out: they might look into the future", anchor=False)
    for suspect in found.suspects_in_use:
        st.warning(
            plain(
                f"The draft uses {suspect.attribute}: {say.why(suspect)}. Its points stay as they are here; "
                "the figures of a definition that uses it might flatter."
            ),
            icon=":material/warning:",
        )
    lines = (f"- **{plain(suspect.attribute)}**: {plain(say.why(suspect))}" for suspect in found.suspects)
    st.markdown("\n".join(lines))


def _line(view: DefinitionView, words: str, steps: tuple[Step, ...], label: str, key: str) -> None:
    with st.container(
        horizontal=True,
        vertical_alignment="center",
        horizontal_alignment="distribute",
        key=f"offer_{hook(key)}",
    ):
        st.markdown(words, width="stretch")
        _take(view, steps, label, key)


def _take(
    view: DefinitionView, steps: tuple[Step, ...], label: str, key: str, *, is_first: bool = False
) -> None:
    st.button(
        label,
        key=f"take_{hook(key)}",
        type="primary" if is_first else "secondary",
        disabled=not view.may_edit,
        on_click=put,
        args=(steps, view.draft.seq),
    )
