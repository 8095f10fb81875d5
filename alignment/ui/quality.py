"""The panels of the quality page."""

import pandas as pd
import streamlit as st

from alignment import imports
from alignment.domain.quality import Fullness
from alignment.domain.refusal import Refusal
from alignment.report import quality
from alignment.store.snapshot import Snapshot
from alignment.ui import reader, session
from alignment.ui.intake import outcome
from alignment.ui.plain import plain
from alignment.ui.words import as_of

_MOST_MONTHS = 24
_NAME_PX = 150
_INK, _DARKEST = "#0e7c86", 0x59
"""The colour of a full column, and how opaque it is: its text stays readable in both themes."""


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
    if not looked:
        st.markdown("Nothing to look for.")
    elif not found:
        st.markdown(f"Nothing of the {len(clean)} things that we looked for.")
    if clean:
        with st.expander(f"{len(clean)} things that we looked for and did not find"):
            st.markdown("\n".join(f"- {plain(words)}" for words in clean))


def full(snapshot: Snapshot) -> None:
    """Show, table by table, which share of each month's rows has each column."""
    st.header("How full its columns are", anchor=False)
    for table, is_dated in quality.tables(snapshot):
        if is_dated:
            _by_month(snapshot, table)
        else:
            _at_all(snapshot, table)


def _by_month(snapshot: Snapshot, table: str) -> None:
    st.subheader(f"{table.capitalize()}, by month of creation", anchor=False)
    of_attributes = quality.has_attributes(snapshot, table) and st.toggle(
        f"Attributes of {table}, not our own columns", key=f"quality_attributes_{table}"
    )
    months = quality.fullness(snapshot, table, of_attributes=of_attributes)[-_MOST_MONTHS:]
    if not months:
        st.info(plain(f"No {table} have a creation date, so there are no months to compare."))
        return
    st.caption(
        "Share of the month's rows that have a value, the newest month first. A column that empties in the "
        "newest months is often late."
    )
    shares = pd.DataFrame(
        {_month(month): [month.share(name) for name in month.filled] for month in reversed(months)},
        index=pd.Index(list(months[0].filled), name="Column"),
    )
    _shaded(shares)


def _at_all(snapshot: Snapshot, table: str) -> None:
    st.subheader(f"{table.capitalize()}, all of them", anchor=False)
    st.caption("Share of the rows that have a value. Without a creation date there are no months to compare.")
    whole = quality.whole_fullness(snapshot, table)
    _shaded(
        pd.DataFrame(
            {"Share": [whole.share(name) for name in whole.filled]},
            index=pd.Index(list(whole.filled), name="Column"),
        )
    )


def _month(month: Fullness) -> str:
    return f"{month.month_on:%Y-%m}" if month.month_on else ""


def _shaded(shares: pd.DataFrame) -> None:
    """Show shares as percentages, the fuller the darker."""
    st.dataframe(
        shares.style.map(_shade),
        width="stretch" if len(shares.columns) > 1 else "content",
        height="content",
        column_config={
            name: st.column_config.NumberColumn(name, format="percent", step=0.01) for name in shares.columns
        }
        | {"_index": st.column_config.TextColumn("Column", width=_NAME_PX)},
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
    at = as_of(receipt.loaded_at, snapshot.zone).removeprefix("as of ")
    st.markdown(plain(f"Loaded {at}."))
    outcome.tables(receipt)


def _shade(share: object) -> str:
    depth = round(share * _DARKEST) if isinstance(share, float) else 0
    return f"background-color: {_INK}{depth:02x}"
