"""The page's clothes: the theme's variables and the style sheets, put on once a run."""

from pathlib import Path

import streamlit as st

from alignment.ui import reader, theme

_SHEETS = Path(__file__).parent


def put_on(*sheets: str) -> None:
    """Dress the page in the common sheet and these, in the reader's theme."""
    st.html(theme.style(reader.here().look))
    for sheet in ("style.css", *sheets):
        st.html(_SHEETS / sheet)
