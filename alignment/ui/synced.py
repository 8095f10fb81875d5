"""Widgets for one field of the draft that several people move at once.

Each is drawn with a *mount*: the value it showed and the newest edit behind what was on the screen. A value
set by somebody else gives the widget a new identity, its own change keeps it; so the focus stays, and what a
browser sends for an identity that has gone is known to be late.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

import streamlit as st

from alignment.domain.agreement import Draft
from alignment.domain.definition_plain import Plain
from alignment.domain.refusal import Refusal
from alignment.ui import live, session
from alignment.ui.plain import plain

Wiring: TypeAlias = dict[str, Any]
"""What ties a widget to its field: arguments that every Streamlit widget takes by name."""

MOUNTS = "synced_mounts"
NOT_SEEN = -1


@dataclass
class Mount:
    """One widget on this screen: the identity it has, the value it shows, the newest edit seen with it.

    `refused` is what was last refused, by identity: a browser may send one release twice.
    """

    identity: int
    value: Plain
    seen_seq: int
    refused: tuple[int, Plain] | None = None


def hook(field: str) -> str:
    """Return the CSS hook of a field, the same for ever: its widgets lie below `.st-key-<hook>`."""
    return "field_" + hashlib.sha256(field.encode()).hexdigest()[:12]


def whole(draft: Draft, field: str, label: str, low: int, high: int | None = None) -> None:
    """Draw a number field that may be empty."""
    with st.container(key=hook(field)):
        st.number_input(plain(label), low, high, draft.value_of(field), 1, **wiring(draft, field, "whole"))


def text(draft: Draft, field: str, label: str, *, longest: int = 60, placeholder: str = "") -> None:
    """Draw a text field."""
    value = str(draft.value_of(field) or "")
    with st.container(key=hook(field)):
        st.text_input(plain(label), value, longest, placeholder=placeholder, **wiring(draft, field, "text"))


def select(
    draft: Draft, field: str, label: str, options: Sequence[str], words: Callable[[str], str] = str
) -> None:
    """Draw a choice of one; `words` says an option to people."""
    value = draft.value_of(field)
    place = options.index(value) if value in options else None
    with st.container(key=hook(field)):
        st.selectbox(plain(label), options, place, words, **wiring(draft, field, "select"))


def several(draft: Draft, field: str, label: str, options: Sequence[str]) -> None:
    """Draw a choice of several; values that are chosen but no longer among the options stay."""
    chosen: list[str] = draft.value_of(field) or []
    known = [*options, *(value for value in chosen if value not in options)]
    with st.container(key=hook(field)):
        st.multiselect(plain(label), known, chosen, **wiring(draft, field, "several"))


def toggle(draft: Draft, field: str, label: str) -> None:
    """Draw a switch."""
    with st.container(key=hook(field)):
        st.toggle(plain(label), bool(draft.value_of(field)), **wiring(draft, field, "toggle"))


def day(draft: Draft, field: str, label: str) -> None:
    """Draw a calendar day that may be empty."""
    value = draft.value_of(field)
    chosen = date.fromisoformat(value) if value else None
    with st.container(key=hook(field)):
        st.date_input(plain(label), chosen, format="YYYY-MM-DD", **wiring(draft, field, "day"))


def wiring(draft: Draft, field: str, kind: str) -> Wiring:
    """Return what ties a widget to the field as the draft has it; `kind` tells the field's widgets apart.

    The widget is to be drawn with the draft's value of the field. Observers get it disabled.
    """
    mounts: dict[tuple[str, str], Mount] = st.session_state.setdefault(MOUNTS, {})
    present = draft.value_of(field)
    mount = mounts.get((field, kind))
    if mount is None:
        mount = mounts[field, kind] = Mount(0, present, draft.seq)
    elif mount.value != present:
        mount.identity, mount.value = mount.identity + 1, present
    mount.seen_seq = draft.seq
    return {
        "key": _key(field, kind, mount.identity),
        "on_change": _changed,
        "args": (field, kind, mount.identity),
        "disabled": not session.person().side.may_edit,
    }


def _key(field: str, kind: str, identity: int) -> str:
    return f"{hook(field)}_{kind}_{identity}"


def _changed(field: str, kind: str, identity: int) -> None:
    mount: Mount = st.session_state[MOUNTS][field, kind]
    value = _plain_value(st.session_state[_key(field, kind, identity)])
    if (identity, value) in ((mount.identity, mount.value), mount.refused):
        live.catch_up()
        return
    # An identity that has gone showed what was there before somebody else's newest change.
    seen_seq = mount.seen_seq if identity == mount.identity else NOT_SEEN
    try:
        draft = session.agreement().edit(session.person(), field, value, seen_seq, session.screen())
    except Refusal as refusal:
        mount.identity, mount.refused = mount.identity + 1, (identity, value)
        live.tell(str(refusal))
    else:
        mount.value, mount.seen_seq = value, draft.seq
    live.look_again(field)


def _plain_value(value: object) -> Plain:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
