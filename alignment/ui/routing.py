"""The lists that a meeting wants empty, and the one action on them: routing leads, seen on all screens."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import pyarrow as pa
import streamlit as st
from streamlit.typing import DataframeState

from alignment import report
from alignment.domain.definition import Route
from alignment.domain.money import CENTS, Money
from alignment.domain.refusal import Refusal
from alignment.domain.routing import BY_HAND, Routing, routes_of, standing
from alignment.domain.stage import Stage
from alignment.errors import MissingColumnError
from alignment.report.waiting_leads import ATTEMPTS, DAYS, HOURS
from alignment.ui import downloads, live, pictures, session, terms
from alignment.ui.agreement_panel import SHAPES, clock
from alignment.ui.answers import ask
from alignment.ui.handoff_strip import Left
from alignment.ui.panels import instead
from alignment.ui.plain import plain
from alignment.ui.view import View

HOLE, UNTOUCHED, ATTEMPTED = "In the black hole", "Not touched", "Few attempts"
ROUTED = "routed to"
HEIGHT = 380
MOST_SHOWN, MOST_LOGGED, LARGEST = 1_000, 10, 100_000
LABELS = {
    "handed_day": "handed over",
    "event_day": "last activity",
    "fell_day": "fell in",
    "hours_waited": "hours waited",
    "days_in_cycle": "days in cycle",
}
ICONS = {
    Route.NURTURE: ":material/water_drop:",
    Route.SDR: ":material/call:",
    Route.BOTH: ":material/call_split:",
}


@dataclass(frozen=True)
class Listed:
    """One list: what it is called, its rows, and what it means when there are none."""

    title: str
    rows: pa.Table
    empty: str


def show(view: View) -> None:
    """Show one of three lists, the routes that a selection can take, and what was routed before."""
    lists: Mapping[str, Callable[[View], Listed]] = {
        HOLE: _hole,
        UNTOUCHED: _untouched,
        ATTEMPTED: _few_attempts,
    }
    with st.container(horizontal=True, vertical_alignment="bottom", key="routing_head"):
        st.header("Nobody left behind", anchor=False, width="content")
        chosen = st.segmented_control(
            "Which leads",
            list(lists),
            default=HOLE,
            required=True,
            key="routing_list",
            label_visibility="collapsed",
        )
        try:
            listed = lists[chosen or HOLE](view)
        except Refusal as refusal:
            instead(str(refusal), HEIGHT, is_missing=isinstance(refusal, MissingColumnError))
            return
    routings = session.agreement().routings.every()
    rows = with_routes(listed.rows, routes_of(routings))
    picked = _table(view, rows, listed) if rows.num_rows else _empty(listed)
    _actions(view, rows, listed, picked)
    _log(view, standing(routings))


def with_routes(rows: pa.Table, routes: Mapping[str, Route]) -> pa.Table:
    """Return the rows with where each lead is routed, nothing for the others."""
    routed = [routes[lead].label if lead in routes else None for lead in rows["lead_id"].to_pylist()]
    return rows.append_column(ROUTED, pa.array(routed, pa.string()))


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
    rows = with_routes(_hole(view).rows, routes_of(session.agreement().routings.every()))
    amount, currency = _amount(view), view.snapshot.currency
    left = rows.filter(rows[ROUTED].is_null())
    money = None
    if amount in rows.column_names:
        money = Money(round(sum(left[amount].to_pylist()) * CENTS), currency)
    return Left(left.num_rows, money, rows.num_rows - left.num_rows)


def _amount(view: View) -> str:
    return f"expected amount, {view.snapshot.currency}"


def _hole(view: View) -> Listed:
    agreed = terms.in_force()
    worth = pictures.hole(view, agreed).worth
    rows = ask(report.black_hole_rows, view.snapshot, view.choice.cohort(Stage.MQL), agreed, worth)
    return Listed(HOLE, rows, "Nothing lies in the gap.")


def _untouched(view: View) -> Listed:
    hours = _number("Not touched for more than hours", HOURS, "routing_hours")
    rows = ask(report.untouched, view.snapshot, view.choice.cohort(Stage.MQL), hours=hours)
    return Listed(
        f"Not touched for over {hours} h", rows, f"Every hand-off was touched within {hours} hours."
    )


def _few_attempts(view: View) -> Listed:
    days = _number("In cycle for days", DAYS, "routing_days")
    attempts = _number("Fewer attempts than", ATTEMPTS, "routing_attempts")
    cohort = view.choice.cohort(Stage.MQL)
    rows = ask(report.few_attempts, view.snapshot, cohort, days=days, attempts=attempts)
    title = f"In cycle for {days} days, fewer than {attempts} attempts"
    return Listed(title, rows, "Every lead in cycle was tried often enough.")


def _number(label: str, usual: int, key: str) -> int:
    return int(
        st.number_input(label, min_value=0, max_value=LARGEST, value=usual, step=1, key=key, width=240)
    )


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
        st.download_button(
            "Download as CSV",
            lambda: downloads.csv_of_rows(rows, listed.title, view.source_note),
            downloads.file_name(listed.title, ending="csv"),
            "text/csv",
            on_click="ignore",
            icon=":material/download:",
            key="routing_csv",
        )
        if not picked and rows.num_rows:
            hint = "Choose leads in the table to route them." if may_route else "Observers look on."
            st.caption(hint, width="content")


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
            where = f"{count} to {routing.route.label}"
            st.markdown(
                f"{who}, {clock(routing.at)}: **{plain(where)}**, {plain(routing.reason)}", width="content"
            )
            title = f"Routed {where}"
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
    rows = pa.table({"lead_id": list(routing.leads), "route": [str(routing.route)] * len(routing.leads)})
    return downloads.csv_of_rows(rows, title, f"{view.source_note} · routed by {routing.who.name}")


def _take_back(number: int) -> None:
    try:
        session.agreement().routings.take_back(session.person(), number, session.screen())
        live.tell("Taken back: the leads are where they were.")
    except Refusal as refusal:
        live.tell(str(refusal))
    live.look_again()
