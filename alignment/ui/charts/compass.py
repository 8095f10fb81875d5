"""A process behaviour chart: a count by month, the limits of what is usual, the plan, and signals marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import plotly.graph_objects as go

from alignment.domain.swing import Reading, Standing
from alignment.ui.charts.canvas import Caption, count_axis, sheet
from alignment.ui.charts.conversion import MONTHS
from alignment.ui.charts.kept import kept
from alignment.ui.reader import Reader

SHAPES = {Standing.MORE: "triangle-up", Standing.FEWER: "triangle-down"}
SPACE_FOR_NAMES = 6.5
"""Ems kept free on the right for the names of the lines."""
EVERY, EVERY_ON_A_WALL = 3, 6
"""Named are the months that begin a quarter, on a wall half a year."""
FEW_MONTHS = 6
CLOSEST = 0.1, 0.15
"""Names nearer than this share of the height, at a desk and on a wall, are moved apart."""


@dataclass(frozen=True)
class Point:
    """A month (its first day) in the chart; a young one is counted so far and can't be judged."""

    month: date
    reading: Reading
    is_young: bool = False

    @property
    def standing(self) -> Standing | None:
        """Return fewer or more where the month is a signal."""
        return None if self.is_young else self.reading.standing


@kept
def swing(points: Sequence[Point], chosen: int, reader: Reader, caption: Caption | None = None) -> go.Figure:
    """Draw the months, oldest first; `chosen` is the place of the one whose limits are drawn."""
    figure = sheet(reader, caption)
    highest = max(
        [1.0, *(top for point in points for top in _tops(point, is_chosen=point is points[chosen]))]
    )
    _limits(figure, points, chosen, reader)
    _plans(figure, points, chosen, reader)
    _counts(figure, points, chosen, reader)
    _names(figure, points[chosen].reading, len(points), highest, reader)
    every = EVERY_ON_A_WALL if reader.look.is_room else EVERY
    shown = [
        place
        for place, point in enumerate(points)
        if (point.month.month - 1) % every == 0 or len(points) <= FEW_MONTHS
    ]
    figure.update_layout(
        margin={"r": reader.look.text_size * SPACE_FOR_NAMES},
        xaxis={
            "tickvals": shown,
            "ticktext": [_tick(points[place].month) for place in shown],
            "range": [-0.6, len(points) - 0.4],
            "tickangle": 0,
        },
        yaxis=count_axis(round(highest), reader),
    )
    return figure


def _tick(month: date) -> str:
    return f"{MONTHS[month.month - 1]}<br>{month.year}" if month.month == 1 else MONTHS[month.month - 1]


def _tops(point: Point, *, is_chosen: bool) -> list[float]:
    reading = point.reading
    tops = [float(reading.actual), float(reading.plan or 0)]
    if is_chosen and reading.usual:
        tops += [reading.usual.high, (reading.plan or 0) + reading.usual.swing]
    return tops


def _limits(figure: go.Figure, points: Sequence[Point], chosen: int, reader: Reader) -> None:
    """Shade what is usual, over the months that say so and the one that is judged by them."""
    usual = points[chosen].reading.usual
    if not usual:
        return
    inks = reader.look.inks
    left, right = max(chosen - len(usual.before), 0) - 0.5, chosen + 0.5
    figure.add_shape(
        type="rect",
        x0=left,
        x1=right,
        y0=usual.low,
        y1=usual.high,
        fillcolor=inks.shade,
        line={"width": 0},
        layer="below",
    )
    for height, width, dash in (
        (usual.centre, 0.6, "solid"),
        (usual.low, 0.4, "dot"),
        (usual.high, 0.4, "dot"),
    ):
        figure.add_shape(
            type="line",
            x0=left,
            x1=right,
            y0=height,
            y1=height,
            layer="below",
            line={"color": inks.former, "width": reader.look.stroke * width, "dash": dash},
        )


def _plans(figure: go.Figure, points: Sequence[Point], chosen: int, reader: Reader) -> None:
    """Mark each month's plan; around that of the chosen month, how far chance alone may lead away from it."""
    planned = [place for place, point in enumerate(points) if point.reading.plan is not None]
    look, usual = reader.look, points[chosen].reading.usual
    swings = [usual.swing if usual and place == chosen else 0 for place in planned]
    plans = [points[place].reading.plan or 0 for place in planned]
    figure.add_scatter(
        x=planned,
        y=plans,
        mode="markers",
        marker={
            "symbol": "line-ew",
            "size": look.mark * 1.5,
            "line": {"color": look.inks.plan, "width": look.stroke * 0.8},
        },
        error_y={
            "type": "data",
            "array": swings,
            "arrayminus": [min(swing, plan) for swing, plan in zip(swings, plans, strict=True)],
            "color": look.inks.plan,
            "thickness": look.stroke * 0.4,
            "width": look.mark * 0.5,
        },
        hoverinfo="skip",
    )


def _counts(figure: go.Figure, points: Sequence[Point], chosen: int, reader: Reader) -> None:
    look, say = reader.look, reader.words
    settled = [place for place, point in enumerate(points) if not point.is_young]
    figure.add_scatter(
        x=settled,
        y=[points[place].reading.actual for place in settled],
        mode="lines",
        line={"color": look.inks.actual, "width": look.stroke * 0.6},
        hoverinfo="skip",
    )
    inks = [look.inks.faded if point.is_young else look.inks.actual for point in points]
    figure.add_scatter(
        x=list(range(len(points))),
        y=[point.reading.actual for point in points],
        mode="markers",
        marker={
            "opacity": 1,
            "symbol": [SHAPES.get(point.standing or Standing.EXPECTED, "circle") for point in points],
            "size": [look.mark * (1.5 if point.standing in SHAPES else 1) for point in points],
            "color": [
                look.inks.paper if point.is_young else ink for point, ink in zip(points, inks, strict=True)
            ],
            "line": {"color": inks, "width": look.stroke * 0.6},
        },
        customdata=[f"{_name(point.month)}: {say.count(point.reading.actual)}" for point in points],
        hovertemplate="%{customdata}<extra></extra>",
        cliponaxis=False,
    )
    figure.add_scatter(
        x=[chosen],
        y=[points[chosen].reading.actual],
        mode="markers",
        marker={
            "symbol": "circle-open",
            "color": look.inks.text,
            "size": look.mark * 2.6,
            "line": {"color": look.inks.text, "width": look.stroke * 0.8},
        },
        hoverinfo="skip",
        cliponaxis=False,
    )


def _names(figure: go.Figure, reading: Reading, months: int, highest: float, reader: Reader) -> None:
    """Name plan, centre and limits on the right, moved apart where they would cover each other."""
    say, inks, usual = reader.words, reader.look.inks, reading.usual
    names = (
        [(float(reading.plan), f"plan {say.count(reading.plan)}", inks.text)]
        if reading.plan is not None
        else []
    )
    if usual:
        names.append((usual.centre, f"usual {say.count(usual.centre)}", inks.quiet))
        names.append((usual.high, f"up to {say.count(usual.high)}", inks.quiet))
        if usual.low > 0:
            names.append((usual.low, f"from {say.count(usual.low)}", inks.quiet))
    gap, lowest = highest * CLOSEST[reader.look.is_room], 0.0
    for height, text, ink in sorted(names):
        place = max(height, lowest)
        lowest = place + gap
        figure.add_annotation(
            x=months - 0.4,
            y=place,
            text=text,
            showarrow=False,
            xanchor="left",
            xshift=4,
            font={"color": ink, "size": reader.look.text_size},
        )


def _name(month: date) -> str:
    return f"{MONTHS[month.month - 1]} {month.year}"
