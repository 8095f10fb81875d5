"""What was spent on each strategy, and the revenue won beside it."""

from collections.abc import Sequence

import plotly.graph_objects as go

from alignment.domain.money import Money
from alignment.ui.charts.canvas import Caption, legend_line, rows_axis, safe, sheet
from alignment.ui.charts.kept import kept
from alignment.ui.reader import Reader

WIDTH, LEGEND = 0.36, -0.01
SPACE_FOR_TEXT, SPACE_ON_A_WALL = 1.8, 1.9


@kept
def spend_and_revenue(
    found: Sequence[tuple[str, Money | None, Money | None, str]],
    reader: Reader,
    caption: Caption | None = None,
) -> go.Figure:
    """Draw, for each named row, revenue over spend as two bars with a text beside them."""
    figure, look = sheet(reader, caption), reader.look
    places = list(range(len(found)))
    for label, at, values, ink in (
        ("revenue won", -WIDTH / 2, [revenue for _, revenue, _, _ in found], look.inks.actual),
        ("spend", WIDTH / 2, [spend for _, _, spend, _ in found], look.inks.former),
    ):
        told = [
            f"{safe(name)}: {label} {reader.words.money(value)}"
            for (name, *_), value in zip(found, values, strict=True)
        ]
        figure.add_bar(
            orientation="h",
            x=[value.amount if value else 0 for value in values],
            y=[place + at for place in places],
            width=WIDTH,
            name=label,
            marker={"color": ink},
            customdata=told,
            hovertemplate="%{customdata}<extra></extra>",
        )
    for place, (_, revenue, spend, text) in enumerate(found):
        figure.add_annotation(
            x=max(amount.amount if amount else 0 for amount in (revenue, spend)),
            y=place,
            text=f" {safe(text, None)}",
            xanchor="left",
            showarrow=False,
            font={"color": look.inks.text, "size": look.text_size},
        )
    amounts = [amount.amount for _, revenue, spend, _ in found for amount in (revenue, spend) if amount]
    space = SPACE_ON_A_WALL if look.is_room else SPACE_FOR_TEXT
    figure.update_layout(
        barmode="overlay",
        showlegend=True,
        legend={**legend_line(LEGEND, reader), "yanchor": "top"},
        yaxis=rows_axis([safe(name) for name, *_ in found], reader),
        xaxis={"visible": False, "range": [0, (max(amounts, default=0) or 1) * space]},
    )
    return figure
