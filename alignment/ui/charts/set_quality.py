"""Why hand-offs come back: stacked bars of low, wide, high and the rest."""

from collections.abc import Mapping

import plotly.graph_objects as go

from alignment.domain.set_quality import PARTS, ReasonGroup
from alignment.ui.charts.canvas import Caption, count_axis, legend_line, rows_axis, safe, shade, sheet
from alignment.ui.charts.conversion import MONTHS
from alignment.ui.charts.kept import kept
from alignment.ui.reader import Reader

DULLEST = 0.2
LEGEND = 1.14


@kept
def set_quality(
    counts: Mapping[str, Mapping[str, int]],
    reader: Reader,
    caption: Caption | None = None,
    *,
    is_by_month: bool,
) -> go.Figure:
    """Draw the hand-offs that came back, split by group: months from left to right, other values as rows."""
    figure, look = sheet(reader, caption), reader.look
    shown = [part for part in PARTS if any(each.get(part) for each in counts.values())]
    places = list(range(len(counts)))
    for number, part in enumerate(shown):
        values = [each.get(part, 0) for each in counts.values()]
        told = [f"{safe(name)}: {value} {part}" for name, value in zip(counts, values, strict=True)]
        figure.add_bar(
            x=places if is_by_month else values,
            y=values if is_by_month else places,
            orientation="v" if is_by_month else "h",
            width=0.66,
            name=label(part),
            marker={"color": shade(look.inks.actual, 1 - (1 - DULLEST) * number / max(len(shown) - 1, 1))},
            customdata=told,
            hovertemplate="%{customdata}<extra></extra>",
        )
    totals = [sum(each.values()) for each in counts.values()]
    axis = count_axis(max([1, *totals]), reader)
    figure.update_layout(
        barmode="stack",
        showlegend=True,
        legend=legend_line(LEGEND, reader),
    )
    if is_by_month:
        names = [MONTHS[int(name[5:]) - 1] for name in counts]
        figure.update_layout(xaxis={"tickvals": places[::2], "ticktext": names[::2]}, yaxis=axis)
    else:
        figure.update_layout(xaxis=axis, yaxis=rows_axis([safe(name) for name in counts], reader))
    return figure


def label(part: str) -> str:
    """Return a part in words: a group says what it stands for."""
    return ReasonGroup(part).label if part in list(ReasonGroup) else part
