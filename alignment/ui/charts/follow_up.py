"""Pictures of hand-offs: a rate month by month with what is left of it, and follow-up × quality."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from alignment.domain.follow_up import FollowUpByQuality
from alignment.domain.rate import Rate
from alignment.ui.charts.canvas import Caption, count_axis, name_inks, sheet
from alignment.ui.charts.conversion import MONTHS
from alignment.ui.charts.kept import kept
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


@dataclass(frozen=True)
class Month:
    """A month's rate, and below it how many were not counted in it as a success, and the part still open."""

    key: str
    rate: Rate
    others: int
    still_open: int


@kept
def by_month(
    months: Sequence[Month], words: tuple[str, str, str], reader: Reader, caption: Caption | None = None
) -> go.Figure:
    """Draw each month's rate with its interval; below it the others as bars, dark what is still open.

    `words` name the rate, the others and the open ones.
    """
    figure, look = sheet(reader, caption), reader.look
    rated = [(place, month) for place, month in enumerate(months) if not month.rate.is_too_small]
    line = {"color": look.inks.actual, "width": look.stroke}
    places = [place for place, _ in rated]
    rates = [month.rate for _, month in rated]
    figure.add_scatter(x=places, y=[rate.value for rate in rates], mode="lines", line=line, hoverinfo="skip")
    told = [f"{_month(month)}: {reader.words.rate(month.rate)} {words[0]}" for _, month in rated]
    marks(figure, rates, places, told, reader, ink=look.inks.actual)
    for ink, counts, name in (
        (look.inks.faded, [month.others for month in months], words[1]),
        (look.inks.text, [month.still_open for month in months], words[2]),
    ):
        figure.add_bar(
            x=list(range(len(months))),
            y=counts,
            width=0.62,
            yaxis="y2",
            marker={"color": ink},
            customdata=[
                f"{_month(month)}: {count} {name}" for month, count in zip(months, counts, strict=True)
            ],
            hovertemplate="%{customdata}<extra></extra>",
        )
    name_inks(figure, 0.36, {words[1]: look.inks.faded, words[2]: look.inks.text}, reader)
    most = max((month.others for month in months), default=0)
    figure.update_layout(
        barmode="overlay",
        xaxis={**_months(months, reader), "anchor": "y2"},
        yaxis={**share_axis(1, reader), "domain": UPPER},
        yaxis2={**count_axis(max(most, 1), reader), "domain": LOWER, "showgrid": False},
    )
    return figure


@kept
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


def _months(months: Sequence[Month], reader: Reader) -> dict[str, object]:
    step = 4 if reader.look.is_room else 2
    ticks = sorted(range(len(months) - 1, -1, -step))
    names = [_month(months[place]) for place in ticks]
    if ticks:
        names[0] += f"<br>{months[ticks[0]].key[:4]}"
    return {"tickvals": ticks, "ticktext": names, "range": [-0.6, len(months) - 0.4]}


def _month(month: Month) -> str:
    name = month.key[5:]
    return MONTHS[int(name) - 1] if name.isdecimal() else "?"
