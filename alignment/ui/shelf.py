"""The contradictions shelf: what says two things at once, the figure it distorts, and its rows."""

import streamlit as st

from alignment import report
from alignment.report.shelf import OnShelf
from alignment.ui import downloads, handoff_tables, passport
from alignment.ui.answers import ask
from alignment.ui.plain import plain
from alignment.ui.view import View

MOST_SHOWN, HEIGHT = 1_000, 220


def show(view: View) -> None:
    """Show what contradicts itself around hand-offs; one of it is listed and can be taken along."""
    found = ask(report.shelf, view.snapshot)
    odd = [each for each in found.found if each.rows]
    with st.container(key="half_shelf", gap="xxsmall"):
        with st.container(horizontal=True, horizontal_alignment="distribute", key="head_half_shelf"):
            st.header("What contradicts itself", anchor=False, width="content")
            passport.button(
                "What contradicts itself",
                found.passport,
                "shelf",
                view.reader,
                table=handoff_tables.of_shelf(found),
                note=view.source_note,
            )
        if not odd:
            st.markdown(f"Nothing of the {len(found.found)} things that we looked for.")
            return
        st.markdown(plain("Each stays in the data, and out of the figure that it would distort."))
        for each in odd:
            count = view.reader.words.count(each.rows)
            st.markdown(f"**{plain(count)}** × {plain(each.words)} → {plain(each.distorts)}")
        _listed(view, odd)


def _listed(view: View, odd: list[OnShelf]) -> None:
    """Let somebody choose one contradiction, see its rows and take them along."""
    words = st.selectbox("Show the rows of", [each.words for each in odd], index=None, key="shelf_chosen")
    if words is None:
        return
    rows = ask(report.shelf_rows, view.snapshot, words)
    st.dataframe(
        rows.slice(0, MOST_SHOWN), height=HEIGHT, hide_index=True, alt=words, key=f"shelf_rows_{words}"
    )
    downloads.rows_buttons(rows, words, f"shelf_{words}", view.source_note)
