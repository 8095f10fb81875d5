"""Pictures of the black hole: what lies in it, and week by week what fell in and came out."""

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from alignment.domain.black_hole import WeekOfHole
from alignment.domain.money import Money
from alignment.ui.charts.canvas import Caption, bars, count_axis, name_inks, safe, sheet
from alignment.ui.charts.kept import kept
from alignment.ui.reader import Reader

UPPER, LOWER = (0.5, 1.0), (0.0, 0.34)
NAMES = 0.42
SPACE_FOR_NOW = 1.35
"""The line's axis is longer than its highest point by this, for the words at its end."""
MOST_TICKS, MOST_TICKS_ON_A_WALL = 8, 4


@kept
def inside(
    groups: Mapping[str | None, tuple[int, Money | None]], reader: Reader, caption: Caption | None = None
) -> go.Figure:
    """Draw the leads of each group in the hole as bars, with the money that they might bring beside them."""
    say = reader.words
    texts = [
        f"{say.count(leads)} · {say.short_money(money)}" if money and leads else say.count(leads)
        for leads, money in groups.values()
    ]
    details = [
        f"{say.counted(leads, 'lead')}{f', about {say.money(money)}' if money else ''}"
        for leads, money in groups.values()
    ]
    return bars(
        sheet(reader, caption),
        [safe(name or "none given") for name in groups],
        [leads for leads, _ in groups.values()],
        texts,
        details,
        reader,
    )


@kept
def flow(weeks: Sequence[WeekOfHole], reader: Reader, caption: Caption | None = None) -> go.Figure:
    """Draw how many lay in the hole at each week's end; below, what fell in and what came out."""
    figure, look = sheet(reader, caption), reader.look
    places = list(range(len(weeks)))
    line = {"color": look.inks.actual, "width": look.stroke * 1.2}
    figure.add_scatter(
        x=places,
        y=[week.inside for week in weeks],
        mode="lines",
        line=line,
        customdata=[f"{week.label}: {week.inside} in the hole" for week in weeks],
        hovertemplate="%{customdata}<extra></extra>",
    )
    for ink, counts, words in (
        (look.inks.actual, [week.fell_in for week in weeks], "fell in"),
        (look.inks.faded, [-week.came_out for week in weeks], "came out"),
    ):
        figure.add_bar(
            x=places,
            y=counts,
            width=0.7,
            yaxis="y2",
            marker={"color": ink},
            customdata=[
                f"{week.label}: {abs(count)} {words}" for week, count in zip(weeks, counts, strict=True)
            ],
            hovertemplate="%{customdata}<extra></extra>",
        )
    name_inks(figure, NAMES, {"fell in a week": look.inks.actual, "came out a week": look.inks.faded}, reader)
    _now(figure, weeks, reader)
    highest = max([1, *(week.inside for week in weeks)])
    axis = count_axis(highest, reader)
    most = max((week.fell_in for week in weeks), default=0) or 1
    least = -max((week.came_out for week in weeks), default=0)
    figure.update_layout(
        barmode="overlay",
        xaxis={**week_ticks([week.label for week in weeks], reader), "anchor": "y2"},
        yaxis={**axis, "range": [0, highest * SPACE_FOR_NOW], "domain": UPPER},
        yaxis2={"visible": False, "range": [least * 1.1, most * 1.1], "domain": LOWER},
    )
    return figure


def _now(figure: go.Figure, weeks: Sequence[WeekOfHole], reader: Reader) -> None:
    """Write at the end of the line how many lie there now."""
    if weeks:
        font = {"color": reader.look.inks.actual, "size": reader.look.text_size * 1.15}
        figure.add_annotation(
            x=len(weeks) - 1,
            y=weeks[-1].inside,
            text=f"<b>{reader.words.count(weeks[-1].inside)} inside</b>",
            showarrow=False,
            xanchor="right",
            yanchor="bottom",
            font=font,
        )


def week_ticks(labels: Sequence[str], reader: Reader) -> dict[str, object]:
    """Return an axis of weeks, some of them named, the newest always, the first one with its year."""
    step = -(-len(labels) // (MOST_TICKS_ON_A_WALL if reader.look.is_room else MOST_TICKS)) or 1
    ticks = sorted(range(len(labels) - 1, -1, -step))
    names = [labels[place][5:] for place in ticks]
    if ticks:
        names[0] += f"<br>{labels[ticks[0]][:4]}"
    return {"tickvals": ticks, "ticktext": names, "range": [-0.8, len(labels) - 0.2]}
