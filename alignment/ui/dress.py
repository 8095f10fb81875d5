"""The page's clothes: the theme's variables and the style sheets, put on once a run."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from alignment.ui import reader, theme
from alignment.ui.theme import Look

SIDES = {False: ("#0072b2", "#d55e00"), True: ("#56b4e9", "#f08a3c")}
"""The hues of marketing and sales on a light and on a dark page; their shapes go with them, always."""

_SHEETS = Path(__file__).parent


def sides() -> None:
    """Give marketing and sales their hues in the reader's theme, on the page and at its side."""
    marketing, sales = SIDES[reader.here().look.is_dark]
    st.html(f"<style>:root{{--accord-marketing:{marketing};--accord-sales:{sales}}}</style>")


def put_on(*sheets: str, look: Look | None = None, room: Sequence[str] = ()) -> None:
    """Dress the page in the common sheet and these, in the reader's theme or as it is to `look`.

    What is read from three metres wears the sheet for it too, and those in `room`.
    """
    look = look or reader.here().look
    st.html(theme.style(look))
    also("style.css", *sheets, *(("room.css", *room) if look.is_room else ()))


def also(*sheets: str) -> None:
    """Put these sheets on a page that is dressed already."""
    for sheet in sheets:
        st.html(_SHEETS / sheet)
