"""What the CRM's own status words mean: won or lost for deals, how far for leads."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from alignment.domain.contract import DEALS, LEADS
from alignment.domain.known_names import folded
from alignment.domain.mapping import LOST_WORDS, STEP_WORDS, WON_WORDS, TableMapping
from alignment.imports import Preview
from alignment.ui.plain import plain

_HINT = "Choose, or write a word"
_STEPS = {
    "mql": "MQL",
    "sal": "SAL: sales has taken it",
    "sql": "SQL: a real opportunity",
    "opportunity": "Opportunity or beyond",
    "rejected": "Sent back by sales",
}


def said(mapping: TableMapping, preview: Preview, key: str) -> TableMapping:
    """Ask what the status words of a file of leads or deals mean; return the mapping with them."""
    header = mapping.origin("stage")
    words = next((column.samples for column in preview.columns if column.name == header), ())
    if header is None:
        return mapping
    if mapping.table == LEADS.name:
        return _steps(mapping, header, words, key)
    if mapping.table == DEALS.name and not mapping.assignment("is_won"):
        return _outcomes(mapping, header, words, key)
    return mapping


def _outcomes(mapping: TableMapping, header: str, words: Sequence[str], key: str) -> TableMapping:
    """Ask which stage words of deals mean won and lost."""
    known = _meant(words, mapping.won or WON_WORDS), _meant(words, mapping.lost or LOST_WORDS)
    with st.expander("Which stages are won, which are lost", expanded=not known[0]):
        st.caption(plain(f"The words of {header} in the first rows. A deal in any other stage is open."))
        left, right = st.columns(2)
        with left:
            won = _picked("Won", words, mapping.won or known[0], f"{key}_{header}_won")
        with right:
            lost = _picked("Lost", words, mapping.lost or known[1], f"{key}_{header}_lost")
    return replace(
        mapping,
        won=mapping.won if won == known[0] and not mapping.won else won,
        lost=mapping.lost if lost == known[1] and not mapping.lost else lost,
    )


def _steps(mapping: TableMapping, header: str, words: Sequence[str], key: str) -> TableMapping:
    """Ask which status words of leads say that a lead is an MQL, an SQL and so on."""
    own = dict(mapping.steps)
    known = {step: own.get(step) or _meant(words, STEP_WORDS[step]) for step in STEP_WORDS}
    is_dated = mapping.assignment("stage_since") is not None
    with st.expander(f"How far a lead is by {plain(header)}", expanded=not any(known.values())):
        st.caption(plain(_hint(header, is_dated=is_dated)))
        places = st.columns(len(_STEPS))
        for place, (step, label) in zip(places, _STEPS.items(), strict=True):
            with place:
                picked = _picked(label, words, known[step], f"{key}_{header}_{step}")
            if picked != known[step] or step in own:
                mapping = mapping.with_words(step, picked)
    return mapping


def _hint(header: str, *, is_dated: bool) -> str:
    since = (
        "A lead came to its step on the day in stage_since."
        if is_dated
        else "No column says since when: map one to stage_since, or these steps stay without a date."
    )
    return f"The words of {header} in the first rows, said once. {since}"


def _meant(words: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    """Return the words of a file that are among the known ones; case and punctuation don't count."""
    bare = {folded(word) for word in known}
    return tuple(word for word in words if folded(word) and folded(word) in bare)


def _picked(label: str, words: Sequence[str], start: Sequence[str], key: str) -> tuple[str, ...]:
    options = list(dict.fromkeys((*words, *start)))
    return tuple(
        st.multiselect(
            label,
            options,
            list(start),
            key=key,
            accept_new_options=True,
            placeholder=_HINT,
        )
    )
