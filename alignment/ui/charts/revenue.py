"""Pictures of the shared revenue by what it is made of."""

from collections.abc import Sequence
from datetime import date

import plotly.graph_objects as go

from alignment.domain.money import Money
from alignment.domain.period import Grain, Period, label_of
from alignment.domain.revenue import Pipeline, PipelineStage, Revenue, Revenues
from alignment.ui.charts.canvas import Caption, bars, count_axis, money_axis, safe, sheet
from alignment.ui.charts.kept import kept
from alignment.ui.reader import Reader
from alignment.ui.words import period as period_words


@kept
def won_by(
    won: Revenues, order: Sequence[str | None], column: str, reader: Reader, caption: Caption | None = None
) -> go.Figure:
    """Draw won revenue by the values of a column, one bar a value, in the given order; else deals won."""
    found = {(row.by or {}).get(column): row for row in won.rows}
    rows = [found.get(value) for value in order]
    return bars(
        sheet(reader, caption),
        [safe(value or f"no {column}") for value in order],
        [_size(row, won) for row in rows],
        [_short(row, won, reader) for row in rows],
        [_exact(row, reader) for row in rows],
        reader,
    )


@kept
def pipeline(
    open_deals: Pipeline, reader: Reader, caption: Caption | None = None, *, most: int = 8
) -> go.Figure:
    """Draw the open deals by stage: their amount and number, the number alone where no amount is known."""
    stages, words = open_deals.stages[:most], reader.words
    return bars(
        sheet(reader, caption),
        [safe(stage.stage or "no stage") for stage in stages],
        [_stage_size(stage, open_deals) for stage in stages],
        [f"{_worth(stage, reader)} · {words.count(stage.count)}" for stage in stages],
        [f"{words.money(stage.amount)}, {words.count(stage.count)} open deals" for stage in stages],
        reader,
    )


def _stage_size(stage: PipelineStage, open_deals: Pipeline) -> float:
    if open_deals.amount is None:
        return stage.count
    return stage.amount.amount if stage.amount else 0


def _worth(stage: PipelineStage, reader: Reader) -> str:
    return reader.words.short_money(stage.amount) if stage.amount else "no amount"


@kept
def won_by_bucket(
    won: Revenues,
    buckets: Sequence[Period],
    plans: Sequence[Money | None],
    reader: Reader,
    *,
    grain: Grain,
    today: date,
    caption: Caption | None = None,
) -> go.Figure:
    """Draw what was won in each bucket, solid, in the outline of its part of the goal; faded under way.

    Where no amount is known, deals are counted, and no goal in money stands beside them.
    """
    look, words = reader.look, reader.words
    plans = plans if won.has_amounts else []
    found = {next(iter((row.by or {}).values())): row for row in won.rows}
    rows = [found.get(label_of(bucket, grain)) for bucket in buckets]
    labels = [
        _month(bucket, is_dated=place == 0 or bucket.start.month == 1) for place, bucket in enumerate(buckets)
    ]
    places = list(range(len(buckets)))
    figure = sheet(reader, caption)
    if any(plans):
        figure.add_bar(
            x=places,
            y=[plan.amount if plan else None for plan in plans],
            width=0.84,
            marker={"color": "rgba(0,0,0,0)", "line": {"color": look.inks.plan, "width": look.stroke * 0.6}},
            customdata=[words.money(plan) for plan in plans],
            hovertemplate="goal %{customdata}<extra></extra>",
        )
    figure.add_bar(
        x=places,
        y=[_size(row, won) for row in rows],
        width=0.6,
        marker={
            "color": [look.inks.faded if bucket.last > today else look.inks.actual for bucket in buckets]
        },
        customdata=[
            f"{period_words(bucket)}: {_exact(row, reader)}"
            for bucket, row in zip(buckets, rows, strict=True)
        ],
        hovertemplate="%{customdata}<extra></extra>",
    )
    highest = max([_size(row, won) for row in rows] + [plan.amount for plan in plans if plan]) or 1
    axis = money_axis(Money(round(highest * 100), won.currency), reader)
    figure.update_layout(
        barmode="overlay",
        xaxis={"tickvals": places, "ticktext": labels, "tickangle": 0},
        yaxis=axis if won.has_amounts else count_axis(round(highest), reader),
    )
    return figure


def _month(bucket: Period, *, is_dated: bool) -> str:
    return f"{bucket.start:%b}<br>{bucket.start.year}" if is_dated else f"{bucket.start:%b}"


def _exact(row: Revenue | None, reader: Reader) -> str:
    if row is None:
        return "nothing won"
    deals = f"{reader.words.counted(row.won_count, 'deal')} won"
    return f"{reader.words.money(row.won_amount)}, {deals}" if row.won_amount else f"{deals}, no amount"


def _size(row: Revenue | None, won: Revenues) -> float:
    """Return a bar's length in the one unit of its picture; deals without an amount have none in money."""
    if row is None:
        return 0
    if won.has_amounts:
        return row.won_amount.amount if row.won_amount else 0
    return row.won_count


def _short(row: Revenue | None, won: Revenues, reader: Reader) -> str:
    if row is None:
        return "–"
    if won.has_amounts:
        return reader.words.short_money(row.won_amount) if row.won_amount else "no amount"
    return reader.words.count(row.won_count)
