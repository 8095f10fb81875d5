"""Pictures of the way from lead to won. Stages and rates wear one neutral ink: they belong to both sides."""

import plotly.graph_objects as go

from alignment.domain.conversion import Conversion, ConversionPath, Conversions, Step
from alignment.domain.rate import Rate
from alignment.ui.charts.canvas import Caption, rows_axis, safe, sheet
from alignment.ui.charts.kept import kept
from alignment.ui.charts.rates import marks, share_axis
from alignment.ui.reader import Reader

LONG_ENOUGH = 0.2
"""A bar of this share of the longest one holds its own count; a shorter one has it beside."""
BAR = 0.54
"""Of a row's height: the rest is the gap in which the rate stands."""
TICKS, TICKS_ON_A_WALL = 6, 4
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@kept
def path(
    found: ConversionPath, reader: Reader, caption: Caption | None = None, *, is_young: bool = False
) -> go.Figure:
    """Draw one cohort's stages as bars on one baseline, the count in the bar and the rate between the bars.

    `is_young` fades the bars: the cohort has not had its time yet, so its rates will still rise.
    """
    figure, look = sheet(reader, caption), reader.look
    counts = [step.count for step in found.steps]
    longest = max(counts, default=0) or 1
    is_inside = [count / longest >= LONG_ENOUGH for count in counts]
    on_bar = look.inks.text if is_young else look.inks.on_actual
    figure.add_bar(
        orientation="h",
        y=list(range(len(counts))),
        x=counts,
        width=BAR,
        marker={"color": look.inks.faded if is_young else look.inks.actual},
        text=[_count(step, reader, is_bold=not is_young) for step in found.steps],
        textposition=["inside" if inside else "outside" for inside in is_inside],
        insidetextanchor="start",
        textangle=0,
        constraintext="none",
        cliponaxis=False,
        textfont={
            "color": [on_bar if inside else look.inks.text for inside in is_inside],
            "size": look.text_size * 1.1,
        },
        customdata=[_told(step, reader) for step in found.steps],
        hovertemplate="%{customdata}<extra></extra>",
    )
    for place, step in enumerate(found.steps):
        if step.rate:
            before = next(each for each in reversed(found.steps[:place]) if each.is_known)
            steps = f"{before.stage.label} → {step.stage.label} "
            _between(
                figure, place - 0.5, step.rate, "" if before is found.steps[place - 1] else steps, reader
            )
    labels = [step.stage.label for step in found.steps]
    figure.update_layout(
        yaxis=rows_axis(labels, reader), xaxis={"visible": False, "range": [0, longest * 1.02]}
    )
    return figure


@kept
def trend(found: Conversions, reader: Reader, caption: Caption | None = None) -> go.Figure:
    """Draw the rate of each month's cohort with its interval; young ones are faded, small ones hollow."""
    figure, inks = sheet(reader, caption), reader.look.inks
    rows = [row for row in found.rows if row.entered]
    judged = {place: row for place, row in enumerate(rows) if not row.rate.is_too_small}
    young = [place for place, row in enumerate(rows) if row.is_young]
    if young:
        _shade(figure, young[0] - 0.5, len(rows) - 0.5, reader)
    grown = [place for place in judged if place not in young]
    _join(figure, grown, [judged[place].rate for place in grown], reader)
    for places, ink in ((grown, inks.actual), ([place for place in judged if place in young], inks.faded)):
        told = [_row_told(judged[place], reader) for place in places]
        marks(figure, [judged[place].rate for place in places], places, told, reader, ink=ink)
    top = max((row.rate.high or 0 for row in judged.values()), default=0.5)
    figure.update_layout(xaxis=_months_axis(rows, reader), yaxis=share_axis(top, reader))
    return figure


def _count(step: Step, reader: Reader, *, is_bold: bool) -> str:
    if step.missing_column:
        return f" needs column {safe(step.missing_column, None)}"
    count = reader.words.count(step.count)
    return f" <b>{count}</b>" if is_bold else f" {count}"


def _told(step: Step, reader: Reader) -> str:
    if step.missing_column:
        return f"needs column {safe(step.missing_column, None)}"
    implied = f", {reader.words.count(step.implied)} of them implied by a later stage" if step.implied else ""
    rate = f"; {reader.words.rate(step.rate)} of the stage before" if step.rate else ""
    return f"{step.stage.label}: {reader.words.count(step.count)}{rate}{implied}"


def _between(figure: go.Figure, height: float, rate: Rate, steps: str, reader: Reader) -> None:
    """Write a rate between two bars; `steps` names them where unknown stages lie between."""
    font = {"color": reader.look.inks.quiet, "size": reader.look.text_size}
    text = f"↓ {steps}{reader.words.short_rate(rate)}"
    figure.add_annotation(x=0, y=height, text=text, xanchor="left", showarrow=False, font=font)


def _shade(figure: go.Figure, start: float, end: float, reader: Reader) -> None:
    """Shade the months whose leads have not had their time yet, and say so."""
    inks = reader.look.inks
    figure.add_vrect(x0=start, x1=end, fillcolor=inks.shade, line_width=0, layer="below")
    figure.add_annotation(
        x=end,
        y=0,
        yref="paper",
        text="too young",
        xanchor="right",
        yanchor="bottom",
        showarrow=False,
        font={"color": inks.quiet, "size": reader.look.text_size},
    )


def _join(figure: go.Figure, places: list[int], rates: list[Rate], reader: Reader) -> None:
    line = {"color": reader.look.inks.actual, "width": reader.look.stroke}
    figure.add_scatter(x=places, y=[rate.value for rate in rates], mode="lines", line=line, hoverinfo="skip")


def _months_axis(rows: list[Conversion], reader: Reader) -> dict[str, object]:
    """Return an axis with a month for some of the rows, the newest always named."""
    step = -(-len(rows) // (TICKS_ON_A_WALL if reader.look.is_room else TICKS)) or 1
    ticks = sorted(range(len(rows) - 1, -1, -step))
    names = [_month(rows[place], is_dated=place == ticks[0] and not reader.look.is_room) for place in ticks]
    return {"tickvals": ticks, "ticktext": names, "range": [-0.6, len(rows) - 0.4]}


def _month(row: Conversion, *, is_dated: bool) -> str:
    """Return a month's bucket as people write it on an axis: `Nov`, with the year below it where asked."""
    year, _, month = str(next(iter((row.by or {}).values()), "")).partition("-")
    if not month.isdecimal():
        return "?"
    name = MONTHS[int(month) - 1]
    return f"{name}<br>{year}" if is_dated else name


def _row_told(row: Conversion, reader: Reader) -> str:
    young = f", {reader.words.count(row.too_young)} too young" if row.too_young else ""
    return f"{next(iter((row.by or {}).values()), '')}: {reader.words.rate(row.rate)}{young}"
