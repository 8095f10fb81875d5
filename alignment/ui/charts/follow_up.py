"""Pictures of follow-up: touched in time month by month, and follow-up × quality in four fields."""

from collections.abc import Sequence

import plotly.graph_objects as go

from alignment.domain.follow_up import FollowUp, FollowUpByQuality
from alignment.ui.charts.canvas import Caption, count_axis, sheet
from alignment.ui.charts.conversion import MONTHS
from alignment.ui.charts.rates import marks, share_axis
from alignment.ui.reader import Reader

UPPER, LOWER = (0.46, 1.0), (0.0, 0.3)
"""Where rate and counts lie, one above the other on the same months."""
FIELDS = (
    (True, True, "followed up", "of a good kind"),
    (False, True, "not followed up", "of a good kind"),
    (True, False, "followed up", "of a weak kind"),
    (False, False, "not followed up", "of a weak kind"),
)
"""The four fields: is it followed up (left), is it of a good kind (above); the words in it."""
BIG = 2.6


def compliance(rows: Sequence[FollowUp], reader: Reader, caption: Caption | None = None) -> go.Figure:
    """Draw the share touched in time of each month's hand-offs; below, how many were not and are not."""
    figure, look = sheet(reader, caption), reader.look
    rated = [(place, row) for place, row in enumerate(rows) if not row.compliance.is_too_small]
    line = {"color": look.inks.actual, "width": look.stroke}
    places = [place for place, _ in rated]
    rates = [row.compliance for _, row in rated]
    figure.add_scatter(x=places, y=[rate.value for rate in rates], mode="lines", line=line, hoverinfo="skip")
    told = [f"{_month(row)}: {reader.words.rate(row.compliance)} touched in time" for _, row in rated]
    marks(figure, rates, places, told, reader, ink=look.inks.actual)
    most = max((row.ever_missed for row in rows), default=0)
    for ink, counts, words in (
        (look.inks.faded, [row.ever_missed for row in rows], "not touched in time"),
        (look.inks.text, [row.still_overdue for row in rows], "of them still not touched"),
    ):
        figure.add_bar(
            x=list(range(len(rows))),
            y=counts,
            width=0.62,
            yaxis="y2",
            marker={"color": ink},
            customdata=[f"{_month(row)}: {count} {words}" for row, count in zip(rows, counts, strict=True)],
            hovertemplate="%{customdata}<extra></extra>",
        )
    _legend(figure, reader)
    figure.update_layout(
        barmode="overlay",
        xaxis={**_months(rows, reader), "anchor": "y2"},
        yaxis={**share_axis(1, reader), "domain": UPPER},
        yaxis2={**count_axis(max(most, 1), reader), "domain": LOWER, "showgrid": False},
    )
    return figure


def quality(found: FollowUpByQuality, reader: Reader, caption: Caption | None = None) -> go.Figure:
    """Draw four fields of one size: the more hand-offs lie in a field, the fuller its colour."""
    figure, look = sheet(reader, caption), reader.look
    of = found.hand_offs or 1
    for followed, good, column, row in FIELDS:
        count = found.cell(is_followed_up=followed, is_good=good)
        left, top = (0 if followed else 1), (1 if good else 0)
        figure.add_shape(
            type="rect",
            x0=left + 0.01,
            x1=left + 0.99,
            y0=top + 0.02,
            y1=top + 0.98,
            fillcolor=look.inks.faded,
            opacity=0.15 + 0.85 * count / of,
            line={"color": look.inks.grid, "width": 1},
            layer="below",
        )
        _write(figure, (left + 0.5, top + 0.64), f"<b>{reader.words.count(count)}</b>", reader, size=BIG)
        _write(figure, (left + 0.5, top + 0.2), f"{column},<br>{row}", reader)
    figure.update_layout(xaxis={"visible": False, "range": [0, 2]}, yaxis={"visible": False, "range": [0, 2]})
    return figure


def _write(
    figure: go.Figure, where: tuple[float, float], text: str, reader: Reader, *, size: float = 1
) -> None:
    font = {"color": reader.look.inks.text, "size": reader.look.text_size * size}
    figure.add_annotation(x=where[0], y=where[1], text=text, showarrow=False, font=font)


def _legend(figure: go.Figure, reader: Reader) -> None:
    """Name what the bars count, right above them."""
    for ink, text, place in (
        (reader.look.inks.faded, "■ not touched in time", 0.0),
        (reader.look.inks.text, "■ still not touched", 0.5),
    ):
        figure.add_annotation(
            x=place,
            y=0.36,
            xref="paper",
            yref="paper",
            text=f'<span style="color:{ink}">■</span> {text[2:]}',
            showarrow=False,
            xanchor="left",
            font={"color": reader.look.inks.quiet, "size": reader.look.text_size},
        )


def _months(rows: Sequence[FollowUp], reader: Reader) -> dict[str, object]:
    step = 4 if reader.look.is_room else 2
    ticks = sorted(range(len(rows) - 1, -1, -step))
    names = [
        f"{_month(rows[place])}<br>{_key(rows[place])[:4]}" if place == ticks[0] else _month(rows[place])
        for place in ticks
    ]
    return {"tickvals": ticks, "ticktext": names, "range": [-0.6, len(rows) - 0.4]}


def _month(row: FollowUp) -> str:
    month = _key(row)[5:]
    return MONTHS[int(month) - 1] if month.isdecimal() else "?"


def _key(row: FollowUp) -> str:
    return str(next(iter((row.by or {}).values()), ""))
