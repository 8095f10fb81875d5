"""Who is reading: their numbers, their theme and how far away they sit."""

from dataclasses import dataclass, field

import streamlit as st

from alignment.ui.theme import Look
from alignment.ui.words import Words


@dataclass(frozen=True)
class Reader:
    """What every picture and sentence is made for."""

    look: Look = field(default_factory=Look)
    words: Words = field(default_factory=lambda: Words.of("en"))


def here(*, is_room: bool = False) -> Reader:
    """Return the reader in front of this screen."""
    return Reader(Look(st.context.theme.type == "dark", is_room), Words.of(st.context.locale))
