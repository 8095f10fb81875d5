"""Ten disputed leads of each direction: who they are, both scores, what became of them; and their file."""

from datetime import UTC, date
from urllib.parse import urlencode

import pyarrow as pa
import streamlit as st

from alignment.domain.agreement import Side
from alignment.ui import definition_impact, downloads, words
from alignment.ui.agreement_panel import SHAPES
from alignment.ui.definition_lead import LEAD
from alignment.ui.definition_moves import of
from alignment.ui.definition_view import DefinitionView
from alignment.ui.table import Table, Value, written
from alignment.whatif import dispute
from alignment.whatif.dispute import Became, Example, Positions

TITLE = "Leads that we would judge differently"
HEIGHT = 320
WHY = "why"


def show(view: DefinitionView, positions: Positions) -> None:
    """Show the newest disputed leads of each direction and offer them as a file."""
    found = dispute.examples(view.snapshot, positions)
    if not found:
        return
    listed = table(view, found)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.subheader("The newest of them, up to ten of each", anchor=False, width="content")
        downloads.table_buttons(listed, TITLE, "differ", definition_impact.basis(view))
    columns = {
        name: [written(row[place], view.reader.words) for row in listed.rows]
        for place, name in enumerate(listed.columns)
    }
    columns |= {WHY: [address(each.lead_id) for each in found]}
    st.dataframe(
        pa.table(columns),
        height=HEIGHT,
        hide_index=True,
        alt=f"{len(found)} leads that one position hands over and the other doesn’t",
        placeholder="",
        column_config={WHY: st.column_config.LinkColumn(WHY, display_text="explain", width="small")},
        column_order=[*listed.columns[:6], WHY, *listed.columns[6:]],
        key="table_differ",
    )


def address(lead_id: str) -> str:
    """Return where a lead is explained."""
    return f"lead?{urlencode({LEAD: lead_id})}"


def table(view: DefinitionView, found: tuple[Example, ...]) -> Table:
    """Return the examples, a row a lead."""
    marks = tuple(f"score {SHAPES[side]}" for side in (Side.MARKETING, Side.SALES))
    columns = ("only by", "lead", "created", *marks, "what became of it", "won", "source")
    return Table(columns, tuple(_row(view, each) for each in found))


def _row(view: DefinitionView, each: Example) -> tuple[Value, ...]:
    return (
        f"{SHAPES[each.side]} {of(each.side)}",
        each.lead_id,
        _day(view, each),
        each.scores[Side.MARKETING],
        each.scores[Side.SALES],
        became(view, each.became),
        each.won,
        each.source or "no source",
    )


def became(view: DefinitionView, what: Became) -> str:
    """Say what came of a lead."""
    draft = view.impact.draft
    stage = draft.outcome.label if draft.outcome else "SQL"
    within = words.window(draft.window_days)
    return {
        Became.CONVERTED: f"became {stage} {within}",
        Became.NOT_CONVERTED: f"worked, not {stage} {within}",
        Became.NEVER_WORKED: "never worked: unknown",
        Became.TOO_YOUNG: "too young to judge",
        Became.UNDATED: f"became {stage}, at an unknown time",
        Became.NOT_TOLD: definition_impact.NEEDS_OUTCOME,
    }[what]


def _day(view: DefinitionView, each: Example) -> date | None:
    if each.created_at is None:
        return None
    return each.created_at.replace(tzinfo=UTC).astimezone(view.snapshot.zone).date()
