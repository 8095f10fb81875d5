"""The receipt of a load: every row accounted for, every column said."""

import pandas as pd
import streamlit as st

from alignment import imports
from alignment.config import ROOT
from alignment.domain.contract import Kind
from alignment.imports import Changes, Receipt, TableReceipt
from alignment.ui import reader, session
from alignment.ui.intake import loading, merges, placeholders, words
from alignment.ui.plain import plain
from alignment.ui.words import Words


def show(receipt: Receipt) -> None:
    """Show what a load brought and where to go from here."""
    say = reader.here().words
    st.header(words.headline(receipt, say), anchor=False)
    st.markdown(plain(f"{words.up_to(receipt.as_of)} Every open screen shows the new data."))
    with st.container(horizontal=True):
        if st.button("Open the board", type="primary", icon=":material/handshake:"):
            st.switch_page(ROOT / "pages" / "together" / "board.py")
        st.button("Import other files", on_click=loading.begin_anew)
    if receipt.deals_without_lead:
        st.info(
            plain(
                f"{say.count(receipt.deals_without_lead)} deals have no lead among the leads; "
                "they count as unattributed."
            )
        )
    tables(receipt)


def tables(receipt: Receipt) -> None:
    """Show what became of each table's rows and columns."""
    for table in receipt.tables:
        _table(table, reader.here().words)


def _set_aside(table: str) -> None:
    st.download_button(
        "Download the rows set aside",
        lambda: imports.set_aside(session.warehouse().path, table),
        f"set_aside-{table}.csv",
        "text/csv",
        key=f"intake_aside_{table}",
        on_click="ignore",
        icon=":material/download:",
        help="Mend them in a spreadsheet, then import that file together with the export they come from.",
    )


def _table(table: TableReceipt, say: Words) -> None:
    with st.container(border=True, key=f"intake_receipt_{table.table}"):
        st.subheader(plain(f"{words.table(table.table)} from {table.file}"), anchor=False)
        st.markdown(
            f"**{say.count(table.read)}** rows read = **{say.count(table.loaded)}** loaded + "
            f"**{say.count(table.rows_set_aside)}** set aside + **{say.count(table.repeats)}** exact repeats"
        )
        for reason, count in table.set_aside.items():
            st.markdown(f"- {plain(f'{say.count(count)} set aside with {reason}')}")
        if table.set_aside:
            _set_aside(table.table)
        for line in (*table.file_lines, *table.notes):
            st.caption(plain(line))
        if table.changes:
            _changed(table.changes, say)
        placeholders.propose(table)
        merges.propose(table)
        with st.expander(f"How its {len(table.columns)} columns were read"):
            st.dataframe(_columns(table), hide_index=True, width="stretch")


def _changed(changes: Changes, say: Words) -> None:
    told = (
        f"{say.count(changes.new)} new, {say.count(changes.changed)} changed, {say.count(changes.gone)} gone"
    )
    st.markdown(plain(f"Since the load before: {told}, {say.count(changes.same)} the same."))
    moved = [
        f"{name} {say.count(before)} → {say.count(after)}"
        for name, before, after in changes.figures
        if before != after
    ]
    if changes.of_columns:
        st.caption(plain(f"{changes.of_columns[:1].upper()}{changes.of_columns[1:]}."))
    if moved:
        st.caption(plain(f"Moved by it: {'; '.join(moved)}."))


def _columns(table: TableReceipt) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Our column": [column.name for column in table.columns],
            "Kind": [words.KIND_WORDS[Kind(column.kind)] for column in table.columns],
            "Your column": [column.origin for column in table.columns],
            "Empty": [column.nulls for column in table.columns],
            "Of these placeholders": [column.placeholders for column in table.columns],
            "Not readable": [column.unread for column in table.columns],
            "Different values (about)": [column.distinct for column in table.columns],
            "From": [column.least for column in table.columns],
            "To": [column.greatest for column in table.columns],
            "How it was read": [
                _how(column.rule, column.note, after=column.after_contact) for column in table.columns
            ],
        }
    )


def _how(rule: str, note: str, *, after: bool) -> str:
    told = {
        "columns": "",
        "present": "true where there is a value",
        "same_as": "the same as another column",
        "constants": "one value for every row",
        "derived": "follows from the other columns",
    }[rule]
    late = "written after sales contact" if after else ""
    return "; ".join(part for part in (told, note, late) if part)
