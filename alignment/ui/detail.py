"""The pages behind the board's halves: their panels, larger, each with its PNG, and what to group by."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from alignment import report
from alignment.domain.refusal import Refusal
from alignment.domain.stage import PATH, Stage
from alignment.ui import figures, panels, pictures, tables
from alignment.ui.answers import ask
from alignment.ui.panels import Picture
from alignment.ui.plain import plain
from alignment.ui.view import View

HEIGHT = 430
ROOM_HEIGHT = 640
PEOPLE = "owner"
MOST_COLUMNS = 40
_GROUPING = ("VARCHAR", "BOOLEAN")


def panel(
    view: View, key: str, title: str, draw: Callable[[], Picture], *, can_choose: bool = False
) -> int | None:
    """Show a panel in a page's own height, to be saved as PNG; return the bar chosen in it."""
    height = ROOM_HEIGHT if view.choice.is_room else HEIGHT
    return panels.show(
        key, draw, view.reader, title=title, height=height, can_leave=True, can_choose=can_choose
    )


def revenue_figures(view: View) -> None:
    """Show what was won in the period, in five figures."""
    try:
        found = ask(report.revenue, view.snapshot, view.choice.period, sources=view.choice.sources)
    except Refusal as refusal:
        st.info(plain(refusal), icon=":material/table_chart:")
        return
    say = view.reader.words
    table = tables.of_revenue(found, "deals")
    figures.show(
        figures.of_revenue(found.rows[0], say),
        found.passport,
        table,
        view.reader,
        key="revenue",
        note=view.note,
    )


def conversion_figures(view: View, start: Stage, end: Stage) -> None:
    """Show one conversion of the chosen cohort, and who could not be judged."""
    try:
        found = ask(
            report.conversion, view.snapshot, start, end, view.choice.cohort(start), window=view.choice.window
        )
    except Refusal as refusal:
        st.info(plain(refusal), icon=":material/table_chart:")
        return
    row = found.rows[0]
    table = tables.of_conversions(found, "leads")
    shown = figures.of_conversion(row, found.label, view.reader.words)
    figures.show(shown, found.passport, table, view.reader, key="conversion", note=view.lead_note)


def won_by(view: View) -> None:
    """Show won revenue by a column of the deals that people choose."""
    column = _group_by("deals", view, ("source", "stage", PEOPLE), "won_by")
    panel(view, "won_by", "Won by group", lambda: pictures.won_by(view, column, can_leave=True))


def by_column(view: View, start: Stage, end: Stage) -> None:
    """Show one conversion by a chosen column of the leads; never by person: a low rate names nobody."""
    column = _group_by("leads", view, ("source", "campaign"), "by_column")
    title = f"{start.label} → {end.label} by group"
    panel(view, "by_column", title, lambda: pictures.by_column(view, start, end, column))


def steps(view: View) -> tuple[Stage, Stage]:
    """Let people choose from which stage to which; first comes what the board shows."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="steps"):
        starts = [*PATH[:-1]]
        usual_start, usual_end = pictures.usual_pair(view)
        in_address = partial(st.selectbox, format_func=_label, width=200, bind="query-params")
        start = in_address("From", starts, index=starts.index(usual_start), key="from")
        ends = [*start.onwards[1:], *([Stage.MEETING] if start in (Stage.LEAD, Stage.MQL) else [])]
        first = ends.index(usual_end) if usual_end in ends else 0
        end = in_address("To", ends, index=first, key="to")
    return start, end


def _label(stage: Stage) -> str:
    return stage.label


def _group_by(table: str, view: View, first: tuple[str, ...], key: str) -> str:
    """Let people choose a column to group by: those with words or yes/no in them, the usual ones first."""
    there = view.snapshot.columns.get(table, ())
    words_in = [
        name
        for name in there
        if view.snapshot.types[table, name] in _GROUPING and not name.endswith("_id") and name != PEOPLE
    ]
    options = [name for name in first if name in there or name == "source"]
    options += [name for name in words_in if name not in options][:MOST_COLUMNS]
    return st.selectbox(
        "Group by",
        options,
        format_func=lambda name: name.replace("_", " "),
        key=key,
        width=260,
        bind="query-params",
    )
