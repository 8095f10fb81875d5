"""A number of the draft under the hand: slider, exact number, marks and ways, on every screen at once.

Written by hand because all screens move it: Streamlit's own slider shows what somebody else set only after
the browser has drawn the page again. Here a move goes to the server by the bell's line, and comes back to
every screen the same way; where there is no line it goes through the script, as any widget's would.
"""

from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2 import component

from alignment.ui import definition_rail, live, session
from alignment.ui.definition_face import CHANGED, face, place
from alignment.ui.definition_view import DefinitionView, put
from alignment.ui.synced import hook

_control = component(
    "accord_control",
    js=Path(__file__).with_name("control.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def show(view: DefinitionView, field: str) -> None:
    """Draw a field of the draft that is a number on a scale."""
    key = f"control_{hook(field)}"
    with st.container(key=hook(field)):
        _control(
            key=key,
            data={
                **face(view, field, session.person().side),
                "field": field,
                "seq": view.draft.seq,
                **view.at.plain,
                "mayEdit": view.may_edit,
                "suggested": definition_rail.suggested(view, field, place(view, field)),
            },
            on_edit_change=partial(_edited, key, field),
        )


def _edited(key: str, field: str) -> None:
    """Take an edit that came through the script, for want of a line."""
    told: dict[str, Any] = st.session_state[key].edit
    if told["epoch"] != session.epoch():
        live.tell(CHANGED)
        live.look_again(field)
        return
    put(((field, told["value"]),), int(told["seen_seq"]))
