"""What the CRM's own stage words mean: which of them say that a deal is won, which that it is lost."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from alignment.domain.contract import DEALS
from alignment.domain.known_names import folded
from alignment.domain.mapping import LOST_WORDS, WON_WORDS, TableMapping
from alignment.imports import Preview
from alignment.ui.plain import plain

_HINT = "Choose, or write a word"


def said(mapping: TableMapping, preview: Preview, key: str) -> TableMapping:
    """Ask which stage words of deals mean won and lost; return the mapping with them."""
    header = mapping.origin("stage")
    if mapping.table != DEALS.name or header is None or mapping.assignment("is_won"):
        return mapping
    words = next((column.samples for column in preview.columns if column.name == header), ())
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
