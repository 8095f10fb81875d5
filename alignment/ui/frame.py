"""The frame around every page: who is here, what is shown, and a sentence where something can't be."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from streamlit.components.v2 import component
from streamlit.navigation.page import StreamlitPage

from alignment.config import ROOT, settings
from alignment.domain.agreement import Person, Side
from alignment.domain.refusal import Refusal
from alignment.errors import WarehouseError
from alignment.ui import dress, failed_load, live, loads, reader, session, sight, sign_in
from alignment.ui.agreement_panel import clock
from alignment.ui.plain import plain
from alignment.ui.shapes import SHAPES


@dataclass(frozen=True)
class Entry:
    """A page as the frame lists it, or keeps it for links alone."""

    path: Path
    title: str
    icon: str
    is_listed: bool = True


IMPORT = Path("data/import.py")
PAGES = (
    Entry(Path("together/board.py"), "Board", ":material/handshake:"),
    Entry(Path("together/revenue.py"), "Revenue", ":material/payments:"),
    Entry(Path("together/conversion.py"), "Conversion", ":material/filter_alt:"),
    Entry(Path("together/handoff.py"), "Hand-off", ":material/swap_horiz:"),
    Entry(Path("agreement/definition.py"), "Definition", ":material/tune:"),
    Entry(Path("agreement/history.py"), "History", ":material/history:"),
    Entry(Path("agreement/lead.py"), "Explain a lead", ":material/person_search:", is_listed=False),
    Entry(Path("together/strategies.py"), "Strategies", ":material/campaign:"),
    Entry(Path("together/backward_plan.py"), "Plan backwards", ":material/flag:"),
    Entry(Path("together/digest.py"), "Digest", ":material/summarize:"),
    Entry(IMPORT, "Import", ":material/upload_file:"),
    Entry(Path("data/quality.py"), "Data quality", ":material/fact_check:"),
)
"""What a meeting moves between comes first: on a laptop the last ones stand behind “more”."""
SIDE_WORDS = {Side.MARKETING: "Marketing", Side.SALES: "Sales", Side.OBSERVER: "Observer (looks on)"}

_memory = component(
    "accord_memory",
    js="""
const KEY = "accord.person";
const AGAIN_MS = 1000;
let timer = null;

export default function ({ data, setTriggerValue }) {
  clearInterval(timer);
  if (data.forget) sessionStorage.removeItem(KEY);
  if (data.person) sessionStorage.setItem(KEY, JSON.stringify(data.person));
  if (data.person || !sessionStorage.getItem(KEY)) return;
  // While we ask who is here there is no bell: what it said in the same moment would take our answer with it.
  if (window.accordBell) window.accordBell.ask = null;
  const tell = () => setTriggerValue("known", JSON.parse(sessionStorage.getItem(KEY)));
  tell();
  timer = setInterval(tell, AGAIN_MS);
  return () => clearInterval(timer);
}
""",
)


def show() -> None:
    """Show the page that the address names, once we know who is here."""
    st.set_page_config(
        page_title="Accord", page_icon=str(Path(__file__).with_name("icon.svg")), layout="wide"
    )
    pages = {
        entry.path: st.Page(
            ROOT / "pages" / entry.path,
            title=entry.title,
            icon=entry.icon,
            visibility="visible" if entry.is_listed else "hidden",
        )
        for entry in PAGES
        if (ROOT / "pages" / entry.path).exists()
    }
    try:
        _show(st.navigation([*pages.values()], position="top"), to_import=pages[IMPORT])
    except Refusal as refusal:
        say(refusal)


def say(problem: Exception) -> bool:
    """Show a refusal as the sentence it is; leave all else to the default, which names no detail."""
    if isinstance(problem, Refusal):
        st.error(plain(problem), icon=":material/info:")
    return isinstance(problem, Refusal)


def _show(page: StreamlitPage, to_import: StreamlitPage) -> None:
    if not _is_somebody_here():
        return
    live.targets()
    dress.sides()
    with st.sidebar:
        _who()
        sight.first()
    try:
        _header()
    except WarehouseError as nothing_loaded:
        _without_data(page, to_import, nothing_loaded)
        return
    loads.note()
    with st.sidebar:
        st.caption("Here now")
        live.bar()
    page.run()
    _footer()


def _without_data(page: StreamlitPage, to_import: StreamlitPage, why: WarehouseError) -> None:
    """Show the import page, or the way to it: the one thing to do while nothing is loaded."""
    if page is to_import:
        st.info(plain(why))
        page.run()
        return
    dress.put_on()
    st.title(page.title, anchor=False)
    failed_load.say(settings().zone)
    st.info(f"There is no data to show yet. {plain(why)}", icon=":material/upload_file:")
    st.page_link(to_import, label="Import your files", icon=to_import.icon)


def _is_somebody_here() -> bool:
    """Tell whether we know who is at this screen; else ask."""
    if sign_in.is_set_up():
        person = sign_in.signed_in()
        if person is None:
            st.title("Accord")
            st.button("Sign in", type="primary", on_click=st.login)
            return False
        st.session_state[session.PERSON] = person
        return True
    if session.PERSON not in st.session_state:
        _take_from_address()
    if session.PERSON in st.session_state:
        return True
    _ask()
    return False


def _take_from_address() -> None:
    """Take name and side from the address, and out of it: a shared link makes nobody somebody else."""
    given = {key: st.query_params.get(key) for key in ("name", "side")}
    if given["name"] and given["side"]:
        _join(given)
        rest = {key: st.query_params.get_all(key) for key in st.query_params if key not in given}
        st.query_params.from_dict(rest)  # one step of the browser's history, not one for each


def _ask() -> None:
    st.title("Accord")
    st.write("The dashboard on which marketing and sales agree. Who is at this screen?")
    is_leaving = st.session_state.pop("frame_leaves", False)
    _memory(key="memory", data={"forget": is_leaving}, on_known_change=_remember)
    with st.form("join", width=420):
        name = st.text_input("Your name", max_chars=60, key="join_name")
        side = st.radio(
            "You speak for", list(SIDE_WORDS), format_func=SIDE_WORDS.__getitem__, horizontal=True
        )
        if st.form_submit_button("Come in", type="primary"):
            try:
                _join({"name": name, "side": str(side)})
            except Refusal as refusal:
                say(refusal)
            else:
                st.rerun()


def _remember() -> None:
    known = st.session_state["memory"].known
    if isinstance(known, dict):
        _join({key: known.get(key) for key in ("name", "side")})


def _join(given: Mapping[str, object]) -> None:
    name, side = str(given["name"] or ""), str(given["side"])
    st.session_state[session.PERSON] = Person(
        name.strip()[:60], Side(side) if side in list(Side) else Side.OBSERVER
    )


def _header() -> None:
    load = session.snapshot()
    live.note_shown()
    st.session_state[live.LOAD] = session.load_state()
    st.session_state[live.DRESSED] = reader.here().look.is_dark
    badge = " :violet-badge[sample company]" if load.is_sample else ""
    st.markdown(f"**{plain(load.company or 'Accord')}**{badge}")


def _who() -> None:
    who = session.person()
    st.markdown(f"{SHAPES[who.side]} **{plain(who.name)}**, {who.side}")
    if sign_in.is_set_up():
        st.button("Sign out", on_click=_sign_out, type="tertiary")
    else:
        _memory(
            key="memory",
            data={"person": {"name": who.name, "side": str(who.side)}},
            on_known_change=_remember,
        )
        st.button("Come in as somebody else", on_click=_leave, type="tertiary")


def _sign_out() -> None:
    session.leave_seat()
    st.logout()


def _leave() -> None:
    session.leave_seat()
    del st.session_state[session.PERSON]
    st.session_state["frame_leaves"] = True


def _footer() -> None:
    load = session.snapshot()
    failed_load.say(load.zone)
    as_of = f"Data as of {clock(load.as_of)} ({load.zone.key})." if load.as_of else "Data without dates."
    st.caption(plain(as_of))
