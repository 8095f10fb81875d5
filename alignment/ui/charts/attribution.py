"""What brought the revenue: every model's answer on one line a value; sourced beside influenced."""

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from alignment.domain.attribution import Model
from alignment.domain.money import Money
from alignment.ui.charts.canvas import Caption, legend_line, rows_axis, safe, sheet
from alignment.ui.charts.kept import kept
from alignment.ui.reader import Reader

SYMBOLS = {
    Model.FIRST: "triangle-left",
    Model.LAST: "triangle-right",
    Model.LINEAR: "line-ns-open",
    Model.U: "circle-open",
    Model.W: "diamond-open",
    Model.TIME_DECAY: "x-thin-open",
}
"""Open signs, so that those of models that agree are seen through each other."""
SPACE_FOR_TEXT, SPACE_ON_A_WALL = 1.85, 1.9
SOURCED, INFLUENCED = 0.34, 0.7

Amounts = Mapping[Model, Money]


@kept
def attribution(
    found: Sequence[tuple[str, Amounts]], reader: Reader, caption: Caption | None = None
) -> go.Figure:
    """Draw what each model gives to each named row: a sign a model, a line from the least to the most."""
    figure, look = sheet(reader, caption), reader.look
    for place, (_, amounts) in enumerate(found):
        least, most = _ends(amounts)
        figure.add_scatter(
            x=[least.amount, most.amount],
            y=[place, place],
            mode="lines",
            line={"color": look.inks.faded, "width": look.stroke * 1.6},
            hoverinfo="skip",
            showlegend=False,
        )
        _write(figure, most.amount, place, _range(least, most, reader), reader)
    for model, symbol in SYMBOLS.items():
        figure.add_scatter(
            x=[amounts[model].amount for _, amounts in found],
            y=list(range(len(found))),
            mode="markers",
            name=model.label,
            marker={
                "symbol": symbol,
                "size": look.mark * 1.5,
                "color": look.inks.actual,
                "line": {"color": look.inks.actual, "width": look.stroke * 0.8},
            },
            customdata=[
                f"{safe(name)}, {model.label}: {reader.words.money(amounts[model])}"
                for name, amounts in found
            ],
            hovertemplate="%{customdata}<extra></extra>",
        )
    highest = max((amount for _, amounts in found for amount in amounts.values()), default=None)
    return _laid_out(figure, [name for name, _ in found], highest, reader)


@kept
def sourced_influenced(
    found: Sequence[tuple[str, Money, Money]], reader: Reader, caption: Caption | None = None
) -> go.Figure:
    """Draw, for each named row, what it sourced as a solid bar within the outline of what it influenced."""
    figure, look = sheet(reader, caption), reader.look
    places, names = list(range(len(found))), [name for name, _, _ in found]
    for label, width, values, marker in (
        (
            "influenced: overlaps",
            INFLUENCED,
            [influenced for _, _, influenced in found],
            {"color": look.inks.paper, "line": {"color": look.inks.plan, "width": look.stroke * 0.6}},
        ),
        (
            "sourced: each deal once",
            SOURCED,
            [sourced for _, sourced, _ in found],
            {"color": look.inks.actual},
        ),
    ):
        figure.add_bar(
            orientation="h",
            x=[value.amount for value in values],
            y=places,
            width=width,
            name=label,
            marker=marker,
            customdata=[
                f"{safe(name)}, {label.split(':')[0]}: {reader.words.money(value)}"
                for name, value in zip(names, values, strict=True)
            ],
            hovertemplate="%{customdata}<extra></extra>",
        )
    for place, (_, sourced, influenced) in enumerate(found):
        said = f"{reader.words.short_money(sourced)} | {reader.words.short_money(influenced)}"
        _write(figure, max(sourced, influenced).amount, place, said, reader)
    figure.update_layout(barmode="overlay")
    highest = max((amount for _, *both in found for amount in both), default=None)
    return _laid_out(figure, names, highest, reader)


def _ends(amounts: Amounts) -> tuple[Money, Money]:
    return min(amounts.values()), max(amounts.values())


def _range(least: Money, most: Money, reader: Reader) -> str:
    say = reader.words.short_money
    return say(most) if say(least) == say(most) else f"{say(least)}–{say(most)}"


def _write(figure: go.Figure, where: float, place: int, text: str, reader: Reader) -> None:
    """Write a row's figures to the right of its signs."""
    figure.add_annotation(
        x=where,
        y=place,
        text=text,
        xanchor="left",
        xshift=reader.look.mark * 1.5,
        showarrow=False,
        font={"color": reader.look.inks.text, "size": reader.look.text_size},
    )


def _laid_out(figure: go.Figure, names: Sequence[str], highest: Money | None, reader: Reader) -> go.Figure:
    look = reader.look
    top = highest if highest and highest.cents else Money(100, highest.currency if highest else "")
    space = SPACE_ON_A_WALL if look.is_room else SPACE_FOR_TEXT
    figure.update_layout(
        yaxis=rows_axis([safe(name) for name in names], reader),
        xaxis={"visible": False, "range": [-0.03 * top.amount, top.amount * space]},
        showlegend=True,
        legend=legend_line(0, reader) | {"yanchor": "top"},
    )
    return figure
