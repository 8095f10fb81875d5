"""What all pictures share: the empty sheet, its caption, plain bars, text that stays text."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from textwrap import wrap

import plotly.graph_objects as go

from alignment.ui.reader import Reader
from alignment.ui.theme import template

LONGEST_LABEL = 22
LONGEST_NOTE = 110
SPACE_AT_A_DESK, SPACE_ON_A_WALL = 1.6, 2.3
"""A bar's axis is longer than the longest bar by this much: its value stands beside it."""


@dataclass(frozen=True)
class Caption:
    """What a picture says about itself once it has left the app: title, and filters with the as-of."""

    title: str
    note: str


def sheet(reader: Reader, caption: Caption | None = None) -> go.Figure:
    """Return an empty figure in the reader's look; with a caption it can stand alone, on paper."""
    figure = go.Figure(layout={"template": template(reader.look)})
    if caption:
        _write_caption(figure, caption, reader)
    return figure


def safe(text: str | None, longest: int | None = LONGEST_LABEL) -> str:
    """Return a text from the data as Plotly shows it literally, shortened to fit a label; None is "not known"."""
    shown = "not known" if text is None else text
    if longest and len(shown) > longest:
        shown = shown[: longest - 1].rstrip() + "…"
    return escape(shown, quote=False)


def rows_axis(labels: Sequence[str], reader: Reader) -> dict[str, object]:
    """Return the y axis of a picture with a row a label, the first on top."""
    return {
        "tickvals": list(range(len(labels))),
        "ticktext": [f"{label}  " for label in labels],
        "range": [len(labels) - 0.5, -0.5],
        "showgrid": False,
        "tickfont": {"color": reader.look.inks.text, "size": reader.look.text_size},
    }


def bars(
    figure: go.Figure,
    labels: Sequence[str],
    values: Sequence[float],
    texts: Sequence[str],
    details: Sequence[str],
    reader: Reader,
) -> go.Figure:
    """Draw left-aligned bars with their values beside them; `details` are told on hovering."""
    figure.add_bar(
        orientation="h",
        y=list(range(len(labels))),
        x=values,
        width=0.6,
        marker={"color": reader.look.inks.actual},
        text=texts,
        textposition="outside",
        constraintext="none",
        cliponaxis=False,
        textfont={"color": reader.look.inks.text, "size": reader.look.text_size},
        customdata=details,
        hovertemplate="%{customdata}<extra></extra>",
    )
    space = SPACE_ON_A_WALL if reader.look.is_room else SPACE_AT_A_DESK
    longest = (max(values, default=0) or 1) * space
    figure.update_layout(yaxis=rows_axis(labels, reader), xaxis={"visible": False, "range": [0, longest]})
    return figure


def _write_caption(figure: go.Figure, caption: Caption, reader: Reader) -> None:
    size = reader.look.text_size
    lines = wrap(caption.note, LONGEST_NOTE)
    figure.update_layout(
        paper_bgcolor=reader.look.inks.paper,
        title={
            "text": safe(caption.title, None),
            "font": {"size": size * 1.3},
            "x": 0,
            "xref": "paper",
            "yref": "container",
            "y": 1,
            "yanchor": "top",
            "pad": {"t": 10},
        },
        margin={"l": 8, "r": 12, "t": size * 3.4, "b": size * (3.4 + 1.4 * len(lines))},
    )
    figure.add_annotation(
        text="<br>".join(safe(line, None) for line in lines),
        xref="paper",
        x=0,
        xanchor="left",
        yref="paper",
        y=0,
        yanchor="top",
        yshift=-size * 2.4,
        align="left",
        showarrow=False,
        font={"color": reader.look.inks.quiet, "size": size},
    )
