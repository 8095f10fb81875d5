"""The top of the definition page: the plain sentence, what the draft changes, and the ways back."""

from collections.abc import Mapping
from html import escape

import streamlit as st

from alignment.domain.agreement_words import value_words
from alignment.domain.definition_plain import Plain
from alignment.domain.definition_steps import Step, steps
from alignment.domain.definition_words import field_label, sentence
from alignment.store.definition_file import text_of, text_of_version
from alignment.ui import agreement_panel, pick, slot, words
from alignment.ui.definition_view import DefinitionView, put
from alignment.ui.plain import plain


def show(view: DefinitionView) -> None:
    """Show what the definition is, and, change by change, how the draft differs from what is in force."""
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="head"
    ):
        st.title(f"What a qualified lead is {_state(view)}", anchor=False, width="content")
        with st.container(horizontal=True, vertical_alignment="center", width="content", key="ways"):
            agreement_panel.undo_button(view.draft)
            _back_to_in_force(view)
            _download(view)
            pick.room_alone()
    with st.container(key="sentence"):
        slot.show("sentence", slots(view)["sentence"], view.at)
    if view.is_changed:
        _changes(view)
    if not view.may_edit:
        st.info(
            "You are here as an observer: you see everything as it moves, and change nothing.",
            icon=":material/visibility:",
        )


def slots(view: DefinitionView) -> Mapping[str, str]:
    """Return the HTML of each slot at the top, by the slot's name."""
    return {"sentence": f"<p>{escape(sentence(view.definition))}</p>"}


def _state(view: DefinitionView) -> str:
    """Say whether this is a draft, agreed from a day to come, or in force."""
    base = view.draft.base
    if view.is_changed:
        return f":orange-badge[draft of version {base.number + 1}]"
    day = base.terms.effective_on
    if day and view.is_ahead:
        return f":green-badge[agreed] :gray[version {base.number}, from {words.day(day)}]"
    return f":green-badge[in force] :gray[version {base.number}]"


def _back_to_in_force(view: DefinitionView) -> None:
    st.button(
        f"All back to {view.base_word}",
        icon=":material/restart_alt:",
        key="all_back",
        disabled=not (view.may_edit and view.is_changed),
        on_click=put,
        args=(steps(view.definition, view.base), view.draft.seq),
    )


def _download(view: DefinitionView) -> None:
    number = view.draft.base.number
    text = (
        text_of(view.definition, f"Accord, draft on version {number}")
        if view.is_changed
        else text_of_version(view.draft.base)
    )
    st.download_button(
        "TOML",
        text,
        f"accord-definition-{f'draft-{number + 1}' if view.is_changed else number}.toml",
        "application/toml",
        icon=":material/download:",
        key="download_definition",
        on_click="ignore",
    )


def _changes(view: DefinitionView) -> None:
    """List what changed against the version in force; each change goes back by a click."""
    back = steps(view.definition, view.base)
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="changes"):
        st.markdown(f"**Changed since version {view.draft.base.number}:**", width="content")
        for place, step in enumerate(back):
            st.button(
                f"{plain(change_words(view, step))}",
                icon=":material/undo:",
                icon_position="right",
                key=f"change_{place}",
                help=f"Back to what is {view.base_word}",
                disabled=not view.may_edit,
                on_click=put,
                args=((step,), view.draft.seq),
            )


def change_words(view: DefinitionView, back: Step) -> str:
    """Say a change of the draft by the step that would take it back: `points of employees 15 → 20`."""
    field, was = back
    now: Plain = view.draft.value_of(field)
    if field.count(".") == 1 and field.startswith("criteria."):
        if was is None:
            return f"added: {value_words(now)}"
        if now is None:
            return f"removed: {value_words(was)}"
    return f"{field_label(view.definition, field)} {value_words(was)} → {value_words(now)}"
