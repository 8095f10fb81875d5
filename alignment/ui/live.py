"""What makes a page live: the doorbell, the fragments that it has run again, messages for the next run."""

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic
from typing import TypeAlias

import streamlit as st
from streamlit.components.v2 import component
from streamlit.errors import StreamlitAPIException
from streamlit.runtime.scriptrunner import get_script_run_ctx

from alignment.domain.agreement import Draft
from alignment.live.route import PATH
from alignment.ui import reader, session
from alignment.ui.plain import plain

HEARTBEAT_S = 20
Parts: TypeAlias = Callable[[Draft, Sequence[str] | None, bool], Sequence[str]]
"""Chooses the keys of the fragments that show some fields of the draft; None stands for all fields.

The last argument tells whether the screen has heard the fields' news, so that controls and slots are up to
date already.
"""

Owed: TypeAlias = dict[str, float | None]

TARGETS = "live_targets"
SHOWN = "live_shown"
DRAFT = "live_draft"
LOAD = "live_load"
DRESSED = "live_is_dark"
"""Whether the page was last drawn for a dark theme."""
MESSAGES = "live_messages"
OWED = "live_owed"
"""The fragments to be drawn again, each with the moment when a run has drawn it, None before.

A run may be cut short by the next. What a fragment no longer shows is cleared away at the end of a run only,
so one that is drawn is owed still, until all are and the browser has surely heard the end of that run:
Streamlit tells it of a run cut short where another begins before that message has left.
"""
SETTLES_S = 2.0
"""From a drawing until the browser has heard of its end, on a busy server too."""
_WHOLE = "live_whole_page"
_BEHIND = -1

_CSS = """
.accord {
  color: var(--st-text-color); font-family: var(--st-font);
}
.accord ul { display: flex; flex-wrap: wrap; gap: 0.375rem; margin: 0; padding: 0; list-style: none; }
.accord li {
  border: 1px solid var(--st-border-color); border-radius: 1rem; padding: 0.125rem 0.625rem;
  font-size: 0.875rem; overflow-wrap: anywhere;
}
.accord li::first-letter { font-weight: 700; }
.accord li.marketing::first-letter { color: var(--accord-marketing, #0072b2); }
.accord li.sales::first-letter { color: var(--accord-sales, #d55e00); }
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


def targets(*keys: str, parts: Parts | None = None) -> None:
    """Name the keyed fragments of this page that run again when something changed.

    With `parts` only those of them run that it chooses, given the draft and the fields changed since.
    """
    st.session_state[TARGETS] = (keys, parts)
    st.session_state[OWED] = {}
    st.session_state.pop(_WHOLE, None)


def note_shown() -> None:
    """Note what the run that begins now is going to show, at the least."""
    agreement = session.agreement()
    st.session_state[SHOWN] = agreement.revision()
    draft = agreement.draft()
    st.session_state[DRAFT] = (draft.base.number, draft.seq, len(draft.reveals))


@contextmanager
def drawing(key: str) -> Generator[None]:
    """Draw a live fragment, with the messages that callbacks have left; what a cut run drew is still owed."""
    for message in st.session_state.pop(MESSAGES, ()):
        st.toast(plain(message), icon=":material/info:")
    yield
    owed: Owed = st.session_state.get(OWED, {})
    # The whole page: what it no longer holds is owed to nobody.
    drawn = owed if _is_whole(key) else {key} & owed.keys()
    owed.update(dict.fromkeys(list(drawn), monotonic()))


def owed() -> Owed:
    """Return what is owed as a run begins: nothing, once all was drawn and the browser has heard of it."""
    found: Owed = st.session_state.setdefault(OWED, {})
    drawn = [when for when in found.values() if when is not None]
    if not found or len(drawn) < len(found):
        return found
    if monotonic() > max(drawn) + SETTLES_S:
        found.clear()
    else:
        found.update(dict.fromkeys(found))
    return found


def _is_whole(key: str) -> bool:
    """Tell whether a fragment holds all others of its page."""
    keys, parts = st.session_state.get(TARGETS, ((), None))
    return parts is not None and key in keys


def tell(message: str) -> None:
    """Leave a message for the next run; a callback can't show one itself."""
    st.session_state.setdefault(MESSAGES, []).append(message)


@st.fragment(run_every=HEARTBEAT_S)
def bar() -> None:
    """Show who is here, and keep the bell.

    It runs again every 20 s: after a restart of the server that is what brings a page back whose widgets all
    live in fragments, and it finds what other processes wrote. The browser decides when to look again, so a
    drag under way is never cut short. Whoever changes to the other theme has the whole page drawn in it:
    pictures bring their inks along.
    """
    is_dark = reader.here().look.is_dark
    if st.session_state.pop(_WHOLE, False) or st.session_state.get(DRESSED, is_dark) != is_dark:
        st.rerun()
    newest = session.agreement().revision()
    is_live = bool(st.session_state.get(TARGETS, ((), None))[0])
    shown = st.session_state.get(SHOWN, newest) if is_live else newest
    _bell(
        key="doorbell",
        data={
            "path": PATH,
            "ticket": session.ticket(),
            "revision": newest,
            "epoch": session.epoch(),
            "locale": st.context.locale or "en",
            "shown": _BEHIND if _is_new_load() or owed() else shown,
        },
        on_ring_change=_rung,
        on_look_change=_do_nothing,
    )


def look_again(*fields: str, is_heard: bool = False) -> None:
    """End a callback: run again what shows these fields or anything else that changed since it was shown."""
    keys, parts = st.session_state.get(TARGETS, ((), None))
    if not keys:
        return
    known = st.session_state.get(DRAFT)
    note_shown()
    chosen = parts(*_changed_since(known, fields), is_heard) if parts and known else keys
    owed().update(dict.fromkeys(chosen))
    catch_up()


def catch_up() -> None:
    """End a callback: run again what is owed, because a run that was to draw it was cut short by the next.

    What was not drawn at all comes first, so that each is drawn in the end, however often runs are cut. Where
    a part is not there, for what holds it could not be drawn, what holds all is drawn, else the whole page.
    """
    left = owed()
    if not left:
        return
    whole = list(filter(_is_whole, left))
    keys, _ = st.session_state.get(TARGETS, ((), None))
    for wanted in (whole or sorted(left, key=lambda key: left[key] or 0.0), keys):
        with suppress(StreamlitAPIException):  # the person is on the way to a page without that fragment
            st.rerun(wanted)
    st.session_state[_WHOLE] = True


def _changed_since(known: tuple[int, int, int], fields: Sequence[str]) -> tuple[Draft, Sequence[str] | None]:
    """Return the draft and the fields with news since the known version, edit and bids; None for all."""
    number, seq, reveals = known
    draft = session.agreement().draft()
    if draft.base.number != number:
        return draft, None
    edited = (edit.field for edit in draft.edits if edit.seq > seq)
    return draft, [*fields, *edited, *(reveal.field for reveal in draft.reveals[reveals:])]


def _rung() -> None:
    context = get_script_run_ctx()
    asked = context.fragment_ids_this_run if context else None
    told = st.session_state["doorbell"].ring
    is_heard, is_whole = (isinstance(told, dict) and bool(told.get(key)) for key in ("isHeard", "isWhole"))
    if asked is None:
        return  # something else has the whole page drawn
    # What a person asked for in the same moment would be lost: fragments named here take the run's place.
    if is_whole or len(asked) > 1 or _is_new_load():
        st.session_state[_WHOLE] = True  # the bar runs next, and may do what a callback can't
    else:
        look_again(is_heard=is_heard)


def _is_new_load() -> bool:
    """Tell whether another load is in, or has failed, than the one that this screen shows."""
    return session.load_state() != st.session_state.get(LOAD)


def _do_nothing() -> None:
    """Let the bar itself run again: it tells the browser the newest revision."""
