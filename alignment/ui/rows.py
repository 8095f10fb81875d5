"""The rows behind a figure: which deals, which leads; and their download."""

from functools import partial

import pyarrow as pa
import streamlit as st
from streamlit.typing import DataframeState

from alignment import report
from alignment.domain.refusal import Refusal
from alignment.domain.stage import PATH, Stage
from alignment.ui import definition_lead, downloads, words
from alignment.ui.panels import instead
from alignment.ui.pictures import months_shown
from alignment.ui.view import View

MOST_SHOWN = 1_000
OUTCOMES = {"won and lost": ("won", "lost"), "won": ("won",), "lost": ("lost",), "open": ("open",)}
HEIGHT = 420
EVERYBODY = "all"


def deals(view: View, month: int | None = None) -> None:
    """Show the deals behind the revenue; `month` is the place of a bar chosen in the picture of months."""
    period = view.choice.period
    days = [period, *months_shown(period)] if period else [None]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen_days = st.selectbox(
            "Closed in",
            days,
            index=0 if month is None else min(month + 1, len(days) - 1),
            format_func=words.period,
            key=f"rows_days_{month}",
            width=260,
        )
        outcome = st.segmented_control(
            "Outcome", list(OUTCOMES), default="won", required=True, key="rows_outcome"
        )
        chosen = OUTCOMES[outcome or "won"]
        try:
            found = report.deal_rows(view.snapshot, chosen_days, sources=view.choice.sources, outcomes=chosen)
        except Refusal as refusal:
            instead(str(refusal), HEIGHT, is_missing=True)
            return
        found = in_currency(found, view.snapshot.currency)
        title = f"Deals {outcome}, {words.period(chosen_days)}"
        downloads.rows_buttons(found, title, f"rows_{title}", view.note)
    _table(view, found, "deals")


def leads(view: View, stage: int | None = None) -> None:
    """Show the leads of the cohort; `stage` is the place of a bar chosen in the picture of the path."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        named = {"all": "All leads", **{str(each): f"Reached {each.label}" for each in PATH[1:]}}
        reached = st.selectbox(
            "Which leads",
            list(named),
            index=stage or 0,
            format_func=named.__getitem__,
            key=f"rows_stage_{stage}",
            width=260,
        )
        try:
            found = report.lead_rows(view.snapshot, view.choice.cohort())
        except Refusal as refusal:
            instead(str(refusal), HEIGHT, is_missing=True)
            return
        if reached != EVERYBODY:
            found = reached_by(found, Stage(reached))
        title = f"Leads, {named[reached].lower()}, {words.period(view.choice.period)}"
        downloads.rows_buttons(found, title, f"rows_{title}", view.lead_note)
    chosen = _table(view, found, "leads", can_choose=True)
    if chosen is not None:
        definition_lead.button(found["lead_id"][chosen].as_py())


def reached_by(rows: pa.Table, stage: Stage) -> pa.Table:
    """Return the leads that reached the stage at a known day: it or, implying it, a later one."""
    days = [rows[f"{later}_day"].to_pylist() for later in stage.onwards]
    return rows.filter(pa.array([any(each) for each in zip(*days, strict=True)], pa.bool_()))


def in_currency(rows: pa.Table, currency: str) -> pa.Table:
    """Return the deals with the currency in the header of their amounts, on the screen and in the file."""
    names = [f"amount, {currency}" if name == "amount" else name for name in rows.column_names]
    return rows.rename_columns(names)


def _table(view: View, found: pa.Table, what: str, *, can_choose: bool = False) -> int | None:
    """Show the rows; return the place of the one that was chosen among them, if any can be and was."""
    if not found.num_rows:
        instead(f"There are no such {what}. Choose other days or sources above.", HEIGHT)
        return None
    count = view.reader.words.count
    shown = f"{count(found.num_rows)} {what}"
    if found.num_rows > MOST_SHOWN:
        shown += f"; the newest {count(MOST_SHOWN)} are shown, the file has them all"
    st.caption(f"{shown}. Choose one to see why it is what it is." if can_choose else f"{shown}.")
    table = partial(
        st.dataframe,
        found.slice(0, MOST_SHOWN),
        height=HEIGHT,
        hide_index=True,
        alt=shown,
        placeholder="",
        column_config=_labels(found),
        key=f"table_{what}",
    )
    if not can_choose:
        table()
        return None
    chosen: DataframeState = table(on_select="rerun", selection_mode="single-row")
    return next((place for place in chosen.selection.rows if place < found.num_rows), None)


def _labels(found: pa.Table) -> dict[str, str]:
    """Return the columns' names as people read them; `mql_day` is the day on which a lead became MQL."""
    stages = {f"{stage}_day": stage.label for stage in Stage}
    return {name: stages.get(name, name.replace("_", " ")) for name in found.column_names}
