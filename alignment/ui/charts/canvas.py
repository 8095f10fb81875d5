"""What all pictures share: the empty sheet, its caption, plain bars, text that stays text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import floor, log10
from textwrap import wrap

import plotly.graph_objects as go

from alignment.domain.money import Money
from alignment.ui.reader import Reader
from alignment.ui.theme import template

NICE = (1, 2, 2.5, 5, 10)
TICKS = 4
FEWEST_ROWS = 4
"""Fewer bars than these leave space empty rather than grow into slabs."""
LONGEST_LABEL = 22
LONGEST_NOTE = 60
NOTE_SIZE = 0.87
SPACE_AT_A_DESK, SPACE_ON_A_WALL = 0.09, 0.125
"""A bar's axis is longer than the longest bar by this share for each letter of what stands beside it."""


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
    """Return a text from the data as Plotly shows it literally, cut to fit a label; None is "not known"."""
    shown = "not known" if text is None else text
    if longest and len(shown) > longest:
        shown = shown[: longest - 1].rstrip() + "…"
    return escape(shown, quote=False)


def shade(ink: str, strength: float) -> str:
    """Return a colour given as `#rrggbb` so strong (0 … 1), as a legend shows it too."""
    red, green, blue = (int(ink[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},{strength:.2f})"


def rows_axis(labels: Sequence[str], reader: Reader) -> dict[str, object]:
    """Return the y axis of a picture with a row a label, the first on top."""
    return {
        "tickvals": list(range(len(labels))),
        "ticktext": [f"{label}  " for label in labels],
        "range": [max(len(labels), FEWEST_ROWS) - 0.5, -0.5],
        "showgrid": False,
        "tickfont": {"color": reader.look.inks.text, "size": reader.look.text_size},
    }


def legend_line(y: float, reader: Reader) -> dict[str, object]:
    """Return the legend of a picture as one line at a height of the sheet (0 … 1); clicks change nothing."""
    return {
        "orientation": "h",
        "x": 0,
        "y": y,
        "traceorder": "normal",
        "itemclick": False,
        "itemdoubleclick": False,
        "font": {"size": reader.look.text_size, "color": reader.look.inks.quiet},
    }


def name_inks(figure: go.Figure, y: float, names: Mapping[str, str], reader: Reader) -> None:
    """Write what each ink stands for, in one line from the left at a height of the sheet (0 … 1).

    `names` are inks by name. One text, so that on a narrow sheet no name is written over another.
    """
    figure.add_annotation(
        x=0,
        y=y,
        xref="paper",
        yref="paper",
        text="    ".join(f'<span style="color:{ink}">■</span> {name}' for name, ink in names.items()),
        showarrow=False,
        xanchor="left",
        font={"color": reader.look.inks.quiet, "size": reader.look.text_size},
    )


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
    longest = (max(values, default=0) or 1) * (1.1 + space * max(map(len, texts), default=0))
    figure.update_layout(yaxis=rows_axis(labels, reader), xaxis={"visible": False, "range": [0, longest]})
    return figure


def money_axis(highest: Money, reader: Reader) -> dict[str, object]:
    """Return a y axis from zero to a little over the highest amount, with few ticks."""
    step = nice_step(highest.amount)
    ticks = [step * number for number in range(floor(highest.amount * 1.05 / step) + 1)]
    return {
        "range": [0, highest.amount * 1.12],
        "tickvals": ticks,
        "ticktext": [
            reader.words.short_money(Money(round(tick * 100), highest.currency)) + " " for tick in ticks
        ],
    }


def count_axis(highest: int, reader: Reader) -> dict[str, object]:
    """Return a y axis from zero to a little over the highest count, with few ticks, all of them whole."""
    step = max(1, round(nice_step(highest)))
    ticks = list(range(0, floor(highest * 1.05) + 1, step))
    return {
        "range": [0, highest * 1.12],
        "tickvals": ticks,
        "ticktext": [f"{reader.words.count(tick)} " for tick in ticks],
    }


def nice_step(highest: float) -> float:
    """Return the distance between ticks that people read easily: 1, 2, 2.5 or 5 times a power of ten."""
    rough = highest / TICKS
    power = 10 ** floor(log10(rough))
    return next(nice * power for nice in NICE if nice * power >= rough)


def _write_caption(figure: go.Figure, caption: Caption, reader: Reader) -> None:
    """Put title and note above the picture; the note is wrapped by hand to fit a phone."""
    size = reader.look.text_size
    lines = wrap(caption.note, LONGEST_NOTE)
    figure.update_layout(
        paper_bgcolor=reader.look.inks.paper,
        title={
            "text": f"<b>{safe(caption.title, None)}</b>",
            "subtitle": {
                "text": "<br>".join(safe(line, None) for line in lines),
                "font": {
                    "size": size * NOTE_SIZE if not reader.look.is_room else size,
                    "color": reader.look.inks.quiet,
                },
            },
            "font": {"size": size * 1.15},
            "x": 0,
            "xref": "container",
            "xanchor": "left",
            "yref": "container",
            "y": 1,
            "yanchor": "top",
            "pad": {"t": size * 0.8, "l": 0},
        },
        margin={"t": size * (3.2 + 1.25 * len(lines)), "b": 8},
    )
