"""What the data suggested when somebody on this screen asked, as long as it stands for the draft."""

import streamlit as st

from alignment import whatif
from alignment.domain.definition_plain import Plain
from alignment.domain.definition_steps import Step, steps
from alignment.ui import live, session
from alignment.ui.definition_view import ASKED, DefinitionView
from alignment.whatif import Suggestions

ANSWER = ASKED
"""The load that was asked, and what it suggested."""


def ask() -> None:
    """Work out what the data suggests for the draft as it stands; the sliders show it. For callbacks."""
    draft, snapshot = session.agreement().draft(), session.snapshot()
    found = whatif.suggest(snapshot, draft.base.definition, draft.definition)
    st.session_state[ANSWER] = snapshot.signature, found
    live.look_again(*(field for field, _ in found.points.steps))


def put_away() -> None:
    """Forget the suggestions, and take their marks off the sliders. For callbacks."""
    _, found = st.session_state.pop(ANSWER, (None, None))
    live.look_again(*(field for field, _ in found.points.steps) if found else ())


def was_asked() -> bool:
    """Tell whether somebody on this screen has asked."""
    return ANSWER in st.session_state


def suggestions(view: DefinitionView) -> Suggestions | None:
    """Return what was suggested; None where nobody asked, or draft or load have gone another way since.

    Points taken from the suggestion, some or all of them, are no other way.
    """
    signature, found = st.session_state.get(ANSWER, (None, None))
    if found is None or signature != view.snapshot.signature:
        return None
    moved = steps(found.draft.definition, view.definition)
    return found if set(_named(moved)) <= set(_named(found.points.steps)) else None


def left(view: DefinitionView, found: Suggestions) -> tuple[Step, ...]:
    """Return the suggested points that the draft hasn't taken yet."""
    return tuple(step for step in found.points.steps if view.draft.value_of(step[0]) != step[1])


def value_of(view: DefinitionView, field: str) -> Plain:
    """Return what the suggestion that stands would set the field to, None where it has no word on it."""
    found = suggestions(view)
    if found is None:
        return None
    cutoff = _cutoff(view) if field.startswith("levels.") else ()
    return dict((*left(view, found), *cutoff)).get(field)


def _cutoff(view: DefinitionView) -> tuple[Step, ...]:
    """Return the edits to the cutoff that suits what we can work, where somebody said how much that is."""
    capacity = view.definition.capacity
    found = None if capacity is None else whatif.cutoff_for_capacity(view.impact.draft, capacity)
    return found.steps if found else ()


def _named(found: tuple[Step, ...]) -> list[tuple[str, str]]:
    return [(field, repr(value)) for field, value in found]
