"""Spellings that look like one value: proposed on the receipt, merged by the next load once said so."""

import streamlit as st

from alignment import imports
from alignment.domain.refusal import Refusal
from alignment.imports import TableReceipt, Twins
from alignment.ui import reader, session
from alignment.ui.plain import plain

_SAID = "intake_merges"


def propose(table: TableReceipt) -> None:
    """Show the spellings of a table that look like one value, each with its rows and money."""
    if not table.twins:
        return
    count = len(table.twins)
    values = "1 value is" if count == 1 else f"{count} values are"
    with st.expander(f"{values} written in more than one way"):
        st.caption("Nothing is merged unless you say so; the next import with this mapping then does it.")
        for place, twins in enumerate(table.twins):
            words, button = st.columns((5, 1), vertical_alignment="center")
            words.markdown(plain(f"{twins.origin}: {_spellings(twins)}"))
            key = f"intake_merge_{table.table}_{place}"
            label = f"Write all as {plain(twins.kept)}"
            button.button("Merge", key=key, help=label, on_click=_keep, args=(table.table, twins))
        if said := st.session_state.pop(_SAID, None):
            st.markdown(plain(said))


def _spellings(twins: Twins) -> str:
    say = reader.here().words
    told = []
    for spelling in twins.spellings:
        amount = f", deals of {say.count(spelling.amount)}" if spelling.amount is not None else ""
        told.append(f"“{spelling.text}” in {say.counted(spelling.rows, 'row')}{amount}")
    return "; ".join(told)


def _keep(table: str, twins: Twins) -> None:
    """Keep a merge in the mapping of the last load."""
    try:
        imports.keep_merge(session.warehouse().path, table, twins, session.person())
    except Refusal as refusal:
        st.session_state[_SAID] = str(refusal)
    else:
        st.session_state[_SAID] = f"Kept: the next import writes “{twins.kept}” for each of them."
