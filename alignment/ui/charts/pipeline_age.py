"""The open pipeline by stage, each bar split by how long its deals have lain there."""

import plotly.graph_objects as go

from alignment.domain.money import Money
from alignment.domain.pipeline_age import OpenDeals, PipelineAge
from alignment.ui.charts.canvas import Caption, legend_line, rows_axis, safe, shade, sheet
from alignment.ui.charts.kept import kept
from alignment.ui.reader import Reader

FAINTEST = 0.2
LEGEND = -0.02
SPACE = 1.45
"""How much longer than the longest bar the axis is: room for the words beside it."""


@kept
def pipeline_age(
    found: PipelineAge, reader: Reader, caption: Caption | None = None, *, most: int = 10
) -> go.Figure:
    """Draw the open deals by stage, the oldest in full colour; their number where no amount is known."""
    figure, look, say = sheet(reader, caption), reader.look, reader.words
    stages, ages = found.stages[:most], found.ages
    for place, age in enumerate(ages):
        rows = [row for row in found.of(age=age) if row.stage in stages]
        figure.add_bar(
            orientation="h",
            y=[stages.index(row.stage) for row in rows],
            x=[_size(row, found) for row in rows],
            width=0.6,
            name=age,
            marker={"color": shade(look.inks.actual, FAINTEST + (1 - FAINTEST) * (place + 1) / len(ages))},
            customdata=[
                f"{safe(row.stage or 'no stage')}, {age}: {say.money(row.amount)},"
                f" {say.count(row.count)} open deals"
                for row in rows
            ],
            hovertemplate="%{customdata}<extra></extra>",
        )
    totals = [sum(_size(row, found) for row in found.of(stage=stage)) for stage in stages]
    for place, (stage, size) in enumerate(zip(stages, totals, strict=True)):
        figure.add_annotation(
            x=size,
            y=place,
            text=_worth(found.of(stage=stage), found, reader),
            showarrow=False,
            xanchor="left",
            xshift=6,
            font={"color": look.inks.text, "size": look.text_size},
        )
    figure.update_layout(
        barmode="stack",
        showlegend=True,
        legend=legend_line(LEGEND, reader),
        yaxis=rows_axis([safe(stage or "no stage") for stage in stages], reader),
        xaxis={"visible": False, "range": [min(0, *totals), (max(totals, default=0) or 1) * SPACE]},
    )
    return figure


def _size(row: OpenDeals, found: PipelineAge) -> float:
    if found.has_amounts:
        return row.amount.amount if row.amount else 0
    return row.count


def _worth(rows: tuple[OpenDeals, ...], found: PipelineAge, reader: Reader) -> str:
    count = reader.words.count(sum(row.count for row in rows))
    valued = [row.amount for row in rows if row.amount is not None and row.unvalued < row.count]
    if not found.has_amounts or not valued:
        return f"no amount · {count}"
    worth = Money(sum(amount.cents for amount in valued), valued[0].currency)
    return f"{reader.words.short_money(worth)} · {count}"
