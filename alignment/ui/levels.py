"""Levels and routes: what comes in, where each level goes, and the list of each route for the tools."""

import streamlit as st

from alignment import report
from alignment.domain.levels import Destination, Levels
from alignment.domain.refusal import Refusal
from alignment.domain.stage import Stage
from alignment.errors import MissingColumnError
from alignment.ui import downloads, panels, pictures, terms
from alignment.ui.plain import plain
from alignment.ui.view import View

HEIGHT, ROOM_HEIGHT = 260, 340
TOOLS = {
    Destination.NURTURE: ("for the marketing tool", ":material/water_drop:"),
    Destination.SDR: ("for the CRM", ":material/call:"),
    Destination.SALES: ("for the CRM", ":material/handshake:"),
    Destination.NOBODY: ("stay with us", ":material/pause_circle:"),
}


def show(view: View) -> None:
    """Show the leads that come in by level, and beside them the routes with their lists."""
    agreed = terms.in_force()
    left, right = st.columns([2, 1], gap="small")
    with left, st.container(key="half_levels", gap="xxsmall"):
        st.header("Where leads go", anchor=False)
        panels.show(
            "levels",
            lambda: pictures.levels(view, agreed),
            view.reader,
            title="Leads by level and week",
            height=ROOM_HEIGHT if view.choice.is_room else HEIGHT,
        )
    with right, st.container(key="half_routes", gap="xxsmall"):
        st.header("Routes", anchor=False)
        try:
            found = pictures.arrived(view, agreed)
        except Refusal as refusal:
            panels.instead(str(refusal), HEIGHT, is_missing=isinstance(refusal, MissingColumnError))
            return
        _routes(view, found)


def _routes(view: View, found: Levels) -> None:
    """Show each route's levels and count, and its list as a file."""
    for row in found.rows:
        where = row.route.label if row.route else "nobody"
        hand_off = ", enters hand-off" if row.enters_hand_off else ""
        count = view.reader.words.count(row.leads)
        st.markdown(f"**{plain(row.level or 'unscored')}** {count} → {plain(where)}{hand_off}")
    with st.container(horizontal=True, key="routes_files"):
        for destination, (tool, icon) in TOOLS.items():
            count = found.sent_to(destination)
            if not count:
                continue
            title = f"Leads to {destination.label}, {tool}"
            st.download_button(
                f"{destination.label.capitalize()}: {view.reader.words.count(count)}, {tool}",
                lambda sent=destination, name=title: _csv(view, sent, name),
                downloads.file_name(title, ending="csv"),
                "text/csv",
                on_click="ignore",
                icon=icon,
                key=f"routes_csv_{destination}",
            )


def _csv(view: View, destination: Destination, title: str) -> bytes:
    rows = report.route_rows(view.snapshot, view.choice.cohort(Stage.LEAD), terms.in_force(), destination)
    return downloads.csv_of(downloads.sheet_of_rows(rows, title, view.note))
