"""What people choose on a page: period, window, sources, MQLs, room mode; kept in the address."""

from collections.abc import Mapping
from datetime import date

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from alignment import report
from alignment.domain.judged import Judged
from alignment.domain.period import Period
from alignment.domain.refusal import Refusal
from alignment.store.snapshot import Snapshot
from alignment.ui import dress, reader, session, words
from alignment.ui.answers import ask
from alignment.ui.choice import (
    WINDOWS,
    Choice,
    as_address,
    from_address,
    in_other_data,
    named_periods,
    window_token,
)
from alignment.ui.plain import plain
from alignment.ui.view import View

NAMES = ("period", "window", "source", "room", "judged")
"""The parameters of an address that hold a choice."""
OWN_DAYS = "Other days …"
ROOM_HELP = "Large enough to read from three metres"
WINDOW_WORDS = {
    "usual": "Usual: what 8 in 10 took",
    "30": "30 days",
    "60": "60 days",
    "90": "90 days",
    "ever": "Ever",
}
_KEPT, _LEFT = "choice_in_address", "choice_addresses_left"
MOST_LEFT = 20
_LOAD = "choice_on_load"


def view(title: str, *, undated: str = "") -> View:
    """Put the page's title and its choices on one line and return what is to be looked at.

    `title` may hold `{period}`; `undated` stands in its place for data without dates. A
    part of the address that means nothing is said and replaced by its default; without a warehouse the page
    says so and stops.
    """
    try:
        snapshot = session.warehouse().snapshot()
    except Refusal as refusal:
        st.title("Accord", anchor=False)
        st.error(plain(str(refusal)))
        st.stop()
    today = report.clock_of(snapshot).today if snapshot.as_of else None
    known = ask(report.source_values, snapshot)
    judgements = _judgements(snapshot)
    choice, complaints = from_address(_address(), today, known, judgements)
    if st.session_state.get(_LOAD, snapshot.signature) != snapshot.signature:
        choice, gave_way = in_other_data(choice, ask(report.known_days, snapshot))
        complaints += gave_way
        st.session_state.pop("is_own_period", None)
    st.session_state[_LOAD] = snapshot.signature
    who = reader.here(is_room=choice.is_room)
    dress.put_on(look=who.look)
    seen = View(snapshot, choice, who, today)
    with st.container(
        key="bar", horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        named = title if choice.period else undated or title
        st.title(plain(named.format(period=words.period(choice.period))), anchor=False, width="content")
        _choices(seen, known, judgements)
    for complaint in complaints:
        st.warning(plain(complaint), icon=":material/info:")
    _keep(choice)
    return seen


def is_room() -> bool:
    """Tell whether the page is to be read from three metres: by its address, else as on the page before."""
    return _address().get("room", [])[:1] == ["1"]


def room_alone() -> None:
    """Offer room mode on a page that has no other choices; it stays as it is from page to page."""
    now = is_room()
    _keep_room(is_on=now)
    _set("pick_room", now)
    st.toggle("Room mode", key="pick_room", on_change=_turn, help=None if now else ROOM_HELP)


def _turn() -> None:
    """Follow the switch, and have the whole page drawn for its distance."""
    state = st.session_state
    state[_LEFT] = [*state.get(_LEFT, ()), _named(), state.get(_KEPT, {})][-MOST_LEFT:]
    _keep_room(is_on=state["pick_room"])
    st.rerun()


def _keep_room(*, is_on: bool) -> None:
    """Keep room mode beside what was chosen on other pages, and write it to the address."""
    kept = {name: found for name, found in st.session_state.get(_KEPT, {}).items() if name != "room"}
    st.session_state[_KEPT] = kept | ({"room": ["1"]} if is_on else {})
    if is_on and st.query_params.get_all("room") != ["1"]:
        st.query_params["room"] = "1"
    elif not is_on:
        st.query_params.pop("room", None)


def _address() -> Mapping[str, list[str]]:
    """Return the address's own choice, else the one made on another page of this session.

    What a browser asks for before it has heard of a choice names an address that choices have left: it would
    take them back. To go back in the browser is another thing.
    """
    named = _named()
    kept: Mapping[str, list[str]] = st.session_state.get(_KEPT, {})
    context = get_script_run_ctx()
    is_late = named in st.session_state.get(_LEFT, ()) and not (context and context.is_history_navigation)
    return kept if is_late or not named else named


def _named() -> Mapping[str, list[str]]:
    values = {name: st.query_params.get_all(name) for name in NAMES}
    return {name: found for name, found in values.items() if found}


def _keep(choice: Choice) -> None:
    """Keep the choice, and write it to the address at once: each write is a step of its history."""
    st.session_state[_KEPT] = written = as_address(choice)
    for name in set(NAMES) - set(written):
        st.query_params.pop(name, None)
    if new := {name: value for name, value in written.items() if st.query_params.get_all(name) != value}:
        st.query_params.update(new)


def _judgements(snapshot: Snapshot) -> tuple[Judged, ...]:
    """Return by what leads can be judged; a ledger that can't be read leaves what the CRM recorded."""
    try:
        agreement = session.agreement()
        return report.judgements(snapshot, agreement.versions(), agreement.draft())
    except Refusal:
        return report.judgements(snapshot, ())


def _choices(seen: View, known: tuple[str | None, ...], judgements: tuple[Judged, ...]) -> None:
    choice = seen.choice
    again = choice, judgements
    with st.container(
        key="choices", horizontal=True, vertical_alignment="center", width="content", gap="small"
    ):
        summary = f"{words.period(choice.period)} · {seen.window_words} · {words.sources(choice.sources)}"
        summary += "" if choice.judged == judgements[0] else f" · MQLs {choice.judged}"
        with st.popover(plain(summary), icon=":material/tune:", key="choose"):
            _period(seen, again)
            _set("pick_window", window_token(choice.window))
            st.selectbox(
                "Cohort window: how long each lead is given",
                list(WINDOWS),
                format_func=WINDOW_WORDS.__getitem__,
                key="pick_window",
                on_change=_rewrite,
                args=again,
            )
            _set("pick_sources", list(choice.sources))
            st.multiselect(
                "Sources (none chosen: all)",
                known,
                format_func=lambda source: source or "no source",
                key="pick_sources",
                on_change=_rewrite,
                args=again,
            )
            if len(judgements) > 1:
                _pick_judged(choice, judgements)
        _set("pick_room", choice.is_room)
        st.toggle(
            "Room mode",
            key="pick_room",
            on_change=_rewrite,
            args=again,
            help=None if choice.is_room else ROOM_HELP,
        )


def _pick_judged(choice: Choice, judgements: tuple[Judged, ...]) -> None:
    words_of = {judged.token: str(judged) for judged in judgements}
    _set("pick_judged", choice.judged.token)
    st.selectbox(
        "MQLs judged",
        list(words_of),
        format_func=words_of.__getitem__,
        key="pick_judged",
        on_change=_rewrite,
        args=(choice, judgements),
        help="A definition judges the values that the table holds now, not those of that day.",
    )


def _period(seen: View, again: tuple[Choice, tuple[Judged, ...]]) -> None:
    if seen.today is None or seen.choice.period is None:
        st.caption("The data has no dates: all of it is shown.")
        return
    named = named_periods(seen.today)
    own = next((name for name, period in named.items() if period == seen.choice.period), OWN_DAYS)
    _set("pick_period", OWN_DAYS if st.session_state.get("is_own_period") else own)
    shown = st.selectbox(
        "Period",
        [*named, OWN_DAYS],
        key="pick_period",
        on_change=_rewrite,
        args=again,
        format_func=lambda name: f"{name}: {words.period(named[name])}" if name in named else name,
    )
    if shown == OWN_DAYS:
        show_days("pick_days", seen.choice.period)
        st.date_input("First and last day", key="pick_days", on_change=_rewrite, args=again)


def show_days(key: str, period: Period) -> None:
    """Have a widget of two days show the period, unless the first day is chosen and the last one not yet."""
    if len(st.session_state.get(key, ())) != 1:
        _set(key, (period.start, period.last))


def _set(key: str, value: object) -> None:
    """Have a widget show what the address says: the address is the one truth.

    One that shows it already is left alone: told again, it would take back what is being chosen right now.
    """
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value


def _rewrite(before: Choice, judgements: tuple[Judged, ...]) -> None:
    """Write what the widgets say into the address."""
    state = st.session_state
    token = state.get("pick_judged", before.judged.token)
    state[_LEFT] = [*state.get(_LEFT, ()), _named(), state.get(_KEPT, {})][-MOST_LEFT:]
    choice = Choice(
        _picked_period(before),
        WINDOWS[state.get("pick_window", window_token(before.window))],
        tuple(state.get("pick_sources", before.sources)),
        bool(state.get("pick_room", before.is_room)),
        next((judged for judged in judgements if judged.token == token), before.judged),
    )
    _keep(choice)


def _picked_period(before: Choice) -> Period | None:
    state = st.session_state
    name = state.get("pick_period")
    state["is_own_period"] = name == OWN_DAYS
    if name is None or before.period is None:
        return before.period
    if name != OWN_DAYS:
        snapshot = session.warehouse().snapshot()
        return named_periods(report.clock_of(snapshot).today)[name]
    days: tuple[date, ...] = state.get("pick_days", ())
    return Period(days[0], date.fromordinal(days[1].toordinal() + 1)) if len(days) > 1 else before.period
