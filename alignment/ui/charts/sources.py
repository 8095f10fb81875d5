"""Quantity and quality of groups of leads, on one row each."""

from collections.abc import Sequence

import plotly.graph_objects as go

from alignment.domain.conversion import SourceQuality, SourceRow
from alignment.ui.charts.canvas import Caption, rows_axis, safe, sheet
from alignment.ui.charts.kept import kept
from alignment.ui.charts.rates import marks, share_axis
from alignment.ui.reader import Reader

QUANTITY, QUALITY = (0.0, 0.36), (0.44, 1.0)
"""Where the two halves of the picture lie."""
SPACE_FOR_COUNT = 1.75


@kept
def sources(
    found: Sequence[SourceRow], quality: SourceQuality, reader: Reader, caption: Caption | None = None
) -> go.Figure:
    """Draw each group's quantity as a bar and, on the same row, its quality as a rate with its interval."""
    figure = sheet(reader, caption)
    _quantity(figure, found, quality.start.label, reader)
    rated = [(place, row) for place, row in enumerate(found) if not row.rate.is_too_small]
    label = f"{quality.start.label} → {quality.end.label}"
    marks(
        figure,
        [row.rate for _, row in rated],
        [place for place, _ in rated],
        [f"{label} {reader.words.rate(row.rate)}" for _, row in rated],
        reader,
        ink=reader.look.inks.actual,
        is_sideways=True,
    )
    for place, row in enumerate(found):
        if row.rate.is_too_small:
            _say(figure, place, "n too small" if row.entered else f"no {quality.start.label}s", reader)
    top = max((row.rate.high or 0 for _, row in rated), default=0.5)
    longest = max((row.entered for row in found), default=0) or 1
    figure.update_layout(
        yaxis=rows_axis([safe(row.source or "none given") for row in found], reader),
        xaxis={"visible": False, "range": [0, longest * SPACE_FOR_COUNT], "domain": QUANTITY},
        xaxis2={**share_axis(top, reader), "domain": QUALITY, "anchor": "y", "showgrid": True},
    )
    return figure


def _quantity(figure: go.Figure, found: Sequence[SourceRow], unit: str, reader: Reader) -> None:
    look = reader.look
    counts = [reader.words.count(row.entered) for row in found]
    figure.add_bar(
        orientation="h",
        y=list(range(len(found))),
        x=[row.entered for row in found],
        width=0.6,
        marker={"color": look.inks.faded},
        text=counts,
        textposition="outside",
        constraintext="none",
        cliponaxis=False,
        textfont={"color": look.inks.text, "size": look.text_size},
        customdata=[f"{count} {unit}s" for count in counts],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _say(figure: go.Figure, place: int, text: str, reader: Reader) -> None:
    font = {"color": reader.look.inks.quiet, "size": reader.look.text_size}
    figure.add_annotation(x=0, y=place, xref="x2", text=text, xanchor="left", showarrow=False, font=font)
