"""The panels of the quality page."""

import pandas as pd
import streamlit as st

from alignment import imports
from alignment.domain.refusal import Refusal
from alignment.report import quality
from alignment.store.warehouse import Snapshot
from alignment.ui import reader, session
from alignment.ui.intake import outcome
from alignment.ui.plain import plain
from alignment.ui.words import as_of

_MOST_MONTHS = 24


def fresh(snapshot: Snapshot) -> None:
    """Show up to when each dated column knows anything."""
    st.header("How fresh it is", anchor=False)
    if snapshot.as_of is None:
        st.info("The data has no dates, so nobody can say how fresh it is.")
        return
    st.markdown(plain(f"The data is {as_of(snapshot.as_of, snapshot.zone)}."))
    known = quality.newest(snapshot)
    rows = {
        "Table": [one.table for one in known],
        "Column": [one.column for one in known],
        "Newest": [as_of(one.at, snapshot.zone) if one.at else "never" for one in known],
        "Days before the newest of all": [
            (snapshot.as_of - one.at).days if one.at else None for one in known
        ],
    }
    with st.expander(f"The newest date of each of {len(known)} columns"):
        st.dataframe(pd.DataFrame(rows), hide_index=True, width="stretch")


def contradicting(snapshot: Snapshot) -> None:
    """Show what contradicts itself, and what was looked for in vain."""
    st.header("What contradicts itself", anchor=False)
    say, looked = reader.here().words, quality.contradictions(snapshot)
    found = [one for one in looked if one.rows]
    for one in found:
        st.markdown(f"- {plain(f'{say.count(one.rows)} of {say.count(one.of)} {one.table}: {one.words}')}")
    clean = [f"{one.table}: {one.words}" for one in looked if not one.rows]
    if not found:
        st.markdown(
            f"Nothing of the {len(clean)} things that we looked for." if clean else "Nothing to look for."
        )
    elif clean:
        st.caption(plain(f"Not found: {'; '.join(clean)}."))


def full(snapshot: Snapshot) -> None:
    """Show, table by table, which share of each month's rows has each column."""
    st.header("How full its columns are", anchor=False)
    for table in quality.dated_tables(snapshot):
        months = quality.fullness(snapshot, table)[-_MOST_MONTHS:]
        if not months:
            st.info(plain(f"No {table} have a creation date, so there are no months to compare."))
            continue
        st.subheader(f"{table.capitalize()}, by month of creation", anchor=False)
        st.caption(
            "Share of the month's rows that have a value. A column that empties at the end is often late."
        )
        shares = pd.DataFrame(
            {
                month.month_on.strftime("%Y-%m"): [month.share(name) for name in month.filled]
                for month in months
            },
            index=pd.Index(list(months[0].filled), name="Column"),
        )
        st.dataframe(
            shares,
            width="stretch",
            column_config={
                name: st.column_config.NumberColumn(name, format="percent", step=0.01)
                for name in shares.columns
            },
        )


def loaded(snapshot: Snapshot) -> None:
    """Show the receipt of the last load, where an import wrote the data."""
    st.header("The last load", anchor=False)
    try:
        receipt = imports.present(session.warehouse()).receipt
    except Refusal as refusal:
        st.info(plain(str(refusal)))
        return
    if receipt is None:
        sample = "This is the sample company: it was made, not loaded."
        st.info(sample if snapshot.is_sample else "There is no receipt of a load.")
        return
    outcome.tables(receipt)
