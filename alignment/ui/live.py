"""What makes a page live: the doorbell, the fragments that it has run again, messages for the next run."""

from contextlib import suppress
from pathlib import Path

import streamlit as st
from streamlit.components.v2 import component
from streamlit.errors import StreamlitAPIException

from alignment.live.route import PATH
from alignment.ui import session
from alignment.ui.plain import plain

HEARTBEAT_S = 20
TARGETS = "live_targets"
SHOWN = "live_shown"
LOAD = "live_load"
MESSAGES = "live_messages"
_WHOLE = "live_whole_page"
_BEHIND = -1

_CSS = """
.accord {
  --accord-marketing: #0072b2; --accord-sales: #d55e00;
  color: var(--st-text-color); font-family: var(--st-font);
}
.accord ul { display: flex; flex-wrap: wrap; gap: 0.375rem; margin: 0; padding: 0; list-style: none; }
.accord li {
  border: 1px solid var(--st-border-color); border-radius: 1rem; padding: 0.125rem 0.625rem;
  font-size: 0.875rem; overflow-wrap: anywhere;
}
.accord li::first-letter { font-weight: 700; }
.accord li.marketing::first-letter { color: var(--accord-marketing); }
.accord li.sales::first-letter { color: var(--accord-sales); }
.accord p { margin: 0.5rem 0 0; font-size: 0.875rem; }
.accord p:empty { display: none; }
"""
_HTML = '<div class="accord"><ul aria-label="Who is here"></ul><p role="status"></p></div>'

_bell = component(
    "accord_doorbell",
    html=_HTML,
    css=_CSS,
    js=Path(__file__).with_name("live.js").read_text(encoding="utf-8"),
)


def targets(*keys: str) -> None:
    """Name the keyed fragments of this page that run again when somebody else changed something."""
    st.session_state[TARGETS] = keys


def begin() -> None:
    """Open a live fragment: note what it is about to show, and show the messages that callbacks have left."""
    st.session_state[SHOWN] = session.agreement().revision()
    for message in st.session_state.pop(MESSAGES, ()):
        st.toast(plain(message), icon=":material/info:")


def tell(message: str) -> None:
    """Leave a message for the next run; a callback can't show one itself."""
    st.session_state.setdefault(MESSAGES, []).append(message)


@st.fragment(run_every=HEARTBEAT_S)
def bar() -> None:
    """Show who is here, and keep the bell.

    It runs again every 20 s: after a restart of the server that is what brings a page back whose widgets all
    live in fragments, and it finds what other processes wrote. The browser decides when to look again, so a
    drag under way is never cut short.
    """
    if st.session_state.pop(_WHOLE, False):
        st.rerun()
    newest = session.agreement().revision()
    shown = st.session_state.get(SHOWN, newest) if st.session_state.get(TARGETS) else newest
    _bell(
        key="doorbell",
        data={
            "path": PATH,
            "ticket": session.ticket(),
            "revision": newest,
            "shown": _BEHIND if _is_new_load() else shown,
        },
        on_ring_change=_look_again,
        on_look_change=_do_nothing,
    )


def _look_again() -> None:
    keys = st.session_state.get(TARGETS)
    if _is_new_load():
        st.session_state[_WHOLE] = True  # the bar runs next, and may do what a callback can't
    elif keys:
        with suppress(StreamlitAPIException):  # the person is on the way to a page without that fragment
            st.rerun(list(keys))


def _is_new_load() -> bool:
    """Tell whether another load is in than the one that this screen shows."""
    return session.warehouse().signature() != st.session_state.get(LOAD)


def _do_nothing() -> None:
    """Let the bar itself run again: it tells the browser the newest revision."""
