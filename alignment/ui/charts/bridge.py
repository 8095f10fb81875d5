"""The bridge between the MQLs of two periods: both ends from zero, and each part where it takes over."""

from itertools import accumulate, pairwise

import plotly.graph_objects as go

from alignment.domain.bridge import Bridge
from alignment.ui.charts.canvas import Caption, rows_axis, sheet
from alignment.ui.reader import Reader

BAR = 0.6
SPACE, SPACE_ON_A_WALL = 1.35, 1.6
"""How much longer than the longest bar the axis is: room for the words beside it."""


def bridge(found: Bridge, reader: Reader, caption: Caption | None = None) -> go.Figure:
    """Draw before, demand, definition, data and now as bars on one scale, a row each."""
    figure, inks = sheet(reader, caption), reader.look.inks
    parts = [count for _, count in found.parts]
    levels = list(accumulate(parts, initial=found.before.recorded))
    bases = [0, *(min(each) for each in pairwise(levels)), 0]
    lengths = [found.before.recorded, *map(abs, parts), found.now.recorded]
    figure.add_bar(
        orientation="h",
        y=list(range(len(lengths))),
        x=lengths,
        base=bases,
        width=BAR,
        marker={"color": [inks.former, *[inks.faded] * len(parts), inks.actual]},
        text=_texts(found, reader),
        textposition="outside",
        constraintext="none",
        cliponaxis=False,
        textfont={"color": inks.text, "size": reader.look.text_size},
        customdata=_told(found, reader),
        hovertemplate="%{customdata}<extra></extra>",
    )
    for row, level in enumerate(levels):
        line = {"color": inks.quiet, "width": 1}
        figure.add_shape(type="line", x0=level, x1=level, y0=row + BAR / 2, y1=row + 1 - BAR / 2, line=line)
    space = SPACE_ON_A_WALL if reader.look.is_room else SPACE
    labels = ["Before", *(name.capitalize() for name, _ in found.parts), "Now"]
    longest = (max([*levels, *lengths]) or 1) * space
    lowest = min(0, *levels)
    figure.update_layout(
        yaxis=rows_axis(labels, reader), xaxis={"visible": False, "range": [lowest * space, longest]}
    )
    return figure


def _texts(found: Bridge, reader: Reader) -> list[str]:
    say = reader.words
    shares = [found.share(count) for _, count in found.parts]
    parts = [
        f"{say.signed(count)}{'' if share is None or not count else f' ({say.percent(abs(share))})'}"
        for (_, count), share in zip(found.parts, shares, strict=True)
    ]
    return [
        f"<b>{say.count(found.before.recorded)}</b>",
        *parts,
        f"<b>{say.count(found.now.recorded)}</b>",
    ]


def _told(found: Bridge, reader: Reader) -> list[str]:
    say = reader.words
    parts = [f"{name.capitalize()}: {say.signed(count)} MQLs" for name, count in found.parts]
    ends = [f"{each.period}: {say.count(each.recorded)} MQLs" for each in (found.before, found.now)]
    return [ends[0], *parts, ends[1]]
