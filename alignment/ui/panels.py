"""A panel: its heading, its picture, its ⓘ; and what it shows while it can't show a picture."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Literal

import plotly.graph_objects as go
import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.typing import PlotlyState

from alignment.domain.cohort import Passport
from alignment.domain.refusal import Refusal
from alignment.errors import MissingColumnError
from alignment.ui import downloads, passport
from alignment.ui.charts.kept import at_height
from alignment.ui.plain import plain
from alignment.ui.reader import Reader
from alignment.ui.table import Table

NO_BUTTONS = {"displayModeBar": False}


@dataclass(frozen=True)
class Picture:
    """A figure with its words: the takeaway for those who can't see it, its values, its passport."""

    title: str
    figure: go.Figure
    takeaway: str
    table: Table
    passport: Passport
    note: str = ""


def show(
    key: str,
    draw: Callable[[], Picture],
    reader: Reader,
    *,
    title: str,
    height: int,
    can_leave: bool = False,
    can_choose: bool = False,
) -> int | None:
    """Show a panel of a fixed height; return the place of the bar that was chosen in it, if any.

    A missing column, or data that can't answer, becomes a sentence in the picture's place. `can_leave` adds
    the button that saves the picture as PNG, `can_choose` lets people choose a bar to see what is behind it.
    """
    with st.container(key=f"panel_{key}", gap="xxsmall"):
        head = st.container(
            horizontal=True,
            wrap=False,
            horizontal_alignment="distribute",
            vertical_alignment="center",
            key=f"head_named_{key}" if can_leave else f"head_{key}",
        )
        with st.spinner(f"Counting: {title} …"):
            try:
                picture = draw()
            except Refusal as refusal:
                # The heading in `head` is for screen readers: a picture to be saved has its own.
                _head(st.container() if can_leave else head, title, is_top=can_leave)
                instead(
                    str(refusal),
                    "content" if can_leave else height,
                    is_missing=isinstance(refusal, MissingColumnError),
                )
                return None
        with head:
            _head(head, picture.title, is_top=can_leave)
            passport.button(
                picture.title, picture.passport, key, reader, table=picture.table, note=picture.note
            )
        return _chart(key, picture, height, can_leave=can_leave, can_choose=can_choose)


def _head(where: DeltaGenerator, title: str, *, is_top: bool) -> None:
    """Put the heading: a panel stands under a half of the board, or right under its page's title."""
    (where.header if is_top else where.subheader)(plain(title), anchor=False)


def _chart(key: str, picture: Picture, height: int, *, can_leave: bool, can_choose: bool) -> int | None:
    config = _png(picture) if can_leave else NO_BUTTONS
    shown = partial(
        st.plotly_chart,
        at_height(picture.figure, height),
        key=f"chart_{key}",
        theme=None,
        height=height,
        alt=picture.takeaway,
        config=config,
    )
    if not can_choose:
        shown()
        return None
    chosen: PlotlyState = shown(on_select="rerun", selection_mode="points")
    return next(iter(chosen.selection.point_indices), None)


def instead(sentence: str, height: int | Literal["content"], *, is_missing: bool = False) -> None:
    """Say in the picture's place why there is none; what is missing names the column that would bring it."""
    icon = ":material/table_chart:" if is_missing else ":material/hourglass_empty:"
    with st.container(
        height=height, border=False, vertical_alignment="center", horizontal_alignment="center"
    ):
        st.markdown(f"{icon} {plain(sentence)}", width="content")


def _png(picture: Picture) -> dict[str, object]:
    return {
        "displayModeBar": True,
        "displaylogo": False,
        "modeBarButtons": [["toImage"]],
        "toImageButtonOptions": {
            "format": "png",
            "scale": 2,
            "filename": downloads.file_name(picture.title, ending="png")[:-4],
        },
    }
