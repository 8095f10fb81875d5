"""What was won over the days of a period, beside the goal's pace and the period before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from math import ceil

import plotly.graph_objects as go

from alignment.domain.money import Money
from alignment.domain.period import Grain, Period, label_of
from alignment.domain.revenue import Attainment, Revenues, elapsed_share
from alignment.ui.charts.canvas import Caption, money_axis, sheet
from alignment.ui.charts.kept import kept
from alignment.ui.reader import Reader
from alignment.ui.words import period as period_words

SPACE_FOR_NAMES = 9
"""Ems kept free right of the period, so that lines are named at their ends."""
HALF_A_MONTH = timedelta(days=15)
LONGEST_BY_WEEK = 190


@dataclass(frozen=True)
class Name:
    """A line's name, written where the line ends."""

    cents: int
    text: str
    color: str


def grain_of(period: Period) -> Grain:
    """Return how finely a period is drawn: by week up to half a year, then by month."""
    return Grain.WEEK if period.days <= LONGEST_BY_WEEK else Grain.MONTH


@kept
def won_to_date(
    won: Revenues,
    period: Period,
    today: date,
    reader: Reader,
    *,
    attainment: Attainment | None = None,
    former: Revenues | None = None,
    caption: Caption | None = None,
) -> go.Figure:
    """Draw what was won, summed up over the period.

    `won` and `former` (the period before, drawn on the same days) are grouped by `grain_of(period)`.
    """
    figure, inks, words = sheet(reader, caption), reader.look.inks, reader.words
    names: list[Name] = []
    highest = 0
    if former:
        days, sums = _summed(former, period.previous(), period.end)
        moved = _moved(days, period.previous(), period)
        _line(figure, moved, sums, reader, color=inks.former, width=0.8)
        names.append(
            Name(sums[-1], f"{period_words(period.previous())} {_short(sums, won, reader)}", inks.quiet)
        )
        highest = sums[-1]
    days, sums = _summed(won, period, min(today + timedelta(days=1), period.end))
    if attainment:
        goal = attainment.goal.amount
        _plan(figure, goal, period, reader)
        names.append(Name(goal.cents, f"goal {words.short_money(goal)}", inks.text))
        highest = max(highest, goal.cents)
        if attainment.forecast and not attainment.is_met and days[-1] < period.end:
            low, middle, high = attainment.forecast
            _forecast(figure, days[-1], period.end, (attainment.won, low, middle, high), reader)
            names.append(Name(middle.cents, f"might be {words.short_money(middle)}", inks.actual))
            highest = max(highest, high.cents)
    _line(figure, days, sums, reader, color=inks.actual, width=1.4)
    _last_point(figure, days, sums, f"<b>won {_short(sums, won, reader)}</b>", reader)
    highest = max(highest, sums[-1]) or 100
    _write(figure, period.end, names, highest, reader)
    _axes(figure, period, Money(highest, won.currency), reader)
    return figure


def _short(sums: Sequence[int], won: Revenues, reader: Reader) -> str:
    return reader.words.short_money(Money(sums[-1], won.currency))


def _summed(won: Revenues, period: Period, until: date) -> tuple[list[date], list[int]]:
    """Return the days on which a bucket ended and the cents won up to each, from nothing on the first."""
    grain = grain_of(period)
    found = {
        next(iter((row.by or {}).values())): row.won_amount.cents if row.won_amount else 0 for row in won.rows
    }
    buckets = [bucket for bucket in period.buckets(grain) if bucket.start < until]
    days = [min(bucket.end, until, period.end) for bucket in buckets]
    sums = accumulate(found.get(label_of(bucket, grain), 0) for bucket in buckets)
    return [period.start, *days], [0, *sums]


def _moved(days: Sequence[date], before: Period, period: Period) -> list[date]:
    """Lay the days of the period before over the days of this one."""
    stretch = period.days / before.days
    return [period.start + timedelta(days=round((day - before.start).days * stretch)) for day in days]


def _line(
    figure: go.Figure, days: Sequence[date], cents: Sequence[int], reader: Reader, *, color: str, width: float
) -> None:
    figure.add_scatter(
        x=days,
        y=[each / 100 for each in cents],
        mode="lines",
        line={"color": color, "width": reader.look.stroke * width},
        customdata=[reader.words.count(each / 100) for each in cents],
        hovertemplate="by %{x|%-d %b}: %{customdata}<extra></extra>",
    )


def _plan(figure: go.Figure, goal: Money, period: Period, reader: Reader) -> None:
    days = [period.start, *(min(bucket.end, period.end) for bucket in period.buckets(Grain.WEEK))]
    due = [goal.amount * elapsed_share(period, day - timedelta(days=1)) for day in days]
    line = {"color": reader.look.inks.plan, "width": reader.look.stroke * 0.6, "dash": "dash"}
    figure.add_scatter(x=days, y=due, mode="lines", line=line, hoverinfo="skip")


def _forecast(
    figure: go.Figure, now: date, end: date, amounts: tuple[Money, Money, Money, Money], reader: Reader
) -> None:
    """Fan out from now to the 10th and 90th percentile of what might be won by the end, hatched."""
    won, low, middle, high = (each.amount for each in amounts)
    ink = reader.look.inks.actual
    hatch = {
        "shape": "/",
        "fgcolor": ink,
        "bgcolor": "rgba(0,0,0,0)",
        "size": 8 * reader.look.em,
        "solidity": 0.16,
    }
    fan = {
        "x": [now, end, end],
        "y": [won, low, high],
        "fill": "toself",
        "fillpattern": hatch,
        "line": {"width": 0},
    }
    figure.add_scatter(**fan, mode="lines", hoverinfo="skip")
    dotted = {"color": ink, "width": reader.look.stroke * 0.8, "dash": "dot"}
    figure.add_scatter(x=[now, end], y=[won, middle], mode="lines", line=dotted, hoverinfo="skip")


def _last_point(
    figure: go.Figure, days: Sequence[date], cents: Sequence[int], text: str, reader: Reader
) -> None:
    ink, amount = reader.look.inks.actual, cents[-1] / 100
    dot = {"color": ink, "size": reader.look.mark * 1.2}
    figure.add_scatter(
        x=[days[-1]], y=[amount], mode="markers", marker=dot, hoverinfo="skip", cliponaxis=False
    )
    figure.add_annotation(
        x=days[-1],
        y=amount,
        text=text,
        showarrow=False,
        xanchor="right",
        yanchor="bottom",
        xshift=-reader.look.mark,
        bgcolor=reader.look.inks.paper,
        borderpad=1,
        font={"color": ink, "size": reader.look.text_size * 1.15},
    )


def _write(figure: go.Figure, end: date, names: list[Name], highest: int, reader: Reader) -> None:
    """Write the names at the lines' ends, moved apart where they would cover each other."""
    gap, lowest = highest * (0.12 if reader.look.is_room else 0.08), 0.0
    for name in sorted(names, key=lambda each: each.cents):
        height = max(float(name.cents), lowest)
        lowest = height + gap
        font = {"color": name.color, "size": reader.look.text_size}
        figure.add_annotation(
            x=end, y=height / 100, text=name.text, showarrow=False, xanchor="left", xshift=6, font=font
        )


def _axes(figure: go.Figure, period: Period, highest: Money, reader: Reader) -> None:
    months = [bucket.start for bucket in period.buckets(Grain.MONTH) if bucket.start >= period.start]
    shown = months[:: ceil(len(months) / 6)]
    figure.update_layout(
        margin={"r": reader.look.text_size * SPACE_FOR_NAMES},
        xaxis={
            "type": "date",
            "range": [period.start, period.end],
            "tickvals": [month + HALF_A_MONTH for month in shown],
            "ticktext": [f"{month:%b}" for month in shown],
        },
        yaxis=money_axis(highest, reader),
    )
