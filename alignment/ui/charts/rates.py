"""Rates as marks: with Wilson whiskers, hollow where the sample is small."""

from collections.abc import Sequence

import plotly.graph_objects as go

from alignment.domain.rate import Rate
from alignment.ui.reader import Reader

STEPS = (0.05, 0.1, 0.2, 0.25)
MOST_STEPS, MOST_STEPS_ON_A_WALL = 4, 2
WIDEST_STEP = 0.5


def marks(
    figure: go.Figure,
    rates: Sequence[Rate],
    places: Sequence[int],
    details: Sequence[str],
    reader: Reader,
    *,
    ink: str,
    is_sideways: bool = False,
) -> None:
    """Add a mark a rate at its place: upright along the x axis, or sideways on the second x axis."""
    look = reader.look
    values = [rate.value or 0 for rate in rates]
    whiskers = {
        "type": "data",
        "array": [(rate.high or 0) - value for rate, value in zip(rates, values, strict=True)],
        "arrayminus": [value - (rate.low or 0) for rate, value in zip(rates, values, strict=True)],
        "color": ink,
        "thickness": look.stroke * 0.6,
        "width": 0,
    }
    marker = {
        "size": look.mark,
        "color": [look.inks.paper if rate.is_small_sample else ink for rate in rates],
        "line": {"color": ink, "width": look.stroke * 0.8},
    }
    where = {"x": values, "y": places, "error_x": whiskers, "xaxis": "x2"}
    if not is_sideways:
        where = {"x": places, "y": values, "error_y": whiskers}
    hover = {"customdata": details, "hovertemplate": "%{customdata}<extra></extra>"}
    figure.add_scatter(mode="markers", marker=marker, cliponaxis=False, **where, **hover)


def share_axis(top: float, reader: Reader) -> dict[str, object]:
    """Return an axis of percentages from 0 to a little over the highest."""
    most = MOST_STEPS_ON_A_WALL if reader.look.is_room else MOST_STEPS
    step = next((step for step in STEPS if step * most >= top), WIDEST_STEP)
    ticks = [step * number for number in range(int(top / step) + 1)]
    return {
        "range": [0, min(1.04, max(top * 1.06, step))],
        "tickvals": ticks,
        "ticktext": [reader.words.percent(tick) for tick in ticks],
        "tickangle": 0,
    }
