"""The leads that come in, week by week, a band a level."""

from collections.abc import Sequence

import plotly.graph_objects as go

from alignment.domain.levels import LevelCount, Levels
from alignment.ui.charts.black_hole import week_ticks
from alignment.ui.charts.canvas import Caption, count_axis, safe, sheet
from alignment.ui.charts.kept import kept
from alignment.ui.reader import Reader

SPACE_FOR_NAMES = 9
"""Ems kept free right of the weeks, so that each band is named at its end."""
DULLEST = 0.18


@kept
def levels(found: Levels, reader: Reader, caption: Caption | None = None) -> go.Figure:
    """Draw the leads of each week, stacked by level, the highest one at the bottom and in full colour."""
    figure, look = sheet(reader, caption), reader.look
    places = list(range(len(found.weeks)))
    for place, row in enumerate(found.rows):
        counts = [row.by_week[week] for week in found.weeks]
        name = row.level or "unscored"
        figure.add_bar(
            x=places,
            y=counts,
            width=0.8,
            marker={"color": look.inks.actual, "opacity": _opacity(place, len(found.rows))},
            customdata=[
                f"{week}: {count} {safe(name)}" for week, count in zip(found.weeks, counts, strict=True)
            ],
            hovertemplate="%{customdata}<extra></extra>",
        )
    totals = [sum(row.by_week[week] for row in found.rows) for week in found.weeks]
    highest = max([1, *totals])
    _names(figure, found.rows, highest, reader)
    figure.update_layout(
        barmode="stack",
        margin={"r": look.text_size * SPACE_FOR_NAMES},
        xaxis=week_ticks(found.weeks, reader),
        yaxis=count_axis(highest, reader),
    )
    return figure


def _opacity(place: int, count: int) -> float:
    return 1 - (1 - DULLEST) * place / max(count - 1, 1)


def _names(figure: go.Figure, rows: Sequence[LevelCount], highest: int, reader: Reader) -> None:
    """Name the bands beside the weeks, in the order in which they are stacked."""
    step = highest / max(len(rows), 4)
    for place, row in enumerate(rows):
        figure.add_annotation(
            x=1,
            xref="paper",
            y=step * (place + 0.5),
            text=f"{safe(row.level or 'unscored', 12)} {reader.words.count(row.leads)}",
            showarrow=False,
            xanchor="left",
            xshift=8,
            font={"color": reader.look.inks.text, "size": reader.look.text_size},
        )
