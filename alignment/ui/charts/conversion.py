"""Pictures of the way from lead to won. Stages and rates wear one neutral ink: they belong to both sides."""

from collections.abc import Sequence

import plotly.graph_objects as go

from alignment.domain.conversion import Conversion, ConversionPath, Conversions, SourceQuality, SourceRow, Step
from alignment.domain.rate import Rate
from alignment.ui.charts.canvas import Caption, rows_axis, safe, sheet
from alignment.ui.reader import Reader

LONG_ENOUGH = 0.2
"""A bar of this share of the longest one holds its own count; a shorter one has it beside."""
BAR = 0.54
"""Of a row's height: the rest is the gap in which the rate stands."""
QUANTITY, QUALITY = (0.0, 0.36), (0.44, 1.0)
"""Where the two halves of the picture of sources lie."""


def path(found: ConversionPath, reader: Reader, caption: Caption | None = None, *, is_young: bool = False) -> go.Figure:
    """Draw one cohort's stages as bars on one baseline, the count in the bar and the rate between the bars.

    `is_young` fades the bars: the cohort has not had its time yet, so its rates will still rise.
    """
    figure, look = sheet(reader, caption), reader.look
    counts = [step.count for step in found.steps]
    longest = max(counts, default=0) or 1
    is_inside = [count / longest >= LONG_ENOUGH for count in counts]
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
            "color": [_on_bar(reader, is_young=is_young) if inside else look.inks.text for inside in is_inside],
            "size": look.text_size * 1.1,
        },
        customdata=[_told(step, reader) for step in found.steps],
        hovertemplate="%{customdata}<extra></extra>",
    )
    for place, step in enumerate(found.steps):
        if step.rate:
            _between(figure, place - 0.5, step.rate, reader)
    labels = [step.stage.label for step in found.steps]
    figure.update_layout(yaxis=rows_axis(labels, reader), xaxis={"visible": False, "range": [0, longest * 1.02]})
    return figure


def trend(found: Conversions, reader: Reader, caption: Caption | None = None) -> go.Figure:
    """Draw the rate of each month's cohort with its interval; cohorts too young are faded, small ones hollow."""
    figure, look = sheet(reader, caption), reader.look
    rows = [row for row in found.rows if row.entered]
    labels = [str(next(iter((row.by or {}).values()), "")) for row in rows]
    places = [place for place, row in enumerate(rows) if not row.rate.is_too_small]
    young = [place for place, row in enumerate(rows) if row.is_young]
    if young:
        figure.add_vrect(x0=young[0] - 0.5, x1=len(rows) - 0.5, fillcolor=look.inks.shade, line_width=0, layer="below")
        figure.add_annotation(
            x=len(rows) - 0.5, y=0, yref="paper", text="too young", xanchor="right", yanchor="bottom", showarrow=False,
            font={"color": look.inks.quiet, "size": look.text_size},
        )  # fmt: skip
    grown = [place for place in places if place not in young]
    figure.add_scatter(
        x=grown, y=[rows[place].rate.value for place in grown], mode="lines",
        line={"color": look.inks.actual, "width": look.stroke}, hoverinfo="skip",
    )  # fmt: skip
    for group, ink in ((grown, look.inks.actual), ([place for place in places if place in young], look.inks.faded)):
        _dots(figure, group, [rows[place].rate for place in group], [_row_told(rows[place], reader) for place in group], reader, ink)
    step = max(1, -(-len(rows) // 4)) if look.is_room else max(1, -(-len(rows) // 6))
    ticks = list(range(len(rows)))[::-1][::step]
    top = max((row.rate.high or 0 for row in rows if not row.rate.is_too_small), default=0.5)
    figure.update_layout(
        xaxis={"tickvals": ticks, "ticktext": [month_name(labels[place], is_dated=place == min(ticks) and not look.is_room) for place in ticks], "range": [-0.6, len(rows) - 0.4]},
        yaxis=_share_axis(top, reader),
    )
    return figure


def sources(found: Sequence[SourceRow], quality: SourceQuality, reader: Reader, caption: Caption | None = None) -> go.Figure:
    """Draw each source's quantity as a bar and, on the same row, its quality as a rate with its interval."""
    figure, look, words = sheet(reader, caption), reader.look, reader.words
    rows = list(enumerate(found))
    figure.add_bar(
        orientation="h", y=[place for place, _ in rows], x=[row.entered for _, row in rows], width=0.6,
        marker={"color": look.inks.faded}, text=[words.count(row.entered) for _, row in rows],
        textposition="outside", constraintext="none", cliponaxis=False, textfont={"color": look.inks.text, "size": look.text_size},
        customdata=[f"{words.count(row.entered)} {quality.start.label}s" for _, row in rows],
        hovertemplate="%{customdata}<extra></extra>",
    )  # fmt: skip
    rated = [(place, row) for place, row in rows if not row.rate.is_too_small]
    _dots(
        figure, [place for place, _ in rated], [row.rate for _, row in rated],
        [f"{quality.start.label} → {quality.end.label} {words.rate(row.rate)}" for _, row in rated],
        reader, look.inks.actual, is_sideways=True,
    )  # fmt: skip
    for place, row in rows:
        if row.rate.is_too_small:
            figure.add_annotation(
                x=0, y=place, xref="x2", text="n too small" if row.entered else f"no {quality.start.label}s", xanchor="left", showarrow=False,
                font={"color": look.inks.quiet, "size": look.text_size},
            )  # fmt: skip
    longest = max((row.entered for _, row in rows), default=0) or 1
    top = max((row.rate.high or 0 for _, row in rated), default=0.5)
    figure.update_layout(
        yaxis=rows_axis([safe(row.source or "no source") for _, row in rows], reader),
        xaxis={"visible": False, "range": [0, longest * 1.75], "domain": QUANTITY},
        xaxis2={**_share_axis(top, reader), "domain": QUALITY, "anchor": "y", "showgrid": True},
    )
    return figure


def month_name(label: str, *, is_dated: bool) -> str:
    """Return a month's bucket as people write it on an axis: `Nov`, below it the year where asked."""
    year, _, month = label.partition("-")
    names = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    if not month.isdecimal():
        return label
    name = names[int(month) - 1]
    return f"{name}<br>{year}" if is_dated else name


def _count(step: Step, reader: Reader, *, is_bold: bool) -> str:
    if step.missing_column:
        return f"needs column {safe(step.missing_column, None)}"
    count = reader.words.count(step.count)
    return f" <b>{count}</b>" if is_bold else f" {count}"


def _on_bar(reader: Reader, *, is_young: bool) -> str:
    return reader.look.inks.text if is_young else reader.look.inks.on_actual


def _told(step: Step, reader: Reader) -> str:
    if step.missing_column:
        return f"needs column {safe(step.missing_column, None)}"
    implied = f", {step.implied} of them implied by a later stage" if step.implied else ""
    rate = f"; {reader.words.rate(step.rate)} of the stage before" if step.rate else ""
    return f"{step.stage.label}: {reader.words.count(step.count)}{rate}{implied}"


def _between(figure: go.Figure, height: float, rate: Rate, reader: Reader) -> None:
    figure.add_annotation(
        x=0,
        y=height,
        text=f"↓ {reader.words.short_rate(rate)}",
        xanchor="left",
        showarrow=False,
        font={"color": reader.look.inks.quiet, "size": reader.look.text_size},
    )


def _row_told(row: Conversion, reader: Reader) -> str:
    young = f", {reader.words.count(row.too_young)} too young" if row.too_young else ""
    return f"{next(iter((row.by or {}).values()), '')}: {reader.words.rate(row.rate)}{young}"


def _dots(
    figure: go.Figure, places: list[int], rates: list[Rate], details: list[str], reader: Reader, ink: str, *, is_sideways: bool = False
) -> None:
    """Draw rates as marks with Wilson whiskers: hollow under 30."""
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
    figure.add_scatter(
        x=values if is_sideways else places,
        y=places if is_sideways else values,
        mode="markers",
        marker=marker,
        customdata=details,
        hovertemplate="%{customdata}<extra></extra>",
        **({"error_x": whiskers, "xaxis": "x2"} if is_sideways else {"error_y": whiskers}),
    )


def _share_axis(top: float, reader: Reader) -> dict[str, object]:
    """Return an axis of percentages from 0 to a little over the highest."""
    most = 2 if reader.look.is_room else 4
    step = next((step for step in (0.05, 0.1, 0.2, 0.25) if step * most >= top), 0.5)
    ticks = [step * number for number in range(int(top / step) + 1)]
    return {
        "range": [0, min(1.04, max(top * 1.06, step))],
        "tickvals": ticks,
        "ticktext": [reader.words.percent(tick) for tick in ticks],
        "tickangle": 0,
    }
