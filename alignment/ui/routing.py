"""The lists that a meeting wants empty, and the one action on them: routing leads, seen on all screens."""

from collections.abc import Mapping
from functools import partial

import pyarrow as pa
import streamlit as st
from streamlit.typing import DataframeState

from alignment.domain.definition import Route
from alignment.domain.money import CENTS, Money
from alignment.domain.refusal import Refusal
from alignment.domain.routing import BY_HAND, Routing, newest_of, standing
from alignment.errors import MissingColumnError
from alignment.ui import downloads, lists, live, own, recycling, session, words
from alignment.ui.agreement_panel import SHAPES, clock
from alignment.ui.handoff_strip import Left
from alignment.ui.lists import Listed
from alignment.ui.panels import instead
from alignment.ui.plain import plain
from alignment.ui.view import View

ROUTED, WAITS = "routed to", "not before"
HEIGHT = 380
MOST_SHOWN, MOST_LOGGED = 1_000, 10
LABELS = {
    "handed_day": "handed over",
    "event_day": "last activity",
    "fell_day": "fell in",
    "hours_waited": "hours waited",
    "back_day": "sent back",
    "days_in_cycle": "days in cycle",
    "due_day": "due since",
}
ICONS = {
    Route.NURTURE: ":material/water_drop:",
    Route.SDR: ":material/call:",
    Route.BOTH: ":material/call_split:",
}


def show(view: View) -> None:
    """Show one of the lists, where a selection of it can go, and what was routed before."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="routing_head"):
        st.header("Nobody left behind", anchor=False, width="content")
        chosen = st.segmented_control(
            "Which leads",
            list(lists.LISTS),
            default=lists.HOLE,
            required=True,
            key="routing_list",
            label_visibility="collapsed",
        )
        try:
            listed = lists.LISTS[chosen or lists.HOLE](view)
            mine = own.chosen(view)
        except Refusal as refusal:
            instead(str(refusal), HEIGHT, is_missing=isinstance(refusal, MissingColumnError))
            return
    routings = session.agreement().routings.every()
    rows = with_routes(own.of(mine, view, listed.rows), newest_of(routings))
    picked = _table(view, rows, listed) if rows.num_rows else _empty(listed)
    _actions(view, rows, listed, picked)
    _log(view, standing(routings))


def with_routes(rows: pa.Table, routings: Mapping[str, Routing]) -> pa.Table:
    """Return the rows with where each lead is routed, and until when it waits there if any does."""
    held = [routings.get(lead) for lead in rows["lead_id"].to_pylist()]
    routed = [routing.route.label if routing else None for routing in held]
    days = [routing.not_before if routing else None for routing in held]
    rows = rows.append_column(ROUTED, pa.array(routed, pa.string()))
    return rows.append_column(WAITS, pa.array(days, pa.date32())) if any(days) else rows


def where(routing: Routing) -> str:
    """Say where a routing sends its leads, and since when they may be asked again."""
    if routing.not_before is None:
        return routing.route.label
    return f"{routing.route.label}, not before {words.day(routing.not_before)}"


def before_and_after(view: View, listed: Listed, rows: pa.Table) -> str:
    """Say how many leads a list has, how many of them are routed, and how many are left."""
    say, total, left = view.reader.words, rows.num_rows, rows[ROUTED].null_count
    shown = (
        f" The first {say.count(MOST_SHOWN)} are shown, the file has them all." if total > MOST_SHOWN else ""
    )
    if total == left:
        return f"{listed.title}: {say.count(total)}.{shown}"
    routed = f"{say.count(total - left)} routed, {say.count(left)} left"
    return f"{listed.title}: {say.count(total)}, {routed}.{shown}"


def left_inside(view: View) -> Left:
    """Return what lies in the hole and is not routed; raise Refusal where nobody can tell."""
    rows = with_routes(lists.hole(view).rows, newest_of(session.agreement().routings.every()))
    amount, currency = lists.amount(view), view.snapshot.currency
    left = rows.filter(rows[ROUTED].is_null())
    money = None
    if amount in rows.column_names:
        money = Money(round(sum(left[amount].to_pylist()) * CENTS), currency)
    return Left(left.num_rows, money, rows.num_rows - left.num_rows)


def _empty(listed: Listed) -> list[str]:
    instead(listed.empty, HEIGHT)
    return []


def _table(view: View, rows: pa.Table, listed: Listed) -> list[str]:
    """Show the rows; return the ids of those that were chosen."""
    said = before_and_after(view, listed, rows)
    st.caption(plain(said))
    revision = session.agreement().revision()  # what was routed is chosen no more
    table: DataframeState = st.dataframe(
        rows.slice(0, MOST_SHOWN),
        height=HEIGHT,
        hide_index=True,
        alt=said,
        placeholder="",
        column_config={name: LABELS.get(name, name.replace("_", " ")) for name in rows.column_names},
        key=f"routing_rows_{listed.title}_{revision}",
        on_select="rerun",
        selection_mode="multi-row",
    )
    ids = rows["lead_id"]
    return [ids[place].as_py() for place in table.selection.rows if place < rows.num_rows]


def _actions(view: View, rows: pa.Table, listed: Listed, picked: list[str]) -> None:
    """Offer the routes for what is chosen, and the file of the list."""
    may_route = session.person().side.may_edit
    with st.container(horizontal=True, vertical_alignment="center", key="routing_actions"):
        count = view.reader.words.count(len(picked))
        for route in BY_HAND:
            st.button(
                f"Route {count} to {route.label}" if picked else f"Route to {route.label}",
                icon=ICONS[route],
                key=f"routing_to_{route}",
                disabled=not (picked and may_route),
                on_click=_route,
                args=(route, picked, listed.title),
            )
        downloads.rows_buttons(rows, listed.title, "routing", view.source_note)
        if not picked and rows.num_rows:
            hint = "Choose leads in the table to route them." if may_route else "Observers look on."
            st.caption(hint, width="content")
    if listed.can_wait and may_route:
        recycling.action(view, picked, listed.title)


def _route(route: Route, leads: list[str], reason: str) -> None:
    try:
        session.agreement().routings.route(session.person(), route, leads, reason, session.screen())
        live.tell(f"{len(leads):,} routed to {route.label}. Take it back below, whenever you like.")
    except Refusal as refusal:
        live.tell(str(refusal))
    live.look_again()


def _log(view: View, routings: tuple[Routing, ...]) -> None:
    """Show what was routed and stands, the newest first, each with its file and the way back."""
    for routing in reversed(routings[-MOST_LOGGED:]):
        with st.container(horizontal=True, vertical_alignment="center", key=f"routing_{routing.number}"):
            count = view.reader.words.count(len(routing.leads))
            who = f"{SHAPES[routing.who.side]} {plain(routing.who.name)}"
            sent = f"{count} to {where(routing)}"
            st.markdown(
                f"{who}, {clock(routing.at)}: **{plain(sent)}**, {plain(routing.reason)}", width="content"
            )
            title = f"Routed {sent}"
            st.download_button(
                f"Download routing {routing.number}",
                partial(_csv, view, routing, title),
                downloads.file_name(title, str(routing.number), ending="csv"),
                "text/csv",
                on_click="ignore",
                icon=":material/download:",
                key=f"routing_csv_{routing.number}",
            )
            if session.person().side.may_edit:
                st.button(
                    "Take back",
                    icon=":material/undo:",
                    key=f"routing_back_{routing.number}",
                    on_click=_take_back,
                    args=(routing.number,),
                )


def _csv(view: View, routing: Routing, title: str) -> bytes:
    count = len(routing.leads)
    columns: dict[str, list[object]] = {"lead_id": [*routing.leads], "route": [str(routing.route)] * count}
    if routing.not_before:
        columns["not_before"] = [routing.not_before] * count
    rows = pa.table(columns)
    note = f"{view.source_note} · routed by {routing.who.name}"
    return downloads.csv_of(downloads.sheet_of_rows(rows, title, note))


def _take_back(number: int) -> None:
    try:
        session.agreement().routings.take_back(session.person(), number, session.screen())
        live.tell("Taken back: the leads are where they were.")
    except Refusal as refusal:
        live.tell(str(refusal))
    live.look_again()
